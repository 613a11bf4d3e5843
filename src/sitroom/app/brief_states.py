"""What holds and what is said: disputes, ties, presence, deals, positions and forecasts, as lines of a brief."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from sitroom.app.brief_acts import TOLD, is_wish, readable
from sitroom.app.brief_parts import (
    OWN_VOICE,
    Line,
    Material,
    Record,
    Said,
    Section,
    agree,
    flat,
    line_of,
    stands_in,
)
from sitroom.app.brief_words import newest, statement_line
from sitroom.app.wording import day_words, period_words
from sitroom.vocabulary import (
    Agreement,
    Contradiction,
    Presence,
    Quote,
    Side,
    Tie,
)

DISPUTES, TIES, RECORDS, PRESENT, DEALS, POSITIONS, FORECASTS, NEW = 10, 12, 8, 12, 8, 12, 8, 4
STANDING = "Who stands with whom"
SURE, TURNED = 0.6, 2.0
STANDS = {
    "ally-of": "is an ally of", "backs": "backs", "proxy-of": "is a proxy of", "commands": "commands",
    "part-of": "is part of", "coordinates-with": "coordinates with", "depends-on": "depends on",
    "party-to": "is party to", "rival-of": "is at odds with", "at-war-with": "is at war with", "opposes": "opposes",
    "sanctions": "sanctions",
}  # fmt: skip
IS_THERE = {
    "present-in": "is present in", "based-at": "has a base at", "controls": "holds", "deployed-to": "has forces in",
    "withdrew-from": "is leaving or has left", "left": "has left", "fights-in": "fights in", "expelled-from": "has been driven from", "patrols": "patrols",
}  # fmt: skip
KINDS = (
    "denial", "number", "place", "day", "announcement", "presence", "words-and-deeds", "two-track", "end-claimed",
    "whose-command", "rebuttal", "label", "headline", "unproven-ground", "between-rivals", "one-side", "unsourced", "identity",
)  # fmt: skip
"""The kinds of contradiction, those that matter most first; any other kind comes with the rebuttals."""
FEW = {
    "one-side": 2,
    "unsourced": 1,
    "identity": 1,
    "headline": 2,
    "label": 1,
    "unproven-ground": 1,
    "between-rivals": 1,
}
HOLDS = re.compile(
    r"(?i)\b((held|holds?)\b(?! (that|talks?|an?|joint|meetings?|responsible)\b)|control|rule|seiz|captur|reta[ko]|retook|reclaim|recover|garrison|in the hands)"
)
DEAL = re.compile(
    r"(?i)\b(agree(?!s? that)|deal\b|accord\b|sign(s|ed|ing)?\b|memorand|understandings?\b(?! of)|pact|treaty|cease-?fire|truce|settle)"
)


Shown = TypeVar("Shown", Agreement, Presence, Tie)


def disputes(material: Material) -> Section:
    """Contradictions with both sides quoted, dated and attributed; then denials that nothing else tells of."""
    lines: list[Line] = []
    given: Counter[str] = Counter()
    for one in sorted(material.situation.contradictions, key=_rank_of):
        if len(lines) >= DISPUTES or given[one.kind] >= FEW.get(one.kind, 4):
            continue
        line = _dispute(one, material)
        if line:
            given[one.kind] += 1
            lines.append(line)
    for statement in newest(material):
        words = flat(statement.quote.words)
        if statement.stance in ("denies", "doubts") and len(lines) < DISPUTES and words not in material.used:
            told_of = [material.events[id] for id in statement.about if id in material.events]
            lines.append(statement_line(statement, [statement, *told_of], material))
    about = "What cannot all be so, or is denied: both sides with their words. Change over time is no error."
    return Section("Denied and disputed", about, tuple(lines))


def _rank_of(one: Contradiction) -> tuple[int, float, str]:
    place = KINDS.index(one.kind) if one.kind in KINDS else KINDS.index("rebuttal")
    return place, -one.confidence, one.id


def _is_idle(one: Contradiction) -> bool:
    """True where somebody vouches for what is said to have no source, and where headline and denial share no name."""
    if one.kind == "unsourced":
        return any(side.attribution for side in one.sides)
    denied = any(side.modality == "denied" for side in one.sides)
    return (
        one.kind == "headline" and denied and not set.intersection(*(_capitals(side) for side in one.sides))
    )


def _capitals(side: Side) -> set[str]:
    return {word[:4] for word in re.findall(r"\b[A-Z]\w{3,}", side.quote.words)}


def _counts(one: Contradiction, side: Side) -> bool:
    """False for a wish or a demand among the reports of who left and who is there, and for a headline's mere plan."""
    if one.kind == "presence":
        return not is_wish(side.quote.words)
    return not (one.kind == "headline" and side.modality == "planned-or-possible")


