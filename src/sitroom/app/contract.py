"""What `sitroom code` prints: one JSON object per event, statement, relation or forecast."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sitroom.errors import UnknownName
from sitroom.vocabulary import (
    Actor,
    Attribution,
    Coded,
    Event,
    Figure,
    Period,
    Place,
    Relation,
    Report,
    Statement,
)

Fields = dict[str, Any]
"""One record as it goes into JSON: strings, numbers, truth values, None, lists and objects of these."""


def event_fields(event: Event, report: Report) -> Fields:
    """An event in the form that scorers read."""
    return {
        "report": report.name,
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "score": event.score,
        "actors": [actor_fields(actor) for actor in event.actors],
        "recipients": [actor_fields(actor) for actor in event.recipients],
        "place": place_fields(event.place),
        "places": [place_fields(place) for place in event.places],
        "date": period_fields(event.period),
        "known_by": day(event.known_by),
        "historical": event.historical,
        "modality": event.modality,
        "attributed_to": attribution_fields(event.attribution),
        "numbers": figures_fields(event.figures),
        **_support(event),
    }


def statement_fields(statement: Statement, report: Report) -> Fields:
    """A statement in the same style; `about` holds ids of events."""
    return {
        "report": report.name,
        "id": statement.id,
        "speaker": attribution_fields(statement.speaker),
        "stance": statement.stance,
        "about": list(statement.about),
        "issue": statement.issue,
        "condition": statement.condition,
        "addressee": actor_fields(statement.addressee) if statement.addressee else None,
        "target": actor_fields(statement.target) if statement.target else None,
        "quoted": statement.quoted,
        "date": period_fields(statement.period),
        "known_by": day(statement.known_by),
        **_support(statement),
    }


def relation_fields(relation: Relation, report: Report) -> Fields:
    """A relation in the same style."""
    return {
        "report": report.name,
        "id": relation.id,
        "subject": actor_fields(relation.subject),
        "relation": relation.relation,
        "object": actor_fields(relation.object) if relation.object else None,
        "place": place_fields(relation.place),
        "date": period_fields(relation.period),
        "known_by": day(relation.known_by),
        "modality": relation.modality,
        "attributed_to": attribution_fields(relation.attribution),
        **_support(relation),
    }


def _support(record: Event | Statement | Relation) -> Fields:
    """What a record rests on, last in each of them."""
    quote = record.quote
    place = {"sentence": quote.words, "start": quote.start, "end": quote.end}
    return {**place, "rule": record.rule, "confidence": record.confidence}


def actor_fields(actor: Actor) -> Fields:
    """An actor; `number` only where the text gives one."""
    fields: Fields = {
        "id": actor.id,
        "name": actor.name,
        "text": actor.text,
        "start": actor.start,
        "end": actor.end,
        "country": actor.country,
        "sector": actor.sector,
    }
    return fields if actor.number is None else fields | {"number": actor.number}


def place_fields(place: Place | None) -> Fields | None:
    """A place, None where there is none."""
    if place is None:
        return None
    return {
        "name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country,
        "admin1": place.admin1,
        "precision": place.precision,
        "role": place.role,
        "text": place.text,
        "start": place.start,
        "end": place.end,
    }


def period_fields(period: Period) -> Fields:
    """A period in ISO days; an open end is None."""
    return {"from": day(period.start), "to": day(period.end), "basis": period.basis}


def attribution_fields(source: Attribution | None) -> Fields | None:
    """Who vouches for it; None for the outlet's own voice."""
    if source is None:
        return None
    return {
        "id": source.id,
        "name": source.name,
        "kind": source.kind,
        "text": source.text,
        "start": source.start,
        "end": source.end,
        "quoted": source.quoted,
    }


def figures_fields(figures: tuple[Figure, ...]) -> Fields:
    """Numbers by what they count; a second number of the same kind gets `killed_2`, and so on."""
    fields: Fields = {}
    for figure in figures:
        name, again = figure.what, 1
        while name in fields:
            again += 1
            name = f"{figure.what}_{again}"  # type: ignore[assignment]
        entry: Fields = {"min": _number(figure.low), "max": _number(figure.high), "who": figure.who}
        fields[name] = entry | {"unit": figure.unit} if figure.unit else entry
    return fields


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def day(value: date | None) -> str | None:
    """An ISO day."""
    return value.isoformat() if value else None


def _events(coded: Coded) -> Iterator[Fields]:
    return (event_fields(event, coded.report) for event in coded.events)


def _statements(coded: Coded) -> Iterator[Fields]:
    return (statement_fields(statement, coded.report) for statement in coded.statements)


def _relations(coded: Coded) -> Iterator[Fields]:
    return (relation_fields(relation, coded.report) for relation in coded.relations)


def _forecasts(coded: Coded) -> Iterator[Fields]:
    return (fields for fields in _statements(coded) if fields["stance"] == "forecasts")


WHAT: dict[str, Callable[[Coded], Iterator[Fields]]] = {
    "events": _events,
    "statements": _statements,
    "relations": _relations,
    "forecasts": _forecasts,
}


def fields_of(coded: Coded, what: str = "events") -> Iterator[Fields]:
    """The records of one coded report, as `what` asks. Raises UnknownName."""
    try:
        return WHAT[what](coded)
    except KeyError:
        raise UnknownName("kind of record", what, known=WHAT) from None
