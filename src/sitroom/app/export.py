"""A room written out whole: JSON Lines, CSV, Parquet or GeoJSON, streaming; its network of ties as GraphML."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any

from sitroom.app import answers
from sitroom.app.contract import event_fields, relation_fields, statement_fields
from sitroom.app.filters import CatalogueLoader, Filters
from sitroom.app.tables import COLUMNS, Row, arrow_batches, arrow_schema
from sitroom.errors import BadInput, UnknownName
from sitroom.evidence import View
from sitroom.vocabulary import Report

KINDS = ("events", "statements", "relations", "incidents", "reports")
FORMATS = ("jsonl", "csv", "parquet", "geojson", "graphml")


def export(
    view: View, folder: Path, to: str, filters: Filters, load: CatalogueLoader
) -> Iterator[tuple[Path, int]]:
    """Write one file per kind into `folder`, yielding each with its number of records once it is whole.

    Raises UnknownName for the format, BadInput where the folder cannot be written.
    """
    if to not in FORMATS:
        raise UnknownName("export format", to, known=FORMATS)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if to == "graphml":
            yield _write_graphml(folder / "ties.graphml", view, filters, load)
            return
        for kind in ("events", "incidents") if to == "geojson" else KINDS:
            path = folder / f"{kind}.{to}"
            yield path, WRITERS[to](path, kind, view, filters, load)
    except OSError as error:
        raise BadInput(
            f"{folder} could not be written: {error.strerror or error}", hint="name another folder"
        ) from error


def _write_jsonl(path: Path, kind: str, view: View, filters: Filters, load: CatalogueLoader) -> int:
    def records() -> Iterator[Row]:
        if kind not in _FIELDS:
            yield from answers.rows(kind, view, filters, load)
            return
        names = {report.id: report for report in _without_text(view)}
        for record in getattr(answers, kind)(view, filters, load):
            yield _FIELDS[kind](record, names[record.report])

    with written(path) as file:
        return _count(
            records(), lambda row: file.write(json.dumps(row, ensure_ascii=False, default=json_value) + "\n")
        )


_FIELDS: dict[str, Callable[[Any, Report], Row]] = {
    "events": event_fields,
    "statements": statement_fields,
    "relations": relation_fields,
}


def _without_text(view: View) -> Iterator[Report]:
    from dataclasses import replace

    return (replace(report, text="") for report in view.reports(reprints=True))


def _write_csv(path: Path, kind: str, view: View, filters: Filters, load: CatalogueLoader) -> int:
    with written(path) as file:
        return write_csv(file, COLUMNS[kind], answers.rows(kind, view, filters, load))


def _write_parquet(path: Path, kind: str, view: View, filters: Filters, load: CatalogueLoader) -> int:
    import pyarrow.parquet as pq

    draft, count = path.with_name(path.name + ".part"), 0
    with pq.ParquetWriter(draft, arrow_schema(kind)) as writer:
        for batch in arrow_batches(kind, answers.rows(kind, view, filters, load)):
            writer.write_batch(batch)
            count += batch.num_rows
    draft.replace(path)
    return count


def _write_geojson(path: Path, kind: str, view: View, filters: Filters, load: CatalogueLoader) -> int:
    placed = (
        row
        for row in answers.rows(kind, view, filters, load)
        if row["lat"] is not None and row["lon"] is not None
    )
    with written(path) as file:
        file.write('{"type": "FeatureCollection", "features": [')
        first = True

        def put(row: Row) -> None:
            nonlocal first
            file.write(
                ("\n" if first else ",\n") + json.dumps(_feature(row), ensure_ascii=False, default=json_value)
            )
            first = False

        count = _count(placed, put)
        file.write("\n]}\n")
        return count


def _write_graphml(path: Path, view: View, filters: Filters, load: CatalogueLoader) -> tuple[Path, int]:
    """The ties by the end of the window, of the actor asked for, for Gephi, yEd, Cytoscape and others."""
    from dataclasses import replace

    from sitroom.app.filters import actor_keys
    from sitroom.situation import assess
    from sitroom.situation.exports import as_graphml

    situation = assess(view, min(filter(None, (filters.until, filters.as_of)), default=None))
    asked = filters.about or filters.actor
    keys = set(actor_keys(asked, load())) if asked else set()
    ties = tuple(
        tie
        for tie in situation.ties
        if (not keys or keys & {tie.source.key, tie.target.key})
        and not (filters.since and tie.period.end and tie.period.end < filters.since)
    )
    with written(path) as file:
        file.write(as_graphml(replace(situation, ties=ties)))
    return path, len(ties)


WRITERS: dict[str, Callable[[Path, str, View, Filters, CatalogueLoader], int]] = {
    "jsonl": _write_jsonl,
    "csv": _write_csv,
    "parquet": _write_parquet,
    "geojson": _write_geojson,
}


def _feature(row: Row) -> Row:
    """A GeoJSON feature (RFC 7946): longitude first."""
    properties = {name: value for name, value in row.items() if name not in ("lat", "lon")}
    point = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    return {"type": "Feature", "id": row["id"], "geometry": point, "properties": properties}


def _count(rows: Iterable[Row], put: Callable[[Row], object]) -> int:
    count = 0
    for row in rows:
        put(row)
        count += 1
    return count


@contextmanager
def written(path: Path) -> Iterator[IO[str]]:
    """A text file that appears whole or not at all."""
    draft = path.with_name(path.name + ".part")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            yield file
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_csv(file: IO[str], columns: Iterable[str], rows: Iterable[Row]) -> int:
    """Write rows as CSV with a header; lists are joined by `; `."""
    writer = csv.DictWriter(file, list(columns), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    return _count(rows, lambda row: writer.writerow({name: flat(value) for name, value in row.items()}))


def flat(value: Any) -> str:
    """A value in one cell."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(str(one) for one in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=json_value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def json_value(value: Any) -> Any:
    """What JSON has no word for."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
