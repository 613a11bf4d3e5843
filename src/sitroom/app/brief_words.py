"""What is said, as lines of a brief: demands and positions, forecasts and warnings, and what came of them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sitroom.app.brief_parts import (
    OWN_VOICE,
    Line,
    Material,
    Record,
    Section,
    agree,
    flat,
    line_of,
    stands_in,
)
from sitroom.app.wording import day_words, period_words
from sitroom.vocabulary import Actor, Position, Statement

POSITIONS, FORECASTS, SURE = 12, 8, 0.6
CALLS = ("demands", "refuses", "offers", "warns", "wants")
BORNE_OUT_DAYS = 90
WORDS_OF_CALL = 8
"""A call in fewer words points at something outside its sentence ("rejected the demand")."""
SAYS = re.compile(
    r"(?i)\b(sa(id|ys?|ying)|told|warn|threat|vow|predict|expect|fear|forecast|believ|estimat|assess|argu|according|wr[io]t|add(s|ed)|announc|declar|pledg|promis|insist|think|thought|see[sn]?|saw|decid|analys|view|caution|swor|swear)"
)
AHEAD = re.compile(
    r"(?i)\b(will|would|shall|likely|probabl\w+|going to|could|may|might|threaten\w*|vow\w*|predict\w*|expect\w*|foresee\w*)\b"
)
"""A forecast speaks of what is ahead."""
_IF = re.compile(r"(?i)^\s*(if|should|unless|in case|provided that)\b\s*")


def positions(material: Material) -> Section:
    """Demands, refusals, offers and warnings of parties that the sentence itself names; the strongest first."""
    found = [one for one in material.situation.positions if _is_taken(one, material)]
    found.sort(key=lambda one: (one.issue not in material.issues, -len(one.quotes), -one.strength, one.id))
    lines: list[Line] = []
    given: Counter[str] = Counter()
    for one in found:
        if len(lines) < POSITIONS and given[one.actor.key] < 3:
            line = _position(one, material)
            if line:
                given[one.actor.key] += 1
                lines.append(line)
    about = (
        "What parties demand, refuse, offer or warn of: their word, not a fact; at most three lines for each."
    )
    return Section("Demands and positions", about, tuple(lines))


def _is_taken(one: Position, material: Material) -> bool:
    """True for a call that the actor makes in a sentence that names it early on, so that nobody else's is given to it."""
    if not one.actor.id or one.stance not in CALLS or one.confidence < SURE or "den" in one.issue.split("-"):
        return False
    records = material.records(one.because)
    denies = any("denie" in record.quote.words for record in records)
    return bool(records) and not denies and any(_names(one.actor, record, one.stance) for record in records)


def _names(actor: Actor, record: Record, stance: str) -> bool:
    """True when the sentence is long enough and names the actor early; for an offer or a wish among its first words."""
    words = flat(record.quote.words)
    start = words[: 25 if stance in ("offers", "wants") else 80].lower()
    if len(words.split()) < WORDS_OF_CALL or words.startswith("It "):
        return False
    return stands_in(actor, start)


def _position(one: Position, material: Material) -> Line | None:
    records = [record for record in material.records(one.because) if _names(one.actor, record, one.stance)]
    if all(flat(record.quote.words) in material.used for record in records):
        return None
    stance = {"wants": "wants", "warns": "warns about" if one.issue in material.issues else "warns"}.get(
        one.stance, one.stance
    )
    issue = one.issue.replace("-", " ")
    day = f"{period_words(one.period)}" if one.period.known else ""
    said = ", ".join(dict.fromkeys(source.name for source in one.said_by if source.name != one.actor.name))
    note = ", ".join(part for part in (day, f"said by {said}" if said else "") if part)
    about = f": {issue}" if one.issue in material.issues else ""
    return line_of(f"{one.actor.name} {stance}{about}", records, material, note)


