"""Reports in, evidence out: what is skipped, known, folded, and what survives a kill."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
import stub_coder

import sitroom
from sitroom.app import intake
from sitroom.app.engines import ENGINES, code_in_processes
from sitroom.app.finding import find_reports
from sitroom.app.room import Room
from sitroom.errors import BadInput, SitroomError, UnknownName, UnreadableReport
from sitroom.evidence import open_store
from sitroom.vocabulary import Report

HERE = Path(__file__).parent


def a_report(name: str, text: str, **changes: str) -> Report:
    return Report(f"report-{name}", name, text, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_reading_a_folder(tmp_path: Path, reports: Path, engine: str) -> None:
    room = Room(tmp_path / "a.room")
    summary = room.read(reports, make_coder=stub_coder.make, engine=engine)
    assert summary.results == {"read": 3}
    assert (summary.events, summary.statements, summary.relations) == (3, 2, 1)
    assert summary.unresolved == {("actor", "Gunmen"): 1}
    assert [event.actors[0].name for event in room.events()] == ["Israel", "Israel", "Gunmen"]


def test_reading_twice_adds_nothing(tmp_path: Path, reports: Path) -> None:
    room = Room(tmp_path / "a.room")
    room.read(reports, make_coder=stub_coder.make)
    before = room.counts()
    summary = room.read(reports, reports / "one.txt", make_coder=stub_coder.make)
    assert summary.results == {"known": 4}
    assert summary.problems == []
    assert room.counts() == before


def test_the_same_report_twice_in_one_run(tmp_path: Path, reports: Path) -> None:
    (reports / "again.txt").write_bytes((reports / "one.txt").read_bytes())
    summary = Room(tmp_path / "a.room").read(reports, make_coder=stub_coder.make)
    assert summary.results == {"read": 3, "known": 1}


def test_bad_inputs_are_listed_and_the_run_goes_on(tmp_path: Path, reports: Path) -> None:
    (reports / "empty.txt").write_text("")
    (reports / "broken.txt").write_text("EXPLODE now, said the officer to the waiting men.")
    (reports / "refused.txt").write_text("REFUSE this, said the officer to the waiting men.")
    summary = Room(tmp_path / "a.room").read(reports, tmp_path / "nowhere.txt", make_coder=stub_coder.make)
    assert summary.results == {"read": 3, "skipped": 4}
    why = {Path(step.name).name: step.why for step in summary.problems}
    assert set(why) == {"empty.txt", "broken.txt", "refused.txt", "nowhere.txt"}
    assert "ValueError: this text breaks the coder" in why["broken.txt"]
    assert all(step.hint for step in summary.problems)


def test_what_could_not_be_coded_is_tried_again(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.room", write=True) as store:
        broken = a_report("r", "EXPLODE")
        for _ in range(2):
            [step] = intake.read(store, [broken], stub_coder.make)
            assert step.result == "skipped"
        assert store.view().counts()["reports"] == 0


def test_other_languages_are_kept_but_not_coded(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.room", write=True) as store:
        french = a_report("fr", "Israel attacked Syria in Damas.", language="fr")
        [step] = intake.read(store, [french], stub_coder.make)
        assert (step.result, step.why) == ("not-coded", "not English: fr")
        counts = store.view().counts()
        assert (counts["reports"], counts["events"]) == (1, 0)


def test_reprints_are_folded(tmp_path: Path) -> None:
    text = (
        "Israel attacked Syria in Damascus. The blast was heard in the whole of the old town and in the villages beyond. "
        "A shopkeeper near the eastern gate said that his windows broke and that people ran into the cellars at once."
    )
    with open_store(tmp_path / "a.room", write=True) as store:
        steps = list(
            intake.read(store, [a_report("a", text), a_report("b", text + " (Agency)")], stub_coder.make)
        )
        assert [step.result for step in steps] == ["read", "folded"]
        assert store.view().counts()["events"] == 1


def test_a_catalogue_of_errors_reaches_the_summary() -> None:
    step = intake.Step("x", "skipped", why="x: broken", hint="mend it")
    summary = intake.summarise([step, intake.Step("y", "known", why="in the room already")])
    assert (summary.inputs, summary.in_the_room, summary.problems) == (2, 1, [step])


def test_unknown_engine(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.room", write=True) as store, pytest.raises(UnknownName, match="warp"):
        list(intake.read(store, [], stub_coder.make, engine="warp"))


def test_nothing_to_read() -> None:
    with pytest.raises(BadInput):
        list(find_reports([]))


def test_a_missing_path_is_found_out(tmp_path: Path) -> None:
    [problem] = find_reports([tmp_path / "nowhere"])
    assert isinstance(problem, UnreadableReport)


def test_few_reports_wait_for_the_processes() -> None:
    taken = 0

    def endless() -> "object":
        nonlocal taken
        while True:
            taken += 1
            yield a_report(str(taken), "Israel attacked Syria in Homs.")

    coded = code_in_processes(endless(), stub_coder.make, 2)  # type: ignore[arg-type]
    for _ in range(3):
        next(coded)
    assert taken <= 5 * 8
    coded.close()


def test_a_dead_process_is_reported() -> None:
    with pytest.raises(SitroomError, match="died"):
        list(code_in_processes(iter([a_report("r", "DIE")]), stub_coder.make, 1))


def many_reports(folder: Path, number: int) -> Path:
    folder.mkdir()
    for n in range(number):
        (folder / f"r{n:03}.txt").write_text(
            f"date 2019-01-{1 + n % 28:02}\n\nIsrael attacked Syria in Homs. It was raid number {n}."
        )
    return folder


SLOW_READ = """
    import sys
    sys.path.insert(0, sys.argv[3])
    import stub_coder
    from sitroom.app.room import Room
    if __name__ == "__main__":
        for step in Room(sys.argv[1]).reading(sys.argv[2], make_coder=stub_coder.make_slow, engine=sys.argv[4]):
            print(step.name, flush=True)
