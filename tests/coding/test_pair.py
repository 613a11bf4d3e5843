"""The act between two spans that somebody marked."""

import pytest

from sitroom.coding.pair import PairLabel, label_pair
from sitroom.errors import BadInput


def label(text: str, actor: str, recipient: str) -> PairLabel | None:
    spans = [(text.index(words), text.index(words) + len(words)) for words in (actor, recipient)]
    return label_pair(text, spans[0], spans[1])


# future and negated acts turn into types as Hu et al. (2024) label them
CASES = [
    ("Turkey shelled the Kurds.", "Turkey", "the Kurds", "ASSAULT"),
    ("The Kurds were shelled by Turkey.", "Turkey", "The Kurds", "ASSAULT"),
    ("Turkey will shell the Kurds.", "Turkey", "the Kurds", "THREATEN"),
    ("Norway gave aid to Moldova.", "Norway", "Moldova", "AID"),
    ("Norway will give aid to Moldova.", "Norway", "Moldova", "AGREE"),
    ("Norway will not give aid to Moldova.", "Norway", "Moldova", "REJECT"),
    ("Norway did not give aid to Moldova.", "Norway", "Moldova", "SANCTION"),
    ("Kenya met Somalia while Uganda attacked rebels.", "Uganda", "rebels", "ASSAULT"),
    ("Kenya praised Somalia while Uganda attacked rebels.", "Kenya", "Somalia", "SUPPORT"),
    ("Chad urged Sudan to release the prisoners.", "Chad", "Sudan", "REQUEST"),
    ("Chad accused Sudan of attacking a camp.", "Chad", "Sudan", "ACCUSE"),
]


@pytest.mark.parametrize(("text", "actor", "recipient", "wanted"), CASES, ids=str)
def test_label(text: str, actor: str, recipient: str, wanted: str) -> None:
    found = label(text, actor, recipient)
    assert found is not None
    assert found.type == wanted
    assert found.rules


def test_no_act_no_label() -> None:
    assert label("Chad lies west of Sudan.", "Chad", "Sudan") is None


def test_a_span_outside_the_sentence_is_told() -> None:
    with pytest.raises(BadInput, match="outside the sentence"):
        label_pair("Chad met Sudan.", (0, 4), (9, 99))
