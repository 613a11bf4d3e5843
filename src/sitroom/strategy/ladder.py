"""Move ladders for Gambit: the sequence game from the status quo (.efg), and all deciders choosing at once (.nfg)."""

import json
from itertools import product

import numpy as np

from sitroom.errors import BadCase
from sitroom.strategy.solve import Solved

MAX_NODES = 20_000
MAX_CELLS = 200_000


def write_efg(solved: Solved, turns: int = 2) -> str:
    """An extensive-form game in Gambit's .efg format: deciders move in file order, `turns` times round, or pass.

    Payoffs are ordinal ranks of the state reached (middle preferences). Raises BadCase beyond MAX_NODES nodes.
    """
    names = [decider.name for decider in solved.game.deciders]
    lines = [f"EFG 2 R {json.dumps(solved.game.title)} {{ {' '.join(map(json.dumps, names))} }}", '""', ""]
    order = [mover for _ in range(turns) for mover in range(len(names))]
    moves = [_moves(solved, mover) for mover in range(len(names))]
    counter = {"sets": 0, "ends": 0}

    def node(state: int, depth: int) -> None:
        while depth < len(order) and state not in moves[order[depth]]:
            depth += 1
        if counter["sets"] + counter["ends"] > MAX_NODES:
            raise BadCase(
                f"the ladder has more than {MAX_NODES:,} nodes", hint="take fewer turns, or pin options"
            )
        if depth == len(order):
            counter["ends"] += 1
            ranks = ", ".join(str(int(row[0, state])) for row in solved.ranks)
            lines.append(f't "" {counter["ends"]} {json.dumps(solved.space.name(state))} {{ {ranks} }}')
            return
        mover = order[depth]
        counter["sets"] += 1
        goals = [state, *moves[mover][state]]
        labels = " ".join(json.dumps(solved.space.name(goal)) for goal in goals)
        lines.append(f'p "" {mover + 1} {counter["sets"]} "" {{ {labels} }} 0')
        for goal in goals:
            node(goal, depth + 1)

    node(solved.space.status_quo, 0)
    return "\n".join(lines) + "\n"


def _moves(solved: Solved, mover: int) -> dict[int, list[int]]:
    arcs = solved.graph.arcs[mover]
    table: dict[int, list[int]] = {}
    for src, dst in zip(arcs.src.tolist(), arcs.dst.tolist(), strict=True):
        table.setdefault(src, []).append(dst)
    return table


def write_nfg(solved: Solved) -> str:
    """A strategic-form game in Gambit's .nfg format: every decider chooses its options at once, from the status quo.

    A combination that is no feasible state leaves things as they are. Raises BadCase beyond MAX_CELLS cells.
    """
    space = solved.space
    names = [decider.name for decider in solved.game.deciders]
    here = int(space.codes[space.status_quo])
    moves = [_moves(solved, mover).get(space.status_quo, []) for mover in range(len(names))]
    choices = [[0, *(here ^ int(space.codes[goal]) for goal in goals)] for goals in moves]
    sizes = [len(choice) for choice in choices]
    if int(np.prod(sizes)) > MAX_CELLS:
        raise BadCase(f"the table has {int(np.prod(sizes)):,} cells", hint="pin some options first")
    labels = [
        "{ " + " ".join(json.dumps(_label(solved, here, step)) for step in choice) + " }"
        for choice in choices
    ]
    head = f"NFG 1 R {json.dumps(solved.game.title)} {{ {' '.join(map(json.dumps, names))} }}"
    cells = []
    for combination in product(*reversed(choices)):  # the first decider varies fastest
        code = here
        for step in combination:
            code ^= step
        at = int(np.searchsorted(space.codes, code))
        feasible = at < space.size and int(space.codes[at]) == code
        state = at if feasible else space.status_quo
        cells.append(" ".join(str(int(row[0, state])) for row in solved.ranks))
    return f"{head}\n\n{{ {' '.join(labels)} }}\n\n" + "\n".join(cells) + "\n"


def _label(solved: Solved, here: int, step: int) -> str:
    parts = [
        f"{option.id}={'N' if here >> bit & 1 else 'Y'}"
        for bit, option in enumerate(solved.space.options)
        if step >> bit & 1
    ]
    return " ".join(parts) or "stay"
