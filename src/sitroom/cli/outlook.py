"""`sitroom outlook`: what is likely next, how well such answers did, and forecasts by people beside them."""

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sitroom.errors import BadQuestion

if TYPE_CHECKING:
    from sitroom.app.outlook_room import Desk
    from sitroom.outlook.analysts import Entry
    from sitroom.vocabulary import Forecast, Question

app = typer.Typer(
    help="What is likely next: probabilities with reasons, and the score kept of them.", no_args_is_help=True
)


class Shape(StrEnum):
    """How answers are printed."""

    table = "table"
    json = "json"
    csv = "csv"


def _a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day; write days as 2018-05-01") from None


RoomPath = Annotated[Path, typer.Argument(metavar="ROOM", help="The room, such as iran.room.")]
Actor = Annotated[str | None, typer.Option("--actor", help="Who acts: a name or an id.")]
Recipient = Annotated[str | None, typer.Option("--recipient", help="To whom it is done.")]
Act = Annotated[
    str | None, typer.Option("--act", help="A PLOVER type, a quad class such as material-conflict, or any.")
]
PlaceName = Annotated[str | None, typer.Option("--place", help="Where.")]
Horizon = Annotated[
    list[int] | None, typer.Option("--horizon", help="Days ahead; may be given several times.")
]
AsOf = Annotated[
    date | None, typer.Option("--as-of", parser=_a_day, metavar="DATE", help="Look at nothing known later.")
]
Print = Annotated[Shape, typer.Option("--format", help="How to print.")]
Most = Annotated[int, typer.Option("--limit", min=1, help="How many to print.")]


