"""`sitroom whatif`: draft a case from a room, run it, explain it, change one thing, score it."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sitroom.cli.options import Format, a_day
from sitroom.cli.whatif_show import print_rows, show_bargain, show_difference, show_effects, show_run, table

if TYPE_CHECKING:
    from sitroom.strategy.bargain import BargainSolution
    from sitroom.strategy.solve import Difference, Solved
    from sitroom.vocabulary.situation import Situation
    from sitroom.vocabulary.strategy import WhatIf

app = typer.Typer(
    name="whatif",
    help="What if one of them moved differently: games and bargains with the grounds for every line.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

TOGETHER = 1000

Case = Annotated[
    Path, typer.Argument(help="A case file (.toml, .gmcr, .csv) or the name of a textbook game.")
]
MaybeCase = Annotated[
    list[str] | None, typer.Argument(help="[CASE] and what follows; CASE is case.toml if left out.")
]
Draws = Annotated[
    int | None, typer.Option(help="Draws of the preferences; 0 takes the middle ones. Default: the case's.")
]
Seed = Annotated[int | None, typer.Option(help="Seed of the draws. Default: the case's.")]
As = Annotated[Format, typer.Option("--format", help="How to print.")]
Concept = Annotated[str, typer.Option(help="NASH, GMR, SMR, SEQ, SIM or SEQ-or-SIM.")]


@app.command(epilog="Example: sitroom whatif run samples/iran-in-syria/case.toml --html page.html")
def run(
    case: Case,
    draws: Draws = None,
    seed: Seed = None,
    credible: Annotated[
        str, typer.Option(help="Which answers a mover fears: SEQ, GMR, SMR or NASH (none).")
    ] = "SEQ",
    noise: Annotated[
        float, typer.Option(help="Chance that a mover takes another move than its best.", min=0, max=1)
    ] = 0.0,
    rounds: Annotated[int, typer.Option(help="Rounds of bargaining.", min=1)] = 10,
    strict: Annotated[
        bool, typer.Option(help="Drop wants that rest only on what was known after the day.")
    ] = False,
    html: Annotated[Path | None, typer.Option(help="Also write one self-contained page.")] = None,
    about: Annotated[
        str | None,
        typer.Option(help="The condition whose grounds the page tests. Default: the least certain."),
    ] = None,
    format: As = Format.table,
) -> None:
    """Run a case: where the walk ends, beside the baseline; its what-ifs; its bargain. Example: whatif run case.toml."""
    from sitroom.strategy.casefile import load_case
    from sitroom.strategy.solve import compare, solve
    from sitroom.strategy.whatif import known_then

    game = load_case(case)
    game = known_then(game) if strict else game
    bargain = _bargain(game, draws, seed, rounds)
    if not game.options:
        show_bargain(bargain, format)
        return
    solved = solve(game, draws, seed, credible=_concept(credible), noise=noise)
    whatifs = [compare(solved, whatif) for whatif in game.whatifs]
    if html:
        _write(html, _page(solved, whatifs, bargain, about))
    show_run(solved, whatifs, bargain, format)


@app.command(epilog="Example: sitroom whatif explain samples/iran-in-syria/case.toml now")
def explain(
    what: MaybeCase = None,
    concept: Concept = "SEQ",
    case: Annotated[Path, typer.Option(help="The case, if it is not the first argument.")] = Path(
        "case.toml"
    ),
) -> None:
    """Say why each decider would stay in a state or leave it. STATE is `now`, a number, or letters Y and N."""
    from sitroom.strategy.casefile import load_case
    from sitroom.strategy.explain import explain as explain_state
    from sitroom.strategy.explain import together
    from sitroom.strategy.solve import solve

    path, rest = _split(what or [], case)
    solved = solve(load_case(path), 0, concepts=())
    for name in rest or ["now"]:
        state = solved.space.find(name)
        print(f"State {state + 1} ({solved.space.name(state)}): {solved.space.says(state)}.")
        for verdict in explain_state(solved, state, _concept(concept)):
            print("\n".join(f"  {line}" for line in verdict.words))
        for line in together(solved, state) if solved.space.size <= TOGETHER else []:
            print(f"  {line}")


@app.command(epilog="Example: sitroom whatif reach samples/iran-in-syria/case.toml")
def reach(case: Case, most: Annotated[int, typer.Option(help="Show so many states.", min=1)] = 20) -> None:
    """Status-quo analysis: which states improvements alone can reach from the status quo, and in how many moves."""
    from sitroom.strategy.casefile import load_case
    from sitroom.strategy.solve import solve
    from sitroom.strategy.walk import reach_by_improvement

    solved = solve(load_case(case), 0)
    found = reach_by_improvement(solved.graph, solved.ranks, solved.space.status_quo)
    stable = solved.solution.stable
    print(
        f"{len(found)} of {solved.space.size:,} states can be reached by improvements (middle preferences)."
    )
    rows = []
    for state, moves in sorted(found.items(), key=lambda pair: (pair[1], pair[0]))[:most]:
        name = solved.space.name(state)
        holds = ", ".join(concept for concept, states in stable.items() if name in states)
        rows.append(
            {"state": name, "moves": moves, "stable under": holds, "what is done": solved.space.says(state)}
        )
    table(rows)


@app.command(name="set", epilog="Example: sitroom whatif set samples/iran-in-syria/case.toml tolerate=N")
def set_(
    what: MaybeCase = None,
    lift: Annotated[
        list[str] | None, typer.Option(help="WANT>ABOVE: lift a want just above another one.")
    ] = None,
    drop: Annotated[list[str] | None, typer.Option(help="A want that is not held.")] = None,
    draws: Draws = None,
    seed: Seed = None,
    case: Annotated[Path, typer.Option(help="The case, if it is not the first argument.")] = Path(
        "case.toml"
    ),
    format: As = Format.table,
) -> None:
    """Change one thing (option=Y or option=N, or the name of a what-if) and see what follows, against the base run."""
    from sitroom.strategy.casefile import load_case
    from sitroom.strategy.solve import compare, solve

    path, rest = _split(what or [], case)
    game = load_case(path)
    change = _change(game.whatifs, rest, lift or [], drop or [])
    difference = compare(solve(game, draws, seed), change)
    if format is Format.table:
        show_difference(difference)
    else:
        rows = [{"option": o, "before": a, "after": b, "difference": b - a} for o, a, b in difference.options]
        print_rows(
            rows, format, {"whatif": asdict(change), "after": asdict(difference.after), "options": rows}
        )


@app.command(epilog="Example: sitroom whatif score case.toml iran.room")
def score(
    case: Case,
    room: Annotated[Path | None, typer.Argument(help="A room with later reports.")] = None,
    draws: Draws = None,
    seed: Seed = None,
    known_by: Annotated[
        date | None, typer.Option(parser=a_day, help="Look only at what was known by this day.")
    ] = None,
    format: As = Format.table,
) -> None:
    """Score a case by what was seen later (Brier per option), next to the baseline that nothing changes."""
    from sitroom.strategy.casefile import load_case
    from sitroom.strategy.score import later_from
    from sitroom.strategy.score import score as score_case
    from sitroom.strategy.solve import solve

    game = load_case(case)
    later = (*game.later, *(later_from(game, _situation(room, None, known_by)) if room else ()))
    result = score_case(solve(game, draws, seed, concepts=()), later)
    rows = [
        {"when": r.later.when, "option": r.later.option, "seen": r.later.seen, "said": round(r.said, 3),
         "nothing changes": r.baseline, "brier": round(r.brier, 3), "brier, nothing changes": round(r.brier_baseline, 3)}
        for r in result.rows
    ]  # fmt: skip
    if format is not Format.table:
        print_rows(rows, format, asdict(result))
        return
    table(rows)
    print(f"mean Brier {result.brier:.3f}, nothing changes {result.brier_baseline:.3f}. {result.note}")


@app.command(
    epilog="Example: sitroom whatif draft iran.room --issue iranian-presence --as-of 2018-12-31 -o case.toml"
)
def draft(
    room: Annotated[Path, typer.Argument(help="A room.")],
    issue: Annotated[str, typer.Option(help="What it is about, in a few words or a-slug.")],
    as_of: Annotated[
        date | None, typer.Option(parser=a_day, help="The day; nothing known later is used.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--output", "-o", help="Where to write the case file.")] = None,
    options: Annotated[int, typer.Option(help="At most so many options.", min=1, max=16)] = 10,
) -> None:
    """Draft a case from positions, acts, agreements and ties. Example: whatif draft iran.room --issue iranian-presence."""
    from sitroom.strategy.draft import draft_case

    text = draft_case(_situation(room, as_of, as_of), issue, as_of, most_options=options)
    _write(out, text) if out else print(text, end="")


@app.command(epilog='Example: sitroom whatif seek chicken "first and second"')
def seek(case: Case, goal: str, at_least: float = 0.5, draws: int = 100) -> None:
    """Which changes make GOAL (a condition) likely: single ones, or else pairs."""
    from sitroom.strategy.casefile import load_case
    from sitroom.strategy.inverse import seek as seek_goal
    from sitroom.strategy.solve import solve

    found = seek_goal(solve(load_case(case), draws, concepts=()), goal, at_least, draws)
    show_effects(found, goal) if found else print(
        f"No single change and no pair makes {goal!r} {at_least:.0%} likely."
    )


@app.command(epilog="Example: sitroom whatif wants samples/iran-in-syria/case.toml IRN pullback@east")
def wants(case: Case, decider: str, goal: str, concept: Concept = "SEQ") -> None:
    """What DECIDER would have to want so that a state that meets GOAL is stable for everybody."""
    from sitroom.strategy.casefile import load_case
    from sitroom.strategy.inverse import wants_for

    found = wants_for(load_case(case), decider, goal, _concept(concept))
    print(
        "\n".join(f"{change.id}: {change.label}" for change in found)
        or f"No single change of {decider}'s wants is enough."
    )


@app.command(epilog="Example: sitroom whatif tornado samples/iran-in-syria/case.toml pullback@south")
def tornado(case: Case, goal: str, draws: int = 200, all_changes: bool = False) -> None:
    """Which single statement moves the probability of GOAL, widest first (without: each statement taken away)."""
    from sitroom.strategy.casefile import load_case
    from sitroom.strategy.inverse import effects
    from sitroom.strategy.solve import solve

    solved = solve(load_case(case), draws, concepts=())
    show_effects(effects(solved, goal, None if all_changes else _drops(solved), draws), goal)


@app.command(epilog="Example: sitroom whatif export chicken chicken.nfg")
def export(
    case: Case,
    out: Annotated[Path, typer.Argument(help="FILE.gmcr, .csv, .toml, .efg or .nfg")],
    turns: int = 2,
) -> None:
    """Write a case in another format; .efg and .nfg are move ladders for Gambit."""
    from sitroom.errors import UnknownName
    from sitroom.strategy import exchange, gmcr_files, ladder, tables
    from sitroom.strategy.casefile import load_case
    from sitroom.strategy.solve import solve

    game = load_case(case)
    writers = {
        ".gmcr": lambda: gmcr_files.write_gmcr(game),
        ".toml": lambda: exchange.write_case(game),
        ".csv": lambda: tables.write_csv(
            solve(game, 0, concepts=()).graph, solve(game, 0, concepts=()).ranks
        ),
        ".efg": lambda: ladder.write_efg(solve(game, 0, concepts=()), turns),
        ".nfg": lambda: ladder.write_nfg(solve(game, 0, concepts=())),
    }
    if out.suffix not in writers:
        raise UnknownName("format", out.suffix, writers)
    _write(out, writers[out.suffix]())


@app.command(epilog="Example: sitroom whatif games | head")
def games() -> None:
    """List the textbook games that come with sitroom."""
    from sitroom.strategy.casefile import known_games, load_case

    table(
        [
            {"name": name, "title": load_case(name).title, "source": load_case(name).source}
            for name in known_games()
        ]
    )


def _situation(room: Path, on: date | None, known_by: date | None) -> "Situation":
    """The situation of a room on a day, as known by a day."""
    from sitroom.app.room import Room
    from sitroom.errors import NotFound
    from sitroom.situation.assess import assess

    if not room.exists():
        raise NotFound(f"there is no room {room}", hint="read reports into it first: sitroom read")
    store = Room(room).store()
    try:
        return assess(store.view(known_by), on)
    finally:
        store.close()


def _split(what: Sequence[str], case: Path) -> tuple[Path, list[str]]:
    """The case, if the first argument names one, and the rest."""
    from sitroom.strategy.casefile import known_games

    first = what[0] if what else ""
    if first in known_games() or Path(first).suffix in (".toml", ".gmcr", ".csv"):
        return Path(first), list(what[1:])
    return case, list(what)


def _concept(name: str) -> Any:
    from sitroom.errors import UnknownName
    from sitroom.strategy.stability import CONCEPTS

    if name not in CONCEPTS:
        raise UnknownName("concept", name, CONCEPTS)
    return name


def _change(
    known: "Sequence[WhatIf]", changes: Sequence[str], lift: Sequence[str], drop: Sequence[str]
) -> "WhatIf":
    """The what-if that some words on the command line ask for."""
    from dataclasses import replace

    from sitroom.errors import BadInput
    from sitroom.strategy.inverse import join
    from sitroom.vocabulary.strategy import Shift, WhatIf

    whole: WhatIf | None = None
    named = {whatif.id: whatif for whatif in known}
    for one in changes:
        name, mark, value = one.partition("=")
        if one in named:
            part = named[one]
        elif mark and value.upper() in ("Y", "N"):
            part = WhatIf(one, one, {name: value.upper() == "Y"})
        else:
            hint = f"write OPTION=Y or OPTION=N, or a what-if of the case: {', '.join(named) or 'none'}"
            raise BadInput(f"cannot set {one!r}", hint=hint)
        whole = join(whole, part) if whole else part
    pairs = [pair.partition(">") for pair in lift]
    shifts = tuple(Shift(want.strip(), above.strip()) for want, _, above in pairs)
    if whole is None and not shifts and not drop:
        raise BadInput("nothing to change", hint="write OPTION=Y, --lift 'WANT>ABOVE' or --drop WANT")
    words = [*(f"{s.want} above {s.above}" for s in shifts), *(f"without {want}" for want in drop)]
    extra = WhatIf("change", "; ".join(words), shift=shifts, drop=tuple(drop))
    if whole is None:
        return extra
    return join(whole, extra) if words else replace(whole)


def _bargain(game: Any, draws: int | None, seed: int | None, rounds: int) -> "BargainSolution | None":
    from sitroom.strategy.bargain import solve_bargain

    if game.bargain is None:
        return None
    return solve_bargain(
        game.bargain, game.draws if draws is None else draws, game.seed if seed is None else seed, rounds
    )


def _drops(solved: "Solved") -> "Iterable[WhatIf]":
    """Each want taken away, one at a time."""
    from sitroom.strategy.inverse import preference_changes

    changes = (
        change for decider in solved.game.deciders for change in preference_changes(solved.game, decider.id)
    )
    return (change for change in changes if change.drop)


def _page(
    solved: "Solved", whatifs: "Sequence[Difference]", bargain: "BargainSolution | None", about: str | None
) -> str:
    """The HTML page, with the statements on which the least certain option hangs."""
    from sitroom.strategy.inverse import effects
    from sitroom.strategy.page import render_page

    chances = solved.solution.chances
    goal = about or min(chances, key=lambda chance: abs(chance.probability - 0.5)).option
    draws = min(solved.solution.draws, 200)
    return render_page(solved, whatifs, bargain, (goal, effects(solved, goal, _drops(solved), draws)))


def _write(path: Path, text: str) -> None:
    from sitroom.errors import BadInput

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"cannot write {path}: {error.strerror}", hint="choose another file") from None
    sys.stderr.write(f"wrote {path}\n")
