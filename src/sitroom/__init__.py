"""sitroom reads reports about a conflict into a room in which every answer leads back to its sentence."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitroom.app.room import Room

__all__ = ["__version__", "open"]
__version__ = "0.1.0"


def open(path: str | Path) -> "Room":
    """Open the room at `path` (made by the first `read`): `sitroom.open("iran.room").incidents(actor="Israel")`."""
    from sitroom.app.room import Room

    return Room(path)
