"""Score a game by what was seen later: Brier per option, next to the baseline that nothing changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sitroom.strategy.solve import Solved
from sitroom.vocabulary.situation import Situation
from sitroom.vocabulary.strategy import Game, Grounds, Later, Option


@dataclass(frozen=True, slots=True)
class Scored:
    """One later observation: what was said of the option, what nothing-changes says, what was seen, both Brier scores."""

    later: Later
    said: float
    baseline: float
    brier: float
    brier_baseline: float


@dataclass(frozen=True, slots=True)
class Score:
    """All observations, and the means over them. `skill` above 0 beats the baseline; None where the baseline is perfect."""

    game: str
    rows: tuple[Scored, ...]
    brier: float
    brier_baseline: float
    skill: float | None
    note: str = ""


def score(solved: Solved, later: Sequence[Later] | None = None) -> Score:
    """Score the walk's probabilities by the game's own later observations, or by those given.

    Partly seen acts count as a share: seen 0.5 asks for a probability of 0.5.
    """
    said = {chance.option: chance for chance in solved.solution.chances}
    rows = tuple(
        _row(one, said[one.option].probability, said[one.option].baseline)
        for one in later or solved.game.later
    )
    if not rows:
        return Score(
            solved.game.id, (), 0.0, 0.0, None, "nothing was seen later that concerns an option of this game"
        )
    ours = sum(row.brier for row in rows) / len(rows)
    theirs = sum(row.brier_baseline for row in rows) / len(rows)
    skill = 1 - ours / theirs if theirs else None
    note = "" if len(rows) >= 20 else f"{len(rows)} observations are too few to tell the two apart"
    return Score(solved.game.id, rows, ours, theirs, skill, note)


def _row(later: Later, said: float, baseline: float) -> Scored:
    return Scored(later, said, baseline, (said - later.seen) ** 2, (baseline - later.seen) ** 2)


def later_from(game: Game, situation: Situation) -> tuple[Later, ...]:
    """What a room's incidents and presences after the game's day show of its options.

    An option is matched through the acts in its evidence line: `why` may hold `act TYPE by ID [on ID]` (PLOVER type or
    mode, catalogue ids; drafts write this). A happening after the day shows that the option is taken.
    """
    if game.as_of is None:
        return ()
    found = []
    for option in game.options:
        matches = [
            incident
            for incident in situation.incidents
            if _after(incident.period.start, game.as_of)
            and incident.status not in ("denied", "hypothetical", "expected")
            and _shows(
                option,
                incident.type,
                [a.id or "" for a in incident.actors],
                [a.id or "" for a in incident.recipients],
            )
        ]
        if matches:
            days = [incident.period.start for incident in matches if incident.period.start]
            because = tuple(one for incident in matches for one in incident.events)[:5]
            found.append(Later(max(days).isoformat(), option.id, 1.0, Grounds("evidence", because)))
    return tuple(found)


def _after(day: date | None, as_of: date) -> bool:
    return day is not None and day > as_of


def act_of(option: Option) -> tuple[str, str, str] | None:
    """The act (type, actor id, recipient id or empty) that an option's grounds declare: `act ASSAULT by ISR on IRN`."""
    for clause in option.grounds.why.split(";"):
        words = clause.split()
        if len(words) >= 4 and words[0] == "act" and words[2] == "by":
            return words[1], words[3], words[5] if len(words) >= 6 and words[4] == "on" else ""
    return None


def _shows(option: Option, kind: str, actors: Sequence[str], recipients: Sequence[str]) -> bool:
    act = act_of(option)
    if act is None or act[0] != kind:
        return False
    return _under(act[1], actors) and (not act[2] or _under(act[2], recipients))


def _under(wanted: str, ids: Sequence[str]) -> bool:
    """Whether one of the ids is the wanted one or a body of it (`ISR.MIL` of `ISR`)."""
    return any(one == wanted or one.startswith(wanted + ".") for one in ids)