def _dispute(one: Contradiction, material: Material) -> Line | None:
    """A line with up to four different sides; None where it is not asked for or its words have been shown."""
    if not any(side.evidence in material.kept for side in one.sides) or _is_idle(one):
        return None
    sides = list({flat(side.quote.words): side for side in one.sides if _counts(one, side)}.items())
    shown = [words for words, _ in sides if words not in material.used]
    if not shown or (len(sides) < 2 and one.kind not in ("one-side", "unsourced", "unproven-ground")):
        return None
    said = []
    for words, side in [*sides[:2], *sides[-1:]] if len(sides) > 2 else sides:
        when = day_words(side.known_by) if side.known_by else "undated"
        who = side.attribution.name if side.attribution else OWN_VOICE
        told = "" if side.modality == "asserted" else f" ({side.modality})"
        said.append(Said(f"{when}, {who}{told}", words, material.citations.number(side.evidence, side.quote)))
    material.used.update(words for words, _ in sides)
    kind = one.kind.replace("-", " ")
    return Line(
        _first_upper(material.in_words(one.says)),
        "",
        tuple(dict.fromkeys(one.cite for one in said)),
        kind,
        tuple(said),
    )


def ties(material: Material) -> Section:
    """Ties that reports state, the surest first, then the record of acts of the pairs that acted most."""
    known = [tie for tie in material.situation.ties if _both_known(tie) and material.records(tie.because)]
    stated = [tie for tie in known if _is_stated(tie)]
    stated.sort(key=lambda tie: (-_reports(tie.because, material), -tie.confidence, tie.id))
    lines = [_stated(tie, material) for tie in _unlike(stated, _tie_name, TIES, material)]
    acted = [tie for tie in known if sum(tie.counts) > 1]
    acted.sort(key=lambda tie: (-sum(tie.counts), -abs(tie.strength), tie.id))
    lines += [_record(tie, material) for tie in _unlike(acted, _tie_name, RECORDS, material)]
    about = "Ties that reports state, then how pairs acted on each other: mean PLOVER score (-10 to +10), an act half as heavy after 180 days."
    return Section(STANDING, about, tuple(lines))


def _is_stated(tie: Tie) -> bool:
    """True for a tie that reports state and that can be: nobody commands a state, and a person is no part of one."""
    state = tie.target.id is not None and tie.target.id == tie.target.country
    cannot_be = state and tie.kind in ("commands", "part-of")
    return not sum(tie.counts) and tie.confidence >= SURE and tie.kind in STANDS and not cannot_be


def _tie_name(tie: Tie) -> object:
    return tie.source.name, tie.kind, tie.target.name


def _presence_name(one: Presence) -> object:
    return one.actor.name, one.kind, one.place.name


def _deal_name(one: Agreement) -> object:
    return tuple(sorted(actor.name for actor in one.parties)), one.status


def _both_known(tie: Tie) -> bool:
    return bool(tie.source.id and tie.target.id)


def _reports(because: Iterable[str], material: Material) -> int:
    return len({record.report for record in material.records(because)})


def _stated(tie: Tie, material: Material) -> Line:
    records = material.records(tie.because)
    count = len({record.report for record in records})
    note = f"{count} reports" if count > 1 else ""
    return line_of(
        f"{tie.source.name} {agree(tie.source.name, STANDS[tie.kind])} {tie.target.name}",
        records,
        material,
        note,
    )


