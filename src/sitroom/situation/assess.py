"""The situation on a day, made out of what a view holds: always from the evidence, never stored as truth."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache

from sitroom.catalogues import bundled
from sitroom.catalogues.issues import Issue, load_issues
from sitroom.evidence import Selection, View
from sitroom.situation.agreements import find_agreements
from sitroom.situation.contradictions import sift_contradictions
from sitroom.situation.grounds import Findings, headline_end
from sitroom.situation.incidents import find_incidents
from sitroom.situation.mentions import Shelf
from sitroom.situation.positions import find_positions
from sitroom.situation.presence import find_presences
from sitroom.situation.ties import Merge, as_named, find_ties
from sitroom.vocabulary import Actor, Event, Relation, Situation


def assess(
    view: View, on: date | None = None, *, issues: Sequence[Issue] | None = None, merge: Merge = as_named
) -> Situation:
    """The situation by the end of day `on` (None: all that the view holds), as known by the view's own day.

    The same evidence gives the same situation, in whatever order it was read. `issues` is the issue list (default: the
    bundled one); `merge` maps actors to what ties are counted for (`roll_up`). Raises CatalogueFault, StoreFault.
    """
    with uncollected():
        return _assess(view, on, _bundled() if issues is None else issues, merge)


def _assess(view: View, on: date | None, issues: Sequence[Issue], merge: Merge) -> Situation:
    selection = Selection(until=on)
    shelf = Shelf()
    events = {
        event.id: event for event in sorted(map(shelf.event, view.events(selection)), key=lambda one: one.id)
    }
    statements = sorted(map(shelf.statement, view.statements(selection)), key=lambda one: one.id)
    relations = sorted(map(shelf.relation, view.relations(selection)), key=lambda one: one.id)
    publishers: dict[str, str] = {}
    headlines: dict[str, int] = {}
    for report in view.reports():
        publishers[report.id] = report.publisher
        if end := headline_end(report.text):
            headlines[report.id] = end
    incidents = find_incidents(events.values(), view.judgements(), statements, publishers)
    ties = find_ties(relations, incidents, on or view.known_by, merge)
    found = Findings(events, statements, relations, incidents, ties, headlines)
    contradictions, left_out = sift_contradictions(found)
    return Situation(
        on=on,
        known_by=view.known_by,
        incidents=incidents,
        ties=ties,
        presences=find_presences(relations, incidents, events),
        agreements=find_agreements(incidents, events, statements, relations, headlines),
        positions=find_positions(
            statements,
            events.values(),
            issues,
            named(events.values(), relations),
        ),
        contradictions=contradictions,
        left_out=left_out,
    )


@contextmanager
def uncollected() -> Iterator[None]:
    """Put off garbage collection: millions of records are made and none lies in a cycle, so looking for them is in vain."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@cache
def _bundled() -> tuple[Issue, ...]:
    return load_issues([bundled()])


def named(events: Iterable[Event], relations: Iterable[Relation]) -> dict[str, Actor]:
    """Actors by id, as the evidence has them; a speaker's country is looked up here."""
    known: dict[str, Actor] = {}
    for event in events:
        for actor in (*event.actors, *event.recipients):
            if actor.id and actor.id not in known:
                known[actor.id] = actor
    for relation in relations:
        for one in (relation.subject, relation.object):
            if one and one.id:
                known.setdefault(one.id, one)
    return known
