"""Contradictions between ties: a friend of two rivals, a tie that some call loosening, a group with two masters."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from sitroom.situation.grounds import Findings, Record, contradiction, day_of, side_of
from sitroom.situation.kinship import is_named
from sitroom.situation.ties import RECORD
from sitroom.vocabulary import Actor, Contradiction, Relation, Tie

LOOSER = re.compile(
    r"\b(loosen\w*|weaken\w*|less dependent|drift\w* apart|strained?|cool\w* (?:off|relations)|rift|distanc\w+ (?:itself|himself)|no longer)\b",
    re.IGNORECASE,
)
LOOSENED_FROM = re.compile(LOOSER.pattern + r"\s+(?:on|from|with)\s+(.{0,30})", re.IGNORECASE)
FIRMER = re.compile(
    r"\b(re-?assert\w*|reaffirm\w*|strength\w*|deepen\w*|cement\w*|closer)\b.{0,40}\b(relation\w*|ties?|alliance|partnership|bond)\b",
    re.IGNORECASE,
)
FRIENDLY = frozenset({"ally-of", "backs", "coordinates-with", "depends-on", "proxy-of"})
COMMANDING = frozenset({"backs", "commands", "proxy-of", "part-of", "depends-on"})
JOINT = frozenset({"AID", "COOPERATE", "AGREE"})
MOST_TRIADS = 100
MOST_DOUBTS = 1000


def between_rivals(found: Findings) -> Iterator[Contradiction]:
    """Somebody stands well with two sides that are at odds (Heider 1946, structural balance): an unbalanced triad."""
    good, bad, names = _signed(found)
    friends: dict[str, set[str]] = defaultdict(set)
    for one, other in good:
        friends[one].add(other)
        friends[other].add(one)
    made = 0
    for middle in sorted(friends):
        around = sorted(friends[middle])[:40]
        for place, one in enumerate(around):
            for other in around[place + 1 :]:
                pair = (one, other)
                if pair not in bad or pair in good or made >= MOST_TRIADS:
                    continue
                made += 1
                records = [*good[_pair(middle, one)][-2:], *good[_pair(middle, other)][-2:], *bad[pair][-1:]]
                said = f"{names[middle]} stands well with both {names[one]} and {names[other]}, who are at odds: read each tie with its date; they pull against one another."
                yield contradiction(
                    "between-rivals",
                    f"{names[middle]} between {names[one]} and {names[other]}",
                    records,
                    said,
                )


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


Signed = dict[tuple[str, str], list[Record]]


def _signed(found: Findings) -> tuple[Signed, Signed, dict[str, str]]:
    """Records that speak for good and for bad terms, by pair of sides, in the order of their ids."""
    good: Signed = defaultdict(list)
    bad: Signed = defaultdict(list)
    names: dict[str, str] = {}
    for relation in sorted(found.relations, key=lambda one: one.id):
        if relation.object is None or relation.modality == "denied":
            continue
        one, other = side_of(relation.subject), side_of(relation.object)
        _name(names, relation.subject, one)
        _name(names, relation.object, other)
        if one != other and relation.relation in FRIENDLY:
            good[_pair(one, other)].append(relation)
        elif one != other and relation.relation in ("rival-of", "at-war-with", "opposes", "sanctions"):
            bad[_pair(one, other)].append(relation)
    for event in sorted(
        (one for one in found.events.values() if len(one.actors) > 1 and one.type in JOINT),
        key=lambda one: one.id,
    ):
        sides = sorted({side_of(actor) for actor in event.actors if is_named(actor)})
        for actor in event.actors:
            _name(names, actor, side_of(actor))
        for place, one in enumerate(sides):
            for other in sides[place + 1 :]:
                good[one, other].append(event)
    for tie in found.ties:
        if tie.kind == RECORD and abs(tie.strength) >= 3 and sum(tie.counts) >= 1:
            _add_record(tie, found, good if tie.sign > 0 else bad, names)
    return good, bad, names


def _add_record(tie: Tie, found: Findings, signed: Signed, names: dict[str, str]) -> None:
    one, other = side_of(tie.source), side_of(tie.target)
    if one == other:
        return
    _name(names, tie.source, one)
    _name(names, tie.target, other)
    told = found.events_of(tie.because[-1])
    signed[_pair(one, other)].extend(told[:1])


def _name(names: dict[str, str], actor: Actor, side: str) -> None:
    if side not in names or actor.id == side:
        names[side] = actor.name


def tie_in_doubt(found: Findings) -> Iterator[Contradiction]:
    """A tie that reports state is called weaker, strained or doubtful elsewhere."""
    stated = [
        one
        for one in sorted(found.relations, key=lambda one: one.id)
        if one.object and one.relation in FRIENDLY
    ]
    by_pair: dict[tuple[str, str], list[Relation]] = defaultdict(list)
    for relation in stated:
        if relation.object:
            by_pair[_pair(side_of(relation.subject), side_of(relation.object))].append(relation)
    reaffirmed: dict[str, list[Record]] = defaultdict(list)
    for statement in found.statements:
        if FIRMER.search(statement.quote.words):
            reaffirmed[statement.report].append(statement)
    doubts: dict[tuple[str, int], Record] = {}
    for record in found.telling if by_pair else ():
        if LOOSER.search(record.quote.words):
            doubts.setdefault((record.report, record.quote.start), record)
    pairs = sorted(by_pair)
    names_of = {pair: _names_of(pair, by_pair[pair]) for pair in pairs}
    for doubt in sorted(doubts.values(), key=lambda one: (-day_of(one).toordinal(), one.id))[:MOST_DOUBTS]:
        words = doubt.quote.words.lower()
        loosened = LOOSENED_FROM.search(words)
        named = [pair for pair in pairs if all(_named_in(words, side) for side in names_of[pair])]
        if loosened and (
            close := [pair for pair in named if any(_named_in(loosened[2], side) for side in names_of[pair])]
        ):
            named = close  # "less dependent on Iran" is of a tie with Iran
        for pair in named:
            firm = next((one for one in by_pair[pair] if one.quote != doubt.quote), None)
            if firm:
                names = sorted({actor.name for actor in (firm.subject, firm.object) if actor})
                again = reaffirmed.get(doubt.report, [])[:1]
                said = f"The tie of {' and '.join(names)} is stated by some and called weaker by others: readings of named people or supposition, with their dates."
                yield contradiction("tie-in-doubt", " and ".join(names), [doubt, *again, firm], said)


def _names_of(pair: tuple[str, str], relations: Iterable[Relation]) -> list[set[str]]:
    """For either side of a pair, by what the words may name it: the last part of a name, cut."""
    actors = [actor for one in relations for actor in (one.subject, one.object) if actor]
    return [{_stem(actor.name) for actor in actors if side_of(actor) == side} for side in pair]


def _named_in(words: str, stems: Iterable[str]) -> bool:
    return any(stem in words for stem in stems)


def _stem(name: str) -> str:
    """`assad` of Bashar al-Assad, `russia` of Russia (and of Russian)."""
    last = re.split(r"[\s-]+", name.lower())[-1]
    return last[:6] if len(last) > 6 else last


def whose_command(found: Findings) -> Iterator[Contradiction]:
    """A group is told to be run or backed by one side and to serve or belong to another."""
    masters: dict[str, dict[str, list[Relation]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    for relation in sorted(found.relations, key=lambda one: one.id):
        if relation.relation not in COMMANDING or relation.object is None or relation.modality == "denied":
            continue
        group, master = (
            (relation.subject, relation.object)
            if relation.relation in ("proxy-of", "part-of")
            else (relation.object, relation.subject)
        )
        if (
            (group.id == group.country and group.id is not None)
            or group.sector in ("GOV", "MIL")
            or side_of(group) == side_of(master)
        ):
            continue
        names[group.key], names[side_of(master)] = group.name, master.name
        masters[group.key][side_of(master)].append(relation)
    for key in sorted(masters):
        if len(masters[key]) > 1:
            records = [relations[0] for _, relations in sorted(masters[key].items())]
            who = " and ".join(names[side] for side in sorted(masters[key]))
            said = f"{names[key]} is tied to {who}: whose acts its acts are has to be said case by case."
            yield contradiction("whose-command", names[key], records, said)