def _record(tie: Tie, material: Material) -> Line:
    """The record of acts of a pair: counts, mean score, change, the latest sentences."""
    cooperate, conflict = sum(tie.counts[:2]), sum(tie.counts[2:])
    counted = [f"{cooperate} cooperative" if cooperate else "", f"{conflict} hostile" if conflict else ""]
    change = f", {'better' if tie.trend > 0 else 'worse'} by {abs(tie.trend):.1f} than half a year before"
    lead = f"{tie.source.name} → {tie.target.name}: {' and '.join(part for part in counted if part)} acts"
    words = f"Mean score {tie.strength:+.1f}{change if abs(tie.trend) >= 0.5 else ''}; {period_words(tie.period)}."
    records = sorted(
        material.records(tie.because), key=lambda one: (one.known_by or date.min, one.id), reverse=True
    )
    return Line(lead, words, material.citations.cite(records))


def presences(material: Material) -> Section:
    """Who holds, fights, is based or left where, for forces that the catalogue knows; the best attested first."""
    found = [one for one in material.situation.presences if _stands(one, material)]
    found.sort(key=lambda one: (-_reports(one.because, material), -one.confidence, one.id))
    lines = [_presence(one, material) for one in _unlike(found, _presence_name, PRESENT, material)]
    about = "Who is, holds, has a base or leaves where. The dates are those of the reports where no other is told."
    return Section("Forces on the ground", about, tuple(lines))


def _stands(one: Presence, material: Material) -> bool:
    return bool(
        one.actor.id
        and one.actor.id not in material.persons
        and one.status in TOLD
        and one.confidence >= SURE
        and _shows(one, material)
    )


def _shows(one: Presence, material: Material) -> list[Record]:
    """The evidence that tells of it in so many words: not a wish, a demand or a fear; holding takes a word for holding."""
    return [
        record
        for record in material.records(one.because)
        if not is_wish(record.quote.words)
        and not record.quote.words.rstrip().endswith("?")
        and (one.kind != "controls" or HOLDS.search(record.quote.words))
    ]


def _presence(one: Presence, material: Material) -> Line:
    verb = IS_THERE.get(one.kind, one.kind.replace("-", " "))
    if one.place.precision not in ("point", "place"):
        verb = verb.removesuffix(" at") + " in" if verb.endswith(" at") else verb
    word = ", ".join(dict.fromkeys(source.name for source in one.on_word_of[:2]))
    until = f"as told up to {day_words(one.period.end)}" if not one.period.start and one.period.end else ""
    parts = [until or period_words(one.period), one.status if one.status != "reported" else ""]
    parts.append(f"on the word of {word}" if word else "")
    lead = f"{one.actor.name} {agree(one.actor.name, verb)} {one.place.name}"
    shows = _shows(one, material)
    fresh = [record for record in shows if flat(record.quote.words) not in material.used]
    first = (fresh or shows)[0]
    others = [record for record in shows if record is not first][:1]
    material.used.add(flat(first.quote.words))
    cites = material.citations.cite([first, *others, *material.records(one.contested_by)[:1]])
    return Line(lead, flat(first.quote.words), cites, ", ".join(part for part in parts if part))


def agreements(material: Material) -> Section:
    """Deals between at least two parties, the latest first, with how their state changed."""
    found = [one for one in material.situation.agreements if _is_deal(one, material)]
    found.sort(key=lambda one: (-(_last_state(one) or date.min).toordinal(), one.id))
    lines = [_agreement(one, material) for one in _unlike(found, _deal_name, DEALS, material)]
    return Section(
        "Deals and their state", "Terms as quoted; the states by the day of the report.", tuple(lines)
    )


def _is_deal(one: Agreement, material: Material) -> bool:
    return one.confidence >= SURE and bool(_deal_records(one, material))


