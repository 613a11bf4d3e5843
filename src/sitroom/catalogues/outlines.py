"""The outlines of land and borders that maps are drawn on."""

from functools import cache
from pathlib import Path

PATH = Path(__file__).parent / "places" / "outlines.txt"
Ring = tuple[tuple[float, float], ...]
"""The corners of a closed line, each as latitude and longitude in degrees."""


@cache
def load_outlines() -> tuple[Ring, ...]:
    """The land of each country as closed lines, at a scale of 1:110 million: to find one's way, not to settle a border."""
    return tuple(
        tuple((int(lat) / 100, int(lon) / 100) for lon, lat in (corner.split(",") for corner in line.split()))
        for line in PATH.read_text(encoding="ascii").splitlines()
    )
