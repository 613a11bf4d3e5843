"""Who does what to whom: parties in possessives and topics, of two owners, in meetings and clashes, beside those harmed."""

from collections.abc import Callable, Sequence

import pytest
from expecting import the_event

from sitroom.vocabulary import Coded

Code = Callable[..., Coded]
DAY = "2024-05-15"

CASES = [
    # inside what is condemned, refused, asked or praised
    ("Ghana criticised Mali's decision to expel the envoy.", "ACCUSE", ["GHA"], ["MLI"]),
    ("Chad praised Sudan's efforts to end the war.", "SUPPORT", ["TCD"], ["SDN"]),
    ("Senegal criticised the curfew Mali imposed.", "ACCUSE", ["SEN"], ["MLI"]),
    ("Kenya demanded that Rwanda leave Goma.", "REQUEST", ["KEN"], ["RWA"]),
    ("Peru rejected the claim that Bolivia had won the case.", "REJECT", ["PER"], ["BOL"]),
    ("South Sudan released two followers of Riek Machar.", "RETREAT/release", ["SSD"], ["two followers of riek machar"]),
    ("Kenya accepted the demands of the protesters.", "CONCEDE", ["KEN"], ["protesters"]),
    ("Colombian prosecutors filed a lawsuit accusing Alvaro Uribe of bribery.", "ACCUSE/allege", ["colombian prosecutors"], ["alvaro-uribe"]),
    ("The International Crisis Group put out a report accusing Eritrea of abuses.", "ACCUSE/allege", ["crisis-group"], ["ERI"]),
    ("The mayor of Lima gave in to demands from the nurses' union.", "CONCEDE", None, ["the nurses' union"]),
    # whose a place or thing is: who holds it, who uses it, before the land that it is in
    ("Ethiopian drones struck a TPLF-held town in northern Tigray.", "ASSAULT", ["ETH.MIL"], ["tplf"]),
    ("Russian forces attacked Ukrainian positions near Bakhmut.", "ASSAULT", ["RUS.MIL"], ["UKR"]),
    ("Kenyan jets bombed militant positions in southern Somalia.", "ASSAULT/aerial", ["KEN.MIL"], ["militants"]),
    ("The army of Chad shelled rebel-held villages in Tibesti.", "ASSAULT", None, ["rebels"]),
    ("Bandits stormed an army outpost in Mali not far from Niger.", "ASSAULT", ["bandits"], ["MLI.MIL"]),
    ("Rockets fired by Hezbollah hit a base of the Israeli army.", "ASSAULT", ["hezbollah"], ["ISR.MIL"]),
    ("A drone launched by the Houthis struck a Greek tanker in the Red Sea.", "ASSAULT/drone", ["ansar-allah"], ["GRC"]),
    # whom the clause names beyond its objects
    ("Japan handed over 4 million dollars worth of medical equipment to Ghana.", "AID", ["JPN"], ["GHA"]),
    ("India mobilised troops for a possible offensive against Pakistan.", "MOBILIZE/troops", ["IND"], ["PAK"]),
    ("Canada offered to send soldiers to help the Malian army.", "AGREE", ["CAN"], ["MLI.MIL"]),
    ("Algeria will not reopen the border until Morocco frees the sailors.", "REJECT", ["DZA"], ["MAR"]),
    ("Oman launched a mediation effort to end the row between Qatar and Bahrain.", "CONSULT", ["OMN"], ["QAT", "BHR"]),
    ("Norway sent a team of doctors to Malawi.", "AID", ["NOR"], ["MWI"]),
    ("Poland awarded the Order of Merit to the Ukrainian president for his courage.", "SUPPORT", ["POL"], ["volodymyr-zelensky"]),
    ("Japan's premier called Emmanuel Macron to express support for Ukraine.", "SUPPORT", None, ["emmanuel-macron"]),
    ("Britain sent two frigates to the Gulf to deter Iran.", "MOBILIZE", ["GBR"], ["IRN"]),
    ("Poland is willing to provide ammunition alongside humanitarian aid to Ukraine.", "AGREE", ["POL"], ["UKR"]),
    ("The EU imposed sanctions over the crackdown, including travel bans, on Belarus.", "SANCTION", ["european-union"], ["BLR"]),
    ("Opposition lawmakers left a State House meeting with President Edgar Lungu.", "REJECT", None, ["edgar-lungu"]),
    ("Vladimir Putin began a mediation effort between Chad and Sudan.", "CONSULT", ["vladimir-putin"], ["TCD", "SDN"]),
    ("The bishops demanded that the Haitian cabinet resign.", "REQUEST/yield", None, ["HTI.GOV"]),
    # an agent, an ambassador, a protest where the parse hangs them elsewhere
    ("The arrest of Imran Khan by Pakistani rangers sparked riots.", "COERCE/arrest", None, ["imran-khan"]),
    ("Bobi Wine was placed under house arrest by Ugandan police.", "COERCE/arrest", ["UGA.POL"], ["bobi-wine"]),
    ("The UN mission was told to leave by Mali's junta.", "REQUEST", None, ["united-nations"]),
    ("Talks between Serbia and Kosovo in Brussels collapsed.", "REJECT", ["SRB", "KOS"], []),
    ("Iran's support for the Houthis was condemned by Saudi Arabia.", "ACCUSE", ["SAU"], ["IRN"]),
    ("Brazil recalled its ambassador from Israel.", "SANCTION", ["BRA"], ["ISR"]),
    ("Farmers blocked highways in protest at the European Commission's nitrogen plan.", "PROTEST", None, ["european-commission"]),
    ("Ecuador's police broke into the Mexican embassy in Quito.", "ASSAULT", ["ECU.POL"], ["MEX.MFA"]),
    # rebels threaten the government of their own land; the teller's own men are the teller's
    ("The ELN has threatened to end the truce with the Colombian government.", "THREATEN", ["eln"], ["COL.GOV"]),
    ("Al-Shabaab said Kenyan forces had killed two of its commanders.", "ASSAULT", ["KEN.MIL"], ["al-shabaab"]),
    # no party: who tells it, whose support is voiced, an emergency, a rally
    ("Iran and Oman have agreed to share information, according to Omani officials.", "AGREE", ["IRN", "OMN"], []),
    ("Antonio Guterres reiterated the UN's commitment to supporting Lebanon's sovereignty.", "SUPPORT", None, ["LBN"]),
    ("The governor of Texas lifted the state of emergency on Monday.", "CONCEDE", None, []),
    ("At a rally on Thursday, the CHP demanded an explanation from the Turkish government.", "REQUEST", None, ["TUR.GOV"]),
    # announced, but done
    ("Colombian police announced the arrest of 12 members of the Gulf Clan.", "COERCE/arrest", ["COL.POL"], ["clan-del-golfo"]),
    ("The ministry announced that Japan had given food to Togo.", "AID", ["JPN"], ["TGO"]),
    # whom a refusal is to; a source is no party
    ("Pakistan refused to provide weapons to Ukraine.", "REJECT/assist", ["PAK"], ["UKR"]),
    ("Armenia refused to meet Azerbaijan, according to two aides.", "REJECT/meet", ["ARM"], ["AZE"]),
    ("Ghanaian troops have begun their assault on Malian rebels.", "ASSAULT", ["GHA.MIL"], ["malian rebels"]),
    ("The police in Nigeria detained several suspects.", "COERCE/arrest", ["NGA.POL"], ["several suspects"]),
    ("Sudan and Chad agreed to provide Niger with weapons.", "AGREE", ["SDN", "TCD"], ["NER"]),
    ("Emmanuel Macron met Paul Biya with a focus on security.", "CONSULT", ["emmanuel-macron", "paul-biya"], []),
    # who announces is not who will do it; where something happens is not who does it
    ("The ministry announced that Ghana would send aid to Togo.", "AGREE", ["GHA"], ["TGO"]),
    ("Rwanda will meet Uganda in Kigali, the African Union announced.", "AGREE", ["RWA"], ["UGA"]),
    ("A stampede at a mass in Uganda killed two priests.", "ASSAULT", [], ["two priests"]),
    ("Kenya's minister threatened that Kenya would act against Somalia.", "THREATEN", ["kenya's minister"], ["SOM"]),
    ("Ethiopian forces in Somalia attacked Al-Shabaab.", "ASSAULT", ["ETH.MIL"], ["al-shabaab"]),
    # two owners
    ("Ethiopian and Eritrean troops attacked Tigrayan forces.", "ASSAULT", ["ETH.MIL", "ERI.MIL"], ["tigray-defense-forces"]),
    ("UK and EU negotiators have agreed a fishing agreement.", "SUPPORT", ["GBR.GOV", "european-union"], []),
    ("Iran-backed militias attacked Israeli and US bases.", "ASSAULT", ["iran-backed militias"], ["ISR", "USA"]),
    # both who meet and both who clash are actors
    ("Sergei Lavrov met Hakan Fidan in Ankara.", "CONSULT", ["sergei-lavrov", "hakan-fidan"], []),
    ("Colombian soldiers clashed with ELN guerrillas in Catatumbo.", "ASSAULT", ["COL.MIL", "eln"], []),
    ("Thai and Cambodian soldiers exchanged fire.", "ASSAULT", ["THA.MIL", "KHM.MIL"], []),
    # who was attacked and who was killed, told in one act
    ("Rwandan troops and M23 rebels shelled the Congolese army, killing nine villagers.", "ASSAULT", ["RWA.MIL", "m23"], ["COD.MIL", "nine villagers"]),
    ("An attack by Al-Shabaab on a Kenyan base killed four soldiers.", "ASSAULT", ["al-shabaab"], ["KEN"]),
    ("A raid by Kenyan police killed two protesters.", "ASSAULT", ["KEN.POL"], ["two protesters"]),
    ("Clashes between the Arakan Army and Myanmar's army killed 12 villagers.", "ASSAULT", ["arakan-army", "MMR.MIL"], ["12 villagers"]),
    ("Armed men attacked an army camp in Mali, killing 19 soldiers.", "ASSAULT", ["armed men"], ["MLI.MIL"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "act", "actors", "recipients"), CASES)
def test_who_does_it_to_whom(
    code: Code, text: str, act: str, actors: Sequence[str], recipients: Sequence[str]
) -> None:
    the_event(code(text, DAY), act, actors, recipients)


def test_each_minister_of_two_is_told(code: Code) -> None:
    event = the_event(code("The foreign ministers of Armenia and Azerbaijan met in Almaty.", DAY), "CONSULT")
    assert {actor.country for actor in event.actors} == {"ARM", "AZE"}


def test_who_fails_to_agree_rejects_nobody_else(code: Code) -> None:
    text = "Negotiators of Britain and the EU could not agree on fishing in the North Sea."
    the_event(code(text, DAY), "REJECT", ["GBR.GOV", "european-union"], [])
