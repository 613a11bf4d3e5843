"""What a brief is made of: sections of lines, the numbered sentences that they rest on, and what they are drawn from."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sitroom.app.wording import period_words
from sitroom.vocabulary import Actor, Event, Quote, Relation, Report, Situation, Statement

Record = Event | Statement | Relation
OWN_VOICE = "the report itself"
CITED = 3
"""At most so many sentences are cited for a line."""
COMMON = frozenset(
    {"Government", "Forces", "Force", "Defense", "Defence", "Ministry", "Armed", "Army", "States"}
)
"""Words of many names, by which nobody is named."""
MANY = re.compile(
    r"(Forces|Guards|Brigades|Units|Militias|[Ff]ighters|[Aa]dvisers|[Pp]olice|[Oo]fficials|[Ee]xperts|[Aa]nalysts|[Ss]ources|[Rr]esidents|[Mm]onitors|[a-z]+ists|[Rr]esearchers|[Mm]edia|[Ss]ervices|[a-z]*(?:[Tt]raders|[Ll]eaders|[Cc]ommanders|[Mm]embers|[Dd]iplomats|[Ww]itnesses|[Oo]bservers|[Rr]ebels|[Pp]arties|[Oo]fficers))$"
)


@dataclass(frozen=True, slots=True)
class Source:
    """One numbered sentence that lines rest on."""

    number: int
    evidence: str
    words: str
    report: str
    title: str
    publisher: str
    day: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One of several sides of a line: who says it and when, the words, the number of the sentence."""

    who: str
    words: str
    cite: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the brief: a lead in sitroom's words, the words of a report (or those of several sides), the sources."""

    lead: str
    words: str
    cites: tuple[int, ...]
    note: str = ""
    sides: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading; `about` says in a sentence how they were chosen."""

    heading: str
    about: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Publisher:
    """How much of a publisher is in the room and on whose word it tells things: a count, not a verdict."""

    name: str
    reports: int
    leaning: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map, network or timeline as SVG text, made on our side; `after` is the heading of the section that it follows."""

    heading: str
    svg: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """What a room says by a day. `str()` is Markdown."""

    title: str
    header: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    publishers: tuple[Publisher, ...] = ()
    drawings: tuple[Drawing, ...] = ()

    def __str__(self) -> str:
        from sitroom.app.rendering import as_markdown

        return as_markdown(self)


@dataclass(slots=True)
class Citations:
    """Numbers the sentences in the order in which they are first cited."""

    reports: Mapping[str, Report]
    numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)

    def cite(self, records: Iterable[Record]) -> tuple[int, ...]:
        """The numbers of the first few different sentences of these records."""
        quotes = {(record.quote.report, record.quote.start): record for record in records}
        return tuple(self.number(record.id, record.quote) for record in list(quotes.values())[:CITED])

    def number(self, id: str, quote: Quote) -> int:
        """The number of one sentence."""
        key = (quote.report, quote.start, quote.end)
        if key not in self.numbers:
            self.numbers[key] = len(self.sources) + 1
            report = self.reports[quote.report]
            day = period_words(report.published) if report.published else "undated"
            if report.published_basis == "inferred":
                day += " (inferred)"
            title = report.title or report.name
            self.sources.append(
                Source(
                    self.numbers[key],
                    id,
                    flat(quote.words),
                    report.id,
                    title,
                    report.publisher,
                    day,
                    report.url,
                )
            )
        return self.numbers[key]


@dataclass(slots=True)
class Material:
    """All that the sections draw from. `kept` holds the ids of the evidence asked for, `used` the words
    and `shown` the ids of what already stands in the brief, `lands` the names of country codes, `adjectives` the codes of words like `Iranian`, `issues` the ids of the issue list;
    `whole` maps a body to the state that it is part of.
    """

    situation: Situation
    events: Mapping[str, Event]
    statements: Mapping[str, Statement]
    relations: Mapping[str, Relation]
    kept: frozenset[str]
    persons: frozenset[str]
    since: date | None
    citations: Citations
    whole: Callable[[Actor], Actor]
    issues: frozenset[str] = frozenset()
    lands: Mapping[str, str] = field(default_factory=dict)
    adjectives: Mapping[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    _told: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def records(self, because: Iterable[str]) -> list[Record]:
        """The evidence with these ids that is asked for, the surest first; an incident stands for its events."""
        found: list[Record] = []
        for id in because:
            for one in self.told(id):
                record = self.events.get(one) or self.statements.get(one) or self.relations.get(one)
                if record and one in self.kept:
                    found.append(record)
        return sorted(found, key=lambda one: (-one.confidence, one.id))

    def told(self, id: str) -> tuple[str, ...]:
        """The events of an incident; any other id stands for itself."""
        return self._incidents().get(id, (id,))

    def _incidents(self) -> Mapping[str, tuple[str, ...]]:
        if not self._told:
            self._told.update({one.id: one.events for one in self.situation.incidents})
        return self._told

    def is_misread(self, actor: Actor) -> bool:
        """True where the report's own words give the actor another nation than was read from them."""
        country = self.adjectives.get(actor.text.split(" ")[0].casefold())
        return country is not None and actor.country is not None and actor.country != country

    def in_words(self, says: str) -> str:
        """A sentence with the names of lands in place of their codes."""
        return re.sub(r"\b[A-Z]{3}\b", lambda code: self.lands.get(code[0], code[0]), says)


def flat(words: str) -> str:
    """Words on one line."""
    return " ".join(words.split())


def line_of(lead: str, records: list[Record], material: Material, note: str = "") -> Line:
    """A line with the first sentence that has not been shown, else the first."""
    fresh = [record for record in records if flat(record.quote.words) not in material.used]
    first = (fresh or records)[0]
    ordered = [first, *(record for record in records if record is not first)]
    material.used.add(flat(first.quote.words))
    return Line(lead, flat(first.quote.words), material.citations.cite(ordered), note)


def agree(name: str, verb: str) -> str:
    """The verb for one, or for many where the name is of many: `Russian Armed Forces back`."""
    if not MANY.search(name):
        return verb
    first, _, rest = verb.partition(" ")
    bare = first.removesuffix("ies") + "y" if first.endswith("ies") else first.removesuffix("s")
    many = {"is": "are", "has": "have"}.get(first, bare)
    return f"{many} {rest}".strip().replace(" has ", " have ")


def stands_in(actor: Actor, words: str) -> bool:
    """True when lower-case words have the actor's name in them, its beginning (`Russia`, `Russian`) or its words in the report."""
    stems = [word[:4].lower() for word in actor.name.split() if len(word) > 3 and word not in COMMON]
    return any(stem in words for stem in stems) or bool(actor.text and actor.text.lower() in words)