def forecasts(material: Material) -> Section:
    """Forecasts and warnings, the latest first, and whether what the room knows by its last day bears them out."""
    outcomes = _outcomes(material)
    lines: list[Line] = []
    given: Counter[str] = Counter()
    for statement in newest(material):
        words = flat(statement.quote.words)
        if (
            statement.stance not in ("forecasts", "warns")
            or words in material.used
            or not AHEAD.search(words)
        ):
            continue
        speaker = _speaker(statement)
        if len(lines) < FORECASTS and given[speaker] < (4 if speaker == OWN_VOICE else 2):
            given[speaker] += 1
            lines.append(statement_line(statement, [statement], material, outcomes.get(statement.id, "")))
    about = f"Their view, not a fact. Where it names an act and a party, later reports are searched for it ({BORNE_OUT_DAYS} days if no date is given)."
    return Section("Forecasts and warnings", about, tuple(lines))


def _outcomes(material: Material) -> dict[str, str]:
    """By statement: whether later reports bear the forecast out, in words."""
    said = [one for one in material.statements.values() if one.stance in ("forecasts", "warns")]
    days = [event.known_by for event in material.events.values() if event.known_by]
    if not said or not days:
        return {}
    from sitroom.outlook.analysts import entries_of_statements, settle
    from sitroom.outlook.room import history_from_incidents

    known = {event.id: event.known_by for event in material.events.values() if event.known_by}
    history = history_from_incidents(
        material.situation.incidents, known_by=known, party=lambda actor: material.whole(actor).key
    )
    events = {
        id: replace(
            event, actors=_wholes(event.actors, material), recipients=_wholes(event.recipients, material)
        )
        for one in said
        for id in one.about
        if (event := material.events.get(id))
    }
    found: dict[str, str] = {}
    conditional = {one.id for one in said if one.condition}
    entries = entries_of_statements(said, events, window=BORNE_OUT_DAYS)
    for entry in settle(entries, history, max(days)):
        statement = entry.forecast.because[0]
        if entry.outcome is None:
            words = "no later report settles it"
        elif (entry.forecast.probability > 0.5) == entry.outcome:
            came = "such an act was reported" if entry.outcome else "no such act was reported"
            words = f"borne out: {came} by {day_words(entry.question.closes)}"
        else:
            came = "no such act was reported" if not entry.outcome else "such an act was reported"
            words = f"not borne out: {came} by {day_words(entry.question.closes)}"
        if statement in conditional and entry.outcome is not None:
            words += "; whether its condition came about is for the reader"
        found.setdefault(statement, words)
    return found


def _wholes(actors: Iterable[Actor], material: Material) -> tuple[Actor, ...]:
    return tuple(material.whole(actor) for actor in actors)


def newest(material: Material) -> list[Statement]:
    """The statements asked for, the latest known first."""
    kept = [one for one in material.statements.values() if one.id in material.kept]
    return sorted(kept, key=lambda one: (-(one.known_by or date.min).toordinal(), -one.confidence, one.id))


def statement_line(
    statement: Statement, records: list[Record], material: Material, outcome: str = ""
) -> Line:
    """A line for what somebody says: when, who, of whom; its condition and what came of it."""
    speaker = _speaker(statement)
    target = statement.target if statement.target and statement.target.id else None
    whom = f" ({target.name})" if target else ""
    when = day_words(statement.known_by) if statement.known_by else ""
    lead = " · ".join(part for part in (when, f"{speaker} {agree(speaker, statement.stance)}{whom}") if part)
    material.used.add(flat(statement.quote.words))
    note = "; ".join(part for part in (condition_words(statement.condition), outcome) if part)
    return Line(lead, flat(statement.quote.words), material.citations.cite(records), note)


def _speaker(statement: Statement) -> str:
    """Who says it; the report itself where its sentence has no word for saying, so that the one who acts does not speak."""
    foretells = statement.stance in ("forecasts", "warns")
    if statement.speaker is None or (foretells and not SAYS.search(statement.quote.words)):
        return OWN_VOICE
    name = statement.speaker.name
    return f"a {name}" if name[:1].islower() and " " not in name and not name.endswith("s") else name


def condition_words(condition: str | None) -> str:
    """`if Israel strikes`; a condition that already begins so keeps its own word."""
    words = flat(condition or "").strip(" ,.;")
    if not words:
        return ""
    return words[0].lower() + words[1:] if _IF.match(words) else f"if {words}"
