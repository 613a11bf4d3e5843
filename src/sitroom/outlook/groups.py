"""Which country and which role an actor belongs to: from its name or catalogue entry, else from whom it deals with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sitroom.outlook.history import NOBODY, Floats, History, Ints

IN_BRACKETS = re.compile(r"^(?P<role>.*?)[_ ]*\((?P<country>[^()]*)\)$")


@dataclass
class Groups:
    """Country and role numbers of every actor. `country[i] == len(countries)` stands for unknown.

    `named` tells for whom the country was given; for the others it is the country that they deal with most,
    counted by `learn` from acts that lie in the past.
    """

    countries: tuple[str, ...]
    roles: tuple[str, ...]
    country: Ints
    role: Ints
    named: np.ndarray[tuple[int], np.dtype[np.bool_]]
    seen: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.seen = np.zeros((len(self.country), len(self.countries)), np.float32)
        self.country = self.country.copy()

    def learn(self, actor: Ints, recipient: Ints) -> None:
        """Count with whom the unnamed deal; their country becomes the most frequent one so far."""
        changed = []
        for one, other in ((actor, recipient), (recipient, actor)):
            use = ~self.named[one] & self.named[other]
            np.add.at(self.seen, (one[use], self.country[other[use]]), 1.0)
            changed.append(one[use])
        touched = np.unique(np.concatenate(changed))
        if len(touched):
            self.country[touched] = self.seen[touched].argmax(1)


def groups_of_names(names: Sequence[str]) -> Groups:
    """Read "Military (Syria)" as role Military of Syria and "SYR.MIL" as role MIL of SYR; "Syria" and "SYR" as states.

    Everybody else has no known country and no role.
    """
    split = [_split(name) for name in names]
    countries = {country for _, country in split if country}
    states = [country is None and name in countries for name, (_, country) in zip(names, split, strict=True)]
    return make_groups(
        [name if state else country for name, (_, country), state in zip(names, split, states, strict=True)],
        ["state" if state else role for (role, _), state in zip(split, states, strict=True)],
    )


def _split(name: str) -> tuple[str, str | None]:
    match = IN_BRACKETS.match(name)
    if match:
        return match["role"], match["country"]
    land, dot, body = name.partition(".")
    return (body, land) if dot and len(land) == 3 and land.isupper() else ("", None)


def make_groups(countries: Sequence[str | None], roles: Sequence[str]) -> Groups:
    """Number countries and roles; a role held by one actor only is pooled with the nameless role."""
    many = {role for role in set(roles) if roles.count(role) > 1}
    kinds = sorted(many | {""})
    lands = sorted({c for c in countries if c is not None})
    land, kind = {c: i for i, c in enumerate(lands)}, {k: i for i, k in enumerate(kinds)}
    return Groups(
        tuple(lands),
        tuple(kinds),
        np.array([len(lands) if c is None else land[c] for c in countries], np.int64),
        np.array([kind[r if r in many else ""] for r in roles], np.int64),
        np.array([c is not None for c in countries], bool),
    )


def countries_of(history: History) -> Ints:
    """The country number of each actor of a history; an actor of unknown country gets a number of its own."""
    groups = groups_of_names(history.names)
    known = history.recipient != NOBODY
    groups.learn(history.actor[known], history.recipient[known])
    unknown = groups.country == len(groups.countries)
    return np.where(unknown, len(groups.countries) + 1 + np.arange(len(unknown)), groups.country)
