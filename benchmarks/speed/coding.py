"""How fast the coder reads, beside spaCy's own full small-English pipeline on the same texts in the same run.

    python benchmarks/speed/coding.py [--rounds 5] [--scaling] [--generated]

The texts are the five shared reports and the documents of re3d (--generated: the texts without events, which the repository
has). The coder, the pipeline as spaCy loads it, and the pipeline as the coder loads it (with quicker
tagging rules) take turns, round by round, on one core with one thread; the ratio is that of the medians of the
CPU seconds, so that other work on the machine weighs less. --scaling adds wall seconds with one and two processes after
their start, and the memory of each.
"""

import argparse
import os
import sys

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import resource
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "quality"))
import false_events
import re3d
import spacy

import reports as running_text
from measuring import shared, tell
from sitroom.app.engines import code_in_processes
from sitroom.app.room import coder_maker
from sitroom.app.settings import Settings
from sitroom.coding import Coder, load_coder
from sitroom.language.parse import load_model
from sitroom.vocabulary import Report, content_id


def load_texts(*, generated: bool) -> list[Report]:
    """The texts to read, as reports."""
    if generated:
        texts = [(text.id, text.words) for text in false_events.read_texts()]
    else:
        documents = re3d.read_documents(shared("bench", "re3d", "documents.jsonl"))
        texts = [(document.id, document.text) for document in documents]
    made = [Report(content_id("report", name, text), name, text) for name, text in texts]
    return made if generated else [*running_text.read_folder(shared("reports", "iran-in-syria")), *made]


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process that the work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def code_all(coder: Coder, reports: Iterable[Report]) -> int:
    """Code all reports; how many events."""
    return sum(len(coded.events) for coded in coder.code_many(reports))


def take_turns(coder: Coder, reports: Sequence[Report], rounds: int) -> list[list[float]]:
    """CPU seconds round by round: of the coder, of spaCy's pipeline as it comes, of the one that the coder itself loads."""
    ours = load_model()
    pipelines = [spacy.load(f"{ours.meta['lang']}_{ours.meta['name']}"), ours]
    texts = [report.text for report in reports]
    work: list[Callable[[], object]] = [lambda: code_all(coder, reports)]
    work += [lambda pipeline=pipeline: list(pipeline.pipe(texts)) for pipeline in pipelines]  # type: ignore[misc]
    code_all(coder, reports[:3])
    for pipeline in pipelines:
        list(pipeline.pipe(texts[:3]))
    return [
        list(taken)
        for taken in zip(*([cpu_seconds(one) for one in work] for _ in range(rounds)), strict=True)
    ]


def rate_in_processes(reports: Sequence[Report], workers: int, times: int = 8) -> float:
    """Reports per second of wall time with so many processes, over the last three quarters: by then all have begun."""
    many = [report for _ in range(times) for report in reports]
    skipped = len(many) // 4
    start, number = 0.0, 0
    for number, _ in enumerate(code_in_processes(iter(many), coder_maker(Settings()), workers), start=1):
        if number == skipped:
            start = time.perf_counter()
    return (number - skipped) / (time.perf_counter() - start)


def peak_mb(who: int = resource.RUSAGE_SELF) -> float:
    """The largest resident memory so far, in MB."""
    return resource.getrusage(who).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scaling", action="store_true")
    parser.add_argument("--generated", action="store_true", help="read the texts that the repository has")
    given = parser.parse_args()
    reports = load_texts(generated=given.generated)
    if hasattr(os, "sched_setaffinity") and not given.scaling:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    before = time.perf_counter()
    coder = load_coder()
    loading = time.perf_counter() - before
    mine, theirs, loaded = take_turns(coder, reports, given.rounds)
    words = sum(len(report.text.split()) for report in reports)
    print(f"{len(reports)} texts, {words} words, {given.rounds} rounds\n")
    tell("coder, texts per CPU second", len(reports) / median(mine))
    tell("spaCy full pipeline, texts per CPU second", len(reports) / median(theirs))
    tell("ratio, coder to spaCy", median(theirs) / median(mine), note="reach 1.5")
    tell("ratio, coder to the pipeline with our quicker tagging rules", median(loaded) / median(mine))
    tell("coder, words per CPU second", round(words / median(mine)))
    tell("coder, slowest and fastest round, seconds", max(mine), min(mine))
    tell("spaCy, slowest and fastest round, seconds", max(theirs), min(theirs))
    tell("loading the coder, seconds", loading)
    tell("memory of the process, MB", round(peak_mb()))
    if given.scaling:
        one, two = (rate_in_processes(reports, workers) for workers in (1, 2))
        tell("texts per second, one and two processes", one, two)
        tell("two processes to one", two / one)
        tell("memory of the largest worker, MB", round(peak_mb(resource.RUSAGE_CHILDREN)))


if __name__ == "__main__":
    main()
