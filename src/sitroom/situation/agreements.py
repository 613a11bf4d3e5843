"""Deals: between whom, with whose help, on what terms as quoted, and how their state changed from report to report."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, product

from sitroom.situation.kinship import is_named, principal
from sitroom.situation.mentions import similarity, word_stems
from sitroom.situation.ties import span
from sitroom.situation.words import actor_names
from sitroom.vocabulary import Actor, Agreement, Event, Incident, Quote, Relation, Statement, content_id

DEAL = re.compile(
    r"\b(deals?|agree(?:s|d|ments?)?|accords?|treat(?:y|ies)|pacts?|truces?|cease-?fires?|memorand(?:um|ums|a)s?|understandings?|signed)\b",
    re.IGNORECASE,
)
TRUCE = re.compile(
    r"\b(truce|cease-?fire|de-escalation|disengagement|armistice|demilitari[sz]ed)\b", re.IGNORECASE
)
SIGNED = re.compile(r"\b(signed|ratified|concluded|sealed|reached|brokered)\b", re.IGNORECASE)
TERMS = re.compile(
    r"\b(envisages?|provides?|stipulates?|calls? for|would|will|forces|requires?|includes?|under the (?:deal|agreement|accord))\b",
    re.IGNORECASE,
)
BROKER = re.compile(r"\b(brokered|mediated|hosted|sponsored|guaranteed)\b", re.IGNORECASE)
LOST = re.compile(
    r"\b(this|the|such|these|any)\s+(\w+\s+)?(reports?|deal|agreement|claims?|accord)\b", re.IGNORECASE
)
Acts = Mapping[tuple[str, str], Sequence[Incident]]
ALIKE = 0.3
WATCHED_DAYS = 365
MOST_ACTS = 20


def find_agreements(
    incidents: Sequence[Incident],
    events: Mapping[str, Event],
    statements: Sequence[Statement],
    relations: Iterable[Relation],
    headlines: Mapping[str, int] | None = None,
) -> tuple[Agreement, ...]:
    """Agreements in order of first day and id. One deal told of by several incidents of one group of parties is one.

    `headlines` says where the headline of a report ends: a denial of "this report" is of what the headline tells.
    """
    deals = {id for id, event in events.items() if _is_deal(event) and DEAL.search(event.quote.words)}
    drafts = [
        draft
        for incident in incidents
        if not deals.isdisjoint(incident.events)
        and (draft := _draft(incident, [events[id] for id in incident.events if id in deals]))
    ]
    drafts += [draft for relation in relations if (draft := _from_relation(relation))]
    merged = _merge(drafts)
    by_report: dict[str, list[Statement | Event]] = defaultdict(list)
    wanted = {quote.report for draft in merged for quote in draft.quotes}
    records: Iterable[Statement | Event] = chain(statements, events.values())
    for record in records:
        if record.report in wanted:
            by_report[record.report].append(record)
    acts = _acts_by_party(incidents)
    _lay_denials(merged, by_report, headlines or {})
    found = [_agreement(draft, by_report, acts) for draft in merged]
    found.sort(key=lambda one: (one.period.start or one.period.end or date.max, one.id))
    return tuple(found)


class _Draft:
    """A deal while its evidence is gathered."""

    def __init__(self, parties: Iterable[Actor], brokers: Iterable[Actor]) -> None:
        self.parties = {actor.key: actor for actor in parties}
        self.brokers = {actor.key: actor for actor in brokers}
        self.quotes: list[Quote] = []
        self.history: list[tuple[date | None, str, str]] = []
        self.incidents: list[Incident] = []
        self.confidence: list[float] = []
        self._stems: set[str] = set()
        self._stemmed = self._dated = 0
        self._first, self._last = date.max, date.min

    def absorb(self, other: "_Draft") -> None:
        """Take over what another draft of the same deal holds."""
        self.quotes += other.quotes
        self.history += other.history
        self.incidents += other.incidents
        self.confidence += other.confidence
        self.parties = other.parties | self.parties
        self.brokers = other.brokers | self.brokers

    @property
    def sides(self) -> frozenset[str]:
        return frozenset(principal(actor) for actor in self.parties.values())

    @property
    def stems(self) -> set[str]:
        """The words of its quotes; those that came since the last look are added."""
        self._stems.update(*(word_stems(quote.words) for quote in self.quotes[self._stemmed :]))
        self._stemmed = len(self.quotes)
        return self._stems

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of its history so far; the first after the last where none is known."""
        days = [day for day, _, _ in self.history[self._dated :] if day]
        self._dated = len(self.history)
        self._first, self._last = min([self._first, *days]), max([self._last, *days])
        return self._first, self._last


