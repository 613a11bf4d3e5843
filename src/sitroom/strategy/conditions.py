"""The little language of conditions on options: `strike iff entrench`, `if press then pullback`, `not (a and b)`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sitroom.errors import BadCase

Truth = NDArray[np.bool_]
Lookup = Callable[[str], Truth]

TOKEN = re.compile(
    r"\s*(?:(?P<word>[A-Za-z_]\w*(?:[.\-]\w+)*(?:@\w+(?:[.\-]\w+)*)?)|(?P<mark>->|<->|[()!&|=~]))"
)
WORDS = {"and", "or", "not", "if", "then", "iff"}
MARKS = {"!": "not", "~": "not", "&": "and", "|": "or", "->": "implies", "<->": "iff"}


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition: `op` is `name`, `not`, `and`, `or`, `implies` or `iff`; `name` is set for names."""

    op: str
    parts: tuple["Condition", ...] = ()
    name: str = ""

    def names(self) -> frozenset[str]:
        """All names that the condition mentions."""
        if self.op == "name":
            return frozenset({self.name})
        return frozenset().union(*(part.names() for part in self.parts))

    def holds(self, lookup: Lookup) -> Truth:
        """Truth over many states at once; `lookup` gives the truth array of a name."""
        if self.op == "name":
            return lookup(self.name)
        values = [part.holds(lookup) for part in self.parts]
        return _OPERATIONS[self.op](values)

    def __str__(self) -> str:
        if self.op == "name":
            return self.name
        if self.op == "not":
            inner = self.parts[0]
            return f"not {inner}" if inner.op == "name" else f"not ({inner})"
        words = {"implies": "->"}.get(self.op, self.op)
        return f" {words} ".join(str(p) if p.op in ("name", "not") else f"({p})" for p in self.parts)


_OPERATIONS: dict[str, Callable[[list[Truth]], Truth]] = {
    "not": lambda values: ~values[0],
    "and": lambda values: np.logical_and.reduce(values),
    "or": lambda values: np.logical_or.reduce(values),
    "implies": lambda values: ~values[0] | values[1],
    "iff": lambda values: values[0] == values[1],
}


def parse_condition(text: str) -> Condition:
    """Read a condition; weakest first: iff, if/then and ->, or, and, not. `x=Y` and `x=N` stand for x and not x.

    Raises BadCase with the offending words.
    """
    reader = _Reader(text)
    condition = reader.iff()
    if reader.peek():
        raise reader.fault(f"did not expect {reader.peek()!r}")
    return condition


class _Reader:
    """A recursive-descent reader over the tokens of one condition."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[str] = []
        at = 0
        while at < len(text.rstrip()):
            match = TOKEN.match(text, at)
            if not match:
                raise self.fault(f"cannot read {text[at:].strip()[:20]!r}")
            mark = match["mark"]
            self.tokens.append(MARKS.get(mark, mark) if mark else match["word"])
            at = match.end()
        self.at = 0

    def fault(self, what: str) -> BadCase:
        return BadCase(
            f"condition {self.text!r}: {what}",
            hint="write options joined by and, or, not, iff, if ... then ...; brackets are allowed",
        )

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, expected: str = "") -> str:
        token = self.peek()
        if not token or (expected and token != expected):
            raise self.fault(
                f"expected {expected or 'an option'!r} {'at the end' if not token else f'before {token!r}'}"
            )
        self.at += 1
        return token

    def iff(self) -> Condition:
        left = self.implies()
        while self.peek() == "iff":
            self.take()
            left = Condition("iff", (left, self.implies()))
        return left

    def implies(self) -> Condition:
        if self.peek() == "if":
            self.take()
            premise = self.either()
            self.take("then")
            return Condition("implies", (premise, self.implies()))
        left = self.either()
        if self.peek() == "implies":
            self.take()
            return Condition("implies", (left, self.implies()))
        if self.peek() == "if":
            self.take()
            return Condition("implies", (self.either(), left))
        return left

    def either(self) -> Condition:
        parts = [self.both()]
        while self.peek() == "or":
            self.take()
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Condition("or", tuple(parts))

    def both(self) -> Condition:
        parts = [self.single()]
        while self.peek() == "and":
            self.take()
            parts.append(self.single())
        return parts[0] if len(parts) == 1 else Condition("and", tuple(parts))

    def single(self) -> Condition:
        token = self.take()
        if token == "not":
            return Condition("not", (self.single(),))
        if token == "(":
            inner = self.iff()
            self.take(")")
            return inner
        if token in WORDS or token in MARKS.values() or token in ")=":
            raise self.fault(f"did not expect {token!r}")
        name = Condition("name", name=token)
        if self.peek() == "=":
            self.take()
            value = self.take()
            if value not in ("Y", "N"):
                raise self.fault(f"{token} can be Y or N, not {value!r}")
            return name if value == "Y" else Condition("not", (name,))
        return name


def unfold(condition: Condition, defines: Mapping[str, Condition], above: tuple[str, ...] = ()) -> Condition:
    """Replace defined names by what they stand for.

    Raises BadCase when a definition leads back to itself.
    """
    if condition.op != "name":
        return Condition(condition.op, tuple(unfold(part, defines, above) for part in condition.parts))
    if condition.name not in defines:
        return condition
    if condition.name in above:
        circle = " -> ".join((*above[above.index(condition.name) :], condition.name))
        raise BadCase(
            f"the conditions run in a circle: {circle}", hint="write one of them out in terms of options"
        )
    return unfold(defines[condition.name], defines, (*above, condition.name))
