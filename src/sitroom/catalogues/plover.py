"""Which acts there are: the PLOVER 2.0 ontology, and how CAMEO codes map to it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from sitroom.errors import CatalogueFault, UnknownName

HERE = Path(__file__).parent
Known = TypeVar("Known")
Scheme = Literal["manual", "plv"]


@dataclass(frozen=True, slots=True)
class Quad:
    """One of the four classes: verbal or material, cooperation or conflict. `number` is 1 to 4."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Mode:
    """A finer kind of a type. `score` is None where the manual gives none; the type's score then holds."""

    name: str
    gloss: str
    score: float | None


@dataclass(frozen=True, slots=True)
class ActType:
    """One of the 16 types. `score` runs from -10 (conflict) to +10 (cooperation): Table 2.2 of the PLOVER 2.0 manual.

    `goldstein` is the older frequency-weighted mean Goldstein weight; `label` the name in the PLV data (CONCEDE and
    RETREAT are one label there, YIELD); `turned` the type under future, negation or both, by scheme.
    """

    name: str
    quad: int
    definition: str
    score: float
    goldstein: float
    requires_recipient: bool
    label: str
    modes: Mapping[str, Mode]
    turned: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Sector:
    """A role in society: GOV, MIL, REB and so on. `frequent` as the manual divides them."""

    name: str
    gloss: str
    frequent: bool


@dataclass(frozen=True, slots=True)
class DoubtfulCase:
    """A ruling on a doubtful case: when this, then that; `source` is the part of the manual it comes from."""

    id: str
    when: str
    then: str
    source: str


@dataclass(frozen=True, slots=True)
class Acts:
    """The ontology. Every lookup of an unknown name raises UnknownName with the known ones."""

    version: str
    quads: Mapping[int, Quad]
    types: Mapping[str, ActType]
    auxiliary_modes: Mapping[str, str]
    contexts: Mapping[str, str]
    sectors: Mapping[str, Sector]
    special_countries: Mapping[str, str]
    partly_recognised: Mapping[str, str]
    doubtful_cases: Mapping[str, DoubtfulCase]

    def type(self, name: str) -> ActType:
        """Return the type, as `type("ASSAULT")`."""
        return _known("act", name, self.types)

    def mode(self, type: str, name: str) -> Mode:
        """Return a mode of a type, as `mode("ASSAULT", "aerial")`."""
        return _known(f"mode of {type}", name, self.type(type).modes)

    def check(self, type: str, mode: str | None = None) -> None:
        """Raise UnknownName unless the type exists and has the mode."""
        if mode is None:
            self.type(type)
        else:
            self.mode(type, mode)

    def score(self, type: str, mode: str | None = None) -> float:
        """The conflict-cooperation score, -10 to +10: of the mode where it has one, else of the type."""
        finer = self.mode(type, mode).score if mode is not None else None
        return self.type(type).score if finer is None else finer

    def quad(self, type: str) -> Quad:
        """The quad class of a type."""
        return self.quads[self.type(type).quad]

    def context(self, name: str) -> str:
        """Return the gloss of a context."""
        return _known("context", name, self.contexts)

    def sector(self, name: str) -> Sector:
        """Return a sector."""
        return _known("sector", name, self.sectors)

    def turn(
        self, type: str, *, future: bool = False, negated: bool = False, scheme: Scheme = "manual"
    ) -> str | None:
        """What an act counts as when it has not happened yet, did not happen, or will not happen.

        `manual` follows the text of the PLOVER 2.0 manual: a type, or None where it codes no event. `plv` follows the
        label table of the zero-shot PLOVER paper (Hu et al. 2024), on which the PLV data rest: a PLV label.
        """
        known = self.type(type)
        plain = type if scheme == "manual" else known.label
        if not future and not negated:
            return plain
        case = {(True, False): "future", (False, True): "negated", (True, True): "negated_future"}[
            future, negated
        ]
        return known.turned[scheme].get(case)


@dataclass(frozen=True, slots=True)
class CameoAct:
    """What a CAMEO code is in PLOVER 2.0."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cameo:
    """The mapping from CAMEO codes; None marks codes that PLOVER has no type for (public statements)."""

    codes: Mapping[str, CameoAct | None]

    def act(self, code: str) -> CameoAct | None:
        """Return the act of a code as GDELT and ICEWS write it ("0831", "19"); an unlisted code falls to its parent.

        A root that the table does not list ("19") stands for its unspecified code ("190"). Raises UnknownName.
        """
        written = code.strip()
        for length in range(len(written), 1, -1):
            part = written[:length]
            for listed in (part, f"{part}0") if length == 2 else (part,):
                if listed in self.codes:
                    return self.codes[listed]
        raise UnknownName("CAMEO code", code, {listed[:2] for listed in self.codes})


def load_acts(folder: Path = HERE) -> Acts:
    """Read `acts.toml` of a catalogue folder. Raises CatalogueFault."""
    path = folder / "acts.toml"
    tables = _read(path)
    try:
        return Acts(
            version=tables["meta"]["version"],
            quads={row["id"]: Quad(row["id"], row["name"]) for row in tables["quad"]},
            types={row["name"]: _act_type(row) for row in tables["type"]},
            auxiliary_modes=dict(tables["auxiliary_modes"]),
            contexts=dict(tables["contexts"]),
            sectors={
                name: Sector(name, gloss, name in tables["meta"]["frequent_sectors"])
                for name, gloss in tables["sectors"].items()
            },
            special_countries=dict(tables["special_countries"]),
            partly_recognised=dict(tables["partly_recognised"]),
            doubtful_cases={row["id"]: DoubtfulCase(**row) for row in tables["doubtful_case"]},
        )
    except (KeyError, TypeError) as error:
        raise CatalogueFault(
            f"{path}: missing or wrong part: {error}", hint="compare with the bundled acts.toml"
        ) from error


def load_cameo(folder: Path = HERE) -> Cameo:
    """Read `cameo.toml` of a catalogue folder. Raises CatalogueFault."""
    path = folder / "cameo.toml"
    try:
        return Cameo(
            {
                code: CameoAct(row["type"], row.get("mode"), tuple(row.get("contexts", ()))) if row else None
                for code, row in _read(path)["cameo"].items()
            }
        )
    except (KeyError, TypeError) as error:
        raise CatalogueFault(
            f"{path}: missing or wrong part: {error}", hint="compare with the bundled cameo.toml"
        ) from error


def from_cameo(code: str) -> tuple[str, str | None] | None:
    """Return the PLOVER type and mode of a CAMEO code by the bundled mapping; None where PLOVER has no type for it.

    Raises UnknownName.
    """
    act = _bundled_cameo().act(code)
    return (act.type, act.mode) if act else None


@cache
def _bundled_cameo() -> Cameo:
    return load_cameo()


def _act_type(row: Mapping[str, Any]) -> ActType:
    return ActType(
        name=row["name"],
        quad=row["quad"],
        definition=row["definition"],
        score=row["score"],
        goldstein=row["goldstein"],
        requires_recipient=row["requires_recipient"],
        label=row["label"],
        modes={
            name: Mode(name, mode["gloss"], mode.get("score")) for name, mode in row.get("modes", {}).items()
        },
        turned={"manual": row["turned"], "plv": row["turned_plv"]},
    )


def _known(kind: str, name: str, known: Mapping[str, Known]) -> Known:
    try:
        return known[name]
    except KeyError:
        raise UnknownName(kind, name, known) from None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogueFault(f"{path} cannot be opened: {error.strerror}", hint="check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueFault(f"{path} is not readable as TOML: {error}", hint="mend that line") from error
