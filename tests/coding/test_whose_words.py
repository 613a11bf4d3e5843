"""Whose act it is where the parse, an impersonal passive, a statement's "we" or a phrase for two countries hides it."""

from collections.abc import Callable
from datetime import date

import pytest
from expecting import the_event

from sitroom.vocabulary import Coded, Event

Code = Callable[..., Coded]


def _names(event: Event) -> list[str | None]:
    return [actor.id or actor.name for actor in event.actors]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("On Sunday helicopters of the Burmese army strafed rebel camps near Loikaw.", ["MMR.MIL"]),
        ("On Sunday gunships of the Malian army bombed rebel positions near Kidal.", ["MLI.MIL"]),
        ("Shelling by Rapid Support Forces units in Omdurman killed six people.", ["rapid-support-forces"]),
        ("It was agreed that Sudan and Chad would hold talks in May.", ["SDN", "TCD"]),
    ],
)
def test_who_acts_is_found(text: str, actors: list[str], code: Code) -> None:
    event = code(text).events[0]
    assert _names(event) == actors


def test_a_weekday_before_a_bare_subject_dates_the_act(code: Code) -> None:
    event = code("On Tuesday soldiers loyal to the junta arrested two editors in Bamako.").events[0]
    assert (event.period.start, event.actors[0].text.startswith("Tuesday")) == (date(2021, 6, 15), False)


def test_we_in_a_statement_is_who_issued_it(code: Code) -> None:
    coded = code(
        "Statement by the Ministry of Foreign Affairs of Chad\n\nWe call on Sudan to leave the town."
    )
    (event,) = coded.events
    assert (event.type, _names(event), event.recipients[0].id) == ("REQUEST", ["TCD.MFA"], "SDN")


def test_we_in_a_news_report_is_nobody(code: Code) -> None:
    assert not code("Statement fails to calm Chad\n\nWe call on Sudan to leave the town.").events


def test_both_countries_are_those_that_the_report_is_about(code: Code) -> None:
    text = "Serbia blamed Kosovo. Kosovo police seized arms. Serbia protested. Ann Lee spoke in Kenya. France urged both countries to exercise restraint."
    asked = code(text).events[-1]
    assert sorted(r.id or "" for r in asked.recipients) == ["KOS", "SRB"]


def test_the_capital_is_that_of_who_acts_there(code: Code) -> None:
    text = "Talks were held in Nairobi. On 3 June gunmen of al-Shabaab killed nine people in the capital."
    place = code(text).events[-1].place
    assert place is not None
    assert place.name == "Mogadishu"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Mali banned the party for ten years.", 2021),
        ("Mali has bombed the rebels for ten years.", 2011),
    ],
)
def test_how_long_is_not_when(text: str, start: int, code: Code) -> None:
    first = code(text).events[0].period.start
    assert first is not None
    assert first.year == start


def test_two_sanctions_of_one_state_are_two_events(code: Code) -> None:
    coded = code("Peru suspended the treaty and expelled three military advisers of the Russian embassy.")
    assert [e.mode for e in coded.events] == ["discontinue", "expel"]


def test_who_goes_on_after_a_denial_is_not_denied(code: Code) -> None:
    coded = code(
        "Ann Lee rejected allegations that Mali was blocking aid, and assured Chad that Mali would open the border."
    )
    assert "denied" not in {e.modality for e in coded.events if "promise" in e.rule}


@pytest.mark.parametrize(
    "text",
    [
        "If Ethiopia attacked, Eritrea would send troops, but it would not leave Badme.",
        "If Kosovo recognised Abkhazia, Serbia would recall its ambassador.",
    ],
)
def test_what_hangs_on_a_condition_lies_ahead(text: str, code: Code) -> None:
    events = code(text).events
    assert {(e.modality, e.period.end) for e in events} == {("hypothetical", None)}


def test_wanting_to_leave_a_war_is_no_war(code: Code) -> None:
    assert "ASSAULT" not in {e.type for e in code("Colombia wants to leave the war behind.").events}


def test_being_put_on_a_list_is_a_sanction(code: Code) -> None:
    (event,) = code("Canada put Hamas on its list of terrorist organisations.").events
    assert (event.type, event.recipients[0].id) == ("SANCTION", "hamas")


def test_who_tells_of_the_dead_is_not_among_them(code: Code) -> None:
    text = "On Sunday warplanes of the Malian army bombed rebel positions north of Kidal, killing at least nine fighters, residents and a rebel officer said."
    (event,) = code(text).events
    assert event.attribution is not None
    assert (event.attribution.text, "residents" in {r.text for r in event.recipients}) == ("residents", False)


def test_the_dead_of_a_condemned_attack_are_not_condemned(code: Code) -> None:
    (event,) = code(
        "Egypt strongly condemns the terrorist attack in Nairobi on 22 April, in which 26 civilians lost their lives."
    ).events
    assert (event.type, event.recipients) == ("ACCUSE", ())


def test_who_is_likely_to_side_with_somebody_is_no_ally_yet(code: Code) -> None:
    relations = code("Eritrea is likely to side with Egypt.").relations
    assert {r.modality for r in relations} <= {"planned-or-possible"}


def test_a_speaker_after_a_list_is_no_recipient(code: Code) -> None:
    text = "Russia has delivered air defence systems to Syria, Defence Minister Sergei Shoigu told President Vladimir Putin on Tuesday."
    event = the_event(code(text, "2018-10-02"), "AID")
    assert [actor.id for actor in event.recipients] == ["SYR"]
    assert event.attribution is not None
    assert event.attribution.id == "sergei-shoigu"
