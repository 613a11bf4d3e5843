"""A room in one DuckDB file: one process writes, or many read."""

import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa

from sitroom.errors import StoreFault
from sitroom.evidence import records
from sitroom.evidence.duckdb_view import DuckDBView
from sitroom.evidence.duplicates import Signature, copy_similarity, sign
from sitroom.evidence.faults import translated
from sitroom.evidence.layout import bring_up_to_date, check_not_newer, layouts, version_of
from sitroom.evidence.protocols import Added
from sitroom.vocabulary import Coded, Judgement, Period

MOST_CANDIDATES = 50
EVENTS_PER_COMMIT = 50_000


class DuckDBStore:
    """The room at `path`; see `sitroom.evidence.protocols.Store`.

    `memory` bounds what DuckDB keeps (it spills to disk beyond it); None leaves DuckDB's own rule.
    """

    def __init__(self, path: Path, *, write: bool = False, memory: str | None = "2GB") -> None:
        self.path = path
        self._settings: dict[str, Any] = {"memory_limit": memory} if memory else {}
        with translated(path):
            if write and not path.exists():
                self._make()
            self._connection = self._connect(write)

    def _make(self) -> None:
        """Make the file aside and move it in whole: a kill leaves no half-made room."""
        if not self.path.parent.is_dir():
            raise StoreFault(
                f"the folder {self.path.parent} does not exist", hint="make it first, or name another"
            )
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        draft.unlink(missing_ok=True)
        try:
            with duckdb.connect(str(draft), config=self._settings) as connection:
                bring_up_to_date(connection, self.path)
            os.link(draft, self.path)
        except FileExistsError:
            pass  # somebody else made it meanwhile
        finally:
            draft.unlink(missing_ok=True)

    def _connect(self, write: bool) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(str(self.path), read_only=not write, config=self._settings)
        try:
            version = version_of(connection, self.path)
            check_not_newer(version, self.path)
            if version == layouts()[-1][0]:
                return connection
            if write:
                bring_up_to_date(connection, self.path)
                return connection
        except BaseException:
            connection.close()
            raise
        connection.close()
        with duckdb.connect(str(self.path), config=self._settings) as writing:
            bring_up_to_date(writing, self.path)
        return duckdb.connect(str(self.path), read_only=True, config=self._settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: Any) -> None:
        self.close()

    def close(self) -> None:
        """Give the file free."""
        with translated(self.path):
            self._connection.close()

    def writer(self, *, reports_per_commit: int = 1) -> "DuckDBWriter":
        """A writer; one at a time."""
        return DuckDBWriter(self._connection, self.path, reports_per_commit)

    def view(self, known_by: date | None = None) -> DuckDBView:
        """What was known by the end of that day; None for everything."""
        with translated(self.path):
            return DuckDBView(self._connection.cursor(), self.path, known_by)


