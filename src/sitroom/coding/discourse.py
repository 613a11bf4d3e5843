"""What neighbouring sentences of one report add to an event: "The incident happened in ..." gives the place of the act before."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from sitroom.language import clause
from sitroom.language.locate import Located
from sitroom.language.reading import ParsedSentence, Reading
from sitroom.vocabulary import Actor, Attribution, Event, Place, content_id

MATERIAL = frozenset({"ASSAULT", "COERCE", "RETREAT", "MOBILIZE", "PROTEST", "CONSULT"})
REACH = 2
"""How many sentences away a telling of the same act may stand."""


def share_places(events: Sequence[Event], reading: Reading, located: Sequence[Located]) -> list[Event]:
    """Give a placeless event the place of its other telling: the same act by the same unnamed group near by, or "the incident"."""
    index = reading.index_at
    told = {
        here.index: place for here in reading.sentences if (place := _told_place(here, located)) is not None
    }
    shared: list[Event] = []
    for event in events:
        at = index.get(event.quote.start, -1)
        if event.place is None and event.type in MATERIAL:
            place = told.get(at + 1) or _place_of_twin(event, at, [*shared, *events], index)
            if place is not None:
                event = replace(
                    event,
                    place=place,
                    places=(place,),
                    steps=(*event.steps, "place: from the telling next to it"),
                )
        shared.append(event)
    return shared


CONDEMNED = re.compile(
    r"\b(?:condemn|denounc|deplor|decr[iy]|criticis|criticiz|slamm)\w*\s+(?:the|this|that|these|those|\w+day['’]s)\s+(?:\w+\s+)?"
    r"(?:attack|strike|air ?strike|bombing|bombardment|shelling|raid|assault|killing|ambush|massacre|offensive)s?\b(?!\s+(?:by|of)\b)"
)
CONDEMNED_REACH = 5
"""So many sentences back an attack is still "the attack"."""


def follow_attacks(events: Sequence[Event], reading: Reading) -> list[Event]:
    """ "The envoy condemned the strike": whoever struck, where the sentences before tell of one attacker only."""
    index = reading.index_at
    followed: list[Event] = []
    for event in events:
        if event.type == "ACCUSE" and not event.recipients and CONDEMNED.search(event.quote.words):
            at = index.get(event.quote.start, -1)
            attackers = {
                tuple(a.key.split(".")[0] for a in other.actors): other.actors for other in followed
                if other.type == "ASSAULT" and other.actors and other.modality in {"asserted", "alleged"}
                and 0 <= at - index.get(other.quote.start, -99) <= CONDEMNED_REACH
            }  # fmt: skip
            only = next(iter(attackers.values())) if len(attackers) == 1 else ()
            if only and not {a.key for a in only} & {a.key for a in event.actors}:
                event = replace(
                    event, recipients=only, steps=(*event.steps, "recipient: who did what is condemned")
                )
        followed.append(event)
    return followed


MEETING = re.compile(
    r"\b(?P<when>[Dd]uring|[Aa]t|[Aa]fter|[Ff]ollowing)\s+(?:the|their|that|this|those|his|her)\s+(?:\w+\s+)?(?i:talks|meetings?|summit|conference|visit)\b"
    r"(?:\s+with\s+(?:the\s+)?(?P<whom>[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*))?"
)
MEETING_REACH = 4
"""So many sentences back a meeting is still "the meeting"."""


def follow_meetings(events: Sequence[Event], reading: Reading) -> list[Event]:
    """ "After the meeting he thanked ...", "during the talks they called for ...": on the day of the meeting told before."""
    index = reading.index_at
    followed: list[Event] = []
    for event in events:
        found = MEETING.search(event.quote.words) if event.period.basis == "tense" else None
        at = index.get(event.quote.start, -1)
        whom = found["whom"].split()[-1] if found and found["whom"] else ""
        meetings = [
            other
            for other in (followed if found else ())
            if other.type == "CONSULT" and other.period.basis not in {"tense", "unknown"}
            and 0 < at - index.get(other.quote.start, at) <= (len(reading.sentences) if whom else MEETING_REACH)
            and any(whom in party.name or whom in party.text for party in (*other.actors, *other.recipients))
        ]  # fmt: skip
        if found and meetings and event.modality in {"asserted", "alleged"}:
            meeting = meetings[-1]
            there = found["when"].lower() in {"during", "at"} and event.place is None
            place = (
                meeting.place if there and meeting.place and meeting.place.role == "where" else event.place
            )
            steps = (*event.steps, "date: of the meeting told before")
            places = event.places or ((place,) if place else ())
            event = replace(
                event,
                period=meeting.period,
                historical=meeting.historical,
                place=place,
                places=places,
                steps=steps,
            )
        followed.append(event)
    return followed


THEATRE_SHARE, THEATRE_PLACES = 0.6, 4
"""A report tells of a country when so many of at least so many places that it names lie there."""
AT_HOME = frozenset({"MOBILIZE", "COERCE", "PROTEST"})


def place_in_theatre(
    events: Sequence[Event], located: Sequence[Located], country: Callable[[str], Place | None]
) -> list[Event]:
    """Give a deed whose words name no place the country that the report tells of, where its parties leave no doubt.

    A deed of home forces is at home; an assault is where its victims are at home, or its doers when no country is hit; a
    retreat of foreign forces is from there. Speech, visits and deeds between other countries stay without a place.
    """
    counts = Counter(one.place.country for one in located if one.place is not None and one.place.country)
    home, share = counts.most_common(1)[0] if counts else ("", 0)
    theatre = country(home) if share >= max(THEATRE_PLACES, THEATRE_SHARE * counts.total()) else None
    return [
        replace(e, place=theatre, places=(theatre,), steps=(*e.steps, "place: the country that the report tells of"))
        if theatre is not None and e.place is None and _is_within(e, home) else e
        for e in events
    ]  # fmt: skip


ABROAD = re.compile(r"\b(?:its|their|his|her|foreign) (?:territory|soil|airspace|borders?)\b|\babroad\b")


def _is_within(event: Event, home: str) -> bool:
    doers = {actor.country for actor in event.actors if actor.country}
    others = {actor.country for actor in event.recipients if actor.country}
    if event.historical or event.modality in {"denied", "hypothetical"}:
        return False
    if event.type in AT_HOME:
        return doers <= {home} and others <= {home}
    if ABROAD.search(event.quote.words):
        return False
    if event.type == "ASSAULT" and not others:
        return doers == {home}
    if event.type == "ASSAULT":
        return others == {home}
    return event.type == "RETREAT" and event.mode == "withdraw" and bool(doers) and home not in doers


DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied)|dismiss(?:es|ed)?|refute[sd]?)\b[^.;]{0,40}?\b(?:it|this|that)\b(?=\s*[.,;]|\s+(?:on|in|at|as|later|and|but)\b|$)"
    r"|\b(?:den(?:y|ies|ied)|reject(?:s|ed)?)\s+(?:any |all |having any )?(?:responsibility|involvement|wrongdoing|role|part|blame)\b(?!\s+(?:for|in)\b)"
    r"|\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)?|refute[sd]?|brush(?:es|ed)? (?:aside|off))\b[^.;]{0,40}?"
    r"\b(?:reports?|claims?|accusations?|allegations?|charges?|account)\b(?!\s+(?:that|of)\b)"
)
DENIAL_REACH = 1
"""A bare denial answers what was told in its own sentence or the one before."""


def carry_denials(events: Sequence[Event], reading: Reading) -> list[Event]:
    """ "Yerevan denied the claim": the act told just before, denied by Yerevan, in place of a bare rejection."""
    index = reading.index_at
    carried: list[Event] = []
    for event in events:
        before = (
            _told_before(event, carried, index)
            if event.type == "REJECT" and DENIAL.search(event.quote.words)
            else None
        )
        carried.append(_denied(before, event) if before is not None else event)
    return carried


def _told_before(event: Event, events: Sequence[Event], index: Mapping[int, int]) -> Event | None:
    """The last act told by somebody else, in this sentence or the one before."""
    deniers = {actor.key for actor in event.actors}
    lands = {actor.country or actor.key for actor in event.actors}
    at = index.get(event.quote.start, -1)
    near = [other for other in reversed(events) if at - index.get(other.quote.start, -99) <= DENIAL_REACH]
    charged = any(_is_on(lands, other.recipients) for other in near if other.type == "ACCUSE")
    for other in near:
        if charged and (other.modality != "alleged" or not _is_on(lands, other.actors)):
            continue  # "rejected the charge": of what they are charged with, not of what else is told
        teller = (other.attribution.id or other.attribution.name.lower()) if other.attribution else ""
        if (
            other.type in MATERIAL | {"AGREE", "SUPPORT", "CONCEDE", "AID"}
            and other.modality != "denied"
            and teller not in deniers
        ):
            return other
    return None


def _is_on(lands: Collection[str], actors: Iterable[Actor]) -> bool:
    return any((actor.country or actor.key) in lands for actor in actors)


def _denied(told: Event, denial: Event) -> Event:
    speaker = denial.actors[0]
    source = Attribution(speaker.name, speaker.id, "official", speaker.text, speaker.start, speaker.end)
    parts = ("event", "denied", told.id, denial.id)
    return replace(
        told, id=content_id(*parts), modality="denied", attribution=source, quote=denial.quote, rule=f"{told.rule}+{denial.rule}",
        confidence=round(min(told.confidence, denial.confidence) - 0.15, 2),
        steps=(*told.steps, f"denied in the words: {denial.quote.words[:80]}"),
    )  # fmt: skip


def _told_place(here: ParsedSentence, located: Sequence[Located]) -> Place | None:
    """The place of a sentence of the kind "The incident happened in X"."""
    for token in here.doc:
        if token.lemma_ in {"happen", "occur", "take"} and token.pos_ == "VERB":
            subjects = clause.subjects(token)
            if any(
                s.lemma_.lower() in clause.HAPPENINGS and any(c.lower_ in {"the", "this"} for c in s.lefts)
                for s in subjects
            ):
                return next((one.place for one in located if one.sentence == here.index and one.place), None)
    return None


def _place_of_twin(event: Event, at: int, events: Sequence[Event], index: Mapping[int, int]) -> Place | None:
    doers = {actor.name.lower() for actor in event.actors if actor.id is None}
    for other in events:
        near = abs(index.get(other.quote.start, -99) - at) <= REACH
        if (
            near
            and other.place is not None
            and other.type == event.type
            and doers & {a.name.lower() for a in other.actors}
        ):
            return other.place
    return None
