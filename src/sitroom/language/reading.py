"""One report as far as it has been read: sentences, parses, names; immutable inputs for the steps that follow."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sitroom.language.names import Name
from sitroom.language.sentences import Sentence
from sitroom.language.tree import Doc, Span, Token
from sitroom.vocabulary import Report
from sitroom.vocabulary.world import CALENDAR


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence with its parse and the catalogue names in it, by token index."""

    index: int
    sentence: Sentence
    doc: Doc
    names: tuple[Name, ...]
    name_at: dict[int, Name] = field(repr=False)
    background: bool = False

    def offset(self, token: Token) -> int:
        """Where the token starts in the report's text."""
        return self.sentence.start + token.idx

    def end(self, token: Token) -> int:
        """Where the token ends in the report's text."""
        return self.sentence.start + token.idx + len(token.text)


@dataclass(frozen=True)
class Reading:
    """A report with its parsed sentences; `focus` counts how often each country is named in it."""

    report: Report
    sentences: tuple[ParsedSentence, ...]
    focus: Counter[str]

    @property
    def day(self) -> date | None:
        """The last day of the publication window, for looking up who held an office."""
        return self.report.known_by

    @cached_property
    def index_at(self) -> Mapping[int, int]:
        """The index of the sentence that begins at an offset of the report's text."""
        return {here.sentence.start: here.index for here in self.sentences}


def attach_names(index: int, sentence: Sentence, doc: Doc, names: Sequence[Name]) -> ParsedSentence:
    """Map names to the tokens they cover."""
    inside = tuple(n for n in names if sentence.start <= n.start and n.end <= sentence.end)
    name_at: dict[int, Name] = {}
    for name in inside:
        span = doc.char_span(name.start - sentence.start, name.end - sentence.start)
        for token in span or ():
            name_at[token.i] = name
    return ParsedSentence(index, sentence, doc, inside, name_at)


LABELS = {"person": "PERSON", "state": "GPE", "territory": "GPE", "people": "NORP"}


def mark_names(here: ParsedSentence) -> None:
    """Give the words of catalogue names the entity label that the model would: what we know, it need not guess."""
    spans = []
    for name in here.names:
        words = [i for i, known in here.name_at.items() if known is name]
        label = "NORP" if name.use in {"adjective", "demonym"} else LABELS.get(name.entry.kind, "ORG")
        if words:
            spans.append(Span(here.doc, min(words), max(words) + 1, label))
    here.doc.set_ents(spans)
    _tidy_names(here)


def _tidy_names(here: ParsedSentence) -> None:
    """Take off what is left of the model's names: bare articles go, and who is called Abu or Umm is a person, no people."""
    kept = []
    for name in here.doc.ents:
        if (
            not any(token.text[:1].isupper() or token.like_num or token.pos_ == "NUM" for token in name)
            and name.label_ in NAMES
        ):
            continue
        person = (
            name.label_ in NAMES
            and name[0].lower_ in KUNYA
            and len(name) > 1
            and name[0].i not in here.name_at
        )
        kept.append(Span(here.doc, name.start, name.end, "PERSON") if person else name)
    here.doc.set_ents(kept, only=True)


NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})
KUNYA = frozenset({"abu", "umm", "ibn", "bin", "abdul"})


def has_unknown_name(here: ParsedSentence) -> bool:
    """True when a proper noun of the sentence is neither a catalogue name nor a day or month: the model should look at it."""
    return any(
        token.pos_ == "PROPN" and token.i not in here.name_at and token.lower_ not in CALENDAR
        for token in here.doc
    )
