"""The outlook's part of a brief, as Markdown: open questions beside their baselines, the record, the reliability diagram."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sitroom.errors import BadInput
from sitroom.outlook.analysts import Entry
from sitroom.outlook.backtest import score
from sitroom.outlook.desk import past_forecasts
from sitroom.outlook.forecast import answer
from sitroom.outlook.history import History
from sitroom.outlook.questions import open_questions
from sitroom.outlook.scores import reliability_lines


def write_section(
    history: History, known_by: date, entries: Sequence[Entry] = (), *, horizon: int = 30, most: int = 10
) -> Iterator[str]:
    """Lines of Markdown. `entries` are filed forecasts, settled by the caller."""
    opens = known_by + timedelta(days=1)
    asked = list(open_questions(history, opens, horizons=(horizon,), most=most))
    found = sorted(
        zip(asked, answer(history, asked, known_by), strict=True), key=lambda pair: -pair[1].probability
    )
    yield f"Chances of at least one such act from {opens} to {opens + timedelta(days=horizon - 1)}:"
    yield ""
    yield "| Question | Chance | Middle 80 % | Base rate | As last period |"
    yield "|---|---|---|---|---|"
    for question, f in found[:most]:
        who = f"{question.act} by {question.actor} towards {question.recipient}".replace("|", "/")
        base, last = f.baselines["base rate"], f.baselines["as last period"]
        yield f"| {who} | {f.probability:.0%} | {f.low:.0%} to {f.high:.0%} | {base:.0%} | {last:.0%} |"
    if found:
        yield ""
        yield f"How: {found[0][1].method}; {found[0][1].reasons[0]}."
    yield from _record(entries)
    yield from _back_test(history, horizon)


def _record(entries: Sequence[Entry]) -> Iterator[str]:
    if not entries:
        return
    yield ""
    yield "| Forecast | By | Filed | Chance | Came |"
    yield "|---|---|---|---|---|"
    for entry in entries:
        came = "open" if entry.outcome is None else "yes" if entry.outcome else "no"
        f = entry.forecast
        yield f"| {entry.question.text} | {f.by} | {f.known_by} | {f.probability:.0%} | {came} |"


def _back_test(history: History, horizon: int) -> Iterator[str]:
    yield ""
    try:
        scored = score(past_forecasts(history, horizon), "all", draws=100)
    except BadInput as error:
        yield f"No back-test: {error.what}."
        return
    skill = scored.brier_skill
    yield (
        f"On past windows: {scored.verification.count} forecasts, Brier {scored.verification.brier:.4f}, skill "
        f"{skill.value:+.2f} ({skill.low:+.2f} to {skill.high:+.2f}) against {skill.baseline}"
        + (f"; {skill.doubt}." if skill.doubt else ".")
    )
    yield ""
    yield "```"
    yield from reliability_lines(scored.verification.bands)
    yield "```"
