"""What the evidence adds up to on a day: incidents, ties, presence, agreements, positions, contradictions."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sitroom.vocabulary.evidence import Attribution, Modality
from sitroom.vocabulary.text import Quote
from sitroom.vocabulary.world import Actor, Period, Place

EvidenceId = str
Status = Literal["reported", "claimed", "confirmed", "denied", "contested", "expected", "hypothetical"]


@dataclass(frozen=True, slots=True)
class Disputed:
    """A value on which the evidence differs: `values` pairs each reading with the events that give it."""

    what: str
    values: tuple[tuple[str, tuple[EvidenceId, ...]], ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening in the world, told by one or more events. Counting events counts newspapers; count these.

    `independent` is the number of independent reports (a reprint is none). `status` weighs claims and denials.
    `mutual` is true where its actors act on each other (they met, they clashed), not all of them on somebody else.
    """

    id: str
    type: str
    mode: str | None
    score: float
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    place: Place | None
    period: Period
    status: Status
    independent: int
    events: tuple[EvidenceId, ...]
    reports: tuple[str, ...]
    agreed: tuple[tuple[str, str], ...] = ()
    disputed: tuple[Disputed, ...] = ()
    summary: str = ""
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """How one actor stands to another over a period, stated by reports or shown by their acts.

    `sign` is +1, 0 or -1. For the record of acts `strength` is the decayed mean PLOVER score, `counts` the number of
    incidents per quad class (1 to 4), `trend` the change of strength against the half-life before.
    """

    id: str
    source: Actor
    target: Actor
    kind: str
    sign: int
    period: Period
    strength: float
    counts: tuple[int, int, int, int]
    trend: float
    because: tuple[EvidenceId, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody is, holds, fights, patrols, has a base, arrives or leaves somewhere; on whose word."""

    id: str
    actor: Actor
    place: Place
    kind: str
    period: Period
    status: Status
    on_word_of: tuple[Attribution, ...]
    because: tuple[EvidenceId, ...]
    contested_by: tuple[EvidenceId, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """A deal between parties, with its terms as quoted and how its status changed."""

    id: str
    parties: tuple[Actor, ...]
    brokers: tuple[Actor, ...]
    terms: tuple[Quote, ...]
    place: Place | None
    period: Period
    status: str
    history: tuple[tuple[date | None, str, EvidenceId], ...]
    because: tuple[EvidenceId, ...]
    confidence: float
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """What an actor demands, refuses, wants or offers on an issue, over a period."""

    id: str
    actor: Actor
    issue: str
    stance: str
    strength: float
    period: Period
    said_by: tuple[Attribution, ...]
    quotes: tuple[Quote, ...]
    because: tuple[EvidenceId, ...]
    confidence: float
    target: Actor | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contradiction: the words, who says them, and when they could be known."""

    evidence: EvidenceId
    quote: Quote
    attribution: Attribution | None
    period: Period
    known_by: date | None
    modality: Modality


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two or more pieces of evidence that cannot all be so, or that qualify one another; `says` explains it plainly."""

    id: str
    kind: str
    about: str
    sides: tuple[Side, ...]
    says: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Situation:
    """All of these on one day, as known by one day.

    `left_out` names each rule of contradictions that found more than is held here, and how many more.
    """

    on: date | None
    known_by: date | None
    incidents: tuple[Incident, ...] = ()
    ties: tuple[Tie, ...] = ()
    presences: tuple[Presence, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    positions: tuple[Position, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
