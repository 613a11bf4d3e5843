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
    ("Russian shelling killed at least a dozen nurses in Kherson.", "killed", 12, None, "nurses"),
    ("Russian shelling killed half a dozen nurses in Kherson.", "killed", 6, 6, "nurses"),
    ("Myanmar's army killed between 10 and 15 villagers.", "killed", 10, 15, "villagers"),
    ("Russian shells killed 20 to 30 miners in Toretsk.", "killed", 20, 30, "miners"),
    ("Myanmar's army burned scores of houses.", "destroyed", 40, None, "houses"),
    (
        "Tens of thousands of villagers were displaced by the Tatmadaw.",
        "displaced",
        20_000,
        None,
        "villagers",
    ),
    ("The Houthis shot down two Saudi drones.", "destroyed", 2, 2, "drones"),
    ("The Taliban killed 40 in Kunduz.", "killed", 40, 40, "people"),
    ("The Taliban killed twenty-five guards in Kunduz.", "killed", 25, 25, "guards"),
    ("Boko Haram hacked to death 14 fishermen.", "killed", 14, 14, "fishermen"),
    (
        "Russian rockets hit a market in Kostiantynivka, killing 16 shoppers and injuring 34 others.",
        "wounded",
        34,
        34,
        "others",
    ),
    (
        "Russia shelled a market in Kostiantynivka, leaving 16 shoppers dead and 34 wounded.",
        "wounded",
        34,
        34,
        "people",
    ),
    ("Forty M23 rebels killed 12 farmers.", "killed", 12, 12, "farmers"),
]


@pytest.mark.parametrize(("text", "what", "low", "high", "who"), CASES, ids=str)
def test_a_figure(code: Code, text: str, what: str, low: float | None, high: float | None, who: str) -> None:
    figures = [f for event in code(text, "2023-05-16").events for f in event.figures]
    assert [(f.what, f.low, f.high) for f in figures if who in f.who] == [(what, low, high)]


def test_killed_and_wounded_are_told_apart(code: Code) -> None:
    coded = code("Russian shelling killed five people and wounded nine soldiers in Kherson.", "2023-05-16")
    found = {f.what: f.low for event in coded.events for f in event.figures}
    assert found == {"killed": 5, "wounded": 9}


NO_FIGURES = [
    "Ukrainian shells hit Donetsk on August 29.",
    "Russia shelled Kherson at 9 p.m. on June 5.",
    "Russia breached Resolution 2254 when it shelled Idlib.",
    "The two sides shelled each other, and Russia shelled Kherson.",
]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_days_hours_and_names_are_no_figures(code: Code, text: str) -> None:
    assert [f for event in code(text, "2023-09-16").events for f in event.figures] == []


def test_a_date_or_a_duration_is_no_figure(code: Code) -> None:
    coded = code("Russia shelled Kherson for two days in May 2023.", "2023-06-16")
    assert [f for event in coded.events for f in event.figures] == []
