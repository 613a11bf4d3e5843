"""Who can do what and wants what, with the grounds for each line; and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

EvidenceId = str
Basis = Literal["evidence", "inferred", "assumption"]
Moves = Literal["both", "forward", "back", "fixed"]
Range = tuple[float, float]
Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a line of a game stands there: on evidence (ids), inferred from it, or assumed by the analyst (`why`)."""

    basis: Basis = "assumption"
    evidence: tuple[EvidenceId, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What a piece of evidence says, for the reader of a game: words, source, report, day it could be known."""

    id: EvidenceId
    says: str
    source: str = ""
    report: str = ""
    known_by: date | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """Something its owner can do or leave, in one region if `region` is set. `now` is the status quo.

    `moves`: `both` ways, `forward` (once done never undone), `back` (once dropped never resumed), `fixed`.
    """

    id: str
    owner: str
    label: str
    now: bool = False
    moves: Moves = "both"
    region: str = ""
    grounds: Grounds = Grounds()


@dataclass(frozen=True, slots=True)
class Impossible:
    """A condition on options that no state can meet."""

    that: str
    grounds: Grounds = Grounds()


@dataclass(frozen=True, slots=True)
class Want:
    """One preference statement of a decider: a condition that it likes to be true.

    `rank` is its place in the order of priorities (1 is highest; a range is drawn from). With a `weight` the
    decider adds weights instead of ordering. `sure` is the probability that it is held at all.
    """

    id: str
    of: str
    that: str
    label: str = ""
    rank: Range = (1.0, 1.0)
    weight: Range | None = None
    sure: float = 1.0
    grounds: Grounds = Grounds()


@dataclass(frozen=True, slots=True)
class Belief:
    """What a decider takes another one to want, where it is wrong: this order of want ids, and options it overlooks."""

    about: str
    wants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decider:
    """A party that can move. `spread` is how many places its priorities may shift in a draw (the order is the analyst's).

    `ranking` (best first, ties together, states as Y/N strings) replaces wants. `unaware` lists options that this
    decider does not see, `blind` conditions whose states it takes to be impossible, `beliefs` what it wrongly takes
    others to want.
    """

    id: str
    name: str
    spread: float = 0.0
    ranking: tuple[tuple[str, ...], ...] = ()
    unaware: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()
    beliefs: tuple[Belief, ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """Lift want `want` just above want `above` in the order of the same decider."""

    want: str
    above: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One change to a game: options pinned to a value, wants shifted, dropped or added."""

    id: str
    label: str
    pin: Mapping[str, bool] = field(default_factory=dict)
    shift: tuple[Shift, ...] = ()
    drop: tuple[str, ...] = ()
    add: tuple[Want, ...] = ()
    grounds: Grounds = Grounds()


@dataclass(frozen=True, slots=True)
class Later:
    """What was seen after the day of the game: an option taken (`seen` 1), not taken (0), or partly."""

    when: str
    option: str
    seen: float
    grounds: Grounds = Grounds()


@dataclass(frozen=True, slots=True)
class Bargainer:
    """An actor in a bargain: position (on the scale), salience (0 to 1) and capabilities by definition, each (low, middle, high)."""

    name: str
    position: Triple
    salience: Triple
    capability: Mapping[str, Triple]
    grounds: Grounds = Grounds()


@dataclass(frozen=True, slots=True)
class Bargain:
    """An issue on a scale and who stands where. `hands` names the actor who alone decides it, if any."""

    issue: str
    scale: Range
    bargainers: tuple[Bargainer, ...]
    capability: Mapping[str, str]
    status_quo: float | None = None
    hands: str = ""
    labels: Mapping[float, str] = field(default_factory=dict)
    grounds: Grounds = Grounds()


@dataclass(frozen=True, slots=True)
class Game:
    """Who can do what and wants what on one day, each line with its grounds. Nothing later than `as_of` is in it."""

    id: str
    title: str
    deciders: tuple[Decider, ...]
    options: tuple[Option, ...]
    wants: tuple[Want, ...] = ()
    impossible: tuple[Impossible, ...] = ()
    defines: Mapping[str, str] = field(default_factory=dict)
    as_of: date | None = None
    source: str = ""
    notes: Mapping[EvidenceId, Note] = field(default_factory=dict)
    whatifs: tuple[WhatIf, ...] = ()
    later: tuple[Later, ...] = ()
    bargain: Bargain | None = None
    seed: int = 0
    draws: int = 1000


@dataclass(frozen=True, slots=True)
class End:
    """A state in which the walk comes to rest, as Y/N in option order, with its probability over the draws."""

    state: str
    probability: float


@dataclass(frozen=True, slots=True)
class Chance:
    """The probability that an option is taken at the end, beside the baseline that nothing changes."""

    option: str
    probability: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Solution:
    """What follows from a game, and how it was found.

    `stable` lists per concept the states that all deciders would stay in under the middle preferences; it is an
    analysis, not a forecast. `ends` and `chances` come from the credible-move walk over `draws`; `unsettled` is the
    share of walks that never rest. `exact` is False where draws were made.
    """

    game: str
    method: str
    settings: Mapping[str, float | str]
    seed: int
    draws: int
    exact: bool
    because: tuple[EvidenceId, ...]
    status_quo: str
    ends: tuple[End, ...]
    chances: tuple[Chance, ...]
    stays: float
    unsettled: float
    stable: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
