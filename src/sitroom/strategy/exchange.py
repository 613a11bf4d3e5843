"""Write a game as a TOML case file that reads back the same."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sitroom.vocabulary.strategy import Bargain, Game, Grounds, Option, Want, WhatIf


def write_case(game: Game, comments: Sequence[str] = ()) -> str:
    """The game as the text of a case file; `comments` stand at the top."""
    lines = [f"# {comment}" for comment in comments]
    head: dict[str, Any] = {"id": game.id, "title": game.title, "as_of": game.as_of, "source": game.source}
    lines += _table("[case]", {**head, "seed": game.seed, "draws": game.draws})
    if game.defines:
        lines += _table("[define]", game.defines)
    for decider in game.deciders:
        beliefs = [{"about": belief.about, "wants": belief.wants} for belief in decider.beliefs]
        ranking = [tied[0] if len(tied) == 1 else tied for tied in decider.ranking]
        entry = {"id": decider.id, "name": decider.name, "spread": decider.spread or None, "ranking": ranking}
        lines += _table(
            "[[decider]]", entry | {"unaware": decider.unaware, "blind": decider.blind, "beliefs": beliefs}
        )
    for group in _regions(game.options):
        lines += _table("[[option]]", _option(group))
    for rule in game.impossible:
        lines += _table("[[never]]", {"that": rule.that, **_grounds(rule.grounds)})
    for want in game.wants:
        lines += _table("[[want]]", _want(want))
    for whatif in game.whatifs:
        lines += _table("[[whatif]]", _whatif(whatif))
    for later in game.later:
        lines += _table(
            "[[later]]",
            {"when": later.when, "option": later.option, "seen": later.seen, **_grounds(later.grounds)},
        )
    if game.bargain:
        lines += _bargain(game.bargain)
    for note in game.notes.values():
        row: dict[str, Any] = {
            "says": note.says,
            "source": note.source,
            "report": note.report,
            "known_by": note.known_by,
        }
        lines += _table(f"[evidence.{_key(note.id)}]", row)
    return "\n".join(lines).strip() + "\n"


def _table(header: str, entry: Mapping[str, Any]) -> list[str]:
    rows = [
        f"{_key(key)} = {_value(value)}"
        for key, value in entry.items()
        if value is not None and value != "" and value != () and value != [] and value != {}
    ]
    return ["", header, *rows]


def _key(key: str) -> str:
    return (
        key
        if key and all(c.isalnum() or c in "_-" for c in key) and key.isascii()
        else json.dumps(key, ensure_ascii=False)
    )


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(str(k))} = {_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _grounds(grounds: Grounds) -> dict[str, Any]:
    return {"basis": grounds.basis, "evidence": grounds.evidence, "why": grounds.why}


def _span(values: tuple[float, ...]) -> Any:
    return values[0] if len(set(values)) == 1 else list(values)


def _regions(options: Sequence[Option]) -> list[list[Option]]:
    """Options of one act in several regions together, in file order."""
    groups: dict[str, list[Option]] = {}
    for option in options:
        groups.setdefault(option.id.partition("@")[0] if option.region else option.id, []).append(option)
    return list(groups.values())


def _option(group: list[Option]) -> dict[str, Any]:
    first = group[0]
    entry: dict[str, Any] = {"id": first.id, "owner": first.owner, "label": first.label, "now": first.now}
    if first.region:
        label = first.label.removesuffix(f" ({first.region})")
        entry = {"id": first.id.partition("@")[0], "owner": first.owner, "label": label}
        entry["regions"] = [option.region for option in group]
        entry["now"] = [option.region for option in group if option.now]
    return entry | {"moves": first.moves, **_grounds(first.grounds)}


def _want(want: Want) -> dict[str, Any]:
    entry = {"id": want.id, "of": want.of, "that": want.that, "label": want.label, "rank": _span(want.rank)}
    weight = None if want.weight is None else _span(want.weight)
    return entry | {"weight": weight, "sure": want.sure if want.sure < 1 else None, **_grounds(want.grounds)}


def _whatif(whatif: WhatIf) -> dict[str, Any]:
    shifts = [{"want": shift.want, "above": shift.above} for shift in whatif.shift]
    add = [{k: v for k, v in _want(want).items() if v is not None and v != ""} for want in whatif.add]
    entry = {"id": whatif.id, "label": whatif.label, "pin": dict(whatif.pin), "shift": shifts}
    return entry | {"drop": whatif.drop, "add": add, **_grounds(whatif.grounds)}


def _bargain(bargain: Bargain) -> list[str]:
    head = {"issue": bargain.issue, "scale": list(bargain.scale), "status_quo": bargain.status_quo}
    lines = _table("[bargaining]", head | {"hands": bargain.hands, **_grounds(bargain.grounds)})
    lines += _table("[bargaining.capability]", bargain.capability)
    if bargain.labels:
        lines += _table(
            "[bargaining.labels]", {f"{value:g}": label for value, label in bargain.labels.items()}
        )
    for actor in bargain.bargainers:
        capability = {name: _span(values) for name, values in actor.capability.items()}
        entry = {"name": actor.name, "position": _span(actor.position), "salience": _span(actor.salience)}
        lines += _table("[[bargaining.actor]]", entry | {"capability": capability, **_grounds(actor.grounds)})
    return lines
