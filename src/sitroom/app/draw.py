"""Maps, networks and timelines of a situation as SVG text: drawn here, readable without a script, printable, offline.

Every function is pure: the same records give the same drawing. Shapes carry a title that a pointer shows and a screen
reader reads; colour is never the only sign (dashes, shapes and words say the same).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

import networkx as nx

from sitroom.catalogues.outlines import Ring
from sitroom.vocabulary import Incident, Place, Presence, Tie

CONFLICT, COOPERATION, NEUTRAL, INK, FAINT = "#b2182b", "#2166ac", "#666666", "#222222", "#d9d9d9"
WATER, LAND, BORDER = "#eef3f7", "#fbfaf6", "#b5b0a6"
LABELLED = 14
MOST_NODES = 30
LANES = 8
LETTER = 6.2
"""About how wide a letter is at 11 pixels."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Something on the map: where, how heavy, what it says."""

    lat: float
    lon: float
    name: str
    weight: float
    score: float
    says: str
    square: bool


def draw_map(
    incidents: Sequence[Incident],
    presences: Sequence[Presence] = (),
    land: Sequence[Ring] = (),
    width: int = 760,
    height: int = 520,
) -> str:
    """Incidents as circles (larger: more of them), presences as squares, on land and a graticule, equirectangular.

    What has no coordinates is left out, and so is what lies only in a region larger than a country.
    """
    spots = _spots(incidents, presences)
    if not spots:
        return _empty("Nothing here has a place on the map.", width)
    frame = _Frame.around(spots, width, height)
    parts = [*_land(land, frame), *_graticule(frame)]
    for spot in sorted(spots, key=lambda one: (-one.weight, one.name, one.square)):
        x, y = frame.at(spot.lat, spot.lon)
        size, colour = _size(spot), _colour(spot.score)
        shape = (
            f'<rect x="{x - size:.1f}" y="{y - size:.1f}" width="{2 * size:.1f}" height="{2 * size:.1f}"'
            if spot.square
            else f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}"'
        )
        parts.append(
            f'{shape} fill="{colour}" fill-opacity="0.35" stroke="{colour}"><title>{escape(spot.says)}</title></{"rect" if spot.square else "circle"}>'
        )
    parts += _labels(spots, frame)
    key = "Circle: incidents, larger where there are more. Square: somebody present. Red: conflict, blue: cooperation."
    return _svg(
        width, height + 20, [*parts, _text(4, height + 14, key, size=10)], "Map of incidents and presences"
    )


def _size(spot: Spot) -> float:
    """Half the width of a spot: its area grows with the number of records."""
    return 3.5 + 2.5 * math.sqrt(spot.weight)


def _spots(incidents: Sequence[Incident], presences: Sequence[Presence]) -> list[Spot]:
    grouped: dict[tuple[str, bool], list[tuple[Place, float, str]]] = {}
    for incident in incidents:
        if _mapped(incident.place):
            assert incident.place is not None
            grouped.setdefault((incident.place.name, False), []).append(
                (incident.place, incident.score, incident.summary)
            )
    for one in presences:
        if _mapped(one.place):
            says = f"{one.actor.name} {one.kind} {one.place.name} ({one.status})"
            grouped.setdefault((one.place.name, True), []).append((one.place, 0.0, says))
    spots = []
    for (name, square), held in sorted(grouped.items()):
        place = held[0][0]
        mean = sum(score for _, score, _ in held) / len(held)
        told = [says for _, _, says in held[:4]] + ([f"and {len(held) - 4} more"] if len(held) > 4 else [])
        spots.append(
            Spot(
                place.lat or 0.0,
                place.lon or 0.0,
                name,
                float(len(held)),
                mean,
                f"{name}: " + " | ".join(told),
                square,
            )
        )
    return spots


def _mapped(place: Place | None) -> bool:
    if place is None or place.lat is None or place.lon is None:
        return False
    return place.role != "about" and place.precision != "region"


