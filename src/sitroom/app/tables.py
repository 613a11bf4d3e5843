"""Records as flat rows, the same for terminal tables, CSV, JSON, Arrow and Parquet."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from sitroom.vocabulary import Actor, Attribution, Event, Incident, Place, Relation, Report, Statement

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
BATCH = 5_000
TEXT, NUMBER, WHOLE, DAY, YES, LIST = "text", "number", "whole", "day", "yes", "list"

_PERIOD = {"from": DAY, "to": DAY}
_PLACE = {"place": TEXT, "country": TEXT, "lat": NUMBER, "lon": NUMBER}
_ENDING = {"known_by": DAY, "confidence": NUMBER, "rule": TEXT, "report": TEXT, "sentence": TEXT}

COLUMNS: dict[str, dict[str, str]] = {
    "events": {"id": TEXT, **_PERIOD, "type": TEXT, "mode": TEXT, "score": NUMBER, "actors": LIST, "recipients": LIST,
               "actor_ids": LIST, "recipient_ids": LIST, **_PLACE, "modality": TEXT, "historical": YES, "source": TEXT,
               "figures": TEXT, "contexts": LIST, **_ENDING},
    "statements": {"id": TEXT, **_PERIOD, "speaker": TEXT, "kind": TEXT, "stance": TEXT, "issue": TEXT, "target": TEXT,
                   "addressee": TEXT, "condition": TEXT, "quoted": YES, "about": LIST, **_ENDING},
    "relations": {"id": TEXT, **_PERIOD, "subject": TEXT, "relation": TEXT, "object": TEXT, "subject_id": TEXT,
                  "object_id": TEXT, **_PLACE, "modality": TEXT, "source": TEXT, **_ENDING},
    "incidents": {"id": TEXT, **_PERIOD, "type": TEXT, "mode": TEXT, "score": NUMBER, "actors": LIST, "recipients": LIST,
                  "actor_ids": LIST, "recipient_ids": LIST, **_PLACE, "status": TEXT, "independent": WHOLE,
                  "summary": TEXT, "events": LIST, "reports": LIST},
    "reports": {"id": TEXT, "published": DAY, "published_to": DAY, "basis": TEXT, "publisher": TEXT, "title": TEXT,
                "name": TEXT, "url": TEXT, "language": TEXT, "copy_of": TEXT, "note": TEXT, "characters": WHOLE},
    "actors": {"name": TEXT, "id": TEXT, "country": TEXT, "sector": TEXT, "acts": WHOLE, "received": WHOLE,
               "says": WHOLE, "relations": WHOLE, "first": DAY, "last": DAY},
    "places": {"name": TEXT, "id": TEXT, "country": TEXT, "admin1": TEXT, "precision": TEXT, "lat": NUMBER,
               "lon": NUMBER, "events": WHOLE, "first": DAY, "last": DAY},
}  # fmt: skip
"""The columns of every kind of row, with their types."""

SHORT: dict[str, tuple[str, ...]] = {
    "events": ("id", "from", "type", "mode", "actors", "recipients", "place", "modality", "source"),
    "statements": ("id", "from", "speaker", "stance", "issue", "sentence"),
    "relations": ("id", "from", "subject", "relation", "object", "place"),
    "incidents": ("id", "from", "type", "mode", "actors", "recipients", "place", "status", "independent"),
    "reports": ("id", "published", "publisher", "title", "name", "copy_of", "note"),
    "actors": ("name", "id", "acts", "received", "says", "relations", "first", "last"),
    "places": ("name", "country", "admin1", "precision", "events", "first", "last"),
}
"""The columns that fit on a terminal."""


def event_row(event: Event) -> Row:
    """An event as one flat row."""
    return _ordered(
        "events",
        {
            **_common(event),
            "type": event.type,
            "mode": event.mode,
            "score": event.score,
            **_parties(event),
            **_place(event.place),
            "modality": event.modality,
            "historical": event.historical,
            "source": _source(event.attribution),
            "figures": "; ".join(
                figure_words(figure.what, figure.low, figure.high, figure.who) for figure in event.figures
            ),
            "contexts": list(event.contexts),
        },
    )


def statement_row(statement: Statement) -> Row:
    """A statement as one flat row."""
    return _ordered(
        "statements",
        {
            **_common(statement),
            "speaker": statement.speaker.name if statement.speaker else None,
            "kind": statement.speaker.kind if statement.speaker else "outlet",
            "stance": statement.stance,
            "issue": statement.issue,
            "target": statement.target.name if statement.target else None,
            "addressee": statement.addressee.name if statement.addressee else None,
            "condition": statement.condition,
            "quoted": statement.quoted,
            "about": list(statement.about),
        },
    )


def relation_row(relation: Relation) -> Row:
    """A relation as one flat row."""
    return _ordered(
        "relations",
        {
            **_common(relation),
            "subject": relation.subject.name,
            "relation": relation.relation,
            "object": relation.object.name if relation.object else None,
            "subject_id": relation.subject.id,
            "object_id": relation.object.id if relation.object else None,
            **_place(relation.place),
            "modality": relation.modality,
            "source": _source(relation.attribution),
        },
    )


def incident_row(incident: Incident) -> Row:
    """An incident as one flat row."""
    return _ordered(
        "incidents",
        {
            "id": incident.id,
            "from": incident.period.start,
            "to": incident.period.end,
            "type": incident.type,
            "mode": incident.mode,
            "score": incident.score,
            **_parties(incident),
            **_place(incident.place),
            "status": incident.status,
            "independent": incident.independent,
            "summary": incident.summary,
            "events": list(incident.events),
            "reports": list(incident.reports),
        },
    )


def report_row(report: Report, copy_of: str | None = None, note: str = "") -> Row:
    """A report as one flat row, without its text."""
    return {
        "id": report.id,
        "published": report.published.start if report.published else None,
        "published_to": report.published.end if report.published else None,
        "basis": report.published_basis,
        "publisher": report.publisher,
        "title": report.title,
        "name": report.name,
        "url": report.url,
        "language": report.language,
        "copy_of": copy_of,
        "note": note,
        "characters": len(report.text),
    }


ROWS: dict[str, Callable[[Any], Row]] = {
    "events": event_row,
    "statements": statement_row,
    "relations": relation_row,
    "incidents": incident_row,
}


def figure_words(what: str, low: float | None, high: float | None, who: str) -> str:
    """A number in words: `killed 3 soldiers`, `wounded at least 5`."""
    if low is not None and high is not None:
        amount = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    elif low is not None:
        amount = f"at least {low:g}"
    else:
        amount = f"up to {high:g}" if high is not None else "some"
    return " ".join(filter(None, (what, amount, who)))


def as_arrow(kind: str, rows: Iterable[Row]) -> "pa.Table":
    """Rows of one kind as an Arrow table."""
    import pyarrow as pa

    return pa.Table.from_batches(arrow_batches(kind, rows), schema=arrow_schema(kind))


def arrow_batches(kind: str, rows: Iterable[Row]) -> Iterator["pa.RecordBatch"]:
    """Rows of one kind as Arrow batches, some thousand rows at a time."""
    import pyarrow as pa

    schema = arrow_schema(kind)
    stream = iter(rows)
    while some := list(islice(stream, BATCH)):
        yield pa.RecordBatch.from_pylist(some, schema=schema)


def arrow_schema(kind: str) -> "pa.Schema":
    """The Arrow types of the rows of one kind."""
    import pyarrow as pa

    types: Mapping[str, Any] = {
        TEXT: pa.string(), NUMBER: pa.float64(), WHOLE: pa.int64(), DAY: pa.date32(), YES: pa.bool_(),
        LIST: pa.list_(pa.string()),
    }  # fmt: skip
    return pa.schema([(column, types[type]) for column, type in COLUMNS[kind].items()])


def _ordered(kind: str, row: Row) -> Row:
    return {column: row[column] for column in COLUMNS[kind]}


def _common(record: Event | Statement | Relation) -> Row:
    return {
        "id": record.id,
        "from": record.period.start,
        "to": record.period.end,
        "known_by": record.known_by,
        "confidence": record.confidence,
        "rule": record.rule,
        "report": record.report,
        "sentence": record.quote.words,
    }


def _parties(record: Event | Incident) -> Row:
    return {
        "actors": names(record.actors),
        "recipients": names(record.recipients),
        "actor_ids": [actor.id for actor in record.actors if actor.id],
        "recipient_ids": [actor.id for actor in record.recipients if actor.id],
    }


def names(actors: Iterable[Actor]) -> list[str]:
    """The names of actors, each once."""
    return list(dict.fromkeys(actor.name for actor in actors))


def _place(place: Place | None) -> Row:
    return {
        "place": place.name if place else None,
        "country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
    }


def _source(source: Attribution | None) -> str | None:
    return source.name if source else None
