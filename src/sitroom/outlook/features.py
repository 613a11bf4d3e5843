"""What the ranker knows of a candidate: numbers read from the memory, each with words that say what it means."""

import numpy as np
from numpy.typing import NDArray

from sitroom.outlook.candidates import Day
from sitroom.outlook.history import Floats, Ints
from sitroom.outlook.memory import DAY_KEYS, FIRST_KEYS, KEYS, Rows

Matrix = NDArray[np.float32]
ALL_KEYS = KEYS | FIRST_KEYS

OF_CANDIDATE = (
    "fact", "class", "pair", "act-other", "class-other", "other", "subject-country", "subject-act-country",
    "country-other", "country-act-other", "country-act-country", "country-country", "role-act-role", "act-role",
    "role-other", "subject-role", "family", "family-any", "country-class-other",
    "new to other", "new to act-other", "new to country-other", "new to role-role",
)  # fmt: skip
OF_QUERY = (
    "subject-act", "subject", "act", "country-act", "role-act", "new to subject", "new to subject-act", "new to act",
)  # fmt: skip
BACK = ("pair",)
"""Tallies that are also read the other way round: what the candidate did to the subject."""
SHARES = (
    ("fact", "subject-act", 2), ("fact", "subject-act", 3), ("pair", "subject", 3), ("pair", "subject", 4),
    ("pair", "other", 4), ("act-other", "act", 3), ("subject-act-country", "subject-act", 3),
    ("subject-country", "subject", 3), ("country-act-country", "country-act", 3), ("country-act-other", "country-act", 3),
    ("role-act-role", "role-act", 2), ("act-role", "act", 2), ("act-other", "other", 3),
    ("other", "other", (2, 4)), ("pair", "pair", (2, 4)), ("country-other", "country-other", (2, 3)),
    ("fact", "fact", (2, 4)), ("new to other", "other", (3, 4)), ("new to subject", "subject", (3, 4)),
    ("new to subject-act", "subject-act", (2, 3)), ("new to act", "act", (2, 3)), ("act-other", "act-other", (2, 3)),
)  # fmt: skip
"""(part, whole, column or two): faded counts set against each other."""
RELATIVE = (
    "fact:60d", "fact:10d", "class:40d", "pair:80d", "pair:12d", "act-other:40d", "class-other:40d",
    "country-act-other:80d", "country-other:5d", "country-other:40d", "other:12d", "other:80d", "family:40d",
    "family-any:40d", "role-other:80d", "role-act-role:40d", "act-role:40d", "subject-country:40d", "subject-act-country:80d",
    "subject-role:80d", "country-act-country:40d", "back pair:80d", "new to other:60d", "new to act-other:60d",
    "new to country-other:60d", "rules fact slow sum", "rules fact fast sum", "rules fact slow best",
    "rules land-to-other slow sum", "rules land-to-other fast sum", "rules lands slow sum", "rules lands fast sum",
    "rules subject-to-land slow sum", "through", "through lately", "alike any", "alike class", "alike act", "likeness",
    "country-class-other:5d", "country-class-other:40d", "act-other:1.5d", "other:0.7d", "country-other:1d",
    "days of fact", "days of pair", "days of other", "rules acts-of-other fast sum",
)  # fmt: skip
"""Also given as a part of the largest value among the candidates of the query."""


def columns_of(name: str) -> list[str]:
    """The columns of a tally as read: total, age and one per half-life."""
    return [f"{name}:total", f"{name}:age", *(f"{name}:{half:g}d" for half in ALL_KEYS[name][1])]


def names_of_features() -> list[str]:
    """The names of the columns of `build_features`, in order."""
    names = [column for name in OF_CANDIDATE for column in columns_of(name)]
    names += [f"back {column}" for name in BACK for column in columns_of(name)]
    names += [column for name in OF_QUERY for column in columns_of(name)]
    names += [f"share {part}/{whole}:{column}" for part, whole, column in SHARES]
    for where in ("fact", "lands", "land-to-other", "subject-to-land", "acts-of-other"):
        names += [f"rules {where} {speed} {how}" for speed in ("slow", "fast") for how in ("sum", "best")]
    names += ["through", "through lately", "alike any", "alike class", "alike act", "likeness"]
    names += [column for name in DAY_KEYS for column in (name, f"{name}, first")]
    names += [
        "same country",
        "same role",
        "inverse",
        "country known",
        "other is a state",
        "act class",
        "days ahead",
    ]
    return [*names, *(f"relative {name}" for name in RELATIVE)]


