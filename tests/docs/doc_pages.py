"""The pages of the documentation as the tests see them: blocks, commands, links."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from typer.testing import CliRunner, Result

from sitroom.cli.commands import cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SOURCES.md")),
        *(ROOT / "docs").rglob("*.md"),
        ROOT / "samples" / "iran-in-syria" / "NOTES.md",
    ]
)
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)
FILE = re.compile(r"^`([\w/.-]+\.toml)`[^\n]*:\n\n```toml\n(.*?)^```", re.M | re.S)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def blocks(page: Path, kind: str) -> list[str]:
    """The fenced blocks of one kind."""
    return [text for found, text in FENCE.findall(page.read_text(encoding="utf-8")) if found == kind]


def commands(page: Path, kind: str = "console") -> Iterator[list[str]]:
    """The words of each command in the blocks of one kind; comments and prompts are cut off, other lines left out."""
    for block in blocks(page, kind):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            if words and words[0].split("/")[-1] in {"sitroom", "make", "python"}:
                yield [words[0].split("/")[-1], *words[1:]]


def run(arguments: list[str]) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(cli, arguments, env={"COLUMNS": "120"})
