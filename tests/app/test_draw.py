from datetime import date
from xml.dom import minidom

from sitroom.app.draw import draw_map, draw_network, draw_timeline
from sitroom.catalogues.outlines import load_outlines
from sitroom.vocabulary import Actor, Incident, Period, Place, Presence, Tie

ISRAEL, IRAN = Actor("Israel & <friends>", "ISR"), Actor("Iran", "IRN")
HOMS = Place("Homs", "1", 34.7, 36.7, "SYR")


def incident(
    number: int, place: Place | None = HOMS, day: date | None = date(2018, 5, 10), score: float = -9.0
) -> Incident:
    period = Period.day(day) if day else Period(None, None)
    return Incident(
        f"incident-{number}",
        "ASSAULT",
        None,
        score,
        (ISRAEL,),
        (IRAN,),
        place,
        period,
        "reported",
        1,
        ("e",),
        ("r",),
        (),
        (),
        "A & B",
    )


def tie(source: Actor, target: Actor, sign: int = -1) -> Tie:
    return Tie(
        f"tie-{source.key}{target.key}",
        source,
        target,
        "rival-of",
        sign,
        Period(None, None),
        float(sign),
        (0, 0, 0, 0),
        0.0,
        ("r",),
        0.5,
    )


def titles(svg: str) -> list[str]:
    return [node.firstChild.data for node in minidom.parseString(svg).getElementsByTagName("title")]


def test_a_map_puts_north_up_and_east_right() -> None:
    north_east = Place("Raqqa", "2", 36.0, 39.0, "SYR")
    drawn = minidom.parseString(draw_map([incident(1), incident(2, north_east)]))
    spots = {
        node.getElementsByTagName("title")[0].firstChild.data.split(":")[0]: node
        for node in drawn.getElementsByTagName("circle")
    }
    assert float(spots["Raqqa"].getAttribute("cx")) > float(spots["Homs"].getAttribute("cx"))
    assert float(spots["Raqqa"].getAttribute("cy")) < float(spots["Homs"].getAttribute("cy"))


def test_drawings_are_well_formed_whatever_the_names_hold() -> None:
    presence = Presence("p", ISRAEL, HOMS, "based-at", Period(None, None), "reported", (), ("r",), (), 0.5)
    for svg in (
        draw_map([incident(1)], [presence]),
        draw_network([tie(ISRAEL, IRAN)]),
        draw_timeline([incident(1)]),
    ):
        assert len(titles(svg)) > 1
        assert "script" not in svg


def test_bad_terms_are_dashed_as_well_as_red() -> None:
    assert "stroke-dasharray" in draw_network([tie(ISRAEL, IRAN)])
    assert "stroke-dasharray" not in draw_network([tie(ISRAEL, IRAN, sign=1)])


def test_nothing_to_draw_says_so() -> None:
    assert "no place" in draw_map([incident(1, None)]).lower() or "place on the map" in draw_map(
        [incident(1, None)]
    )
    assert "No ties" in draw_network([])
    assert "day" in draw_timeline([incident(1, day=None)])


def test_the_same_records_give_the_same_drawing() -> None:
    ties = [
        tie(Actor(f"A{one}", f"a{one}"), Actor(f"A{other}", f"a{other}"))
        for one in range(6)
        for other in range(one)
    ]
    assert draw_network(ties) == draw_network(ties[::-1])
    many = [incident(number, Place(f"P{number}", str(number), 30 + number, 40.0)) for number in range(9)]
    assert draw_map(many) == draw_map(many[::-1])
    assert draw_timeline(many) == draw_timeline(many[::-1])


def test_land_near_the_incidents_is_drawn_and_land_far_away_is_not() -> None:
    near = ((32.0, 35.0), (37.0, 35.0), (37.0, 42.0), (32.0, 35.0))
    far = ((-30.0, -60.0), (-20.0, -60.0), (-20.0, -50.0), (-30.0, -60.0))
    assert draw_map([incident(1)], land=[near, far]).count("<polygon") == 1


def test_every_outline_is_a_closed_line_on_the_globe() -> None:
    for ring in load_outlines():
        assert ring[0] == ring[-1]
        assert all(-90 <= lat <= 90 and -180 <= lon <= 180 for lat, lon in ring)
