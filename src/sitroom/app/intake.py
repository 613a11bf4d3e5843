"""Reports in, evidence out: the one door between the reading wing and the knowing wing."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from sitroom.app.engines import CHUNK, CoderMaker, Outcome, engine_named
from sitroom.errors import SitroomError
from sitroom.evidence import Store, Writer
from sitroom.vocabulary import Coded, Report, Unresolved

Result = Literal["read", "folded", "known", "not-coded", "skipped"]
Found = Report | SitroomError


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one input; `why` and `hint` say so where it was not read and coded."""

    name: str
    result: Result
    report: str | None = None
    events: int = 0
    statements: int = 0
    relations: int = 0
    unresolved: tuple[Unresolved, ...] = ()
    why: str = ""
    hint: str = ""


@dataclass(slots=True)
class Summary:
    """What a run did: `results` counts inputs by result, `unresolved` counts names that no catalogue knows."""

    results: Counter[str] = field(default_factory=Counter)
    events: int = 0
    statements: int = 0
    relations: int = 0
    unresolved: Counter[tuple[str, str]] = field(default_factory=Counter)
    problems: list[Step] = field(default_factory=list)

    def add(self, step: Step) -> None:
        """Count one step."""
        self.results[step.result] += 1
        self.events += step.events
        self.statements += step.statements
        self.relations += step.relations
        self.unresolved.update((name.kind, name.text) for name in step.unresolved)
        if step.why and step.result != "known":
            self.problems.append(step)

    @property
    def inputs(self) -> int:
        """How many inputs the run saw."""
        return sum(self.results.values())

    @property
    def in_the_room(self) -> int:
        """How many inputs are in the room after the run."""
        return self.inputs - self.results["skipped"]


def read(
    store: Store,
    found: Iterable[Found],
    make_coder: CoderMaker,
    *,
    engine: str = "auto",
    workers: int = 1,
) -> Iterator[Step]:
    """Code what was found and add it to the store, yielding a step per input once it is durable.

    What is known already is not coded again; what cannot be read or coded is a step with its reason and the run goes
    on. Stopping in the middle keeps what was yielded. Raises StoreFault, UnknownName.
    """
    code = engine_named(engine)
    aside: deque[Step] = deque()
    with store.writer(reports_per_commit=CHUNK) as writer:
        waiting: dict[str, Step] = {}
        fresh = _fresh(found, writer, aside)
        for report, outcome in code(fresh, make_coder, workers):
            yield from _drain(aside)
            step = _take(writer, report, outcome)
            if step.result == "skipped":
                yield step
                continue
            waiting[report.id] = step
            if len(waiting) >= CHUNK:
                yield from _settle(writer, waiting)
        yield from _settle(writer, waiting)
        yield from _drain(aside)


def summarise(steps: Iterable[Step]) -> Summary:
    """Run all steps and count them."""
    summary = Summary()
    for step in steps:
        summary.add(step)
    return summary


def _drain(aside: deque[Step]) -> Iterator[Step]:
    while aside:
        yield aside.popleft()


def _fresh(found: Iterable[Found], writer: Writer, aside: deque[Step]) -> Iterator[Report]:
    """The reports that are to be coded; what became of the others goes `aside`."""
    inputs = iter(found)
    while some := list(islice(inputs, CHUNK)):
        known = writer.knows(one.id for one in some if isinstance(one, Report))
        for one in some:
            if isinstance(one, SitroomError):
                aside.append(Step(input_name(one), "skipped", why=one.what, hint=one.hint))
            elif one.id in known:
                aside.append(Step(one.name, "known", one.id, why="in the room already"))
            elif one.language != "en":
                note = f"not English: {one.language}"
                writer.add(Coded(one), note=note)
                hint = "it is kept as a report; sitroom codes English"
                aside.append(Step(one.name, "not-coded", one.id, why=note, hint=hint))
            else:
                yield one
            if isinstance(one, Report):
                known.add(one.id)


def input_name(error: SitroomError) -> str:
    """The name of the input that gave no report: its message begins with it."""
    return error.what.split(":")[0]


def _take(writer: Writer, report: Report, outcome: Outcome) -> Step:
    if isinstance(outcome, SitroomError):
        return Step(report.name, "skipped", report.id, why=outcome.what, hint=outcome.hint)
    writer.add(outcome)
    return Step(
        report.name,
        "read",
        report.id,
        len(outcome.events),
        len(outcome.statements),
        len(outcome.relations),
        outcome.unresolved,
    )


def _settle(writer: Writer, waiting: dict[str, Step]) -> Iterator[Step]:
    """Make durable what waits, and yield its steps."""
    for added in writer.flush():
        step = waiting.pop(added.report, None)
        if step is None:
            continue
        if not added.new:
            yield Step(step.name, "known", step.report, why="in the room already")
        elif added.similar:
            why = f"a near copy of {added.similar[0]}"
            yield Step(step.name, "folded", step.report, unresolved=step.unresolved, why=why)
        else:
            yield step
