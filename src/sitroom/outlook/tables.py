"""Event tables from elsewhere (ICEWS, POLECAT, GDELT, ACLED, or any CSV with named columns) as a history."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from sitroom.catalogues import from_cameo
from sitroom.errors import BadQuestion, UnknownName
from sitroom.outlook.history import TYPES, History, Record, build_history


@dataclass(frozen=True)
class Layout:
    """Which columns of a table hold what. `act` is read by `code`: "cameo", "plover", "acled".

    `known` is the day on which the row was published; a table without it counts as known on the day itself.
    """

    actor: str
    act: str
    recipient: str
    day: str
    code: str
    place: str | None = None
    known: str | None = None
    id: str | None = None
    delimiter: str = ","
    no_header: tuple[str, ...] = ()


GDELT_USED = {
    0: "GLOBALEVENTID", 1: "SQLDATE", 6: "Actor1Name", 16: "Actor2Name", 26: "EventCode", 52: "ActionGeo_FullName",
    59: "DATEADDED",
}  # fmt: skip
GDELT_COLUMNS = tuple(GDELT_USED.get(i, f"column {i}") for i in range(61))
"""The columns of a GDELT 2.0 event export that are used; it has no header (GDELT Event Database codebook 2.0)."""

LAYOUTS: dict[str, Layout] = {
    "icews": Layout(
        "Source Name", "CAMEO Code", "Target Name", "Event Date", "cameo", "Country", None, "Event ID", "\t"
    ),
    "polecat": Layout(
        "Actor Name", "Event Type", "Recipient Name", "Event Date", "plover", "Country", None, "Event ID", "\t"
    ),
    "gdelt": Layout(
        "Actor1Name", "EventCode", "Actor2Name", "SQLDATE", "cameo", "ActionGeo_FullName", "DATEADDED",
        "GLOBALEVENTID", "\t", GDELT_COLUMNS,
    ),
    "acled": Layout(
        "actor1", "event_type", "actor2", "event_date", "acled", "location", "timestamp", "event_id_cnty"
    ),
}  # fmt: skip
"""Columns as the public exports name them; `read_table` takes changes by name."""

ACLED_TYPES = {
    "battles": "ASSAULT", "explosions/remote violence": "ASSAULT", "violence against civilians": "ASSAULT",
    "riots": "PROTEST", "protests": "PROTEST",
}  # fmt: skip
"""ACLED event types (codebook 2023) as PLOVER types; strategic developments have no one type and are left out."""


@dataclass(frozen=True)
class Imported:
    """A history and what was left out of it, by reason."""

    history: History
    rows: int
    left_out: Mapping[str, int]


def layout(name: str, columns: Mapping[str, str] | None = None) -> Layout:
    """A known layout, with the user's own column names put in (`actor`, `act`, `recipient`, `day`, `place`, …)."""
    try:
        known = LAYOUTS[name]
    except KeyError:
        raise UnknownName("event table", name, LAYOUTS) from None
    wrong = set(columns or {}) - set(Layout.__dataclass_fields__)
    if wrong:
        raise UnknownName("column of an event table", min(wrong), Layout.__dataclass_fields__)
    return replace(known, **dict(columns or {}))  # type: ignore[arg-type]


def read_table(
    path: Path,
    kind: str,
    columns: Mapping[str, str] | None = None,
    party: Callable[[str], str] = lambda name: name,
) -> Imported:
    """Read an event table. Rows without a day, an actor or a codable act are counted in `left_out`.

    `party` turns a name of the table into the name that the room uses.

    Raises BadQuestion if the file cannot be read, lacks a column or holds no usable row; UnknownName for a kind.
    """
    want = layout(kind, columns)
    try:
        act_of = ACT_READERS[want.code]
    except KeyError:
        raise UnknownName("code of acts", want.code, ACT_READERS) from None
    left_out: dict[str, int] = {}
    kept: list[Record] = []
    rows = 0
    for row in _rows(path, want):
        rows += 1
        found = _record(row, want, act_of)
        if isinstance(found, str):
            left_out[found] = left_out.get(found, 0) + 1
        else:
            recipient = party(found.recipient) if found.recipient else None
            kept.append(replace(found, actor=party(found.actor), recipient=recipient))
    if not kept:
        raise BadQuestion(
            f"{path.name} holds no usable event", hint=f"left out: {left_out or 'the file has no rows'}"
        )
    return Imported(build_history(kept), rows, left_out)


def _rows(path: Path, want: Layout) -> Iterator[dict[str, str]]:
    needed = [c for c in (want.actor, want.act, want.recipient, want.day) if c]
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            head = file.readline()
            delimiter = want.delimiter if want.delimiter in head else ("\t" if "\t" in head else ",")
            bare = bool(want.no_header) and want.day not in head
            file.seek(0)
            reader = csv.DictReader(file, list(want.no_header) if bare else None, delimiter=delimiter)
            missing = [c for c in needed if c not in (reader.fieldnames or ())]
            if missing:
                raise BadQuestion(
                    f"{path.name} has no column {missing[0]!r}",
                    hint=f"name the columns; the file has {', '.join((reader.fieldnames or [])[:12])}",
                )
            yield from reader
    except (OSError, csv.Error) as error:
        raise BadQuestion(f"{path.name} cannot be read: {error}", hint="give a CSV or TSV export") from error


def _record(row: Mapping[str, str | None], want: Layout, act_of: Callable[[str], str | None]) -> Record | str:
    day = _day(row.get(want.day) or "")
    if day is None:
        return "no day"
    actor = (row.get(want.actor) or "").strip()
    if not actor:
        return "no actor"
    act = act_of((row.get(want.act) or "").strip())
    if act is None:
        return "no PLOVER type for the act"
    recipient = (row.get(want.recipient) or "").strip() or None
    known = _day(row.get(want.known) or "") if want.known else None
    place = (row.get(want.place) or "").strip() or None if want.place else None
    return Record(
        actor, act, recipient, day, known, place, (row.get(want.id) or "").strip() if want.id else ""
    )


def _day(text: str) -> date | None:
    text = text.strip()
    if text.isdigit() and len(text) in (9, 10):  # seconds since 1970, as ACLED has them
        return datetime.fromtimestamp(int(text), tz=UTC).date()
    if text.isdigit() and len(text) >= 8:
        text = f"{text[:4]}-{text[4:6]}-{text[6:8]}"
    for form in ("%Y-%m-%d", "%d %B %Y", "%m/%d/%Y", "%d-%b-%Y"):
        try:
            return datetime.strptime(text[:10] if form == "%Y-%m-%d" else text, form).date()
        except ValueError:
            continue
    return None


def _cameo(code: str) -> str | None:
    try:
        found = from_cameo(code)
    except UnknownName:
        return None
    return None if found is None else "/".join(part for part in found if part)


ACT_READERS: dict[str, Callable[[str], str | None]] = {
    "cameo": _cameo,
    "plover": lambda name: name.upper() if name.upper() in TYPES else None,
    "acled": lambda name: ACLED_TYPES.get(name.lower()),
}
"""How the act column is read: to a PLOVER type, or type/mode; None where there is none."""
