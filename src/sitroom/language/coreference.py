"""Who was mentioned so far in a report, for pronouns, "the army", "the group" and "the two sides"."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from sitroom.vocabulary import Actor


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a sentence; `kind` is person, group, state, body, forces, people or adjective."""

    sentence: int
    actor: Actor
    kind: str


PERSON = frozenset({"person"})


@dataclass
class Memory:
    """The mentions of one report in order of salience, and the pairs that it sets side by side ("between A and B")."""

    mentions: list[Mention] = field(default_factory=list)
    pairs: list[tuple[Actor, Actor]] = field(default_factory=list)

    def note(self, sentence: int, actor: Actor, kind: str) -> None:
        """Remember a mention; of one sentence the least salient come first."""
        self.mentions.append(Mention(sentence, actor, kind))

    def note_pair(self, one: Actor, other: Actor) -> None:
        """Remember two who stand on the two sides of a war, a front or talks."""
        if one.key != other.key:
            self.pairs.append((one, other))

    def latest(
        self,
        sentence: int,
        *kinds: str,
        before: int | None = None,
        back: int = 3,
        fits: Callable[[Actor], bool] = bool,
    ) -> Actor | None:
        """The last mention of one of the kinds that fits, at most `back` sentences ago and before the offset."""
        for mention in reversed(self.mentions):
            if sentence - mention.sentence > back:
                return None
            if mention.kind in kinds and _stands_before(mention.actor, before) and fits(mention.actor):
                return mention.actor
        return None

    def called(self, word: str, sentence: int, before: int) -> Actor | None:
        """The last body with the word in its name: "the ministry" after "the Russian Ministry of Defence"."""
        for mention in reversed(self.mentions):
            names = mention.kind in {"body", "state", "group"} and word in mention.actor.name.lower().split()
            if names and sentence - mention.sentence <= 6 and _stands_before(mention.actor, before):
                return mention.actor
        return None

    def body(self, suffix: str, before: int) -> str | None:
        """Whose army (`MIL`), government (`GOV`) ... was last spoken of as such in the report: the id of the country."""
        for mention in reversed(self.mentions):
            land, _, kind = (mention.actor.id or "").partition(".")
            if (
                mention.kind in {"body", "forces"}
                and kind == suffix
                and _stands_before(mention.actor, before)
            ):
                return land
        return None

    def sides(self, sentence: int, before: int) -> list[Actor]:
        """ "Both sides", "the warring parties": the last two set against each other, else the last two mentioned.

        They may be of one country where one of them is a group, as in a civil war.
        """
        if self.pairs:
            return list(self.pairs[-1])
        for kinds in (PERSON, frozenset[str]()):  # sides are states and groups before they are persons
            for same_too in (False, True):
                for civil in (False, True):
                    if found := self._two(sentence, before, same_too, civil, kinds):
                        return found
        return []

    def last_two(self, sentence: int, before: int) -> list[Actor]:
        """The last two of different countries, for "the two ministers".

        Two persons of this sentence if there are, else those of the sentences before, else any of this one.
        """
        here = [m for m in self.mentions if m.sentence == sentence and m.kind == "person"]
        near = [m.actor for m in here if _stands_before(m.actor, before) and m.actor.id]
        if len(near) == 2 and near[0].country != near[1].country:
            return sorted(near, key=lambda a: a.start or 0)
        return self._two(sentence, before, False, False) or self._two(sentence, before, True, False)

    def foremost(self, before: int) -> list[str]:
        """The two countries that are mentioned most before the offset; none where a third is mentioned as often."""
        lands = Counter(
            m.actor.country
            for m in self.mentions
            if m.actor.country and len(m.actor.country) == 3 and _stands_before(m.actor, before)
        ).most_common(3)
        clear = len(lands) == 2 or (len(lands) == 3 and lands[1][1] > lands[2][1])
        return [country for country, _ in lands[:2]] if clear else []

    def _two(
        self, sentence: int, before: int, same_too: bool, civil: bool, but: frozenset[str] = frozenset()
    ) -> list[Actor]:
        found: list[Mention] = []
        for mention in reversed(self.mentions):
            if sentence - mention.sentence > 2 or len(found) == 2:
                break
            if mention.kind in {"people", *but} or (mention.sentence == sentence and not same_too):
                continue
            if _stands_before(mention.actor, before) and all(
                _apart(mention, other, civil) for other in found
            ):
                found.append(mention)
        return sorted((m.actor for m in found), key=lambda a: a.start or 0) if len(found) == 2 else []


def _apart(one: Mention, other: Mention, civil: bool) -> bool:
    if civil and "group" in (one.kind, other.kind):
        return one.actor.key != other.actor.key
    return one.actor.key != other.actor.key and one.actor.country != other.actor.country


def _stands_before(actor: Actor, offset: int | None) -> bool:
    return offset is None or actor.start is None or actor.start < offset
