"""What is asked about the future, and what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Question:
    """A question that later reports can settle: will `actor` do `act` to `recipient` at `place` in the window?

    `act` is a PLOVER type or a quad class (`material-conflict`); None stands for anybody, anything or anywhere.
    The window runs from `opens` to `closes`, both included. `threshold` is the least number of incidents for a yes.
    """

    id: str
    text: str
    actor: str | None
    act: str
    recipient: str | None
    place: str | None
    opens: date
    closes: date
    threshold: int = 1
    outcome: bool | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What was answered: a probability, how it was made, from what, and what was known then.

    `low` and `high` bound the central 80 %. `baselines` always stand beside it. `reasons` are words; `because` evidence ids.
    """

    id: str
    question: str
    probability: float
    low: float
    high: float
    method: str
    known_by: date
    because: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    by: str = "sitroom"
    settings: Mapping[str, float | str] = field(default_factory=dict)
    baselines: Mapping[str, float] = field(default_factory=dict)
