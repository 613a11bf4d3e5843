"""One happening, one incident: what is put together and what is kept apart."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sitroom.situation import find_incidents
from sitroom.situation.incidents import distance_km
from sitroom.vocabulary import Actor, Event, Period, Place, Quote

ISRAEL = Actor("Israel", "ISR", country="ISR", sector="GOV")
IDF = Actor("IDF", "ISR.MIL", country="ISR", sector="MIL")
SYRIA = Actor("Syria", "SYR", country="SYR", sector="GOV")
HOMS = Place("Homs", "1", 34.73, 36.71, "SYR")
NEAR_HOMS = Place("Talbiseh", "2", 34.84, 36.73, "SYR")
DAMASCUS = Place("Damascus", "3", 33.51, 36.29, "SYR")
ALL_SYRIA = Place("Syria", "4", 35.0, 38.0, "SYR", precision="country")
DAY = date(2018, 5, 10)


def an_event(id: str, **changes: Any) -> Event:
    event = Event(
        id=id, report=f"report-{id}", type="ASSAULT", mode="aerial", contexts=(), score=-9.0, actors=(ISRAEL,),
        recipients=(SYRIA,), place=HOMS, places=(HOMS,), period=Period.day(DAY), known_by=DAY, historical=False,
        modality="asserted", attribution=None, figures=(), quote=Quote(f"report-{id}", 0, 1, id), rule="r", confidence=0.8,
    )  # fmt: skip
    return replace(event, **changes)


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"actors": (IDF,)}, True),
        ({"place": NEAR_HOMS}, True),
        ({"place": ALL_SYRIA}, True),
        ({"place": None}, True),
        ({"mode": None}, True),
        ({"period": Period.day(date(2018, 5, 11))}, True),
        ({"period": Period.day(date(2018, 5, 13))}, False),
        ({"period": Period(date(2018, 5, 10), date(2018, 7, 10))}, False),
        ({"place": DAMASCUS}, False),
        ({"actors": (SYRIA,)}, False),
        ({"recipients": ()}, False),
        ({"mode": "firearms"}, False),
        ({"type": "THREATEN"}, False),
    ],
)
def test_what_is_one_incident(changes: dict[str, Any], same: bool) -> None:
    events = [an_event("a"), an_event("b", **changes)]
    found = find_incidents(events)
    assert len(found) == (1 if same else 2)
    assert find_incidents(events[::-1]) == found
    assert sorted(id for incident in found for id in incident.events) == ["a", "b"]


def test_background_is_no_incident() -> None:
    assert find_incidents([an_event("a", historical=True)]) == ()


def test_independent_reports_are_counted_once() -> None:
    [incident] = find_incidents([an_event("a"), an_event("b", report="report-a"), an_event("c")])
    assert incident.independent == 2
    assert incident.events == ("a", "b", "c")


@pytest.mark.parametrize(
    ("modalities", "status"),
    [
        (("asserted",), "reported"),
        (("alleged",), "claimed"),
        (("denied",), "denied"),
        (("asserted", "denied"), "contested"),
        (("planned-or-possible",), "expected"),
        (("hypothetical",), "hypothetical"),
    ],
)
def test_status(modalities: tuple[Any, ...], status: str) -> None:
    [incident] = find_incidents(
        [an_event(str(n), modality=modality) for n, modality in enumerate(modalities)]
    )
    assert incident.status == status


def test_distance() -> None:
    assert distance_km(33.51, 36.29, 34.73, 36.71) == pytest.approx(141, abs=2)
    assert distance_km(0, 179.5, 0, -179.5) == pytest.approx(111.2, abs=0.5)
