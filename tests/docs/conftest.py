"""A folder in which the commands of the documentation run: the sample, its room, the files that the pages show."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from doc_pages import FILE, ROOT, run

from chat_server import proposal, serving, telling


@pytest.fixture(scope="session")
def made_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    (folder / "samples").symlink_to(ROOT / "samples")
    (folder / "note.txt").write_text(
        "date 2018-05-10\n\nThe River Brigade plastered the rebel base in Daraa.\n"
    )
    for page in (ROOT / "docs").glob("how-to-catalogue.md"):
        for path, text in FILE.findall(page.read_text(encoding="utf-8")):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    result = run(["read", str(folder / "iran.room"), str(folder / "samples" / "iran-in-syria" / "reports")])
    assert result.exit_code == 0, result.output
    shutil.copy(folder / "iran.room", folder / "mine.room")
    return folder


@pytest.fixture
def desk(made_desk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder with `samples`, `iran.room`, `mine.room` (the same room) and `my-catalogue`; the test stands in it.

    SITROOM_ENDPOINT leads to a server that finds one event, as its text stands in `note.txt`.
    """
    quote = "The River Brigade plastered the rebel base in Daraa."
    told = proposal(quote, "plastered", "ASSAULT", ["The River Brigade"], ["rebel base"], place="Daraa")
    monkeypatch.chdir(made_desk)
    with serving(telling({"plastered": [told]})) as server:
        monkeypatch.setenv("SITROOM_ENDPOINT", server.url)
        yield made_desk
