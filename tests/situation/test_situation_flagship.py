"""The case that sitroom was built for must come out whole: what five reports on Iran in Syria describe is in the room, with its words."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from sitroom.evidence.duckdb_store import DuckDBStore
from sitroom.situation import assess
from sitroom.situation.kinship import principal
from sitroom.vocabulary import Actor, Event, Incident, Relation, Report, Situation, Statement

REPORTS = Path(__file__).resolve().parents[3] / "shared" / "reports" / "iran-in-syria"
pytestmark = pytest.mark.skipif(
    not REPORTS.exists(), reason="needs the five reports of ../shared/reports/iran-in-syria"
)


@dataclass(frozen=True)
class Picture:
    """The situation and the evidence that it rests on."""

    situation: Situation
    events: dict[str, Event]
    statements: dict[str, Statement]
    relations: dict[str, Relation]
    reports: dict[str, Report]

    def incidents(
        self, type: str, actor: str = "", recipient: str = "", year: int | None = None, mode: str = ""
    ) -> Iterator[str]:
        """Events of the incidents of a type, by side, side of the other, year and mode."""
        for one in self.situation.incidents:
            if one.type not in type.split("|") or (mode and one.mode != mode):
                continue
            if (
                is_side(one.actors, actor)
                and (not recipient or is_side((*one.actors, *one.recipients), recipient))
                and in_year(one, year)
            ):
                yield from one.events

    def words(self, *wanted: str) -> Iterator[str]:
        """Evidence whose sentence has all these words."""
        for record in (*self.events.values(), *self.statements.values(), *self.relations.values()):
            if all(word in record.quote.words.lower() for word in wanted):
                yield record.id

    def ties(self, source: str, target: str, *kinds: str) -> Iterator[str]:
        """What ties of these kinds from one side to another rest on, either way round."""
        for tie in self.situation.ties:
            ends = {(source, target), (target, source)}
            if (
                any(is_side([tie.source], one) and is_side([tie.target], other) for one, other in ends)
                and tie.kind in kinds
            ):
                yield from tie.because

    def present(self, who: str, *kinds: str) -> Iterator[str]:
        """What presences of these kinds in Syria, Iraq or their regions rest on."""
        for one in self.situation.presences:
            if is_side([one.actor], who) and one.kind in kinds and one.place.country in ("SYR", "IRQ"):
                yield from one.because

    def agreed(self, *sides: str, status: tuple[str, ...] = ()) -> Iterator[str]:
        """What agreements between these rest on."""
        for one in self.situation.agreements:
            everybody = (*one.parties, *one.brokers)
            if all(is_side(everybody, side) for side in sides) and (not status or one.status in status):
                yield from one.because

    def holds(self, actor: str, issue: str, *stances: str) -> Iterator[str]:
        """What positions on an issue rest on."""
        for one in self.situation.positions:
            if is_side([one.actor], actor) and one.issue == issue and one.stance in stances:
                yield from one.because

    def disputed(self, kind: str, *words: str) -> Iterator[str]:
        """The sides of contradictions of a kind whose words or subject have all these."""
        for one in self.situation.contradictions:
            text = " ".join([one.about, one.says, *(side.quote.words for side in one.sides)]).lower()
            if one.kind == kind and all(word in text for word in words):
                yield from (side.evidence for side in one.sides)


def is_side(actors: Iterable[Actor], wanted: str) -> bool:
    """True when somebody is of this side: a state with its bodies and officials, a group by id, or words in the name."""
    if not wanted:
        return True
    return any(
        wanted in (principal(actor), actor.id, actor.country if "." in (actor.id or ".") else "")
        or wanted.lower() in actor.name.lower()
        for actor in actors
    )


def in_year(one: Incident, year: int | None) -> bool:
    return year is None or year in {day.year for day in (one.period.start, one.period.end) if day}


@pytest.fixture(scope="module")
def picture(coder, tmp_path_factory: pytest.TempPathFactory) -> Picture:
    from sitroom.reports import find_files, read_reports

    reports = [report for file in find_files([REPORTS]) for report in read_reports(file)]
    with DuckDBStore(tmp_path_factory.mktemp("flagship") / "iran.room", write=True) as store:
        with store.writer() as writer:
            for coded in coder.code_many(reports):
                writer.add(coded)
        view = store.view()
        return Picture(
            assess(view), {one.id: one for one in view.events()}, {one.id: one for one in view.statements()},
            {one.id: one for one in view.relations()}, {one.id: one for one in view.reports()},
        )  # fmt: skip


Query = Callable[[Picture], Iterable[str]]
STATED = ("ally-of", "backs", "proxy-of", "commands", "part-of", "depends-on", "leads")

HELD: dict[str, Query] = {
    "Iran has forces or bases in Syria": lambda p: p.present("IRN", "based-at", "present-in", "deployed-to"),
    "Iran backs militias": lambda p: [*p.ties("IRN", "militias", *STATED), *p.ties("IRN", "armed groups", *STATED)],
    "families of fighters are settled": lambda p: p.words("families", "settl"),
    "the Quds Force is part of the IRGC": lambda p: p.ties("Quds Force", "Islamic Revolutionary Guard", "part-of"),
    "Soleimani commands the Quds Force": lambda p: p.ties("Soleimani", "Quds Force", "commands", "leads"),
    "Hezbollah stands with Iran": lambda p: p.words("hezbollah", "iran"),
    "Hashd al-Shaabi is an instrument of Iran": lambda p: [*p.ties("IRN", "Popular Mobili", *STATED), *p.ties("IRN", "Hashd", *STATED), *p.words("hashd")],
    "the al-Quds Brigade is affiliated with Iran": lambda p: p.ties("Liwa al-Quds", "IRN", *STATED),
    "the Syrian government leans on Iran": lambda p: p.ties("IRN", "SYR", *STATED),
    "the Syrian government leans on Russia": lambda p: p.ties("RUS", "SYR", *STATED),
    "Russia's air force since 2015": lambda p: [
        id for id in p.ties("RUS", "SYR", *STATED) if id in p.relations and p.relations[id].period.start == date(2015, 1, 1)
    ],
    "Russia has understandings with Israel": lambda p: [*p.ties("RUS", "ISR", "coordinates-with"), *p.agreed("RUS", "ISR")],
    "the deal to move Iran from the border is contested": lambda p: p.agreed("RUS", "ISR", status=("contested", "denied")),
    "the denial is shown against the deal": lambda p: p.disputed("denial", "israel", "denied"),
    "Israel's strike campaign": lambda p: p.incidents("ASSAULT", "ISR", "IRN"),
    "Israel demands that Iran leave": lambda p: p.holds("ISR", "foreign-presence", "demands", "wants"),
    "70 to 80 kilometres": lambda p: p.words("70 to 80"),
    "US forces are in Syria or Iraq": lambda p: p.present("USA", "present-in", "deployed-to", "based-at"),
    "the de-escalation deal": lambda p: p.agreed("USA", "JOR"),
    "missile strikes ordered by Trump": lambda p: [*p.incidents("ASSAULT", "Trump"), *p.incidents("ASSAULT", "USA", mode="heavy-weapons")],
    "the withdrawal announced on 19 December 2018": lambda p: [
        id for id in p.incidents("CONCEDE|RETREAT", "USA", year=2018) if p.events[id].period.start == date(2018, 12, 19)
    ],
    "the larger American presence of 2022": lambda p: p.incidents("MOBILIZE", "USA", year=2022),
    "withdrawal and later presence are set side by side": lambda p: p.disputed("presence", "united states"),
    "SDF or YPG hold territory": lambda p: [*p.present("syrian-democratic-forces", "controls"), *p.present("peoples-protection-units", "controls")],
    "talks of the government with the SDF": lambda p: p.incidents("CONSULT|AGREE", "SYR", "syrian-democratic-forces"),
    "Turkey's operations": lambda p: p.incidents("ASSAULT", "TUR"),
    "the Islamic State held land": lambda p: p.present("islamic-state", "controls", "left"),
    "Mamlouk in Tehran": lambda p: p.incidents("CONSULT", "ali-mamlouk", year=2022),
    "Assad and Khamenei": lambda p: p.incidents("CONSULT", "bashar-al-assad", "ali-khamenei", year=2019),
    "Putin and Bennett at Sochi": lambda p: p.incidents("CONSULT", "vladimir-putin", "naftali-bennett", year=2021),
    "Shoigu and Lieberman in Moscow": lambda p: p.incidents("CONSULT", "sergei-shoigu", "avigdor-lieberman"),
    "Fayyad in Damascus": lambda p: p.incidents("CONSULT", "fayyad", year=2022),
    "the evacuation of the Imam Ali base": lambda p: p.incidents("RETREAT", year=2021),
    "killings by unknown gunmen": lambda p: p.incidents("ASSAULT", "gunmen", year=2021),
    "the economic memoranda": lambda p: p.words("memorandums"),
    "arms moved from Iraq": lambda p: p.incidents("MOBILIZE", "IRN", year=2022, mode="weapons"),
    "drug traffic to Jordan": lambda p: p.words("drug", "jordan"),
    "the human cost": lambda p: p.words("470,000"),
    "a forecast with its condition": lambda p: [one.id for one in p.statements.values() if one.stance == "forecasts" and one.condition],
    "Iran's pull-back is set against its staying": lambda p: p.disputed("presence", "iran"),
}  # fmt: skip
"""What the reports describe, and the query that must lead to it; docs/iran-in-syria.md says how a person asks."""


@pytest.mark.parametrize("what", HELD)
def test_the_room_holds_it_with_its_words(picture: Picture, what: str) -> None:
    found = list(HELD[what](picture))
    assert found, f"nothing in the room says: {what}"
    for id in found[:5]:
        quote = evidence(picture, id).quote
        assert picture.reports[quote.report].text[quote.start : quote.end] == quote.words


def evidence(picture: Picture, id: str) -> Event | Statement | Relation:
    return (
        picture.events.get(id) or picture.statements.get(id) or picture.relations[id]
        if not id.startswith("incident")
        else first_event(picture, id)
    )


def first_event(picture: Picture, id: str) -> Event:
    return next(picture.events[one.events[0]] for one in picture.situation.incidents if one.id == id)


def test_everything_in_the_situation_rests_on_evidence(picture: Picture) -> None:
    known = {
        *picture.events,
        *picture.statements,
        *picture.relations,
        *(one.id for one in picture.situation.incidents),
    }
    for one in (
        *picture.situation.ties,
        *picture.situation.presences,
        *picture.situation.agreements,
        *picture.situation.positions,
    ):
        assert one.because
        assert set(one.because) <= known
    for one in picture.situation.contradictions:
        assert {side.evidence for side in one.sides} <= known


def test_nothing_later_shows_through_a_view_of_the_past(picture: Picture, tmp_path: Path, coder) -> None:
    from sitroom.reports import find_files, read_reports

    with DuckDBStore(tmp_path / "past.room", write=True) as store:
        with store.writer() as writer:
            for coded in coder.code_many(
                report for file in find_files([REPORTS]) for report in read_reports(file)
            ):
                writer.add(coded)
        past = assess(store.view(date(2018, 12, 31)), date(2018, 12, 31))
    days = [day for one in past.incidents for day in (one.period.start,) if day]
    assert past.known_by == date(2018, 12, 31)
    assert days
    assert max(days) <= date(2018, 12, 31)
    assert len(past.incidents) < len(picture.situation.incidents)


def test_five_reports_in_any_order_and_several_reads_give_one_situation(
    picture: Picture, tmp_path: Path, coder
) -> None:
    from sitroom.evidence.records import pack
    from sitroom.reports import find_files, read_reports

    coded = list(coder.code_many(report for file in find_files([REPORTS]) for report in read_reports(file)))
    for batch in (coded[3:], coded[:1], coded[1:4]):
        with DuckDBStore(tmp_path / "other.room", write=True) as store, store.writer() as writer:
            for one in reversed(batch):
                writer.add(one)
    with DuckDBStore(tmp_path / "other.room") as store:
        assert pack(assess(store.view())) == pack(picture.situation)
