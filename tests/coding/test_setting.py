"""Where and when: every event has the place and the days of its own clause, and no place where none is told."""

from collections.abc import Callable

import pytest
from expecting import the_event

from sitroom.vocabulary import Coded

Code = Callable[..., Coded]
NOWHERE = None

# publication day, sentence, act, place, first day, last day
SETTINGS = [
    ("2024-03-12", "Over the weekend, Ukrainian drones struck an oil refinery in Ryazan.", "ASSAULT", "Ryazan", "2024-03-09", "2024-03-10"),
    ("2024-03-12", "Russian forces shelled the town of Nikopol overnight.", "ASSAULT", "Nikopol", "2024-03-11", "2024-03-12"),
    ("2024-03-12", "Ukrainian troops who had been trained in Britain last summer entered the village of Robotyne on Monday.", "MOBILIZE", "Robotyne", "2024-03-11", "2024-03-11"),
    ("2021-11-05", "Tigrayan forces captured the towns of Dessie and Kombolcha last weekend.", "ASSAULT", "Dessie", "2021-10-30", "2021-10-31"),
    ("2023-02-02", "Myanmar's military carried out air strikes on a village in Sagaing region on Wednesday.", "ASSAULT", "Sagaing", "2023-02-01", "2023-02-01"),
    ("2022-10-25", "Myanmar jets bombed a concert in Kachin State on Sunday night.", "ASSAULT", "Kachin", "2022-10-23", "2022-10-23"),
    ("2019-08-30", "The United Arab Emirates pulled its troops out of Marib and Hodeidah last week.", "RETREAT", "Marib", "2019-08-19", "2019-08-25"),
    ("2019-08-30", "Houthi rebels fired a missile at a parade in Aden on Aug. 1, killing 36 people.", "ASSAULT", "Aden", "2019-08-01", "2019-08-01"),
    ("2020-10-12", "The foreign ministers of Armenia and Azerbaijan held talks in Moscow on Friday.", "CONSULT", "Moscow", "2020-10-09", "2020-10-09"),
    ("2021-05-10", "FARC dissidents abducted eight Venezuelan soldiers in the border state of Apure in late April.", "ASSAULT", "Apure", "2021-04-21", "2021-04-30"),
    ("2019-02-28", "Indian warplanes bombed what Delhi called a camp near Balakot early on Tuesday.", "ASSAULT", "Balakot", "2019-02-26", "2019-02-26"),
    ("2019-02-28", "Pakistan said it had shot down two Indian jets over Kashmir on Wednesday.", "ASSAULT", "Kashmir", "2019-02-27", "2019-02-27"),
    ("2022-11-25", "Rwanda and Congo agreed in Luanda on Wednesday on a cessation of hostilities in eastern Congo.", "AGREE", "Luanda", "2022-11-23", "2022-11-23"),
    ("2022-07-20", "The ELN killed nine soldiers at a base in El Carmen, in Norte de Santander, from 3 to 5 March.", "ASSAULT", "El Carmen", "2022-03-03", "2022-03-05"),
    ("2023-05-02", "In Sudan, gunmen killed two aid workers in Nyala on 24 April.", "ASSAULT", "Nyala", "2023-04-24", "2023-04-24"),
    ("2023-10-03", "Militants killed 29 Nigerien soldiers near the Malian border late on Monday.", "ASSAULT", "Mali-Niger border", "2023-10-02", "2023-10-02"),
    ("2024-05-21", "Sudan's warplanes struck three districts of el-Fasher early on Monday.", "ASSAULT", "El Fasher", "2024-05-20", "2024-05-20"),
    ("2020-11-11", "Azerbaijan keeps Shusha, which its troops captured over the weekend.", "ASSAULT", "Shusha", "2020-11-07", "2020-11-08"),
    ("2019-08-08", "Pakistan expelled India's envoy on Wednesday, a day after protests in Muzaffarabad.", "SANCTION", NOWHERE, "2019-08-07", "2019-08-07"),
    ("2020-10-12", "Armenia's prime minister on Sunday thanked Russia for brokering the truce.", "SUPPORT", NOWHERE, "2020-10-11", "2020-10-11"),
    ("2022-10-18", "The Kremlin denounced Poland on 11 October.", "ACCUSE", NOWHERE, "2022-10-11", "2022-10-11"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "text", "act", "place", "start", "end"), SETTINGS, ids=[s[1][:60] for s in SETTINGS]
)
def test_an_event_has_its_own_place_and_days(
    code: Code, day: str, text: str, act: str, place: str | None, start: str, end: str
) -> None:
    event = the_event(code(text, day), act)
    assert (event.place.name if event.place else None) == place
    assert (str(event.period.start), str(event.period.end)) == (start, end)


def test_what_is_talked_about_is_no_site_but_where_they_met_is(code: Code) -> None:
    text = "Qatar's emir discussed a buffer zone in northern Mali with Algeria's president when the two met in Oran."
    for event in code(text, "2023-05-16").events:
        assert event.place is not None
        assert (event.type, event.place.name, event.place.role) == ("CONSULT", "Oran", "where")


