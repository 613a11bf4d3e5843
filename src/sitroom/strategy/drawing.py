"""Small SVG drawings for the strategy page: bars, differences, a walk as a graph, strips. No script is needed to read them."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 860
INK, SOFT, LINE = "#1d2733", "#5b6875", "#d5dbe1"
MAIN, BASE, WARM, COOL, SHADE = "#1f5fa8", "#98a3ae", "#b4481e", "#2f7d5b", "#e9eef4"
PARTIES = ("#1f5fa8", "#b4481e", "#2f7d5b", "#7a4fa3", "#a0771a", "#3b8ea5", "#8a3b5a", "#5b6875")


def percent(value: float) -> str:
    """A probability as a whole percentage, never rounded to certainty."""
    if 0 < value < 0.005:
        return "under 1 %"
    return "over 99 %" if 0.995 < value < 0.999995 else f"{100 * value:.0f} %"


def text(
    x: float,
    y: float,
    words: str,
    size: float = 13,
    anchor: str = "start",
    fill: str = INK,
    bold: bool = False,
) -> str:
    """One line of text."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" fill="{fill}"{weight}>'
        f"{escape(words)}</text>"
    )


def line(
    x1: float, y1: float, x2: float, y2: float, stroke: str = LINE, width: float = 1, dash: str = ""
) -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" stroke-width="{width:g}"{dashed}/>'


def box(x: float, y: float, width: float, height: float, fill: str, extra: str = "") -> str:
    """A rectangle."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(0, width):.1f}" height="{height:.1f}" fill="{fill}" {extra}/>'


def dot(x: float, y: float, radius: float, fill: str, stroke: str = "none", title: str = "") -> str:
    """A disc, with a title for pointers and screen readers."""
    inner = f"<title>{escape(title)}</title>" if title else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" stroke="{stroke}" stroke-width="1.5">{inner}</circle>'


def frame(parts: Sequence[str], height: float, label: str, width: float = WIDTH) -> str:
    """An SVG drawing with a label for screen readers."""
    return (
        f'<svg viewBox="0 0 {width:g} {height:.0f}" role="img" aria-label="{escape(label, quote=True)}" '
        f'xmlns="http://www.w3.org/2000/svg">' + "".join(parts) + "</svg>"
    )


def _axis(left: float, right: float, top: float, bottom: float) -> list[str]:
    parts = []
    for tick in range(0, 101, 25):
        x = left + (right - left) * tick / 100
        parts += [line(x, top, x, bottom), text(x, bottom + 15, f"{tick} %", 11, "middle", SOFT)]
    return parts


def probability_bars(rows: Sequence[tuple[str, float, float]]) -> str:
    """Bars of probabilities beside a baseline: rows of (label, probability, baseline)."""
    left, right, step = 350.0, WIDTH - 84.0, 34.0
    bottom = 8 + step * len(rows)
    parts = _axis(left, right, 4, bottom)
    for place, (label, probability, baseline) in enumerate(rows):
        y = 8 + step * place
        parts.append(text(left - 12, y + 17, textwrap.shorten(label, 54, placeholder=" …"), 13, "end"))
        parts.append(box(left, y + 4, (right - left) * probability, 12, MAIN))
        parts.append(box(left, y + 18, (right - left) * baseline, 6, BASE))
        if baseline == 0:
            parts.append(line(left, y + 18, left, y + 24, BASE, 3))
        parts.append(text(WIDTH - 4, y + 16, percent(probability), 13, "end", bold=True))
    return frame(parts, bottom + 24, "Probability of each option at the end of the walk, beside the baseline")


def differences(rows: Sequence[tuple[str, float, float]]) -> str:
    """Before and after per option: rows of (label, before, after); an arrow runs from one to the other."""
    left, right, step = 350.0, WIDTH - 84.0, 26.0
    bottom = 6 + step * len(rows)
    parts = _axis(left, right, 2, bottom)
    for place, (label, before, after) in enumerate(rows):
        y = 6 + step * place + step / 2
        x1, x2 = left + (right - left) * before, left + (right - left) * after
        colour = COOL if after > before else WARM
        parts.append(text(left - 12, y + 4, textwrap.shorten(label, 54, placeholder=" …"), 13, "end"))
        parts += [line(x1, y, x2, y, colour, 4), dot(x1, y, 5, "#fff", BASE), dot(x2, y, 6, colour)]
        parts.append(text(WIDTH - 4, y + 4, f"{100 * (after - before):+.0f}", 13, "end", colour, True))
    return frame(parts, bottom + 22, "Change of each option's probability")


def swings(rows: Sequence[tuple[str, float]], before: float) -> str:
    """A tornado: rows of (label, probability after the change), widest first, around the base run."""
    left, right, step = 400.0, WIDTH - 60.0, 24.0
    bottom = 6 + step * len(rows)
    parts = _axis(left, right, 2, bottom)
    middle = left + (right - left) * before
    for place, (label, after) in enumerate(rows):
        y = 6 + step * place + 4
        x = left + (right - left) * after
        parts.append(text(left - 12, y + 12, textwrap.shorten(label, 62, placeholder=" …"), 12, "end"))
        parts.append(box(min(x, middle), y, abs(x - middle), 15, COOL if after > before else WARM))
        parts.append(text(WIDTH - 4, y + 12, percent(after), 12, "end"))
    parts.append(line(middle, 2, middle, bottom, INK, 1.5))
    return frame(parts, bottom + 22, "How single changes move the outcome")


@dataclass(frozen=True, slots=True)
class Node:
    """A state in the walk: name, words, probability to end there, and how many steps from the start."""

    state: int
    words: tuple[str, ...]
    probability: float
    layer: int
    rests: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A step of the walk: from, to, who (place in `parties`) and with which probability."""

    src: int
    dst: int
    mover: int
    probability: float