def _draft(incident: Incident, told: Sequence[Event]) -> _Draft | None:
    """A deal where two sides or more agree, or sign, by those of the events of an incident that speak of one."""
    doers = [actor for event in told for actor in event.actors if is_named(actor)]
    others = [actor for event in told for actor in event.recipients if is_named(actor)]
    brokered = any(BROKER.search(event.quote.words) for event in told)
    if len({principal(actor) for actor in doers}) > 1:
        others = []
    broker = doers if brokered and others else []
    draft = _Draft([*doers, *others], broker)
    if len(draft.sides) < 2 or all(
        event.type == "SUPPORT" and not SIGNED.search(event.quote.words) for event in told
    ):
        return None
    for event in told:
        draft.quotes.append(event.quote)
        draft.history.append((event.known_by or event.period.start, _state(event), event.id))
        draft.confidence.append(event.confidence)
    draft.incidents.append(incident)
    return draft


def _is_deal(event: Event) -> bool:
    """Agreeing, signing, a truce; also to agree that others shall leave, which is coded as what is given way to."""
    return event.type in ("AGREE", "SUPPORT") or event.mode == "ceasefire" or event.rule.endswith("+agree")


def _state(event: Event) -> str:
    if event.modality == "denied":
        return "denied"
    if event.modality == "hypothetical":
        return "hypothetical"
    if event.modality == "planned-or-possible":
        return "proposed"
    if event.mode == "ceasefire":
        return "in force"
    return "signed" if SIGNED.search(event.quote.words) else "reported"


def _from_relation(relation: Relation) -> _Draft | None:
    if relation.relation not in ("party-to", "coordinates-with") or not DEAL.search(relation.quote.words):
        return None
    draft = _Draft([actor for actor in (relation.subject, relation.object) if actor], [])
    if len(draft.sides) < 2:
        return None
    draft.quotes.append(relation.quote)
    state = "denied" if relation.modality == "denied" else "reported"
    draft.history.append((relation.known_by, state, relation.id))
    draft.confidence.append(relation.confidence)
    return draft


def _merge(drafts: list[_Draft]) -> list[_Draft]:
    """Put together deals of one set of sides that tell of the same thing, the earlier known first."""
    drafts.sort(key=lambda one: min((day or date.max, id) for day, _, id in one.history))
    by_sides: dict[frozenset[str], list[_Draft]] = defaultdict(list)
    for draft in drafts:
        for known in by_sides[draft.sides][-20:]:
            if _near(known, draft) and similarity(known.stems, draft.stems) >= ALIKE:
                known.absorb(draft)
                break
        else:
            by_sides[draft.sides].append(draft)
    return [draft for sides in sorted(by_sides, key=sorted) for draft in by_sides[sides]]


def _near(one: _Draft, other: _Draft) -> bool:
    (start, end), (first, last) = one.days, other.days
    return max(end, last) - min(start, first) <= timedelta(days=WATCHED_DAYS)


def _acts_by_party(incidents: Iterable[Incident]) -> Acts:
    """What may observe or break a deal: attacks by side and side that is hit, withdrawals by side, in order of time."""
    found: dict[tuple[str, str], list[Incident]] = defaultdict(list)
    for incident in incidents:
        if incident.status not in ("reported", "claimed", "confirmed") or not incident.period.start:
            continue
        if incident.type not in ("ASSAULT", "RETREAT"):
            continue
        hit = {principal(actor) for actor in incident.recipients if is_named(actor)}
        for side in {principal(actor) for actor in incident.actors if is_named(actor)}:
            for other in hit if incident.type == "ASSAULT" else ("",):
                found[side, other].append(incident)
    return found


def _agreement(
    draft: _Draft,
    by_report: Mapping[str, Sequence[Statement | Event]],
    acts: Acts,
) -> Agreement:
    history, terms = (
        list(draft.history),
        {(quote.report, quote.start, quote.end): quote for quote in draft.quotes},
    )
    for report in sorted({quote.report for quote in draft.quotes}):
        for record in sorted(by_report.get(report, ()), key=lambda one: one.id):
            if DEAL.search(record.quote.words) and TERMS.search(record.quote.words) and _of_it(record, draft):
                terms[record.quote.report, record.quote.start, record.quote.end] = record.quote
    history += _borne_out(draft, acts)
    history.sort(key=lambda one: (one[0] or date.max, one[2], one[1]))
    parties = _parties(draft)
    brokers = tuple(draft.brokers[key] for key in sorted(draft.brokers))
    because = tuple(sorted({id for _, _, id in history}))
    doubt = 1.0
    for confidence in sorted(draft.confidence):
        doubt *= 1.0 - confidence
    place = min(
        (one.place for one in draft.incidents if one.place),
        key=lambda one: (one.role == "about", one.name),
        default=None,
    )
    periods = [one.period for one in draft.incidents]
    period = span(periods) if periods else span([])
    subject = f"{actor_names(parties)}: {_subject(draft)}"
    return Agreement(
        content_id("agreement", *because), parties, brokers, tuple(terms[key] for key in sorted(terms)), place, period,
        _now(history), tuple(dict.fromkeys(history)), because, round(1.0 - doubt, 4), subject,
    )  # fmt: skip


