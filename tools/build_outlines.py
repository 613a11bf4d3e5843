"""Write the outlines of land and borders that maps are drawn on: `python tools/build_outlines.py COUNTRIES.shp`.

The file wanted is Natural Earth's 1:110m countries, as it lies for example in the `geopandas` 0.14 wheel (datasets).
"""

import argparse
import struct
from collections.abc import Iterator
from pathlib import Path

from sitroom.catalogues.outlines import PATH

POLYGON, HEADER = 5, 100


def main() -> None:
    """Write each ring as one line of longitude and latitude in hundredths of a degree."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shapes", type=Path, help="a shapefile of polygons in degrees")
    rings = list(rings_of(options.parse_args().shapes.read_bytes()))
    lines = [" ".join(f"{round(lon * 100)},{round(lat * 100)}" for lon, lat in ring) for ring in rings]
    PATH.write_text("\n".join(lines) + "\n", encoding="ascii")
    print(f"{PATH}: {len(rings)} rings, {PATH.stat().st_size / 1e3:.0f} kB")


def rings_of(data: bytes) -> Iterator[list[tuple[float, float]]]:
    """The rings of every polygon of a shapefile (ESRI Shapefile Technical Description, 1998, page 8)."""
    at = HEADER
    while at < len(data):
        (words,) = struct.unpack_from(">i", data, at + 4)
        kind, parts, points = (
            *struct.unpack_from("<i", data, at + 8),
            *struct.unpack_from("<2i", data, at + 44),
        )
        if kind == POLYGON:
            starts = struct.unpack_from(f"<{parts}i", data, at + 52)
            numbers = struct.unpack_from(f"<{2 * points}d", data, at + 52 + 4 * parts)
            pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
            for start, end in zip(starts, [*starts[1:], points], strict=True):
                yield pairs[start:end]
        at += 8 + 2 * words


if __name__ == "__main__":
    main()