NODE_WIDTH = 190.0


def walk_graph(nodes: Sequence[Node], edges: Sequence[Edge], parties: Sequence[str]) -> str:
    """The walk from left to right: boxes are states (heavier frame: at rest), arrows are moves, coloured by mover."""
    layers: dict[int, list[Node]] = {}
    for node in nodes:
        layers.setdefault(node.layer, []).append(node)
    heights = {node.state: 44.0 + 15 * len(node.words) for node in nodes}
    gap, top = 24.0, 34.0
    tall = max(sum(heights[n.state] + gap for n in column) for column in layers.values())
    width = max(WIDTH, len(layers) * (NODE_WIDTH + 66) + 10)
    pace = (width - NODE_WIDTH - 4) / max(1, len(layers) - 1) if len(layers) > 1 else 0
    spots: dict[int, tuple[float, float]] = {}
    for place, layer in enumerate(sorted(layers)):
        column = layers[layer]
        y = top + (tall - sum(heights[n.state] + gap for n in column)) / 2
        for node in column:
            spots[node.state] = (2 + pace * place, y)
            y += heights[node.state] + gap
    parts = [_markers(parties), *_legend(parties, {edge.mover for edge in edges})]
    parts += [_arrow(edge, spots, heights) for edge in edges]
    parts += [part for node in nodes for part in _node(node, *spots[node.state], heights[node.state])]
    return frame(parts, top + tall + 6, "The walk by credible moves from the status quo", width)


def _markers(parties: Sequence[str]) -> str:
    heads = "".join(
        f'<marker id="head{i}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">'
        f'<path d="M0 0 L8 4 L0 8 z" fill="{PARTIES[i % len(PARTIES)]}"/></marker>'
        for i in range(len(parties))
    )
    return f"<defs>{heads}</defs>"


def _legend(parties: Sequence[str], used: set[int]) -> list[str]:
    parts, x = [], 4.0
    for place, name in enumerate(parties):
        if place in used:
            parts += [
                line(x, 10, x + 20, 10, PARTIES[place % len(PARTIES)], 3),
                text(x + 26, 14, name, 12, fill=SOFT),
            ]
            x += 40 + 7.2 * len(name)
    return parts


