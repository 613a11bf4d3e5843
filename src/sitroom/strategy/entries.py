"""What an analyst may write in a case file, checked at the door; an unknown key is an error."""

from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    model_validator,
)

from sitroom.vocabulary.strategy import Basis, Grounds


def _as_range(value: object) -> object:
    return (value, value) if isinstance(value, int | float) else value


def _as_triple(value: object) -> object:
    if isinstance(value, int | float):
        return (value, value, value)
    if isinstance(value, list) and len(value) == 2 and all(isinstance(one, int | float) for one in value):
        return (value[0], (value[0] + value[1]) / 2, value[1])
    return value


def _rising(values: tuple[float, ...]) -> tuple[float, ...]:
    if list(values) != sorted(values):
        raise ValueError(f"a range runs from low to high, not {list(values)}")
    return values


def _share(values: tuple[float, float, float]) -> tuple[float, float, float]:
    if values[0] < 0 or values[2] > 1:
        raise ValueError(f"runs from 0 to 1, not {', '.join(f'{one:g}' for one in dict.fromkeys(values))}")
    return values


def _positive(values: tuple[float, float, float]) -> tuple[float, float, float]:
    if values[0] < 0:
        raise ValueError("cannot be below 0")
    return values


def _as_yes(value: object) -> object:
    return {"Y": True, "N": False}.get(value, value) if isinstance(value, str) else value


def _as_seen(value: object) -> object:
    words = {"Y": 1.0, "N": 0.0, "partly": 0.5}
    return words.get(value, value) if isinstance(value, str) else value


Number = Annotated[float, Field(ge=-1e9, le=1e9)]
RangeField = Annotated[tuple[Number, Number], BeforeValidator(_as_range), AfterValidator(_rising)]
TripleField = Annotated[tuple[Number, Number, Number], BeforeValidator(_as_triple), AfterValidator(_rising)]
YesNo = Annotated[StrictBool, BeforeValidator(_as_yes)]


class Entry(BaseModel):
    """Frozen; a typo in a key must not pass silently."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)


class Grounded(Entry):
    """An entry with its grounds: evidence ids, what they are worth, and why."""

    basis: Basis | None = None
    evidence: tuple[str, ...] = ()
    why: str = ""

    @model_validator(mode="after")
    def _evidence_is_named(self) -> "Grounded":
        if self.basis == "evidence" and not self.evidence:
            raise ValueError("basis is evidence, but no evidence is named")
        return self

    @property
    def grounds(self) -> Grounds:
        """As a record; evidence that is named counts as evidence unless the entry says otherwise."""
        return Grounds(self.basis or ("evidence" if self.evidence else "assumption"), self.evidence, self.why)


class Head(Entry):
    """`[case]`: what the game is about, on which day, and how it is drawn."""

    id: str
    title: str = ""
    as_of: date | None = None
    source: str = ""
    seed: int = Field(default=0, ge=0, le=2**63)
    draws: int = Field(default=1000, ge=1, le=100_000)


class NoteEntry(Entry):
    """`[evidence.ID]`: what a piece of evidence says, and where it stands."""

    says: str
    source: str = ""
    report: str = ""
    known_by: date | None = None


class BeliefEntry(Entry):
    """A wrong picture of somebody: the order of wants that this decider takes another one to have."""

    about: str
    wants: tuple[str, ...]


class DeciderEntry(Entry):
    """`[[decider]]`."""

    id: str
    name: str = ""
    spread: float = Field(default=0.0, ge=0, le=1000)
    ranking: tuple[str | tuple[str, ...], ...] = ()
    unaware: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()
    beliefs: tuple[BeliefEntry, ...] = ()


class OptionEntry(Grounded):
    """`[[option]]`; with `regions` it becomes one option per region, `now` then lists the regions where it is taken."""

    id: str = Field(pattern=r"^[A-Za-z_]\w*(?:[.\-]\w+)*$")
    owner: str = ""
    label: str = ""
    now: YesNo | tuple[str, ...] = False
    moves: Literal["both", "forward", "back", "fixed"] = "both"
    regions: tuple[str, ...] = ()


class NeverEntry(Grounded):
    """`[[never]]`: a condition that no state can meet."""

    that: str


class WantEntry(Grounded):
    """`[[want]]`: one preference statement."""

    id: str = ""
    of: str
    that: str
    label: str = ""
    rank: RangeField | None = None
    weight: RangeField | None = None
    sure: float = Field(default=1.0, ge=0, le=1)


class ShiftEntry(Entry):
    """Lift `want` just above `above`."""

    want: str
    above: str


class WhatIfEntry(Grounded):
    """`[[whatif]]`: one thing that is different."""

    id: str
    label: str = ""
    pin: dict[str, YesNo] = Field(default_factory=dict)
    shift: tuple[ShiftEntry, ...] = ()
    drop: tuple[str, ...] = ()
    add: tuple[WantEntry, ...] = ()


class LaterEntry(Grounded):
    """`[[later]]`: what was seen afterwards; `seen` is Y, N, partly, or a share."""

    when: str
    option: str
    seen: Annotated[float, BeforeValidator(_as_seen), Field(ge=0, le=1)]


class BargainerEntry(Grounded):
    """`[[bargaining.actor]]`: numbers as one value, [low, high] or [low, middle, high]."""

    name: str
    position: TripleField
    salience: Annotated[TripleField, AfterValidator(_share)]
    capability: dict[str, Annotated[TripleField, AfterValidator(_positive)]]


class BargainEntry(Grounded):
    """`[bargaining]`: an issue on a scale; `capability` declares each definition that actors give numbers for."""

    issue: str
    scale: tuple[Number, Number] = (0.0, 100.0)
    status_quo: float | None = None
    hands: str = ""
    capability: dict[str, str]
    labels: dict[float, str] = Field(default_factory=dict)
    actor: tuple[BargainerEntry, ...] = Field(min_length=2)


class CaseEntry(Entry):
    """A whole case file."""

    case: Head
    evidence: dict[str, NoteEntry] = Field(default_factory=dict)
    define: dict[str, str] = Field(default_factory=dict)
    decider: tuple[DeciderEntry, ...] = ()
    option: tuple[OptionEntry, ...] = ()
    never: tuple[NeverEntry, ...] = ()
    want: tuple[WantEntry, ...] = ()
    whatif: tuple[WhatIfEntry, ...] = ()
    later: tuple[LaterEntry, ...] = ()
    bargaining: BargainEntry | None = None
