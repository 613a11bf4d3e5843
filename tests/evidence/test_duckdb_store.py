"""The DuckDB room: the contract, and what can go wrong with a file."""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest
from store_contract import MAY, StoreContract, add, make_coded

from sitroom.errors import SitroomError, StoreBusy, StoreFault, StoreTooNew
from sitroom.evidence import Store, open_store
from sitroom.evidence.faults import fault, translated
from sitroom.evidence.layout import layouts


class TestDuckDB(StoreContract):
    @pytest.fixture
    def open_room(self, tmp_path: Path) -> Callable[[], Store]:
        return lambda: open_store(tmp_path / "a.room", write=True)


def in_another_process(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def all_errors(kind: type[Exception] = duckdb.Error) -> list[type[Exception]]:
    return [kind] + [deeper for below in kind.__subclasses__() for deeper in all_errors(below)]


@pytest.mark.parametrize(
    "kind", [*all_errors(), OSError, PermissionError, MemoryError], ids=lambda kind: kind.__name__
)
def test_no_foreign_error_gets_out(kind: type[Exception], tmp_path: Path) -> None:
    with pytest.raises(StoreFault) as caught, translated(tmp_path / "a.room"):
        raise kind("something happened")
    assert caught.value.hint
    assert "a.room" in caught.value.what


def test_there_are_duckdb_errors_to_walk() -> None:
    assert len(all_errors()) > 10


def test_our_own_errors_pass(tmp_path: Path) -> None:
    with pytest.raises(SitroomError, match="mine"), translated(tmp_path):
        raise SitroomError("mine", hint="")


def test_a_locked_room_names_the_process(tmp_path: Path) -> None:
    path = tmp_path / "a.room"
    with open_store(path, write=True):
        for write in (True, False):
            found = in_another_process(
                """
                import sys
                from pathlib import Path
                from sitroom.errors import StoreBusy
                from sitroom.evidence import open_store
                try:
                    open_store(Path(sys.argv[1]), write=sys.argv[2] == "True")
                except StoreBusy as error:
                    print(error.what)
                """,
                str(path),
                str(write),
            )
            assert f"process {os.getpid()}" in found.stdout, found.stderr


def test_many_may_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.room"
    with open_store(path, write=True) as store:
        add(store, MAY)
    with open_store(path), open_store(path) as second:
        assert second.view().counts()["events"] == 1


def test_reading_and_writing_in_one_process_is_busy(tmp_path: Path) -> None:
    path = tmp_path / "a.room"
    with open_store(path, write=True), pytest.raises(StoreBusy, match=str(os.getpid())):
        open_store(path)


def test_no_room_there(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="no room") as caught:
        open_store(tmp_path / "none.room")
    assert "sitroom read" in caught.value.hint
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StoreFault, match="folder"):
        open_store(tmp_path / "nowhere" / "a.room", write=True)


@pytest.mark.parametrize(
    "content", [b"", b"Dear diary,\n" * 2000, os.urandom(40_000)], ids=["empty", "text", "binary"]
)
@pytest.mark.parametrize("write", [True, False])
def test_not_a_room(tmp_path: Path, content: bytes, write: bool) -> None:
    path = tmp_path / "notes.room"
    path.write_bytes(content)
    with pytest.raises(StoreFault, match="not a room"):
        open_store(path, write=write)
    assert path.read_bytes() == content


def test_a_folder_is_not_a_room(tmp_path: Path) -> None:
    with pytest.raises(StoreFault):
        open_store(tmp_path, write=True)


def test_another_duckdb_file_is_not_a_room(tmp_path: Path) -> None:
    path = tmp_path / "shop.room"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE orders (id INTEGER)")
    for write in (True, False):
        with pytest.raises(StoreFault, match="not a room"):
            open_store(path, write=write)


def test_a_room_from_a_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "a.room"
    open_store(path, write=True).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO layout VALUES (99)")
    for write in (True, False):
        with pytest.raises(StoreTooNew, match="99"):
            open_store(path, write=write)


def test_a_file_from_a_newer_duckdb() -> None:
    said = duckdb.IOException(
        "IO Error: Trying to read a database file with version number 999, but we can only read 64."
    )
    assert isinstance(fault(Path("a.room"), said), StoreTooNew)


