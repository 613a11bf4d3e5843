"""Which reports are near copies of one another: reprints and light edits, by MinHash signatures that the store keeps.

Broder (1997), "On the resemblance and containment of documents"; banding after Leskovec, Rajaraman and Ullman,
"Mining of Massive Datasets", section 3.4. Whether two reports are copies depends on the two alone, and the one that
stands for its copies is the earliest known: so the order of reading does not matter.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt

from sitroom.vocabulary import Period, Report

PERMUTATIONS = 128
BANDS = 32
SHINGLE_WORDS = 3
ALIKE = 0.6
SAME_NAMES = 0.85
DAYS_APART = 3

_WORD = re.compile(r"\w+")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_NAME = re.compile(r"\b[A-Z][\w'’-]+")
_NUMBER = re.compile(
    r"\b(?:\d[\d.,]*\d|\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores|hundreds?|thousands?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signature:
    """What two texts are compared by: `hashes` estimate the shared word triples, `facts` are its names and numbers."""

    report: str
    hashes: bytes
    facts: tuple[str, ...]

    def bands(self) -> list[int]:
        """Keys of which two similar texts share at least one."""
        width = len(self.hashes) // BANDS
        pieces = (self.hashes[i * width : (i + 1) * width] for i in range(BANDS))
        return [hash_bytes(bytes([i]) + piece) for i, piece in enumerate(pieces)]


def hash_bytes(piece: bytes) -> int:
    """A stable 64-bit hash."""
    return int.from_bytes(hashlib.blake2b(piece, digest_size=8).digest(), "little")


def sign(report: Report) -> Signature | None:
    """The signature of a report; None where it has too few words to compare."""
    words = [word.lower() for word in _WORD.findall(report.text)]
    triples = {" ".join(words[i : i + SHINGLE_WORDS]).encode() for i in range(len(words) - SHINGLE_WORDS + 1)}
    if not triples:
        return None
    return Signature(report.id, sketch(triples).tobytes(), facts(report.text))


def sketch(triples: Iterable[bytes]) -> npt.NDArray[np.uint32]:
    """The least hash of the triples under each of `PERMUTATIONS` affine maps of 32-bit numbers, the same on every machine.

    The hashes are the first 32 bits of SHA-1, mixed by the finaliser of MurmurHash3 (Appleby 2011). Stored signatures rest
    on this: it must not change.
    """
    hashes = np.frombuffer(b"".join([hashlib.sha1(one).digest()[:4] for one in triples]), "<u4").copy()
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        hashes ^= hashes >> np.uint32(shift)
        hashes *= np.uint32(factor)
    hashes ^= hashes >> np.uint32(16)
    factors, summands = _affine_maps()
    found: npt.NDArray[np.uint32] = (hashes[:, None] * factors + summands).min(axis=0)
    return found.astype("<u4")


@cache
def _affine_maps() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    chance = np.random.RandomState(1)
    factors = chance.randint(0, 1 << 31, PERMUTATIONS, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, chance.randint(0, 1 << 32, PERMUTATIONS, dtype=np.uint32)


def facts(text: str) -> tuple[str, ...]:
    """The capitalised words and the numbers of a text, in order of the alphabet; times of day are left out."""
    text = _CLOCK.sub(" ", text)
    numbers = {"#" + number.lower() for number in _NUMBER.findall(text)}
    return tuple(sorted({name.lower() for name in _NAME.findall(text)} | numbers))


def similarity(one: Signature, other: Signature) -> float:
    """The estimated share of word triples that two texts have in common, 0 to 1."""
    left = np.frombuffer(one.hashes, dtype="<u4")
    right = np.frombuffer(other.hashes, dtype="<u4")
    return float(np.mean(left == right))


def same_facts(one: Signature, other: Signature) -> bool:
    """True when no number differs and hardly any name: a daily statement with new figures is news, not a reprint."""
    for sign_of, least in (("#", 1.0), ("", SAME_NAMES)):
        left = {fact for fact in one.facts if fact.startswith("#") == bool(sign_of)}
        right = {fact for fact in other.facts if fact.startswith("#") == bool(sign_of)}
        smaller = min(len(left), len(right))
        if smaller and len(left & right) / smaller < least:
            return False
    return True


def copy_similarity(
    one: Signature, other: Signature, one_published: Period | None, other_published: Period | None
) -> float | None:
    """How similar two reports are if one is a near copy of the other, else None."""
    if one_published and other_published and not one_published.overlaps(other_published, DAYS_APART):
        return None
    shared = similarity(one, other)
    return round(shared, 4) if shared >= ALIKE and same_facts(one, other) else None


def representatives(
    pairs: Iterable[tuple[str, str, float]], known_by: Mapping[str, date | None]
) -> dict[str, tuple[str, float]]:
    """For every copy the report that stands for it, and how similar the closest of its kin is.

    Copies of copies belong together. The earliest known stands for all; undated ones come last, ties go by id.
    """
    parent: dict[str, str] = {}
    closest: dict[str, float] = {}

    def root(report: str) -> str:
        while parent.setdefault(report, report) != report:
            parent[report] = parent[parent[report]]
            report = parent[report]
        return report

    def rank(report: str) -> tuple[date, str]:
        return known_by.get(report) or date.max, report

    for one, other, shared in pairs:
        for report in (one, other):
            closest[report] = max(shared, closest.get(report, 0.0))
        first, second = sorted((root(one), root(other)), key=rank)
        parent[second] = first
    return {report: (root(report), closest[report]) for report in sorted(parent) if root(report) != report}
