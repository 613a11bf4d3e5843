"""The lexicon: which words name which act, as rules that an analyst can read and extend."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from sitroom.catalogues.entries import Entry
from sitroom.catalogues.nouns import load_nouns
from sitroom.errors import CatalogueFault

GROUPS: Mapping[str, tuple[str, ...]] = {
    "talk": ("AGREE", "CONSULT", "SUPPORT"),
    "help": ("COOPERATE", "AID"),
    "yield": ("CONCEDE", "RETREAT"),
    "words": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "force": ("PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT"),
}
GROUP_OF: Mapping[str, str] = {code: group for group, codes in GROUPS.items() for code in codes}

PARTICLES = frozenset(
    [
        "off",
        "out",
        "up",
        "down",
        "back",
        "away",
        "over",
        "on",
        "in",
        "for",
        "against",
        "with",
        "from",
        "to",
        "into",
        "at",
        "of",
    ]
)

Part = Literal["verb", "noun", "adjective"]


class Example(Entry):
    """A sentence of our own and the act that the rule must give it; `act` empty says: no act."""

    text: str
    act: str = ""


class RuleEntry(Entry):
    """One rule: words, the act they name, and how an act governed by them is turned.

    `act` is `TYPE` or `TYPE/mode`; a rule without one (say, begin, hold) codes nothing alone. Patterns are words in
    dictionary form; `<class>` stands for an object of that class, before the first plain word for a subject of it.
    `turns` names a table of turns: what becomes of a governed act. `recipients` lists where the recipient stands:
    `object`, `actor` (of the governed act) or prepositions, best first. `reciprocal` makes all parties actors. A rule that
    `needs` a `clause` codes nothing without one ("pressed him to leave", not "pressed the button"), one that needs an
    `infinitive` nothing without one ("told him to leave"), one that needs `others` nothing without a clause about somebody
    else, one that needs `untruth` nothing without a word for it; one that `excludes`
    a class does not fit objects of it ("fought the fire"); `with_words` names words that, in the same phrase, make it
    another act (troops sent on a peacekeeping mission are AID).
    """

    id: str
    act: str = ""
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    turns: str = ""
    recipients: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    reciprocal: bool = False
    contexts: tuple[str, ...] = ()
    needs: Literal["", "clause", "infinitive", "others", "untruth"] = ""
    excludes: tuple[str, ...] = ()
    with_words: Mapping[str, str] = {}
    examples: tuple[Example, ...] = ()
    note: str = ""


class TurnEntry(Entry):
    """A table of turns: for a group of types (`talk`, `help`, `yield`, `words`, `force`), a type, or `any`: what it becomes.

    A value is an act (`REJECT/meet`), `same`, `none`, or either with a modality after a question mark (`same?denied`).
    """

    id: str
    to: Mapping[str, str]
    note: str = ""


class LexiconFile(Entry):
    """One TOML file of the lexicon."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    classes: Mapping[str, tuple[str, ...]] = {}
    things: tuple[str, ...] = ()
    rule: tuple[RuleEntry, ...] = ()
    turn: tuple[TurnEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """One element of a pattern: a plain word, or a class of objects (`is_class`)."""

    text: str
    is_class: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: trigger lemma, words that must follow it, subject class; `weight` orders rivals."""

    rule: RuleEntry
    part: Part
    trigger: str
    rest: tuple[Word, ...]
    before: tuple[str, ...] = ()
    subject: str | None = None

    @property
    def weight(self) -> int:
        """How specific the pattern is: a class decides more than a further word."""
        plain = 4 * (len(self.before) + sum(not word.is_class for word in self.rest))
        particle = 1 if self.rest and self.rest[0].text in PARTICLES else 0
        return (
            plain
            + particle
            + 5 * sum(word.is_class for word in self.rest)
            + (5 if self.subject else 0)
            + bool(self.rule.needs)
        )


@dataclass(frozen=True)
class Lexicon:
    """All rules by trigger lemma, the object classes and the tables of turns."""

    rules: Mapping[str, RuleEntry]
    verbs: Mapping[str, tuple[Pattern, ...]]
    nouns: Mapping[str, tuple[Pattern, ...]]
    adjectives: Mapping[str, tuple[Pattern, ...]]
    classes: Mapping[str, frozenset[str]]
    turns: Mapping[str, Mapping[str, str]]
    triggers: frozenset[str] = field(default_factory=frozenset)

    def turn(self, rule: RuleEntry, code: str, name: str = "", mode: str | None = None) -> str:
        """What `rule` makes of a governed act of type `code` by its table of turns, or the one named; see TurnEntry."""
        table = self.turns.get(name or rule.turns, {})
        for key in (f"{code}/{mode}", code, GROUP_OF.get(code, ""), "any"):
            if key in table:
                return table[key]
        return rule.act or "same"


def compile_pattern(rule: RuleEntry, part: Part, text: str) -> Pattern:
    """Turn `lay down <arms>` into a Pattern; nouns and adjectives have their head last ("hunger strike")."""
    words = [Word(w[1:-1], True) if w.startswith("<") else Word(w) for w in text.split()]
    if not words or all(word.is_class for word in words):
        raise CatalogueFault(
            f"rule {rule.id}: pattern {text!r} has no plain word", hint="name a verb, noun or adjective"
        )
    if part == "noun":
        tail = [w for w in words if w.is_class or (w.text in PARTICLES and w is not words[0])]
        plain = [w.text for w in words if w not in tail]
        return Pattern(rule, part, plain[-1], tuple(tail), tuple(plain[:-1]))
    subject = words[0].text if words[0].is_class else None
    words = words[1:] if subject else words
    return Pattern(rule, part, words[0].text, tuple(words[1:]), (), subject)


def load_lexicon(folders: Sequence[Path]) -> Lexicon:
    """Read every TOML file of the folders; a later rule, class or turn with the same id replaces an earlier one.

    Raises CatalogueFault naming file and entry.
    """
    rules: dict[str, RuleEntry] = {}
    classes: dict[str, frozenset[str]] = {}
    turns: dict[str, Mapping[str, str]] = {}
    things: set[str] = set()
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            if path.name == "relations.toml":
                continue  # read by ties.py
            part = _read_file(path)
            rules.update(_unique(path, part.rule))
            classes.update({name: frozenset(words) for name, words in part.classes.items()})
            turns.update({turn.id: turn.to for turn in part.turn})
            things.update(part.things)
    persons = load_nouns([folder.parent for folder in folders]).by_word
    classes["#person"] = frozenset(
        word for word, entry in persons.items() if entry.kind in {"person", "people"}
    )
    classes["#thing"] = frozenset(
        word for name in things for word in classes.get(name, ()) if not word.startswith("#")
    )
    _check(rules.values(), classes, turns)
    return _index(rules, classes, turns)


def _read_file(path: Path) -> LexiconFile:
    try:
        return TypeAdapter(LexiconFile).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueFault(f"{path.name}: not valid TOML: {error}", hint="mend the line named") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise CatalogueFault(
            f"{path.name}: {where}: {first['msg']}", hint="see the keys of a rule in the reference"
        ) from error


def _unique(path: Path, rules: Iterable[RuleEntry]) -> dict[str, RuleEntry]:
    found: dict[str, RuleEntry] = {}
    for rule in rules:
        if rule.id in found:
            raise CatalogueFault(
                f"{path.name}: rule {rule.id} stands twice", hint="give one of them another id"
            )
        found[rule.id] = rule
    return found


def _check(rules: Iterable[RuleEntry], classes: Mapping[str, object], turns: Mapping[str, object]) -> None:
    for rule in rules:
        if rule.turns and rule.turns not in turns:
            raise CatalogueFault(
                f"rule {rule.id}: unknown turns {rule.turns!r}", hint=f"known: {', '.join(sorted(turns))}"
            )
        code = rule.act.split("/")[0]
        if code and code not in GROUP_OF:
            raise CatalogueFault(
                f"rule {rule.id}: unknown act {rule.act!r}", hint=f"known: {', '.join(sorted(GROUP_OF))}"
            )
        for name in rule.excludes:
            if name not in classes:
                raise CatalogueFault(
                    f"rule {rule.id}: unknown class {name!r}", hint="name a class of classes.toml"
                )
        for text in rule.verbs + rule.adjectives + rule.nouns:
            for word in text.split():
                if word.startswith("<") and word[1:-1] not in classes:
                    known = ", ".join(sorted(classes))
                    raise CatalogueFault(f"rule {rule.id}: unknown class {word}", hint=f"known: {known}")


def _index(
    rules: Mapping[str, RuleEntry],
    classes: Mapping[str, frozenset[str]],
    turns: Mapping[str, Mapping[str, str]],
) -> Lexicon:
    by_part: dict[Part, dict[str, list[Pattern]]] = {
        part: defaultdict(list) for part in ("verb", "noun", "adjective")
    }
    for rule in rules.values():
        for part, texts in (("verb", rule.verbs), ("noun", rule.nouns), ("adjective", rule.adjectives)):
            for text in texts:
                pattern = compile_pattern(rule, part, text)  # type: ignore[arg-type]
                by_part[part][pattern.trigger].append(pattern)  # type: ignore[index]
    ordered = {
        part: {word: tuple(sorted(found, key=lambda p: -p.weight)) for word, found in table.items()}
        for part, table in by_part.items()
    }
    triggers = frozenset(word for table in ordered.values() for word in table)
    return Lexicon(rules, ordered["verb"], ordered["noun"], ordered["adjective"], classes, turns, triggers)
