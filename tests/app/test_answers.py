"""What the faces may ask: filters, answers, tables, exports."""

import csv
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import stub_coder

import sitroom
from sitroom.app.contract import event_fields, fields_of, figures_fields
from sitroom.app.filters import Filters, actor_keys, find_actors, place_keys, select
from sitroom.app.room import Room
from sitroom.app.tables import COLUMNS, SHORT, figure_words
from sitroom.catalogues import ActorEntry, Actors
from sitroom.errors import BadInput, NotFound, StoreFault, UnknownName
from sitroom.vocabulary import Figure

CATALOGUE = Actors(
    [
        ActorEntry(id="ISR", name="Israel", kind="state", country="ISR", adjectives=("Israeli",)),
        ActorEntry(id="ISR.MIL", name="Israel Defense Forces", kind="army", aliases=("IDF",), part_of="ISR"),
        ActorEntry(id="IRN", name="Iran", kind="state", country="IRN"),
        ActorEntry(id="IRN.IRGC", name="IRGC", kind="army", part_of="IRN"),
        ActorEntry(id="IRN.IRGC.QF", name="Quds Force", kind="army", part_of="IRN.IRGC"),
        ActorEntry(id="SYR", name="Syria", kind="state", country="SYR"),
        ActorEntry(id="hezbollah", name="Hezbollah", kind="armed-group", aliases=("Party of God",)),
    ]
)


@pytest.fixture
def room(tmp_path: Path, reports: Path) -> Room:
    room = sitroom.open(tmp_path / "a.room")
    room.__dict__["actors_known"] = CATALOGUE
    room.read(reports, make_coder=stub_coder.make)
    return room


def test_actors_include_their_parts() -> None:
    assert {"IRN", "IRN.IRGC", "IRN.IRGC.QF", "IRN/MIL"} <= set(actor_keys("Iran", CATALOGUE))
    assert "IRN/MIL" not in actor_keys("IRGC", CATALOGUE)
    assert "IRN.IRGC.QF" in actor_keys("irgc", CATALOGUE)
    assert "hezbollah" not in actor_keys("Iran", CATALOGUE)


def test_actors_are_found_by_id_name_alias_and_adjective() -> None:
    for name in ("ISR", "isr", "Israel", "ISRAEL", "israeli"):
        assert [entry.id for entry in find_actors(name, CATALOGUE)] == ["ISR"]
    assert [entry.id for entry in find_actors("party of god", CATALOGUE)] == ["hezbollah"]
    assert find_actors("the unheard of", CATALOGUE) == []
    assert actor_keys("The Unheard Of", CATALOGUE) == ("the unheard of",)


def test_places_are_found_whatever_the_spelling() -> None:
    assert "deirezzor" in place_keys("Deir ez-Zor")
    assert set(place_keys("Bukamal")) & set(place_keys("al-Bukamal"))
    assert "SYR" in place_keys("syr")


def test_an_empty_window_is_refused() -> None:
    with pytest.raises(BadInput, match="empty"):
        select(Filters(since=date(2020, 1, 2), until=date(2020, 1, 1)), lambda: CATALOGUE)


def test_the_catalogue_is_not_loaded_without_need() -> None:
    def fail() -> Actors:
        raise AssertionError

    assert select(Filters(act="ASSAULT/aerial", place="Homs"), fail).modes == ("aerial",)


@pytest.mark.parametrize(
    ("filters", "places"),
    [
        ({}, ["Damascus", "Homs", "Kuneitra"]),
        ({"actor": "Israel"}, ["Damascus", "Homs"]),
        ({"actor": "israeli"}, ["Damascus", "Homs"]),
        ({"recipient": "Iran"}, ["Kuneitra"]),
        ({"about": "Iran"}, ["Kuneitra"]),
        ({"about": "Homs"}, ["Homs"]),
        ({"about": "gunmen"}, ["Kuneitra"]),
        ({"place": "damascus"}, ["Damascus"]),
        ({"place": "SYR"}, ["Damascus", "Homs", "Kuneitra"]),
        ({"act": "ASSAULT"}, ["Damascus", "Homs", "Kuneitra"]),
        ({"act": "assault/aerial"}, ["Damascus", "Homs", "Kuneitra"]),
        ({"act": "AGREE"}, []),
        ({"since": "2018-05-11"}, ["Homs", "Kuneitra"]),
        ({"until": date(2018, 5, 10)}, ["Damascus"]),
        ({"as_of": "2018-05-31"}, ["Damascus", "Homs"]),
        ({"known_by": date(2018, 5, 10)}, ["Damascus"]),
        ({"modality": "denied"}, []),
        ({"limit": 2}, ["Damascus", "Homs"]),
    ],
)
def test_filters(room: Room, filters: dict[str, Any], places: list[str]) -> None:
    assert [event.place.name for event in room.events(**filters) if event.place] == places


def test_unknown_filters_and_bad_days(room: Room) -> None:
    with pytest.raises(BadInput, match="colour"):
        room.events(colour="red")
    with pytest.raises(BadInput, match="soon"):
        room.events(since="soon")
    with pytest.raises(BadInput, match="never"):
        room.events(known_by="never")  # type: ignore[arg-type]


def test_incidents_actors_places_reports(room: Room) -> None:
    assert len(room.incidents()) == 3
    assert {(row["name"], row["acts"], row["received"], row["says"]) for row in room.rows("actors")} == {
        ("Israel", 2, 0, 0), ("Syria", 0, 2, 1), ("Gunmen", 1, 0, 0), ("Iran", 0, 1, 0), ("Russia", 0, 0, 1),
    }  # fmt: skip
    assert [row["name"] for row in room.rows("places", actor="Israel")] == ["Damascus", "Homs"]
    assert [row["name"] for row in room.rows("reports", since="2018-05-11")] == ["two.txt", "three.txt"]
    with pytest.raises(UnknownName):
        room.rows("smells")


