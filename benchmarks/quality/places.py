"""Share of place mentions put within 50 km of the right spot, on our own labelled sentences (`places.csv`).

Expected coordinates were written down by hand, to about 0.1 degree, before the resolver was tuned; rows whose hash is odd
are the check half, not looked at while tuning. Rows without coordinates must stay unresolved.
"""

import argparse
import csv
import hashlib
import math
import tempfile
from collections import defaultdict
from pathlib import Path

from sitroom.catalogues.gazetteer import open_gazetteer
from sitroom.catalogues.gazetteer_build import ensure_gazetteer
from sitroom.language.places import Mention, resolve_places

LIMIT_KM = 50.0
CASES = Path(__file__).with_suffix(".csv")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "sitroom-gazetteer")
    options.add_argument("--hide-check", action="store_true", help="list no misses of the check half")
    given = options.parse_args()
    gazetteer = open_gazetteer(ensure_gazetteer(given.cache))
    shares: dict[str, list[bool]] = defaultdict(list)
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        start = row["sentence"].lower().index(row["mention"].lower())
        mention = Mention.of(row["sentence"], start, start + len(row["mention"]))
        focus = {code: 1.0 / (1 + nr) for nr, code in enumerate(filter(None, row["countries"].split(";")))}
        (place,) = resolve_places([mention], focus, gazetteer)
        half = "check" if hashlib.sha256(row["sentence"].encode()).digest()[0] % 2 else "tuning"
        if not row["lat"]:
            right, gap = place is None, math.nan
        elif place is None or place.lat is None or place.lon is None:
            right, gap = False, math.inf
        else:
            gap = distance_km(float(row["lat"]), float(row["lon"]), place.lat, place.lon)
            right = gap <= LIMIT_KM
        for name in ("overall", half, f"{half}: {(place.precision if place else 'unresolved')}"):
            shares[name].append(right)
        if not right and not (half == "check" and given.hide_check):
            got = (
                f"{place.name} ({place.lat}, {place.lon}, {place.country}, {place.precision})"
                if place
                else "unresolved"
            )
            print(
                f"miss [{half}] {row['mention']!r} ({row['countries']}): {gap:.0f} km, expected {row['name']}, got {got}"
            )
    countries = {code for row in rows for code in row["countries"].split(";")[:1] if code}
    print(f"\n{len(rows)} mentions, {len(countries)} countries, right within {LIMIT_KM:.0f} km:")
    for name, marks in sorted(shares.items(), key=lambda pair: (pair[0] != "overall", pair[0])):
        print(f"  {name:24} {sum(marks) / len(marks):.3f}  ({sum(marks)} of {len(marks)})")


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance by the haversine formula."""
    a, b = math.radians(lat), math.radians(other_lat)
    part = (
        math.sin((a - b) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(lon - other_lon) / 2) ** 2
    )
    return 12742.0 * math.asin(math.sqrt(part))


if __name__ == "__main__":
    main()
