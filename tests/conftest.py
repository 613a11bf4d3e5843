"""What tests on several floors share: the coder, loaded once per worker, three reports to read, and `--accept` for golden cases."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from making import make_report
from sitroom.vocabulary import Actor, Coded

if TYPE_CHECKING:
    from sitroom.coding import Coder

REPORTS = {
    "one.txt": "date 2018-05-10\n\nIsrael attacked Syria in Damascus. Witnesses saw smoke over the city for hours. Iran is an ally of Syria.",
    "two.txt": "date 2018-05-11\n\nIsrael attacked Syria in Homs. Officials confirmed nothing. Syria denied that its air defences were hit.",
    "three.txt": "date 2018-06-02\n\nGunmen attacked Iran in Kuneitra. Russia will stay out of it, the ministry added on the day.",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the expected coding of golden cases")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def coder() -> "Coder":
    from sitroom.coding import load_coder

    return load_coder()


@pytest.fixture(scope="session")
def code(coder: "Coder") -> Callable[..., Coded]:
    """Code a text: `code(text, day="2021-06-16")`; 16 June 2021 is a Wednesday."""

    def code_text(text: str, day: str | None = "2021-06-16") -> Coded:
        return coder.code(make_report(text, day))

    return code_text


@pytest.fixture(scope="session")
def whom(coder: "Coder") -> Callable[..., list[Actor]]:
    """Whom a word means: `whom(text, word)` resolves the phrase headed by its last occurrence in the text."""
    from sitroom.language.locate import locate

    def resolve(text: str, word: str, day: str | None = "2021-06-16") -> list[Actor]:
        reading = coder.read(make_report(text, day))
        located, _ = locate(reading, coder.gazetteer)
        found: list[Actor] = []
        for scope in coder.scopes(reading, located):
            for token in scope.here.doc:
                if token.text == word:
                    found = scope.resolver.resolve(token, scope.here)
        return found

    return resolve


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of three short reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text)
    return folder