@app.command(
    epilog="Example: sitroom outlook forecast iran.room --actor Israel --recipient Iran --act ASSAULT --horizon 30"
)
def forecast(
    room: RoomPath,
    actor: Actor = None,
    recipient: Recipient = None,
    act: Act = None,
    place: PlaceName = None,
    horizon: Horizon = None,
    as_of: AsOf = None,
    format: Print = Shape.table,
    limit: Most = 20,
) -> None:
    """The chance of at least one such act within each horizon, with bounds, baselines, reasons and evidence."""
    from sitroom.outlook.forecast import answer
    from sitroom.outlook.questions import CLASSES, HORIZONS, make_question, open_questions

    desk = _desk(room, as_of)
    one, other = desk.party(actor), desk.party(recipient)
    opens, spans = desk.known_by + timedelta(days=1), tuple(horizon or HORIZONS)
    if one or other or place or act:
        acts = (act,) if act else CLASSES
        asked = [
            make_question(a, opens, opens + timedelta(days=days - 1), actor=one, recipient=other, place=place, names=desk.called)
            for days in spans for a in acts
        ]  # fmt: skip
    else:
        asked = list(
            open_questions(
                desk.pairs, opens, horizons=spans, most=max(1, limit // len(spans)), names=desk.called
            )
        )
    asked = asked[:limit]
    _show_forecasts(asked, answer(desk.history, asked, desk.known_by), format)


@app.command(epilog="Example: sitroom outlook questions iran.room --horizon 7")
def questions(
    room: RoomPath,
    actor: Actor = None,
    recipient: Recipient = None,
    horizon: Horizon = None,
    as_of: AsOf = None,
    format: Print = Shape.table,
    limit: Most = 20,
) -> None:
    """The questions worth asking now, with probabilities and baselines: the pairs that acted most in the last year."""
    from sitroom.outlook.forecast import answer
    from sitroom.outlook.questions import open_questions

    desk = _desk(room, as_of)
    spans, opens = tuple(horizon or (30,)), desk.known_by + timedelta(days=1)
    one, other = desk.party(actor), desk.party(recipient)
    found = open_questions(
        desk.pairs_with(one, other),
        opens,
        horizons=spans,
        actor=one,
        recipient=other,
        most=limit,
        names=desk.called,
    )
    asked = list(found)[:limit]
    _show_forecasts(asked, answer(desk.history, asked, desk.known_by), format)


@app.command("next", epilog="Example: sitroom outlook next iran.room --actor Israel --act ASSAULT")
def next_events(
    room: RoomPath,
    actor: Actor = None,
    act: Act = None,
    recipient: Recipient = None,
    as_of: AsOf = None,
    format: Print = Shape.table,
    limit: Most = 10,
) -> None:
    """Rank what completes (actor, act, ?), (?, act, recipient) or (actor, ?, recipient); leave one of the three out."""
    from sitroom.outlook.desk import next_ones

    desk = _desk(room, as_of)
    one, other = desk.party(actor), desk.party(recipient)
    history = desk.pairs_with(one, other)
    found = next_ones(history, desk.known_by, actor=one, act=act, recipient=other, most=limit)
    rows = [
        {
            "name": g.name,
            "probability": round(g.probability, 4),
            "why": "; ".join(g.reasons),
            "because": " ".join(g.because),
        }
        for g in found
    ]
    _show(rows, ("name", "probability", "why"), format)


@app.command(epilog="Example: sitroom outlook backtest iran.room --horizon 30 --origins 12")
def backtest(
    room: RoomPath,
    horizon: Horizon = None,
    origins: Annotated[
        int, typer.Option("--origins", min=1, help="How many past days to forecast from.")
    ] = 12,
    at_least: Annotated[int, typer.Option("--at-least", min=1, help="Acts a pair needs to be forecast.")] = 3,
    as_of: AsOf = None,
    format: Print = Shape.table,
) -> None:
    """Forecast from past days as if they were today, and score what came; every miss is in it."""
    from sitroom.outlook.backtest import as_record, score_all
    from sitroom.outlook.desk import past_forecasts
    from sitroom.outlook.scores import reliability_lines

    desk = _desk(room, as_of)
    rows, doubt = list[dict[str, Any]](), ""
    for length in horizon or (7, 30):
        rolled = past_forecasts(desk.pairs, length, origins=origins, at_least=at_least)
        scored = score_all(rolled)
        rows += [as_record(s, desk.known_by) | {"method": rolled.method} for s in scored]
        doubt = scored[0].brier_skill.doubt
        if format is Shape.table:
            for line in reliability_lines(scored[0].verification.bands):
                print(line)
    short = (
        "what",
        "days",
        "forecasts",
        "pairs",
        "base rate",
        "Brier",
        "best baseline",
        "Brier skill",
        "skill low",
        "skill high",
        "ECE",
    )
    _show(rows, short, format)
    if format is Shape.table and doubt:
        print(f"  {doubt}")


@app.command(
    epilog="Example: sitroom outlook ask iran.room --actor Israel --recipient Iran --act ASSAULT --closes 2018-12-31 --probability 0.3"
)
def ask(
    room: RoomPath,
    closes: Annotated[
        date, typer.Option("--closes", parser=_a_day, metavar="DATE", help="The last day that counts.")
    ],
    words: Annotated[
        str, typer.Argument(metavar="[WORDS]", help="Why, in your own words; kept with the forecast.")
    ] = "",
    actor: Actor = None,
    recipient: Recipient = None,
    act: Act = None,
    place: PlaceName = None,
    at_least: Annotated[int, typer.Option("--at-least", min=1, help="How many such acts make a yes.")] = 1,
    probability: Annotated[
        float | None, typer.Option("--probability", help="Your own forecast, 0 to 1.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Your name; the login name if left out.")] = None,
    as_of: AsOf = None,
    format: Print = Shape.table,
) -> None:
    """Ask a question; with --probability your own forecast is filed, to be scored when the window has closed."""
    from sitroom.outlook.analysts import Entry, file_forecast, write_entry
    from sitroom.outlook.forecast import answer
    from sitroom.outlook.questions import make_question

    desk = _desk(room, as_of)
    if act is None:
        raise BadQuestion(
            "a question needs an act", hint="give --act, such as ASSAULT, material-conflict or any"
        )
    question = make_question(
        act, desk.known_by + timedelta(days=1), closes,
        actor=desk.party(actor), recipient=desk.party(recipient), place=place, threshold=at_least, names=desk.called,
    )  # fmt: skip
    own = answer(desk.history, [question], desk.known_by)[0]
    if probability is not None:
        entry = file_forecast(
            question, probability, by=by or _login(), known_by=desk.known_by, why=words, beside=own
        )
        write_entry(desk.ledger, entry)
        write_entry(desk.ledger, Entry(question, own))
    _show_forecasts([question], [own], format)
    if probability is not None and format is Shape.table:
        print(
            f"filed: {probability:.2f} by {by or _login()}; `sitroom outlook record` scores it after {closes}"
        )


@app.command(epilog="Example: sitroom outlook record iran.room")
def record(
    room: RoomPath,
    as_of: AsOf = None,
    standings: Annotated[bool, typer.Option("--standings", help="One line a forecaster.")] = False,
    format: Print = Shape.table,
) -> None:
    """Every forecast filed here or read from reports: open, right or wrong, and who did how well."""
    from sitroom.outlook.analysts import read_entries, settle
    from sitroom.outlook.analysts import standings as rank

    desk = _desk(room, as_of)
    entries = settle([*read_entries(desk.ledger), *desk.stated()], desk.history, desk.known_by)
    if standings:
        rows = [asdict(r) for r in rank(entries)]
        _show(rows, ("by", "open", "settled", "right", "brier", "brier_base", "skill"), format)
        return
    _show(
        [_entry_row(e) for e in entries],
        ("by", "filed", "question", "probability", "outcome", "Brier"),
        format,
    )


@app.command("import", epilog="Example: sitroom outlook import iran.room events.tsv --kind icews")
def import_table(
    room: RoomPath,
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="A CSV or TSV export of coded events.")],
    kind: Annotated[str, typer.Option("--kind", help="icews, polecat, gdelt or acled.")],
    column: Annotated[
        list[str] | None, typer.Option("--column", help="Your own name for a column, as day=Date.")
    ] = None,
) -> None:
    """Put a long history of coded events from elsewhere behind a young room; it stays in a file beside the room."""
    from sitroom.app.outlook_room import Names, beside
    from sitroom.outlook.ledger import join, read_history, write_history
    from sitroom.outlook.tables import read_table

    names = dict(pair.partition("=")[::2] for pair in column or [])
    found = read_table(table, kind, names, party=cache(Names(room).named))
    target = beside(room, "history.csv")
    history = join([read_history(target), found.history]) if target.exists() else found.history
    count = write_history(target, history)
    print(f"{found.rows} rows read, {count} acts now behind the room in {target.name}")
    for why, number in sorted(found.left_out.items()):
        print(f"  left out, {why}: {number}")


