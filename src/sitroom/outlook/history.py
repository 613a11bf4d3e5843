"""The one table that the whole floor reads: who did what to whom, on which day, and when that could be known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sitroom.errors import BadQuestion

Ints = NDArray[np.int64]
Floats = NDArray[np.floating[Any]]

NOBODY = -1
"""Stands in `recipient` or `place` for an act without one."""


@dataclass(frozen=True)
class Record:
    """One act between two parties, before it is numbered. `known_by` None means: known on the day itself."""

    actor: str
    act: str
    recipient: str | None
    day: date
    known_by: date | None = None
    place: str | None = None
    id: str = ""


@dataclass(frozen=True)
class History:
    """Parallel arrays, one row an act, sorted by the day on which it could be known.

    `actor`, `recipient` index `names`; `act` indexes `acts`; `place` indexes `places`; `NOBODY` where there is none.
    `day` and `known_by` count days since `epoch`, and `known_by >= day`. `types` and `quads` give the PLOVER type
    and the quad class (1 to 4, 0 unknown) of each entry of `acts`. `ids` are evidence ids, or empty.
    """

    names: tuple[str, ...]
    acts: tuple[str, ...]
    types: tuple[str, ...]
    quads: Ints
    actor: Ints
    act: Ints
    recipient: Ints
    day: Ints
    known_by: Ints
    epoch: date
    place: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    places: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.actor)

    def rows(self, which: NDArray[np.bool_] | Ints) -> "History":
        """The rows that a mask or an index selects; names and numbers stay as they are."""
        index = np.flatnonzero(which) if which.dtype == np.bool_ else which
        return replace(
            self,
            actor=self.actor[index],
            act=self.act[index],
            recipient=self.recipient[index],
            day=self.day[index],
            known_by=self.known_by[index],
            place=self.place[index] if len(self.place) else self.place,
            ids=tuple(self.ids[i] for i in index) if self.ids else (),
        )

    def before(self, day: int) -> "History":
        """What could be known before `day` began. Everything that forecasts must start here."""
        return self.rows(self.known_by < day)

    def since(self, day: int) -> "History":
        """The acts from `day` on, with `day` as the new day 0."""
        late = self.rows(self.day >= day)
        return replace(late, day=late.day - day, known_by=late.known_by - day, epoch=self.date(day))

    def covered(self, until: int, reach: int = 15) -> NDArray[np.bool_]:
        """For each day before `until`: whether any act at all is known within `reach` days of it.

        Where a room has no reports, silence says nothing: such days are neither quiet nor a "no".
        """
        marks = np.zeros(until + 2 * reach + 2)
        days = np.unique(self.day[self.day < until])
        np.add.at(marks, days, 1)
        np.add.at(marks, days + 2 * reach + 1, -1)
        found: NDArray[np.bool_] = np.cumsum(marks)[reach : reach + until] > 0
        return found

    def rolled_up(self, name: str) -> "History":
        """The same with every body of `name` ("IRN.IRGC" of "IRN") counted as `name` itself."""
        parts = [i for i, other in enumerate(self.names) if other != name and is_part(other, name)]
        if not parts:
            return self
        names = self.names if name in self.names else (*self.names, name)
        whole = names.index(name)
        swap = np.arange(-1, len(names))
        swap[np.array(parts) + 1] = whole
        return replace(self, names=names, actor=swap[self.actor + 1], recipient=swap[self.recipient + 1])

    def by_states(self) -> "History":
        """The same with every body and person of a state ("IRN.IRGC", "RUS.vladimir-putin") counted as that state."""
        whole = self
        for land in sorted({name[:3] for name in self.names if name[3:4] == "." and name[:3].isupper()}):
            whole = whole.rolled_up(land)
        return whole

    def number(self, day: date) -> int:
        """Days since the epoch."""
        return (day - self.epoch).days

    def date(self, number: int) -> date:
        """The calendar day of a day number."""
        return self.epoch + timedelta(days=int(number))

    def name_number(self, name: str) -> int | None:
        """The number of an actor, by exact name; None if the history does not know it."""
        try:
            return self.names.index(name)
        except ValueError:
            return None

    def acts_in(self, what: str) -> Ints:
        """The numbers of the acts that an act name, a PLOVER type or a quad class covers.

        Raises BadQuestion if nothing answers to `what`.
        """
        if what in QUADS:
            return np.flatnonzero(self.quads == QUADS[what])
        if what == "any":
            return np.arange(len(self.acts))
        found = [
            i for i, (act, kind) in enumerate(zip(self.acts, self.types, strict=True)) if what in (act, kind)
        ]
        if not found and what not in TYPES:
            raise BadQuestion(
                f"no act is called {what!r}", hint=f"a PLOVER type, or one of {', '.join(QUADS)}, any"
            )
        return np.array(found, np.int64)


QUADS = {"verbal-cooperation": 1, "material-cooperation": 2, "verbal-conflict": 3, "material-conflict": 4}
TYPES = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
    "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
"""PLOVER 2.0 types with their quad class (PLOVER manual, section on quad categories)."""


def is_part(name: str, whole: str) -> bool:
    """Whether an actor is `whole` or a body of it, as "IRN.IRGC" is of "IRN"."""
    return name == whole or name.startswith(f"{whole}.")


def build_history(
    records: Iterable[Record],
    *,
    types: dict[str, str] | None = None,
    quads: dict[str, int] | None = None,
) -> History:
    """Number the records. `types` maps an act to its PLOVER type (the part before "/" if absent), `quads` to its quad."""
    rows = sorted(records, key=lambda r: (_known(r), r.day, r.actor, r.act, r.recipient or "", r.id))
    epoch = min((r.day for r in rows), default=date(1970, 1, 1))
    names = _numbering(n for r in rows for n in (r.actor, r.recipient))
    acts = _numbering(r.act for r in rows)
    places = _numbering(r.place for r in rows)
    kind = [(types or {}).get(act, act.split("/")[0]) for act in acts]
    quad = [(quads or {}).get(act, TYPES.get(kind[i], 0)) for i, act in enumerate(acts)]

    def numbers(values: Iterable[int]) -> Ints:
        return np.array(list(values), dtype=np.int64)

    return History(
        names=tuple(names),
        acts=tuple(acts),
        types=tuple(kind),
        quads=numbers(quad),
        actor=numbers(names[r.actor] for r in rows),
        act=numbers(acts[r.act] for r in rows),
        recipient=numbers(names[r.recipient] if r.recipient is not None else NOBODY for r in rows),
        day=numbers((r.day - epoch).days for r in rows),
        known_by=numbers((_known(r) - epoch).days for r in rows),
        epoch=epoch,
        place=numbers(places[r.place] if r.place is not None else NOBODY for r in rows),
        places=tuple(places),
        ids=tuple(r.id for r in rows),
    )


def _known(record: Record) -> date:
    return max(record.day, record.known_by or record.day)


def _numbering(names: Iterable[str | None]) -> dict[str, int]:
    return {name: i for i, name in enumerate(dict.fromkeys(n for n in names if n is not None))}


def history_of_numbers(
    facts: Ints,
    *,
    names: Sequence[str],
    acts: Sequence[str],
    types: Sequence[str],
    quads: Sequence[int],
    epoch: date,
) -> History:
    """A history from an (n, 4) array of actor, act, recipient, day that are numbers already; known on the day."""
    facts = facts[np.argsort(facts[:, 3], kind="stable")]
    actor, act, recipient, day = (np.ascontiguousarray(facts[:, i]) for i in range(4))
    return History(
        tuple(names),
        tuple(acts),
        tuple(types),
        np.array(quads, np.int64),
        actor,
        act,
        recipient,
        day,
        day,
        epoch,
    )
