"""Seeded reports of any number, and a coder that needs no language model: what the speed benchmarks read."""

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sitroom.vocabulary import Actor, Coded, Event, Period, Place, Quote, Report, Statement, content_id

SIDES = (
    "Israel",
    "Iran",
    "Syria",
    "Russia",
    "Turkey",
    "Hezbollah",
    "the Northern Front",
    "the Eastern Council",
)
TOWNS = ("Homs", "Hama", "Aleppo", "Raqqa", "Palmyra", "Daraa", "Damascus", "Idlib", "Manbij", "Tartus")
VERBS = ("attacked", "shelled", "met", "accused", "warned", "supplied", "left", "besieged")
FILL = [
    "road",
    "bridge",
    "market",
    "school",
    "river",
    "column",
    "convoy",
    "night",
    "rain",
    "smoke",
    "witness",
    "doctor",
    "farmer",
    "officer",
    "ridge",
    "tower",
    "mill",
    "orchard",
]
FIRST = date(2012, 1, 1)


def reports(number: int, *, sentences: int = 12, seed: int = 7) -> Iterator[Report]:
    """Yield reports one by one, all different, over ten years; one in fifty repeats the one before for a new publisher."""
    chance = random.Random(seed)
    text = ""
    for n in range(number):
        day = FIRST + timedelta(days=n * 3650 // number)
        if n % 50 or not text:
            text = " ".join(_sentence(chance) for _ in range(sentences))
        publisher = f"Agency {n % 17}"
        yield Report(
            content_id("report", publisher, n, text),
            f"r{n}.txt",
            text,
            f"Report {n}",
            publisher,
            "",
            Period.day(day),
            "stated",
        )


def _sentence(chance: random.Random) -> str:
    one, other = chance.sample(SIDES, 2)
    words = " ".join(chance.choice(FILL) for _ in range(8))
    return f"{one} {chance.choice(VERBS)} {other} in {chance.choice(TOWNS)}, where {words} stood near {chance.randrange(1000)} houses."


class GeneratedCoder:
    """Takes every sentence for an event: who, verb, whom, where."""

    def code(self, report: Report) -> Coded:
        """One event per sentence, one statement per report."""
        events, start = [], 0
        for sentence in report.text.split(". "):
            events.append(self._event(report, sentence, start))
            start += len(sentence) + 2
        quote, period = events[0].quote, report.published or Period(None, None)
        id = content_id("statement", report.id)
        said = Statement(
            id, report.id, None, "warns", (events[0].id,), "attacks", quote, period, report.known_by
        )
        return Coded(report, tuple(events), (said,))

    def code_many(self, reports: Iterable[Report]) -> Iterator[Coded]:
        """The same for many."""
        return map(self.code, reports)

    def _event(self, report: Report, sentence: str, start: int) -> Event:
        who = next(side for side in SIDES if sentence.startswith(side))
        whom = next(side for side in SIDES if side != who and f" {side} in" in sentence)
        town = next(town for town in TOWNS if f"in {town}," in sentence)
        at = TOWNS.index(town)
        return Event(
            id=content_id("event", report.id, start), report=report.id, type="ASSAULT", mode="heavy-weapons",
            contexts=("military",), score=-9.0, actors=(Actor(who, who[:3].upper(), who, start, start + len(who), "SYR", "MIL"),),
            recipients=(Actor(whom, whom[:3].upper(), whom, start, start + 5, "SYR", "GOV"),),
            place=Place(town, f"geo-{at}", 33.0 + at / 4, 36.0 + at / 4, "SYR", town), places=(),
            period=report.published or Period(None, None), known_by=report.known_by, historical=False, modality="asserted",
            attribution=None, figures=(), quote=Quote(report.id, start, start + len(sentence), sentence), rule="generated",
            confidence=0.8, steps=("verb", "actors", "place"),
        )  # fmt: skip


def make_coder() -> GeneratedCoder:
    """For worker processes."""
    return GeneratedCoder()
