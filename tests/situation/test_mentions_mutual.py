"""Whether those who act together act on each other or on somebody else."""

from collections.abc import Callable

import pytest

from sitroom.situation.mentions import is_mutual
from sitroom.vocabulary import Coded

TOGETHER = [
    ("Britain, France and Germany condemned the rocket fire on Tuesday.", "ACCUSE", False),
    ("Armenia and Azerbaijan accused each other of shelling on Tuesday.", "ACCUSE", True),
    ("Chad and Sudan signed an accord on Tuesday.", "SUPPORT", True),
    ("Chadian and Sudanese troops clashed on Tuesday.", "ASSAULT", True),
]


@pytest.mark.parametrize(("text", "act", "mutual"), TOGETHER)
def test_who_acts_on_whom(code: Callable[..., Coded], text: str, act: str, mutual: bool) -> None:
    events = [
        event for event in code(text, "2020-10-14").events if event.type == act and not event.recipients
    ]
    assert events
    assert all(is_mutual(event) == mutual for event in events)
