"""Write docs/reference from the code: commands, acts, rules, errors, records, settings; `--check` only compares.

Run it after a change of any of these: `python tools/build_reference.py`.
"""

import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
WIDTH = 100
NOTICE = "<!-- Written by tools/build_reference.py; change the code and run it again. -->\n\n"

EVENT_FIELDS: Mapping[str, str] = {
    "report": "file name; for an article inside a file `file.jsonl#ID`",
    "id": "content hash, stable over runs",
    "type": "PLOVER type, such as `ASSAULT`",
    "mode": "PLOVER mode, such as `aerial`, or null",
    "contexts": "PLOVER contexts",
    "score": "PLOVER conflict-cooperation score, -10 to 10",
    "actors": "who does it; all parties of a reciprocal act",
    "recipients": "to whom; empty for a reciprocal act",
    "place": "the main place or null",
    "places": "all places in the clause, with their roles",
    "date": "when it happened: `from`, `to` (ISO days, null if open), and `basis`, the rule that gave it",
    "known_by": "ISO day from which this could be known, null for an undated report",
    "historical": "true for background",
    "modality": "asserted, denied, alleged, planned-or-possible or hypothetical",
    "attributed_to": "who says so; null for the outlet's own voice",
    "numbers": "what is counted (killed, wounded, forces, distance ...): `min`, `max`, `who`, `unit`",
    "sentence": "the words as they stand in the report",
    "start": "offset of the first character of the sentence in the report's text",
    "end": "offset after its last character",
    "rule": "the rules that fired, from the inside out, joined by `+`",
    "confidence": "0 to 1",
}
STATEMENT_FIELDS: Mapping[str, str] = {
    "report": "as for an event",
    "id": "content hash",
    "speaker": "who says it",
    "stance": "asserts, denies, confirms, doubts, demands, refuses, offers, wants, warns, forecasts, supports, opposes",
    "about": "ids of the events that it is about",
    "issue": "what it is about in a few words",
    "condition": "the words of an if-part, or null",
    "addressee": "to whom it is said, or null",
    "target": "of whom something is demanded or expected, or null",
    "quoted": "true for direct speech",
    "date": "as for an event",
    "known_by": "as for an event",
    "sentence": "the words",
    "start": "offset",
    "end": "offset",
    "rule": "the rule that fired",
    "confidence": "0 to 1",
}
RELATION_FIELDS: Mapping[str, str] = {
    "report": "as for an event",
    "id": "content hash",
    "subject": "whose tie or state it is",
    "relation": "its name, such as `present-in`, `ally-of`, `proxy-of`",
    "object": "the other actor, or null",
    "place": "the place, or null",
    "date": "as for an event",
    "known_by": "as for an event",
    "modality": "as for an event",
    "attributed_to": "as for an event",
    "sentence": "the words",
    "start": "offset",
    "end": "offset",
    "rule": "the rule that fired",
    "confidence": "0 to 1",
}
ACTOR_FIELDS: Mapping[str, str] = {
    "id": "catalogue id, null where the name is in no catalogue",
    "name": "its name in the catalogue, else as written or composed",
    "text": "the words in the report",
    "start": "offset",
    "end": "offset",
    "country": "ISO 3166 alpha-3 or a PLOVER special code",
    "sector": "PLOVER sector",
    "number": "how many persons, only where the text says so",
}
PLACE_FIELDS: Mapping[str, str] = {
    "name": "its name in the gazetteer",
    "lat": "degrees north (WGS 84)",
    "lon": "degrees east",
    "country": "ISO 3166 alpha-3",
    "admin1": "first-level unit",
    "precision": "point, place, area, admin1, country or region",
    "role": "where, from, to or about",
    "text": "the words in the report",
    "start": "offset",
    "end": "offset",
}
ATTRIBUTION_FIELDS: Mapping[str, str] = {
    "id": "catalogue id or null",
    "name": "name",
    "kind": "official, analyst, media, witness, organisation, person, anonymous",
    "text": "the words in the report",
    "start": "offset",
    "end": "offset",
    "quoted": "true for direct speech",
}


