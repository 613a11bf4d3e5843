"""Read collections of articles: JSON lines, JSON lists, CSV and TSV; a broken line is reported, good ones are kept."""

import csv
import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from sitroom.errors import UnreadableReport
from sitroom.reports.days import read_published
from sitroom.reports.decoding import LINE_CHARACTERS, decode, read_document, read_lines
from sitroom.reports.drafts import Draft, one_line
from sitroom.reports.fields import FieldNames, lower_keys

LIST_BYTES = 256 * 1024 * 1024
"""The most that one .json file may hold: it is read whole, unlike JSON lines."""
_LIST_KEYS = ("articles", "reports", "items", "documents", "results", "data", "entries")
_SEPARATORS = "\t;|,"
_NEXT_STEP = "correct the line, or leave it: the other lines were read"


def read_jsonl(stream: BinaryIO, name: str, fields: FieldNames) -> Iterator[Draft | UnreadableReport]:
    """Read one JSON object per line. Broken lines are yielded as UnreadableReport with their number."""
    for number, line in read_lines(stream, name):
        if isinstance(line, UnreadableReport):
            yield line
        elif line.strip():
            yield _from_json_line(line, f"{name}: line {number}", name, str(number), fields)


def _from_json_line(
    line: str, where: str, name: str, number: str, fields: FieldNames
) -> Draft | UnreadableReport:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = (
            error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply or a number too long"
        )
        return UnreadableReport(f"{where} is not JSON ({reason})", hint=_NEXT_STEP)
    return _draft(record, where, name, number, fields)


def read_json(stream: BinaryIO, name: str, fields: FieldNames) -> Iterator[Draft | UnreadableReport]:
    """Read a JSON list of articles, an object that holds such a list, or a single article."""
    text = decode(read_document(stream, name, LIST_BYTES), name)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError) and error.msg == "Extra data":
            yield from _lines_of(text, name, fields)
            return
        where = f" at line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableReport(
            f"{name}: is not JSON{where}", hint="correct it, or write one article per line as .jsonl"
        ) from None
    if isinstance(content, dict):
        inner = lower_keys(content)
        content = next((inner[key] for key in _LIST_KEYS if isinstance(inner.get(key), list)), [content])
    if not isinstance(content, list) or not content:
        raise UnreadableReport(f"{name}: holds no articles", hint="write a list of objects with a text field")
    for number, record in enumerate(content, 1):
        yield _draft(
            record, f"{name}: article {number}", name, str(number) if len(content) > 1 else "", fields
        )


def _lines_of(text: str, name: str, fields: FieldNames) -> Iterator[Draft | UnreadableReport]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield _from_json_line(line, f"{name}: line {number}", name, str(number), fields)


def read_csv(stream: BinaryIO, name: str, fields: FieldNames) -> Iterator[Draft | UnreadableReport]:
    """Read a table with a header line; comma, semicolon, tab or bar separate. Broken rows are yielded as problems."""
    problems: list[UnreadableReport] = []
    lines = _sound_lines(stream, name, problems)
    head = next((line for line in lines if line.strip()), "")
    separator = max(_SEPARATORS, key=head.count)
    columns = [
        column.lstrip("\ufeff").strip().lower()
        for column in next(csv.reader([head], delimiter=separator), [])
    ]
    if not fields.has_text(columns):
        yield from problems
        raise UnreadableReport(
            f"{name}: no column holds the text (columns: {one_line(', '.join(columns))[:200]})",
            hint="name the column of the text, or call it 'text'",
        )
    if csv.field_size_limit() < LINE_CHARACTERS:
        csv.field_size_limit(LINE_CHARACTERS)
    rows = csv.reader(lines, delimiter=separator)
    while True:
        first_line = rows.line_num + 2
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            problems.append(
                UnreadableReport(f"{name}: line {first_line} is no row ({error})", hint=_NEXT_STEP)
            )
            row = []
        yield from problems
        problems.clear()
        if any(map(str.strip, row)):
            yield _row(row, columns, name, first_line, fields)
    yield from problems


def _row(
    row: list[str], columns: list[str], name: str, number: int, fields: FieldNames
) -> Draft | UnreadableReport:
    where = f"{name}: line {number}"
    if len(row) != len(columns):
        return UnreadableReport(f"{where} has {len(row)} fields, not {len(columns)}", hint=_NEXT_STEP)
    return _draft(dict(zip(columns, row, strict=True)), where, name, str(number), fields)


def _sound_lines(stream: BinaryIO, name: str, problems: list[UnreadableReport]) -> Iterator[str]:
    for _, line in read_lines(stream, name):
        if isinstance(line, UnreadableReport):
            problems.append(line)
        else:
            yield line + "\n"


def _draft(
    record: object, where: str, name: str, number: str, fields: FieldNames
) -> Draft | UnreadableReport:
    if isinstance(record, str):
        record = {"text": record}
    if not isinstance(record, Mapping):
        return UnreadableReport(f"{where} is not an article but a {type(record).__name__}", hint=_NEXT_STEP)
    record = lower_keys(record)
    text = fields.words("text", record)
    if not text.strip():
        found = one_line(", ".join(record))[:200]
        return UnreadableReport(
            f"{where} has no text (fields: {found})", hint="name the field that holds the text"
        )
    key = one_line(fields.words("id", record))[:100] or number
    return Draft(
        name=f"{name}#{key}" if key else name,
        text=text,
        title=fields.words("title", record),
        publisher=fields.words("publisher", record),
        url=fields.words("url", record),
        published=read_published(fields.value("published", record)),
    )
