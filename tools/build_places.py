"""Build the gazetteer file and say what is in it: `python tools/build_places.py FOLDER [--overlay FOLDER]`."""

import argparse
import sqlite3
import time
from pathlib import Path

from sitroom.catalogues.gazetteer_build import ensure_gazetteer


def main() -> None:
    """Build into the given folder, unless it is there already, and print counts by kind."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path, help="where the gazetteer file goes")
    options.add_argument(
        "--overlay", type=Path, help="a folder of further places, same notation as catalogues/places"
    )
    given = options.parse_args()
    started = time.perf_counter()
    path = ensure_gazetteer(given.folder, given.overlay)
    print(f"{path}: {path.stat().st_size / 1e6:.0f} MB, {time.perf_counter() - started:.1f} s")
    with sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True) as connection:
        for kind, count in connection.execute(
            "SELECT kind, count(*) FROM place GROUP BY kind ORDER BY 2 DESC"
        ):
            print(f"  {kind:8} {count:>8,}")
        (names,) = connection.execute("SELECT count(*) FROM name").fetchone()
        print(f"  {'names':8} {names:>8,}")


if __name__ == "__main__":
    main()
