"""Find the names that the catalogue knows in a text, and say whom each may mean."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import ahocorasick

from sitroom.catalogues import Actors
from sitroom.catalogues.actors import NameUse, period_of
from sitroom.catalogues.entries import ActorEntry
from sitroom.vocabulary import Period
from sitroom.vocabulary.world import CALENDAR

USES: tuple[NameUse, ...] = ("name", "adjective", "demonym", "capital", "short")
GIVEN_WORDS = frozenset(
    ["may", "will", "might", "can", "march", "april", "june", "august", "king", "young", "long", "short", "early",
     "bush", "rice", "brown", "white", "black", "green", "gray", "grey", "hope", "grace", "major", "price", "baker",
     "cook", "marshall", "church", "wood", "hill", "stone", "west", "east", "north", "south", "state", "front", "the",
     "union", "council", "party", "resistance", "army", "guard", "forces", "coalition", "assembly", "movement",
     "agency", "house", "senate", "congress", "parliament", "court", "base", "alliance", "bank", "fund", "commission",
     "league", "cross", "crescent", "times", "post", "star", "sun", "mirror", "guardian", "economist", "independent",
     "mission", "group", "council", "office", "ministry", "centre", "center", "institute", "network", "media",
     "press", "general", "opposition", "revolution", "authority", "national", "international", "united", "is", "us",
     "who", "pa", "far", "pla", "far", "aa"]
)  # fmt: skip
HIGH_OFFICES = frozenset(
    {"president", "prime minister", "supreme leader", "king", "chancellor", "foreign minister", "leader"}
)
CLUES = frozenset(
    ["president", "minister", "premier", "mr", "mrs", "ms", "dr", "gen", "general", "colonel", "chancellor",
     "secretary", "ambassador", "envoy", "king", "prince", "sheikh", "ayatollah", "commander", "leader", "senator",
     "chief", "spokesman", "spokeswoman", "sir", "emir", "sultan", "pope", "said", "told", "says"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A catalogue name in the text: where it stands, whom it means, and how it is used."""

    start: int
    end: int
    text: str
    entry: ActorEntry
    use: NameUse


def fold_letters(text: str) -> str:
    """Lower case without diacritics and with plain quotes and hyphens; as long as the text, so offsets hold."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


class _Folded(dict[int, str]):
    """What each letter is folded to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base = unicodedata.normalize("NFKD", letter)[:1].lower()
        plain = "'" if letter in "’‘ʼ`´ʿʾ" else "-" if letter in "–—‐‑" else base
        return self.setdefault(code, plain if len(plain) == 1 else letter)


_FOLDED = _Folded()


@dataclass
class NameIndex:
    """All names of the catalogue in one Aho-Corasick automaton."""

    automaton: ahocorasick.Automaton = field(repr=False)
    surnames: Mapping[str, tuple[ActorEntry, ...]] = field(repr=False)

    @classmethod
    def build(cls, actors: Actors) -> "NameIndex":
        """Index every name; a person's last name joins the short names unless it is an ordinary word."""
        table: dict[str, dict[NameUse, list[ActorEntry]]] = defaultdict(lambda: defaultdict(list))
        for use in USES:
            for words, entries in actors.names(use).items():
                key = fold_letters(words)
                if len(key) > 1:
                    table[key][use].extend(entries)
        automaton = ahocorasick.Automaton()
        for key, uses in table.items():
            automaton.add_word(key, (key, {use: tuple(found) for use, found in uses.items()}))
        automaton.make_automaton()
        return cls(automaton, {})

    def find(self, text: str, published: Period | None) -> list[Name]:
        """Names in the text in order, longest match first, each with its best reading; unsupported short names are left out."""
        matches = _longest(self._matches(text))
        focus = _focus(matches)
        full = {entry.id for _, _, uses in matches for entry in uses.get("name", ())}
        found = []
        for start, end, uses in matches:
            name = _choose(text, start, end, uses, focus, full, published, company=len(matches) > 1)
            if name is not None:
                found.append(name)
        return found

    def _matches(self, text: str) -> list[tuple[int, int, Mapping[NameUse, tuple[ActorEntry, ...]]]]:
        folded = fold_letters(text)
        found = []
        for last, (key, uses) in self.automaton.iter(folded):
            start, end = last - len(key) + 1, last + 1
            if (start and _is_letter(folded[start - 1])) or (end < len(folded) and _is_letter(folded[end])):
                continue
            if (
                start
                and folded[start - 1] == "-"
                and start > 1
                and _is_letter(folded[start - 2])
                and text[start - 2].isupper()
            ):
                continue
            if _written_as_name(text[start:end], key):
                found.append((start, end, uses))
        return found


