"""What tests on several floors share: the coder, loaded once per worker, and `--accept` for golden cases."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest

from sitroom.vocabulary import Actor, Coded, Period, Report, content_id

if TYPE_CHECKING:
    from sitroom.coding import Coder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the expected coding of golden cases")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def coder() -> "Coder":
    from sitroom.coding import load_coder

    return load_coder()


def make_report(text: str, day: str | None = "2021-06-16", name: str = "report") -> Report:
    """A report of a stated day, or an undated one."""
    published = Period.day(date.fromisoformat(day), "stated") if day else None
    basis = "stated" if day else "unknown"
    return Report(content_id("report", text, day), name, text, published=published, published_basis=basis)


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
