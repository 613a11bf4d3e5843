"""How long `assess` takes, and how much memory, on a made-up room: 1 million events with the skew of real news.

    python benchmarks/speed/situation.py [--events 1000000] [--store]

Places, pairs of sides and days follow heavy-tailed draws (a few fronts give most events), a third of the events repeat a
happening that another report told, a fifth have no day of their own, a quarter no place. Without `--store` the events
come from memory; with it from a DuckDB room that is written first (not counted). Processor time stands beside wall time.
"""

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
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
                made = (types[place], pairs[place], places[place] if draw.random() < 0.75 else None, day,
                        draw.randint(1, 40) if draw.random() < 0.2 else None)  # fmt: skip
                recent = [*recent[-30:], made]
                yield made

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


class MadeUp:
    """A view in memory: enough of one for `assess`."""

    known_by = None

    def __init__(self, count: int) -> None:
        self.count = count

    def events(self, selection: Selection = EVERYTHING) -> Iterator[Event]:
        """The events, made anew."""
        return World().events(self.count)

    def statements(self, selection: Selection = EVERYTHING) -> Iterator[Statement]:
        """None."""
        return iter(())

    def relations(self, selection: Selection = EVERYTHING) -> Iterator[Relation]:
        """None."""
        return iter(())

    def judgements(self) -> Iterator[Judgement]:
        """None."""
        return iter(())

    def reports(self, *, reprints: bool = False) -> Iterator[Report]:
        """The reports, without text."""
        for number in range(0, self.count, REPORT_EVENTS):
            yield Report(f"report-{number // REPORT_EVENTS:016x}", "", "", publisher=f"outlet {number % 97}")


def write_room(path: Path, count: int) -> None:
    """A DuckDB room with the same events."""
    with DuckDBStore(path, write=True) as store, store.writer(reports_per_commit=20_000) as writer:
        held: list[Event] = []
        for event in World().events(count):
            if held and held[-1].report != event.report:
                writer.add(_coded(held))
                held = []
            held.append(event)
        writer.add(_coded(held))


def _coded(events: list[Event]) -> Coded:
    id, day = events[0].report, events[0].known_by
    published = Period.day(day) if day else None
    text = f"{content_id('text', id)} " + " ".join(event.quote.words for event in events)
    return Coded(
        Report(id, id, text, publisher=f"outlet {int(id[7:], 16) % 97}", published=published), tuple(events)
    )


def measure(view: Any, count: int, source: str) -> None:
    """Assess once and print what it took; a pass over the events alone is timed before."""
    making = time.process_time()
    made = sum(1 for _ in view.events())
    making = time.process_time() - making
    assert made == count
    wall, cpu = time.perf_counter(), time.process_time()
    situation = assess(view)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"assess on {count:,} events: {wall:.1f} s wall, {cpu:.1f} s processor (of which {making:.1f} s only to {source} the events), {memory:.2f} GB at most; "
          f"{len(situation.incidents):,} incidents, {len(situation.ties):,} ties, {len(situation.presences):,} presences, "
          f"{len(situation.contradictions):,} contradictions (reach: 60 s, 4 GB)")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--store", action="store_true", help="through a DuckDB room")
    given = parser.parse_args()
    if not given.store:
        measure(MadeUp(given.events), given.events, "make up")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speed.room"
        write_room(path, given.events)
        with DuckDBStore(path) as store:
            measure(store.view(), given.events, "fetch")


if __name__ == "__main__":
    main()
