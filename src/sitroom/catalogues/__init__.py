"""What we know before reading: actors, acts, the lexicon, places, games. Nothing is loaded at import."""

from pathlib import Path

from sitroom.catalogues.actors import Actors, Finding, NameUse, load_actors
from sitroom.catalogues.check import Description, check_catalogue, describe
from sitroom.catalogues.entries import ActorEntry, Role
from sitroom.catalogues.plover import Acts, ActType, Cameo, from_cameo, load_acts, load_cameo

__all__ = [
    "ActType",
    "ActorEntry",
    "Actors",
    "Acts",
    "Cameo",
    "Description",
    "Finding",
    "NameUse",
    "Role",
    "bundled",
    "check_catalogue",
    "describe",
    "from_cameo",
    "load_actors",
    "load_acts",
    "load_cameo",
]


def bundled() -> Path:
    """The folder of the catalogues that come with sitroom."""
    return Path(__file__).parent
