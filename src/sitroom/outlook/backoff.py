"""Who or which act comes next when the history is short: shares of faded counts, backing off from the exact to the general."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sitroom.errors import BadInput
from sitroom.outlook.history import NOBODY, Floats, History, Ints

HALF_LIFE, MANY = 60.0, 1000
"""Days told of in which an act loses half its weight, where that many acts are known; with fewer they last longer."""


@dataclass(frozen=True)
class Guess:
    """One possible completion: its name, its probability given that something of the kind happens, and why."""

    name: str
    probability: float
    reasons: tuple[str, ...]
    because: tuple[str, ...] = ()


def complete(
    history: History, day: int, *, actor: str | None, act: str | None, recipient: str | None, most: int = 10
) -> list[Guess]:
    """Rank completions of (actor, act, ?), (?, act, recipient) or (actor, ?, recipient) from what was known before `day`.

    Exactly one of the three is left out. Each is estimated from the acts that agree with both given parts, then one,
    then none; every level speaks with the weight that its number of different answers leaves it (Witten & Bell 1991).
    Acts fade by days of which reports tell anything; nobody completes an act on themselves.
    Raises BadInput if not exactly one is left out.
    """
    given = {"actor": actor, "act": act, "recipient": recipient}
    asked = [name for name, value in given.items() if value is None]
    if len(asked) != 1:
        raise BadInput("leave out exactly one of actor, act and recipient", hint="give the other two")
    past = history.before(day)
    told = np.cumsum(past.covered(day))
    past = past.rows((past.recipient != NOBODY) & (past.recipient != past.actor))
    column, names = _column(past, asked[0])
    half_life = HALF_LIFE * max(1.0, MANY / max(len(past), 1))
    weight = np.exp2(-(told[-1] - told[past.known_by]) / half_life) if len(past) else np.empty(0)
    masks = [_mask(past, name, value) for name, value in given.items() if value is not None]
    levels = [np.ones(len(past), bool), masks[1], masks[0], masks[0] & masks[1]]
    chance = np.full(len(names), 1 / max(len(names), 1))
    for mask in levels:
        chance = _interpolate(chance, column[mask], weight[mask])
    for number in (past.name_number(name) for name in (actor, recipient) if name and asked[0] != "act"):
        if number is not None and len(chance) > 1:
            chance[number] = 0.0
    chance = chance / max(float(chance.sum()), 1e-12)
    exact = levels[-1]
    found = []
    for number in np.argsort(-chance, kind="stable")[:most]:
        mine = np.flatnonzero(exact & (column == number))
        found.append(
            Guess(
                names[number], float(chance[number]), tuple(_words(past, mine, day, levels)), _ids(past, mine)
            )
        )
    return found


def _column(history: History, asked: str) -> tuple[Ints, tuple[str, ...]]:
    if asked == "act":
        kinds = tuple(dict.fromkeys(history.types))
        return np.array([kinds.index(k) for k in history.types], np.int64)[history.act], kinds
    return (history.actor if asked == "actor" else history.recipient), history.names


def _mask(history: History, name: str, value: str) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    if name == "act":
        return np.isin(history.act, history.acts_in(value))
    number = history.name_number(value)
    column = history.actor if name == "actor" else history.recipient
    mask: np.ndarray[tuple[int], np.dtype[np.bool_]] = column == (
        number if number is not None else NOBODY - 1
    )
    return mask


def _interpolate(lower: Floats, seen: Ints, weight: Floats) -> Floats:
    """Witten-Bell: the level's shares, and the lower level in proportion to how many different answers it has."""
    counts = np.bincount(seen, weights=weight, minlength=len(lower))
    kinds = len(np.unique(seen))
    total = float(counts.sum())
    mixed: Floats = (counts + kinds * lower) / max(total + kinds, 1e-12) if kinds else lower
    return mixed


def _words(
    history: History, rows: Ints, day: int, levels: list["np.ndarray[tuple[int], np.dtype[np.bool_]]"]
) -> Iterator[str]:
    total = int(levels[-1].sum())
    if len(rows):
        last = history.date(int(history.day[rows].max()))
        yield f"{len(rows)} of {total} such acts; the last on {last}"
    else:
        yield f"none of {total} such acts; from what either side does otherwise"
    if total < 10:
        yield "few acts: close to what is usual among all"


def _ids(history: History, rows: Ints) -> tuple[str, ...]:
    late = rows[np.argsort(-history.day[rows], kind="stable")][:5]
    return tuple(history.ids[i] for i in late) if history.ids else ()