def test_an_older_layout_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "a.room"
    with duckdb.connect(str(path)) as connection:
        connection.execute("SELECT 1")
    with open_store(path) as store:
        assert store.view().counts()["reports"] == 0


def test_layouts_are_numbered_without_gaps() -> None:
    assert [number for number, _ in layouts()] == list(range(1, len(layouts()) + 1))


def test_a_read_only_folder(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    path = tmp_path / "shut" / "a.room"
    path.parent.mkdir()
    path.parent.chmod(0o500)
    with pytest.raises(StoreFault, match="may not"):
        open_store(path, write=True)
    path.parent.chmod(0o700)


def test_permission_denied_says_so() -> None:
    said = duckdb.IOException('IO Error: Cannot open file "/x/a.room": Permission denied')
    assert "permissions" in fault(Path("a.room"), said).hint
    assert "may not" in fault(Path("a.room"), OSError(30, "Read-only file system")).what


def test_a_full_disk_is_reported_and_the_room_stays_good(tmp_path: Path) -> None:
    path = tmp_path / "a.room"
    open_store(path, write=True).close()
    found = in_another_process(
        """
        import resource, signal, sys
        from datetime import date
        from pathlib import Path
        sys.path.insert(0, sys.argv[2])
        from store_contract import make_coded
        from sitroom.errors import StoreFault
        from sitroom.evidence import open_store
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = Path(sys.argv[1]).stat().st_size + 300_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        store = open_store(Path(sys.argv[1]), write=True)
        try:
            with store.writer() as writer:
                for n in range(2000):
                    writer.add(make_coded(f"r{n}", date(2018, 5, 1), text=f"Jets {n * n} hit depot {n}. " * 30))
        except StoreFault as error:
            print(error.what, "|", error.hint)
        """,
        str(path),
        str(Path(__file__).parent),
    )
    assert "disk is full" in found.stdout, found.stdout + found.stderr
    with open_store(path, write=True) as store:
        counts = store.view().counts()
        assert 0 < counts["reports"] == counts["events"] == counts["statements"] < 2000
        add(store, make_coded("after", date(2018, 5, 1)))
        assert store.view().counts()["reports"] == counts["reports"] + 1


def test_a_killed_writer_leaves_whole_reports(tmp_path: Path) -> None:
    path = tmp_path / "a.room"
    in_another_process(
        """
        import os, sys
        from datetime import date
        from pathlib import Path
        sys.path.insert(0, sys.argv[2])
        from store_contract import make_coded
        from sitroom.evidence import duckdb_store, open_store
        insert = duckdb_store.DuckDBWriter._insert
        def dying(self, table, rows):
            insert(self, table, rows)
            if table == "statements" and rows[0]["known_by"] == date(2018, 5, 7):
                os.kill(os.getpid(), 9)
        duckdb_store.DuckDBWriter._insert = dying
        with open_store(Path(sys.argv[1]), write=True).writer() as writer:
            for n in range(1, 20):
                writer.add(make_coded(f"r{n}", date(2018, 5, n), text=f"Jets hit depot number {n}."))
        """,
        str(path),
        str(Path(__file__).parent),
    )
    with open_store(path) as store:
        counts = store.view().counts()
        assert (counts["reports"], counts["events"], counts["statements"], counts["relations"]) == (
            6,
            6,
            6,
            6,
        )
    with open_store(path, write=True) as store:
        add(
            store,
            *(
                make_coded(f"r{n}", date(2018, 5, n), text=f"Jets hit depot number {n}.")
                for n in range(1, 20)
            ),
        )
        assert store.view().counts()["events"] == 19


def test_a_copied_room_opens(tmp_path: Path) -> None:
    path = tmp_path / "a.room"
    with open_store(path, write=True) as store:
        add(store, MAY)
    shutil.copy(path, tmp_path / "b.room")
    with open_store(tmp_path / "b.room") as store:
        assert store.view().counts()["events"] == 1
    assert not [file for file in tmp_path.iterdir() if re.match(r"\..*room", file.name)]
