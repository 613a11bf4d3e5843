"""Forecasts by people: filed or read from reports, followed to resolution, scored beside sitroom's own."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from sitroom.errors import BadQuestion
from sitroom.outlook.history import History, is_part
from sitroom.outlook.questions import make_question, resolve
from sitroom.vocabulary import Actor, Event, Forecast, Question, Statement, content_id

NO_DATE = 90
"""Days until a forecast without a date of its own is settled."""
STATED = 0.8
"""What "will" is taken to mean as a probability, where an analyst gives none; conditional forecasts too."""
SAID_TO_COME = ("planned-or-possible", "denied")
"""The modalities of events that a forecast is about."""


@dataclass(frozen=True)
class Entry:
    """A question with one forecast on it. `outcome` None: still open."""

    question: Question
    forecast: Forecast
    outcome: bool | None = None
    said: str = ""

    @property
    def brier(self) -> float | None:
        """Squared error; None while open."""
        return None if self.outcome is None else (self.forecast.probability - float(self.outcome)) ** 2


@dataclass(frozen=True)
class Record:
    """How one forecaster did: settled forecasts, mean Brier, that of the base rate on the same questions, and skill."""

    by: str
    open: int
    settled: int
    right: int
    brier: float | None
    brier_base: float | None
    skill: float | None


def file_forecast(
    question: Question,
    probability: float,
    *,
    by: str,
    known_by: date,
    why: str = "",
    beside: Forecast | None = None,
) -> Entry:
    """A person's forecast, with sitroom's baselines of the day beside it. Raises BadQuestion for a wrong probability."""
    if not 0 <= probability <= 1:
        raise BadQuestion(f"{probability} is no probability", hint="give a number from 0 to 1")
    baselines = {
        **(beside.baselines if beside else {}),
        **({"sitroom": beside.probability} if beside else {}),
    }
    forecast = Forecast(
        id=content_id("forecast", question.id, known_by.isoformat(), by, probability),
        question=question.id, probability=probability, low=probability, high=probability, method="judgement",
        known_by=known_by, because=(), reasons=(why,) if why else (), by=by, baselines=baselines,
    )  # fmt: skip
    return Entry(question, forecast)


def entries_of_statements(
    statements: Iterable[Statement],
    events: Mapping[str, Event],
    *,
    window: int = NO_DATE,
    party: Callable[[Actor], str | None] = lambda actor: actor.key,
    names: Mapping[str, str] | None = None,
) -> Iterator[Entry]:
    """The forecasts that reports quote: "if …, A will strike B" becomes a question on the event that it is about.

    Only what is said to come, or not to come, is a forecast: an act that happened with the saying (a threat), and the
    "if" of a sentence, are not. Nor is what a party does to itself. The question opens on the day after the statement
    was known; it closes with the event's own period if that has an end, else after `window` days. A condition stays in
    `said`: whether it came about is for a person to judge.
    """
    for statement in statements:
        if statement.stance not in ("forecasts", "warns") or statement.known_by is None:
            continue
        for event in (events[id] for id in statement.about if id in events):
            opens = statement.known_by + timedelta(days=1)
            end = event.period.end
            closes = end if end is not None and end >= opens else opens + timedelta(days=window - 1)
            if event.modality not in SAID_TO_COME:
                continue
            actor = party(event.actors[0]) if event.actors else None
            recipient = party(event.recipients[0]) if event.recipients else None
            if actor == recipient or (actor and recipient and is_part(recipient, actor)):
                continue
            question = make_question(event.type, opens, closes, actor=actor, recipient=recipient, names=names)
            chance = 1 - STATED if event.modality == "denied" else STATED
            by = statement.speaker.name if statement.speaker else "the report's own voice"
            forecast = Forecast(
                id=content_id("forecast", question.id, statement.id), question=question.id, probability=chance,
                low=chance, high=chance, method="stated", known_by=statement.known_by, because=(statement.id, event.id),
                reasons=("no probability was given: a plain forecast is scored as 0.8",), by=by,
            )  # fmt: skip
            condition = f" (if: {statement.condition})" if statement.condition else ""
            yield Entry(question, forecast, said=statement.quote.words + condition)


def settle(entries: Iterable[Entry], history: History, known_by: date) -> list[Entry]:
    """Resolve what can be resolved by the end of `known_by`; what was known later is not looked at."""
    return [
        replace(e, outcome=resolve(e.question, history, known_by))
        for e in entries
        if e.forecast.known_by <= known_by
    ]


def standings(entries: Iterable[Entry]) -> list[Record]:
    """Who was right how often. Skill is against the base rate filed beside each forecast, on the same questions; None
    where none was filed. Everybody's misses stay in."""
    people: dict[str, list[Entry]] = {}
    for entry in entries:
        people.setdefault(entry.forecast.by, []).append(entry)
    found = []
    for by, mine in sorted(people.items()):
        settled = [e for e in mine if e.outcome is not None]
        scores = [e.brier for e in settled if e.brier is not None]
        beside = [
            (e.forecast.baselines["base rate"] - float(bool(e.outcome))) ** 2
            for e in settled
            if "base rate" in e.forecast.baselines
        ]
        brier = float(np.mean(scores)) if scores else None
        base = float(np.mean(beside)) if beside and len(beside) == len(scores) else None
        found.append(
            Record(
                by,
                len(mine) - len(settled),
                len(settled),
                sum((e.forecast.probability > 0.5) == bool(e.outcome) for e in settled),
                brier,
                base,
                1 - brier / base if brier is not None and base else None,
            )
        )
    return found


def write_entry(path: Path, entry: Entry) -> None:
    """Add one line to a ledger of forecasts; lines are never changed. Writing the same forecast twice adds nothing."""
    if any(known.forecast.id == entry.forecast.id for known in read_entries(path)):
        return
    row = {
        "question": asdict(replace(entry.question, outcome=None)),
        "forecast": asdict(entry.forecast),
        "said": entry.said,
    }
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def read_entries(path: Path) -> list[Entry]:
    """Read a ledger; a missing file is an empty one. Raises BadQuestion naming the line that is broken."""
    if not path.exists():
        return []
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            question, forecast = dict(row["question"]), dict(row["forecast"])
            for name in ("opens", "closes"):
                question[name] = date.fromisoformat(question[name])
            forecast["known_by"] = date.fromisoformat(forecast["known_by"])
            for name in ("because", "reasons"):
                forecast[name] = tuple(forecast[name])
            found.append(Entry(Question(**question), Forecast(**forecast), said=row.get("said", "")))
        except (ValueError, KeyError, TypeError) as error:
            raise BadQuestion(
                f"{path.name}, line {number}: {error}", hint="restore the line, or delete it from the ledger"
            ) from error
    return found
