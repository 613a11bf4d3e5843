"""The .gmcr files (JSON) of GMCR+ and gmcr-py, in and out."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sitroom.errors import BadCase
from sitroom.strategy.conditions import Condition, parse_condition, unfold
from sitroom.strategy.preferences import order_of, rank_states
from sitroom.strategy.states import list_codes, list_states, places, read_defines
from sitroom.vocabulary.strategy import Decider, Game, Impossible, Option, Want

DIRECTIONS = {"both": "both", "fwd": "forward", "back": "back", "fixed": "fixed"}


def read_gmcr(text: str, name: str) -> Game:
    """A game from the text of a .gmcr file; option and want ids are made up, labels are those of the file.

    A manual preference ranking (states numbered from 1 by ascending code) becomes a direct ranking. The file has
    no status quo: the first feasible state is taken. Raises BadCase naming the file.
    """
    try:
        raw = json.loads(text)
        return _build(raw, name)
    except json.JSONDecodeError as error:
        raise BadCase(
            f"{name}:{error.lineno}: not a .gmcr file: {error.msg}", hint="it should be JSON"
        ) from None
    except (KeyError, TypeError, IndexError, ValueError, AttributeError) as error:
        raise BadCase(
            f"{name}: not a .gmcr file: {error!r}", hint="export it again from GMCR+ or gmcr-py"
        ) from None


def _build(raw: dict[str, Any], name: str) -> Game:
    owners: dict[int, str] = {}
    deciders: list[Decider] = []
    wants: list[Want] = []
    rankings: list[list[int | list[int]]] = []
    for number, entry in enumerate(raw["decisionMakers"], 1):
        decider = f"d{number}"
        owners |= dict.fromkeys(entry["options"], decider)
        ranking = entry.get("preferenceRanking") if raw.get("useManualPreferenceRanking") else None
        blind = tuple(_condition(pattern) for pattern in entry.get("misperceptions", []))
        rankings.append(ranking or [])
        deciders.append(Decider(decider, entry["name"], blind=blind))
        for rank, statement in enumerate(entry.get("preferences", []), 1):
            that = _condition(statement)
            wants.append(Want(f"{decider}.w{rank}", decider, that, label=that, rank=(rank, rank)))
    options = []
    for bit, entry in enumerate(raw["options"]):
        if bit not in owners:
            raise BadCase(
                f"{name}: nobody owns option {entry['name']!r}", hint="list it under one decision maker"
            )
        moves = DIRECTIONS[entry.get("permittedDirection", "both")]
        options.append(Option(f"o{bit}", owners[bit], entry["name"], moves=moves))  # type: ignore[arg-type]
    impossible = tuple(Impossible(_condition(pattern)) for pattern in raw.get("infeasibles", []))
    game = Game(name, name, tuple(deciders), tuple(options), tuple(wants), impossible, source=name)
    codes = list_codes(game)
    names = ["".join("Y" if int(code) >> bit & 1 else "N" for bit in range(len(options))) for code in codes]
    ranked = [replace(d, ranking=_ranking(raw, names)) for d, raw in zip(deciders, rankings, strict=True)]
    first = int(codes[0])
    started = tuple(replace(option, now=bool(first >> bit & 1)) for bit, option in enumerate(options))
    return replace(game, deciders=tuple(ranked), options=started)


def _ranking(raw: list[int | list[int]], names: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(names[number - 1] for number in (entry if isinstance(entry, list) else [entry]))
        for entry in raw
    )


def _condition(raw: Any) -> str:
    if isinstance(raw, dict):
        return " or ".join(f"({_condition(member)})" for member in raw["members"])
    return " and ".join(f"o{bit}" if value == "Y" else f"not o{bit}" for bit, value in raw)


def write_gmcr(game: Game) -> str:
    """The game as a .gmcr file. Weighted wants and draws have no place there; raises BadCase for a decider with weights."""
    manual = any(decider.ranking for decider in game.deciders)
    space = list_states(game)
    ranks = rank_states(game, space)
    bits = {option.id: bit for bit, option in enumerate(game.options)}
    deciders: list[dict[str, Any]] = []
    for decider in game.deciders:
        wants = order_of(game, decider.id)
        if any(want.weight for want in wants):
            raise BadCase(
                f"{decider.id} has weighted wants", hint="the .gmcr format knows only an order of statements"
            )
        entry: dict[str, Any] = {
            "name": decider.name,
            "options": [bits[option.id] for option in game.options if option.owner == decider.id],
            "preferences": [_statement(patterns(game, want.that)) for want in wants],
        }
        if manual:
            entry["preferenceRanking"] = _numbers(ranks[len(deciders), 0])
        if decider.blind:
            entry["misperceptions"] = [p for text in decider.blind for p in patterns(game, text)]
        deciders.append(entry)
    moves = {value: key for key, value in DIRECTIONS.items()}
    whole = {
        "program": "sitroom",
        "options": [{"name": o.label, "permittedDirection": moves[o.moves]} for o in game.options],
        "decisionMakers": deciders,
        "infeasibles": [pattern for rule in game.impossible for pattern in patterns(game, rule.that)],
        "useManualPreferenceRanking": manual,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _numbers(rank: NDArray[np.int32]) -> list[int | list[int]]:
    """States from 1 by code, best first, ties in inner lists."""
    levels = [[int(s) + 1 for s in np.flatnonzero(rank == level)] for level in np.unique(rank)[::-1]]
    return [level[0] if len(level) == 1 else level for level in levels]


Pattern = list[tuple[int, str]]


def patterns(game: Game, condition: str) -> list[Pattern]:
    """A condition as patterns any of which may hold: pairs of option number and Y or N."""
    defines, known = read_defines(game), places(game.options)
    found = _spread(unfold(parse_condition(condition), defines), True, known)
    return [sorted(pattern.items()) for pattern in found]


def _spread(condition: Condition, wanted: bool, known: dict[str, list[int]]) -> list[dict[int, str]]:
    """Disjunctive normal form of a condition (or of its negation)."""
    op, parts = condition.op, condition.parts
    if op == "not":
        return _spread(parts[0], not wanted, known)
    if op == "implies":
        return _spread(Condition("or", (Condition("not", (parts[0],)), parts[1])), wanted, known)
    if op == "iff":
        yes, no = (
            Condition("and", parts),
            Condition("and", tuple(Condition("not", (part,)) for part in parts)),
        )
        return _spread(Condition("or", (yes, no)), wanted, known)
    if op == "name":
        bits, any_of = known[condition.name], condition.name.endswith("@any")
        mark = "Y" if wanted else "N"
        return (
            [{bit: mark} for bit in bits]
            if any_of == wanted and len(bits) > 1
            else [dict.fromkeys(bits, mark)]
        )
    each = [_spread(part, wanted, known) for part in parts]
    if (op == "or") == wanted:
        return [pattern for part in each for pattern in part]
    joined: list[dict[int, str]] = [{}]
    for part in each:
        joined = [
            a | b for a in joined for b in part if all(a.get(bit, value) == value for bit, value in b.items())
        ]
    return joined


def _statement(found: list[Pattern]) -> Pattern | dict[str, Any]:
    return found[0] if len(found) == 1 else {"compound": True, "members": found}