def test_a_clause_with_where_happens_at_the_place_before_it(code: Code) -> None:
    text = "Chad withdrew its troops from Kidal, in Mali, where rebels attacked a convoy on Friday."
    assert the_event(code(text, "2023-05-16"), "ASSAULT", place="Kidal").period.start is not None


def test_the_day_of_a_clause_about_the_place_is_not_that_of_the_act(code: Code) -> None:
    text = "Congo's army killed 10 rebels in Rutshuru, which the M23 attacked in March 2021."
    event = the_event(code(text, "2022-05-16"), "ASSAULT", ["COD.MIL"], place="Rutshuru")
    assert event.period.start is not None
    assert event.period.start.year == 2022


def test_a_town_before_a_meeting_or_a_raid_is_where_it_was(code: Code) -> None:
    text = (
        "At the Sochi meeting on Monday between Vladimir Putin and Recep Tayyip Erdogan nothing was signed."
    )
    event = the_event(code(text, "2021-10-01"), "CONSULT")
    assert event.place is not None
    assert event.place.name == "Sochi"


def test_a_deadline_is_not_when_something_was_asked(code: Code) -> None:
    event = the_event(
        code("Niger asked France to withdraw its troops by the end of the year.", "2023-10-03"), "REQUEST"
    )
    assert event.period.end is not None
    assert event.period.end.isoformat() == "2023-10-03"


def test_what_somebody_is_accused_of_has_its_own_day(code: Code) -> None:
    coded = code("Congo's army accused Rwanda of shelling Goma in May 2022.", "2023-11-08")
    accusation, shelling = the_event(coded, "ACCUSE"), the_event(coded, "ASSAULT")
    assert accusation.period.start is not None
    assert accusation.period.start.year == 2023
    assert (str(shelling.period.start), str(shelling.period.end)) == ("2022-05-01", "2022-05-31")


BACK = [
    ("M23 rebels entered Goma, in the DR Congo, on Monday. The army shelled the city on Tuesday.", "Goma"),
    (
        "Fighting reached El Fasher, in North Darfur, on Monday. Sudan's army killed 12 people there on Tuesday.",
        "El Fasher",
    ),
    (
        "Rebels crossed into Chad on Monday. Chad's army attacked gunmen in the capital on Tuesday.",
        "N'Djamena",
    ),
]


@pytest.mark.parametrize(("text", "place"), BACK)
def test_a_place_meant_without_its_name(code: Code, text: str, place: str) -> None:
    event = next(e for e in code(text, "2023-05-17").events if str(e.period.start) == "2023-05-16")
    assert event.place is not None
    assert event.place.name == place


def test_what_followed_a_meeting_was_on_its_day(code: Code) -> None:
    text = "Sudan's foreign minister met his Egyptian counterpart in Aswan on 3 May. After the meeting Sudan thanked Egypt."
    event = the_event(code(text, "2023-05-17"), "SUPPORT")
    assert str(event.period.start) == str(event.period.end) == "2023-05-03"
    assert event.place is None or event.place.role == "about"


THEATRE = (
    "Shells fell on Khartoum and Omdurman. Families left Bahri and went to Wad Madani and Port Sudan. "
    "Sudan's army deployed 300 more troops on Monday. Egypt criticised Ethiopia."
)


def test_home_forces_act_in_the_country_that_the_report_tells_of(code: Code) -> None:
    coded = code(THEATRE, "2023-05-17")
    event = the_event(coded, "MOBILIZE/troops", ["SDN.MIL"])
    assert event.place is not None
    assert (event.place.name, event.place.precision) == ("Sudan", "country")
    assert the_event(coded, "ACCUSE").place is None


def test_one_sentence_alone_gives_no_place_that_it_does_not_name(code: Code) -> None:
    assert the_event(code("Sudan's army deployed 300 more troops.", "2023-05-17"), "MOBILIZE").place is None


def test_every_town_of_a_list_is_a_place_and_no_party(code: Code) -> None:
    event = the_event(code("Rebels captured Gao and Timbuktu in Mali.", "2012-04-02"), "ASSAULT")
    assert event.place is not None
    assert event.place.name == "Gao"
    assert event.recipients == ()


def test_the_port_is_the_one_named_as_a_port(code: Code) -> None:
    text = (
        "A ship left Latakia port in Syria. Jets flew from Hmeimim air base. Israel also attacked the port."
    )
    event = the_event(code(text, "2021-12-29"), "ASSAULT")
    assert event.place is None or "Hmeimim" not in event.place.name


def test_units_are_placed_by_their_names(code: Code) -> None:
    coded = code("The Arakan Army attacked outposts in Rakhine and Chin states.", "2024-01-13")
    the_event(coded, "ASSAULT", ["arakan-army"], place="Rakhine")


def test_a_port_is_its_town(code: Code) -> None:
    the_event(code("The Malian army bombed the port of Mopti.", "2024-01-13"), "ASSAULT", place="Mopti")