def _node(node: Node, x: float, y: float, height: float) -> list[str]:
    style = f'rx="5" stroke="{MAIN if node.rests else BASE}" stroke-width="{2.5 if node.rests else 1.2}"'
    parts = [box(x, y, NODE_WIDTH, height, SHADE if node.rests else "#fff", style)]
    head = (
        "where it stands now" if node.layer == 0 else ("some walks end here" if node.rests else "on the way")
    )
    parts.append(text(x + 9, y + 18, head, 11, fill=SOFT))
    parts.append(text(x + NODE_WIDTH - 9, y + 18, percent(node.probability), 13, "end", bold=True))
    parts += [text(x + 9, y + 36 + 15 * row, words, 12) for row, words in enumerate(node.words)]
    return parts


def _arrow(edge: Edge, spots: Mapping[int, tuple[float, float]], heights: Mapping[int, float]) -> str:
    (x1, y1), (x2, y2) = spots[edge.src], spots[edge.dst]
    y1, y2 = y1 + heights[edge.src] / 2, y2 + heights[edge.dst] / 2
    forward = x2 > x1
    x1 = x1 + NODE_WIDTH if forward or x1 == x2 else x1
    x2 = x2 if forward else x2 + NODE_WIDTH
    bend = 30.0 if forward else 46.0
    side = 1 if forward or x1 == x2 else -1
    y1, y2 = y1 + edge.mover * 4 - 8, y2 + edge.mover * 4 - 8
    path = f"M{x1:.1f} {y1:.1f} C{x1 + side * bend:.1f} {y1:.1f} {x2 - (bend if forward else -bend):.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    colour = PARTIES[edge.mover % len(PARTIES)]
    width = 1 + 4 * edge.probability
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:.1f}" marker-end="url(#head{edge.mover})" opacity="0.85"/>'


@dataclass(frozen=True, slots=True)
class Strip:
    """One row of a strip plot: a label, a range, a middle, a colour, and how strong the row is drawn."""

    label: str
    low: float
    value: float
    high: float
    colour: str = MAIN
    size: float = 5
    note: str = ""


def strip_plot(
    strips: Sequence[Strip | None],
    scale: tuple[float, float],
    labels: Mapping[float, str],
    band: tuple[float, float] | None = None,
    status_quo: float | None = None,
) -> str:
    """Ranges on a scale, one row each; None is a gap. `band` is shaded, the status quo a dashed line."""
    left, right, step = 250.0, WIDTH - 20.0, 23.0
    low, high = scale

    def at(value: float) -> float:
        return left + (right - left) * (value - low) / (high - low)

    top, bottom = 40.0, 44.0 + step * len(strips)
    parts = []
    if band:
        parts.append(box(at(band[0]), top, at(band[1]) - at(band[0]), bottom - top, SHADE))
    for value, words in sorted((labels or {low: "", high: ""}).items()):
        anchor = "start" if value == low else "end" if value == high else "middle"
        parts.append(line(at(value), top, at(value), bottom))
        parts.append(text(at(value), 12, f"{value:g}", 11, anchor, SOFT))
        for row, piece in enumerate(textwrap.wrap(words, 26)[:2]):
            parts.append(text(at(value), 24 + 11 * row, piece, 10, anchor, SOFT))
    if status_quo is not None:
        parts.append(line(at(status_quo), top, at(status_quo), bottom, WARM, 1.5, "5 4"))
        parts.append(text(at(status_quo), bottom + 13, "status quo", 11, "middle", WARM))
    for place, strip in enumerate(strips):
        if strip is None:
            continue
        y = top + step * place + step / 2 + 2
        parts.append(text(left - 12, y + 4, textwrap.shorten(strip.label, 40, placeholder=" …"), 12, "end"))
        parts.append(line(at(strip.low), y, at(strip.high), y, strip.colour, 3))
        parts.append(
            dot(at(strip.value), y, strip.size, strip.colour, title=f"{strip.label}: {strip.value:.0f}")
        )
        beside = at(strip.high) + 10
        flip = beside > right - 60
        where, anchor = (at(strip.low) - 10, "end") if flip else (beside, "start")
        parts.append(
            text(
                where, y + 4, f"{strip.value:.0f}{'  ' + strip.note if strip.note else ''}", 11, anchor, SOFT
            )
        )
    return frame(parts, bottom + 20, "Positions and estimates on the scale")
