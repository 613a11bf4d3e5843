"""One self-contained page for a solved case: readable without JavaScript, printable, every line with its evidence."""

import textwrap
from collections.abc import Sequence
from html import escape

from sitroom.strategy.bargain import BargainSolution
from sitroom.strategy.drawing import (
    BASE,
    COOL,
    INK,
    WARM,
    Edge,
    Node,
    Strip,
    differences,
    percent,
    probability_bars,
    strip_plot,
    swings,
    walk_graph,
)
from sitroom.strategy.inverse import Effect
from sitroom.strategy.preferences import order_of
from sitroom.strategy.solve import Difference, Solved
from sitroom.strategy.walk import steps_taken
from sitroom.vocabulary.strategy import Game, Grounds, Option

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 920px; padding: 32px 24px 64px; color: #1d2733; background: #fff;
  font: 16px/1.5 "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
svg { display: block; width: 100%; height: auto; margin: 8px 0 4px; font-family: inherit; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 21px; margin: 44px 0 6px; padding-top: 14px; border-top: 2px solid #1d2733; }
h3 { font-size: 16px; margin: 24px 0 4px; }
p { margin: 6px 0; max-width: 46em; }
.lead { font-size: 19px; line-height: 1.45; margin: 18px 0; }
.soft, .key { color: #5b6875; font-size: 14px; }
.key { max-width: none; }
.key b { display: inline-block; width: 22px; height: 9px; margin: 0 6px 0 14px; vertical-align: 1px; }
.warn { border-left: 4px solid #b4481e; padding: 4px 12px; background: #fbf3ee; margin: 10px 0; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; font-size: 14px; margin: 8px 0; }
th { text-align: left; font-weight: 600; border-bottom: 1px solid #1d2733; padding: 4px 10px 4px 0; }
td { vertical-align: top; border-bottom: 1px solid #d5dbe1; padding: 5px 10px 5px 0; }
td.n { text-align: right; white-space: nowrap; }
code { font-size: 13px; background: #f1f4f7; padding: 0 3px; overflow-wrap: anywhere; }
.mark { font-size: 12px; padding: 0 6px; border-radius: 9px; white-space: nowrap; border: 1px solid; }
.evidence { color: #22664a; border-color: #2f7d5b; }
.inferred { color: #7a5a10; border-color: #a0771a; }
.assumption { color: #5b6875; border-color: #98a3ae; border-style: dashed; }
a { color: #1f5fa8; } .ref a { text-decoration: none; font-size: 12px; margin-right: 5px; white-space: nowrap; }
ol.notes { padding-left: 1.8em; font-size: 14px; } ol.notes li { margin: 4px 0; }
ol.notes li:target { background: #fff3c4; }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } h2, h3 { break-after: avoid; }
  svg, tr, .warn { break-inside: avoid; } a { color: inherit; } }
"""


def render_page(
    solved: Solved,
    whatifs: Sequence[Difference] = (),
    bargain: BargainSolution | None = None,
    tornado: tuple[str, Sequence[Effect]] | None = None,
) -> str:
    """The page as HTML text. `tornado` is a condition and the effects of single changes on it."""
    game = solved.game
    parts = [_head(solved), _chances(solved), _walk(solved)]
    if whatifs:
        parts.append(_whatifs(game, whatifs))
    if tornado and tornado[1]:
        parts.append(_tornado(*tornado))
    parts += [_options(game), _wants(game)]
    if bargain:
        parts.append(_bargain(game, bargain))
    parts += [_stable(solved), _notes(game), _made(solved, bargain)]
    title = escape(game.title)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{STYLE}</style></head>\n'
        f"<body>\n{''.join(parts)}\n</body></html>\n"
    )


def _opening(words: str) -> str:
    return words[:1].upper() + words[1:]


def _head(solved: Solved) -> str:
    game, solution = solved.game, solved.solution
    day = f", as of {game.as_of.isoformat()}" if game.as_of else ""
    moved = [c for c in solution.chances if abs(c.probability - c.baseline) >= 0.1]
    labels = {option.id: option.label for option in game.options}
    owners = {d.id: d.name for d in game.deciders}
    owner = {option.id: owners[option.owner] for option in game.options}
    told = "; ".join(
        f"{owner[c.option]} would {'no longer ' if c.baseline else ''}{labels[c.option]} "
        f"({percent(1 - c.probability if c.baseline else c.probability)})"
        for c in sorted(moved, key=lambda c: -abs(c.probability - c.baseline))
    )
    draws = f"{solution.draws:,} draws of the preferences" if solution.draws else "the middle preferences"
    lead = (
        f"In {percent(solution.stays)} of {draws} nothing changes: nobody has a move that helps it "
        "and that the others would not punish."
    )
    rest = f" Where something does: {told}." if told else ""
    return (
        f'<header><p class="soft">What if, a worked case{day}</p><h1>{escape(game.title)}</h1>'
        f'<p class="lead">{escape(lead + rest)}</p></header>'
    )


def _chances(solved: Solved) -> str:
    owners = {d.id: d.name for d in solved.game.deciders}
    rows = [
        (_opening(f"{owners[o.owner]}: {o.label}"), c.probability, c.baseline)
        for o, c in zip(solved.game.options, solved.solution.chances, strict=True)
    ]
    key = (
        '<p class="key"><b style="background:#1f5fa8"></b>where the walk ends'
        '<b style="background:#98a3ae"></b>baseline: nothing changes</p>'
    )
    return "<section><h2>What each would do in the end</h2>" + probability_bars(rows) + key + "</section>"


def _walk(solved: Solved, most: int = 10) -> str:
    """The walk over all draws: the moves that it makes most often, and where it ends."""
    space, mean = solved.space, solved.walked.mean
    steps = steps_taken(solved.graph, solved.walked, 0.02)
    layers, todo = {space.status_quo: 0}, [space.status_quo]
    while todo:
        state = todo.pop(0)
        for step in steps:
            if step.src == state and step.dst not in layers:
                layers[step.dst] = layers[state] + 1
                todo.append(step.dst)
    visits = {state: sum(step.probability for step in steps if step.dst == state) for state in layers}
    kept = sorted(layers, key=lambda s: (s != space.status_quo, -visits[s]))[:most]
    nodes = [
        Node(s, _difference_words(solved, s), float(mean[s]), layers[s], bool(mean[s] >= 0.02))
        for s in sorted(kept, key=lambda s: (layers[s], -visits[s]))
    ]
    edges = [
        Edge(s.src, s.dst, s.mover, min(1.0, s.probability)) for s in steps if s.src in kept and s.dst in kept
    ]
    names = [_opening(decider.name) for decider in solved.game.deciders]
    drawing = walk_graph(nodes, edges, names) if edges else "<p>Nobody moves.</p>"
    return (
        "<section><h2>How it would get there</h2><p>Boxes are states, arrows are moves that help the mover and that the "
        "others would not punish; a thicker arrow is taken more often. The percentage tells how many of all walks end "
        "in a state. States that few walks pass are left out. "
        f"</p>{drawing}{_ends(solved)}</section>"
    )


def _difference_words(solved: Solved, state: int, most: int = 4) -> tuple[str, ...]:
    """What is different from the status quo, a line for each option, short enough for a box."""
    space = solved.space
    now, here = int(space.codes[space.status_quo]), int(space.codes[state])
    found = [
        f"{'+' if here >> bit & 1 else '−'} {option.id.replace('@', ' ')}"
        for bit, option in enumerate(space.options)
        if (now ^ here) >> bit & 1
    ]
    short = [words if len(words) < 27 else words[:26] + "…" for words in found[:most]]
    return (*short, f"and {len(found) - most} more") if len(found) > most else tuple(short) or ("as it is",)


def _ends(solved: Solved, most: int = 6) -> str:
    rows = []
    for end in solved.solution.ends[:most]:
        state = solved.space.find(end.state)
        words = ", ".join(_difference_words(solved, state, 9))
        rows.append(
            f"<tr><td class=n>{percent(end.probability)}</td><td><code>{end.state}</code></td><td>{escape(words)}</td></tr>"
        )
    unsettled = solved.solution.unsettled
    note = f"<p>{percent(unsettled)} of the walks never come to rest.</p>" if unsettled >= 0.005 else ""
    return (
        "<table><tr><th style='width:12%'>ends here</th><th style='width:20%'>state</th><th>different from now (+ begun, − ended)</th></tr>"
        + "".join(rows) + f"</table>{note}"
    )  # fmt: skip


def _whatifs(game: Game, found: Sequence[Difference]) -> str:
    owners = {d.id: d.name for d in game.deciders}
    labels = {option.id: _opening(f"{owners[option.owner]}: {option.label}") for option in game.options}
    parts = [
        "<section><h2>What if</h2><p>One thing is changed, all else is drawn as before; open circles are the base run.</p>"
    ]
    for one in found:
        rows = [(labels[o], before, after) for o, before, after in one.options if abs(after - before) >= 0.01]
        parts.append(f"<h3>{escape(one.whatif.label)}</h3>")
        why = one.whatif.grounds.why
        parts.append(f'<p class="soft">{_mark(one.whatif.grounds)} {escape(why)}</p>')
        parts.append(
            differences(rows) if rows else "<p>No option moves by as much as a percentage point.</p>"
        )
    return "".join(parts) + "</section>"


def _tornado(condition: str, effects: Sequence[Effect], most: int = 10) -> str:
    shown = [effect for effect in effects if abs(effect.swing) >= 0.01][:most]
    if not shown:
        return f"<section><h2>What it hangs on</h2><p>No single statement moves <code>{escape(condition)}</code>.</p></section>"
    rows = [(effect.whatif.label, effect.after) for effect in shown]
    flips = [e for e in shown if (e.before < 0.5) != (e.after < 0.5)]
    told = (
        f"{len(flips)} of these single changes would tip it over one half."
        if flips
        else "None of these single changes tips it over one half."
    )
    return (
        f"<section><h2>What it hangs on</h2><p>Probability of <code>{escape(condition)}</code> when one statement is "
        f"taken away or moved; the line is the base run. {told}</p>{swings(rows, shown[0].before)}</section>"
    )


def _mark(grounds: Grounds) -> str:
    return f'<span class="mark {grounds.basis}">{grounds.basis}</span>'


def _refs(game: Game, grounds: Grounds) -> str:
    """The words of the evidence (the first in full), links to the notes, and why."""
    numbers = {one: place for place, one in enumerate(game.notes, 1)}
    words = "".join(
        f"{escape(textwrap.shorten(game.notes[one].says, 150, placeholder=' …'))} "
        for one in grounds.evidence[:1]
        if one in numbers
    )
    links = [
        f'<a href="#note-{numbers[one]}">[{numbers[one]}]</a>'
        if one in numbers
        else f"<code>{escape(one)}</code>"
        for one in grounds.evidence
    ]
    why = "; ".join(
        clause.strip() for clause in grounds.why.split(";") if not clause.strip().startswith("act ")
    )
    reason = f'<span class="soft">{escape(_opening(why))}</span>' if why else ""
    return f'{words}<span class="ref">{"".join(links)}</span> {reason}'


def _options(game: Game) -> str:
    owners = {d.id: d.name for d in game.deciders}
    rows = "".join(
        f"<tr><td>{escape(_opening(owners[o.owner]))}</td><td>{escape(o.label)}<br><code>{escape(o.id)}</code>{_one_way(o)}</td>"
        f"<td>{'yes' if o.now else 'no'}</td><td>{_mark(o.grounds)}</td><td>{_refs(game, o.grounds)}</td></tr>"
        for o in game.options
    )
    never = "".join(
        f"<li><code>{escape(rule.that)}</code> {_mark(rule.grounds)} {_refs(game, rule.grounds)}</li>"
        for rule in game.impossible
    )
    return (
        "<section><h2>Who can do what</h2><table><tr><th style='width:14%'>who</th><th style='width:26%'>option</th>"
        f"<th style='width:6%'>now</th><th style='width:13%'>rests on</th><th>evidence</th></tr>{rows}</table>"
        + (f"<p>Impossible:</p><ul>{never}</ul>" if never else "")
        + "</section>"
    )


def _one_way(option: Option) -> str:
    words = {"forward": ", cannot be undone", "back": ", cannot be resumed", "fixed": ", fixed", "both": ""}
    return words[option.moves]


def _wants(game: Game) -> str:
    parts = [
        "<section><h2>Who wants what</h2><p>Most important first. The order is the analyst's; in every draw each "
        "statement may shift by the number of places given, and is held with the probability shown.</p>"
    ]
    for decider in game.deciders:
        shift = f" (may shift by {decider.spread:g} places)" if decider.spread else ""
        parts.append(f"<h3>{escape(_opening(decider.name))}<span class=soft>{shift}</span></h3>")
        if decider.ranking:
            order = " &gt; ".join(" = ".join(tied) for tied in decider.ranking[:12])
            parts.append(
                f"<p>Direct ranking of states: <code>{order}{' …' if len(decider.ranking) > 12 else ''}</code></p>"
            )
        rows = "".join(
            f"<tr><td class=n>{place}</td><td>{escape(want.label or want.that)}<br><code>{escape(want.that)}</code></td>"
            f"<td class=n>{100 * want.sure:.0f} %</td><td>{_mark(want.grounds)}</td><td>{_refs(game, want.grounds)}</td></tr>"
            for place, want in enumerate(order_of(game, decider.id), 1)
        )
        if rows:
            head = "<tr><th style='width:4%'></th><th style='width:34%'>statement</th><th style='width:7%'>held</th><th style='width:13%'>rests on</th><th>evidence</th></tr>"
            parts.append(f"<table>{head}{rows}</table>")
    return "".join(parts) + "</section>"


def _bargain(game: Game, found: BargainSolution) -> str:
    bargain = game.bargain
    assert bargain is not None
    strips: list[Strip | None] = [Strip(a.name, *a.position, BASE, 4) for a in bargain.bargainers]
    for definition in bargain.capability:
        strips.append(None)
        for one in found.estimates:
            if one.capability == definition:
                plain = "weighted" in one.method
                colour = INK if plain else (COOL if "moving" not in one.note else WARM)
                note = "not at rest" if "moving" in one.note else ""
                label = f"{one.method} ({definition})"
                strips.append(Strip(label, one.low, one.value, one.high, colour, 6 if plain else 5, note))
    warnings = "".join(f'<p class="warn">{escape(words)}</p>' for words in found.warnings)
    definitions = "; ".join(f"<b>{escape(n)}</b>: {escape(words)}" for n, words in bargain.capability.items())
    plot = strip_plot(strips, bargain.scale, bargain.labels, found.band, found.status_quo)
    return (
        f"<section><h2>The same as a bargain: {escape(bargain.issue[:1].lower() + bargain.issue[1:])}</h2>{warnings}{plot}"
        '<p class="key"><b style="background:#98a3ae"></b>actors<b style="background:#1d2733"></b>baselines'
        '<b style="background:#2f7d5b"></b>models<b style="background:#e9eef4"></b>where 80 of 100 real outcomes fell '
        "around such a mean</p>"
        f"<p>Lines are the central 80 % over {found.draws:,} draws. Capability is counted in two ways, {definitions}.</p>"
        "</section>"
    )


def _stable(solved: Solved) -> str:
    rows = "".join(
        f"<tr><td>{concept}</td><td class=n>{len(states)}</td>"
        f"<td>{'yes' if solved.solution.status_quo in states else 'no'}</td></tr>"
        for concept, states in solved.solution.stable.items()
    )
    return (
        "<section><h2>Stable states</h2><p>How many states everybody would stay in, at the middle preferences. This "
        "tells where a conflict can stall; it is no forecast, and large numbers (GMR, SMR) say little.</p>"
        f"<table style='width:26em'><tr><th>concept</th><th>states</th><th>the status quo among them</th></tr>{rows}</table></section>"
    )


def _notes(game: Game) -> str:
    if not game.notes:
        return ""
    items = "".join(
        f'<li id="note-{place}">{escape(note.says)} <span class="soft">{escape(note.source)}'
        f"{', known by ' + note.known_by.isoformat() if note.known_by else ''}; <code>{escape(note.id)}</code></span></li>"
        for place, note in enumerate(game.notes.values(), 1)
    )
    return f'<section><h2>Evidence</h2><ol class="notes">{items}</ol></section>'


def _made(solved: Solved, bargain: BargainSolution | None) -> str:
    solution = solved.solution
    bases = [option.grounds.basis for option in solved.game.options] + [
        w.grounds.basis for w in solved.game.wants
    ]
    counts = ", ".join(f"{bases.count(basis)} {basis}" for basis in ("evidence", "inferred", "assumption"))
    settings = ", ".join(f"{key} {value}" for key, value in solution.settings.items())
    also = (
        f" Bargaining: {bargain.draws:,} draws, {bargain.rounds} rounds, seed {bargain.seed}; Condorcet election as in KTAB, "
        "expected utility after Scholz, Calbert &amp; Smith 2011."
        if bargain
        else ""
    )
    return (
        f"<section><h2>How this was made</h2><p>{solved.graph.size:,} states, {len(solved.game.options)} options, "
        f"{len(solved.game.wants)} statements; options and statements rest on: {counts}. Method: {solution.method} "
        f"({settings}), {solution.draws:,} draws, seed {solution.seed}, "
        f"{'exact' if solution.exact else 'approximate'}. Graph model: Fang, Hipel &amp; Kilgour 1993.{also}</p></section>"
    )
