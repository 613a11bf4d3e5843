"""From any id back to the report, the sentence, the parts, the rule and the steps: what `sitroom why` shows."""

from dataclasses import dataclass

from sitroom.evidence.protocols import Evidence, Selection, View
from sitroom.vocabulary import Event, Judgement, Quote, Relation, Report, Statement


@dataclass(frozen=True, slots=True)
class Part:
    """Words of the sentence and what they were taken for; `start` and `end` count characters of the sentence."""

    role: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Trace:
    """Why a record is in the room.

    `sentence` is the supporting words, `before` and `after` what stands around them in the report. `also` are the
    statements and relations of the report that speak about this record; `copies` the reports that repeat its report.
    """

    record: Evidence
    report: Report
    sentence: str
    before: str
    after: str
    parts: tuple[Part, ...]
    rule: str
    steps: tuple[str, ...]
    judgements: tuple[Judgement, ...] = ()
    also: tuple[Statement, ...] = ()
    copies: tuple[str, ...] = ()


def trace(view: View, id: str, *, around: int = 160) -> Trace:
    """Lead an id of a report, event, statement or relation back to its source. Raises `NotFound`, `BadInput`.

    A judgement leads to the first record it is about. `around` is how many characters to show on either side.
    """
    record = view.get(id)
    if isinstance(record, Judgement):
        return trace(view, record.about[0], around=around)
    copies = tuple(fold.report for fold in view.folds() if fold.of == getattr(record, "report", record.id))
    judgements = view.about(record.id)
    if isinstance(record, Report):
        return Trace(record, record, "", "", record.text[:around], (), "", (), judgements, (), copies)
    report = view.get(record.report)
    assert isinstance(report, Report)
    quote = record.quote
    also = tuple(
        statement
        for statement in view.statements(Selection(reports=(report.id,), wrong=True, reprints=True))
        if isinstance(record, Event) and record.id in statement.about
    )
    return Trace(
        record=record,
        report=report,
        sentence=quote.words,
        before=report.text[max(0, quote.start - around) : quote.start],
        after=report.text[quote.end : quote.end + around],
        parts=mark(record),
        rule=record.rule,
        steps=record.steps if isinstance(record, Event) else (),
        judgements=judgements,
        also=also,
        copies=copies,
    )


def mark(record: Event | Statement | Relation) -> tuple[Part, ...]:
    """The parts of a record that stand inside its sentence, in order."""
    named: list[tuple[str, object]] = []
    if isinstance(record, Event):
        named += [("actor", actor) for actor in record.actors]
        named += [("recipient", actor) for actor in record.recipients]
        named += [("place", place) for place in dict.fromkeys((record.place, *record.places))]
        named += [("source", record.attribution)]
    elif isinstance(record, Relation):
        named += [("subject", record.subject), ("object", record.object), ("place", record.place)]
        named += [("source", record.attribution)]
    else:
        named += [("speaker", record.speaker), ("addressee", record.addressee), ("target", record.target)]
    placed = [_part(role, thing, record.quote) for role, thing in named if thing is not None]
    return tuple(
        sorted({part for part in placed if part}, key=lambda part: (part.start, part.end, part.role))
    )


def _part(role: str, thing: object, quote: Quote) -> Part | None:
    start, end = getattr(thing, "start", None), getattr(thing, "end", None)
    if start is None or end is None or not quote.start <= start < end <= quote.end:
        return None
    start, end = start - quote.start, end - quote.start
    return Part(role, quote.words[start:end], start, end)
