"""The commands; each is a thin adapter over `sitroom.app`."""

import getpass
import sys
from collections.abc import Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sitroom.cli import options as o
from sitroom.cli import show
from sitroom.cli.outlook import app as outlook
from sitroom.cli.situation import app as situation
from sitroom.cli.whatif import app as whatif

if TYPE_CHECKING:
    from sitroom.app.intake import Step, Summary
    from sitroom.app.language_model import ModelRun
    from sitroom.app.room import Room
    from sitroom.app.settings import Settings

cli = typer.Typer(
    name="sitroom",
    help="Read reports about a conflict into a room in which every answer leads back to its sentence.",
    epilog="Exit codes: 0 all done, 1 nothing could be done, 2 wrong usage, 3 done but some inputs were skipped, 130 stopped.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
catalogue = typer.Typer(help="Check the catalogues, or show one entry.", no_args_is_help=True)
cli.add_typer(catalogue, name="catalogue")
cli.add_typer(situation)
cli.add_typer(outlook, name="outlook")
cli.add_typer(whatif, name="whatif")


def _example(line: str) -> str:
    return f"Example: {line}"


def _settings(catalogues: list[Path] | None = None, workers: int | None = None) -> "Settings":
    from pydantic import ValidationError

    from sitroom.app.settings import Settings
    from sitroom.errors import BadInput

    given: dict[str, Any] = {"catalogues": tuple(catalogues)} if catalogues else {}
    if workers:
        given["workers"] = workers
    try:
        return Settings(**given)
    except (ValidationError, ValueError) as error:
        raise BadInput(
            f"a SITROOM_ setting is wrong: {error}", hint="correct or unset that environment variable"
        ) from None


def _room(path: Path, **given: Any) -> "Room":
    from sitroom.app.room import Room

    return Room(path, _settings(**given))


def _fields(given: list[str] | None) -> Any:
    from sitroom.reports import FieldNames

    pairs = dict(pair.partition("=")[::2] for pair in given or [])
    return FieldNames.of(**pairs) if pairs else FieldNames()


@cli.command(epilog=_example("sitroom read iran.room reports/"))
def read(
    room: o.RoomPath,
    paths: o.Paths,
    field: o.Field = None,
    engine: o.EngineName = o.Engine.auto,
    workers: o.Workers = None,
    catalogue: o.Catalogue = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
    coder: o.CoderName = o.CoderKind.rules,
    endpoint: o.Endpoint = None,
    model: o.ModelName = None,
    answers: o.Answers = None,
    price: o.Price = None,
    timeout: o.Timeout = None,
) -> None:
    """Read reports into a room; what is in it already is passed over, what cannot be read is listed."""
    opened = _room(room, catalogues=catalogue, workers=workers)
    run = _model_run(coder, opened.settings, endpoint, model, answers, price, timeout)
    steps = opened.reading(
        *paths, fields=_fields(field), engine="serial" if run else engine.value, make_coder=run
    )
    summary = _follow(steps, quiet)
    show.show_summary(summary, run)
    raise typer.Exit(_exit_code(summary))


def _model_run(
    coder: o.CoderKind,
    settings: "Settings",
    endpoint: str | None,
    model: str | None,
    answers: Path | None,
    price: str | None,
    timeout: float | None,
) -> "ModelRun | None":
    """The language model that the options ask for, None for the rules. Raises BadInput."""
    from sitroom.errors import BadInput

    if coder is o.CoderKind.rules:
        if any(given is not None for given in (endpoint, model, answers, price, timeout)):
            raise BadInput(
                "--endpoint, --model, --answers, --price and --timeout are for a language model",
                hint="add --coder llm to ask one",
            )
        return None
    if not model:
        raise BadInput("--coder llm needs the name of a model", hint="add --model NAME")
    from sitroom.app.chat import LanguageModel
    from sitroom.app.language_model import ModelRun

    given: dict[str, Any] = {"timeout": timeout} if timeout else {}
    if price:
        given["price"] = _prices(price)
    kept = answers or settings.cache / "answers"
    return ModelRun(LanguageModel(model, kept, endpoint or settings.endpoint, **given), settings)


def _prices(given: str) -> tuple[float, float]:
    from sitroom.errors import BadInput

    try:
        first, last = (float(one) for one in given.split(","))
    except ValueError:
        raise BadInput(
            f"{given!r} is no pair of prices", hint="write the price of 1,000 tokens in and out as 0.15,0.60"
        ) from None
    return first, last


def _follow(steps: "Iterator[Step]", quiet: bool) -> "Summary":
    """Run the steps behind a progress bar."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from sitroom.app.intake import Summary

    summary = Summary()
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    hidden = quiet or not sys.stderr.isatty()
    with Progress(*columns, console=show.console(errors=True), disable=hidden, transient=True) as progress:
        task = progress.add_task("reading", total=None)
        for step in steps:
            summary.add(step)
            progress.update(
                task,
                description=f"{summary.inputs} reports, {summary.events} events · {show.clean(step.name)}",
            )
    return summary


def _exit_code(summary: "Summary") -> int:
    from sitroom.cli import FAILED, FINE, PARTLY

    if not summary.in_the_room:
        return FAILED
    return PARTLY if summary.results["skipped"] else FINE


@cli.command(epilog=_example("sitroom brief iran.room --about Israel --html brief.html"))
def brief(
    room: o.RoomPath,
    about: o.About = None,
    as_of: o.AsOf = None,
    known_by: o.KnownBy = None,
    since: o.Since = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write one HTML file.")] = None,
    markdown: Annotated[
        Path | None, typer.Option("--markdown", metavar="FILE", help="Write Markdown; - to print it.")
    ] = None,
) -> None:
    """Print what the room says, each line with the sentences that it rests on."""
    from sitroom.app import rendering

    found = _room(room).brief(about=about, as_of=as_of, known_by=known_by, since=since)
    if html:
        _write(html, rendering.as_html(found))
    if markdown:
        _write(markdown, rendering.as_markdown(found))
    if not (html or markdown):
        print(show.clean(rendering.as_text(found, show.console().width)), end="")


def _write(path: Path, text: str) -> None:
    from sitroom.app.export import written
    from sitroom.errors import BadInput

    if str(path) == "-":
        print(text, end="")
        return
    try:
        with written(path) as file:
            file.write(text)
    except OSError as error:
        raise BadInput(
            f"{path} could not be written: {error.strerror or error}", hint="name another file"
        ) from error
    print(f"wrote {path}", file=sys.stderr)


def _list(
    kind: str, room: Path, known_by: date | None, format: o.Format, limit: int | None, **filters: Any
) -> None:
    """Print one kind of answer; a table asks for one row more than it shows, to know if there are more."""
    asked = (show.SHOWN if limit is None else limit) + 1 if format is o.Format.table else limit
    opened = _room(room)
    rows = opened.each_row(kind, known_by=known_by, limit=asked, **filters)
    first = list(islice(rows, 1))
    show.show_rows(kind, chain(first, rows), format, limit)
    if not first:
        show.show_unheard(opened, filters.get("actor"), filters.get("recipient"))


@cli.command(epilog=_example("sitroom incidents iran.room --actor Israel --since 2018-05-01"))
def incidents(
    room: o.RoomPath, actor: o.ActorName = None, recipient: o.Recipient = None, about: o.About = None, act: o.Act = None,
    place: o.PlaceName = None, since: o.Since = None, until: o.Until = None, as_of: o.AsOf = None,
    known_by: o.KnownBy = None, modality: o.ModalityName = None, limit: o.Limit = None, format: o.Formatted = o.Format.table,
) -> None:  # fmt: skip
    """List happenings, each told by one or more reports."""
    _list("incidents", room, known_by, format, limit, actor=actor, recipient=recipient, about=about, act=act, place=place,
          since=since, until=until, as_of=as_of, modality=modality)  # fmt: skip


@cli.command(epilog=_example("sitroom events iran.room --act ASSAULT/aerial --place Damascus --format csv"))
def events(
    room: o.RoomPath, actor: o.ActorName = None, recipient: o.Recipient = None, about: o.About = None, act: o.Act = None,
    place: o.PlaceName = None, since: o.Since = None, until: o.Until = None, as_of: o.AsOf = None,
    known_by: o.KnownBy = None, modality: o.ModalityName = None, limit: o.Limit = None, wrong: o.Wrong = False,
    format: o.Formatted = o.Format.table,
) -> None:  # fmt: skip
    """List coded acts, one per mention in a report."""
    _list("events", room, known_by, format, limit, actor=actor, recipient=recipient, about=about, act=act, place=place,
          since=since, until=until, as_of=as_of, modality=modality, wrong=wrong)  # fmt: skip


@cli.command(epilog=_example("sitroom statements iran.room --act denies"))
def statements(
    room: o.RoomPath, actor: o.ActorName = None, recipient: o.Recipient = None, about: o.About = None, act: o.Act = None,
    since: o.Since = None, until: o.Until = None, as_of: o.AsOf = None, known_by: o.KnownBy = None,
    limit: o.Limit = None, wrong: o.Wrong = False, format: o.Formatted = o.Format.table,
) -> None:  # fmt: skip
    """List what people are reported to have said; --act is a stance such as denies, demands or forecasts."""
    _list("statements", room, known_by, format, limit, actor=actor, recipient=recipient, about=about, act=act,
          since=since, until=until, as_of=as_of, wrong=wrong)  # fmt: skip


@cli.command(epilog=_example("sitroom relations iran.room --actor Iran"))
def relations(
    room: o.RoomPath, actor: o.ActorName = None, recipient: o.Recipient = None, about: o.About = None, act: o.Act = None,
    place: o.PlaceName = None, known_by: o.KnownBy = None, limit: o.Limit = None, wrong: o.Wrong = False,
    format: o.Formatted = o.Format.table,
) -> None:  # fmt: skip
    """List standing ties that reports mention; --act is the name of a relation."""
    _list("relations", room, known_by, format, limit, actor=actor, recipient=recipient, about=about, act=act, place=place,
          wrong=wrong)  # fmt: skip


@cli.command(epilog=_example("sitroom actors iran.room --since 2018-01-01"))
def actors(
    room: o.RoomPath, about: o.About = None, place: o.PlaceName = None, since: o.Since = None, until: o.Until = None,
    known_by: o.KnownBy = None, limit: o.Limit = None, format: o.Formatted = o.Format.table,
) -> None:  # fmt: skip
    """List who acts, is acted upon, speaks or is tied to others, the busiest first."""
    _list("actors", room, known_by, format, limit, about=about, place=place, since=since, until=until)


@cli.command(epilog=_example("sitroom places iran.room --actor Israel"))
def places(
    room: o.RoomPath, actor: o.ActorName = None, about: o.About = None, act: o.Act = None, since: o.Since = None,
    until: o.Until = None, known_by: o.KnownBy = None, limit: o.Limit = None, format: o.Formatted = o.Format.table,
) -> None:  # fmt: skip
    """List where things happened, the busiest first."""
    _list(
        "places", room, known_by, format, limit, actor=actor, about=about, act=act, since=since, until=until
    )


@cli.command(epilog=_example("sitroom reports iran.room --format csv"))
def reports(
    room: o.RoomPath, since: o.Since = None, until: o.Until = None, known_by: o.KnownBy = None, limit: o.Limit = None,
    format: o.Formatted = o.Format.table,
) -> None:  # fmt: skip
    """List the reports, which are near copies of others, and which could not be coded."""
    _list("reports", room, known_by, format, limit, since=since, until=until)


@cli.command(epilog=_example("sitroom why iran.room event-1a2b3c4d"))
def why(
    room: o.RoomPath,
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="Id of a report, event, statement, relation, incident, tie, presence, agreement, position or contradiction, or its beginning.",
        ),
    ],
    as_of: o.AsOf = None,
    known_by: o.KnownBy = None,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show the sentence with its parts marked, the report, the rule that fired and what each step contributed.

    A line of the situation (a tie, a presence, ...) is shown with all the evidence that it rests on.
    """
    found = _room(room).why(id, as_of=as_of, known_by=known_by)
    if json:
        from sitroom.evidence.records import pack

        print(pack(found))
    else:
        show.show_why(found)


@cli.command(epilog=_example("sitroom code report.txt --what statements"))
def code(
    paths: o.Paths,
    format: Annotated[
        o.CodeFormat, typer.Option("--format", "-f", help="How to print.")
    ] = o.CodeFormat.jsonl,
    what: Annotated[o.What, typer.Option("--what", help="What to print.")] = o.What.events,
    field: o.Field = None,
    engine: o.EngineName = o.Engine.auto,
    workers: o.Workers = None,
    catalogue: o.Catalogue = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say for each sentence why it gives an event or none.")
    ] = False,
    coder: o.CoderName = o.CoderKind.rules,
    endpoint: o.Endpoint = None,
    model: o.ModelName = None,
    answers: o.Answers = None,
    price: o.Price = None,
    timeout: o.Timeout = None,
) -> None:
    """Code reports without a room: one record per line on standard output."""
    from sitroom.app.coding import code_paths
    from sitroom.app.intake import Summary
    from sitroom.errors import BadInput

    summary = Summary()
    settings = _settings(catalogue, workers)
    run = _model_run(coder, settings, endpoint, model, answers, price, timeout)
    if explain:
        if run:
            raise BadInput("--explain tells the rules' reasons", hint="leave out --coder llm")
        from sitroom.app.explaining import explain_paths

        for text in explain_paths(paths, settings, _fields(field)):
            print(show.clean(text))
        return
    rows = code_paths(paths, what.value, flat=format is not o.CodeFormat.jsonl, settings=settings, summary=summary,
                      fields=_fields(field), engine="serial" if run else engine.value, make_coder=run)  # fmt: skip
    kind = "statements" if what is o.What.forecasts else what.value
    show.show_rows(kind, rows, o.Format(format.value), limit=sys.maxsize)
    if summary.problems or run:
        sys.stdout.flush()
        show.show_summary(summary, run)
    raise typer.Exit(_exit_code(summary))


