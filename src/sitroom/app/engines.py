"""How reports are coded: one after the other, or in several processes. The reading wing sees one report at a time."""

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import Protocol

from sitroom.errors import EndpointFault, SitroomError, UnknownName
from sitroom.vocabulary import Coded, Report

CHUNK = 8
FEW = 40
CHUNKS_WAITING = 2


class Coder(Protocol):
    """What codes reports: `sitroom.coding.Coder`, or a stand-in."""

    def code(self, report: Report) -> Coded:
        """Everything that is coded from the report."""
        ...

    def code_many(self, reports: Iterable[Report]) -> "Iterator[Outcome]":
        """The same for many reports, in their order; a report may give an error of its own."""
        ...


CoderMaker = Callable[[], Coder]
Outcome = Coded | SitroomError
Engine = Callable[[Iterator[Report], CoderMaker, int], Iterator[tuple[Report, Outcome]]]


def code_serially(
    reports: Iterator[Report], make_coder: CoderMaker, workers: int = 1
) -> Iterator[tuple[Report, Outcome]]:
    """Code in this process; what fails is paired with the error."""
    coder: Coder | None = None
    while chunk := list(islice(reports, CHUNK)):
        coder = coder or make_coder()
        yield from zip(chunk, code_chunk(coder, chunk), strict=True)


def code_in_processes(
    reports: Iterator[Report], make_coder: CoderMaker, workers: int
) -> Iterator[tuple[Report, Outcome]]:
    """Code in `workers` processes, each with a coder of its own; the order of reports is kept, few wait at a time.

    `make_coder` must be picklable. Raises SitroomError when a process dies.
    """
    waiting: deque[tuple[list[Report], Future[list[Outcome]]]] = deque()
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, initializer=_start, initargs=(make_coder, os.getpid()))
    try:
        while True:
            while len(waiting) < workers * CHUNKS_WAITING and (chunk := list(islice(reports, CHUNK))):
                waiting.append((chunk, pool.submit(_code_here, chunk)))
            if not waiting:
                return
            chunk, coming = waiting.popleft()
            yield from zip(chunk, coming.result(), strict=True)
    except BrokenProcessPool as error:
        raise SitroomError(
            "a coding process died, perhaps for lack of memory",
            hint="run the same command again with --workers 1: what was read before is kept",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def code_by_size(
    reports: Iterator[Report], make_coder: CoderMaker, workers: int
) -> Iterator[tuple[Report, Outcome]]:
    """Code few reports here and many in processes: starting processes pays only for many."""
    first = list(islice(reports, FEW + 1))
    engine = code_in_processes if len(first) > FEW and workers > 1 else code_serially
    return engine(chain(first, reports), make_coder, workers)


ENGINES: dict[str, Engine] = {"auto": code_by_size, "serial": code_serially, "processes": code_in_processes}


def engine_named(name: str) -> Engine:
    """The engine of that name. Raises UnknownName."""
    try:
        return ENGINES[name]
    except KeyError:
        raise UnknownName("engine", name, known=ENGINES) from None


def code_chunk(coder: Coder, chunk: Sequence[Report]) -> list[Outcome]:
    """Code some reports together; if that fails, one by one, so that one bad report costs no other.

    Raises EndpointFault, which would meet every report.
    """
    try:
        return list(coder.code_many(chunk))
    except EndpointFault:
        raise
    except Exception:
        return [_code_one(coder, report) for report in chunk]


def _code_one(coder: Coder, report: Report) -> Outcome:
    try:
        return coder.code(report)
    except SitroomError as error:
        return error
    except Exception as error:
        return SitroomError(
            f"{report.name} could not be coded: {type(error).__name__}: {error}",
            hint="the other reports are not affected; please report this with the text",
        )


_coder: Coder | None = None


def _start(make_coder: CoderMaker, parent: int) -> None:
    """Prepare a worker process: its coder, deaf to Ctrl-C (the parent decides), and no life after the parent's."""
    global _coder
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _coder = make_coder()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _code_here(chunk: list[Report]) -> list[Outcome]:
    assert _coder is not None
    return code_chunk(_coder, chunk)
