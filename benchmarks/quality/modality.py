"""Did it happen, and who says so: act, modality and attribution on sentences of our own from many conflicts.

    python benchmarks/quality/modality.py [--half dev|check] [--part first|second]

modality.csv was written for this benchmark before it was run; five rows got a further accepted reading, or the right words for
the source, after the first run (see docs/comparison.md). Its second part is of other conflicts, written when the rules were there. `readings` are the acts that may be told, as TYPE/modality, any
of them right by PLOVER 2.0 (a planned strike is THREATEN, or ASSAULT planned-or-possible); `none` is met when nothing is
told as having happened. `never` are readings that must not be told (`@word`: not on the word of that source). `attribution` is a word of the one who vouches, `-` the
outlet's own voice, `*` not tested; for acts of words the speaker and nobody are the same. Halves by a hash of the sentence.
"""

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from measuring import HALVES, half_of, share, tell
from sitroom.coding import Coder, load_coder
from sitroom.vocabulary import Event, Period, Report, content_id

FILE = Path(__file__).with_name("modality.csv")
PARTS = ("first", "second")
VERBAL = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"}
REAL = {"asserted", "alleged"}


@dataclass(frozen=True)
class Case:
    """One sentence and what may and must not be read from it."""

    part: str
    kind: str
    readings: frozenset[str]
    attribution: str
    never: frozenset[str]
    published: date
    sentence: str

    @property
    def types(self) -> set[str]:
        """The types of the readings."""
        return {reading.split("/")[0] for reading in self.readings} - {"none"}


@dataclass(frozen=True)
class Marks:
    """What was right of a case: an act of a right type told, with the right modality, from the right source."""

    act: bool
    modality: bool
    attribution: bool

    @property
    def all(self) -> bool:
        """Everything right."""
        return self.act and self.modality and self.attribution


def read_cases(path: Path = FILE) -> list[Case]:
    """The cases of the table."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Case(
                row["part"],
                row["kind"],
                frozenset(row["readings"].split()),
                row["attribution"],
                frozenset(row["never"].split()),
                date.fromisoformat(row["published"]),
                row["sentence"],
            )
            for row in csv.DictReader(file)
        ]


def judge(case: Case, events: Sequence[Event]) -> Marks:
    """Compare the events told with the case; modality and attribution need an act of a right type."""
    done = {reading.split("/")[0] for reading in case.never if "@" not in reading}
    nothing_done = "none" in case.readings and not any(e.modality in REAL and e.type in done for e in events)
    told = [e for e in events if f"{e.type}/{e.modality}" in case.readings]
    forbidden = any(_is(reading, e) for reading in case.never for e in events)
    act = nothing_done or any(e.type in case.types for e in events)
    modality = (bool(told) or nothing_done) and not forbidden
    sources = [e for e in events if e.type in case.types]
    return Marks(
        act, modality, case.attribution == "*" or any(vouches(case.attribution, e) for e in told or sources)
    )


def _is(reading: str, event: Event) -> bool:
    """True when the event is the reading, `TYPE/modality` or `TYPE/modality@source`."""
    act, _, source = reading.partition("@")
    vouched = event.attribution is not None and vouches(source, event)
    return act == f"{event.type}/{event.modality}" and (not source or vouched)


def vouches(expected: str, event: Event) -> bool:
    """True when the event's attribution is the expected one."""
    source = event.attribution
    if expected == "-":
        return source is None
    if source is None:
        actors = " ".join(f"{a.name} {a.text}" for a in event.actors)
        return event.type in VERBAL and expected.lower() in actors.lower()
    return expected.lower() in f"{source.name} {source.text}".lower()


def code_case(case: Case, coder: Coder) -> tuple[Event, ...]:
    """The events told of the sentence, as a report of its own."""
    id = content_id("report", case.sentence)
    return coder.code(Report(id, "modality", case.sentence, published=Period.day(case.published))).events


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=HALVES, help="list the misses of this half")
    parser.add_argument("--part", choices=PARTS, help="only the cases of this part")
    given = parser.parse_args()
    coder = load_coder()
    results = [
        (case, events, judge(case, events))
        for case in read_cases()
        if given.part in {None, case.part}
        for events in [code_case(case, coder)]
    ]
    parts = [results, *([r for r in results if half_of(r[0].sentence) == half] for half in HALVES)]
    print(f"{len(results)} sentences{'':<35}all      dev    check")
    tell("modality set, all right", *(share(marks.all for _, _, marks in part) for part in parts))
    tell("modality set, act found", *(share(marks.act for _, _, marks in part) for part in parts))
    known = [[r for r in part if r[2].act] for part in parts]
    tell(
        "modality set, modality right where found",
        *(share(m.modality for _, _, m in part) for part in known),
        note="reach 0.85",
    )
    asked = [[r for r in part if r[0].attribution != "*"] for part in known]
    tell(
        "modality set, attribution right where found",
        *(share(m.attribution for _, _, m in part) for part in asked),
        note="reach 0.80",
    )
    kinds = defaultdict(list)
    for case, _, marks in results:
        kinds[case.kind].append((case, marks))
    print(f"\n{'':<44}all right   act  modality  attribution")
    for kind, marked in kinds.items():
        marks = [m for _, m in marked]
        sourced = [m.attribution for case, m in marked if case.attribution != "*"]
        shares = (share(m.all for m in marks), share(m.act for m in marks), share(m.modality for m in marks))
        tell(f"modality set, {kind} ({len(marks)})", *shares, share(sourced) if sourced else None)
    for case, events, marks in dict(zip(HALVES, parts[1:], strict=True)).get(given.half, []):
        if not marks.all:
            told = "; ".join(describe(event) for event in events) or "nothing"
            wanted = f"{' or '.join(sorted(case.readings))} by {case.attribution}"
            print(f"\n{case.kind}: {case.sentence}\n  wanted {wanted}, told {told}")


def describe(event: Event) -> str:
    """An event on one line."""
    who = [" + ".join(a.text or a.name for a in side) or "?" for side in (event.actors, event.recipients)]
    source = f", says {event.attribution.name}" if event.attribution else ""
    return f"{event.type}/{event.modality} {who[0]} > {who[1]}{source} [{event.rule}]"


if __name__ == "__main__":
    main()
