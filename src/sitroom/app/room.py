"""A room from Python: open it, read reports into it, ask it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sitroom.app import answers, intake
from sitroom.app.filters import Filters, unheard
from sitroom.app.settings import Settings
from sitroom.app.tables import ROWS, Row, as_arrow
from sitroom.catalogues import Actors, bundled, load_actors
from sitroom.errors import BadInput
from sitroom.evidence import Store, Trace, View, trace
from sitroom.evidence.duckdb_store import DuckDBStore
from sitroom.vocabulary import Event, Incident, Judgement, Relation, Situation, Statement, content_id

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from sitroom.app.brief import Brief
    from sitroom.app.engines import CoderMaker
    from sitroom.app.reasons import Reasons
    from sitroom.reports import FieldNames

T = TypeVar("T")


class Answer(Sequence[T], Generic[T]):
    """Records as a list, or as a table: `.to_arrow()`, `.to_polars()`, `.to_pandas()`."""

    def __init__(self, kind: str, records: Iterator[T]) -> None:
        self.kind = kind
        self._records = list(records)

    def __getitem__(self, index: Any) -> Any:
        return self._records[index]

    def __len__(self) -> int:
        return len(self._records)

    def __repr__(self) -> str:
        return f"<{len(self)} {self.kind}>"

    def rows(self) -> list[Row]:
        """The records as flat rows."""
        return [ROWS[self.kind](record) for record in self._records]

    def to_arrow(self) -> "pyarrow.Table":
        """An Arrow table with the columns of `sitroom.app.tables.COLUMNS`."""
        return as_arrow(self.kind, self.rows())

    def to_polars(self) -> "polars.DataFrame":
        """The same as a polars frame."""
        import polars

        frame = polars.from_arrow(self.to_arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def to_pandas(self) -> "pandas.DataFrame":
        """The same as a pandas frame; pandas must be installed."""
        frame: pandas.DataFrame = self.to_arrow().to_pandas()
        return frame


class Room:
    """A room on disk. Its file is open only while it is read or asked; nobody is kept out in between."""

    def __init__(self, path: Path | str, settings: Settings | None = None) -> None:
        self.path = Path(path)
        self.settings = settings or Settings()

    def __repr__(self) -> str:
        return f"<Room {self.path}>"

    @cached_property
    def actors_known(self) -> Actors:
        """The actor catalogue with the user's overlays."""
        return load_actors([bundled(), *self.settings.catalogues])

    def store(self, *, write: bool = False) -> Store:
        """The evidence store; close it. Raises StoreBusy, StoreTooNew, StoreFault."""
        return DuckDBStore(self.path, write=write, memory=self.settings.memory)

    def read(
        self,
        *paths: str | Path,
        fields: "FieldNames | None" = None,
        engine: str = "serial",
        make_coder: "CoderMaker | None" = None,
    ) -> intake.Summary:
        """Read reports from files, folders or globs and add what was coded from them; say what became of each."""
        return intake.summarise(self.reading(*paths, fields=fields, engine=engine, make_coder=make_coder))

    def reading(
        self,
        *paths: str | Path,
        fields: "FieldNames | None" = None,
        engine: str = "serial",
        make_coder: "CoderMaker | None" = None,
    ) -> Iterator[intake.Step]:
        """The same step by step. `engine` is a key of `sitroom.app.engines.ENGINES`."""
        from sitroom.app.finding import find_reports

        found = find_reports(paths, fields=fields, overlays=self.settings.catalogues)
        make_coder = make_coder or coder_maker(self.settings)
        with self.store(write=True) as store:
            yield from intake.read(store, found, make_coder, engine=engine, workers=self.settings.processes)

    def incidents(self, *, known_by: date | None = None, **filters: Any) -> Answer[Incident]:
        """Incidents; the filters are the fields of `sitroom.app.filters.Filters`, dates also as ISO text."""
        return self._ask("incidents", known_by, filters)

    def events(self, *, known_by: date | None = None, **filters: Any) -> Answer[Event]:
        """Events; filters as for incidents."""
        return self._ask("events", known_by, filters)

    def statements(self, *, known_by: date | None = None, **filters: Any) -> Answer[Statement]:
        """Statements; filters as for incidents, `act` is a stance."""
        return self._ask("statements", known_by, filters)

    def relations(self, *, known_by: date | None = None, **filters: Any) -> Answer[Relation]:
        """Relations; filters as for incidents, `act` is the name of a relation."""
        return self._ask("relations", known_by, filters)

    def rows(self, kind: str, *, known_by: date | None = None, **filters: Any) -> list[Row]:
        """Any kind of answer as flat rows: also `actors`, `places`, `reports`."""
        return list(self.each_row(kind, known_by=known_by, **filters))

    def each_row(self, kind: str, *, known_by: date | None = None, **filters: Any) -> Iterator[Row]:
        """The same one by one; the room stays open until the last."""
        with self.store() as store:
            yield from answers.rows(kind, store.view(_day(known_by)), _filters(filters), self._load)

    def unheard(self, *names: str | None) -> list[str]:
        """What to tell of those names of actors that the catalogue lacks, such as misspelt ones: its nearest names."""
        return [note for name in names if name and (note := unheard(name, self._load()))]

    def counts(self) -> dict[str, int]:
        """How much the room holds."""
        with self.store() as store:
            return store.view().counts()

    def situation(
        self, *, as_of: date | str | None = None, known_by: date | str | None = None, rolled_up: bool = False
    ) -> Situation:
        """The situation on a day, as known by a day; `rolled_up` counts bodies as part of their state. Raises CatalogueFault."""
        with self.store() as store:
            return self._assess(store.view(_day(known_by)), _day(as_of), rolled_up)

    def why(
        self, id: str, *, as_of: date | str | None = None, known_by: date | str | None = None
    ) -> "Trace | Reasons":
        """What an id rests on. Raises NotFound, BadInput.

        Evidence leads to its report, sentence, parts, rule and steps (`Trace`); an incident, tie, presence, agreement,
        position or contradiction to the evidence behind it (`Reasons`), ties of a rolled-up list included.
        """
        from sitroom.app.reasons import find_reasons, is_line

        with self.store() as store:
            if not is_line(id):
                return trace(store.view(), id)
            view = store.view(_day(known_by))
            kinds = (False, True) if id.startswith("tie") else (False,)
            return find_reasons(view, (self._assess(view, _day(as_of), whole) for whole in kinds), id)

    def brief(self, *, known_by: date | None = None, **filters: Any) -> "Brief":
        """The brief; `str()` gives Markdown."""
        from sitroom.app.brief import write_brief

        with self.store() as store:
            return write_brief(store.view(_day(known_by)), _filters(filters), self._load)

    def export(
        self, folder: Path | str, to: str, *, known_by: date | None = None, **filters: Any
    ) -> Iterator[tuple[Path, int]]:
        """Write the room out into a folder as jsonl, csv, parquet, geojson or graphml; yields each file and its length."""
        from sitroom.app.export import export

        with self.store() as store:
            yield from export(store.view(_day(known_by)), Path(folder), to, _filters(filters), self._load)

    def judge(
        self, *about: str, verdict: str, by: str, why: str = "", at: datetime | None = None
    ) -> Judgement:
        """Put a decision beside the evidence: `right` or `wrong` about one id, `same` or `not-same` about two events."""
        judgement = make_judgement(about, verdict, by, why, at or datetime.now(UTC).replace(microsecond=0))
        with self.store(write=True) as store:
            whole = tuple(store.view().get(id).id for id in judgement.about)
            judgement = make_judgement(whole, verdict, by, why, judgement.at)
            with store.writer() as writer:
                writer.judge(judgement)
        return judgement

    def _assess(self, view: View, on: date | None, rolled_up: bool) -> Situation:
        from sitroom.catalogues.issues import load_issues
        from sitroom.situation import assess, roll_up
        from sitroom.situation.ties import as_named

        issues = load_issues([bundled(), *self.settings.catalogues])
        merge = partial(roll_up, actors=self.actors_known) if rolled_up else as_named
        return assess(view, on, issues=issues, merge=merge)

    def _load(self) -> Actors:
        return self.actors_known

    def _ask(self, kind: str, known_by: date | None, filters: dict[str, Any]) -> Answer[Any]:
        ask = getattr(answers, kind)
        with self.store() as store:
            return Answer(kind, ask(store.view(_day(known_by)), _filters(filters), self._load))


