"""The numbered layouts of a room: which one it has, and bringing it to the newest."""

from pathlib import Path

import duckdb

from sitroom.errors import StoreFault, StoreTooNew

FOLDER = Path(__file__).with_name("layouts")


def layouts(folder: Path = FOLDER) -> list[tuple[int, str]]:
    """Number and SQL of every layout step, in order."""
    return [(int(file.name.split("_")[0]), file.read_text()) for file in sorted(folder.glob("*.sql"))]


def version_of(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """The layout number of an open room; 0 for an empty file. Raises `StoreFault` where it holds something else."""
    names = {str(name) for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not names:
        return 0
    if "layout" not in names:
        raise StoreFault(f"{path} is a DuckDB file but not a room", hint="name a .room file, or a new file")
    row = connection.execute("SELECT coalesce(max(version), 0) FROM layout").fetchone()
    return int(row[0]) if row else 0


def check_not_newer(version: int, path: Path, folder: Path = FOLDER) -> None:
    """Raise `StoreTooNew` where this sitroom does not know the layout."""
    newest = layouts(folder)[-1][0]
    if version > newest:
        raise StoreTooNew(
            f"{path} has layout {version}, this sitroom knows layouts up to {newest}",
            hint="install the newest sitroom",
        )


def bring_up_to_date(connection: duckdb.DuckDBPyConnection, path: Path, folder: Path = FOLDER) -> None:
    """Run the steps that the room lacks, all in one transaction."""
    version = version_of(connection, path)
    check_not_newer(version, path, folder)
    missing = [(number, sql) for number, sql in layouts(folder) if number > version]
    if not missing:
        return
    connection.execute("BEGIN")
    if version == 0:
        connection.execute("CREATE TABLE layout (version INTEGER)")
    for number, sql in missing:
        connection.execute(sql)
        connection.execute("INSERT INTO layout VALUES (?)", [number])
    connection.execute("COMMIT")
