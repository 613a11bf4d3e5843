"""Finding files: folders, globs, standard input, loops, and what cannot be read."""

import io
import os
from pathlib import Path

import pytest

from sitroom.errors import UnreadableReport
from sitroom.reports import Source, find_files, read_reports


def write(path: Path, text: str = "Shells fell on the town on Monday.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def names(found: list[Source | UnreadableReport]) -> list[str]:
    return [each.name for each in found if isinstance(each, Source)]


def problems(found: list[Source | UnreadableReport]) -> list[str]:
    return [each.what for each in found if isinstance(each, UnreadableReport)]


def test_a_folder_is_walked_in_order_and_hidden_files_are_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "deep/er/c.html", ".hidden", ".git/config"):
        write(tmp_path / name)
    assert names(list(find_files([tmp_path]))) == ["a.md", "b.txt", "c.html"]


def test_a_named_hidden_file_is_read(tmp_path: Path) -> None:
    assert names(list(find_files([write(tmp_path / ".report.txt")]))) == [".report.txt"]


def test_globs(tmp_path: Path) -> None:
    for name in ("a.txt", "b.md", "deep/c.txt"):
        write(tmp_path / name)
    assert names(list(find_files([f"{tmp_path}/**/*.txt"]))) == ["a.txt", "c.txt"]
    assert "matches no file" in problems(list(find_files([f"{tmp_path}/*.pdf"])))[0]


def test_a_file_whose_name_looks_like_a_glob_is_a_file(tmp_path: Path) -> None:
    assert names(list(find_files([write(tmp_path / "report[1].txt")]))) == ["report[1].txt"]


def test_missing_paths_are_reported_and_the_run_goes_on(tmp_path: Path) -> None:
    found = list(find_files([tmp_path / "gone.txt", write(tmp_path / "here.txt")]))
    assert names(found) == ["here.txt"]
    assert "no such file" in problems(found)[0]


def test_symlink_loops_end(tmp_path: Path) -> None:
    write(tmp_path / "one/a.txt")
    (tmp_path / "one/back").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "itself").symlink_to(tmp_path / "itself")
    found = list(find_files([tmp_path]))
    assert names(found) == ["a.txt"]
    assert "leads back to itself" in problems(found)[0]


def test_a_dangling_link_is_reported(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere.txt")
    assert len(problems(list(find_files([tmp_path])))) == 1
    assert "not there" in problems(list(find_files([tmp_path / "link.txt"])))[0]


def test_a_pipe_in_a_folder_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "not a regular file" in problems(list(find_files([tmp_path])))[0]


def test_no_permission_to_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "shut/a.txt")
    write(tmp_path / "open/b.txt")
    listed = Path.iterdir

    def refuse(folder: Path) -> object:
        if folder.name == "shut":
            raise PermissionError(13, "Permission denied")
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    found = list(find_files([tmp_path]))
    assert names(found) == ["b.txt"]
    assert "may not be read" in problems(found)[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_no_permission_to_a_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    path.chmod(0)
    [problem] = list(read_reports(path))
    assert isinstance(problem, UnreadableReport)
    assert "may not be read" in problem.what


def test_a_file_that_vanishes_between_finding_and_reading(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    [source] = list(find_files([path]))
    path.unlink()
    assert isinstance(source, Source)
    [problem] = list(read_reports(source))
    assert isinstance(problem, UnreadableReport)
    assert "no longer there" in problem.what


def test_standard_input() -> None:
    stream = io.BytesIO(b"date 2022-03-02 Shells fell on the town.")
    [source] = list(find_files(["-"], stdin=stream))
    assert isinstance(source, Source)
    [report] = list(read_reports(source))
    assert not isinstance(report, UnreadableReport)
    assert (report.name, report.text) == ("stdin", "Shells fell on the town.")
    assert not stream.closed


def test_a_path_with_a_nul_is_reported() -> None:
    [problem] = list(find_files(["a\x00b"]))
    assert isinstance(problem, UnreadableReport)
