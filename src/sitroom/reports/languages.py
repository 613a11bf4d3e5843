"""Tell the language of a text: English by its function words, the others by lingua, which loads only when needed."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector

LANGUAGES = (
    "ENGLISH", "ARABIC", "PERSIAN", "HEBREW", "TURKISH", "RUSSIAN", "UKRAINIAN", "FRENCH", "SPANISH", "PORTUGUESE",
    "GERMAN", "ITALIAN", "DUTCH", "POLISH", "CHINESE", "JAPANESE", "KOREAN", "HINDI", "URDU", "SWAHILI", "SERBIAN",
    "SOMALI",
)  # fmt: skip
"""The languages told apart, by lingua's names: those in which the covered conflicts are mostly reported."""

_FUNCTION_WORDS = (
    "the and of to that with for from by which their they has have were been this said who after on at as its his "
    "would had not are is was it be will in a an against into over than when more"
)
_TELLING_WORDS = "the and that with from which their they have been said after would will against when"
_ENGLISH = frozenset(_FUNCTION_WORDS.split())
_ONLY_ENGLISH = frozenset(_TELLING_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 1200
_LEAST_LETTERS = 12
_SHORT = 120
"""Up to so many letters lingua needs its full models (its manual, "high accuracy mode versus low accuracy mode")."""
_LEAST_SURE = 0.6
_NEARLY = 0.6
"""Where no language is sure and English at least so likely against the first, it is taken for English: headlines full of names."""


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the language of `text`, or "und" where it is too short or not one of LANGUAGES.

    Texts whose words are at least a sixth English function words, two of them unknown to other languages, are
    English without further ado. Everything else goes to lingua (Stahl 2024, n-gram models).
    """
    words = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    function_words = sum(word in _ENGLISH for word in words)
    telling = sum(word in _ONLY_ENGLISH for word in words)
    if function_words * 6 >= len(words) and telling >= min(2, len(words) // 12 + 1):
        return "en"
    if sum(map(len, words)) < _LEAST_LETTERS:
        return "und"
    ranked = _detector(sum(map(len, words)) <= _SHORT).compute_language_confidence_values(text[:_SAMPLE])
    likely = {found.language.iso_code_639_1.name.lower(): found.value for found in ranked}
    best = max(likely, key=likely.__getitem__)
    if likely[best] >= _LEAST_SURE:
        return best
    return "en" if likely["en"] > _NEARLY * likely[best] else "und"


@cache
def _detector(short: bool) -> "LanguageDetector":
    from lingua import Language, LanguageDetectorBuilder

    builder = LanguageDetectorBuilder.from_languages(*(getattr(Language, name) for name in LANGUAGES))
    return (builder if short else builder.with_low_accuracy_mode()).build()
