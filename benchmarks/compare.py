"""What moved: the figures of the latest run beside those frozen in the repository.

    python benchmarks/compare.py [RUN] [--all] [--least 0.005]

RUN is a folder of benchmarks/runs/ (default: the newest run of each benchmark). Times and memory move by themselves.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from run import FROZEN, HERE, Figures, read_figures


@dataclass(frozen=True)
class Move:
    """One figure, frozen and now; None where there is none."""

    figure: str
    then: float | None
    now: float | None

    @property
    def by(self) -> float | None:
        """How far it moved."""
        return None if self.then is None or self.now is None else self.now - self.then


def moves(then: Figures, now: Figures, least: float = 0.0) -> Iterator[Move]:
    """Figures that are new, gone, or moved by `least` or more of their size."""
    for figure in dict.fromkeys([*then, *now]):
        before, after = (float(side[figure]) if figure in side else None for side in (then, now))
        move = Move(figure, before, after)
        if move.by is None or abs(move.by) >= least * max(1.0, abs(before or 0.0)):
            yield move


def latest(runs: Path) -> dict[str, Path]:
    """For every benchmark the file of its newest run."""
    return {file.name: file for folder in sorted(runs.glob("*")) for file in sorted(folder.glob("*.csv"))}


def _cell(value: float | None, *, sign: bool = False) -> str:
    return "-" if value is None else f"{value:+.3f}" if sign else f"{value:.3f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run", nargs="?", type=Path)
    parser.add_argument("--all", action="store_true", help="figures that did not move, too")
    parser.add_argument("--least", type=float, default=0.005, help="the smallest move shown, as a share")
    given = parser.parse_args()
    files = {file.name: file for file in given.run.glob("*.csv")} if given.run else latest(HERE / "runs")
    if not files:
        print("no run to compare: start with python benchmarks/run.py", file=sys.stderr)
        return 2
    for name, file in sorted(files.items()):
        found = list(
            moves(read_figures(FROZEN / name), read_figures(file), 0.0 if given.all else given.least)
        )
        print(f"{file.stem}: {len(found)} figures {'in all' if given.all else 'moved'}")
        for move in found:
            print(
                f"  {move.figure:<50}{_cell(move.then):>12}{_cell(move.now):>12}{_cell(move.by, sign=True):>12}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
