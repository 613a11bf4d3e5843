"""Numbers: how many were killed, wounded, taken, displaced; bounds where the words give bounds."""

from collections.abc import Callable

import pytest

from sitroom.vocabulary import Coded

Code = Callable[..., Coded]

# sentence, what, at least, at most, a word of whom it counts
CASES = [
    ("Russian shelling killed 12 civilians in Kherson.", "killed", 12, 12, "civilians"),
    ("Russian shelling killed twelve civilians in Kherson.", "killed", 12, 12, "civilians"),
    ("Russian shelling killed at least 12 civilians in Kherson.", "killed", 12, None, "civilians"),
    ("Russian shelling killed up to 12 civilians in Kherson.", "killed", None, 12, "civilians"),
    ("Russian shelling killed more than 1,200 civilians in Kherson.", "killed", 1200, None, "civilians"),
    ("Twelve civilians were killed by Russian shells.", "killed", 12, 12, "civilians"),
    ("Russian shelling wounded 30 soldiers in Kherson.", "wounded", 30, 30, "soldiers"),
    ("Myanmar's army arrested 45 students.", "captured", 45, 45, "students"),
    ("Russia deployed 20,000 troops near Sumy.", "forces", 20000, 20000, "troops"),
    ("Israel destroyed three tanks in Syria.", "destroyed", 3, 3, "tanks"),
    ("The Rapid Support Forces displaced two million people.", "displaced", 2_000_000, 2_000_000, "people"),
    ("Boko Haram abducted dozens of girls in Borno.", "captured", 24, None, "girls"),
]


@pytest.mark.parametrize(("text", "what", "low", "high", "who"), CASES, ids=str)
def test_a_figure(code: Code, text: str, what: str, low: float | None, high: float | None, who: str) -> None:
    figures = [f for event in code(text, "2023-05-16").events for f in event.figures]
    assert [(f.what, f.low, f.high) for f in figures if who in f.who] == [(what, low, high)]


def test_killed_and_wounded_are_told_apart(code: Code) -> None:
    coded = code("Russian shelling killed five people and wounded nine soldiers in Kherson.", "2023-05-16")
    found = {f.what: f.low for event in coded.events for f in event.figures}
    assert found == {"killed": 5, "wounded": 9}


def test_a_date_or_a_duration_is_no_figure(code: Code) -> None:
    coded = code("Russia shelled Kherson for two days in May 2023.", "2023-06-16")
    assert [f for event in coded.events for f in event.figures] == []
