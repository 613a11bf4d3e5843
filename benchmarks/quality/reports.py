"""Events of running text: detection, roles, place, date, modality and attribution on the five shared reports.

    python benchmarks/quality/reports.py [--errors N] [--by type|report|modality|kind|mode]

The coder's records, in the form of `sitroom code --format jsonl`, go to the scorer that comes with the gold; its rules
stand in coding_notes.md beside it. One coder wrote the gold, on reports that the rules were developed on.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from measuring import shared, tell
from sitroom.app.contract import fields_of
from sitroom.coding import load_coder
from sitroom.reports import find_files, read_reports
from sitroom.vocabulary import Coded, Report

ROWS = {  # the scorer's row: the name here, the reach
    "event detection": ("detection", 0.75),
    "+ source": ("+ actors", 0.65),
    "+ target": ("+ recipients", 0.60),
    "+ place": ("+ place", 0.60),
    "+ date": ("+ date", 0.60),
    "strict": ("strict", 0.35),
}
ACCURACY = {"modality": 0.85, "attribution": 0.80}


def read_folder(folder: Path) -> list[Report]:
    """The reports of a folder, those that could not be read left out."""
    return [
        report
        for source in find_files([str(folder)])
        for report in read_reports(source)
        if isinstance(report, Report)
    ]


def write_records(coded: Iterable[Coded], path: Path) -> int:
    """Write the events as one JSON object a line; how many there are."""
    lines = [json.dumps(fields, ensure_ascii=False) for one in coded for fields in fields_of(one)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def print_figures(result: dict[str, Any]) -> None:
    """The scorer's figures with the reach beside."""
    print(f"\n{'':<44}      P        R       F1")
    for row, scores in result["table"].items():
        name, reach = ROWS.get(row.split(" (")[0], ("", 0.0))
        if name:
            tell(f"reports, {name}", scores["p"], scores["r"], scores["f1"], note=f"reach {reach:.2f} (F1)")
    for name, value in result["accuracy_on_matched"].items():
        reach = ACCURACY.get(name)
        tell(f"reports, {name} right of matched", value, note=f"reach {reach:.2f}" if reach else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--by", action="append", default=[])
    given = parser.parse_args()
    bench = shared("bench", "reports")
    coder = load_coder()
    with tempfile.TemporaryDirectory() as folder:
        events, result = Path(folder) / "events.jsonl", Path(folder) / "result.json"
        write_records(coder.code_many(read_folder(shared("reports", "iran-in-syria"))), events)
        command = [sys.executable, bench / "score.py", bench / "gold.jsonl", events, "--json", result]
        command += ["--errors", str(given.errors), *(word for key in given.by for word in ("--by", key))]
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True)
        print(done.stdout)
        print_figures(json.loads(result.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