@pytest.mark.parametrize("kind", ["events", "statements", "relations", "incidents"])
def test_tables(room: Room, kind: str) -> None:
    answer = getattr(room, kind)()
    assert len(answer) > 0
    assert answer.to_arrow().column_names == list(COLUMNS[kind])
    assert list(answer.to_polars().columns) == list(COLUMNS[kind])
    assert len(answer.to_pandas()) == len(answer)
    assert all(set(row) == set(COLUMNS[kind]) for row in answer.rows())


@pytest.mark.parametrize("kind", ["actors", "places", "reports"])
def test_rows_have_the_columns_they_should(room: Room, kind: str) -> None:
    for row in room.rows(kind):
        assert set(row) == set(COLUMNS[kind])


def test_short_columns_are_columns() -> None:
    assert all(set(SHORT[kind]) <= set(COLUMNS[kind]) for kind in SHORT)


def test_why(room: Room) -> None:
    event = room.events()[0]
    found = room.why(event.id)
    assert found.sentence == "Israel attacked Syria in Damascus."
    assert {(part.role, part.words) for part in found.parts} == {
        ("actor", "Israel"), ("recipient", "Syria"), ("place", "Damascus"),
    }  # fmt: skip
    incident = room.incidents()[0]
    told = room.why(incident.id)
    assert {reason.trace.record.id for reason in told.rests_on} == set(incident.events)
    with pytest.raises(NotFound):
        room.why("incident-0000")


def test_judging(room: Room) -> None:
    event, other, _ = room.events()
    made = room.judge(event.id[:14], verdict="wrong", by="ana", why="misread", at=datetime(2026, 1, 1))
    assert made.about == (event.id,)
    assert len(room.events()) == 2
    assert len(room.events(wrong=True)) == 3
    assert room.why(event.id).judgements == (made,)
    room.judge(event.id, verdict="right", by="ana", at=datetime(2026, 1, 2))
    assert len(room.events()) == 3
    room.judge(event.id, other.id, verdict="same", by="ana")
    for about, verdict in (((event.id, other.id), "wrong"), ((event.id,), "same"), ((event.id,), "perhaps")):
        with pytest.raises(BadInput):
            room.judge(*about, verdict=verdict, by="ana")
    with pytest.raises(NotFound):
        room.judge("event-none", verdict="wrong", by="ana")


def test_no_room_there(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="no room"):
        sitroom.open(tmp_path / "none.room").events()


@pytest.mark.parametrize("to", ["jsonl", "csv", "parquet", "geojson"])
def test_export(room: Room, tmp_path: Path, to: str) -> None:
    counts = {path.stem: count for path, count in room.export(tmp_path / "out", to)}
    assert counts["events"] == 3
    assert not list((tmp_path / "out").glob("*.part"))
    path = tmp_path / "out" / f"events.{to}"
    if to == "jsonl":
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        assert [line["report"] for line in lines] == ["one.txt", "two.txt", "three.txt"]
    elif to == "csv":
        with path.open() as file:
            assert [row["actors"] for row in csv.DictReader(file)] == ["Israel", "Israel", "Gunmen"]
    elif to == "parquet":
        import polars

        assert polars.read_parquet(path)["lat"].to_list() == [33.51, 34.73, 33.12]
    else:
        features = json.loads(path.read_text())["features"]
        assert features[0]["geometry"] == {"type": "Point", "coordinates": [36.29, 33.51]}


def test_export_to_a_bad_place(room: Room, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput):
        list(room.export(tmp_path / "file", "csv"))
    with pytest.raises(UnknownName):
        list(room.export(tmp_path / "out", "xml"))


CONTRACT = {
    "report", "id", "type", "mode", "contexts", "score", "actors", "recipients", "place", "places", "date", "known_by",
    "historical", "modality", "attributed_to", "numbers", "sentence", "start", "end", "rule", "confidence",
}  # fmt: skip


def test_the_contract_of_coded_events(room: Room) -> None:
    event = room.events()[0]
    report = room.why(event.id).report
    fields = event_fields(event, report)
    assert set(fields) == CONTRACT
    assert fields["date"] == {"from": "2018-05-10", "to": "2018-05-10", "basis": event.period.basis}
    assert fields["place"]["lat"] == 33.51
    assert report.text[fields["start"] : fields["end"]] == fields["sentence"]
    json.dumps(fields)


def test_numbers_in_the_contract() -> None:
    figures = (
        Figure("killed", 3.0, 3.0, "soldiers"),
        Figure("killed", None, 2.5, "people"),
        Figure("distance", 70, 80, "", "km"),
    )
    assert figures_fields(figures) == {
        "killed": {"min": 3, "max": 3, "who": "soldiers"},
        "killed_2": {"min": None, "max": 2.5, "who": "people"},
        "distance": {"min": 70, "max": 80, "who": "", "unit": "km"},
    }


def test_unknown_what() -> None:
    with pytest.raises(UnknownName):
        fields_of(None, "songs")  # type: ignore[arg-type]


def test_figures_in_words() -> None:
    assert figure_words("killed", 3, 3, "soldiers") == "killed 3 soldiers"
    assert figure_words("wounded", 5, None, "") == "wounded at least 5"
    assert figure_words("forces", 10, 20, "men") == "forces 10 to 20 men"
    assert figure_words("killed", None, None, "") == "killed some"
