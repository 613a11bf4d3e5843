"""The front door of the benchmarks: run all, or those named, each in a process of its own, and keep their figures.

    python benchmarks/run.py [--list] [--quick] [--freeze] [NAME ...]     NAME as in --list, such as quality/plv

What is printed goes to the terminal and to benchmarks/runs/TIME/, which git ignores, with the figures as CSV beside it.
--freeze also writes them to benchmarks/frozen/, which is committed; compare.py shows what moved since. A benchmark whose
data are not there is skipped. Exit code 1 if one fails.
"""

import argparse
import csv
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
FROZEN = HERE / "frozen"
SKIPPED = 3
"""The exit code of a benchmark whose data are missing."""


@dataclass(frozen=True)
class Benchmark:
    """A command: the script under benchmarks/ and its arguments; `long` ones are left out by --quick."""

    script: str
    arguments: tuple[str, ...] = ()
    long: bool = False


BENCHMARKS = {
    "quality/plv": Benchmark("quality/plv.py"),
    "quality/reports": Benchmark("quality/reports.py"),
    "quality/modality": Benchmark("quality/modality.py"),
    "quality/false_events": Benchmark("quality/false_events.py"),
    "quality/petrarch": Benchmark("quality/petrarch.py"),
    "quality/re3d": Benchmark("quality/re3d.py"),
    "quality/places": Benchmark("quality/places.py"),
    "quality/incidents": Benchmark("quality/incidents.py"),
    "quality/contradictions": Benchmark("quality/contradictions.py"),
    "quality/relations": Benchmark("quality/relations.py"),
    "quality/strategy": Benchmark("quality/strategy.py", long=True),
    "quality/outlook-baseline": Benchmark("quality/outlook.py", ("baseline",), long=True),
    "quality/outlook-rank": Benchmark("quality/outlook.py", ("rank",), long=True),
    "quality/outlook-questions": Benchmark("quality/outlook.py", ("questions",), long=True),
    "speed/help": Benchmark("speed/help.py"),
    "speed/coding": Benchmark("speed/coding.py"),
    "speed/coding-scaling": Benchmark("speed/coding.py", ("--scaling", "--rounds", "3"), long=True),
    "speed/memory": Benchmark("speed/memory.py"),
    "speed/room": Benchmark("speed/room.py", long=True),
    "speed/strategy": Benchmark("speed/strategy.py", long=True),
    "speed/outlook": Benchmark("speed/outlook.py", long=True),
    "speed/situation": Benchmark("speed/situation.py", long=True),
}
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")
Figures = dict[str, str]


def figures_in(output: str) -> Figures:
    """The figures of a printed table: lines of a name, two blanks or more, and numbers; what follows a bar is no figure.

    A line with several numbers gives `name`, `name #2`, and so on; a name that comes twice keeps its first value.
    """
    found: Figures = {}
    for line in output.splitlines():
        match = re.match(r"\s*(\S.*?)(?::\s+|\s{2,})(?=[-\d])(.*)$", line.split("|")[0])
        if match is None or not re.search("[A-Za-z]", match[1]):
            continue
        for place, value in enumerate(NUMBER.findall(match[2]), start=1):
            name = match[1].rstrip(":") + (f" #{place}" if place > 1 else "")
            found.setdefault(name, value.rstrip("%").replace(",", ""))
    return found


def write_figures(figures: Figures, path: Path) -> None:
    """Write figures as a table of name and value."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("figure", "value"), *figures.items()])


def read_figures(path: Path) -> Figures:
    """Read what write_figures wrote; nothing where there is no file."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["figure"]: row["value"] for row in csv.DictReader(file)}


def file_name(name: str) -> str:
    """The file of a benchmark's figures."""
    return name.replace("/", "-") + ".csv"


def run(name: str, folder: Path) -> int:
    """Run one, copying what it prints into a file of the folder, and its figures beside it; its exit code."""
    benchmark = BENCHMARKS[name]
    script = HERE / benchmark.script
    if not script.exists():
        print(f"== {name}: no {benchmark.script} here, skipped", flush=True)
        return SKIPPED
    print(f"== {name}", flush=True)
    lines: list[str] = []
    command = [sys.executable, str(script), *benchmark.arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        assert running.stdout
        for line in running.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    output = "".join(lines)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file_name(name)).with_suffix(".txt").write_text(output, encoding="utf-8")
    if running.returncode == 0:
        write_figures(figures_in(output), folder / file_name(name))
    return running.returncode


def choose(names: Sequence[str], *, quick: bool) -> list[str]:
    """The benchmarks to run. Raises ValueError naming an unknown one."""
    unknown = sorted(set(names) - set(BENCHMARKS))
    if unknown:
        raise ValueError(f"unknown benchmark {', '.join(unknown)}; known: {', '.join(BENCHMARKS)}")
    return list(names) or [name for name, one in BENCHMARKS.items() if not (quick and one.long)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--list", action="store_true", help="only list them")
    parser.add_argument("--quick", action="store_true", help="leave out the long ones")
    parser.add_argument("--freeze", action="store_true", help="keep the figures in benchmarks/frozen/")
    given = parser.parse_args()
    if given.list:
        print("\n".join(BENCHMARKS))
        return 0
    try:
        chosen = choose(given.names, quick=given.quick)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    folder = HERE / "runs" / datetime.now().strftime("%Y-%m-%d-%H%M%S")
    codes = {name: run(name, folder) for name in chosen}
    done = [name for name, code in codes.items() if code == 0]
    for name in done if given.freeze else ():
        write_figures(read_figures(folder / file_name(name)), FROZEN / file_name(name))
    failed = [name for name, code in codes.items() if code not in (0, SKIPPED)]
    skipped = [name for name, code in codes.items() if code == SKIPPED]
    print(
        f"\n{len(done)} ran, {len(skipped)} skipped, {len(failed)} failed {' '.join(failed)}; figures in {folder}"
    )
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
