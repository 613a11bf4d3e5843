"""When: temporal expressions of English news resolved against the publication date, as periods with the rule that gave them.

Unknown stays unknown: an expression that needs a publication date gives nothing in an undated report.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from sitroom.language.timewords import RULES, Resolve
from sitroom.vocabulary import Period

UNDATING = re.compile(
    r"\b(?:(?:first|only|second|third|fourth|last|next)\s+time|worst|best)(?:\s+(?:in|since|for))?(?:\s+the)?\s*$"
    r"|\b(?:first|worst|best|deadliest|biggest|largest|heaviest|highest|lowest|bloodiest|fiercest|strongest|sharpest|longest|most"
    r"|unprecedented)\b[^.;]{0,60}\bsince\s+(?:the\s+)?$",
    re.I,
)
"""Before a time that dates nothing: "for the first time in seven years", "the deadliest attack since 2019"."""


@dataclass(frozen=True, slots=True)
class Time:
    """A temporal expression in the text: offsets, its words, the period, and whether it opens ("since") or closes a span."""

    start: int
    end: int
    words: str
    period: Period
    opens: bool = False


def find_times(
    text: str, published: Period | None, *, offset: int = 0, ahead: bool | Callable[[int], bool] = False,
    earlier: Period | None = None,
) -> list[Time]:  # fmt: skip
    """Temporal expressions of a sentence in order, longest first where they overlap.

    `published` anchors what is relative; a window gives windows. `ahead` reads a bare weekday or month forward
    (future tense), for the whole sentence or by where in `text` it stands. `earlier` is what was dated last before
    this sentence, for "a week later"; a time named earlier in the sentence itself goes before it.
    """
    found: list[Time] = []
    for kind, match, resolve in sorted(_matches(text), key=lambda m: (m[0] in NARRATIVE, m[1].start())):
        forward = ahead(match.start()) if callable(ahead) else ahead
        if kind in NARRATIVE:
            told = max(
                (t for t in found if t.start - offset < match.start()), key=lambda t: t.start, default=None
            )
            seen_from = (
                told.period if told is not None else earlier or (published if kind == "earlier" else None)
            )
        else:
            seen_from = published
        period = _resolve(kind, match, resolve, seen_from, forward)
        if period is None:
            continue
        opens = bool(
            re.search(r"\bsince\s+(?:the\s+)?$", text[: match.start()], re.I)
        ) or match.group().lower().startswith("since ")
        found.append(Time(offset + match.start(), offset + match.end(), match.group(), period, opens))
    return sorted(found, key=lambda t: t.start)


NARRATIVE = ("later", "earlier")
"""The kinds that are seen from what was dated before, not from the day of publication."""


def _matches(text: str) -> Iterator[tuple[str, re.Match[str], Resolve]]:
    """Where a rule fits; an earlier rule keeps its words from a later one."""
    taken: list[tuple[int, int]] = []
    for kind, pattern, resolve in RULES:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            if not UNDATING.search(text[: match.start()]):
                yield kind, match, resolve


def _resolve(
    kind: str, match: re.Match[str], resolve: Resolve, seen_from: Period | None, ahead: bool
) -> Period | None:
    """The union of what the words mean from the first and from the last day they may be seen from."""
    if seen_from is not None and seen_from.end is not None:
        anchors = sorted({seen_from.start or seen_from.end, seen_from.end})
    elif kind == "explicit" and match.groupdict().get("year"):
        anchors = [date(2000, 1, 1)]
    else:
        return None
    spans = [span for anchor in anchors if (span := _safely(resolve, match, anchor, ahead)) is not None]
    starts = [start for start, _ in spans if start is not None]
    ends = [end for _, end in spans if end is not None]
    if not starts and not ends:
        return None
    basis = "relative" if kind in NARRATIVE else kind
    return Period(min(starts, default=None), max(ends, default=None), basis)


def _safely(
    resolve: Resolve, match: re.Match[str], anchor: date, ahead: bool
) -> tuple[date | None, date | None] | None:
    try:
        return resolve(match, anchor, ahead)
    except (ValueError, OverflowError):
        return None


def union(periods: Iterator[Period]) -> Period | None:
    """The span of several periods, None if there are none."""
    known = list(periods)
    if not known:
        return None
    starts = [p.start for p in known]
    ends = [p.end for p in known]
    return Period(
        None if None in starts else min(s for s in starts if s is not None),
        None if None in ends else max(e for e in ends if e is not None),
        known[0].basis,
    )
