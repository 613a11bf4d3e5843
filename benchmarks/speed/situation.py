"""How long `assess` takes, how much memory, and how both grow, on a made-up room: 1 million events with the skew of real news.

    python benchmarks/speed/situation.py [--events 1000000] [--doublings 1] [--varied] [--store]

Places, pairs of sides and days follow heavy-tailed draws (a few fronts give most events), a third of the events repeat a
happening that another report told, a fifth have no day of their own, a quarter no place. `--varied` (varied.py) is harder: parts
are missing or vague as often as in coded reports, and statements and relations come beside the events. Without `--store` the
records come from memory; with it from a DuckDB room that is written first (not counted). As many halves of the room as
`--doublings` says come before the whole, so that growth shows; the time to make up or fetch the records is told apart.
"""

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, pairwise
from operator import attrgetter
from pathlib import Path
from typing import Any

from sitroom.evidence import Selection
from sitroom.evidence.duckdb_store import DuckDBStore
from sitroom.evidence.protocols import EVERYTHING
from sitroom.situation import assess
from sitroom.vocabulary import (
    Actor,
    Attribution,
    Coded,
    Event,
    Figure,
    Judgement,
    Period,
    Place,
    Quote,
    Relation,
    Report,
    Statement,
    content_id,
)  # fmt: skip

FIRST = date(2015, 1, 1)
DAYS = 3650
TYPES = (
    ("ASSAULT", "aerial", 12), ("ASSAULT", "heavy-weapons", 14), ("ASSAULT", None, 14), ("CONSULT", None, 14), ("AGREE", None, 6),
    ("ACCUSE", None, 8), ("REQUEST", None, 7), ("MOBILIZE", "troops", 7), ("RETREAT", "withdraw", 4), ("SANCTION", None, 4), ("AID", None, 5),
    ("COERCE", "arrest", 5),
)  # fmt: skip
SCORES = {"ASSAULT": -9.0, "CONSULT": 2.5, "AGREE": 2.5, "ACCUSE": -3.0, "REQUEST": 0.0, "MOBILIZE": -5.5, "RETREAT": 6.5,
          "SANCTION": -6.0, "AID": 10.0, "COERCE": -7.0}  # fmt: skip
WORDS = [
    "front",
    "village",
    "crossing",
    "depot",
    "convoy",
    "bridge",
    "market",
    "airfield",
    "barracks",
    "column",
    "patrol",
    "shelling",
    "siege",
    "talks",
    "envoy",
    "relief",
    "border",
    "river",
]
REPORT_EVENTS = 5


