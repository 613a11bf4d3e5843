"""A peer's own regression sentences, judged against PLOVER 2.0: how many are coded wholly right?

    python benchmarks/quality/petrarch.py [--errors N]

The sentences are those of the PETRARCH coders (openeventdata, MIT), their expected records re-judged by hand. A sentence is
wholly right when every expected directed pair (type, actor, recipient) is told and no other. The invented states come from a
catalogue overlay, petrarch_actors.toml, as an analyst would write it; PETRARCH's codes for them are country plus role. A
planned act is turned into what PLOVER 2.0 calls it (AGREE, THREATEN), a denied one is no event, and so is background. Pairs
with a party that no code names ("crowds") are neither right nor wrong: the expected records leave them out.
"""

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from measuring import share, shared, tell
from sitroom.catalogues import Actors
from sitroom.coding import Coder, load_coder
from sitroom.coding.turning import TURNING
from sitroom.language.names import offices_on
from sitroom.vocabulary import Actor, Event, Period, Report, content_id

OVERLAY = Path(__file__).with_name("petrarch_actors.toml")
FOREIGN_CODES = {"islamic-state": "IMGMUSISI"}
ROLES = {"OPP": ("OPP", "MOP"), "CVL": ("CVL", "OPP")}
"""PLOVER's sector: what PETRARCH calls it. Activists and demonstrators are CVL in PLOVER 2.0, OPP in PETRARCH."""
UNCODED = "?"
"""An actor that no code names: it may stand where the expected record names nobody, and is else let pass."""
Pair = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class Case:
    """One sentence, the day it is dated, its category and the expected pairs."""

    id: str
    category: str
    tests: str
    text: str
    day: date
    pairs: frozenset[Pair]


def read_cases(path: Path) -> list[Case]:
    """The cases of the shared file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Case(
            row["id"],
            row["category"],
            row["tests"],
            row["text"],
            date.fromisoformat(row["date"]),
            _pairs(row["plover"]),
        )
        for row in rows
    ]


def _pairs(records: Iterable[Mapping[str, str | None]]) -> frozenset[Pair]:
    return frozenset((str(r["type"]), r["actor"], r["recipient"]) for r in records)


def codes_of(actor: Actor, catalogue: Actors, day: date) -> set[str]:
    """The codes that may stand for the actor: country, country plus sector, and those of the offices held on the day."""
    entry = catalogue.by_id.get(actor.id) if actor.id else None
    sector = actor.sector or ""
    codes = {actor.country + role for role in ROLES.get(sector, (sector,))} if actor.country else set()
    if (
        actor.country
        and actor.sector in (None, "GOV")
        and (entry is None or entry.kind in {"state", "territory"})
    ):
        codes.add(actor.country)
    if entry is None:
        return codes
    if entry.kind == "person":
        served = [catalogue.by_id[office] for office in offices_on(entry, day) if office in catalogue.by_id]
        codes |= {
            f"{body.country}{body.sector or 'GOV'}" if body.country else body.id.upper() for body in served
        }
    elif not entry.country:
        codes.add(entry.id.upper())
    return codes | {FOREIGN_CODES[entry.id]} if entry.id in FOREIGN_CODES else codes


def told_pairs(events: Sequence[Event], catalogue: Actors, day: date) -> list[list[set[Pair]]]:
    """For each event its directed pairs, each as the set of all codings that would do; mirrored for reciprocal acts."""
    told = []
    for event in events:
        if event.modality in {"denied", "hypothetical"} or event.historical:
            continue
        how = "future" if event.modality == "planned-or-possible" else ""
        type = TURNING.get(how, {}).get(event.type, event.type)
        if event.recipients or len(event.actors) < 2:
            sides = [(a, r) for a in event.actors or (None,) for r in event.recipients or (None,)]
            if type == "CONSULT":  # PETRARCH writes a meeting both ways, whoever travels
                told += [_both_ways(type, a, r, catalogue, day) for a, r in sides]
            else:
                told.append([_codings(type, a, r, catalogue, day) for a, r in sides])
        else:
            for i, one in enumerate(event.actors):
                told += [_both_ways(type, one, other, catalogue, day) for other in event.actors[i + 1 :]]
    return told


def _both_ways(
    type: str, one: Actor | None, other: Actor | None, catalogue: Actors, day: date
) -> list[set[Pair]]:
    return [_codings(type, one, other, catalogue, day), _codings(type, other, one, catalogue, day)]


def _codings(
    type: str, actor: Actor | None, recipient: Actor | None, catalogue: Actors, day: date
) -> set[Pair]:
    first = (codes_of(actor, catalogue, day) or {None, UNCODED}) if actor else {None}
    second = (codes_of(recipient, catalogue, day) or {None}) if recipient else {None}
    return {(type, a, r) for a in first for r in second}


def wholly_right(expected: frozenset[Pair], told: Sequence[Sequence[set[Pair]]]) -> bool:
    """Every expected pair told and nothing else; the mirror of a pair that was expected, and uncoded parties, are let pass."""
    met: set[Pair] = set()
    for pairs in told:
        hits = [pair & expected for pair in pairs]
        coded = [pair for pair in pairs if not any(actor == UNCODED for _, actor, _ in pair)]
        if coded and not any(hits):
            return False
        mirrored = len(pairs) == 2 and {(t, r, a) for t, a, r in pairs[0]} == pairs[1]
        if not mirrored and any(pair in coded and not hit for pair, hit in zip(pairs, hits, strict=True)):
            return False
        met |= set().union(*hits)
    return met == expected


def load_with_overlay(overlay: Path = OVERLAY) -> Coder:
    """A coder that knows the invented actors too."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "actors").mkdir()
        (Path(folder) / "actors" / overlay.name).write_text(
            overlay.read_text(encoding="utf-8"), encoding="utf-8"
        )
        return load_coder([Path(folder)])


def code_case(case: Case, coder: Coder) -> list[Event]:
    """The events of one sentence."""
    report = Report(
        content_id("report", case.text, str(case.day)), case.id, case.text, published=Period.day(case.day)
    )
    return list(coder.code(report).events)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", type=int, default=0)
    given = parser.parse_args()
    coder = load_with_overlay()
    marks: dict[str, list[bool]] = defaultdict(list)
    wrong = []
    for case in read_cases(shared("bench", "petrarch", "cases.jsonl")):
        events = code_case(case, coder)
        right = wholly_right(case.pairs, told_pairs(events, coder.actors, case.day))
        marks[case.category].append(right)
        if not right:
            wrong.append((case, events))
    tell("petrarch, wholly right", share(mark for part in marks.values() for mark in part), note="reach 0.85")
    for category, part in sorted(marks.items()):
        tell(f"petrarch, {category}", share(part), len(part))
    for case, events in wrong[: given.errors]:
        print(f"\n{case.id}: {case.text}\n  expected {sorted(case.pairs, key=str)}")
        for e in events:
            names = [
                " + ".join(f"{a.text or a.name}={a.country}{a.sector or ''}" for a in side)
                for side in (e.actors, e.recipients)
            ]
            print(
                f"  told {e.type} {e.modality}{' background' if e.historical else ''}: {names[0]} > {names[1]} [{e.rule}]"
            )


if __name__ == "__main__":
    main()
