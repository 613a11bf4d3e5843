"""Write the figures of the frozen benchmarks into README.md, between its two marks; `--check` only compares.

`python benchmarks/run.py --freeze` measures and freezes; then `python tools/write_figures.py`.
"""

import argparse
import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
FROZEN = ROOT / "benchmarks" / "frozen"
OPENS, CLOSES = "<!-- figures -->\n", "<!-- end of figures -->"
PLV = "Universal PETRARCH 0.48, GPT-4 0.615, ZSP 0.82, ConfliBERT trained on it 0.867 (all on the test split) [1]"


@dataclass(frozen=True)
class Line:
    """One line of the table: the words, the frozen file, the figure in it, what was aimed at, what others reach."""

    what: str
    file: str
    figure: str
    aim: str = ""
    others: str = ""


LINES = (
    Line("Root label of a marked pair, macro-F1, 15 labels (PLV train)", "quality-plv", "pair given, macro-F1", "0.90", PLV),
    Line("the same, on the half read least (its errors were read too, late)", "quality-plv", "pair given, macro-F1 #3"),
    Line("the same, four quad classes, accuracy", "quality-plv", "pair given, quad accuracy", "0.95"),
    Line("Pair found as well (strict), accuracy (PLV train)", "quality-plv", "strict pair, accuracy", "0.65", "Universal PETRARCH 0.34 (test split) [1]"),
    Line("Events in running text: detection, F1 (five reports, 57 events)", "quality-reports", "reports, detection #3", "0.75"),
    Line("with the right actors, F1", "quality-reports", "reports, + actors #3", "0.65"),
    Line("with the right recipients, F1", "quality-reports", "reports, + recipients #3", "0.60"),
    Line("with the right place, F1", "quality-reports", "reports, + place #3", "0.60"),
    Line("with the right day, F1", "quality-reports", "reports, + date #3", "0.60"),
    Line("all of it right (strict), F1", "quality-reports", "reports, strict #3", "0.35"),
    Line("Modality right of events found (own set, 226 sentences)", "quality-modality", "modality set, modality right where found", "0.85", "others do not tell modality"),
    Line("Attribution right of events found (own set)", "quality-modality", "modality set, attribution right where found", "0.80", "others have no field for it"),
    Line("False events per 1,000 words of sport, markets, culture, history", "quality-false_events", "false events per 1,000 words, all", "under 1"),
    Line("Regression sentences of PETRARCH, wholly right", "quality-petrarch", "petrarch, wholly right", "0.85"),
    Line("Names in re3d, micro-F1", "quality-re3d", "names, micro #3", "0.75"),
    Line("Places within 50 km (own set, 352 mentions, 79 countries)", "quality-places", "overall", "0.90"),
    Line("Incidents from mentions, B-cubed F1 (own set)", "quality-incidents", "incidents, own set #6", "0.85"),
    Line("Speed of the coder against spaCy's full small pipeline, same texts", "speed-coding", "ratio, coder to spaCy", "1.5"),
)  # fmt: skip


def read_frozen(folder: Path) -> dict[tuple[str, str], str]:
    """Every frozen figure by file and name."""
    found: dict[tuple[str, str], str] = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {(path.stem, row["figure"]): row["value"] for row in csv.DictReader(file)}
    return found


def rows(frozen: dict[tuple[str, str], str]) -> Iterator[str]:
    """The lines of the table for which there is a figure."""
    for line in LINES:
        value = frozen.get((line.file, line.figure))
        if value is not None:
            yield f"| {line.what} | {value} | {line.aim} | {line.others} |\n"


def block(folder: Path) -> str:
    """The table without its date."""
    head = "| What | sitroom | Aimed at | Others on the same task |\n|---|---|---|---|\n"
    return head + "".join(rows(read_frozen(folder)))


def main() -> int:
    """Write or compare; 1 if README is out of date."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--from", dest="folder", type=Path, default=FROZEN, help="a folder of figures as CSV")
    given = parser.parse_args()
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(OPENS)
    inside, _, after = rest.partition(CLOSES)
    table = block(given.folder)
    if given.check:
        return int(table not in inside)
    stamp = f"Measured on {date.today():%d %B %Y} with `python benchmarks/run.py`, on two shared processor cores.\n\n"
    README.write_text(before + OPENS + stamp + table + CLOSES + after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
