"""What the faces may ask of a room: every answer here is plain records, and leads back to sentences."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from sitroom.app.filters import CatalogueLoader, Filters, select
from sitroom.app.tables import Row, event_row, incident_row, relation_row, report_row, statement_row
from sitroom.catalogues import load_acts
from sitroom.errors import UnknownName
from sitroom.evidence import View
from sitroom.situation import find_incidents
from sitroom.situation.assess import uncollected
from sitroom.vocabulary import Actor, Event, Incident, Relation, Statement
from sitroom.vocabulary.evidence import Stance


def events(view: View, filters: Filters, load: CatalogueLoader) -> Iterator[Event]:
    """The events asked for. `about` is an actor on either side, else a place. Raises UnknownName for an act."""
    if filters.act:
        root, _, mode = filters.act.partition("/")
        load_acts().check(root.upper(), mode.lower() or None)
    return _about(view.events, filters, load)


def statements(view: View, filters: Filters, load: CatalogueLoader) -> Iterator[Statement]:
    """The statements asked for: `actor` speaks, `recipient` is addressed or called upon, `act` is a stance.

    Raises UnknownName for a stance.
    """
    if filters.act and filters.act.lower() not in get_args(Stance):
        raise UnknownName("stance", filters.act, known=get_args(Stance))
    return _about(view.statements, filters, load)


def relations(view: View, filters: Filters, load: CatalogueLoader) -> Iterator[Relation]:
    """The relations asked for: `actor` is the subject, `recipient` the object, `act` the name of the relation."""
    return _about(view.relations, filters, load)


def incidents(view: View, filters: Filters, load: CatalogueLoader) -> Iterator[Incident]:
    """The incidents told by the events asked for."""
    found = tell_incidents(view, events(view, replace(filters, limit=None), load))
    return iter(found if filters.limit is None else found[: filters.limit])


def tell_incidents(view: View, told: Iterable[Event]) -> tuple[Incident, ...]:
    """The incidents that events tell, with what analysts decided, what was said about them, and who published it."""
    with uncollected():
        return find_incidents(told, view.judgements(), view.statements(), view.publishers())


def _about(ask: Any, filters: Filters, load: CatalogueLoader) -> Iterator[Any]:
    """Ask with the selection; where `about` names no actor of the evidence, it is taken for a place."""
    found = ask(select(filters, load))
    if not filters.about or filters.place:
        return iter(found)
    first = next(found, None)
    if first is None:
        return iter(ask(select(replace(filters, about=None, place=filters.about), load)))
    return _put_back(first, found)


def _put_back(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from rest


def reports(view: View, filters: Filters) -> Iterator[Row]:
    """The reports with what they are copies of and why nothing was coded from them, as rows."""
    copies = {fold.report: fold.of for fold in view.folds()}
    notes = dict(view.uncoded())
    left = filters.limit
    for report in view.reports(reprints=True):
        if left is not None and left <= 0:
            return
        published = report.published
        if filters.since and not (published and published.end and published.end >= filters.since):
            continue
        if filters.until and not (published and published.start and published.start <= filters.until):
            continue
        left = None if left is None else left - 1
        yield report_row(report, copies.get(report.id), notes.get(report.id, ""))


def actors(view: View, filters: Filters, load: CatalogueLoader) -> list[Row]:
    """Who acts, is acted upon, speaks or stands in a relation, with counts: the busiest first."""
    seen: dict[str, Row] = {}
    keys: dict[str, str] = {}

    def count(actor: Actor | None, what: str, day: date | None) -> None:
        if actor is None:
            return
        empty = {"acts": 0, "received": 0, "says": 0, "relations": 0, "first": None, "last": None}
        whole = {"name": actor.name, "id": actor.id, "country": actor.country, "sector": actor.sector}
        key = keys.setdefault(actor.name.lower(), actor.key)
        row = seen.setdefault(key, whole | empty)
        row[what] += 1
        _widen(row, day)

    unlimited = _unlimited(filters)
    for event in events(view, unlimited, load):
        day = event.period.start or event.known_by
        for actor in event.actors:
            count(actor, "acts", day)
        for actor in event.recipients:
            count(actor, "received", day)
    for statement in statements(view, unlimited, load):
        if statement.speaker:
            count(Actor(statement.speaker.name, statement.speaker.id), "says", statement.known_by)
    for relation in relations(view, unlimited, load):
        count(relation.subject, "relations", relation.known_by)
        count(relation.object, "relations", relation.known_by)
    weight = {
        key: sum(row[what] for what in ("acts", "received", "says", "relations")) for key, row in seen.items()
    }
    ordered = sorted(seen, key=lambda key: (-weight[key], key))
    return [seen[key] for key in ordered][: filters.limit]


def places(view: View, filters: Filters, load: CatalogueLoader) -> list[Row]:
    """Where things happened, with counts: the busiest first."""
    seen: dict[str, Row] = {}
    for event in events(view, _unlimited(filters), load):
        place = event.place
        if place is None:
            continue
        whole = {
            "name": place.name, "id": place.id, "country": place.country, "admin1": place.admin1,
            "precision": place.precision, "lat": place.lat, "lon": place.lon,
        }  # fmt: skip
        key = place.id or f"{place.country}/{place.name.lower()}"
        row = seen.setdefault(key, whole | {"events": 0, "first": None, "last": None})
        row["events"] += 1
        _widen(row, event.period.start or event.known_by)
    ordered = sorted(seen, key=lambda key: (-seen[key]["events"], key))
    return [seen[key] for key in ordered][: filters.limit]


def _unlimited(filters: Filters) -> Filters:
    return replace(filters, limit=None)


def _widen(row: Row, day: date | None) -> None:
    if day is not None:
        row["first"] = min(row["first"] or day, day)
        row["last"] = max(row["last"] or day, day)


def rows(kind: str, view: View, filters: Filters, load: CatalogueLoader) -> Iterator[Row]:
    """The answer of one kind as flat rows. Raises UnknownName."""
    tables: dict[str, Callable[[], Iterator[Row]]] = {
        "events": lambda: map(event_row, events(view, filters, load)),
        "statements": lambda: map(statement_row, statements(view, filters, load)),
        "relations": lambda: map(relation_row, relations(view, filters, load)),
        "incidents": lambda: map(incident_row, incidents(view, filters, load)),
        "reports": lambda: reports(view, filters),
        "actors": lambda: iter(actors(view, filters, load)),
        "places": lambda: iter(places(view, filters, load)),
    }
    try:
        return tables[kind]()
    except KeyError:
        raise UnknownName("kind of record", kind, known=tables) from None
