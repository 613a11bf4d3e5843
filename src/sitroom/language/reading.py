"""One report as far as it has been read: sentences, parses, names; immutable inputs for the steps that follow."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Doc, Token

from sitroom.language.names import Name
from sitroom.language.sentences import Sentence
from sitroom.vocabulary import Report


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


def attach_names(index: int, sentence: Sentence, doc: Doc, names: list[Name]) -> ParsedSentence:
    """Map names to the tokens they cover."""
    inside = tuple(n for n in names if sentence.start <= n.start and n.end <= sentence.end)
    name_at: dict[int, Name] = {}
    for name in inside:
        span = doc.char_span(name.start - sentence.start, name.end - sentence.start, alignment_mode="expand")
        for token in span or ():
            name_at[token.i] = name
    return ParsedSentence(index, sentence, doc, inside, name_at)
