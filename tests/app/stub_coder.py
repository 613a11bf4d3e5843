"""A coder that needs no language model: it knows `A attacked B in C` and `A denied …`, and fails where told to."""

import os
import re
import time
from collections.abc import Iterable, Iterator

from sitroom.errors import SitroomError
from sitroom.vocabulary import (
    Actor,
    Attribution,
    Coded,
    Event,
    Period,
    Place,
    Quote,
    Relation,
    Report,
    Statement,
    Unresolved,
    content_id,
)

IDS = {"Israel": "ISR", "Syria": "SYR", "Iran": "IRN", "Russia": "RUS"}
PLACES = {"Damascus": (33.51, 36.29, "SYR"), "Homs": (34.73, 36.71, "SYR"), "Kuneitra": (33.12, 35.82, "SYR")}
ATTACK = re.compile(r"(?P<who>\w+) attacked (?P<whom>\w+) in (?P<where>\w+)")
SENTENCE = re.compile(r"[^.\n]+\.?")


class StubCoder:
    def __init__(self, pause: float = 0.0) -> None:
        self.pause = pause

    def code(self, report: Report) -> Coded:
        time.sleep(self.pause)
        if "EXPLODE" in report.text:
            raise ValueError("this text breaks the coder")
        if "REFUSE" in report.text:
            raise SitroomError(f"{report.name} is beyond me", hint="leave it out")
        if "DIE" in report.text:
            os._exit(9)
        events: list[Event] = []
        statements: list[Statement] = []
        relations: list[Relation] = []
        names: list[Unresolved] = []
        for sentence in SENTENCE.finditer(report.text):
            quote = Quote(report.id, sentence.start(), sentence.end(), sentence[0])
            if match := ATTACK.search(report.text, sentence.start(), sentence.end()):
                events.append(self._event(report, quote, match))
                if match["who"] not in IDS:
                    names.append(Unresolved("actor", match["who"], match.start("who"), match.end("who")))
            if " denied" in sentence[0]:
                statements.append(self._statement(report, quote, "denies"))
            if " will " in sentence[0]:
                statements.append(self._statement(report, quote, "forecasts"))
            if match := re.search(r"(\w+) is an ally of (\w+)", sentence[0]):
                relations.append(self._relation(report, quote, match[1], match[2]))
        return Coded(report, tuple(events), tuple(statements), tuple(relations), tuple(names))

    def code_many(self, reports: Iterable[Report]) -> Iterator[Coded]:
        return map(self.code, reports)

    def _event(self, report: Report, quote: Quote, match: re.Match[str]) -> Event:
        where = match["where"]
        lat, lon, country = PLACES.get(where, (None, None, None))
        place = Place(
            where,
            f"geo-{where}",
            lat,
            lon,
            country,
            text=where,
            start=match.start("where"),
            end=match.end("where"),
        )
        return Event(
            id=content_id("event", report.id, quote.start), report=report.id, type="ASSAULT", mode="aerial", contexts=(),
            score=-9.0, actors=(actor(match, "who", "MIL"),), recipients=(actor(match, "whom", "GOV"),), place=place,
            places=(place,), period=report.published or Period(None, None), known_by=report.known_by, historical=False,
            modality="asserted", attribution=None, figures=(), quote=quote, rule="attack-01", confidence=0.9,
            steps=("verb: attacked",),
        )  # fmt: skip

    def _statement(self, report: Report, quote: Quote, stance: str) -> Statement:
        return Statement(
            id=content_id("statement", report.id, quote.start), report=report.id,
            speaker=Attribution(quote.words.split()[0], kind="official"), stance=stance,  # type: ignore[arg-type]
            about=(), issue="attacks", quote=quote, period=report.published or Period(None, None),
            known_by=report.known_by, rule="say-01", confidence=0.7,
        )  # fmt: skip

    def _relation(self, report: Report, quote: Quote, one: str, other: str) -> Relation:
        return Relation(
            id=content_id("relation", report.id, quote.start), report=report.id, subject=Actor(one, IDS.get(one)),
            relation="ally-of", object=Actor(other, IDS.get(other)), place=None, period=Period(None, None),
            known_by=report.known_by, modality="asserted", attribution=None, quote=quote, rule="ally-01", confidence=0.6,
        )  # fmt: skip


def actor(match: re.Match[str], part: str, sector: str) -> Actor:
    name = match[part]
    id = IDS.get(name)
    return Actor(name, id, name, match.start(part), match.end(part), id, sector if id else None)


def make() -> StubCoder:
    return StubCoder()


def make_slow() -> StubCoder:
    return StubCoder(pause=0.05)