@cli.command(epilog=_example("sitroom export iran.room --to parquet out/"))
def export(
    room: o.RoomPath,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write into; made if missing.")],
    to: Annotated[o.To, typer.Option("--to", help="File format.")] = o.To.jsonl,
    about: o.About = None,
    since: o.Since = None,
    until: o.Until = None,
    known_by: o.KnownBy = None,
) -> None:
    """Write the room out, one file per kind of record."""
    for path, count in _room(room).export(
        folder, to.value, known_by=known_by, about=about, since=since, until=until
    ):
        print(f"{path}: {count} records", file=sys.stderr)


@cli.command(epilog=_example('sitroom judge iran.room wrong event-1a2b3c4d --why "the jets were Syrian"'))
def judge(
    room: o.RoomPath,
    verdict: Annotated[
        o.Verdict, typer.Argument(help="right or wrong about one id, same or not-same about two events.")
    ],
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="What it is about, or the beginning of its id.")
    ],
    why: Annotated[str, typer.Option("--why", help="The reason.")] = "",
    by: Annotated[str | None, typer.Option("--by", help="Who decides; your login name unless told.")] = None,
) -> None:
    """Put your decision beside the evidence; the last one counts, nothing is erased."""
    made = _room(room).judge(*ids, verdict=verdict.value, by=by or getpass.getuser(), why=why)
    print(f"{made.id}: {' '.join(made.about)} {made.verdict}")


