"""The brief: what a room says, in few lines, each with the sentences it rests on."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sitroom.app import answers
from sitroom.app.brief_acts import HEADING as ACTS
from sitroom.app.brief_acts import TOLD, main_incidents, party_words, weight
from sitroom.app.brief_parts import (
    Brief,
    Citations,
    Drawing,
    Line,
    Material,
    Publisher,
    Record,
    Section,
    Source,
)
from sitroom.app.brief_states import STANDING, agreements, disputes, presences, ties, what_is_new
from sitroom.app.brief_words import forecasts, positions
from sitroom.app.draw import draw_map, draw_network, draw_timeline
from sitroom.app.filters import CatalogueLoader, Filters, select
from sitroom.app.wording import day_words
from sitroom.catalogues import Actors, bundled
from sitroom.catalogues.issues import load_issues
from sitroom.catalogues.outlines import load_outlines
from sitroom.evidence import Selection, View
from sitroom.situation import assess, roll_up
from sitroom.situation.assess import uncollected
from sitroom.vocabulary import Actor, Event, Incident, Place, Report, Situation, Statement

__all__ = ["Brief", "Line", "Section", "Source", "party_words", "weight", "write_brief"]
SURE_TIE = 0.6
MAP = "Map of places named more closely than a country"
NEAR = 9.0
"""Degrees."""


def write_brief(view: View, filters: Filters, load: CatalogueLoader) -> Brief:
    """The brief on what the filters ask for; with `since`, what is new since that day comes first.

    Raises BadInput for an empty window, StoreFault, CatalogueFault.
    """
    material = _gather(view, filters, load)
    shown = [
        what_is_new(material),
        main_incidents(material),
        disputes(material),
        ties(material),
        presences(material),
        agreements(material),
        positions(material),
        forecasts(material),
    ]
    reports = _of_reports(material, filters)
    told = [one for one in material.situation.incidents if material.records(one.events)]
    return Brief(
        title=f"Brief: {filters.about}" if filters.about else "Brief",
        header=_header(view, filters, reports, told, material),
        sections=tuple(section for section in shown if section.lines),
        sources=tuple(material.citations.sources),
        publishers=_publishers(reports.values(), material.statements.values(), material.events.values()),
        drawings=_drawings(material, told),
    )


def _gather(view: View, filters: Filters, load: CatalogueLoader) -> Material:
    """The situation on the day, its evidence, and which of it is asked for."""
    asked, whole = replace(filters, limit=None), Selection(until=filters.as_of)
    with uncollected():
        events = {event.id: event for event in view.events(whole)}
        statements = {statement.id: statement for statement in view.statements(whole)}
        relations = {relation.id: relation for relation in view.relations(whole)}
        kept = {*events, *statements, *relations}
        if select(asked, load) != whole:
            kept = {
                record.id
                for ask in (answers.events, answers.statements, answers.relations)
                for record in ask(view, asked, load)
            }
    actors: Actors = load()
    reports = {report.id: replace(report, text="") for report in view.reports()}
    return Material(
        situation=assess(view, filters.as_of),
        events=events,
        statements=statements,
        relations=relations,
        kept=frozenset(kept),
        persons=frozenset(entry.id for entry in actors if entry.kind == "person"),
        since=filters.since,
        citations=Citations(reports),
        whole=lambda actor: roll_up(actor, actors),
        issues=frozenset(issue.id for issue in load_issues([bundled()])),
        adjectives={
            words.casefold(): entry.country
            for words, bearers in actors.names("demonym", "adjective").items()
            for entry in bearers
            if entry.country
        },
        lands={entry.id: entry.name for entry in actors if entry.id == entry.country},
    )


def _of_reports(material: Material, filters: Filters) -> dict[str, Report]:
    """The reports that the brief speaks of: all, or those with evidence asked for."""
    reports = dict(material.citations.reports)
    if not (filters.about or filters.actor or filters.place or filters.since):
        return reports
    records: list[Record] = [
        *material.events.values(),
        *material.statements.values(),
        *material.relations.values(),
    ]
    wanted = {record.report for record in records if record.id in material.kept}
    return {id: report for id, report in reports.items() if id in wanted}


def _header(
    view: View,
    filters: Filters,
    reports: dict[str, Report],
    incidents: Sequence[Incident],
    material: Material,
) -> tuple[tuple[str, str], ...]:
    periods = [one.period for one in incidents if one.status in TOLD]
    days = [
        day
        for one in periods
        if one.start and one.end and (one.end - one.start).days < 366
        for day in (one.start, one.end)
    ]
    folds = sum(fold.of in reports for fold in view.folds())
    undated = sum(report.published is None for report in reports.values())
    told = f"{len(reports)}"
    told += f", and {folds} near copies of them" if folds else ""
    told += f"; {undated} undated" if undated else ""
    counts = [
        sum(id in material.kept for id in held)
        for held in (material.events, material.statements, material.relations)
    ]
    header = [
        ("Reports", told),
        ("Window", f"{day_words(min(days))} to {day_words(max(days))}" if days else "nothing dated"),
        (
            "Evidence",
            f"{counts[0]} events in {len(incidents)} incidents, {counts[1]} statements, {counts[2]} relations",
        ),
        ("As of", filters.as_of.isoformat() if filters.as_of else ""),
        ("Known by", view.known_by.isoformat() if view.known_by else "everything read so far"),
        ("Since", filters.since.isoformat() if filters.since else ""),
    ]
    return tuple((label, words) for label, words in header if words)


def _publishers(
    reports: Iterable[Report], statements: Iterable[Statement], events: Iterable[Event]
) -> tuple[Publisher, ...]:
    """Publishers by number of reports; how often each tells something on whose word."""
    names = {report.id: report.publisher or "unnamed" for report in reports}
    counted = Counter(names.values())
    word_of: dict[str, Counter[str]] = defaultdict(Counter)
    voices = [(statement.report, statement.speaker) for statement in statements]
    voices += [(event.report, event.attribution) for event in events]
    for report, voice in voices:
        if report in names and voice and voice.id and voice.kind != "media":
            word_of[names[report]][voice.name] += 1
    return tuple(
        Publisher(name, count, _voices(word_of[name]))
        for name, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def _voices(counted: Counter[str]) -> str:
    top = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:4]
    return ", ".join(f"{name} {count}" for name, count in top)


def _drawings(material: Material, told: Sequence[Incident]) -> tuple[Drawing, ...]:
    """The map, the timeline and the network of what is asked for; in the network a body stands as its state."""
    situation: Situation = material.situation
    incidents = [one for one in told if one.status in TOLD]
    present = [
        one
        for one in situation.presences
        if one.status in TOLD
        and _is_body(one.actor, material)
        and one.confidence >= SURE_TIE
        and material.records(one.because)
    ]
    stand = [
        tie
        for tie in situation.ties
        if _is_body(tie.source, material)
        and _is_body(tie.target, material)
        and material.records(tie.because)
        and (tie.confidence >= SURE_TIE or sum(tie.counts))
    ]
    is_near = _near_the_middle(incidents)
    near = [one for one in incidents if is_near(one.place)]
    whole = [
        replace(tie, source=material.whole(tie.source), target=material.whole(tie.target)) for tie in stand
    ]
    drawn = [
        (
            MAP,
            draw_map(near, [one for one in present if is_near(one.place)], load_outlines()),
            near,
            ACTS,
        ),
        ("Timeline", draw_timeline([one for one in incidents if one.actors]), incidents, ACTS),
        (
            "Network",
            draw_network([tie for tie in whole if tie.source.key != tie.target.key]),
            stand,
            STANDING,
        ),
    ]
    return tuple(Drawing(heading, svg, after) for heading, svg, held, after in drawn if held)


def _is_body(actor: Actor, material: Material) -> bool:
    """True for a state, force or group that the catalogue knows, not for a person: a network of all is unreadable."""
    return actor.id is not None and actor.id not in material.persons


def _near_the_middle(incidents: Sequence[Incident]) -> Callable[[Place | None], bool]:
    """What lies within some 1000 km of the middle of what happened, so that one far place does not shrink the map."""
    spots = [one.place for one in incidents if one.place]
    lats = sorted(place.lat for place in spots if place.lat is not None)
    lons = sorted(place.lon for place in spots if place.lon is not None)

    def is_near(place: Place | None) -> bool:
        if place is None or place.precision == "country" or place.lat is None or place.lon is None:
            return False
        return abs(place.lat - lats[len(lats) // 2]) < NEAR and abs(place.lon - lons[len(lons) // 2]) < NEAR

    return is_near if lats and lons else lambda place: False
