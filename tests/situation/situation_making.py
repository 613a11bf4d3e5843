"""Make events, statements, relations and views for the tests of this floor."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sitroom.evidence import Selection
from sitroom.vocabulary import (
    Actor,
    Attribution,
    Event,
    Figure,
    Judgement,
    Period,
    Place,
    Quote,
    Relation,
    Report,
    Statement,
    content_id,
)  # fmt: skip

ISRAEL = Actor("Israel", "ISR", country="ISR", sector="GOV")
IDF = Actor("Israel Defense Forces", "ISR.MIL", country="ISR", sector="MIL")
SYRIA = Actor("Syria", "SYR", country="SYR", sector="GOV")
SYRIAN_ARMY = Actor("Syrian Arab Army", "SYR.MIL", country="SYR", sector="MIL")
IRAN = Actor("Iran", "IRN", country="IRN", sector="GOV")
QUDS_FORCE = Actor("Quds Force", "IRN.IRGC.QF", country="IRN", sector="MIL")
RUSSIA = Actor("Russia", "RUS", country="RUS", sector="GOV")
TURKEY = Actor("Turkey", "TUR", country="TUR", sector="GOV")
USA = Actor("United States", "USA", country="USA", sector="GOV")
PUTIN = Actor("Vladimir Putin", "vladimir-putin", country="RUS", sector="GOV")
LAVROV = Actor("Sergei Lavrov", "sergei-lavrov", country="RUS", sector="GOV")
ASSAD = Actor("Bashar al-Assad", "bashar-al-assad", country="SYR", sector="GOV")
SDF = Actor("Syrian Democratic Forces", "syrian-democratic-forces", country="SYR", sector="REB")
HEZBOLLAH = Actor("Hezbollah", "hezbollah", country="LBN", sector="REB")
GUNMEN = Actor("unidentified gunmen")

HOMS = Place("Homs", "g-homs", 34.73, 36.72, "SYR", "Homs", "place")
DAMASCUS = Place("Damascus", "g-damascus", 33.51, 36.29, "SYR", "Damascus", "place")
SYRIA_PLACE = Place("Syria", "g-syria", 34.8, 39.0, "SYR", None, "country")


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(first: str, last: str | None = None) -> Period:
    return Period(day(first), day(last or first), "explicit")


def by(actor: Actor, kind: Any = "official") -> Attribution:
    return Attribution(actor.name, actor.id, kind)


def event(type: str, actors: Iterable[Actor], recipients: Iterable[Actor] = (), when: str | Period | None = "2018-05-10", *,
          place: Place | None = None, report: str = "r1", mode: str | None = None, words: str = "", modality: Any = "asserted",
          killed: float | None = None, source: Attribution | None = None, start: int = 0, known: str | None = None,
          score: float | None = None) -> Event:  # fmt: skip
    period = Period(None, None) if when is None else when if isinstance(when, Period) else days(when)
    actors, recipients = tuple(actors), tuple(recipients)
    words = (
        words or f"{' '.join(a.name for a in actors)} {type.lower()} {' '.join(a.name for a in recipients)}"
    )
    figures = (Figure("killed", killed, killed, "soldiers"),) if killed is not None else ()
    scores = {
        "ASSAULT": -9.0,
        "AID": 10.0,
        "CONSULT": 2.5,
        "AGREE": 2.5,
        "RETREAT": 6.5,
        "MOBILIZE": -5.5,
        "THREATEN": -3.5,
    }
    id = content_id(
        "event",
        type,
        mode,
        report,
        start,
        words,
        *(a.key for a in actors),
        "to",
        *(a.key for a in recipients),
    )
    known_by = day(known) if known else period.end
    return Event(
        id, report, type, mode, (), score if score is not None else scores.get(type, 0.0), actors, recipients, place,
        (place,) if place else (), period, known_by, False, modality, source, figures, Quote(report, start, start + len(words), words),
        "test", 0.8,
    )  # fmt: skip


def statement(speaker: Actor | None, stance: Any, issue: str, *, about: Iterable[Event] = (), when: str = "2018-05-11",
              report: str = "r1", words: str = "", target: Actor | None = None, start: int = 500, kind: Any = "official") -> Statement:  # fmt: skip
    words = words or f"{speaker.name if speaker else 'Somebody'} {stance} {issue}"
    id = content_id("statement", report, start, stance, issue)
    source = by(speaker, kind) if speaker else None
    return Statement(
        id, report, source, stance, tuple(one.id for one in about), issue, Quote(report, start, start + len(words), words),
        days(when), day(when), None, target, None, False, "test", 0.7,
    )  # fmt: skip


def relation(subject: Actor, name: str, object: Actor | None = None, place: Place | None = None, *, when: str | None = None,
             known: str = "2018-05-11", report: str = "r1", words: str = "", modality: Any = "asserted", start: int = 900) -> Relation:  # fmt: skip
    other = object.name if object else place.name if place else ""
    words = words or f"{subject.name} {name} {other}"
    id = content_id("relation", report, start, subject.key, name, other)
    period = Period(day(when) if when else None, day(known), "test")
    return Relation(
        id, report, subject, name, object, place, period, day(known), modality, None, Quote(report, start, start + len(words), words), "test", 0.6,
    )  # fmt: skip


@dataclass
class Held:
    """A view in memory; it gives its records in the order in which they were put in."""

    made_events: list[Event] = field(default_factory=list)
    made_statements: list[Statement] = field(default_factory=list)
    made_relations: list[Relation] = field(default_factory=list)
    made_reports: list[Report] = field(default_factory=list)
    made_judgements: list[Judgement] = field(default_factory=list)
    known_by: date | None = None

    def events(self, selection: Selection = Selection()) -> Iterator[Event]:  # noqa: B008
        return (
            e
            for e in self.made_events
            if selection.until is None or not e.period.start or e.period.start <= selection.until
        )

    def statements(self, selection: Selection = Selection()) -> Iterator[Statement]:  # noqa: B008
        return iter(self.made_statements)

    def relations(self, selection: Selection = Selection()) -> Iterator[Relation]:  # noqa: B008
        return iter(self.made_relations)

    def judgements(self) -> Iterator[Judgement]:
        return iter(self.made_judgements)

    def reports(self, *, reprints: bool = False) -> Iterator[Report]:
        return iter(self.made_reports)
