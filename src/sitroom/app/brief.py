"""The brief: what a room says, in few lines, each with the sentences it rests on."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sitroom.app import answers
from sitroom.app.filters import CatalogueLoader, Filters
from sitroom.app.tables import names
from sitroom.app.wording import act_words, day_words, period_words
from sitroom.evidence import View
from sitroom.vocabulary import Actor, Event, Incident, Place, Quote, Report, Statement

HALF_LIFE_DAYS = 180.0
MAIN, DISPUTES, SAID, PAIRS, CITED = 12, 6, 8, 10, 3
SURE = 0.5
SAME_REPORT = 0.8
"""What each line from a report takes off the weight of the next from it, so that one report does not fill the page."""
TOLD = ("reported", "claimed", "confirmed", "contested")
FOREWARNING = ("forecasts", "warns", "demands", "refuses", "offers", "wants")


@dataclass(frozen=True, slots=True)
class Source:
    """One numbered sentence that lines rest on."""

    number: int
    evidence: str
    words: str
    report: str
    title: str
    publisher: str
    day: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the brief: a lead in sitroom's words, the words of a report, and the numbers of its sources."""

    lead: str
    words: str
    cites: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading; `about` says in a sentence how they were chosen."""

    heading: str
    about: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What a room says by a day. `str()` is Markdown."""

    title: str
    header: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    publishers: tuple[tuple[str, int], ...] = ()

    def __str__(self) -> str:
        from sitroom.app.rendering import as_markdown

        return as_markdown(self)


@dataclass(slots=True)
class _Citations:
    """Numbers the sentences in the order in which they are first cited."""

    reports: dict[str, Report]
    numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)

    def cite(self, records: Iterable[Event | Statement]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self._number(record.id, record.quote) for record in list(records)[:CITED]))

    def _number(self, id: str, quote: Quote) -> int:
        key = (quote.report, quote.start, quote.end)
        if key not in self.numbers:
            self.numbers[key] = len(self.sources) + 1
            report = self.reports[quote.report]
            day = period_words(report.published) if report.published else "undated"
            if report.published_basis == "inferred":
                day += " (inferred)"
            words = " ".join(quote.words.split())
            title = report.title or report.name
            self.sources.append(
                Source(self.numbers[key], id, words, report.id, title, report.publisher, day, report.url)
            )
        return self.numbers[key]


