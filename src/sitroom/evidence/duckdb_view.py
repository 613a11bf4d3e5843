"""Reading a DuckDB room as it was known by a day."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from sitroom.errors import BadInput, NotFound
from sitroom.evidence.duplicates import representatives
from sitroom.evidence.faults import translated
from sitroom.evidence.protocols import EVERYTHING, Evidence, Fold, Kind, Selection
from sitroom.evidence.records import unpack
from sitroom.vocabulary import Event, Judgement, Relation, Report, Statement, Unresolved

T = TypeVar("T")
BATCH = 5_000
_TABLES: dict[str, type[Evidence]] = {
    "reports": Report,
    "events": Event,
    "statements": Statement,
    "relations": Relation,
    "judgements": Judgement,
}
_HAPPENED_FROM = "coalesce(period_from, period_to, known_by)"
_HAPPENED_TO = "coalesce(period_to, period_from, known_by)"


class DuckDBView:
    """What was known by a day; see `sitroom.evidence.protocols.View`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, known_by: date | None) -> None:
        self._connection = connection
        self._path = path
        self.known_by = known_by

    def reports(self, *, reprints: bool = False) -> Iterator[Report]:
        """The reports, by the day they were known."""
        where, values = self._report_where(reprints)
        return self._stream(Report, f"SELECT body FROM reports WHERE {where} ORDER BY known_by, id", values)

    def events(self, selection: Selection = EVERYTHING) -> Iterator[Event]:
        """The events that the selection wants."""
        return self._evidence(Event, "events", selection)

    def statements(self, selection: Selection = EVERYTHING) -> Iterator[Statement]:
        """The statements that the selection wants."""
        return self._evidence(Statement, "statements", selection)

    def relations(self, selection: Selection = EVERYTHING) -> Iterator[Relation]:
        """The relations that the selection wants."""
        return self._evidence(Relation, "relations", selection)

    def judgements(self) -> Iterator[Judgement]:
        """Every judgement, oldest first; they correct the coding, so no day hides them."""
        return self._stream(Judgement, "SELECT body FROM judgements ORDER BY decided, id", [])

    def unresolved(self) -> Iterator[tuple[str, Unresolved]]:
        """Pairs of report id and a name that no catalogue knows."""
        where, values = self._report_where(reprints=True)
        rows = self._rows(
            f"SELECT u.report, u.body FROM unresolved u JOIN reports r ON r.id = u.report WHERE {where} ORDER BY 1, 2",
            values,
        )
        return ((report, unpack(Unresolved, [body])[0]) for report, body in rows)

    def uncoded(self) -> Iterator[tuple[str, str]]:
        """Pairs of report id and why nothing was coded from it."""
        where, values = self._report_where(reprints=True)
        return ((id, note) for id, note in self._rows(f"SELECT id, note FROM reports WHERE note <> '' AND {where} ORDER BY id", values))  # fmt: skip

    def folds(self) -> tuple[Fold, ...]:
        """The near copies known by the day, each with the report it repeats."""
        return self._folds

    @cached_property
    def _folds(self) -> tuple[Fold, ...]:
        where, values = self._report_where(reprints=True)
        known = f"SELECT id FROM reports WHERE {where}"
        pairs = self._rows(
            f"SELECT one, other, similarity FROM copies WHERE one IN ({known}) AND other IN ({known}) ORDER BY ALL",
            values * 2,
        )
        listed = list(pairs)
        names = sorted({name for one, other, _ in listed for name in (one, other)})
        rows = self._rows(
            "SELECT id, known_by, publisher FROM reports WHERE id IN (SELECT unnest(?::VARCHAR[]))", [names]
        )
        days, publishers = {}, {}
        for id, day, publisher in rows:
            days[id], publishers[id] = day, publisher
        found = representatives(listed, days)
        return tuple(Fold(report, of, shared, publishers[report]) for report, (of, shared) in found.items())

    def publishers(self) -> dict[str, str]:
        """Who published each report, near copies included."""
        where, values = self._report_where(reprints=True)
        return dict(self._rows(f"SELECT id, publisher FROM reports WHERE {where}", values))

    @cached_property
    def _wrong(self) -> list[str]:
        """Ids whose last verdict is wrong."""
        verdicts: dict[str, bool] = {}
        for judgement in self.judgements():
            if judgement.verdict in ("right", "wrong"):
                verdicts.update(dict.fromkeys(judgement.about, judgement.verdict == "wrong"))
        return sorted(id for id, wrong in verdicts.items() if wrong)

    def get(self, id: str) -> Evidence:
        """The evidence with this id, or with the only id that begins so."""
        for test, value in (("id = ?", id), ("starts_with(id, ?)", id)):
            found = [
                (table, row_id)
                for table in _TABLES
                for (row_id,) in self._rows(
                    f"SELECT id FROM {table} WHERE {test}{self._known(table)} ORDER BY id LIMIT 3", [value]
                )
            ]
            if len(found) > 1:
                listed = ", ".join(row_id for _, row_id in found[:3])
                raise BadInput(f"{id!r} is the beginning of several ids: {listed}", hint="give more of it")
            if found:
                table, row_id = found[0]
                [(body,)] = self._rows(f"SELECT body FROM {table} WHERE id = ?", [row_id])
                return unpack(_TABLES[table], [body])[0]
        raise NotFound(
            f"nothing in {self._path} has the id {id!r}", hint="`sitroom events` and the like list ids"
        )

    def about(self, id: str) -> tuple[Judgement, ...]:
        """What analysts decided about this id, oldest first."""
        return tuple(judgement for judgement in self.judgements() if id in judgement.about)

    def counts(self) -> dict[str, int]:
        """How much the view holds; reprints and what was judged wrong are not in the numbers of evidence."""
        counted = {"reports": 0, "reprints": len(self._folds)}
        where, values = self._report_where(reprints=False)
        [(counted["reports"],)] = self._rows(f"SELECT count(*) FROM reports WHERE {where}", values)
        for table in ("events", "statements", "relations"):
            where, values = self._where(EVERYTHING)
            [(counted[table],)] = self._rows(f"SELECT count(*) FROM {table} WHERE {where}", values)
        [(counted["judgements"],)] = self._rows("SELECT count(*) FROM judgements", [])
        return counted

    def table(self, kind: Kind, selection: Selection = EVERYTHING) -> pa.Table:
        """The flat columns of this kind as an Arrow table, without the whole records."""
        where, values = self._where(selection)
        limit = f" LIMIT {int(selection.limit)}" if selection.limit is not None else ""
        with translated(self._path):
            query = f"SELECT * EXCLUDE (body) FROM {kind} WHERE {where} ORDER BY known_by, report, position{limit}"
            return self._connection.cursor().sql(query, params=values).to_arrow_table()

    def _known(self, table: str) -> str:
        if self.known_by is None or table == "judgements":
            return ""
        return f" AND known_by <= DATE '{self.known_by.isoformat()}'"

    def _report_where(self, reprints: bool) -> tuple[str, list[Any]]:
        where, values = "TRUE" + self._known("reports"), []
        if not reprints and self._folds:
            where += " AND id NOT IN (SELECT unnest(?::VARCHAR[]))"
            values.append([fold.report for fold in self._folds])
        return where, values

    def _where(self, selection: Selection) -> tuple[str, list[Any]]:
        """The SQL condition of a selection, and its values."""
        tests: list[str] = ["TRUE" + self._known("events")]
        values: list[Any] = []

        def add(test: str, *given: Any) -> None:
            tests.append(test)
            values.extend(given)

        for column, wanted in (
            ("label", selection.labels),
            ("mode", selection.modes),
            ("report", selection.reports),
            ("modality", selection.modalities),
        ):
            if wanted:
                add(f"{column} IN (SELECT unnest(?::VARCHAR[]))", list(wanted))
        for column, wanted in (
            ("actor_keys", selection.actors),
            ("recipient_keys", selection.recipients),
            ("place_keys", selection.places),
        ):
            if wanted:
                add(f"list_has_any({column}, ?::VARCHAR[])", list(wanted))
        if selection.parties:
            both = list(selection.parties)
            add(
                "(list_has_any(actor_keys, ?::VARCHAR[]) OR list_has_any(recipient_keys, ?::VARCHAR[]))",
                both,
                both,
            )
        if selection.since:
            add(f"{_HAPPENED_TO} >= ?", selection.since)
        if selection.until:
            add(f"{_HAPPENED_FROM} <= ?", selection.until)
        if selection.historical is not None:
            add("historical = ?", selection.historical)
        if not selection.reprints and self._folds:
            add("report NOT IN (SELECT unnest(?::VARCHAR[]))", [fold.report for fold in self._folds])
        if not selection.wrong and self._wrong:
            add("id NOT IN (SELECT unnest(?::VARCHAR[]))", self._wrong)
            add("report NOT IN (SELECT unnest(?::VARCHAR[]))", self._wrong)
        return " AND ".join(tests), values

    def _evidence(self, kind: type[T], table: str, selection: Selection) -> Iterator[T]:
        where, values = self._where(selection)
        limit = f" LIMIT {int(selection.limit)}" if selection.limit is not None else ""
        query = f"SELECT body FROM {table} WHERE {where} ORDER BY known_by, report, position{limit}"
        return self._stream(kind, query, values)

    def _stream(self, kind: type[T], query: str, values: list[Any]) -> Iterator[T]:
        """Records from a query for bodies, some thousand at a time."""
        with translated(self._path):
            batches: Any = self._connection.cursor().sql(query, params=values).to_arrow_reader(BATCH)
        while True:
            with translated(self._path):
                try:
                    batch = batches.read_next_batch()
                except StopIteration:
                    return
            yield from unpack(kind, batch.column(0).to_pylist())

    def _rows(self, query: str, values: list[Any]) -> Iterator[tuple[Any, ...]]:
        with translated(self._path):
            return iter(self._connection.cursor().execute(query, values).fetchall())
