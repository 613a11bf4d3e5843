"""Reading plain text stays quick and light: heavy libraries load only when a file needs them."""

import os
import subprocess
import sys
import time
from pathlib import Path

from sitroom.reports import find_files, read_reports
from sitroom.vocabulary import Report

SOURCE = Path(__file__).resolve().parents[2] / "src"
PARAGRAPH = "The army shelled the village of Darna on Monday, the mayor said, and nine people were killed. "
HEAVY = ("trafilatura", "htmldate", "pypdf", "lingua", "charset_normalizer", "spacy", "pydantic")


def test_a_thousand_reports_in_two_seconds(tmp_path: Path) -> None:
    for number in range(1000):
        (tmp_path / f"{number:04}.txt").write_text(f"date 2022-03-02 Report {number}. {PARAGRAPH * 25}")
    start = time.process_time()
    reports = [report for source in find_files([tmp_path]) for report in read_reports(source)]  # type: ignore[arg-type]
    assert time.process_time() - start < 2
    assert sum(isinstance(report, Report) for report in reports) == 1000


def test_english_text_needs_no_heavy_library(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PARAGRAPH)
    code = (
        "import sys; from sitroom.reports import read_reports; "
        f"[report] = read_reports({str(tmp_path / 'a.txt')!r}); print(report.language); "
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout.split() == ["en"]