@catalogue.command(epilog=_example("sitroom catalogue check my-actors/"))
def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="Catalogue folder to lay over the bundled one.")
    ] = None,
) -> None:
    """Check the bundled catalogues, or yours laid over them."""
    from sitroom.catalogues import check_catalogue

    findings = check_catalogue(folder)
    for finding in findings:
        print(
            show.clean(f"{finding.severity}: {finding.where}: {finding.what}\n  what to do: {finding.mend}")
        )
    errors = sum(finding.severity == "error" for finding in findings)
    print(f"{errors} errors, {len(findings) - errors} warnings")
    raise typer.Exit(1 if errors else 0)


@catalogue.command("test", epilog=_example("sitroom catalogue test my-catalogue/"))
def try_examples(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="Catalogue folder to lay over the bundled one.")
    ] = None,
) -> None:
    """Try the examples that the rules of the lexicon carry, and list those that fail."""
    from sitroom.app.explaining import failing_examples

    count, failures = failing_examples(folder, _settings())
    for failure in failures:
        print(show.clean(failure))
    print(f"{count} examples, {len(failures)} fail")
    raise typer.Exit(1 if failures else 0)


@catalogue.command("show", epilog=_example("sitroom catalogue show SYR"))
def show_entry(
    id: Annotated[
        str, typer.Argument(metavar="ID", help="Actor id or name, PLOVER type, type/mode, context or sector.")
    ],
    catalogue: o.Catalogue = None,
) -> None:
    """Show one entry in words."""
    from sitroom.catalogues import bundled, describe, load_actors, load_acts

    print(describe(id, load_actors([bundled(), *_settings(catalogue).catalogues]), load_acts()))