@dataclass(frozen=True, slots=True)
class _Frame:
    """The window on the world: degrees to pixels, longitudes shortened by the cosine of the middle latitude."""

    west: float
    north: float
    across: float
    down: float
    width: int
    height: int

    @classmethod
    def around(cls, spots: Sequence[Spot], width: int, height: int) -> "_Frame":
        lats, lons = sorted(spot.lat for spot in spots), sorted(spot.lon for spot in spots)
        trim = len(spots) // 20
        south, north = lats[trim], lats[-1 - trim]
        west, east = lons[trim], lons[-1 - trim]
        shrink = max(0.2, math.cos(math.radians((south + north) / 2)))
        tall = max(1.0, (north - south) * 1.25, (east - west) * 1.25 * shrink * height / width)
        wide = tall * width / height / shrink
        middle = (south + north) / 2, (west + east) / 2
        return cls(middle[1] - wide / 2, middle[0] + tall / 2, wide, tall, width, height)

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Pixels; what lies outside is put on the edge."""
        x, y = self.beyond(lat, lon)
        return min(max(x, 4.0), self.width - 4.0), min(max(y, 4.0), self.height - 4.0)

    def beyond(self, lat: float, lon: float) -> tuple[float, float]:
        """Pixels, also outside of the frame."""
        return (lon - self.west) / self.across * self.width, (self.north - lat) / self.down * self.height

    def meets(self, ring: Ring) -> bool:
        """True when the box round a ring overlaps the frame."""
        lats, lons = [lat for lat, _ in ring], [lon for _, lon in ring]
        high = min(lats) < self.north and max(lats) > self.north - self.down
        return high and min(lons) < self.west + self.across and max(lons) > self.west


def _land(land: Sequence[Ring], frame: _Frame) -> list[str]:
    """Countries as pale shapes on water."""
    parts = [f'<rect width="{frame.width}" height="{frame.height}" fill="{WATER}"/>']
    for ring in land:
        if frame.meets(ring):
            corners = " ".join("{:.0f},{:.0f}".format(*frame.beyond(lat, lon)) for lat, lon in ring)
            parts.append(f'<polygon points="{corners}" fill="{LAND}" stroke="{BORDER}" stroke-width="0.8"/>')
    return parts


def _graticule(frame: _Frame) -> list[str]:
    step = next((step for step in (0.25, 0.5, 1, 2, 5, 10, 20, 30) if frame.across / step <= 9), 45)
    parts = [f'<rect width="{frame.width}" height="{frame.height}" fill="none" stroke="{FAINT}"/>']
    lon = math.ceil(frame.west / step) * step
    while lon < frame.west + frame.across:
        x = (lon - frame.west) / frame.across * frame.width
        parts.append(f'<line x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="{frame.height}" stroke="{FAINT}"/>')
        parts.append(_text(x + 2, frame.height - 3, _degrees(lon, "E", "W"), size=9, colour=NEUTRAL))
        lon += step
    lat = math.ceil((frame.north - frame.down) / step) * step
    while lat < frame.north:
        y = (frame.north - lat) / frame.down * frame.height
        parts.append(f'<line x1="0" y1="{y:.1f}" x2="{frame.width}" y2="{y:.1f}" stroke="{FAINT}"/>')
        parts.append(_text(2, y - 2, _degrees(lat, "N", "S"), size=9, colour=NEUTRAL))
        lat += step
    return parts


def _degrees(value: float, plus: str, minus: str) -> str:
    return f"{abs(value):g}°{plus if value >= 0 else minus}"


def _labels(spots: Sequence[Spot], frame: _Frame) -> list[str]:
    """The names of the heaviest places, where they do not cover one another."""
    taken: list[tuple[float, float, float]] = []
    parts, named = [], set()
    for spot in sorted(spots, key=lambda one: (-one.weight, one.name, one.square)):
        x, y = frame.at(spot.lat, spot.lon)
        wide, off = len(spot.name) * LETTER, _size(spot) + 3
        if x + off + wide > frame.width:
            x -= wide + 2 * off
        covered = any(abs(y - other) < 12 and x < right and left < x + wide for left, right, other in taken)
        if spot.name in named or covered or len(taken) >= LABELLED:
            continue
        named.add(spot.name)
        taken.append((x, x + wide, y))
        parts.append(_text(x + off, y + 4, spot.name))
    return parts


def draw_network(ties: Sequence[Tie], width: int = 760, height: int = 560) -> str:
    """Actors and how they stand to one another: solid blue for good terms, dashed red for bad ones, thicker where stronger.

    At most 30 actors, those with most ties; pairs apart from all others are left out where there is more. Places are found by Kamada and Kawai's method (1989), so they do not depend on chance.
    """
    links = _links(ties)
    if not links:
        return _empty("No ties to draw.", width)
    graph = nx.Graph()
    names: dict[str, str] = {}
    degree: dict[str, int] = {}
    for (one, other), tie in links.items():
        names |= {tie.source.key: tie.source.name, tie.target.key: tie.target.name}
        for key in (one, other):
            degree[key] = degree.get(key, 0) + 1
    kept = set(sorted(degree, key=lambda key: (-degree[key], key))[:MOST_NODES])
    graph.add_nodes_from(sorted(kept))
    graph.add_edges_from(pair for pair in sorted(links) if set(pair) <= kept)
    groups = sorted(nx.connected_components(graph), key=lambda group: (-len(group), min(group)))
    kept = {key for group in groups if len(group) > 2 or group is groups[0] for key in group}
    places = _laid_out(graph.subgraph(kept), width, height)
    parts = []
    for (one, other), tie in sorted(links.items()):
        if one in kept and other in kept:
            (x1, y1), (x2, y2) = places[one], places[other]
            thick, dash = (
                1 + min(4.0, abs(tie.strength) / 3),
                ' stroke-dasharray="5 3"' if tie.sign < 0 else "",
            )
            says = f"{tie.source.name} {tie.kind} {tie.target.name}, strength {tie.strength:+.1f}"
            parts.append(
                f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{_colour(tie.sign)}" stroke-width="{thick:.1f}"'
                f'{dash} stroke-opacity="0.7"><title>{escape(says)}</title></line>'
            )
    for key in sorted(kept):
        x, y = places[key]
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{4 + math.sqrt(degree[key]):.1f}" fill="#ffffff" stroke="{INK}"><title>{escape(names[key])}, {degree[key]} ties</title></circle>'
        )
        left = x + 9 + len(names[key]) * LETTER > width
        parts.append(_text(x - 9 if left else x + 9, y + 4, names[key], anchor="end" if left else "start"))
    key_line = "Solid blue: good terms. Dashed red: bad terms. Grey: neither. Thicker: stronger."
    return _svg(width, height + 20, [*parts, _text(4, height + 14, key_line, size=10)], "Network of ties")


def _links(ties: Sequence[Tie]) -> dict[tuple[str, str], Tie]:
    """One tie for each pair: the record of acts where there is one, else the surest that reports state."""
    links: dict[tuple[str, str], Tie] = {}
    for tie in sorted(
        ties, key=lambda one: (one.kind != "record-of-acts", -abs(one.strength), -one.confidence, one.id)
    ):
        if tie.kind not in ("leads", "holds-office"):
            one, other = sorted((tie.source.key, tie.target.key))
            links.setdefault((one, other), tie)
    return links


def _laid_out(graph: nx.Graph, width: int, height: int) -> dict[str, tuple[float, float]]:
    """Each connected part in a strip of its own, wide as it has actors."""
    parts = sorted(
        (sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part)
    )
    places: dict[str, tuple[float, float]] = {}
    total, left = sum(len(part) + 1 for part in parts), 0.0
    for part in parts:
        span = width * (len(part) + 1) / total
        where = (
            nx.kamada_kawai_layout(graph.subgraph(part), pos=nx.circular_layout(part))
            if len(part) > 1
            else {part[0]: (0.0, 0.0)}
        )
        for key in part:
            x, y = where[key]
            places[key] = left + span * (0.5 + 0.4 * float(x)), height * (0.5 + 0.45 * float(y))
        left += span
    return places


def draw_timeline(incidents: Sequence[Incident], width: int = 760, most: int = 60) -> str:
    """Incidents along time, in a lane for each of the busiest sides: bars as long as their period, red above blue by score.

    The `most` heaviest by score and independent reports; what has no day is left out.
    """
    dated = [one for one in incidents if one.period.start and one.period.end and one.status != "hypothetical"]
    dated.sort(key=lambda one: (-abs(one.score) * one.independent, one.id))
    chosen = sorted(dated[:most], key=lambda one: (one.period.start or date.min, one.id))
    if not chosen:
        return _empty("Nothing here has a day.", width)
    lanes = _lanes(chosen)
    first = min(one.period.start for one in chosen if one.period.start)
    last = max(one.period.end for one in chosen if one.period.end)
    days, left, tall = max(1, (last - first).days), 150, 34
    scale = (width - left - 16) / days
    height = tall * len(lanes) + 30
    parts = [*_ticks(first, last, left, scale, height)]
    for row, (lane, told) in enumerate(lanes):
        y = row * tall + 18
        parts.append(_text(4, y + 5, lane[:24]))
        parts.append(f'<line x1="{left}" y1="{y}" x2="{width - 8}" y2="{y}" stroke="{FAINT}"/>')
        for one in told:
            assert one.period.start is not None
            assert one.period.end is not None
            x = left + (one.period.start - first).days * scale
            long = max(4.0, ((one.period.end - one.period.start).days + 1) * scale)
            top = y - 11 if one.score < 0 else y + 2
            dash = ' stroke-dasharray="3 2"' if one.status in ("expected", "contested", "denied") else ""
            parts.append(
                f'<rect x="{x:.1f}" y="{top}" width="{long:.1f}" height="9" fill="{_colour(one.score)}" fill-opacity="0.4"'
                f' stroke="{_colour(one.score)}"{dash}><title>{escape(one.summary)}</title></rect>'
            )
    key = "Above the line, red: conflict. Below, blue: cooperation. Dashed: expected, contested or denied. Length: the days it may have been."
    return _svg(width, height + 18, [*parts, _text(4, height + 12, key, size=10)], "Timeline of incidents")


def _lanes(incidents: Sequence[Incident]) -> list[tuple[str, list[Incident]]]:
    """The busiest actors with their incidents; the rest share a lane."""
    counted: dict[str, list[Incident]] = {}
    for one in incidents:
        counted.setdefault(one.actors[0].name if one.actors else "Unnamed", []).append(one)
    ranked = sorted(counted, key=lambda name: (-len(counted[name]), name))
    lanes = [(name, counted[name]) for name in ranked[:LANES]]
    others = [one for name in ranked[LANES:] for one in counted[name]]
    return [*lanes, ("Others", others)] if others else lanes


def _ticks(first: date, last: date, left: int, scale: float, height: int) -> list[str]:
    """Years, or months where the window is short."""
    parts = []
    days = (last - first).days
    marks: Iterable[tuple[date, str]]
    if days > 900:
        marks = [(date(year, 1, 1), str(year)) for year in range(first.year, last.year + 1)]
    elif days > 60:
        months = [first.year * 12 + first.month - 1 + n for n in range(days // 30 + 2)]
        marks = [
            (date(n // 12, n % 12 + 1, 1), f"{n // 12}-{n % 12 + 1:02d}")
            for n in months[:: 1 + len(months) // 10]
        ]
    else:
        marks = [
            (first + timedelta(days=n), (first + timedelta(days=n)).isoformat())
            for n in range(0, days + 1, 1 + days // 7)
        ]
    for day, word in marks:
        if first <= day <= last:
            x = left + (day - first).days * scale
            parts.append(f'<line x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="{height - 12}" stroke="{FAINT}"/>')
            parts.append(_text(x + 2, height - 3, word, size=9, colour=NEUTRAL))
    return parts


def _colour(score: float) -> str:
    return CONFLICT if score < 0 else COOPERATION if score > 0 else NEUTRAL


def _text(x: float, y: float, words: str, *, size: int = 11, colour: str = INK, anchor: str = "start") -> str:
    halo = 'paint-order="stroke" stroke="#ffffff" stroke-width="3" stroke-linejoin="round"'
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}" {halo}>{escape(words)}</text>'


def _svg(width: int, height: int, parts: Iterable[str], title: str) -> str:
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="100%" role="img" aria-label="{escape(title)}"'
        f' font-family="system-ui, sans-serif">\n<title>{escape(title)}</title>\n{body}\n</svg>\n'
    )


def _empty(words: str, width: int) -> str:
    return _svg(width, 40, [_text(8, 24, words)], words)
