"""A made-up world as vague as coded reports are: how many events lack a day or place of their own, tell of a land only, of
somebody without a name, of two sides at once, or are denied, alleged or planned, is as in the reports of tests and samples."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate
from typing import Any

from sitroom.vocabulary import Actor, Attribution, Event, Figure, Period, Place, Quote, Relation, Statement
from situation import DAYS, FIRST, REPORT_EVENTS, SCORES, World

WORDS = [
    *("front", "village", "crossing", "depot", "convoy", "bridge", "market", "airfield", "barracks", "column", "patrol", "river"),
    *(f"word{number}" for number in range(150)),
    *("truce", "deal", "signed", "withdraw", "agreed", "terrorist", "alleged", "response", "defeated", "weakened", "not", "over"),
    *(f"word{number}" for number in range(150, 3000)),
]  # fmt: skip
"""By how often they are used."""
MODALITIES = {"asserted": 84, "denied": 5, "alleged": 4, "planned-or-possible": 4, "hypothetical": 3}
STANCES = {
    "asserts": 45,
    "offers": 11,
    "supports": 8,
    "denies": 7,
    "demands": 7,
    "refuses": 6,
    "opposes": 6,
    "warns": 4,
    "wants": 3,
}
STANDING = {
    "present-in": 25,
    "withdrew-from": 10,
    "backs": 20,
    "rival-of": 20,
    "controls": 10,
    "commands": 5,
    "ally-of": 10,
}
ISSUES = ("the deal", "leave the border area", "sanctions", "this report", "the return of the displaced", "")


class Varied(World):
    """The same countries and sides; places of every precision, and words by how often they are used."""

    placed, counted = 0.5, 0.3

    def __init__(self, seed: int = 1) -> None:
        super().__init__(seed)
        self.word_weights = list(accumulate(1 / (n + 3) for n in range(len(WORDS))))
        self.places = [self._vague(place, number) for number, place in enumerate(self.places)]

    def _vague(self, place: Place, number: int) -> Place:
        precision = self.random.choices(("place", "country", "area", "admin1"), (45, 37, 15, 3))[0]
        code, land = place.country, precision == "country"
        role = "about" if self.random.random() < 0.25 else "where"
        name, id = (f"State {code}", code) if land else (place.name, place.id)
        return Place(name, id, place.lat, place.lon, code, f"Region {number % 9}", precision, role)

    def _sentence(self, begins: str, ends: str = "") -> str:
        return f"{begins} " + " ".join(self.random.choices(WORDS, cum_weights=self.word_weights, k=14)) + ends

    def _weighed(self, weights: dict[str, int]) -> Any:
        return self.random.choices(list(weights), list(weights.values()))[0]

    def sides(self, one: Actor, other: Actor) -> Any:
        """Both sides, one alone, two that act together, or somebody without a name."""
        draw = self.random.random()
        if draw < 0.05:
            return (Actor("gunmen"),), (other,)
        if draw < 0.13:
            return (one, other), ()
        return ((one,), ()) if draw < 0.42 else ((one,), (other,)) if draw < 0.9 else ((), (other,))

    def events(self, count: int) -> Iterator[Event]:
        """Events, `REPORT_EVENTS` to a report, in order of time."""
        for number, ((type, mode, _), (actors, recipients), place, day, dead) in enumerate(
            self.happenings(count)
        ):
            report = f"report-{number // REPORT_EVENTS:016x}"
            known = day + timedelta(days=1)
            vague = self.random.random() < 0.4
            period = Period(known - timedelta(days=14), known, "tense") if vague else Period.day(day)
            who, whom = (" and ".join(one.name for one in ones) for ones in (actors, recipients))
            words = self._sentence(f"{who} {type.lower()} {whom}", f" {dead} killed" if dead else "")
            figures = (Figure("killed", float(dead), float(dead), "soldiers"),) if dead else ()
            voice = (actors or recipients)[0]
            kind = self.random.choice(("official", "media", "anonymous"))
            source = Attribution(voice.name, voice.id, kind) if self.random.random() < 0.28 else None
            yield Event(
                made_id("event", number), report, type, mode, (), SCORES[type], actors, recipients, place,
                (place,) if place else (), period, known, False, self._weighed(MODALITIES), source, figures,
                Quote(report, number % REPORT_EVENTS * 200, number % REPORT_EVENTS * 200 + len(words), words), "made-up", 0.7,
            )  # fmt: skip

    def statements(self, count: int) -> Iterator[Statement]:
        """Statements, one to every other event of `count`; half of them are about that event."""
        for number in range(0, count, 2):
            report, day = (
                f"report-{number // REPORT_EVENTS:016x}",
                FIRST + timedelta(days=number * DAYS // count),
            )
            one, other = self.random.choices(self.pairs, self.pair_weights)[0]
            words, start = self._sentence(f"{one.name} said"), number % REPORT_EVENTS * 200 + 100
            about = (made_id("event", number),) if self.random.random() < 0.5 else ()
            yield Statement(
                made_id("statement", number), report, Attribution(one.name, one.id, "official"), self._weighed(STANCES), about,
                self.random.choice(ISSUES), Quote(report, start, start + len(words), words), Period.day(day),
                day + timedelta(days=1), target=other,
            )  # fmt: skip

    def relations(self, count: int) -> Iterator[Relation]:
        """Relations, one to every fifth event of `count`."""
        for number in range(0, count, 5):
            report, day = (
                f"report-{number // REPORT_EVENTS:016x}",
                FIRST + timedelta(days=number * DAYS // count),
            )
            one, other = self.random.choices(self.pairs, self.pair_weights)[0]
            kind, words = self._weighed(STANDING), self._sentence(one.name)
            where = kind in ("present-in", "withdrew-from", "controls")
            place = self.random.choices(self.places, self.place_weights)[0] if where else None
            yield Relation(
                made_id("relation", number), report, one, kind, None if where else other, place, Period.day(day),
                day + timedelta(days=1), self._weighed(MODALITIES), None, Quote(report, 150, 150 + len(words), words), "made-up",
                0.7,
            )  # fmt: skip


def made_id(kind: str, number: int) -> str:
    """Ids in no order of time, as hashes are."""
    return f"{kind}-{number * 2654435761 % 2**64:016x}"