def build_features(day: Day, row: Ints, actor: Ints, rules: dict[str, Floats]) -> Matrix:
    """One row a candidate: (len(row), len(names_of_features())). `row` points to the day's queries, sorted."""
    memory = day.memory
    rows = memory.rows(day.s[row], day.r[row], actor)
    asked = memory.rows(day.s, day.r, day.s)
    read = {name: memory.tallies[name].read(ALL_KEYS[name][0](rows), day.day) for name in OF_CANDIDATE}
    read |= {name: memory.tallies[name].read(ALL_KEYS[name][0](asked), day.day)[row] for name in OF_QUERY}
    swapped = rows.swapped()
    back = [memory.tallies[name].read(ALL_KEYS[name][0](swapped), day.day) for name in BACK]
    shares = [_share(read[part], read[whole], column) for part, whole, column in SHARES]
    roundabout = [
        day.through[day.subject_row[row], actor],
        day.through_lately[day.subject_row[row], actor],
        day.alike_any[day.subject_row[row], actor],
        _cells(day.alike_class, row, actor),
        _cells(day.alike_act, row, actor),
        day.likeness[day.subject_row[row], actor],
    ]
    states = memory.groups.roles.index("state") if "state" in memory.groups.roles else -1
    plain = [
        (rows.cs == rows.co) & (rows.cs < rows.c - 1),
        rows.ks == rows.ko,
        rows.inverse,
        rows.co < rows.c - 1,
        rows.ko == states,
        rows.g,
        np.full(len(row), day.ahead),
    ]
    spans = [memory.tallies[name].span(of(rows), day.day) for name, of in DAY_KEYS.items()]
    parts = [read[name] for name in OF_CANDIDATE] + back + [read[name] for name in OF_QUERY]
    columns = [*parts, *shares, *_rule_columns(day, rows, rules), *roundabout, *spans, *plain]
    table = np.column_stack([np.asarray(column, np.float32) for column in columns])
    names = {name: i for i, name in enumerate(names_of_features())}
    largest = _largest_of_rows(table[:, [names[name] for name in RELATIVE]], row, len(day.s))
    relative = table[:, [names[name] for name in RELATIVE]] / np.maximum(largest[row], 1e-6)
    return np.column_stack([table, relative])


def _share(part: Matrix, whole: Matrix, column: int | tuple[int, int]) -> Matrix:
    one, other = column if isinstance(column, tuple) else (column, min(column, whole.shape[1] - 1))
    return np.asarray(part[:, one] / (whole[:, other] + 0.5), np.float32)


def _largest_of_rows(table: Matrix, row: Ints, rows: int) -> Matrix:
    start = np.searchsorted(row, np.arange(rows))
    out = np.zeros((rows, table.shape[1]), np.float32)
    filled = np.flatnonzero(np.bincount(row, minlength=rows))
    if len(filled):
        out[filled] = np.maximum.reduceat(table, start[filled], axis=0)
    return out


def _rule_columns(day: Day, rows: Rows, rules: dict[str, Floats]) -> list[Matrix]:
    """What earlier acts point to, between the two, their countries, and either with the other's country.

    For each: sum and best of rule weight times what has not faded, by slow and by fast fading.
    """
    r2, c, n = rows.r2, rows.c, rows.n
    cells = {
        "fact": (rows.s * n + rows.o, 1),
        "lands": (rows.cs * c + rows.co, 0),
        "land-to-other": (rows.cs * n + rows.o, 0),
        "subject-to-land": (rows.s * c + rows.co, 0),
        "acts-of-other": (rows.o, 0),
    }
    out: list[Matrix] = []
    for name, (cell, fast) in cells.items():
        tally = day.memory.tallies[name]
        asked, back = np.unique(cell * r2 + rows.r, return_inverse=True)
        low, now = asked - asked % r2, asked % r2
        at, place = tally.between(low, low + r2)
        earlier = tally.keys[place] % r2
        for speed, which in (("slow", fast + 1), ("fast", fast)):
            weight = tally.faded_by(place, day.day, which) * rules[speed][earlier, now[at]]
            best = np.zeros(len(asked))
            np.maximum.at(best, at, weight)
            total = np.bincount(at, weights=weight, minlength=len(asked))
            out += [total[back].astype(np.float32), best[back].astype(np.float32)]
    return out


def _cells(table, row: Ints, column: Ints) -> Matrix:  # type: ignore[no-untyped-def]
    """The values of a sparse table at (row, column)."""
    width = table.shape[1]
    rows = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    key = rows * width + table.indices
    order = np.argsort(key, kind="stable")
    key, value = key[order], table.data[order]
    want = row * width + column
    if not len(key):
        return np.zeros(len(want), np.float32)
    at = np.minimum(np.searchsorted(key, want), len(key) - 1)
    return np.where(key[at] == want, value[at], 0.0).astype(np.float32)
