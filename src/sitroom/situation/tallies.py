"""Numbers that somebody sets against those just told: "residents put the dead at more than 70"."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from sitroom.situation.grounds import Findings, Record, contradiction
from sitroom.vocabulary import Contradiction, Statement

NUMBER = re.compile(r"(?<![\w.])(\d[\d,]*)(?![\w%])(?! per cent)")
NEAR = 400
"""So many characters before it, at most, stands the number that is meant."""
FARTHEST = 20.0
"""Numbers of one thing differ less than so many times."""


def other_tallies(found: Findings) -> Iterator[Contradiction]:
    """A number that somebody reckons, beside the one told just before in the report."""
    reckoned = [one for one in found.statements if one.rule == "reckoned"]
    reports = {one.report for one in reckoned}
    told: dict[str, list[Record]] = defaultdict(list)
    for record in found.records() if reports else ():
        if record.report in reports and NUMBER.search(record.quote.words):
            told[record.report].append(record)
    for records in told.values():
        records.sort(key=lambda one: (one.quote.start, one.id))
    for one in reckoned:
        before = _before(one, told[one.report])
        mine = _numbers(one.issue)
        others = [
            n for n in _numbers(_words_before(one, before)) if mine and 1 / FARTHEST < n / mine[-1] < FARTHEST
        ]
        if others and mine and mine[-1] not in others:
            who = one.speaker.name if one.speaker else "Somebody"
            says = f"{who} gives another number than the one told before: {mine[-1]:,.0f} against {others[-1]:,.0f}."
            yield contradiction("number", one.issue, [*([before] if before else []), one], says)


def _before(one: Statement, records: list[Record]) -> Record | None:
    """The last record with a number in the sentences before."""
    place = bisect_right(records, one.quote.start - 1, key=lambda record: record.quote.start)
    last = records[place - 1] if place else None
    return last if last is not None and one.quote.start - last.quote.end < NEAR else None


def _words_before(one: Statement, before: Record | None) -> str:
    """The sentence before, and what stands in the sentence itself before the number that is reckoned."""
    own = one.quote.words.partition(one.issue)[0]
    return own if _numbers(own) else before.quote.words if before else ""


def _numbers(words: str) -> list[float]:
    """The numbers in the words, without years."""
    found = [text.rstrip(",") for text in NUMBER.findall(words)]
    return [float(text.replace(",", "")) for text in found if not re.fullmatch(r"(?:19|20)\d\d|0+", text)]
