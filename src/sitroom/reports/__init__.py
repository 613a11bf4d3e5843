"""Reading files, folders and archives into reports, one at a time; what cannot be read is reported and passed over."""

from sitroom.reports.boilerplate import Span, mark_boilerplate
from sitroom.reports.cleaning import clean
from sitroom.reports.datelines import Dateline, find_dateline
from sitroom.reports.drafts import Draft, finish
from sitroom.reports.fields import FieldNames
from sitroom.reports.inference import OfficeWindows, date_report, infer_published, office_windows_of
from sitroom.reports.languages import detect_language
from sitroom.reports.readers import READERS, read_reports
from sitroom.reports.sources import Source, find_files
from sitroom.reports.wordings import Kind

__all__ = [
    "READERS",
    "Dateline",
    "Draft",
    "FieldNames",
    "Kind",
    "OfficeWindows",
    "Source",
    "Span",
    "clean",
    "date_report",
    "detect_language",
    "find_dateline",
    "find_files",
    "finish",
    "infer_published",
    "mark_boilerplate",
    "office_windows_of",
    "read_reports",
]
