"""Deals: between whom, with whose help, on what terms as quoted, and how their state changed from report to report."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, product

from sitroom.situation.deals import DEAL, NOUN, Draft, draft_deals, names_of, year_of
from sitroom.situation.kinship import is_named, principal
from sitroom.situation.mentions import similarity, word_stems
from sitroom.situation.ties import span
from sitroom.situation.words import actor_names
from sitroom.vocabulary import Actor, Agreement, Event, Incident, Period, Relation, Statement, content_id

TRUCE = re.compile(
    r"\b(truce|cease-?fire|de-escalation|disengagement|armistice|demilitari[sz]ed)\b", re.IGNORECASE
)
TERMS = re.compile(
    r"\b(envisages?|provides?|stipulates?|calls? for|would|will|forces|requires?|includes?|under the (?:deal|agreement|accord))\b",
    re.IGNORECASE,
)
LOST = re.compile(
    r"\b(this|the|such|these|any)\s+(\w+\s+)?(reports?|deal|agreement|claims?|accord)\b", re.IGNORECASE
)
Acts = Mapping[tuple[str, str], Sequence[Incident]]
MEANT = re.compile(rf"\b(?:the|this|that|its|their)\b(?: [\w’'-]+){{0,2}}? {NOUN}\b", re.IGNORECASE)
ALIKE = 0.3
WATCHED_DAYS = 365
MOST_ACTS = 20
RECENT = 20
"""So many deals of one side, name or report are looked at for the one that is meant."""
ORDER = (
    "hypothetical",
    "proposed",
    "reported",
    "signed",
    "in force",
    "observed",
    "said to be violated",
    "violated",
    "suspended",
    "ended",
    "denied",
)
"""Of what is told on one day, the later in this row is the state at its end."""


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
    drafts, breaches = draft_deals(incidents, events, relations)
    merged = _fold(_merge(drafts))
    by_report: dict[str, list[Statement | Event]] = defaultdict(list)
    wanted = {quote.report for draft in merged for quote in draft.quotes}
    records: Iterable[Statement | Event] = chain(statements, events.values())
    for record in records:
        if record.report in wanted:
            by_report[record.report].append(record)
    acts = _acts_by_party(incidents)
    _lay_denials(merged, by_report, headlines or {})
    _lay_breaches(merged, breaches)
    found = [_agreement(draft, by_report, acts) for draft in merged]
    found.sort(key=lambda one: (one.period.start or one.period.end or date.max, one.id))
    return tuple(found)


def _merge(drafts: list[Draft]) -> list[Draft]:
    """Put together deals of one set of sides that tell of the same thing, the earlier known first."""
    drafts.sort(key=lambda one: min((day or date.max, id) for day, _, id in one.history))
    by_sides: dict[frozenset[str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        for known in by_sides[draft.sides][-20:]:
            if _near(known, draft) and similarity(known.stems, draft.stems) >= ALIKE:
                known.absorb(draft)
                break
        else:
            by_sides[draft.sides].append(draft)
    return [draft for sides in sorted(by_sides, key=sorted) for draft in by_sides[sides]]


def _fold(drafts: list[Draft]) -> list[Draft]:
    """Put what is told of a deal without all its parties ("the Minsk accord", "under the deal") to the deal that is meant.

    That is the one of the same name, else the last one before it in the report; of one party and no name, it is left out.
    """
    kept: list[Draft] = []
    known: dict[str, list[Draft]] = defaultdict(list)  # by report, by name, by side
    for draft in sorted(
        drafts, key=lambda one: (min(one.days), min((q.report, q.start) for q in one.quotes))
    ):
        open_to = len(draft.sides) < 2 or draft.names or any(MEANT.search(q.words) for q in draft.quotes)
        near = [one for key in _marks(draft) for one in known[key][-RECENT:]] if open_to else []
        host = next((one for one in reversed(near) if _is_meant(one, draft)), None)
        if host is not None:
            host.absorb(draft)
        elif len(draft.sides) > 1 or draft.brokers or draft.names:
            kept.append(draft)
        else:
            continue
        for key in _marks(draft):
            known[key].append(host or draft)
    return kept


def _marks(draft: Draft) -> list[str]:
    """What another telling of the same deal would share: its side, its name, its report."""
    names = [f"named {name}" for name in sorted(draft.names)]
    return [*sorted(draft.sides), *names, *sorted({f"in {quote.report}" for quote in draft.quotes})]


def _is_meant(host: Draft, draft: Draft) -> bool:
    """True for the deal that another draft speaks of: by its name, or as "the deal" later in the report, with a party in common."""
    if host.names and draft.names and host.names.isdisjoint(draft.names):
        return False
    shared = host.sides & draft.sides
    if host.names & draft.names:
        return bool(shared) or min(len(host.sides), len(draft.sides)) < 2
    first = min(draft.quotes, key=lambda quote: (quote.report, quote.start))
    before = any(q.report == first.report and q.start <= first.start for q in host.quotes)
    few = min(len(host.sides), len(draft.sides)) < 2 and not (
        host.sides and draft.sides and not shared and not host.brokers and not draft.brokers
    )
    if before and MEANT.search(first.words):
        return few or (bool(shared) if draft.loose else shared == draft.sides)
    return (
        bool(draft.sides)
        and shared == draft.sides
        and len(draft.sides) < 2
        and _near(host, draft)
        and similarity(host.stems, draft.stems) >= ALIKE
    )


def _near(one: Draft, other: Draft) -> bool:
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
    draft: Draft,
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
    history.sort(key=lambda one: (one[0] or date.max, ORDER.index(one[1]), one[2]))
    parties = _parties(draft)
    brokers = tuple(draft.brokers[key] for key in sorted(draft.brokers))
    because = tuple(sorted({id for _, _, id in history}))
    doubt = 1.0
    for confidence in sorted(draft.confidence):
        doubt *= 1.0 - confidence
    place = min(
        draft.places,
        key=lambda one: (one.role == "about", one.name),
        default=None,
    )
    period = _dated(draft)
    subject = ": ".join(part for part in (actor_names(parties), _subject(draft)) if part)
    return Agreement(
        content_id("agreement", *because), parties, brokers, tuple(terms[key] for key in sorted(terms)), place, period,
        _now(history), tuple(dict.fromkeys(history)), because, round(1.0 - doubt, 4), subject,
    )  # fmt: skip


def _dated(draft: Draft) -> Period:
    """When it was made: the year that a text gives it, else the days of what tells of it, told ones before guessed ones."""
    years = sorted(
        {year for quote in draft.quotes if (year := year_of(quote.words))}, key=lambda one: str(one.start)
    )
    sure = [one for one in draft.periods if one.basis not in ("tense", "unknown", "publication")]
    told = span(sure or draft.periods)
    if years and not (
        told.start and any(year.start and year.start.year == told.start.year for year in years)
    ):
        return years[0]
    return told


def _lay_breaches(drafts: Sequence[Draft], breaches: Iterable[Event]) -> None:
    """Add what is told of a breach to the deal that is meant: of the same report or name, else the last one of the same party."""
    by_side: dict[str, list[Draft]] = defaultdict(list)
    for draft in sorted(drafts, key=lambda one: min(one.days)) if breaches else ():
        for side in draft.sides:
            by_side[side].append(draft)
    for event in breaches:
        if event.modality in ("denied", "hypothetical", "planned-or-possible"):
            continue
        who = sorted({principal(actor) for actor in (*event.actors, *event.recipients) if is_named(actor)})
        names, day = names_of(event.quote.words), event.known_by or date.max
        known = [one for side in who for one in by_side[side][-RECENT:] if min(one.days) <= day]
        known = [one for one in known if not names or one.names & names]
        here = [one for one in known if any(quote.report == event.report for quote in one.quotes)]
        for draft in (here or known)[-1:]:
            own = event.modality == "asserted" and event.attribution is None and event.type != "ACCUSE"
            draft.history.append((event.known_by, "violated" if own else "said to be violated", event.id))


def _parties(draft: Draft) -> tuple[Actor, ...]:
    """The parties without brokers who are none; a minister who signs is not named beside the state for which he signs."""
    states = {key for key in draft.parties if key == principal(draft.parties[key])}
    return tuple(
        actor
        for key, actor in sorted(draft.parties.items())
        if (key not in draft.brokers or len(draft.sides) <= 2)
        and (key in states or principal(actor) not in states)
    )


def _lay_denials(
    drafts: Sequence[Draft],
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


def _of_it(record: Statement | Event, draft: Draft) -> bool:
    """Terms in the same report that speak of the same parties or things."""
    names = [actor.name.lower() for actor in draft.parties.values()]
    words = record.quote.words.lower()
    return similarity(word_stems(words), draft.stems) >= ALIKE or any(name in words for name in names)


def _borne_out(draft: Draft, acts: Acts) -> list[tuple[date | None, str, str]]:
    """Acts after it: attacks between the parties of a truce break it, withdrawals by a party bear it out."""
    days = [one.start for one in draft.periods if one.start]
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
    """The state on the day: the last one that is more than talk of it; contested where the same reports both tell and deny it."""
    states = [state for _, state, _ in history]
    if "denied" in states and any(state not in ("denied", "proposed", "hypothetical") for state in states):
        return "contested"
    firm = [state for state in states if state not in ("hypothetical", "proposed", "reported")]
    return (firm or states)[-1]


def _subject(draft: Draft) -> str:
    """What it is about, in the words of the quote that speaks of it first."""
    words = min(draft.quotes, key=lambda quote: (quote.start, quote.report)).words
    found = DEAL.search(words)
    begin = found.start() if found else 0
    return " ".join(words[begin:].split()[:12])
