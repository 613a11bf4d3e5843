"""Games as CSV: one row per feasible state, a Y/N column per option (`owner:option`), a rank column per decider."""

import csv
import io

from sitroom.errors import BadCase
from sitroom.strategy.moves import Graph
from sitroom.strategy.stability import Ranks
from sitroom.vocabulary.strategy import Bargain, Bargainer, Decider, Game, Impossible, Option


def write_csv(graph: Graph, ranks: Ranks) -> str:
    """The states of a game with the ordinal rank that each decider gives them (higher is better; the first draw)."""
    space = graph.space
    assert space is not None
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    options = [f"{option.owner}:{option.id}" for option in space.options]
    writer.writerow(["state", *options, *(f"rank:{decider}" for decider in graph.deciders), "now"])
    for state in range(space.size):
        marks = list(space.name(state))
        now = "now" if state == space.status_quo else ""
        writer.writerow([state + 1, *marks, *(int(row[0, state]) for row in ranks), now])
    return out.getvalue()


def read_csv(text: str, name: str) -> Game:
    """A game from such a table; states that it does not list are impossible. Raises BadCase with file and line.

    A table with the columns Actor, Capability, Position and Salience is read as a bargain; its scale is the range of
    positions.
    """
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    if rows and {cell.strip().lower() for cell in rows[0]} >= {"actor", "capability", "position", "salience"}:
        return _read_bargain(rows, name)
    if len(rows) < 2:
        raise BadCase(f"{name}:1: no states", hint="give a header and one row per feasible state")
    header = [cell.strip() for cell in rows[0]]
    at = {i: cell for i, cell in enumerate(header) if ":" in cell and not cell.startswith("rank:")}
    ranked = {i: cell.removeprefix("rank:") for i, cell in enumerate(header) if cell.startswith("rank:")}
    if not at or not ranked:
        raise BadCase(f"{name}:1: no option or rank columns", hint="name them owner:option and rank:decider")
    states: list[tuple[str, list[float]]] = []
    now = ""
    for number, row in enumerate(rows[1:], 2):
        marks = "".join(row[i].strip() for i in at if i < len(row))
        if len(row) != len(header) or len(marks) != len(at) or set(marks) - {"Y", "N"}:
            raise BadCase(f"{name}:{number}: bad row {row}", hint=f"{len(header)} cells; options are Y or N")
        try:
            states.append((marks, [float(row[i]) for i in ranked]))
        except ValueError:
            raise BadCase(
                f"{name}:{number}: a rank is no number", hint="write ranks as numbers, higher is better"
            ) from None
        now = marks if row[-1].strip() == "now" else now
    return _game(name, list(at.values()), list(ranked.values()), states, now or states[0][0])


def _read_bargain(rows: list[list[str]], name: str) -> Game:
    header = [cell.strip().lower() for cell in rows[0]]
    actors = []
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        try:
            cell = dict(zip(header, (one.strip() for one in row), strict=False))
            position, salience, capability = (
                float(cell[key]) for key in ("position", "salience", "capability")
            )
        except (KeyError, ValueError):
            raise BadCase(
                f"{name}:{number}: bad row {row}", hint="give actor, capability, position, salience"
            ) from None
        if not 0 <= salience <= 1 or capability < 0:
            what = f"{name}:{number}: salience {salience:g}, capability {capability:g}"
            raise BadCase(what, hint="salience runs from 0 to 1; capability is not below 0")
        triple = (position, position, position)
        weight = {"weight": (capability, capability, capability)}
        actors.append(Bargainer(cell["actor"], triple, (salience, salience, salience), weight))
    places = [actor.position[0] for actor in actors]
    if len(set(places)) < 2:
        raise BadCase(f"{name}:1: fewer than two positions", hint="there is nothing to bargain about")
    scale = (min(places), max(places))
    bargain = Bargain(name, scale, tuple(actors), {"weight": "capability as given"})
    return Game(name, name, (), (), bargain=bargain, source=name)


def _game(
    name: str, columns: list[str], ranked: list[str], states: list[tuple[str, list[float]]], now: str
) -> Game:
    owners = [column.split(":", 1) for column in columns]
    missing = sorted({owner for owner, _ in owners} - set(ranked))
    if missing:
        raise BadCase(f"{name}:1: no rank column for {missing[0]!r}", hint=f"add rank:{missing[0]}")
    deciders = tuple(
        Decider(decider, decider, ranking=_ties([(row[1][place], row[0]) for row in states]))
        for place, decider in enumerate(ranked)
    )
    options = tuple(Option(o, owner, o, mark == "Y") for (owner, o), mark in zip(owners, now, strict=True))
    listed = " or ".join(
        "("
        + " and ".join(o.id if m == "Y" else f"not {o.id}" for o, m in zip(options, marks, strict=True))
        + ")"
        for marks, _ in states
    )
    whole = len({marks for marks, _ in states}) == 1 << len(options)
    return Game(
        name,
        name,
        deciders,
        options,
        impossible=() if whole else (Impossible(f"not ({listed})"),),
        source=name,
    )


def _ties(pairs: list[tuple[float, str]]) -> tuple[tuple[str, ...], ...]:
    """Best first, equal ranks together."""
    ranks = sorted({rank for rank, _ in pairs}, reverse=True)
    return tuple(tuple(state for rank, state in pairs if rank == wanted) for wanted in ranks)