class DuckDBWriter:
    """Adds evidence, whole reports per transaction; see `sitroom.evidence.protocols.Writer`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, reports_per_commit: int) -> None:
        self._connection = connection
        self._path = path
        self._reports_per_commit = reports_per_commit
        self._waiting: dict[str, tuple[Coded, str]] = {}
        self._waiting_events = 0
        self._added: list[Added] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, StoreFault):
            self._commit()

    def knows(self, reports: Iterable[str]) -> set[str]:
        """Which of these report ids the room, or what waits to be committed, already holds."""
        asked = list(reports)
        with translated(self._path):
            rows = self._connection.execute(
                "SELECT id FROM reports WHERE id IN (SELECT unnest(?::VARCHAR[]))", [asked]
            ).fetchall()
        return {id for (id,) in rows} | (self._waiting.keys() & set(asked))

    def add(self, coded: Coded, note: str = "") -> None:
        """Add a report and what was coded from it; a known report changes nothing."""
        id = coded.report.id
        if id in self._waiting:
            self._added.append(Added(id, new=False))
            return
        self._waiting[id] = (coded, note)
        self._waiting_events += len(coded.events) + len(coded.statements) + len(coded.relations)
        if len(self._waiting) >= self._reports_per_commit or self._waiting_events >= EVENTS_PER_COMMIT:
            self._commit()

    def judge(self, judgement: Judgement) -> None:
        """Put an analyst's decision beside the evidence; the same one twice changes nothing."""
        with translated(self._path):
            known = self._connection.execute(
                "SELECT 1 FROM judgements WHERE id = ?", [judgement.id]
            ).fetchone()
            if not known:
                self._insert("judgements", [records.judgement_row(judgement)])

    def flush(self) -> tuple[Added, ...]:
        """Commit what waits; return what became of every report added since the last flush."""
        self._commit()
        added, self._added = tuple(self._added), []
        return added

    def _commit(self) -> None:
        if not self._waiting:
            return
        waiting, self._waiting, self._waiting_events = self._waiting, {}, 0
        known = self.knows(waiting)
        fresh = [pair for id, pair in waiting.items() if id not in known]
        with translated(self._path):
            self._connection.execute("BEGIN")
            try:
                similar = self._write(fresh) if fresh else {}
                self._connection.execute("COMMIT")
            except BaseException:
                _roll_back(self._connection)
                raise
        self._added.extend(Added(id, id not in known, similar.get(id, ())) for id in waiting)

    def _write(self, fresh: list[tuple[Coded, str]]) -> dict[str, tuple[str, ...]]:
        self._insert("reports", [records.report_row(coded.report, note) for coded, note in fresh])
        for table, field, row in (
            ("events", "events", records.event_row),
            ("statements", "statements", records.statement_row),
            ("relations", "relations", records.relation_row),
        ):
            make: Any = row
            rows = [
                make(record, position)
                for coded, _ in fresh
                for position, record in enumerate({one.id: one for one in getattr(coded, field)}.values())
            ]
            self._insert(table, rows)
        names = [
            {"report": coded.report.id, "body": records.pack(name)}
            for coded, _ in fresh
            for name in coded.unresolved
        ]
        self._insert("unresolved", names)
        return self._fold([coded for coded, _ in fresh])

    def _fold(self, fresh: list[Coded]) -> dict[str, tuple[str, ...]]:
        """Record which reports the new ones nearly repeat."""
        signatures = {coded.report.id: made for coded in fresh if (made := sign(coded.report))}
        if not signatures:
            return {}
        self._insert(
            "signatures",
            [
                {"report": s.report, "signature": s.hashes, "facts": list(s.facts)}
                for s in signatures.values()
            ],
        )
        self._insert(
            "bands", [{"band": b, "report": s.report} for s in signatures.values() for b in s.bands()]
        )
        pairs = self._candidates(list(signatures))
        others = {other for _, other in pairs}
        known = self._signatures(others | signatures.keys())
        copies: dict[tuple[str, str], records.Row] = {}
        similar: dict[str, tuple[str, ...]] = {}
        before = {report: position for position, report in enumerate(signatures)}
        for one, other in pairs:
            (left, left_day), (right, right_day) = known[one], known[other]
            shared = copy_similarity(left, right, left_day, right_day)
            if shared is not None:
                if before.get(other, -1) < before[one]:
                    similar[one] = (*similar.get(one, ()), other)
                first, second = sorted((one, other))
                copies[first, second] = {"one": first, "other": second, "similarity": shared}
        self._insert("copies", list(copies.values()))
        return similar

    def _candidates(self, reports: list[str]) -> list[tuple[str, str]]:
        """Pairs of a new report and one that shares a band with it, the closest first and not too many of them."""
        return self._connection.execute(
            """
            WITH fresh AS (SELECT band, report FROM bands WHERE report IN (SELECT unnest(?::VARCHAR[]))),
                 shared AS (
                    SELECT fresh.report AS one, bands.report AS other, count(*) AS bands
                    FROM bands JOIN fresh USING (band) WHERE bands.report <> fresh.report GROUP BY ALL
                 )
            SELECT one, other FROM shared
            QUALIFY row_number() OVER (PARTITION BY one ORDER BY bands DESC, other) <= ?
            ORDER BY one, other
            """,
            [reports, MOST_CANDIDATES],
        ).fetchall()

    def _signatures(self, reports: set[str]) -> dict[str, tuple[Signature, Period | None]]:
        rows = self._connection.execute(
            """
            SELECT report, signature, facts, published_from, published_to FROM signatures JOIN reports ON id = report
            WHERE report IN (SELECT unnest(?::VARCHAR[]))
            """,
            [sorted(reports)],
        ).fetchall()
        return {
            report: (Signature(report, hashes, tuple(facts)), Period(start, end) if start or end else None)
            for report, hashes, facts, start, end in rows
        }

    def _insert(self, table: str, rows: list[records.Row]) -> None:
        if not rows:
            return
        incoming = pa.Table.from_pylist(rows, schema=_schema(self._connection, table, rows[0].keys()))
        self._connection.register("incoming", incoming)
        try:
            self._connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")
        finally:
            self._connection.unregister("incoming")


_ARROW = {
    "VARCHAR": pa.string(),
    "VARCHAR[]": pa.list_(pa.string()),
    "DATE": pa.date32(),
    "DOUBLE": pa.float64(),
    "INTEGER": pa.int32(),
    "UBIGINT": pa.uint64(),
    "BOOLEAN": pa.bool_(),
    "BLOB": pa.binary(),
}


def _schema(connection: duckdb.DuckDBPyConnection, table: str, columns: Iterable[str]) -> pa.Schema:
    """The Arrow types of these columns, as the layout declares them."""
    rows = connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE {table})").fetchall()
    declared = dict(rows)
    return pa.schema([(column, _ARROW[declared[column]]) for column in columns])


def _roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    with suppress(duckdb.Error):  # the failed commit has ended the transaction already
        connection.execute("ROLLBACK")
