"""What in the reports tells of a deal: who agrees or signs, what is done under one, who brokers, quits or breaks it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sitroom.situation.kinship import is_named, principal
from sitroom.situation.mentions import word_stems
from sitroom.vocabulary import Actor, Event, Incident, Period, Place, Quote, Relation
from sitroom.vocabulary.world import CALENDAR

NOUN = r"(?:deals?|agreements?|accords?|treat(?:y|ies)|pacts?|truces?|cease-?fires?|memorand(?:um|ums|a)|initiative|protocol)"
DEAL = re.compile(
    r"\b(deals?|agree(?:s|d|ments?)?|accords?|treat(?:y|ies)|pacts?|truces?|cease-?fires?|memorand(?:um|ums|a)s?|understandings?|signed)\b",
    re.IGNORECASE,
)
SIGNED = re.compile(r"\b(signed|ratified|concluded|sealed|reached|brokered)\b", re.IGNORECASE)
BROKER = re.compile(r"\b(brokered|mediated|hosted|sponsored|guaranteed)\b", re.IGNORECASE)
UNDER = re.compile(
    rf"\b[Uu]nder (?:(?:the )?terms of )?(?:the|a|an|this|that|their)\b(?: [\w’'-]+){{0,4}}? {NOUN}\b"
)
QUIT = re.compile(
    r"\b(quit|withdr[ae]w|pull(?:s|ed|ing)? out|walk(?:s|ed)? (?:away|out)|scrap|to(?:re|ars?) up|terminat|abandon|exit|left|leav|renounc|cancel|suspend)",
    re.IGNORECASE,
)
KIND = r"(?:peace|grain|nuclear|gas|oil|water|trade|arms|prisoner|hostage|security|border|maritime|framework|power-sharing|normali[sz]ation|safety)"
NAMED = re.compile(rf"((?:\b[A-Z][\w’'-]*(?:[ -](?=[A-Z\d])|\s(?=[a-z])))+)(?:{KIND} )?{NOUN}\b")
YEAR = re.compile(
    rf"\b((?:19|20)\d\d) (?:[\w’'-]+ ){{0,3}}{NOUN}\b|\b{NOUN}\b[^.;:]{{0,40}}?\b(?:in|of) (?:\w+ )?((?:19|20)\d\d)\b"
)
FORCE = frozenset({"MOBILIZE", "ASSAULT", "COERCE", "ACCUSE"})
"""Acts whose recipients need be no party to the deal under which they are done."""
MEDIATED = "consult.mediate"
BREACHED = "reject.breach"
NO_NAMES = frozenset(["the", "a", "an", "this", "that", "under", "no", "any", "such", "his", "its", "their", "both", "last", "former", "president",
                      "minister", "if", "but", "and", "when", "after", "monday's", *CALENDAR])  # fmt: skip
"""Capitalised words before "deal" that name none."""


class Draft:
    """A deal while its evidence is gathered."""

    def __init__(self, parties: Iterable[Actor], brokers: Iterable[Actor] = ()) -> None:
        self.brokers = {actor.key: actor for actor in brokers}
        self.parties = {actor.key: actor for actor in parties}
        self.loose = False
        self.quotes: list[Quote] = []
        self.history: list[tuple[date | None, str, str]] = []
        self.periods: list[Period] = []
        self.places: list[Place] = []
        self.confidence: list[float] = []
        self._stems: set[str] = set()
        self._names: set[str] = set()
        self._stemmed = self._dated = self._named = 0
        self._first, self._last = date.max, date.min

    def tell(self, event: Event, state: str) -> None:
        """Add what an event tells of it."""
        self.quotes.append(event.quote)
        self.history.append((event.known_by or event.period.start, state, event.id))
        self.confidence.append(event.confidence)

    def absorb(self, other: "Draft") -> None:
        """Take over what another draft of the same deal holds; who acts under a deal is a party only where no two are known."""
        self.quotes += other.quotes
        self.history += other.history
        self.periods += other.periods
        self.places += other.places
        self.confidence += other.confidence
        if not other.loose or len(self.sides) < 2:
            self.parties = other.parties | self.parties
        self.brokers = other.brokers | self.brokers

    @property
    def sides(self) -> frozenset[str]:
        """The states and groups that are parties."""
        return frozenset(principal(actor) for actor in self.parties.values())

    @property
    def names(self) -> set[str]:
        """What the quotes call it: "minsk" for "the Minsk agreements"; those that came since the last look are added."""
        self._names.update(*(names_of(quote.words) for quote in self.quotes[self._named :]))
        self._named = len(self.quotes)
        return self._names

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


def names_of(words: str) -> set[str]:
    """The names of deals in a text, in small letters: "black sea" of "the Black Sea grain deal"."""
    found: set[str] = set()
    for match in NAMED.finditer(words):
        parts = [part for part in match[1].lower().split() if part not in NO_NAMES]
        if parts and not any("-" in part or part.endswith(("'s", "’s")) for part in parts):
            found.add(" ".join(parts))
    return found


def year_of(words: str) -> Period | None:
    """The year that the words give a deal: "the 2018 Stockholm agreement", "a pact signed in Juba in 2020"."""
    match = YEAR.search(words)
    year = int(match[1] or match[2]) if match else 0
    return Period(date(year, 1, 1), date(year, 12, 31), "explicit") if year else None


def draft_deals(
    incidents: Iterable[Incident], events: Mapping[str, Event], relations: Iterable[Relation]
) -> tuple[list[Draft], list[Event]]:
    """Drafts of deals, and the events that tell of the breach of one."""
    brokers: dict[tuple[str, int | frozenset[str]], list[Actor]] = defaultdict(list)
    loose: dict[tuple[str, int], list[Event]] = defaultdict(list)
    breaches: list[Event] = []
    for event in events.values():
        at = event.quote.report, event.quote.start
        if event.type == "CONSULT" and MEDIATED in event.rule:
            if names_of(event.quote.words):
                loose[at].append(event)
            mediators = [actor for actor in event.actors if is_named(actor)]
            brokers[at] += mediators
            if len(event.recipients) > 1:  # "Oman had mediated between them"
                brokers[event.quote.report, _sides_of(event)] += mediators
        elif BREACHED in event.rule:
            breaches.append(event)
        if ("nder " in event.quote.words and UNDER.search(event.quote.words)) or _quits(event):
            loose[at].append(event)
    deals = {id for id, event in events.items() if _is_deal(event) and DEAL.search(event.quote.words)}
    drafts = [
        draft
        for incident in incidents
        if not deals.isdisjoint(incident.events)
        and (
            draft := _from_incident(incident, [events[id] for id in incident.events if id in deals], brokers)
        )
    ]
    told = {id for draft in drafts for _, _, id in draft.history}
    for at, found in loose.items():
        draft = _from_sentence([event for event in found if event.id not in told], brokers.get(at, ()))
        drafts += [draft] if draft else []
    drafts += [draft for relation in relations if (draft := _from_relation(relation))]
    return drafts, breaches


def _quits(event: Event) -> bool:
    """Somebody leaves a deal: "Russia quit the grain deal"."""
    return (
        event.type == "REJECT"
        and event.rule.startswith("agree.accord+")
        and bool(QUIT.search(event.quote.words))
    )


def _from_incident(
    incident: Incident,
    told: Sequence[Event],
    brokers: Mapping[tuple[str, int | frozenset[str]], Sequence[Actor]],
) -> Draft | None:
    """A deal where two sides or more agree, or sign, by those of the events of an incident that speak of one; or where one is brokered."""
    doers = [
        actor
        for event in told
        for actor in event.actors
        if is_named(actor) or actor.sector or event.type == "AGREE"
    ]
    others = [actor for event in told for actor in event.recipients if is_named(actor)]
    between = [a for event in told for a in brokers.get((event.quote.report, event.quote.start), ())]
    between += [a for event in told for a in brokers.get((event.quote.report, _sides_of(event)), ())]
    if told[0].type == "CONSULT":
        doers, others = others, []
    elif len({principal(actor) for actor in doers}) > 1:
        others = []
    brokered = not between and any(BROKER.search(event.quote.words) for event in told)
    known = {actor.key for actor in between}
    draft = Draft(
        [a for a in (*doers, *others) if a.key not in known], doers if brokered and others else between
    )
    if (
        len(draft.sides) < 2
        or not any(map(is_named, draft.parties.values()))
        or all(event.type == "SUPPORT" and not SIGNED.search(event.quote.words) for event in told)
    ):
        return None
    for event in told:
        draft.tell(event, _state(event))
    draft.periods.append(incident.period)
    draft.places += [incident.place] if incident.place else []
    return draft


def _sides_of(event: Event) -> frozenset[str]:
    """The sides that mediators bring together, or that agree."""
    parties = event.recipients if MEDIATED in event.rule else (*event.actors, *event.recipients)
    return frozenset(principal(actor) for actor in parties if is_named(actor))


def _is_deal(event: Event) -> bool:
    """Agreeing, signing, a truce, a deal brokered; also to agree that others shall leave, which is coded as what is given way to."""
    if event.type == "CONSULT":
        return MEDIATED in event.rule and len(event.recipients) > 1
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
    return "signed" if SIGNED.search(event.quote.words) and event.type != "CONSULT" else "reported"


def _from_sentence(told: Sequence[Event], brokers: Sequence[Actor]) -> Draft | None:
    """A deal under which something is done, or which somebody quits: whoever acts is a party, unless he brokered it."""
    acts = [event for event in told if MEDIATED not in event.rule and event.modality != "hypothetical"]
    told = acts or [event for event in told if MEDIATED in event.rule]
    known = {actor.key for actor in brokers}
    sides = [e.actors if e.type in FORCE else (*e.actors, *e.recipients) for e in told if e.type != "CONSULT"]
    parties = [a for actors in sides for a in actors if is_named(a) and a.key not in known]
    draft = Draft(parties, brokers)
    draft.loose = True
    if not told or not (parties or (brokers and names_of(told[0].quote.words))):
        return None
    for event in told:
        gone = "suspended" if "suspend" in event.quote.words.lower() else "ended"
        draft.tell(event, gone if _quits(event) and event.modality == "asserted" else "reported")
        if event.period.basis not in ("tense", "unknown") and not _quits(event):
            draft.periods.append(event.period)
    if len(draft.sides) < 2 and not brokers and not draft.names:
        return None
    return draft


def _from_relation(relation: Relation) -> Draft | None:
    if relation.relation not in ("party-to", "coordinates-with") or not DEAL.search(relation.quote.words):
        return None
    draft = Draft([actor for actor in (relation.subject, relation.object) if actor])
    if len(draft.sides) < 2:
        return None
    draft.quotes.append(relation.quote)
    state = "denied" if relation.modality == "denied" else "reported"
    draft.history.append((relation.known_by, state, relation.id))
    draft.confidence.append(relation.confidence)
    return draft
