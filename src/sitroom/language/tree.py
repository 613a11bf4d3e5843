"""A parsed sentence as plain objects, which rules ask millions of times: words, their heads and children, and entities.

Attributes are called as in spaCy, which made the parse (labels: CLEAR style, Penn tags, universal parts of speech).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from spacy import attrs
from spacy.tokens import Doc as SpacyDoc


class Token:
    """A word of a sentence: its form, tags, and place in the tree; `i` counts words, `idx` characters of the sentence."""

    __slots__ = (
        "_head", "_subtree", "children", "dep_", "doc", "ent_iob", "ent_type_", "i", "idx", "is_alpha", "is_lower", "is_punct",
        "is_upper", "lefts", "lemma_", "like_num", "lower_", "pos_", "rights", "tag_", "text", "whitespace_",
    )  # fmt: skip
    doc: "Doc"
    children: list["Token"]
    lefts: list["Token"]
    rights: list["Token"]
    _head: "Token"
    _subtree: list["Token"] | None

    def __init__(self, doc: "Doc", i: int, row: Sequence[int], word: Sequence[str]) -> None:
        self.doc, self.i, self.idx = doc, i, row[0]
        self.text, self.lower_, self.lemma_, self.pos_, self.tag_, self.dep_, self.ent_type_ = word
        self.whitespace_ = " " if row[1] else ""
        self.is_alpha, self.is_lower, self.is_punct, self.is_upper, self.like_num = map(bool, row[2:7])
        self.ent_iob = row[7]

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    def nbor(self, by: int = 1) -> "Token":
        """The word so many places after this one, or before it. Raises IndexError beyond the sentence."""
        if not 0 <= self.i + by < len(self.doc):
            raise IndexError(f"no word {by} places from {self.text!r}")
        return self.doc[self.i + by]

    @property
    def head(self) -> "Token":
        """The word on which this one depends; the root of the sentence is its own head."""
        return self._head

    @head.setter
    def head(self, head: "Token") -> None:
        self._head = head
        self.doc.hang()

    @property
    def ancestors(self) -> list["Token"]:
        """The head, its head, and so on up to the root."""
        found: list[Token] = []
        step = self
        while step.head is not step and len(found) < len(self.doc):
            step = step.head
            found.append(step)
        return found

    def is_ancestor(self, token: "Token") -> bool:
        """True when the other word depends on this one, through others or not."""
        return self in token.ancestors

    @property
    def subtree(self) -> list["Token"]:
        """The word and all that depend on it, in order."""
        if self._subtree is None:
            left = [t for child in self.lefts for t in child.subtree]
            self._subtree = [*left, self, *(t for child in self.rights for t in child.subtree)]
        return self._subtree

    @property
    def left_edge(self) -> "Token":
        """The first word of the subtree."""
        return self.doc[min(t.i for t in self.subtree)]

    @property
    def right_edge(self) -> "Token":
        """The last word of the subtree."""
        return self.doc[max(t.i for t in self.subtree)]


class Doc(list[Token]):
    """The words of one parsed sentence, in order; `raw` is the parse as the model gave it, `user_data` what was found out."""

    def __init__(self, raw: SpacyDoc) -> None:
        self.raw, self.text, self.user_data = raw, raw.text, dict[str, Any]()
        words, rows = (raw.to_array(columns).tolist() for columns in (WORDS, FLAGS))
        names = raw.vocab.strings
        known = {key: names[key] for row in words for key in row}
        super().__init__(
            Token(self, i, row, [known[key] for key in word])
            for i, (row, word) in enumerate(zip(rows, words, strict=True))
        )
        for token, head in zip(self, raw.to_array(attrs.HEAD).astype(np.int64).tolist(), strict=True):
            token._head = self[token.i + head]
        self.hang()

    def read_ents(self) -> None:
        """Take over the named entities that the model has found since."""
        types, places = (self.raw.to_array(column).tolist() for column in (attrs.ENT_TYPE, attrs.ENT_IOB))
        for token, type, iob in zip(self, types, places, strict=True):
            token.ent_type_, token.ent_iob = self.raw.vocab.strings[type], iob

    def hang(self) -> None:
        """Hang the words on their heads anew."""
        for token in self:
            token._subtree = None
            token.lefts, token.rights = [], []
        for token in self:
            if token.head is not token:
                (token.head.lefts if token.i < token.head.i else token.head.rights).append(token)
        for token in self:
            token.children = token.lefts + token.rights

    def char_span(self, start: int, end: int) -> "Span | None":
        """The words that a range of characters touches, None where it touches none."""
        first = bisect_right(self, start, key=lambda token: token.idx + len(token.text))
        last = bisect_left(self, end, key=lambda token: token.idx)
        return Span(self, first, last) if first < last else None

    @property
    def ents(self) -> list["Span"]:
        """The named entities, in order."""
        starts = [token.i for token in self if token.ent_iob == BEGINS]
        ends = [next((t.i for t in self[i + 1 :] if t.ent_iob != GOES_ON), len(self)) for i in starts]
        return [Span(self, i, end, self[i].ent_type_) for i, end in zip(starts, ends, strict=True)]

    def set_ents(self, spans: Iterable["Span"], *, only: bool = False) -> None:
        """Make the spans named entities, the longest and first of those that overlap; the `only` ones if so said."""
        if only:
            for token in self:
                token.ent_iob, token.ent_type_ = OUTSIDE, ""
        seen: set[int] = set()
        for span in sorted(spans, key=lambda span: (-len(span), span.start)):
            if not seen.isdisjoint(range(span.start, span.end)):
                continue
            seen.update(range(span.start, span.end))
            for token in span:
                token.ent_iob, token.ent_type_ = GOES_ON if token.i > span.start else BEGINS, span.label_
        for before, token in pairwise(self):
            if token.ent_iob == GOES_ON and (
                before.ent_iob not in {BEGINS, GOES_ON} or before.ent_type_ != token.ent_type_
            ):
                token.ent_iob = BEGINS


WORDS = [attrs.ORTH, attrs.LOWER, attrs.LEMMA, attrs.POS, attrs.TAG, attrs.DEP, attrs.ENT_TYPE]
FLAGS = [
    attrs.IDX, attrs.SPACY, attrs.IS_ALPHA, attrs.IS_LOWER, attrs.IS_PUNCT, attrs.IS_UPPER, attrs.LIKE_NUM, attrs.ENT_IOB
]  # fmt: skip
GOES_ON, OUTSIDE, BEGINS = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring words of a sentence, from `start` up to `end`, with a label if they are an entity."""

    doc: Doc
    start: int
    end: int
    label_: str = ""

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc[self.start : self.end])

    def __len__(self) -> int:
        return self.end - self.start

    def __getitem__(self, at: int) -> Token:
        return self.doc[self.start : self.end][at]

    def __contains__(self, token: Token) -> bool:
        return self.start <= token.i < self.end and token.doc is self.doc

    @property
    def text(self) -> str:
        """The words as they stand in the sentence."""
        return self.doc.text[self[0].idx : self[-1].idx + len(self[-1])] if len(self) else ""

    @property
    def root(self) -> Token:
        """The word on which the others depend: the first of those nearest to the root of the sentence."""
        return min(self, key=lambda token: len(token.ancestors))
