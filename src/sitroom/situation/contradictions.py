"""What cannot all be so, or qualifies one another: denials, numbers, headlines, and one side's account alone."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from sitroom.situation.deeds import denied_deeds
from sitroom.situation.grounds import REBUTS, Findings, Record, contradiction
from sitroom.situation.kinship import SHARED, compare_sides, is_named, speaks_for
from sitroom.situation.mentions import family, similarity, word_stems
from sitroom.situation.standing import between_rivals, tie_in_doubt, whose_command
from sitroom.situation.states import (
    changed_presence,
    contested_control,
    end_claimed,
    labelled,
    talks_and_threats,
)
from sitroom.situation.tallies import other_tallies
from sitroom.situation.words import act_sentence, actor_names, day_words, joined, period_words
from sitroom.vocabulary import Actor, Contradiction, Event, Statement

MOST = 200
"""At most so many of one kind, the latest known: the rest is told by the incidents themselves."""
ALIKE = 0.3
LOST = re.compile(
    r"\b(this|the|such|these|those|any|it)\b.*\b(reports?|deal|agreement|claims?|accord|allegations?|accusations?|charges?|news)\b|^\s*(it|this|that)\s*$",
    re.IGNORECASE,
)
BARE = re.compile(r"^\s*(it|this|that)\b(?!.*\b(report|deal|news|agreement|accord)s?\b)", re.IGNORECASE)
ALLEGED = re.compile(r"\b(claim|allegation|accusation|charge)s?\b", re.IGNORECASE)
PARTLY = re.compile(
    r"\b(begun|began|started|starting|nearly|almost|some of|part of|partial|partly|first phase|preparing)\b",
    re.IGNORECASE,
)
GROUND = re.compile(
    r"\b(in response to|in retaliation for|after|over|following|because of|citing)\b[^.;]{0,25}\b(alleged|suspected|purported|claimed)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(r"\b(if|unless|should)\b", re.IGNORECASE)
MIGHT = re.compile(r"\b(might|may|could|possibly|perhaps|seems?)\b")
SPEECH = frozenset({"wants", "demands"})
MATERIAL = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT", "MOBILIZE"})
MAIN = frozenset({"ASSAULT", "RETREAT", "CONCEDE", "MOBILIZE", "COERCE", "AGREE", "SUPPORT", "SANCTION"})


def denials(found: Findings) -> Iterator[Contradiction]:
    """Somebody denies or doubts what a report tells; where the words leave open what, the surest candidate, in doubt."""
    given: set[tuple[str, int, tuple[str, ...]]] = set()  # one sentence may name its speaker twice
    for statement in found.statements:
        if statement.stance not in ("denies", "doubts"):
            continue
        who = statement.speaker.name if statement.speaker else "the report"
        verb = "denies" if statement.stance == "denies" else "doubts"
        told = [found.events[id] for id in statement.about if id in found.events]
        told = [event for event in told if event.quote.start != statement.quote.start]
        sure: float | None = None
        if not told and LOST.search(statement.issue) and not _is_coded_denied(statement, found):
            told, sure = _antecedents(statement, found), 0.3
        key = (statement.report, statement.quote.start, tuple(event.id for event in told))
        if told and key not in given:
            given.add(key)
            first = told[0]
            tail = period_words(first.period)
            what = act_sentence(first.type, first.mode, first.actors, first.recipients, tail)
            unsure = " What exactly is meant is not clear from the text." if sure else ""
            says = f"{who} {verb} what is told: {what}. The account is contested.{unsure}"
            yield contradiction("denial", _about(told[0]), [*told, statement], says, sure)
    for incident in found.incidents:
        if incident.status not in ("contested", "denied"):
            continue
        told = [found.events[id] for id in incident.events]
        against = [event for event in told if event.modality == "denied"]
        if against and len(against) < len(told):
            who = joined(event.attribution.name for event in against if event.attribution) or "a report"
            yield contradiction(
                "denial",
                incident.summary,
                told,
                f"Told by some, denied or played down by {who}: {incident.summary}",
            )


def _is_coded_denied(statement: Statement, found: Findings) -> bool:
    """True where the coder found what the sentence denies: then its incident tells it."""
    return any(
        isinstance(one, Event) and one.modality == "denied" and one.quote == statement.quote
        for one in found.by_report.get(statement.report, ())
    )


def _antecedents(statement: Statement, found: Findings) -> list[Event]:
    """What "this report" may mean: what the headline says, and what else of that kind stands in the report."""
    events = [
        one
        for one in found.by_report.get(statement.report, ())
        if isinstance(one, Event) and one.type in MAIN
    ]
    before = [event for event in events if event.quote.start < statement.quote.start]
    accusing = [
        one
        for one in found.by_report.get(statement.report, ())
        if isinstance(one, Event) and one.type == "ACCUSE"
    ]
    accusing = [one for one in accusing if one.quote.start < statement.quote.start]
    mine = [one for one in accusing if statement.speaker and speaks_for(statement.speaker, one.recipients)]
    if ALLEGED.search(statement.issue) and mine:
        return mine[-1:]
    if ALLEGED.search(statement.issue) and (claims := [one for one in before if one.modality == "alleged"]):
        return claims[-1:]
    if BARE.match(statement.issue):
        return sorted((*before, *mine), key=lambda one: (one.quote.start, one.id))[-1:]
    if ALLEGED.search(statement.issue):  # "the claim" is one that somebody made
        return [one for one in before if one.attribution][-1:]
    headed = [event for event in events if found.in_headline(event)]
    return headed[:2] or before[-1:]


def numbers(found: Findings) -> Iterator[Contradiction]:
    """Reports of one happening give different numbers, days or places, or blame different sides."""
    for incident in found.incidents:
        for one in incident.disputed:
            records = [found.events[id] for _, ids in one.values for id in ids]
            told = joined(f"{value} ({len(ids)} report{'s' * (len(ids) > 1)})" for value, ids in one.values)
            kind = (
                "identity"
                if one.what == "actor"
                else "number"
                if one.what not in ("day", "place")
                else one.what
            )
            says = f"Reports of one happening differ on {one.what}: {told}."
            yield contradiction(kind, incident.summary, records, says)


def headlines(found: Findings) -> Iterator[Contradiction]:
    """The headline says more, or of somebody else, than the body of the same report."""
    for report, records in found.by_report.items():
        if report not in found.headlines:
            continue
        heads = [one for one in records if isinstance(one, Event) and found.in_headline(one)]
        body = [one for one in records if not found.in_headline(one)]
        for head in heads:
            stems = word_stems(head.quote.words)
            weaker: list[Record] = []
            others: list[Record] = []
            for one in body:
                if isinstance(one, Statement):
                    if (
                        one.stance in SPEECH
                        and head.type in ("AGREE", "SUPPORT")
                        and similarity(word_stems(one.quote.words), stems) >= ALIKE
                    ):
                        weaker.append(one)
                elif isinstance(one, Event) and _one_matter(head, one, stems):
                    if (one.modality != "asserted" and head.modality == "asserted") or PARTLY.search(
                        one.quote.words
                    ):
                        weaker.append(one)
                    elif head.type == one.type and head.type in MATERIAL and _other_victim(head, one):
                        others.append(one)
            if weaker:
                yield contradiction(
                    "headline",
                    _about(head),
                    [head, *weaker],
                    "The headline tells as done what the body calls begun, wanted, planned, alleged or denied.",
                )
            if others:
                yield contradiction(
                    "identity",
                    _about(head),
                    [head, *others],
                    "Headline and body do not name the same side: who was hit, or did it, is not what the headline says.",
                )


def _one_matter(head: Event, one: Event, stems: frozenset[str]) -> bool:
    if family(head.type) == family(one.type):
        return similarity(word_stems(one.quote.words), stems) >= ALIKE
    return (
        head.type in ("AGREE", "SUPPORT")
        and one.type == "RETREAT"
        and similarity(word_stems(one.quote.words), stems) >= ALIKE
    )


def _other_victim(head: Event, one: Event) -> bool:
    """Both name who was hit (or, with nobody hit, who acts), and it is not the same; "governor" is not another than "Lviv governor"."""
    left, right = (
        (head.recipients, one.recipients) if head.recipients and one.recipients else (head.actors, one.actors)
    )
    if not left or not right:
        return False
    return compare_sides(left, right) != SHARED and _heads(left).isdisjoint(_heads(right))


def _heads(actors: Iterable[Actor]) -> set[str]:
    """Keys, and for actors without an id the noun that heads their phrase."""
    return {actor.key for actor in actors} | {
        actor.name.split()[-1].casefold() for actor in actors if not actor.id
    }


def one_side(found: Findings) -> Iterator[Contradiction]:
    """An attack told only by a party to it, with no word from the other."""
    for incident in found.incidents:
        if incident.type not in ("ASSAULT", "COERCE") or incident.status not in ("claimed", "reported"):
            continue
        both = (*incident.actors, *incident.recipients)
        own = all(speaks_for(found.events[id].attribution, both) for id in incident.events)
        if own and any(is_named(actor) for actor in both):
            told = found.events_of(incident.id)
            who = joined(event.attribution.name for event in told if event.attribution)
            yield contradiction(
                "one-side",
                incident.summary,
                told,
                f"Only {who} tells this, a party to it; the other side's account is missing.",
            )


def rebuttals(found: Findings) -> Iterator[Contradiction]:
    """ "Actually ...": somebody sets another account against one that is told, or taken for granted."""
    for statement in found.statements:
        if statement.stance != "asserts" or not REBUTS.match(statement.quote.words):
            continue
        attacks = [
            one
            for one in found.by_report.get(statement.report, ())
            if isinstance(one, Event) and one.type == "ASSAULT"
        ]
        others = [one for one in attacks if one.quote.start != statement.quote.start]
        others.sort(key=lambda one: (abs(one.quote.start - statement.quote.start), one.id))
        who = statement.speaker.name if statement.speaker else "The speaker"
        says = f"{who} sets another account against one that is told or taken for granted; who speaks, and against what, is for the reader to weigh."
        yield contradiction("rebuttal", statement.issue, [statement, *others[:3]], says, 0.3)


def unproven_grounds(found: Findings) -> Iterator[Contradiction]:
    """An act that happened is told as an answer to something that is only alleged."""
    for event in found.telling:
        if (
            isinstance(event, Event)
            and event.modality in ("asserted", "alleged")
            and GROUND.search(event.quote.words)
        ):
            says = "The act is told as a fact; what it answers is only alleged, and by whom that was done is not said."
            yield contradiction("unproven-ground", _about(event), [event], says)


def unsourced(found: Findings) -> Iterator[Contradiction]:
    """Something grave is only alleged or supposed, and nobody with a name vouches for it."""
    for incident in found.incidents:
        if incident.type not in MAIN or incident.status not in ("claimed", "expected"):
            continue
        told = [found.events[id] for id in incident.events]
        loose = all(one.attribution is None or one.attribution.kind in ("anonymous", "media") for one in told)
        doubtful = any(
            one.modality == "alleged"
            or (MIGHT.search(one.quote.words) and not CONDITION.search(one.quote.words))
            for one in told
        )
        if loose and doubtful and all(one.modality in ("alleged", "planned-or-possible") for one in told):
            says = "Alleged or supposed only: no named source vouches for it."
            yield contradiction("unsourced", incident.summary, told, says)


Rule = Callable[[Findings], Iterator[Contradiction]]
RULES: Mapping[str, Rule] = {
    "denials": denials,
    "denied deeds": denied_deeds,
    "numbers": numbers,
    "tallies": other_tallies,
    "headlines": headlines,
    "one side": one_side,
    "rebuttals": rebuttals,
    "unproven grounds": unproven_grounds,
    "unsourced": unsourced,
    "presence": changed_presence,
    "control": contested_control,
    "two tracks": talks_and_threats,
    "end claimed": end_claimed,
    "labels": labelled,
    "between rivals": between_rivals,
    "tie in doubt": tie_in_doubt,
    "whose command": whose_command,
}
"""The kinds of rules, in the order in which they are tried; each is general and knows no report."""


def find_contradictions(found: Findings) -> tuple[Contradiction, ...]:
    """Every contradiction once, by kind and id; of each rule at most `MOST`, the latest known."""
    return sift_contradictions(found)[0]


def sift_contradictions(found: Findings) -> tuple[tuple[Contradiction, ...], tuple[tuple[str, int], ...]]:
    """The same, and for each rule that found more than `MOST` how many are left out."""
    kept: dict[str, Contradiction] = {}
    left_out: list[tuple[str, int]] = []
    for name, rule in RULES.items():
        made = {one.id: one for one in rule(found) if one.sides}
        latest = sorted(made.values(), key=lambda one: (-_known(one), one.id))[:MOST]
        kept |= {one.id: one for one in latest}
        if len(made) > MOST:
            left_out.append((name, len(made) - MOST))
    return tuple(sorted(kept.values(), key=lambda one: (one.kind, one.id))), tuple(left_out)


def _known(one: Contradiction) -> int:
    return max((side.known_by.toordinal() for side in one.sides if side.known_by), default=0)


def _about(event: Event) -> str:
    who = actor_names((*event.actors, *event.recipients)) or "somebody unnamed"
    day = event.period.start
    return f"{event.type.lower()}: {who}" + (f", {day_words(day)}" if day and day == event.period.end else "")
