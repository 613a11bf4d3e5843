"""The options that commands share."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


def a_day(text: str) -> date:
    """A day as the user types it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day; write days as 2018-05-01") from None


class Format(StrEnum):
    """How answers are printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


class CodeFormat(StrEnum):
    """How coded records are printed."""

    jsonl = "jsonl"
    csv = "csv"
    table = "table"


class What(StrEnum):
    """What the coder prints."""

    events = "events"
    statements = "statements"
    relations = "relations"
    forecasts = "forecasts"


class To(StrEnum):
    """What a room is written out to."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    geojson = "geojson"
    graphml = "graphml"


class Engine(StrEnum):
    """Where reports are coded."""

    auto = "auto"
    serial = "serial"
    processes = "processes"


class CoderKind(StrEnum):
    """What codes the events."""

    rules = "rules"
    llm = "llm"


class Verdict(StrEnum):
    """What an analyst may decide."""

    right = "right"
    wrong = "wrong"
    same = "same"
    not_same = "not-same"


def _day(name: str, help: str) -> typer.models.OptionInfo:
    found: typer.models.OptionInfo = typer.Option(name, parser=a_day, metavar="DATE", help=help)
    return found


RoomPath = Annotated[Path, typer.Argument(metavar="ROOM", help="The room, such as iran.room.")]
Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files, folders or globs; - for standard input.")
]
Since = Annotated[date | None, _day("--since", "Leave out what ended before this day.")]
Until = Annotated[date | None, _day("--until", "Leave out what began after this day.")]
AsOf = Annotated[date | None, _day("--as-of", "The picture on this day: leave out what happened later.")]
KnownBy = Annotated[date | None, _day("--known-by", "Use only reports that were out by this day.")]
About = Annotated[
    str | None, typer.Option("--about", metavar="ACTOR|PLACE", help="Only what concerns this actor or place.")
]
ActorName = Annotated[
    str | None,
    typer.Option("--actor", metavar="ACTOR", help="Who acts: id, name or alias, with all its parts."),
]
Recipient = Annotated[str | None, typer.Option("--recipient", metavar="ACTOR", help="Who is acted upon.")]
Act = Annotated[
    str | None, typer.Option("--act", metavar="ACT", help="PLOVER type or type/mode, stance, or relation.")
]
PlaceName = Annotated[
    str | None, typer.Option("--place", metavar="PLACE", help="Where: name, region or country code.")
]
ModalityName = Annotated[
    str | None,
    typer.Option("--modality", help="asserted, denied, alleged, planned-or-possible, hypothetical."),
]
Limit = Annotated[
    int | None, typer.Option("--limit", "-n", min=0, help="At most so many; a table shows 50 unless told.")
]
Formatted = Annotated[Format, typer.Option("--format", "-f", help="How to print.")]
Wrong = Annotated[bool, typer.Option("--wrong", help="Show also what was judged wrong.")]
Catalogue = Annotated[
    list[Path] | None,
    typer.Option(
        "--catalogue", metavar="FOLDER", help="Catalogue folder laid over the bundled one; may be repeated."
    ),
]
Workers = Annotated[
    int | None, typer.Option("--workers", min=1, help="Processes that code; one per processor unless told.")
]
EngineName = Annotated[
    Engine, typer.Option("--engine", help="Code here, in processes, or as fits the number of reports.")
]
Field = Annotated[
    list[str] | None,
    typer.Option(
        "--field",
        metavar="PART=NAME",
        help="Name of a field in JSONL or CSV, such as text=body; may be repeated.",
    ),
]
CoderName = Annotated[
    CoderKind,
    typer.Option("--coder", help="Let the rules code the events, or a language model at --endpoint."),
]
Endpoint = Annotated[
    str | None,
    typer.Option(
        "--endpoint",
        metavar="URL",
        help="With --coder llm: an OpenAI-compatible server, such as https://HOST/v1; its key is read from SITROOM_API_KEY. "
        "Without one, only answers kept before are used.",
    ),
]
ModelName = Annotated[
    str | None, typer.Option("--model", metavar="NAME", help="With --coder llm: the model to ask.")
]
Answers = Annotated[
    Path | None,
    typer.Option("--answers", metavar="FOLDER", help="With --coder llm: where its answers are kept."),
]
Price = Annotated[
    str | None,
    typer.Option("--price", metavar="IN,OUT", help="With --coder llm: price of 1,000 tokens in and out."),
]
Timeout = Annotated[
    float | None,
    typer.Option("--timeout", min=1, metavar="SECONDS", help="With --coder llm: longest wait for an answer."),
]