def write_cli() -> str:
    """Every command with its help, as the terminal shows it."""
    import typer

    from sitroom.cli.commands import cli

    text = ["# Commands\n", "What `sitroom COMMAND --help` prints.\n"]
    for name, command, context in _commands(typer.main.get_command(cli), None, "sitroom"):
        text.append(f"## {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
    return "\n".join(text)


def _commands(command: Any, parent: Any, name: str) -> Iterator[tuple[str, Any, Any]]:
    context = command.context_class(
        command,
        info_name=name.split()[-1],
        parent=parent,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        **command.context_settings,
    )
    yield name, command, context
    for inner in getattr(command, "commands", {}).values():
        yield from _commands(inner, context, f"{name} {inner.name}")


def write_acts() -> str:
    """The types, modes, contexts and sectors of PLOVER 2.0 as the catalogue has them."""
    from sitroom.catalogues import load_acts

    acts = load_acts()
    rows: list[tuple[str, ...]] = []
    for act in acts.types.values():
        modes = ", ".join(f"`{mode}`" for mode in act.modes) or "none"
        rows.append((f"`{act.name}`", str(act.score), acts.quad(act.name).name, act.definition, modes))
    head = "# Acts\n\nPLOVER 2.0 as in `catalogues/acts.toml` (its licence: CC BY-SA 4.0, see SOURCES.md). `sitroom catalogue show ASSAULT/aerial` shows one.\n\n"
    text = head + table(("Type", "Score", "Quad class", "What it is", "Modes"), rows)
    text += "\n## Contexts\n\n" + table(
        ("Context", "What it marks"), [(f"`{k}`", v) for k, v in acts.contexts.items()]
    )
    return (
        text
        + "\n## Sectors\n\n"
        + table(("Sector", "Name"), [(f"`{k}`", sector.gloss) for k, sector in acts.sectors.items()])
    )


def write_lexicon() -> str:
    """The format of rules, turns and catalogue entries."""
    from sitroom.catalogues import ActorEntry, Role
    from sitroom.coding.lexicon import GROUPS, Example, RuleEntry, TurnEntry

    text = "# Rules and catalogue entries\n\nKeys of the TOML files. An unknown key is an error that names file and entry.\n"
    for title, model in (
        ("[[rule]] in lexicon/*.toml", RuleEntry),
        ("examples of a rule", Example),
        ("[[turn]] in lexicon/*.toml", TurnEntry),
        ("[[actor]] in actors/*.toml", ActorEntry),
        ("[[actor.roles]]", Role),
    ):
        text += f"\n## {title}\n\n{_paragraph(model)}\n\n" + table(("Key", "Type", "Default"), _keys(model))
    text += "\n## Groups of types in turns\n\n" + table(
        ("Group", "Types"), [(f"`{name}`", ", ".join(types)) for name, types in GROUPS.items()]
    )
    return text + "\nObject classes are in `lexicon/classes.toml`, tables of turns in `lexicon/turns.toml`.\n"


def _keys(model: Any) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for name, info in model.model_fields.items():
        kind = inspect.formatannotation(info.annotation).replace("datetime.", "").replace("typing.", "")
        kind = kind.replace("sitroom.catalogues.entries.", "").replace("sitroom.coding.lexicon.", "")
        kind = re.sub(r"tuple\[(\w+), \.\.\.\]", r"list of \1", kind)
        default = "required" if info.is_required() else f"`{info.get_default()!r}`"
        rows.append((f"`{name}`", f"`{kind}`", default))
    return rows


def write_errors() -> str:
    """The family of errors: each says what is wrong and what to do."""
    from sitroom import errors

    kinds = [
        kind for _, kind in inspect.getmembers(errors, inspect.isclass) if kind.__module__ == errors.__name__
    ]
    kinds.sort(key=lambda kind: inspect.getsourcelines(kind)[1])
    rows = [(f"`{k.__name__}`", f"`{k.__bases__[0].__name__}`", _paragraph(k)) for k in kinds]
    head = "# Errors\n\nEach has `what` (what is wrong) and `hint` (what to do). The command line prints both and exits with 1.\n\n"
    return head + table(("Error", "Is a", "Raised for"), rows)


def write_records() -> str:
    """The JSON records of `sitroom code`, and the columns of tables."""
    from sitroom.app.tables import COLUMNS

    text = "# Records\n\nWhat `sitroom code --format jsonl` prints, one object per line; `--what` chooses the kind.\n"
    for title, known in (
        ("Event", EVENT_FIELDS),
        ("Statement", STATEMENT_FIELDS),
        ("Relation", RELATION_FIELDS),
        ("Actor inside a record", ACTOR_FIELDS),
        ("Place inside a record", PLACE_FIELDS),
        ("Attribution inside a record", ATTRIBUTION_FIELDS),
    ):
        text += f"\n## {title}\n\n" + table(("Field", "Content"), [(f"`{k}`", v) for k, v in known.items()])
    text += "\n## Columns of tables\n\nThe same columns in CSV, JSON, Parquet, Arrow and data frames.\n\n"
    return text + table(
        ("Table", "Columns"),
        [(kind, ", ".join(f"`{name}`" for name in columns)) for kind, columns in COLUMNS.items()],
    )


def real_fields() -> Mapping[str, tuple[Mapping[str, str], list[str]]]:
    """For each record the fields described here, and those that the code prints."""
    from sitroom.app import contract
    from sitroom.vocabulary import (
        Actor,
        Attribution,
        Event,
        Period,
        Place,
        Quote,
        Relation,
        Report,
        Statement,
    )

    report = Report("report-0", "a.txt", "words")
    actor, place, who = Actor("A", number=1), Place("P"), Attribution("A")
    then, quote = Period.day(date(2018, 5, 10)), Quote("report-0", 0, 5, "words")
    event = Event("event-0", "report-0", "ASSAULT", None, (), -9.0, (actor,), (), place, (place,), then, None, False, "asserted", who, (), quote, "r", 0.5)  # fmt: skip
    statement = Statement("statement-0", "report-0", who, "asserts", (), "", quote, then, None)
    relation = Relation("relation-0", "report-0", actor, "ally-of", actor, place, then, None, "asserted", who, quote, "r", 0.5)  # fmt: skip
    return {
        "event": (EVENT_FIELDS, list(contract.event_fields(event, report))),
        "statement": (STATEMENT_FIELDS, list(contract.statement_fields(statement, report))),
        "relation": (RELATION_FIELDS, list(contract.relation_fields(relation, report))),
        "actor": (ACTOR_FIELDS, list(contract.actor_fields(actor))),
        "place": (PLACE_FIELDS, list(contract.place_fields(place) or {})),
        "attribution": (ATTRIBUTION_FIELDS, list(contract.attribution_fields(who) or {})),
    }


def write_settings() -> str:
    """The environment variables that sitroom reads, and the filters of every list."""
    from sitroom.app.filters import Filters
    from sitroom.app.settings import Settings

    rows = [
        (f"`SITROOM_{name.upper()}`", info.description or "") for name, info in Settings.model_fields.items()
    ]
    text = "# Settings\n\nEnvironment variables; every one may be left out.\n\n" + table(
        ("Variable", "What it is"), rows
    )
    names = ", ".join(f"`{one.name}`" for one in fields(Filters))
    return (
        text
        + f"\n## Filters from Python\n\nKeyword arguments of `room.incidents(...)` and its kin: {names}, `known_by`.\n"
    )


def _paragraph(thing: Any) -> str:
    return " ".join((inspect.getdoc(thing) or "").split())


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


PAGES: Mapping[str, Callable[[], str]] = {
    "cli.md": write_cli,
    "acts.md": write_acts,
    "lexicon.md": write_lexicon,
    "errors.md": write_errors,
    "records.md": write_records,
    "settings.md": write_settings,
}


def build() -> dict[Path, str]:
    """The pages as they should be."""
    return {FOLDER / name: NOTICE + write().rstrip() + "\n" for name, write in PAGES.items()}


def main() -> int:
    """Write the pages, or compare with `--check`; 1 if one is out of date."""
    stale = [
        path
        for path, text in build().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if "--check" in sys.argv:
        for path in stale:
            sys.stdout.write(f"out of date: {path.name}; run python tools/build_reference.py\n")
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, text in build().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
