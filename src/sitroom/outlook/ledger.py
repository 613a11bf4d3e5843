"""Histories kept beside a room: written once from an imported table, read back as they are, and joined."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from sitroom.errors import BadQuestion
from sitroom.outlook.history import NOBODY, History, Record, build_history

COLUMNS = ("actor", "act", "recipient", "day", "known_by", "place", "id")


def records_of(history: History) -> Iterator[Record]:
    """The rows of a history as records."""
    for i in range(len(history)):
        recipient = int(history.recipient[i])
        place = int(history.place[i]) if len(history.place) else NOBODY
        yield Record(
            history.names[history.actor[i]],
            history.acts[history.act[i]],
            None if recipient == NOBODY else history.names[recipient],
            history.date(int(history.day[i])),
            history.date(int(history.known_by[i])),
            None if place == NOBODY else history.places[place],
            history.ids[i] if history.ids else "",
        )


def join(histories: Iterable[History]) -> History:
    """One history of all records; equal records of two sources count once only if they share an id."""
    seen: set[str] = set()
    kept = []
    for record in (r for history in histories for r in records_of(history)):
        if record.id and f"{record.id}|{record.actor}|{record.recipient}" in seen:
            continue
        seen.add(f"{record.id}|{record.actor}|{record.recipient}")
        kept.append(record)
    return build_history(kept)


def write_history(path: Path, history: History) -> int:
    """Write a history as CSV; returns the number of acts."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        count = 0
        for r in records_of(history):
            writer.writerow((r.actor, r.act, r.recipient or "", r.day, r.known_by, r.place or "", r.id))
            count += 1
    return count


def read_history(path: Path) -> History:
    """Read what `write_history` wrote. Raises BadQuestion naming the line that is broken."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return build_history(_read_rows(path, csv.DictReader(file)))
    except OSError as error:
        raise BadQuestion(
            f"{path.name} cannot be read: {error}", hint="import the event table again"
        ) from error


def _read_rows(path: Path, rows: Iterable[dict[str, str]]) -> Iterator[Record]:
    for number, row in enumerate(rows, 2):
        try:
            yield Record(
                row["actor"],
                row["act"],
                row["recipient"] or None,
                date.fromisoformat(row["day"]),
                date.fromisoformat(row["known_by"]),
                row["place"] or None,
                row["id"],
            )
        except (KeyError, ValueError, TypeError) as error:
            raise BadQuestion(
                f"{path.name}, line {number}: {error}", hint="import the event table again"
            ) from error
