"""What was read from one report: events, statements, relations; and what an analyst decided about them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sitroom.vocabulary.text import Quote, Report
from sitroom.vocabulary.world import Actor, Period, Place

Modality = Literal["asserted", "denied", "alleged", "planned-or-possible", "hypothetical"]
AttributionKind = Literal["official", "analyst", "media", "witness", "organisation", "person", "anonymous"]
Stance = Literal[
    "asserts", "denies", "confirms", "doubts", "demands", "refuses", "offers", "wants", "warns", "forecasts",
    "supports", "opposes",
]  # fmt: skip
FigureKind = Literal[
    "killed", "wounded", "captured", "displaced", "forces", "distance", "destroyed", "money", "other"
]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who vouches for it in this text. An absent attribution is the outlet's own voice."""

    name: str
    id: str | None = None
    kind: AttributionKind = "person"
    text: str = ""
    start: int | None = None
    end: int | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a report gives: at least `low`, at most `high` (either None if open), of `who`, in `unit`."""

    what: FigureKind
    low: float | None
    high: float | None
    who: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One act read from one report: a mention of a happening, not the happening itself (that is an Incident).

    `type`, `mode`, `contexts` and `score` are PLOVER 2.0. A reciprocal act has all parties in `actors` and no
    recipients (manual 2.3.2). `known_by` is the first day on which this could be known, None if the report is undated.
    `historical` marks background. `steps` says in words what each step of the coder contributed.
    """

    id: str
    report: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    score: float
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    place: Place | None
    places: tuple[Place, ...]
    period: Period
    known_by: date | None
    historical: bool
    modality: Modality
    attribution: Attribution | None
    figures: tuple[Figure, ...]
    quote: Quote
    rule: str
    confidence: float
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody is reported to have said or to hold: speech about an event or an issue.

    `about` holds ids of events of the same report; `issue` is a short phrase; `condition` holds the words of an
    "if" part; `target` is of whom something is demanded or expected.
    """

    id: str
    report: str
    speaker: Attribution | None
    stance: Stance
    about: tuple[str, ...]
    issue: str
    quote: Quote
    period: Period
    known_by: date | None
    addressee: Actor | None = None
    target: Actor | None = None
    condition: str | None = None
    quoted: bool = False
    rule: str = ""
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Relation:
    """A standing tie or state that a report mentions: ally of, proxy of, commands, part of, present at, controls.

    `object` is an actor, `place` a place; presence relations (`present-in`, `based-at`, `controls`, `left`) have a
    place, ties have an object, agreements ("party-to") both may lack.
    """

    id: str
    report: str
    subject: Actor
    relation: str
    object: Actor | None
    place: Place | None
    period: Period
    known_by: date | None
    modality: Modality
    attribution: Attribution | None
    quote: Quote
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that no catalogue knows, as it stands in the text; `kind` is what the text takes it for."""

    kind: Literal["actor", "place"]
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Coded:
    """One report and all that was coded from it, with the names left unresolved."""

    report: Report
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    relations: tuple[Relation, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()


Verdict = Literal["right", "wrong", "same", "not-same"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an analyst decided: right, wrong (about one id), same, not-same (about two event ids)."""

    id: str
    about: tuple[str, ...]
    verdict: Verdict
    by: str
    at: datetime
    why: str = ""