class World:
    """Countries, sides and places with heavy-tailed weights, all from one seed."""

    placed, counted = 0.75, 0.2

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        codes = [f"{a}{b}{c}" for a in "ABCD" for b in "KLM" for c in "XYZ"]
        self.actors = [Actor(f"State {code}", code, country=code, sector="GOV") for code in codes]
        self.actors += [Actor(f"Army of {code}", f"{code}.MIL", country=code, sector="MIL") for code in codes]
        self.actors += [
            Actor(f"Front {n}", f"front-{n}", country=codes[n % len(codes)], sector="REB") for n in range(60)
        ]
        pairs = [(one, other) for one in self.actors for other in self.actors if one is not other]
        self.pairs = self.random.sample(pairs, 600)
        self.places = [
            Place(
                f"Town {n}",
                f"place-{n}",
                self.random.uniform(-60, 60),
                self.random.uniform(-170, 170),
                self.random.choice(codes),
            )
            for n in range(4000)
        ]
        self.pair_weights = [1 / (n + 1) for n in range(len(self.pairs))]
        self.place_weights = [1 / (n + 5) for n in range(len(self.places))]
        self.type_weights = [weight for _, _, weight in TYPES]

    def happenings(self, count: int) -> Iterator[tuple]:
        """Act, sides, place, day and number of dead; some told again by later reports."""
        draw, batch = self.random, 10_000
        recent: list[tuple] = []
        for begin in range(0, count, batch):
            size = min(batch, count - begin)
            types = draw.choices(TYPES, self.type_weights, k=size)
            pairs = draw.choices(self.pairs, self.pair_weights, k=size)
            places = draw.choices(self.places, self.place_weights, k=size)
            for place in range(size):
                day = FIRST + timedelta(days=(begin + place) * DAYS // count)
                if recent and draw.random() < 0.33:
                    yield draw.choice(recent)
                    continue
                made = (types[place], self.sides(*pairs[place]), places[place] if draw.random() < self.placed else None, day,
                        draw.randint(1, 40) if draw.random() < self.counted else None)  # fmt: skip
                recent = [*recent[-30:], made]
                yield made

    def sides(self, one: Actor, other: Actor) -> Any:
        """Who acts on whom."""
        return one, other

    def events(self, count: int) -> Iterator[Event]:
        """Events, `REPORT_EVENTS` to a report, in order of time."""
        for number, ((type, mode, _), pair, place, day, dead) in enumerate(self.happenings(count)):
            report = f"report-{number // REPORT_EVENTS:016x}"
            known = day + timedelta(days=1)
            vague = self.random.random() < 0.2
            period = Period(known - timedelta(days=14), known, "tense") if vague else Period.day(day)
            words = (
                f"{pair[0].name} {type.lower()} {pair[1].name} "
                + " ".join(self.random.sample(WORDS, 6))
                + (f" {dead} killed" if dead else "")
            )
            figures = (Figure("killed", float(dead), float(dead), "soldiers"),) if dead else ()
            source = Attribution(pair[0].name, pair[0].id, "official") if self.random.random() < 0.3 else None
            yield Event(
                f"event-{number * 2654435761 % 2**64:016x}", report, type, mode, (), SCORES[type], (pair[0],), (pair[1],), place,
                (place,) if place else (), period, known, False, "asserted", source, figures, Quote(report, 0, len(words), words),
                "made-up", 0.7,
            )  # fmt: skip

    def statements(self, count: int) -> Iterator[Statement]:
        """None."""
        return iter(())

    def relations(self, count: int) -> Iterator[Relation]:
        """None."""
        return iter(())


class MadeUp:
    """A view in memory: enough of one for `assess`."""

    known_by = None

    def __init__(self, count: int, world: type[World] = World) -> None:
        self.count, self.world = count, world

    def events(self, selection: Selection = EVERYTHING) -> Iterator[Event]:
        """The events, made anew."""
        return self.world().events(self.count)

    def statements(self, selection: Selection = EVERYTHING) -> Iterator[Statement]:
        """The statements, made anew."""
        return self.world().statements(self.count)

    def relations(self, selection: Selection = EVERYTHING) -> Iterator[Relation]:
        """The relations, made anew."""
        return self.world().relations(self.count)

    def judgements(self) -> Iterator[Judgement]:
        """None."""
        return iter(())

    def reports(self, *, reprints: bool = False) -> Iterator[Report]:
        """The reports, without text."""
        for number in range(0, self.count, REPORT_EVENTS):
            yield Report(f"report-{number // REPORT_EVENTS:016x}", "", "", publisher=f"outlet {number % 97}")


def write_room(path: Path, made: MadeUp) -> None:
    """A DuckDB room with the same records; those of one report follow each other."""
    told = [groupby(ones, key=attrgetter("report")) for ones in (made.statements(), made.relations())]
    waiting = [next(groups, None) for groups in told]
    with DuckDBStore(path, write=True) as store, store.writer(reports_per_commit=20_000) as writer:
        for id, group in groupby(made.events(), key=attrgetter("report")):
            events, others = tuple(group), []
            for kind, groups in enumerate(told):
                here = waiting[kind]
                others.append(tuple(here[1]) if here and here[0] == id else ())
                if others[-1]:
                    waiting[kind] = next(groups, None)
            text = f"{content_id('text', id)} " + " ".join(event.quote.words for event in events)
            published = Period.day(events[0].known_by) if events[0].known_by else None
            report = Report(id, id, text, publisher=f"outlet {int(id[7:], 16) % 97}", published=published)
            writer.add(Coded(report, events, *others))


def measure(view: Any, count: int, source: str) -> float:
    """Assess once and print what it took; a pass over the records alone is timed before. Returns processor seconds without it."""
    making = time.process_time()
    made = sum(1 for _ in view.events())
    others = sum(1 for ones in (view.statements(), view.relations()) for _ in ones)
    making = time.process_time() - making
    assert made == count
    wall, cpu = time.perf_counter(), time.process_time()
    situation = assess(view)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    more = f" and {others:,} statements and relations" if others else ""
    print(
        f"{count:,} events{more}: {cpu - making:.1f} s processor, {cpu:.1f} s with {source} them "
        f"({wall:.1f} s wall), at most {memory:.2f} GB; {len(situation.incidents):,} incidents, {len(situation.ties):,} ties, "
        f"{len(situation.presences):,} presences, {len(situation.agreements):,} agreements, {len(situation.positions):,} positions, "
        f"{len(situation.contradictions):,} contradictions",
        flush=True,
    )
    return cpu - making


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--doublings", type=int, default=1)
    parser.add_argument("--varied", action="store_true", help="vaguer, with statements and relations")
    parser.add_argument("--store", action="store_true", help="through a DuckDB room")
    given = parser.parse_args()
    from varied import Varied

    took: list[float] = []
    for halves in range(given.doublings, -1, -1):
        count = given.events >> halves
        made = MadeUp(count, Varied if given.varied else World)
        if not given.store:
            took.append(measure(made, count, "making up"))
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "speed.room"
            write_room(path, made)
            with DuckDBStore(path) as store:
                took.append(measure(store.view(), count, "fetching"))
    if len(took) > 1:
        print(
            "for twice the events, times " + ", ".join(f"{more / less:.2f}" for less, more in pairwise(took))
        )
    print("(reach for 1,000,000 events: 60 s, 4 GB, twice the time for twice the events)")


if __name__ == "__main__":
    main()
