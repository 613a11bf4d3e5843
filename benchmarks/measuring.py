"""What every benchmark needs: where the shared data lie, how a set is cut in halves, how a figure is printed and a share counted."""

import hashlib
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
HALVES = ("dev", "check")


def half_of(text: str) -> str:
    """`dev` or `check`, by a hash of the text: rules are written on the first, judged on the second."""
    return HALVES[int(hashlib.sha1(text.encode()).hexdigest(), 16) % 2]


def shared(*parts: str) -> Path:
    """A file of the shared data; ends the benchmark with a message and exit code 3 where it is missing."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        print(
            f"skipped: needs {Path('..', 'shared', *parts)}, which is not in the repository", file=sys.stderr
        )
        sys.exit(3)
    return path


def tell(name: str, *values: float | int | None, note: str = "") -> None:
    """Print one figure: its name, its values, and what it is to be compared with after a bar."""
    words = "  ".join(
        "      -" if v is None else f"{v:7d}" if isinstance(v, int) else f"{v:7.3f}" for v in values
    )
    print(f"{name:<44}{words}" + (f"  | {note}" if note else ""))


def share(marks: Iterable[bool]) -> float:
    """The share of true marks; 0 of none."""
    listed = list(marks)
    return sum(listed) / len(listed) if listed else 0.0


@dataclass(frozen=True)
class Found:
    """How many were found, how many of these are right, how many there are to find, how many of those were found."""

    told: int
    right: int
    gold: int
    met: int

    @property
    def precision(self) -> float:
        """Of what was told, the share that is right."""
        return self.right / self.told if self.told else 0.0

    @property
    def recall(self) -> float:
        """Of what there is, the share that was met."""
        return self.met / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: "Found") -> "Found":
        return Found(
            self.told + other.told, self.right + other.right, self.gold + other.gold, self.met + other.met
        )


Spot = tuple[int, int]


def overlap(one: Spot, other: Spot) -> bool:
    """True when two half-open character ranges share a character."""
    return one[0] < other[1] and other[0] < one[1]


def macro_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """The mean of the F1 of each gold label; a label that is only found counts against precision of none."""
    return sum(label_scores(gold, found, label).f1 for label in set(gold)) / len(set(gold)) if gold else 0.0


def label_scores(gold: Sequence[str], found: Sequence[str], label: str) -> Found:
    """Precision and recall of one label over paired lists."""
    both = sum(g == f == label for g, f in zip(gold, found, strict=True))
    return Found(found.count(label), both, gold.count(label), both)