def write_brief(view: View, filters: Filters, load: CatalogueLoader) -> Brief:
    """The brief on what the filters ask for: main incidents, disputes, what was said, who acts on whom, sources."""
    asked = replace(filters, limit=None)
    events = {event.id: event for event in answers.events(view, asked, load)}
    statements = list(answers.statements(view, asked, load))
    wanted = {event.report for event in events.values()} | {statement.report for statement in statements}
    reports = {
        report.id: replace(report, text="")
        for report in view.reports()
        if report.id in wanted or not (filters.about or filters.actor or filters.place)
    }
    incidents = answers.tell_incidents(view, events.values())
    citations = _Citations(reports)
    used: set[str] = set()
    sections = [
        _main(incidents, events, citations, used, filters.as_of),
        _disputes(incidents, events, statements, citations, used),
        _said(statements, citations, used),
        _pairs(incidents, events, citations),
    ]
    publishers = Counter(report.publisher or "unnamed" for report in reports.values())
    return Brief(
        title=f"Brief: {filters.about}" if filters.about else "Brief",
        header=_header(view, filters, reports, incidents, len(events), len(statements)),
        sections=tuple(section for section in sections if section.lines),
        sources=tuple(citations.sources),
        publishers=tuple(sorted(publishers.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _header(
    view: View,
    filters: Filters,
    reports: dict[str, Report],
    incidents: Sequence[Incident],
    events: int,
    statements: int,
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
    window = f"{day_words(min(days))} to {day_words(max(days))}" if days else "nothing dated"
    header = [
        ("Reports", told),
        ("Window", window),
        ("Evidence", f"{events} events in {len(incidents)} incidents, {statements} statements"),
        ("As of", filters.as_of.isoformat() if filters.as_of else ""),
        ("Known by", view.known_by.isoformat() if view.known_by else "everything read so far"),
        ("Since", filters.since.isoformat() if filters.since else ""),
    ]
    return tuple((label, words) for label, words in header if words)


def weight(incident: Incident, confidence: float, today: date | None) -> float:
    """How much an incident matters: |PLOVER score| x independent reports x confidence, halved every 180 days."""
    last = incident.period.end or incident.period.start
    age = max(0, (today - last).days) if today and last else HALF_LIFE_DAYS
    recency = 0.5 ** (age / HALF_LIFE_DAYS)
    return float((1 + abs(incident.score)) * incident.independent * confidence * (0.5 + recency))


def _main(
    incidents: Sequence[Incident],
    events: dict[str, Event],
    citations: _Citations,
    used: set[str],
    as_of: date | None,
) -> Section:
    """The incidents of most weight, in order of time; one line per sentence."""
    days = [one.period.end for one in incidents if one.period.end]
    today = as_of or max(days, default=None)
    ranked: list[tuple[float, Incident, list[Event]]] = []
    for incident in incidents:
        told = _told(incident, events)
        sure = max(event.confidence for event in told)
        if incident.status in TOLD and sure >= SURE and told[0].actors and incident.type != "CONSULT":
            ranked.append((weight(incident, sure, today), incident, told))
    chosen: list[tuple[Incident, list[Event]]] = []
    given: Counter[str] = Counter()
    while ranked and len(chosen) < MAIN:
        best = max(ranked, key=lambda one: (one[0] * SAME_REPORT ** given[one[2][0].report], one[1].id))
        ranked.remove(best)
        _, incident, told = best
        if told[0].quote.words not in used:
            used.add(told[0].quote.words)
            given[told[0].report] += 1
            chosen.append((incident, told))
    chosen.sort(key=lambda pair: (pair[0].period.end or date.max, pair[0].id))
    lines = tuple(
        Line(
            incident_lead(incident, told[0]),
            _flat(told[0].quote.words),
            citations.cite(told),
            _independence(incident),
        )
        for incident, told in chosen
    )
    return Section("Main incidents", "The weightiest, in order of time; the words are the report's.", lines)


def _told(incident: Incident, events: dict[str, Event]) -> list[Event]:
    """The events of an incident: those that assert it first, the surest first, one report after the other."""
    told = [events[id] for id in incident.events if id in events]
    return sorted(told, key=lambda event: (event.modality != "asserted", -event.confidence, event.id))


def incident_lead(incident: Incident, event: Event) -> str:
    """When, who, what, whom, where: as the event tells it whose sentence is shown, so that lead and words agree."""
    parts = [
        period_words(incident.period),
        party_words(event.actors, event.recipients, act_words(event.type, event.mode)),
        place_words(event.place or incident.place),
    ]
    return " · ".join(part for part in parts if part)


def party_words(actors: tuple[Actor, ...], recipients: tuple[Actor, ...], act: str) -> str:
    """`Israel → Syria: assault, aerial`, or `Iran, Russia: agree` where nobody receives."""
    left = ", ".join(names(actors)) or "somebody unnamed"
    right = ", ".join(names(recipients))
    return f"{left} → {right}: {act}" if right else f"{left}: {act}"


def place_words(place: Place | None) -> str:
    """A place with its region or country."""
    if place is None:
        return ""
    return ", ".join(dict.fromkeys(part for part in (place.name, place.country) if part))


def _independence(incident: Incident) -> str:
    status = "" if incident.status == "reported" else incident.status
    several = f"{incident.independent} reports" if incident.independent > 1 else ""
    return ", ".join(part for part in (status, several) if part)


def _disputes(
    incidents: Sequence[Incident],
    events: dict[str, Event],
    statements: Sequence[Statement],
    citations: _Citations,
    used: set[str],
) -> Section:
    """Denials, doubts and incidents on which the reports differ."""
    lines: list[Line] = []
    for incident in incidents:
        if incident.status in ("contested", "denied") and len(lines) < DISPUTES:
            denials = [event for event in _told(incident, events) if event.modality == "denied"]
            for denial in denials[:1]:
                if denial.quote.words not in used:
                    used.add(denial.quote.words)
                    told = [denial, *(event for event in _told(incident, events) if event is not denial)]
                    lines.append(
                        Line(
                            incident_lead(incident, denial),
                            _flat(denial.quote.words),
                            citations.cite(told),
                            incident.status,
                        )
                    )
    for statement in _newest(statements):
        if (
            statement.stance in ("denies", "doubts")
            and len(lines) < DISPUTES
            and statement.quote.words not in used
        ):
            used.add(statement.quote.words)
            told_of = [events[id] for id in statement.about if id in events]
            lines.append(_statement_line(statement, citations.cite([statement, *told_of])))
    return Section(
        "Denied and disputed", "What somebody denies, or the reports tell differently.", tuple(lines)
    )


def _said(statements: Sequence[Statement], citations: _Citations, used: set[str]) -> Section:
    """Forecasts, warnings, demands and offers by named people; the newest first, at most two by one person."""
    lines: list[Line] = []
    by: Counter[str] = Counter()
    for stance in FOREWARNING:
        for statement in _newest(statements):
            speaker = statement.speaker
            if statement.stance != stance or speaker is None or speaker.kind in ("anonymous", "media"):
                continue
            if len(lines) >= SAID or by[speaker.name] >= 2 or statement.quote.words in used:
                continue
            by[speaker.name] += 1
            used.add(statement.quote.words)
            lines.append(_statement_line(statement, citations.cite([statement])))
    about = "Forecasts, warnings, demands and offers by people with a name: their view, not a fact."
    return Section("Said and expected", about, tuple(lines))


def _newest(statements: Sequence[Statement]) -> list[Statement]:
    return sorted(
        statements, key=lambda one: (-(one.known_by or date.min).toordinal(), -one.confidence, one.id)
    )


def _statement_line(statement: Statement, cites: tuple[int, ...]) -> Line:
    speaker = statement.speaker.name if statement.speaker else "the report"
    whom = f" ({statement.target.name})" if statement.target else ""
    when = day_words(statement.known_by) if statement.known_by else ""
    lead = " · ".join(part for part in (when, f"{speaker} {statement.stance}{whom}") if part)
    return Line(
        lead, _flat(statement.quote.words), cites, f"if {statement.condition}" if statement.condition else ""
    )


def _pairs(incidents: Sequence[Incident], events: dict[str, Event], citations: _Citations) -> Section:
    """Who acts on whom, by number of incidents."""
    pairs: dict[tuple[str, str], list[Incident]] = defaultdict(list)
    shown: dict[str, str] = {}
    for incident in incidents:
        if incident.status not in TOLD:
            continue
        for actor in incident.actors:
            for recipient in incident.recipients:
                if actor.key != recipient.key:
                    shown[actor.key], shown[recipient.key] = actor.name, recipient.name
                    pairs[actor.key, recipient.key].append(incident)
    ranked = sorted(pairs.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    lines = []
    for (left, right), together in ranked[:PAIRS]:
        acts = Counter(act_words(incident.type, None) for incident in together)
        counted = ", ".join(
            f"{act} {count}" for act, count in sorted(acts.items(), key=lambda one: (-one[1], one[0]))
        )
        told = [_told(incident, events)[0] for incident in together]
        lines.append(Line(f"{shown[left]} → {shown[right]}", counted, citations.cite(told)))
    about = f"Incidents by pair and act; up to {CITED} sentences each."
    return Section("Who acts on whom", about, tuple(lines))


def _flat(words: str) -> str:
    return " ".join(words.split())