def _is_letter(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _written_as_name(words: str, key: str) -> bool:
    """Names are capitalised; abbreviations stand in capitals."""
    if len(key) <= 3 and key.isalpha():
        return words.isupper() or (
            len(key) == 3 and words[0].isupper() and not words.islower() and key in _SHORT_NAMES
        )
    if len(words) > 4 and words[0].islower() and words[1].isupper() and words[2:].islower():
        return True  # "sOmalia": the shift key came late
    return any(letter.isupper() or letter.isdigit() for letter in words) and (
        words[0].isupper() or words[0] == "a" or " " in words or not words[0].isalpha() or "-" in words
    )


_SHORT_NAMES = frozenset({"xi", "mao", "kim", "tel", "ban", "abe", "moo", "ona", "yun"} | {"ram"})


def _longest(
    matches: Iterable[tuple[int, int, Mapping[NameUse, tuple[ActorEntry, ...]]]],
) -> list[tuple[int, int, Mapping[NameUse, tuple[ActorEntry, ...]]]]:
    chosen: list[tuple[int, int, Mapping[NameUse, tuple[ActorEntry, ...]]]] = []
    for match in sorted(matches, key=lambda m: (m[0] - m[1], m[0])):
        if all(match[1] <= start or end <= match[0] for start, end, _ in chosen):
            chosen.append(match)
    return sorted(chosen, key=lambda m: m[0])


def _focus(matches: Iterable[tuple[int, int, Mapping[NameUse, tuple[ActorEntry, ...]]]]) -> Counter[str]:
    """How often each country is named, directly or through its people and bodies."""
    counts: Counter[str] = Counter()
    for _, _, uses in matches:
        entries = {
            entry for use in ("name", "adjective", "demonym", "capital") for entry in uses.get(use, ())
        }
        if len(entries) == 1:
            (entry,) = entries
            if entry.country:
                counts[entry.country] += 1
    return counts


def _choose(
    text: str,
    start: int,
    end: int,
    uses: Mapping[NameUse, tuple[ActorEntry, ...]],
    focus: Counter[str],
    full: set[str],
    published: Period | None,
    *,
    company: bool,
) -> Name | None:
    words = text[start:end]
    for use in USES:
        entries = uses.get(use, ())
        if not entries:
            continue
        if use == "adjective" and entries[0].kind == "region" and _capital_after(text, end):
            continue  # "Western Tigray" is no part of the West
        alive = [e for e in entries if _alive(e, published)] or list(entries)
        if use == "short":
            alive = [e for e in alive if _supported(text, start, words, e, focus, full, len(alive), company)]
            if not alive:
                continue
        ranked = sorted(
            alive,
            key=lambda e: (e.id not in full, -focus[e.country or ""], not _in_office(e, published), e.id),
        )
        return Name(start, end, words, ranked[0], use)
    return None


def _alive(entry: ActorEntry, published: Period | None) -> bool:
    return published is None or (
        period_of(entry).overlaps(Period(None, published.end))
        and (entry.kind == "person" or period_of(entry).overlaps(published, slack_days=3650))
    )


def _in_office(entry: ActorEntry, published: Period | None) -> bool:
    return published is not None and any(period_of(role).overlaps(published) for role in entry.roles)


def _supported(
    text: str,
    start: int,
    words: str,
    entry: ActorEntry,
    focus: Counter[str],
    full: set[str],
    rivals: int,
    company: bool,
) -> bool:
    """A short name needs support: the full name in the report, a title before it, or its country in the report."""
    if entry.id in full:
        return True
    before = text[max(0, start - 40) : start].lower().split()
    if before and before[-1] in {"uss", "hms", "ins"}:
        return False  # ships are called after persons
    if entry.kind == "person" and _capital_after(text, start + len(words)):
        return False
    titled = bool(before) and before[-1].strip(".,'’\"") in CLUES
    ordinary = words.lower() in GIVEN_WORDS
    if titled and entry.kind == "person":
        return focus[entry.country or ""] > 0 or (rivals == 1 and bool(entry.roles))
    if ordinary:
        return False
    if entry.kind == "person":
        other_name = (
            bool(before)
            and before[-1][:1].isalpha()
            and text[max(0, start - 2)] != "."
            and _capital_before(text, start)
        )
        in_office = any(role.office in HIGH_OFFICES for role in entry.roles)
        well_known = rivals == 1 and in_office and company
        return (focus[entry.country or ""] > 0 or well_known) and not other_name
    return focus[entry.country or ""] > 0


def _capital_before(text: str, start: int) -> bool:
    """True when a capitalised word stands right before: another first name, another person."""
    head = text[:start].rstrip()
    word = head.split()[-1] if head.split() else ""
    return (
        word[:1].isupper()
        and word.lower() not in CLUES
        and len(head) == start - 1
        and word.isalpha()
        and len(word) > 2
        and not word.isupper()
        and word.lower()
        not in {"the", "but", "and", "for", "when", "after", "while", "with", "as", "in", "on", "by", "that"}
    )


def _capital_after(text: str, end: int) -> bool:
    """True when a capitalised word stands right after, as a surname does; not where a whole headline is capitalised."""
    after = re.match(r" ([A-Z][a-z]+)\b", text[end:])
    if after is None or after[1].lower() in CALENDAR:
        return False
    line = text[text.rfind("\n", 0, end) + 1 :].split("\n", 1)[0]
    words = [word for word in line.split() if word[0].isalpha() and len(word) > 3]
    return sum(word[0].isupper() for word in words) < 0.7 * len(words)


def offices_on(entry: ActorEntry, published: date | None) -> tuple[str, ...]:
    """Ids of the states and bodies that a person serves on the day; all if undated."""
    return tuple(role.of for role in entry.roles if published is None or period_of(role).contains(published))
