"""How answers look: tables on a terminal, JSON, CSV."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from sitroom.cli.options import Format

if TYPE_CHECKING:
    from rich.console import Console

    from sitroom.app.intake import Summary
    from sitroom.app.language_model import ModelRun
    from sitroom.app.reasons import Reasons
    from sitroom.app.room import Room
    from sitroom.app.tables import Row
    from sitroom.evidence import Trace

SHOWN = 50
WIDE = 160
SHORT_ID = 8
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ID = re.compile(rf"^([a-z]+-[0-9a-f]{{{SHORT_ID}}})[0-9a-f]{{8}}$")


def console(*, errors: bool = False) -> "Console":
    """A console as wide as the terminal; wide where there is none."""
    from rich.console import Console

    stream = sys.stderr if errors else sys.stdout
    return Console(stderr=errors, width=None if stream.isatty() else WIDE, highlight=False)


def show_rows(kind: str, rows: Iterable["Row"], format: Format, limit: int | None = None) -> None:
    """Print rows of one kind."""
    from sitroom.app.export import json_value, write_csv
    from sitroom.app.tables import COLUMNS, SHORT

    if format is Format.csv:
        write_csv(sys.stdout, COLUMNS[kind], rows)
    elif format is Format.jsonl:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False, default=json_value))
    elif format is Format.json:
        print(json.dumps(list(rows), ensure_ascii=False, indent=1, default=json_value))
    else:
        show_table(kind, SHORT[kind], rows, SHOWN if limit is None else limit)


def show_table(kind: str, columns: Sequence[str], rows: Iterable["Row"], most: int) -> None:
    """Print the first rows as a table, and say if there are more."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from sitroom.app.export import flat

    stream = iter(rows)
    shown = list(islice(stream, most))
    if not shown:
        print(f"no {kind} answer this")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, no_wrap=column in ("id", "from", "type"), overflow="fold")
    for row in shown:
        table.add_row(*(Text(clean(short_id(flat(row.get(column))))) for column in columns))
    out = console()
    out.print(table)
    if next(stream, None) is not None:
        out.print(f"the first {most}; more with --limit, all with --format csv or jsonl")


def show_unheard(room: "Room", *names: str | None) -> None:
    """Where nothing was found, say which of the actors asked for no catalogue knows: it may be misspelt."""
    for note in room.unheard(*names):
        print(note, file=sys.stderr)


def short_id(text: str) -> str:
    """An id cut to what names it in all but huge rooms; commands take the beginning of an id."""
    match = _ID.match(text)
    return match[1] if match else text


def clean(text: str) -> str:
    """Text from reports without control characters that would steer the terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r", " "))


def show_summary(summary: "Summary", run: "ModelRun | None" = None) -> None:
    """Print what a reading run did, what was skipped and why, and what a language model took."""
    out = console(errors=True)
    results = summary.results
    words = {
        "read": "read", "folded": "near copies of others", "known": "known already", "not-coded": "kept but not coded",
        "skipped": "skipped",
    }  # fmt: skip
    counted = [f"{results[result]} {word}" for result, word in words.items() if results[result]]
    out.print(f"{summary.inputs} reports: {', '.join(counted) or 'none found'}", markup=False)
    out.print(
        f"{summary.events} events, {summary.statements} statements, {summary.relations} relations",
        markup=False,
    )
    common = summary.unresolved.most_common(10)
    if common:
        names = ", ".join(f"{text} ({count})" if count > 1 else text for (_, text), count in common)
        out.print(clean(f"{len(summary.unresolved)} names not in the catalogues: {names}"), markup=False)
    if summary.problems:
        out.print("not read as reports of their own:" if not results["skipped"] else "skipped or set aside:")
    for problem in summary.problems:
        out.print(clean(f"  {problem.name}: {_reason(problem.name, problem.why)}"), markup=False)
        if problem.hint:
            out.print(clean(f"    what to do: {problem.hint}"), markup=False)
    for line in run.words() if run else ():
        out.print(clean(line), markup=False)


def _reason(name: str, why: str) -> str:
    return why.removeprefix(name).lstrip(": ") or why


def show_why(found: "Trace | Reasons") -> None:
    """Print why a record is in the room, or what a line of the situation rests on."""
    from rich.text import Text

    from sitroom.app.reasons import Reasons

    if not isinstance(found, Reasons):
        show_trace(found)
        return
    out = console()
    out.print(Text(clean(f"{found.id}  {found.says}"), style="bold"))
    for reason in found.rests_on:
        out.print()
        out.print(Text(clean(reason.role), style="italic"))
        show_trace(reason.trace)
    if found.more:
        out.print(f"\nand {found.more} more; all ids with the list's --format json")


def show_trace(found: "Trace") -> None:
    """Print why a record is in the room."""
    from rich.text import Text

    from sitroom.app.wording import period_words
    from sitroom.vocabulary import Event, Report

    out, report, record = console(), found.report, found.record
    published = period_words(report.published) if report.published else "undated"
    inferred = report.published if report.published_basis == "inferred" else None
    basis = inferred.basis if inferred else report.published_basis
    title = report.title or report.name
    out.print(Text(clean(f"{record.id}  {describe(record)}"), style="bold"))
    out.print(
        clean(f"report    {title} ({report.publisher or 'no publisher'}, {published}, {basis})"),
        markup=False,
    )
    out.print(f"          {report.id} · {report.name}", markup=False)
    if isinstance(record, Report):
        out.print(clean(found.after), markup=False)
    else:
        out.print(Text(clean(_squeeze("…" + found.before)), style="dim"), end="")
        out.print(marked(found), end="")
        out.print(Text(clean(_squeeze(found.after + "…")), style="dim"))
        out.print(
            f"rule      {found.rule or 'none'}; confidence {getattr(record, 'confidence', 0):.2f}",
            markup=False,
        )
    for step in found.steps:
        out.print(clean(f"step      {step}"), markup=False)
    if isinstance(record, Event) and record.period.known:
        out.print(f"when      {period_words(record.period)} ({record.period.basis})", markup=False)
    for statement in found.also:
        who = statement.speaker.name if statement.speaker else "the report"
        out.print(clean(f"said      {who} {statement.stance}: {statement.quote.words}"), markup=False)
    for judgement in found.judgements:
        out.print(
            clean(f"judged    {judgement.verdict} by {judgement.by} at {judgement.at}: {judgement.why}"),
            markup=False,
        )
    for copy in found.copies:
        out.print(f"copy      {copy}", markup=False)


def marked(found: "Trace") -> Any:
    """The sentence with its parts in brackets, each with its role."""
    from rich.text import Text

    text, last = Text(), 0
    for part in found.parts:
        if part.start < last:
            continue
        text.append(clean(_squeeze(found.sentence[last : part.start])))
        text.append(clean(f"[{part.role}: {part.words}]"), style="bold cyan")
        last = part.end
    text.append(clean(_squeeze(found.sentence[last:])))
    return text


def _squeeze(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def describe(record: Any) -> str:
    """A record in a few words."""
    from sitroom.app.brief import party_words
    from sitroom.app.wording import act_words
    from sitroom.vocabulary import Event, Relation, Statement

    if isinstance(record, Event):
        act = act_words(record.type, record.mode)
        return f"{party_words(record.actors, record.recipients, act)} ({record.modality})"
    if isinstance(record, Statement):
        return f"{record.speaker.name if record.speaker else 'the report'} {record.stance} {record.issue}"
    if isinstance(record, Relation):
        other = record.object or record.place
        return f"{record.subject.name} {record.relation} {other.name if other else ''}"
    return "report"
