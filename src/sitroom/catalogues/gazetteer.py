"""Places by name: a read-only SQLite gazetteer that forgives transliteration."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self, get_args

from anyascii import anyascii

from sitroom.errors import CatalogueFault, UnknownName
from sitroom.vocabulary.world import Precision

PlaceKind = Literal["country", "admin1", "capital", "city", "region", "water", "site", "line"]
Direction = Literal[
    "north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest", "central"
]

LAYOUT = 3
"""Number of the file's layout; a gazetteer of another layout is built anew."""

_ARTICLES = frozenset(
    ("al", "el", "ul", "ad", "ar", "as", "ash", "at", "an", "az", "ez", "es", "er", "ed", "et", "en", "adh", "ath", "a",
     "the", "la", "le", "les", "los", "las")
)  # fmt: skip
_SIBILANT = re.compile(r"sch|tch|[cs]h")
_PLAIN = (("kh", "K"), ("dh", "d"), ("gh", "g"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("x", "ks"))
_SILENT_H = re.compile(r"[ae]h(?![aeiouyw])")
_VOWEL_I = re.compile(r"(?:[ae]?[iy]|ee|ie)+")
_VOWEL_U = re.compile(r"(?:[ao]?[uw]|o)+")
_LETTERS = str.maketrans("qce", "kka")
_DOUBLE = re.compile(r"(.)\1+")
_APOSTROPHES = re.compile(r"['’‘`´ʼʻʿʾ]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def exact_key(name: str) -> str:
    """Lower case, without diacritics, apostrophes and punctuation: `Ḩamāh` gives `hamah`.

    Equal exact keys mean the same spelling.
    """
    plain = _APOSTROPHES.sub("", name)
    if not plain.isascii():
        plain = _APOSTROPHES.sub("", anyascii(plain))
    return _NOT_WORD.sub(" ", plain.lower()).strip()


@lru_cache(maxsize=65536)
def match_key(name: str) -> str:
    """Fold what transliterations disagree on: articles, long vowels, doubled letters, q/k, dh/d, gh/g and the like.

    `Deir ez-Zor`, `Dayr az Zawr` and `Deir al-Zour` share one key; so do `Kyiv` and `Kiev`, `Sweida` and
    `As-Suwayda`. Equal match keys mean the same name is likely; different places may share one.
    """
    return fold_key(exact_key(name))


def fold_key(exact: str) -> str:
    """The match key of a name whose exact key is at hand."""
    words = exact.split()
    folded = "".join([word for word in words if word not in _ARTICLES]) or "".join(words)
    folded = (
        _SIBILANT.sub("S", folded).replace("dzh", "J").replace("zh", "J").replace("dj", "J").replace("j", "J")
    )
    for letters, put in _PLAIN:
        folded = folded.replace(letters, put)
    folded = _VOWEL_I.sub("i", _SILENT_H.sub("a", folded))
    folded = _DOUBLE.sub(r"\1", _VOWEL_U.sub("u", folded).translate(_LETTERS))
    return folded[:-1] if len(folded) > 1 and folded[-1] == "h" else folded


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place of the gazetteer: degrees (WGS 84), country ISO 3166 alpha-3, population in persons (0: unknown).

    `admin1` is the name of the first-level unit, None where the gazetteer does not name it; `reach` the typical
    distance from the centre to the rim, in km (0 for a point). `spelling` says how well the looked-up name fits: 2 the main name,
    1 another recorded spelling, 0 only after folding. `countries` are all countries of a place that spans several.
    """

    id: str
    name: str
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    precision: Precision
    population: int
    kind: PlaceKind
    reach: float = 0.0
    spelling: int = 2
    countries: tuple[str, ...] = ()


_SELECT = (
    "SELECT n.exact, n.main, p.id, p.name, p.lat, p.lon, p.country, p.admin1, p.precision, p.population, p.kind,"
    " p.reach, p.countries FROM name n JOIN place p ON p.nr = n.place WHERE n.key = ? ORDER BY n.weight DESC LIMIT 160"
)


class Gazetteer:
    """Names to places, from one SQLite file opened read-only; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            (layout,) = self._connection.execute("PRAGMA user_version").fetchone()
        except sqlite3.Error as error:
            raise CatalogueFault(
                f"{path} is no gazetteer: {error}", hint="delete the file; it is built anew on the next run"
            ) from None
        if layout != LAYOUT:
            raise CatalogueFault(
                f"{path} has gazetteer layout {layout}, this sitroom reads {LAYOUT}",
                hint="delete the file; it is built anew on the next run",
            )
        self.lookup = lru_cache(maxsize=100_000)(self._lookup)
        self.border = lru_cache(maxsize=10_000)(self._border)
        self._countries = {entry.id: entry for entry in self._read_countries()}
        if "XKX" in self._countries:
            self._countries["KOS"] = self._countries["XKX"]
        self._adjectives = dict(self._connection.execute("SELECT word, country FROM adjective"))
        self._common = frozenset(word for (word,) in self._connection.execute("SELECT word FROM common"))

    def _lookup(self, name: str) -> tuple[PlaceEntry, ...]:
        """Places called `name`, best first: main name, other spelling, folded spelling; then importance."""
        exact = exact_key(name)
        key = fold_key(exact)
        best: dict[str, PlaceEntry] = {}
        for row in self._connection.execute(_SELECT, (key,)):
            spelling = (2 if row[1] else 1) if row[0] == exact else 0
            known = best.get(row[2])
            if known is None or known.spelling < spelling:
                best[row[2]] = _entry(row[2:], spelling)
        return tuple(sorted(best.values(), key=lambda entry: -min(entry.spelling, 1)))

    def _read_countries(self) -> Iterator[PlaceEntry]:
        rows = self._connection.execute(
            "SELECT id, name, lat, lon, country, admin1, precision, population, kind, reach, countries"
            " FROM place WHERE kind = 'country'"
        )
        return (_entry(row, 2) for row in rows)

    def country(self, iso3: str) -> PlaceEntry:
        """The country with this ISO 3166 alpha-3 code (Kosovo: XKX, or PLOVER's KOS). Raises UnknownName."""
        try:
            return self._countries[iso3]
        except KeyError:
            raise UnknownName("country", iso3, known=self._countries) from None

    def has_country(self, iso3: str) -> bool:
        """True for a code that `country` knows."""
        return iso3 in self._countries

    def capital(self, iso3: str) -> PlaceEntry | None:
        """The capital of a country, None where the gazetteer marks none."""
        row = self._connection.execute(
            "SELECT id, name, lat, lon, country, admin1, precision, population, kind, reach, countries"
            " FROM place WHERE kind = 'capital' AND country = ?",
            (iso3,),
        ).fetchone()
        return _entry(row, 2) if row else None

    def country_of_adjective(self, word: str) -> str | None:
        """ISO 3166 alpha-3 of `Syrian`, `Lebanese`; None for any other word."""
        return self._adjectives.get(exact_key(word))

    def is_common_word(self, name: str) -> bool:
        """True for place names that are everyday words or names first of all: `Nice`, `Reading`, `Mercy`."""
        return exact_key(name) in self._common

    def part(self, place: PlaceEntry, direction: Direction) -> tuple[float, float] | None:
        """Centre (lat, lon) of that part of a country or first-level unit; None where too few places are known."""
        row = self._connection.execute(
            "SELECT lat, lon FROM part WHERE place = ? AND direction = ?", (place.id, direction)
        ).fetchone()
        return (row[0], row[1]) if row else None

    def _border(self, one: str, other: str) -> tuple[float, float] | None:
        """Middle (lat, lon) of the land border between two countries (alpha-3); None where they share none."""
        first, second = sorted((one, other))
        row = self._connection.execute(
            "SELECT lat, lon FROM border WHERE one = ? AND other = ?", (first, second)
        ).fetchone()
        return (row[0], row[1]) if row else None

    def __len__(self) -> int:
        """The number of places."""
        (count,) = self._connection.execute("SELECT count(*) FROM place").fetchone()
        return int(count)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Use as a context manager closes the file at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _entry(row: tuple[object, ...], spelling: int) -> PlaceEntry:
    *fields, countries = row
    return PlaceEntry(*fields, spelling, tuple(str(countries).split()) if countries else ())  # type: ignore[arg-type, call-arg]


def open_gazetteer(path: Path) -> Gazetteer:
    """Open a gazetteer built by `gazetteer_build.ensure_gazetteer`. Raises CatalogueFault."""
    return Gazetteer(path)


DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
