"""Make the inputs of tests."""

from datetime import date

from sitroom.vocabulary import Period, Report, content_id


def make_report(text: str, day: str | None = "2021-06-16", name: str = "report") -> Report:
    """A report of a stated day, or an undated one."""
    published = Period.day(date.fromisoformat(day), "stated") if day else None
    basis = "stated" if day else "unknown"
    return Report(content_id("report", text, day), name, text, published=published, published_basis=basis)