def _desk(room: Path, as_of: date | None) -> "Desk":
    from sitroom.app.outlook_room import Desk

    return Desk(room, as_of)


def _login() -> str:
    import getpass

    return getpass.getuser()


def _show_forecasts(asked: "Sequence[Question]", found: "Sequence[Forecast]", format: Shape) -> None:
    rows = [
        {
            "question": q.text, "probability": round(f.probability, 4), "low": round(f.low, 4), "high": round(f.high, 4),
            **{name: round(p, 4) for name, p in f.baselines.items()}, "method": f.method,
            "known by": f.known_by.isoformat(), "why": "; ".join(f.reasons), "because": " ".join(f.because), "id": f.id,
        }
        for q, f in zip(asked, found, strict=True)
    ]  # fmt: skip
    _show(
        rows, ("question", "probability", "low", "high", "base rate", "as last period", "fading rate"), format
    )
    if format is Shape.table and found:
        print(f"  how: {found[0].method}")
        for reason in found[0].reasons if len(found) == 1 else found[0].reasons[:1]:
            print(f"  because {reason}")
    if format is Shape.table and len(found) == 1 and found[0].because:
        print(f"  look up first: {', '.join(found[0].because[:5])}")


def _entry_row(entry: "Entry") -> dict[str, Any]:
    outcome = "open" if entry.outcome is None else "yes" if entry.outcome else "no"
    return {
        "by": entry.forecast.by, "filed": entry.forecast.known_by.isoformat(), "question": entry.question.text,
        "probability": entry.forecast.probability, "outcome": outcome,
        "Brier": None if entry.brier is None else round(entry.brier, 4), "said": entry.said, "id": entry.forecast.id,
    }  # fmt: skip


def _show(rows: list[dict[str, Any]], short: Sequence[str], format: Shape) -> None:
    if format is Shape.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    elif format is Shape.csv:
        names = list(dict.fromkeys(name for row in rows for name in row))
        writer = csv.DictWriter(sys.stdout, names)
        writer.writeheader()
        writer.writerows(rows)
    elif not rows:
        print("nothing answers this")
    else:
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for name in short:
            table.add_column(name, overflow="fold")
        for row in rows:
            table.add_row(*(Text(_cell(row.get(name))) for name in short))
        Console(width=None if sys.stdout.isatty() else 160, highlight=False).print(table)


def _cell(value: Any) -> str:
    return "" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
