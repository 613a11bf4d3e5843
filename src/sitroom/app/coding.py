"""The coder alone, without a room."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sitroom.app.contract import fields_of
from sitroom.app.engines import CoderMaker, engine_named
from sitroom.app.finding import find_reports
from sitroom.app.intake import Step, Summary, input_name
from sitroom.app.room import coder_maker
from sitroom.app.settings import Settings
from sitroom.app.tables import ROWS, Row
from sitroom.errors import SitroomError
from sitroom.vocabulary import Coded, Report

if TYPE_CHECKING:
    from sitroom.reports import FieldNames


def code_paths(
    paths: Sequence[str],
    what: str,
    *,
    flat: bool,
    settings: Settings,
    summary: Summary,
    fields: "FieldNames | None" = None,
    engine: str = "auto",
    make_coder: CoderMaker | None = None,
) -> Iterator[Row]:
    """The coded records of all reports under the paths: in the form of the contract, or `flat` for tables.

    What becomes of each report goes into `summary`.
    """
    make_coder = make_coder or coder_maker(settings)
    reports = _codable(find_reports(paths, fields=fields, overlays=settings.catalogues), summary)
    for report, outcome in engine_named(engine)(reports, make_coder, settings.processes):
        if isinstance(outcome, SitroomError):
            summary.add(Step(report.name, "skipped", report.id, why=outcome.what, hint=outcome.hint))
            continue
        yield from _flat_rows(outcome, what) if flat else fields_of(outcome, what)
        counts = len(outcome.events), len(outcome.statements), len(outcome.relations)
        summary.add(Step(report.name, "read", report.id, *counts, outcome.unresolved))


def _codable(found: Iterator[Report | SitroomError], summary: Summary) -> Iterator[Report]:
    for one in found:
        if isinstance(one, SitroomError):
            summary.add(Step(input_name(one), "skipped", why=one.what, hint=one.hint))
        elif one.language != "en":
            why = f"not English: {one.language}"
            summary.add(Step(one.name, "not-coded", one.id, why=why, hint="sitroom codes English"))
        else:
            yield one


def _flat_rows(coded: Coded, what: str) -> Iterator[Row]:
    kind = "statements" if what == "forecasts" else what
    records: Sequence[Any] = getattr(coded, kind)
    for record in records:
        if what != "forecasts" or record.stance == "forecasts":
            yield ROWS[kind](record) | {"report": coded.report.name}
