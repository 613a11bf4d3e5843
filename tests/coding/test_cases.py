"""Golden cases: short reports with the coding that a person judged right beside them; `pytest --accept` rewrites it.

A case whose coding is known to be wrong carries the right one, with `known_error` saying what the coder gets wrong.
"""

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w
from expecting import act

from sitroom.app.finding import find_reports
from sitroom.vocabulary import Coded, Event, Relation, Report, Statement

if TYPE_CHECKING:
    from sitroom.coding import Coder

CASES = sorted((Path(__file__).parent / "cases").glob("*.report.txt"))


def _days(start: object, end: object) -> str:
    return str(start) if start == end else f"{start or '...'} to {end or '...'}"


def _event(event: Event) -> dict[str, Any]:
    """What a reader checks, in words; what is empty is left out."""
    told = {
        "act": act(event),
        "modality": event.modality,
        "actors": ", ".join(actor.key for actor in event.actors),
        "recipients": ", ".join(actor.key for actor in event.recipients),
        "place": event.place.name if event.place else "",
        "days": _days(event.period.start, event.period.end),
        "by": (event.attribution.id or event.attribution.name) if event.attribution else "",
        "figures": "; ".join(f"{f.what} {f.low:g} {f.who}" for f in event.figures if f.low is not None),
        "rule": event.rule,
    }
    return {key: value for key, value in told.items() if value}


def _statement(one: Statement) -> dict[str, Any]:
    told = {
        "speaker": (one.speaker.id or one.speaker.name) if one.speaker else "",
        "stance": one.stance,
        "issue": one.issue,
        "target": one.target.key if one.target else "",
        "condition": one.condition or "",
    }
    return {key: value for key, value in told.items() if value}


def _relation(one: Relation) -> dict[str, Any]:
    other = one.object.key if one.object else one.place.name if one.place else ""
    return {"subject": one.subject.key, "relation": one.relation, "other": other, "modality": one.modality}


def as_data(coded: Coded) -> dict[str, Any]:
    """The coding as TOML tables, sentence by sentence."""
    sentences = dict.fromkeys(
        sorted(
            (q.start, q.words)
            for q in (r.quote for r in (*coded.events, *coded.statements, *coded.relations))
        )
    )
    tables = []
    for start, words in sentences:
        table: dict[str, Any] = {"text": words}
        for key, records, tell in (
            ("event", coded.events, _event),
            ("statement", coded.statements, _statement),
            ("relation", coded.relations, _relation),
        ):
            told = [tell(record) for record in records if record.quote.start == start]  # type: ignore[operator]
            if told:
                table[key] = told
        tables.append(table)
    return {"sentence": tables}


def read_report(path: Path) -> Report:
    (report,) = find_reports([path])
    assert isinstance(report, Report)
    return report


@pytest.mark.parametrize("case", CASES, ids=[case.name.split(".")[0] for case in CASES])
def test_case(case: Path, coder: "Coder", accept: bool, request: pytest.FixtureRequest) -> None:
    path = case.with_name(case.name.replace(".report.txt", ".coded.toml"))
    told = as_data(coder.code(read_report(case)))
    wanted = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known_error = wanted.pop("known_error", "")
    if accept and not known_error:
        path.write_text(tomli_w.dumps(told), encoding="utf-8")
        return
    if known_error:
        request.applymarker(pytest.mark.xfail(strict=True, reason=known_error))
    assert told == wanted