VERDICTS = {"right": 1, "wrong": 1, "same": 2, "not-same": 2}


def make_judgement(about: Sequence[str], verdict: str, by: str, why: str, at: datetime) -> Judgement:
    """A judgement with its id. Raises BadInput for an unknown verdict or a wrong number of ids."""
    if verdict not in VERDICTS:
        raise BadInput(f"unknown verdict {verdict!r}", hint=f"known: {', '.join(VERDICTS)}")
    if len(set(about)) != VERDICTS[verdict]:
        raise BadInput(
            f"{verdict!r} is about {VERDICTS[verdict]} id(s), not {len(set(about))}",
            hint="see sitroom judge --help",
        )
    decided: Any = verdict
    id = content_id("judgement", list(about), verdict, by, at.isoformat(), why)
    return Judgement(id, tuple(about), decided, by, at, why)


def coder_maker(settings: Settings) -> "CoderMaker":
    """What makes the coder of these settings, here or in another process."""
    return partial(_make_coder, tuple(settings.catalogues), settings.model, settings.cache)


def _make_coder(overlays: tuple[Path, ...], model: str | None, cache: Path) -> Any:
    from sitroom.coding import load_coder

    return load_coder(overlays, model=model, cache=cache)


def _filters(given: dict[str, Any]) -> Filters:
    for name in ("since", "until", "as_of"):
        if name in given:
            given[name] = _day(given[name])
    try:
        return Filters(**given)
    except TypeError:
        known = ", ".join(Filters.__dataclass_fields__)
        unknown = ", ".join(set(given) - set(Filters.__dataclass_fields__))
        raise BadInput(f"unknown filter {unknown}", hint=f"known: {known}, known_by") from None


def _day(value: date | str | None) -> date | None:
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadInput(f"{value!r} is not a day", hint="write days as 2018-05-01") from None
