"""How the answers of `sitroom whatif` look."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sitroom.cli.options import Format

if TYPE_CHECKING:
    from sitroom.strategy.bargain import BargainSolution
    from sitroom.strategy.inverse import Effect
    from sitroom.strategy.solve import Difference, Solved


def table(rows: Sequence[dict[str, Any]]) -> None:
    """Rows as a table; the keys of the first are the headings."""
    from rich import box
    from rich.table import Table

    from sitroom.cli.show import console

    if not rows:
        print("nothing to show")
        return
    grid = Table(box=box.SIMPLE_HEAD)
    for key, value in rows[0].items():
        grid.add_column(key, justify="right" if isinstance(value, int | float) else "left", overflow="fold")
    for row in rows:
        grid.add_row(*(f"{value:g}" if isinstance(value, float) else str(value) for value in row.values()))
    console().print(grid)


def print_rows(rows: Sequence[dict[str, Any]], format: Format, whole: Any) -> None:
    """CSV or JSON lines of the rows; JSON of everything."""
    import csv

    if format is Format.csv:
        writer = csv.DictWriter(sys.stdout, list(rows[0]) if rows else ["option"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    elif format is Format.jsonl:
        print("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    else:
        print(json.dumps(whole, ensure_ascii=False, indent=1, default=str))


def show_run(
    solved: "Solved", whatifs: "Sequence[Difference]", bargain: "BargainSolution | None", format: Format
) -> None:
    """A whole run: the walk beside the baseline, end states, what-ifs, bargain, stable states."""
    solution = solved.solution
    labels = {option.id: option.label for option in solved.game.options}
    rows = [
        {
            "option": c.option,
            "": labels[c.option],
            "probability": round(c.probability, 3),
            "nothing changes": c.baseline,
        }
        for c in solution.chances
    ]
    if format is not Format.table:
        differences = [
            {"whatif": one.whatif.id, "options": one.options, "after": asdict(one.after)} for one in whatifs
        ]
        whole = {
            "solution": asdict(solution),
            "whatifs": differences,
            "bargain": asdict(bargain) if bargain else None,
        }
        print_rows(rows, format, whole)
        return
    print(
        f"{solved.game.title}: {solved.graph.size:,} states, {solution.draws:,} draws, seed {solution.seed}"
    )
    print(
        f"Nothing changes in {solution.stays:.0%} of the walks by credible moves; {solution.unsettled:.0%} never rest."
    )
    table(rows)
    table([
        {"ends here": round(end.probability, 3), "state": end.state, "what is done": solved.space.says(solved.space.find(end.state))}
        for end in solution.ends[:5]
    ])  # fmt: skip
    for one in whatifs:
        show_difference(one)
    if bargain:
        show_bargain(bargain, format)
    counts = ", ".join(f"{concept} {len(states)}" for concept, states in solution.stable.items())
    print(f"Stable states at the middle preferences (an analysis, no forecast): {counts}")


def show_difference(one: "Difference") -> None:
    """What one change does."""
    print(f"What if {one.whatif.label} ({one.whatif.id})?")
    rows = [
        {
            "option": option,
            "before": round(before, 3),
            "after": round(after, 3),
            "difference": f"{after - before:+.3f}",
        }
        for option, before, after in one.options
        if abs(after - before) >= 0.0005
    ]
    table(rows) if rows else print("  nothing moves")


def show_bargain(bargain: "BargainSolution | None", format: Format) -> None:
    """A bargain, baselines first, with its warnings."""
    if bargain is None:
        return
    rows = [
        {"method": e.method, "capability": e.capability, "value": round(e.value, 1), "10 %": round(e.low, 1),
         "90 %": round(e.high, 1), "note": e.note}
        for e in bargain.estimates
    ]  # fmt: skip
    if format is not Format.table:
        print_rows(rows, format, asdict(bargain))
        return
    quo = "" if bargain.status_quo is None else f" Status quo {bargain.status_quo:g}."
    print(
        f"Bargain: {bargain.issue}.{quo} 80 of 100 outcomes around such a mean: {bargain.band[0]:.0f} to {bargain.band[1]:.0f}."
    )
    table(rows)
    print("\n".join(f"Note: {warning}" for warning in bargain.warnings))


def show_effects(found: "Sequence[Effect]", goal: str, most: int = 20) -> None:
    """Changes and what they do to a goal, widest first."""
    print(f"{goal}: {found[0].before:.0%} now" if found else f"{goal}: no change to try")
    table(
        [
            {
                "change": e.whatif.id,
                "": e.whatif.label,
                "after": round(e.after, 3),
                "swing": f"{e.swing:+.3f}",
            }
            for e in found[:most]
        ]
    )
