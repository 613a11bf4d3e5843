"""How future and negation turn a type: PLOVER 2.0 section 2.3 and the label table of Hu et al. (2024, ZSP)."""

_COOPERATIVE = ("AGREE", "CONSULT", "SUPPORT")
_MATERIAL = ("COOPERATE", "AID", "CONCEDE", "RETREAT")
_HOSTILE = ("PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT")
_WORDS = ("ACCUSE", "REJECT", "THREATEN")

TURNING: dict[str, dict[str, str]] = {
    "future": dict.fromkeys((*_COOPERATIVE, *_MATERIAL), "AGREE") | dict.fromkeys(_HOSTILE, "THREATEN"),
    "negated": dict.fromkeys(_COOPERATIVE, "REJECT")
    | dict.fromkeys(_MATERIAL, "SANCTION")
    | dict.fromkeys((*_WORDS, "REQUEST"), "AGREE")
    | dict.fromkeys(_HOSTILE, "CONCEDE"),
    "negated-future": dict.fromkeys((*_COOPERATIVE, *_MATERIAL), "REJECT")
    | dict.fromkeys((*_WORDS, "REQUEST", *_HOSTILE), "AGREE"),
}

CAMEO_LABELS = {
    "accuse.find-guilty": "ACCUSE",
    "sanction.impose": "COERCE",
    "coerce.blockade": "ASSAULT",
    "coerce.cyber": "ASSAULT",
}
"""Where the benchmark goes by CAMEO roots and manual 2.0 differs: verdicts (116), sanctions (163), blockades (191), cyber attacks (176)."""
