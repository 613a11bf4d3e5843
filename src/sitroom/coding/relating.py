"""One sentence searched for relations: whom its phrases mean, where its places stand, and the relation made of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitroom.coding.holding import is_demanded, modality_of, period_of, source_of
from sitroom.coding.lexicon import Lexicon
from sitroom.coding.scope import PlaceSpan, Scope
from sitroom.coding.ties import RelationRule, RelationWords
from sitroom.language.tree import Token
from sitroom.vocabulary import Actor, Place, Quote, Relation, content_id

FORCES_ONLY = frozenset({"present-in", "based-at", "withdrew-from"})
OFFICES = frozenset({"leads", "holds-office", "commands"})
BETWEEN = frozenset(
    {"backs", "proxy-of", "ally-of", "rival-of", "depends-on", "coordinates-with", "sanctions"}
)
"""Relations that two sides stand in: not a state and its own government."""
STATE_SECTORS = frozenset({"GOV", "MIL", "SPY", "COP"})
LOCATIVE = {"in", "at", "near", "on", "across", "around", "inside", "within", "throughout", "along"}


@dataclass(frozen=True, slots=True)
class Search:
    """One sentence and the words to look for in it."""

    scope: Scope
    words: RelationWords
    lexicon: Lexicon

    def resolve(self, heads: Sequence[Token], *, owner: bool = True) -> list[Actor]:
        """The actors that the phrases mean; with `owner`, things stand for whoever owns them."""
        return [a for head in heads for a in self.scope.resolver.resolve(head, self.scope.here, owner=owner)]

    def is_name(self, token: Token) -> bool:
        """True for a word of a name that the catalogue knows."""
        return token.i in self.scope.here.name_at

    def is_person(self, token: Token) -> bool:
        """True for one person, named or by office: "Putin", "the ambassador"; troops and groups are none."""
        name = self.scope.here.name_at.get(token.i)
        if name is not None:
            return name.entry.kind == "person"
        entry = self.scope.resolver.nouns.by_word.get(token.lemma_.lower())
        return entry is not None and entry.kind == "person" and token.tag_ == "NN"

    def is_new_name(self, token: Token, others: Sequence[Token]) -> bool:
        """True for a word of a known name that none of the others is a word of."""
        name_at = self.scope.here.name_at
        return token.i in name_at and all(name_at.get(one.i) is not name_at[token.i] for one in others)


def is_locative(place: PlaceSpan) -> bool:
    """True for a place that something is at: "in Erbil", also where the phrase as a whole is near or far from elsewhere."""
    above = place.token.head
    return place.slot in LOCATIVE or (place.token.dep_ == "pobj" and above.lower_ in LOCATIVE)


def places_of(head: Token, scope: Scope) -> Iterator[PlaceSpan]:
    """The places that a noun phrase names, nearest first: the head itself, "areas of X", "a base in X"; none in a clause of its own."""
    near = sorted(scope.places, key=lambda p: abs(p.token.i - head.i))
    for place in near:
        if place.token.i == head.i:
            yield place
            continue
        for above in place.token.ancestors:
            if above.i == head.i:
                yield place
            if above.i == head.i or above.pos_ in {"VERB", "AUX"}:
                break


def places_under(token: Token, scope: Scope) -> Iterator[PlaceSpan]:
    """Where a verb of being somewhere puts its subject: its object, its locatives, the place that a relative clause describes."""
    for place in sorted(scope.places, key=lambda p: abs(p.token.i - token.i)):
        above = next((a for a in place.token.ancestors if a.pos_ in {"VERB", "AUX"} or a.i == token.i), None)
        if (
            above is not None
            and above.i == token.i
            and (is_locative(place) or place.slot in {"object", "to"})
        ):
            yield place
    if token.dep_ in {"relcl", "acl"}:
        yield from places_of(token.head, scope)


def make(subject: Actor, rule: RelationRule, target: Actor | None, place: Place | None, token: Token, search: Search) -> Iterator[Relation]:  # fmt: skip
    """The relation that a word tells of two actors, or an actor and a place; nothing where it ties nobody known to anything."""
    if not _ties(subject, rule, target, search):
        return
    if is_demanded(token, search.lexicon):
        return  # what somebody ought to do says what is wanted, not how things stand
    scope = search.scope
    report = scope.report
    quote = Quote(report.id, scope.here.sentence.start, scope.here.sentence.end, scope.words)
    other = target.key if target else place.name if place else ""
    yield Relation(
        content_id("relation", report.id, rule.id, subject.key, other, quote.start), report.id, subject, rule.id, target, place,
        period_of(token, scope), report.known_by, modality_of(token, search.lexicon), source_of(token, scope, search.lexicon), quote,
        f"relation.{rule.id}", 0.6 if subject.id else 0.5,
    )  # fmt: skip


def _ties(subject: Actor, rule: RelationRule, target: Actor | None, search: Search) -> bool:
    """False where the relation would tie nobody known: an attack by somebody, a delegation led, "military positions" of no state."""
    known = bool(subject.id or subject.country)
    catalogue = search.scope.resolver.actors
    if rule.place:
        person = subject.id in catalogue and catalogue[subject.id or ""].kind == "person"
        if (person and rule.id in FORCES_ONLY) or (subject.sector in STATE_SECTORS and not known):
            return False
    if target is not None:
        if target.key == subject.key or (rule.id in BETWEEN and _is_own(subject, target)):
            return False
        struck = rule.id == "rival-of" and target.sector in STATE_SECTORS
        if (struck or rule.id == "leads") and not (target.id or target.country):
            return False
    if rule.id == "rival-of" and not known:
        return False
    return known or bool(subject.sector) or rule.id in OFFICES


def _is_own(one: Actor, other: Actor) -> bool:
    first, second = one.id or "", other.id or ""
    return bool(first and second) and (first.startswith(f"{second}.") or second.startswith(f"{first}."))