"""


def start_reading(tmp_path: Path, folder: Path, engine: str) -> "subprocess.Popen[str]":
    script = tmp_path / "slow_read.py"
    script.write_text(textwrap.dedent(SLOW_READ))
    paths = [str(tmp_path / "a.room"), str(folder), str(HERE), engine]
    source = str(Path(sitroom.__file__).parents[1])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([source, str(HERE)])}
    return subprocess.Popen(
        [sys.executable, str(script), *paths], stdout=subprocess.PIPE, text=True, env=environment
    )


@pytest.mark.parametrize("engine", ["serial", "processes"])
def test_a_kill_in_the_middle_loses_nothing_that_was_said_to_be_read(tmp_path: Path, engine: str) -> None:
    folder = many_reports(tmp_path / "many", 80)
    reading = start_reading(tmp_path, folder, engine)
    assert reading.stdout
    told = [reading.stdout.readline() for _ in range(20)]
    reading.send_signal(signal.SIGKILL)
    reading.wait()
    reading.stdout.close()
    room = Room(tmp_path / "a.room")
    counts = room.counts()
    assert len(told) <= counts["reports"] < 80
    assert counts["events"] == counts["reports"]
    summary = room.read(folder, make_coder=stub_coder.make)
    assert summary.results["known"] == counts["reports"]
    assert room.counts() | {"reports": 80, "events": 80} == room.counts()


def test_ctrl_c_keeps_what_was_read(tmp_path: Path) -> None:
    folder = many_reports(tmp_path / "many", 80)
    reading = start_reading(tmp_path, folder, "processes")
    assert reading.stdout
    for _ in range(20):
        reading.stdout.readline()
    reading.send_signal(signal.SIGINT)
    reading.wait(timeout=30)
    reading.stdout.close()
    assert 20 <= Room(tmp_path / "a.room").counts()["reports"] < 80


def test_two_reads_at_once(tmp_path: Path) -> None:
    folder = many_reports(tmp_path / "many", 60)
    first = start_reading(tmp_path, folder, "serial")
    assert first.stdout
    first.stdout.readline()
    second = Room(tmp_path / "a.room")
    with pytest.raises(sitroom.errors.StoreBusy, match=str(first.pid)):
        second.read(folder, make_coder=stub_coder.make)
    first.kill()
    first.wait()
    first.stdout.close()
    time.sleep(0.1)
    assert second.read(folder, make_coder=stub_coder.make).inputs == 60
