"""The main incidents of a brief: the weightiest, spread over time, kind and report."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sitroom.app.brief_parts import Line, Material, Section, flat, stands_in
from sitroom.app.tables import names
from sitroom.app.wording import act_words, period_words
from sitroom.vocabulary import Actor, Event, Incident, Place
from sitroom.vocabulary.world import NUMBERS

MAIN, A_MONTH, SURE = 18, 3, 0.5
SAME_REPORT, SAME_MONTH, SAME_YEAR, SAME_ACT = 0.75, 0.7, 0.96, 0.97
"""What each line takes off the weight of the next of its report, month, year and act, so that none fills the page."""
LONGEST = 92
BY_NOBODY = 0.4
"""What is left of the weight where no report says who did it."""
HEADING = "Main incidents"
TOLD = ("reported", "claimed", "confirmed", "contested")
POINTING = re.compile(
    r"(?i)(their|its|his|her|our|my|these|those|this|that|only|some|many|several|such|other|both|it|he|she|they)\b"
)


PRONOUN = re.compile(r"^(It|He|She|They|Its|His|Her|Their)\b|\bof them\b")
"""A sentence that cannot be read without the one before it."""
UNREAL = re.compile(
    r"(?i)\b(would|must|could|should|will|demand(s|ed)?|call(s|ed)? (on|for)|fears?|promised?|wants?|wanted|urged?|threaten\w*|unless|likely|efforts? to|trying to|seeks?|plans? to|preparing|hopes?)\b"
)
"""Words of a sentence that does not tell what happened, or not of all that it names."""
SPEECH_ACTS = ("REQUEST", "THREATEN", "REJECT", "ACCUSE", "CONSULT", "AGREE", "SUPPORT", "SANCTION")
SPELT = {0: "no"} | {number: word for word, number in NUMBERS.items()}


def is_wish(words: str) -> bool:
    """True for a sentence of plans, wishes, demands or fears; what is announced counts as told."""
    return bool(UNREAL.search(words)) and "announce" not in words


def _is_unreal(incident: Incident, words: str) -> bool:
    """True for wishes and plans, and for help told in passing in a relative clause ("two men who worked with")."""
    if incident.type in ("AID", "COOPERATE") and re.search(r"\bwho\b", words):
        return True
    return is_wish(words) if incident.type in ("RETREAT", "CONCEDE") else bool(UNREAL.search(words))


def _is_word(incident: Incident) -> bool:
    """True for acts done by words, which wishes and demands belong to; driving somebody out is a deed."""
    return incident.type in SPEECH_ACTS and incident.mode != "expel"


def weight(incident: Incident, confidence: float) -> float:
    """How much an incident matters: (1 + |PLOVER score|) x (1 + log2(1 + killed)) x independent reports x confidence."""
    return (
        (1 + abs(incident.score))
        * (1 + math.log2(1 + killed(incident)))
        * incident.independent
        * float(confidence)
    )


def killed(incident: Incident) -> int:
    """The largest number of dead that a report gives, agreed or disputed."""
    texts = [words for what, words in incident.agreed if what == "killed"]
    texts += [words for one in incident.disputed if one.what == "killed" for words, _ in one.values]
    return max((int(found) for text in texts for found in re.findall(r"\d+", text)), default=0)


def tells_dead(words: str, count: str) -> bool:
    """True when the words give one of these numbers as one of dead, not of things shot down or of forces."""
    for number in map(int, re.findall(r"\d+", count)):
        spelt = rf"(?:{number}|{SPELT[number]})" if number in SPELT else str(number)
        dead = r"(?:kill|dead|death|died|dies|lives)"
        if re.search(rf"(?i)\b{spelt}\b[^.;]{{0,45}}\b{dead}|\b{dead}\w*\b[^.;]{{0,25}}\b{spelt}\b", words):
            return True
    return False


def told_by(incident: Incident, material: Material) -> list[Event]:
    """The events of an incident that are asked for: those that assert it first, the surest first."""
    told = [material.events[id] for id in incident.events if id in material.events and id in material.kept]
    return sorted(told, key=lambda event: (event.modality != "asserted", -event.confidence, event.id))


def readable(actor: Actor) -> bool:
    """True when a reader knows who is meant: named in the catalogue, or by a name that points at nobody else."""
    return bool(actor.id) or not POINTING.match(actor.name)


def main_incidents(material: Material) -> Section:
    """The incidents of most weight, in order of time; one line per sentence, at most three a month."""
    ranked: list[tuple[float, Incident, list[Event]]] = []
    for incident in material.situation.incidents:
        told = told_by(incident, material)
        if told and _worth_telling(incident, told, material):
            ranked.append((_heft(incident, told), incident, told))
    ranked.sort(key=lambda one: -one[0])
    chosen: list[tuple[Incident, list[Event]]] = []
    given: Counter[tuple[str, object]] = Counter()
    while len(chosen) < MAIN and (best := _weightiest(ranked, given, material)):
        incident, told = best
        material.used.add(flat(told[0].quote.words))
        given.update(_marks(incident, told[0]).items())
        chosen.append(best)
    chosen.sort(key=lambda pair: (pair[0].period.end or date.max, pair[0].id))
    lines = tuple(_line(incident, told, material) for incident, told in chosen)
    about = (
        "The weightiest by score, dead and independent reports, spread over time; the words are the report's."
    )
    return Section(HEADING, about, lines)


def _weightiest(
    ranked: Sequence[tuple[float, Incident, list[Event]]],
    given: Counter[tuple[str, object]],
    material: Material,
) -> tuple[Incident, list[Event]] | None:
    """The next to be told: of most weight by itself and beside what is given; `ranked` has the heaviest first."""
    best: tuple[float, str] = (0.0, "")
    found = None
    for heft, incident, told in ranked:
        if heft < best[0]:
            break  # beside others nothing weighs more than by itself
        month = _marks(incident, told[0])["month"]
        if given["month", month] >= A_MONTH or flat(told[0].quote.words) in material.used:
            continue
        worth = heft * _spread(given, incident, told[0]), incident.id
        if worth > best:
            best, found = worth, (incident, told)
    return found


def _heft(incident: Incident, told: Sequence[Event]) -> float:
    """The weight, without a number of dead that no sentence gives; more where who, whom and where are known."""
    if killed(incident) and not any(_note_of_dead(incident, event) for event in told):
        incident = replace(incident, agreed=(), disputed=())
    whole = (1.15 if incident.place else 1.0) * (1.15 if any(map(readable, told[0].recipients)) else 1.0)
    whole *= 1.0 if told[0].actors else BY_NOBODY
    return whole * weight(incident, max(event.confidence for event in told))


def _note_of_dead(incident: Incident, event: Event) -> str:
    return next(
        (
            words
            for what, words in incident.agreed
            if what == "killed" and tells_dead(flat(event.quote.words), words)
        ),
        "",
    )


def _struck(event: Event) -> tuple[Actor, ...]:
    """Who was killed or hurt where nobody is named as the one who did it; nobody else is told without an actor."""
    return event.recipients if event.type == "ASSAULT" and all(map(readable, event.recipients)) else ()


def _is_told_by_name(actor: Actor, event: Event) -> bool:
    """True when the sentence itself names the actor: by its name, or by words with a name in them."""
    own = actor.text.removeprefix("The ").removeprefix("the ")
    named = any(letter.isupper() for letter in own) and not POINTING.match(own)
    return named or stands_in(replace(actor, text=""), flat(event.quote.words).lower()) or not actor.id


def _is_place(actor: Actor, event: Event) -> bool:
    """True where the name stands after `in`: a land in which somebody acts is not the one who acts."""
    if actor.start is None or " in " in actor.text:
        return " in " in actor.text
    before = event.quote.words[: max(0, actor.start - event.quote.start)]
    return bool(re.search(r"\b(in|inside|into|from)\s+(the\s+)?$", before))


def _worth_telling(incident: Incident, told: Sequence[Event], material: Material) -> bool:
    """Told as having happened, by somebody readable, on a day that is known well enough to place it."""
    first = told[0]
    start, end = incident.period.start, incident.period.end
    dated = start is None or end is None or (end - start).days <= LONGEST
    parties = (*first.actors, *first.recipients)
    return (
        incident.status in TOLD
        and first.confidence >= SURE
        and not first.historical
        and not _is_background(incident, first.quote.words)
        and first.modality in ("asserted", "alleged")
        and dated
        and (_is_word(incident) or not _is_unreal(incident, first.quote.words))
        and not any(_is_place(actor, first) for actor in first.actors)
        and not any(map(material.is_misread, parties))
        and all(readable(actor) for actor in first.actors)
        and not PRONOUN.search(first.quote.words)
        and any(_is_told_by_name(actor, first) for actor in first.actors or _struck(first))
        and any(actor.id or actor.country for actor in parties)
        and len(first.quote.words.split()) > 3
    )


def _is_undated(incident: Incident) -> bool:
    return incident.period.basis == "tense"


def _is_background(incident: Incident, words: str) -> bool:
    """An act without a day of its own in a sentence about years before."""
    start = incident.period.start
    years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", words)]
    return _is_undated(incident) and start is not None and any(year < start.year for year in years)


def _marks(incident: Incident, event: Event) -> dict[str, object]:
    day = incident.period.end or incident.period.start or event.known_by
    return {
        "report": event.report,
        "month": (day.year, day.month) if day else None,
        "year": day.year if day else None,
        "act": incident.type,
    }


def _spread(given: Counter[tuple[str, object]], incident: Incident, event: Event) -> float:
    taken = {"report": SAME_REPORT, "month": SAME_MONTH, "year": SAME_YEAR, "act": SAME_ACT}
    return math.prod(taken[name] ** given[name, mark] for name, mark in _marks(incident, event).items())


def _line(incident: Incident, told: Sequence[Event], material: Material) -> Line:
    first = told[0]
    return Line(
        incident_lead(incident, first, material),
        flat(first.quote.words),
        material.citations.cite(told),
        _note(incident, told),
    )


def incident_lead(incident: Incident, event: Event, material: Material) -> str:
    """When, who, what, whom, where: as the event tells it whose sentence is shown, so that lead and words agree.

    Where no words give a day, it is the day of the report, and says so.
    """
    report = material.citations.reports[event.report]
    when = f"reported {period_words(report.published)}" if _is_undated(incident) and report.published else ""
    place = event.place or incident.place
    parts = [
        when or period_words(incident.period),
        party_words(event.actors, event.recipients, act_words(event.type, event.mode)),
        place_words(place) if place and not _is_at_home(place, event) else "",
    ]
    return " · ".join(part for part in parts if part)


def _is_at_home(place: Place, event: Event) -> bool:
    """True for words of a state that are said to be spoken in it: its name is no news of where."""
    own = place.country in {actor.country for actor in event.actors}
    return own and place.precision == "country" and event.type in SPEECH_ACTS


def party_words(actors: tuple[Actor, ...], recipients: tuple[Actor, ...], act: str) -> str:
    """`Israel → Syria: assault, aerial`, or `Iran, Russia: agree` where nobody receives."""
    left = ", ".join(names(actors)) or "unknown"
    right = ", ".join(names([actor for actor in recipients if readable(actor)]))
    return f"{left} → {right}: {act}" if right else f"{left}: {act}"


def place_words(place: Place | None) -> str:
    """A place with its region or country."""
    if place is None:
        return ""
    if place.precision == "country":
        return place.name
    return ", ".join(dict.fromkeys(part for part in (place.name, place.country) if part))


def _note(incident: Incident, told: Sequence[Event]) -> str:
    """Status, independent reports, numbers on which they agree, and those on which they do not."""
    parts: list[str] = ["" if incident.status == "reported" else incident.status]
    parts.append(f"{incident.independent} independent reports" if incident.independent > 1 else "")
    dead = next(filter(None, (_note_of_dead(incident, event) for event in told)), "")
    parts.append(f"{dead} killed" if dead else "")
    for one in incident.disputed:
        readings = " or ".join(words for words, _ in one.values[:4])
        parts.append(f"disputed, {one.what}: {readings}")
    return ", ".join(part for part in parts if part)
