"""`sitroom ties`, `presence`, `agreements`, `positions`, `contradictions`: what the evidence of a room adds up to on a day."""

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sitroom.cli import options as o

if TYPE_CHECKING:
    from sitroom.situation.rows import Asked
    from sitroom.vocabulary import Situation

app = typer.Typer(help="What the evidence of a room adds up to on a day.")
"""Mount it without a name, and its commands stand beside the others: `cli.add_typer(app)`."""

Issue = Annotated[
    str | None,
    typer.Option("--issue", metavar="ISSUE", help="Only what is about this issue or has this word."),
]
Whole = Annotated[
    bool, typer.Option("--roll-up", help="Count bodies as part of their state; proxies stay themselves.")
]


@app.command(epilog="Example: sitroom ties iran.room --actor Iran --roll-up")
def ties(
    room: o.RoomPath, actor: o.ActorName = None, since: o.Since = None, as_of: o.AsOf = None, known_by: o.KnownBy = None,
    roll_up: Whole = False, limit: o.Limit = None, format: o.Formatted = o.Format.table,
) -> None:  # fmt: skip
    """List who stands how to whom: ties that reports state, and the record of acts with its trend."""
    found = situation_of(room, as_of, known_by, rolled_up=roll_up)
    _show("ties", room, found, asked_for(room, actor=actor, since=since), limit, format)


@app.command(epilog="Example: sitroom presence iran.room --actor Iran --place Syria")
def presence(
    room: o.RoomPath, actor: o.ActorName = None, place: o.PlaceName = None, since: o.Since = None, as_of: o.AsOf = None,
    known_by: o.KnownBy = None, limit: o.Limit = None, format: o.Formatted = o.Format.table,
) -> None:  # fmt: skip
    """List who is, holds, fights, has a base or left where, from when to when, and on whose word."""
    found = situation_of(room, as_of, known_by)
    _show("presence", room, found, asked_for(room, actor=actor, place=place, since=since), limit, format)


@app.command(epilog="Example: sitroom agreements iran.room --actor Russia")
def agreements(
    room: o.RoomPath, actor: o.ActorName = None, place: o.PlaceName = None, since: o.Since = None, as_of: o.AsOf = None,
    known_by: o.KnownBy = None, limit: o.Limit = None, format: o.Formatted = o.Format.table,
) -> None:  # fmt: skip
    """List deals with their parties, brokers, terms as quoted, and how their state changed."""
    found = situation_of(room, as_of, known_by)
    _show("agreements", room, found, asked_for(room, actor=actor, place=place, since=since), limit, format)


@app.command(epilog="Example: sitroom positions iran.room --actor Israel --issue foreign-presence")
def positions(
    room: o.RoomPath, actor: o.ActorName = None, issue: Issue = None, since: o.Since = None, as_of: o.AsOf = None,
    known_by: o.KnownBy = None, limit: o.Limit = None, format: o.Formatted = o.Format.table,
) -> None:  # fmt: skip
    """List who demands, refuses, wants or offers what, and how strongly."""
    found = situation_of(room, as_of, known_by)
    _show("positions", room, found, asked_for(room, actor=actor, issue=issue, since=since), limit, format)


@app.command(epilog="Example: sitroom contradictions iran.room --actor Iran")
def contradictions(
    room: o.RoomPath, actor: o.ActorName = None, issue: Issue = None, since: o.Since = None, as_of: o.AsOf = None,
    known_by: o.KnownBy = None, limit: o.Limit = None, format: o.Formatted = o.Format.table,
) -> None:  # fmt: skip
    """List what cannot all be so, or qualifies one another: both sides quoted, dated and attributed."""
    found = situation_of(room, as_of, known_by)
    for rule, number in found.left_out:
        typer.echo(
            f"{number} more of the rule '{rule}' are left out: only the latest known are kept", err=True
        )
    _show(
        "contradictions", room, found, asked_for(room, actor=actor, issue=issue, since=since), limit, format
    )


def situation_of(
    room: Path, on: date | None, known_by: date | None, *, rolled_up: bool = False
) -> "Situation":
    """The situation of a room on a day, as known by a day. Raises StoreFault, CatalogueFault."""
    from sitroom.app.room import Room

    return Room(room).situation(as_of=on, known_by=known_by, rolled_up=rolled_up)


def asked_for(
    room: Path,
    *,
    actor: str | None = None,
    place: str | None = None,
    issue: str | None = None,
    since: date | None = None,
) -> "Asked":
    """What a person types as what rows are chosen by; an actor stands for all that are part of it."""
    from sitroom.app.filters import actor_keys, place_keys
    from sitroom.app.room import Room
    from sitroom.situation.rows import Asked

    keys = actor_keys(actor, Room(room).actors_known) if actor else ()
    return Asked(
        actors=frozenset(keys), places=frozenset([*place_keys(place), *_countries(place, room)]) if place else frozenset(),
        names=(actor,) if actor else (), issue=issue or "", since=since,
    )  # fmt: skip


def _countries(place: str, room: Path) -> Sequence[str]:
    """The code of a country by its name, so that `--place Syria` means all of it."""
    from sitroom.app.filters import find_actors
    from sitroom.app.room import Room

    return [one.id for one in find_actors(place, Room(room).actors_known) if one.id == one.country]


def _show(
    kind: str, room: Path, situation: "Situation", asked: "Asked", limit: int | None, format: o.Format
) -> None:
    from sitroom.app.export import json_value, write_csv
    from sitroom.app.room import Room
    from sitroom.cli import show
    from sitroom.situation.rows import COLUMNS, SHORT, rows

    found: list[dict[str, Any]] = rows(kind, situation, asked)
    if not found:
        show.show_unheard(Room(room), *asked.names)
    if format is o.Format.table:
        show.show_table(kind, SHORT[kind], found, show.SHOWN if limit is None else limit)
        return
    found = found if limit is None else found[:limit]
    if format is o.Format.csv:
        write_csv(sys.stdout, COLUMNS[kind], found)
    elif format is o.Format.jsonl:
        for row in found:
            print(json.dumps(row, ensure_ascii=False, default=json_value))
    else:
        print(json.dumps(found, ensure_ascii=False, indent=1, default=json_value))
