import random
from datetime import UTC, date, datetime
from pathlib import Path

from situation_making import (
    ASSAD,
    DAMASCUS,
    HOMS,
    IRAN,
    ISRAEL,
    RUSSIA,
    SDF,
    SYRIA,
    SYRIA_PLACE,
    TURKEY,
    USA,
    Held,
    day,
    event,
    relation,
    statement,
)  # fmt: skip

from sitroom.evidence.duckdb_store import DuckDBStore
from sitroom.evidence.records import pack
from sitroom.situation import assess
from sitroom.situation.exports import as_geojson, as_graphml
from sitroom.situation.rows import COLUMNS, Asked, rows
from sitroom.vocabulary import Coded, Judgement, Period, Report, Situation

EVENTS = [
    event("ASSAULT", [ISRAEL], [SYRIA], place=HOMS, killed=3.0, report="report-a", known="2018-05-11"),
    event("ASSAULT", [ISRAEL], [SYRIA], place=HOMS, killed=5.0, report="report-b", known="2018-05-12"),
    event("AGREE", [RUSSIA, TURKEY], when="2018-09-17", words="Russia and Turkey agree on a truce", report="report-b", known="2018-09-18", start=300),
    event("RETREAT", [USA], when="2018-12-19", mode="withdraw", place=SYRIA_PLACE, report="report-c", known="2018-12-19"),
    event("MOBILIZE", [USA], when="2022-03-01", mode="troops", place=SYRIA_PLACE, report="report-d", known="2022-03-22"),
    event("CONSULT", [ASSAD], [RUSSIA], when="2018-05-17", place=DAMASCUS, report="report-a", known="2018-05-18", start=100),
]  # fmt: skip
STATEMENTS = [
    statement(ISRAEL, "demands", "that Iran withdraw its forces", report="report-a", target=IRAN),
    statement(SYRIA, "denies", "the raid", about=EVENTS[:1], report="report-b"),
]
RELATIONS = [
    relation(IRAN, "backs", ASSAD, report="report-a"), relation(SDF, "controls", place=HOMS, report="report-c"),
    relation(IRAN, "rival-of", ISRAEL, report="report-b"),
]  # fmt: skip


def held(seed: int | None = None) -> Held:
    view = Held(
        [*EVENTS],
        [*STATEMENTS],
        [*RELATIONS],
        [Report(f"report-{n}", n, "text", publisher="P") for n in "abcd"],
    )
    if seed is not None:
        for records in (view.made_events, view.made_statements, view.made_relations, view.made_reports):
            random.Random(seed).shuffle(records)
    return view


def coded() -> list[Coded]:
    found = []
    for number, name in enumerate("abcd"):
        id = f"report-{name}"
        text = f"Report {name} tells something of its own. " + " ".join(f"word{number}{n}" for n in range(60))
        known = max([one.known_by for one in EVENTS if one.report == id and one.known_by])
        records = [tuple(one for one in kind if one.report == id) for kind in (EVENTS, STATEMENTS, RELATIONS)]
        found.append(
            Coded(Report(id, name, text, publisher=f"P{number}", published=Period.day(known)), *records)
        )
    return found


def in_store(path: Path, batches: list[list[Coded]]) -> Situation:
    for batch in batches:
        with DuckDBStore(path, write=True) as store, store.writer() as writer:
            for one in batch:
                writer.add(one)
    with DuckDBStore(path) as store:
        return assess(store.view())


def test_the_order_of_evidence_does_not_change_a_byte() -> None:
    expected = pack(assess(held()))
    assert {pack(assess(held(seed))) for seed in range(5)} == {expected}


def test_one_read_or_several_in_any_order_give_one_situation(tmp_path: Path) -> None:
    a, b, c, d = coded()
    at_once = pack(in_store(tmp_path / "one.room", [[a, b, c, d]]))
    assert pack(in_store(tmp_path / "two.room", [[d, b], [c], [a]])) == at_once
    assert pack(in_store(tmp_path / "three.room", [[c], [a, d], [a, b]])) == at_once, (
        "a report read twice changes nothing"
    )


def test_the_situation_holds_every_kind() -> None:
    found = assess(held())
    assert found.incidents
    assert found.ties
    assert found.presences
    assert found.agreements
    assert found.positions
    assert {one.kind for one in found.contradictions} >= {"denial", "number", "presence"}
    assert len(found.incidents) == 5, "the raid told by two reports is one"


def test_what_happened_later_is_left_out() -> None:
    found = assess(held(), date(2018, 12, 31))
    assert found.on == date(2018, 12, 31)
    assert max(one.period.start for one in found.incidents if one.period.start) == day("2018-12-19")
    assert "presence" not in {one.kind for one in found.contradictions}


def test_a_judgement_counts_and_is_reversible() -> None:
    view = held()
    ids = tuple(one.id for one in EVENTS[:2])
    view.made_judgements = [Judgement("j1", ids, "not-same", "me", datetime(2024, 1, 1, tzinfo=UTC))]
    assert len(assess(view).incidents) == 6
    view.made_judgements.append(Judgement("j2", ids, "same", "me", datetime(2024, 1, 2, tzinfo=UTC)))
    assert len(assess(view).incidents) == 5


def test_an_empty_room_has_an_empty_situation() -> None:
    assert assess(Held()) == Situation(None, None)


def test_rows_have_their_columns_and_narrow() -> None:
    found = assess(held())
    for kind, columns in COLUMNS.items():
        every = rows(kind, found)
        assert every
        assert all(tuple(row) == columns for row in every)
    assert {row["actor"] for row in rows("positions", found, Asked(actors=frozenset({"ISR"})))} == {"Israel"}
    assert {row["place"] for row in rows("presence", found, Asked(places=frozenset({"homs"})))} == {"Homs"}
    assert rows("ties", found, Asked(actors=frozenset({"nobody"}))) == []
    assert rows("presence", found, Asked(since=date(2030, 1, 1))) == []


def test_other_tools_can_read_it() -> None:
    import networkx as nx

    found = assess(held())
    graph = nx.parse_graphml(as_graphml(found), force_multigraph=True)
    assert graph.number_of_edges() == len(found.ties)
    assert graph.nodes["IRN"]["label"] == "Iran"
    shapes = as_geojson(found)["features"]
    assert [36.72, 34.73] in [shape["geometry"]["coordinates"] for shape in shapes], "longitude comes first"