def _deal_records(one: Agreement, material: Material) -> list[Record]:
    """The evidence whose sentence speaks of a deal and names at least two of the parties; one of a deal that was brokered or quit."""
    least = 1 if one.brokers or one.status in ("ended", "suspended") else 2
    return [
        record
        for record in material.records(one.because)
        if DEAL.search(record.quote.words) and len(_parties_in(one, record)) >= least
    ]


def _parties_in(one: Agreement, record: Record) -> list[str]:
    """The parties that the sentence names."""
    words = flat(record.quote.words).lower()
    return [actor.name for actor in one.parties if readable(actor) and stands_in(actor, words)]


def _last_state(one: Agreement) -> date | None:
    return max((day for day, _, _ in one.history if day), default=None)


def _agreement(one: Agreement, material: Material) -> Line:
    parties = " and ".join(_some(_parties_in(one, _deal_records(one, material)[0])))
    brokers = ", ".join(actor.name for actor in one.brokers if readable(actor))
    broker = f", brokered by {brokers}" if brokers else ""
    states = dict.fromkeys(f"{state} {day_words(day)}".strip() for day, state, _ in one.history)
    lead = f"{parties}{broker}: {one.status}"
    return _quoted(lead, one.terms, _deal_records(one, material), material, ", ".join(states))


def what_is_new(material: Material) -> Section:
    """With a `since`: deals whose state changed, ties and presences first told, forces that came or went since that day."""
    since = material.since
    if since is None:
        return Section("New", "", ())
    situation = material.situation
    deals = [
        one
        for one in situation.agreements
        if _is_deal(one, material) and (_last_state(one) or date.min) >= since
    ]
    present = [
        one
        for one in situation.presences
        if _stands(one, material) and _first(one.because, material) >= since
    ]
    known = [tie for tie in situation.ties if _both_known(tie) and material.records(tie.because)]
    before = {
        frozenset((tie.source.key, tie.target.key)) for tie in known if _first(tie.because, material) < since
    }
    stated = [
        tie for tie in known if _is_stated(tie) and frozenset((tie.source.key, tie.target.key)) not in before
    ]
    turned = [tie for tie in known if sum(tie.counts) > 1 and abs(tie.trend) >= TURNED]
    lines = [
        *(_agreement(one, material) for one in _unlike(deals, _deal_name, NEW, material)),
        *(_presence(one, material) for one in _unlike(present, _presence_name, NEW, material)),
        *(_stated(tie, material) for tie in _unlike(stated, _tie_name, NEW, material)),
        *(_record(tie, material) for tie in _unlike(turned, _tie_name, NEW, material)),
    ]
    about = "Deals that changed state, forces and ties first told, and relations that turned since that day."
    return Section(f"New since {day_words(since)}", about, tuple(lines))


def _first(because: Iterable[str], material: Material) -> date:
    """The first day on which any of this could be known, also what is not asked for."""
    days = []
    for id in because:
        for one in material.told(id):
            record = material.events.get(one) or material.statements.get(one) or material.relations.get(one)
            if record and record.known_by:
                days.append(record.known_by)
    return min(days, default=date.min)


def _quoted(
    lead: str, quotes: tuple[Quote, ...], records: list[Record], material: Material, note: str
) -> Line:
    """A line with the first of these quotes; its sentence is cited first."""
    spans = {(record.quote.report, record.quote.start): record for record in records}
    for quote in quotes:
        if record := spans.get((quote.report, quote.start)):
            ordered = [record, *(other for other in records if other is not record)]
            material.used.add(flat(record.quote.words))
            return Line(lead, flat(record.quote.words), material.citations.cite(ordered), note)
    return line_of(lead, records, material, note)


def _unlike(
    found: Iterable[Shown], name: Callable[[Shown], object], most: int, material: Material
) -> list[Shown]:
    """The first of these that have not been shown, no two by the same name."""
    fresh: dict[object, Shown] = {}
    for one in found:
        if one.id not in material.shown:
            fresh.setdefault(name(one), one)
    chosen = list(fresh.values())[:most]
    material.shown.update(one.id for one in chosen)
    return chosen


def _some(words: Iterable[str]) -> list[str]:
    listed = list(dict.fromkeys(words))
    return [", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]
