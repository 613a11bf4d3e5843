"""How the frozen records of the vocabulary become rows and come back: JSON of the whole, and flat columns to select by."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, TypeVar

from anyascii import anyascii
from pydantic import TypeAdapter

from sitroom.vocabulary import Actor, Attribution, Event, Judgement, Place, Relation, Report, Statement

Row = dict[str, Any]
T = TypeVar("T")


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """The validator and serialiser of a record type."""
    return TypeAdapter(kind)


def pack(record: object) -> str:
    """The whole record as JSON."""
    kind: Any = type(record)
    return adapter(kind).dump_json(record).decode()


def unpack(kind: type[T], bodies: Iterable[str]) -> list[T]:
    """Records from the JSON that `pack` wrote."""
    many: Any = list[kind]  # type: ignore[valid-type]
    found: list[T] = adapter(many).validate_json("[" + ",".join(bodies) + "]")
    return found


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """A name without accents, case, hyphens and apostrophes, so that `Deir ez-Zor` and `Deir Ezzor` can meet."""
    return re.sub(r"[^a-z0-9]+", "", anyascii(name).lower())


def actor_keys(actors: Iterable[Actor | None]) -> list[str]:
    """What actors can be selected by: their key, their name in lower case, and country/sector."""
    keys: dict[str, None] = {}
    for actor in actors:
        if actor is None:
            continue
        keys[actor.key] = None
        keys[actor.name.lower()] = None
        if actor.country and actor.sector:
            keys[f"{actor.country}/{actor.sector}"] = None
    return list(keys)


def place_keys(places: Iterable[Place | None]) -> list[str]:
    """What places can be selected by: folded name and region, id, country."""
    keys: dict[str, None] = {}
    for place in places:
        if place is None:
            continue
        for name in (place.name, place.admin1, place.text):
            if name:
                keys[fold(name)] = None
        for code in (place.id, place.country):
            if code:
                keys[code] = None
    return list(keys)


def speaker_keys(speaker: Attribution | None) -> list[str]:
    """What a speaker can be selected by."""
    if speaker is None:
        return []
    return list(dict.fromkeys(key for key in (speaker.id, speaker.name.lower()) if key))


def report_row(report: Report, note: str) -> Row:
    """The row of a report."""
    published = report.published
    return {
        "id": report.id,
        "name": report.name,
        "title": report.title,
        "publisher": report.publisher,
        "url": report.url,
        "published_from": published.start if published else None,
        "published_to": published.end if published else None,
        "published_basis": report.published_basis,
        "language": report.language,
        "known_by": report.known_by,
        "note": note,
        "body": pack(report),
    }


def _place_columns(place: Place | None) -> Row:
    return {
        "place": place.name if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
    }


def _common(record: Event | Statement | Relation, position: int) -> Row:
    return {
        "id": record.id,
        "report": record.report,
        "position": position,
        "known_by": record.known_by,
        "period_from": record.period.start,
        "period_to": record.period.end,
        "rule": record.rule,
        "confidence": record.confidence,
        "body": pack(record),
    }


def event_row(event: Event, position: int) -> Row:
    """The row of an event."""
    return _common(event, position) | {
        "label": event.type,
        "mode": event.mode,
        "score": event.score,
        "historical": event.historical,
        "modality": event.modality,
        "actor_keys": actor_keys(event.actors),
        "recipient_keys": actor_keys(event.recipients),
        "place_keys": place_keys((event.place, *event.places)),
        **_place_columns(event.place),
        "attributed_to": event.attribution.name if event.attribution else None,
    }


def statement_row(statement: Statement, position: int) -> Row:
    """The row of a statement: who speaks is the actor, who is addressed or of whom it is demanded the recipient."""
    return _common(statement, position) | {
        "label": statement.stance,
        "mode": None,
        "score": None,
        "historical": False,
        "modality": None,
        "actor_keys": speaker_keys(statement.speaker),
        "recipient_keys": actor_keys((statement.addressee, statement.target)),
        "place_keys": [],
        **_place_columns(None),
        "attributed_to": statement.speaker.name if statement.speaker else None,
    }


def relation_row(relation: Relation, position: int) -> Row:
    """The row of a relation."""
    return _common(relation, position) | {
        "label": relation.relation,
        "mode": None,
        "score": None,
        "historical": False,
        "modality": relation.modality,
        "actor_keys": actor_keys((relation.subject,)),
        "recipient_keys": actor_keys((relation.object,)),
        "place_keys": place_keys((relation.place,)),
        **_place_columns(relation.place),
        "attributed_to": relation.attribution.name if relation.attribution else None,
    }


def judgement_row(judgement: Judgement) -> Row:
    """The row of a judgement."""
    return {
        "id": judgement.id,
        "about": list(judgement.about),
        "verdict": judgement.verdict,
        "decided": judgement.at.isoformat(),
        "body": pack(judgement),
    }
