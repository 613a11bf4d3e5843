"""Docs cannot lie: commands run, nouns are explained, the reference is fresh, links lead somewhere."""

import ast
import glob
import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
from doc_pages import LINK, PAGES, ROOT, blocks, commands, run

import sitroom
from sitroom import vocabulary
from sitroom.cli.commands import cli

DOCS = ROOT / "docs"
RUN = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", DOCS / "tutorial.md", *sorted(DOCS.glob("how-to-*.md"))]
OTHERS = {"how-to-whatif.md", "how-to-outlook.md"}
"""Pages whose commands need files of their own; their commands and options are checked, not run."""


def _expand(words: list[str]) -> list[str]:
    return [each for word in words for each in (sorted(glob.glob(word)) if "*" in word else [word])]  # noqa: PTH207


@pytest.mark.parametrize(
    "page", [page for page in RUN if page.name not in OTHERS], ids=lambda page: page.stem
)
def test_every_command_shown_runs(page: Path, desk: Path) -> None:
    for program, *arguments in commands(page):
        if program != "sitroom":
            continue
        result = run(_expand(arguments))
        assert result.exit_code == 0, f"sitroom {' '.join(arguments)}\n{result.output}\n{result.exception}"


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.stem)
def test_every_command_and_option_shown_exists(page: Path) -> None:
    shown = [words for kind in ("console", "text", "sh") for words in commands(page, kind)]
    for program, *arguments in shown:
        if program == "make":
            targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
            assert set(arguments) <= set(targets), f"no such target: make {' '.join(arguments)}"
        elif program == "python":
            assert (ROOT / arguments[0]).is_file(), f"no such script: {arguments[0]}"
        else:
            _check_options(arguments)


def _check_options(arguments: list[str]) -> None:
    command: Any = typer.main.get_command(cli)
    words = list(arguments)
    while hasattr(command, "commands") and words and not words[0].startswith("-"):
        assert words[0] in command.commands, f"no such command: sitroom {' '.join(arguments)}"
        command = command.commands[words.pop(0)]
    known = {name for option in command.params for name in option.opts} | {"--help", "-h"}
    for word in words:
        if word.startswith("-") and word != "-":
            assert word.split("=")[0] in known, f"no option {word}: sitroom {' '.join(arguments)}"


@pytest.mark.parametrize("page", [page for page in RUN if blocks(page, "python")], ids=lambda page: page.stem)
def test_every_python_block_runs(page: Path, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for block in blocks(page, "python"):
        exec(compile(block, page.name, "exec"), {"__name__": page.stem})
    printed = capsys.readouterr().out
    assert printed.strip(), f"{page.name} prints nothing"
    assert "None" not in printed.split(), f"{page.name} prints None"


def test_the_overlay_that_the_page_shows_makes_the_event_it_promises(desk: Path) -> None:
    bare = run(["code", "note.txt", "--format", "csv"]).stdout
    with_overlay = run(["code", "--catalogue", "my-catalogue", "note.txt", "--format", "csv"]).stdout
    assert "assault.carpet" in with_overlay
    assert "river-brigade" in with_overlay
    assert "river-brigade" not in bare


def test_every_noun_is_in_the_glossary() -> None:
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    missing = [noun for noun in vocabulary.__all__ if f"## {noun}\n" not in glossary]
    assert not missing, f"explain in docs/glossary.md: {missing}"


def test_the_glossary_explains_no_noun_that_is_gone() -> None:
    headings = re.findall(r"^## (\w+)$", (DOCS / "glossary.md").read_text(encoding="utf-8"), re.M)
    assert set(headings) <= set(vocabulary.__all__)


@pytest.mark.parametrize("folder", ["src", "tools", "benchmarks"])
def test_every_module_opens_with_one_sentence(folder: str) -> None:
    wrong = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        opening = (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0] if text.strip() else "Empty."
        if not re.match(r"[\"“`\w].{10,}?[.:]", opening, re.S):
            wrong.append(path.relative_to(ROOT).as_posix())
    assert not wrong, f"open with a docstring of one sentence: {wrong}"


def test_the_changelog_starts_with_this_version() -> None:
    versions = re.findall(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert versions[0] == sitroom.__version__ == project["version"]


def _tool(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_up_to_date() -> None:
    stale = [
        p.name
        for p, text in _tool("build_reference").build().items()
        if p.read_text(encoding="utf-8") != text
    ]
    assert not stale, f"run python tools/build_reference.py: {stale}"


def test_the_reference_describes_every_field_that_is_printed() -> None:
    for kind, (described, real) in _tool("build_reference").real_fields().items():
        assert list(described) == real, f"fields of {kind}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    targets = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    missing = [link for link in targets if not (page.parent / link).exists()]
    assert not missing, f"broken links in {page.name}: {missing}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_page_names_a_machine(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    found = re.findall(
        r"(?<![\w.])/(?:work|home|root|tmp|Users)/\S*|\b\d{1,3}(?:\.\d{1,3}){3}\b|localhost:\d+", text
    )
    assert not found, f"{page.name} names {found}"


def test_the_sample_is_marked_and_disputes_are_left_in(desk: Path) -> None:
    rows = sitroom.open(desk / "iran.room").rows("reports")
    assert len(rows) >= 28
    assert sum(bool(row["copy_of"]) for row in rows) == 1
    assert {row["basis"] for row in rows} >= {"stated", "metadata", "dateline", "inferred"}
    named = [row["publisher"] for row in rows if row["publisher"]]
    assert all(publisher.endswith("Sample") for publisher in named)


def test_the_notes_tell_where_every_sample_report_comes_from() -> None:
    notes = (ROOT / "samples" / "iran-in-syria" / "NOTES.md").read_text(encoding="utf-8")
    files = sorted((ROOT / "samples" / "iran-in-syria" / "reports").iterdir())
    assert len(files) >= 28
    assert not [file.stem for file in files if file.stem not in notes]


def test_the_sample_copies_nothing_from_the_shared_reports() -> None:
    shared = ROOT.parent / "shared" / "reports"
    if not shared.is_dir():
        pytest.skip("the shared reports are not here to compare with")
    theirs = {run for path in shared.rglob("*.txt") for run in _runs(path)}
    sample = ROOT / "samples" / "iran-in-syria" / "reports"
    assert theirs
    assert not [(path.name, run) for path in sample.iterdir() for run in _runs(path) & theirs]


def _runs(path: Path, length: int = 9) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", path.read_text(encoding="utf-8", errors="replace").lower())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def test_the_readme_gives_the_frozen_figures() -> None:
    figures = _tool("write_figures")
    frozen = figures.read_frozen(ROOT / "benchmarks" / "frozen")
    if not frozen:
        pytest.skip("no run of the benchmarks has been frozen yet")
    wrong = [
        row for row in figures.rows(frozen) if row not in (ROOT / "README.md").read_text(encoding="utf-8")
    ]
    assert not wrong, f"run python tools/write_figures.py: {wrong}"