def _parties(draft: _Draft) -> tuple[Actor, ...]:
    """The parties without brokers who are none; a minister who signs is not named beside the state for which he signs."""
    states = {key for key in draft.parties if key == principal(draft.parties[key])}
    return tuple(
        actor
        for key, actor in sorted(draft.parties.items())
        if (key not in draft.brokers or len(draft.sides) <= 2)
        and (key in states or principal(actor) not in states)
    )


def _lay_denials(
    drafts: Sequence[_Draft],
    by_report: Mapping[str, Sequence[Statement | Event]],
    headlines: Mapping[str, int],
) -> None:
    """Add denials to the deals they are of; one of "this report" to the headline's deal, else to the last one before it."""
    first_told: dict[str, dict[int, int]] = defaultdict(dict)  # by report and draft
    told_by: dict[str, set[int]] = defaultdict(set)
    for place, draft in enumerate(drafts):
        for quote in draft.quotes:
            here = first_told[quote.report]
            here[place] = min(quote.start, here.get(place, quote.start))
        for _, _, id in draft.history:
            told_by[id].add(place)
    for report, records in by_report.items():
        here = first_told[report]
        for record in records:
            if isinstance(record, Statement) and record.stance == "denies":
                meant = set[int]().union(*(told_by.get(id, ()) for id in record.about)) & here.keys()
                if not meant and LOST.search(record.issue):
                    meant = _meant(here, record, headlines.get(report, 0))
                for place in meant:
                    drafts[place].history.append((record.known_by, "denied", record.id))


def _meant(first_told: Mapping[int, int], denial: Statement, headline: int) -> set[int]:
    headed = {place for place, start in first_told.items() if start < headline}
    before = [(start, place) for place, start in first_told.items() if start < denial.quote.start]
    return headed or {place for _, place in sorted(before)[-1:]}


def _of_it(record: Statement | Event, draft: _Draft) -> bool:
    """Terms in the same report that speak of the same parties or things."""
    names = [actor.name.lower() for actor in draft.parties.values()]
    words = record.quote.words.lower()
    return similarity(word_stems(words), draft.stems) >= ALIKE or any(name in words for name in names)


def _borne_out(draft: _Draft, acts: Acts) -> list[tuple[date | None, str, str]]:
    """Acts after it: attacks between the parties of a truce break it, withdrawals by a party bear it out."""
    days = [one.period.start for one in draft.incidents if one.period.start]
    if not days or not any(TRUCE.search(quote.words) for quote in draft.quotes):
        return []
    first = min(days)
    last = first + timedelta(days=WATCHED_DAYS)
    found: set[tuple[date | None, str, str]] = set()
    for side, other in product(draft.sides, {"", *draft.sides}):
        told = acts.get((side, other), ()) if side != other else ()
        begin = bisect_right(told, first, key=_begun)
        for act in told[begin : begin + MOST_ACTS]:
            if _begun(act) <= last:
                found.add((_begun(act), "violated" if other else "observed", act.id))
    return sorted(found, key=lambda one: (one[0] or date.max, one[2]))[:MOST_ACTS]


def _begun(incident: Incident) -> date:
    """The day by which acts are in order."""
    return incident.period.start or date.max


def _now(history: Sequence[tuple[date | None, str, str]]) -> str:
    """The state on the day: the last one told; contested where the same reports both tell and deny it."""
    states = [state for _, state, _ in history]
    if "denied" in states and any(state not in ("denied", "proposed", "hypothetical") for state in states):
        return "contested"
    return states[-1]


def _subject(draft: _Draft) -> str:
    """What it is about, in the words of the quote that speaks of it first."""
    words = min(draft.quotes, key=lambda quote: (quote.start, quote.report)).words
    found = DEAL.search(words)
    begin = found.start() if found else 0
    return " ".join(words[begin:].split()[:12])
