"""What a store of evidence must do: a Store opens, a Writer adds inside a `with`, a View reads what was known by a date."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self

from sitroom.vocabulary import Coded, Event, Judgement, Relation, Report, Statement, Unresolved

if TYPE_CHECKING:
    import pyarrow as pa

Kind = Literal["events", "statements", "relations"]
Evidence = Report | Event | Statement | Relation | Judgement


@dataclass(frozen=True, slots=True)
class Selection:
    """Which evidence is wanted; what is left empty does not narrow.

    `labels` are PLOVER types of events, stances of statements, names of relations. `actors`, `recipients` and
    `parties` (either side) are actor keys: an id, a name in lower case, or `ISR/MIL` for whoever has that country and
    sector. `places` are folded names, ids or country codes (`records.fold`). The window `since` to `until` is met by
    evidence whose period, or failing that the day it was known, touches it. Reprints and evidence judged wrong stay
    out unless asked for.
    """

    labels: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    historical: bool | None = None
    wrong: bool = False
    reprints: bool = False
    limit: int | None = None


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one report that was added: `new`, or `known` already; and the reports that it nearly repeats."""

    report: str
    new: bool
    similar: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fold:
    """`report` is a near copy of `of`, the earliest known text of its kind; `similarity` is from 0 to 1."""

    report: str
    of: str
    similarity: float
    publisher: str = ""


class Writer(Protocol):
    """Adds evidence. A report and all that was coded from it go in together or not at all."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def knows(self, reports: Iterable[str]) -> set[str]:
        """Which of these report ids the store already holds."""
        ...

    def add(self, coded: Coded, note: str = "") -> None:
        """Add a report and what was coded from it; `note` says why nothing was coded. A known report changes nothing."""
        ...

    def judge(self, judgement: Judgement) -> None:
        """Put an analyst's decision beside the evidence."""
        ...

    def flush(self) -> tuple[Added, ...]:
        """Make durable what was added since the last flush, and say what became of it. Leaving the `with` flushes too."""
        ...


class View(Protocol):
    """What was known by a day (None: everything). Undated reports are in no view that has a day.

    Iterators stream, in an order that depends on the evidence only: by the day it was known, report, place in it.
    """

    @property
    def known_by(self) -> date | None:
        """The day; None for everything."""
        ...

    def reports(self, *, reprints: bool = False) -> Iterator[Report]:
        """The reports; near copies only when asked for."""
        ...

    def events(self, selection: Selection = EVERYTHING) -> Iterator[Event]:
        """The events that the selection wants."""
        ...

    def statements(self, selection: Selection = EVERYTHING) -> Iterator[Statement]:
        """The statements that the selection wants."""
        ...

    def relations(self, selection: Selection = EVERYTHING) -> Iterator[Relation]:
        """The relations that the selection wants."""
        ...

    def judgements(self) -> Iterator[Judgement]:
        """Every judgement, oldest first; no day hides them."""
        ...

    def unresolved(self) -> Iterator[tuple[str, Unresolved]]:
        """Pairs of report id and a name that no catalogue knows."""
        ...

    def uncoded(self) -> Iterator[tuple[str, str]]:
        """Pairs of report id and why nothing was coded from it."""
        ...

    def folds(self) -> tuple[Fold, ...]:
        """The near copies, each with the report it repeats."""
        ...

    def publishers(self) -> dict[str, str]:
        """Who published each report, near copies included."""
        ...

    def get(self, id: str) -> Evidence:
        """The evidence with this id, or with the only id that begins so. Raises `NotFound`, `BadInput`."""
        ...

    def about(self, id: str) -> tuple[Judgement, ...]:
        """What analysts decided about this id, oldest first."""
        ...

    def counts(self) -> dict[str, int]:
        """How many reports, reprints, events, statements, relations and judgements the view holds."""
        ...

    def table(self, kind: Kind, selection: Selection = EVERYTHING) -> "pa.Table":
        """The flat columns of this kind as an Arrow table: fast counting without building records."""
        ...


class Store(Protocol):
    """A room on disk or on a server."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exception: Any) -> None: ...

    def writer(self, *, reports_per_commit: int = 1) -> Writer:
        """A writer that makes its work durable after so many reports."""
        ...

    def view(self, known_by: date | None = None) -> View:
        """What was known by the end of that day; None for everything."""
        ...

    def close(self) -> None:
        """Give the room free for others."""
        ...
