"""From paths to reports: every file read, every report dated where its text allows, every fault in its place."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sitroom.app.intake import Found
from sitroom.catalogues import bundled, load_actors
from sitroom.errors import BadInput
from sitroom.reports import FieldNames, date_report, find_files, office_windows_of, read_reports
from sitroom.reports.inference import OfficeWindows
from sitroom.vocabulary import Report


def find_reports(
    paths: Sequence[str | Path], *, fields: FieldNames | None = None, overlays: Sequence[Path] = ()
) -> Iterator[Found]:
    """Every report under the paths, and an UnreadableReport for what gives none. Raises BadInput without paths.

    A report without a date gets an inferred window; the catalogue of office holders is loaded when the first comes.
    """
    if not paths:
        raise BadInput(
            "there is nothing to read", hint="name files, folders or globs, or - for standard input"
        )
    windows: OfficeWindows | None = None
    for source in find_files(paths):
        if isinstance(source, Exception):
            yield source
            continue
        for report in read_reports(source, fields or FieldNames()):
            if isinstance(report, Report) and report.published is None:
                windows = windows or office_windows_of(load_actors([bundled(), *overlays]))
                yield date_report(report, windows)
            else:
                yield report
