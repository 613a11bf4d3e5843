"""Say in plain words why a decider would stay in a state or leave it: which move, and which answer deters it."""

from collections import deque
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from sitroom.strategy.coalitions import joint_improvements
from sitroom.strategy.moves import Arcs
from sitroom.strategy.preferences import order_of
from sitroom.strategy.solve import Solved
from sitroom.strategy.stability import Concept, Play, escape, undeterred
from sitroom.vocabulary.strategy import Want


@dataclass(frozen=True, slots=True)
class Answer:
    """One improvement that a decider has, and the sequence of (decider, state) by which others deter it, if any."""

    to: int
    deterred: bool
    path: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a decider stays in a state under a concept, with every improvement and its answer, and the words."""

    decider: str
    state: int
    concept: Concept
    stays: bool
    answers: tuple[Answer, ...]
    words: tuple[str, ...]


def explain(solved: Solved, state: int, concept: Concept = "SEQ") -> list[Verdict]:
    """A verdict for every decider in `state`, at the middle preferences."""
    play = Play(solved.graph, solved.ranks)
    return [_verdict(solved, play, mover, state, concept) for mover in range(len(solved.graph.deciders))]


def _verdict(solved: Solved, play: Play, mover: int, state: int, concept: Concept) -> Verdict:
    arcs = play.graph.arcs[mover]
    here = np.flatnonzero(arcs.src == state)
    gains = [int(at) for at in here if play.gains[mover][0, at]]
    free = undeterred(play, mover, concept)[0] if len(arcs) else np.zeros(0, bool)
    answers = tuple(
        Answer(
            int(arcs.dst[at]),
            not free[at],
            () if free[at] else _answer(play, mover, state, int(arcs.dst[at]), concept),
        )
        for at in gains
    )
    decider = solved.game.deciders[mover]
    words = _words(solved, mover, state, len(here), answers, concept)
    stays = all(answer.deterred for answer in answers)
    return Verdict(decider.id, state, concept, stays, answers, tuple(words))


def _words(
    solved: Solved, mover: int, state: int, moves: int, answers: tuple[Answer, ...], concept: Concept
) -> list[str]:
    name = solved.game.deciders[mover].name
    name = name[:1].upper() + name[1:]
    if not moves:
        return [f"{name} has no move from here."]
    if not answers:
        which = f"none of its {moves} moves leads anywhere" if moves > 1 else "its only move leads nowhere"
        return [f"{name} stays: {which} it likes better."]
    free = [answer for answer in answers if not answer.deterred]
    lines = []
    if free:
        best = max(free, key=lambda answer: int(solved.ranks[mover, 0, answer.to]))
        lines.append(
            f"{name} would leave: it can {change(solved, state, best.to)}, which {gain_in_words(solved, mover, state, best.to)};"
            f" {'no answer is considered' if concept == 'NASH' else 'no answer of the others takes that gain away'}."
        )
    else:
        lines.append(f"{name} stays, though it could do better for a moment ({concept}).")
    for answer in [answer for answer in answers if answer.deterred][:3]:
        lines.append(
            f"It could {change(solved, state, answer.to)}, but {_path_in_words(solved, answer)},"
            f" which leaves {name} no better off than now."
        )
    return lines


def _path_in_words(solved: Solved, answer: Answer) -> str:
    names = {decider.id: decider.name for decider in solved.game.deciders}
    at, parts = answer.to, []
    for who, to in answer.path:
        parts.append(f"{names[who]} could {change(solved, at, to)}")
        at = to
    return ", then ".join(parts) or "others would act at the same time"


def together(solved: Solved, state: int, most: int = 5) -> list[str]:
    """What coalitions could do from a state that leaves every member better off, in words (their own moves stay theirs)."""
    names = {decider.id: decider.name for decider in solved.game.deciders}
    lines: list[str] = []
    for size in range(2, len(names) + 1):
        for members in combinations(range(len(names)), size):
            goals = np.flatnonzero(joint_improvements(solved.graph, solved.ranks, members)[state])
            goals = goals[[_all_move(solved, members, state, goal) for goal in goals.tolist()]]
            if len(goals) and len(lines) < most:
                best = max(
                    goals.tolist(), key=lambda goal: sum(int(solved.ranks[m, 0, goal]) for m in members)
                )
                who = " and ".join(names[solved.graph.deciders[member]] for member in members)
                lines.append(f"Together, {who} could {change(solved, state, best)}: all of them would gain.")
    return lines


def _all_move(solved: Solved, members: tuple[int, ...], src: int, dst: int) -> bool:
    """Whether every member changes some option of its own between two states."""
    turned = int(solved.space.codes[src] ^ solved.space.codes[dst])
    owners = {option.owner for bit, option in enumerate(solved.space.options) if turned >> bit & 1}
    return owners == {solved.graph.deciders[member] for member in members}


def change(solved: Solved, src: int, dst: int) -> str:
    """What is done differently in `dst` than in `src`, in words."""
    codes = solved.space.codes
    before, after = int(codes[src]), int(codes[dst])
    parts = []
    for bit, option in enumerate(solved.space.options):
        if (before ^ after) >> bit & 1:
            verb = "begin to" if after >> bit & 1 else "no longer"
            parts.append(f"{verb} {option.label or option.id}")
    return " and ".join(parts) or "change nothing"


def gain_in_words(solved: Solved, mover: int, src: int, dst: int) -> str:
    """The most important want that decides between two states, and whether it rests on evidence."""
    decider = solved.game.deciders[mover]
    want = deciding_want(solved, decider.id, src, dst)
    if want is None:
        return "it likes better"
    basis = {"evidence": "on evidence", "inferred": "inferred", "assumption": "assumed"}[want.grounds.basis]
    return f'brings it closer to "{want.label or want.that}" ({want.id}, {basis})'


def deciding_want(solved: Solved, decider: str, src: int, dst: int) -> Want | None:
    """The most important want of a decider that is met in just one of two states."""
    for want in order_of(solved.game, decider):
        truth = solved.space.truth(want.that)
        if truth[src] != truth[dst]:
            return want
    return None


def _answer(play: Play, mover: int, start: int, moved: int, concept: Concept) -> tuple[tuple[str, int], ...]:
    """The shortest legal sequence of opponents from `moved` that leaves the mover no better off than at `start`."""
    if concept == "SEQ-or-SIM":
        concept = "SEQ"
    if concept == "SIM":
        return ()
    rank = play.ranks[mover]
    worth = (escape(play.graph.arcs[mover], rank) if concept == "SMR" else rank)[0]
    rows = {other: _ways(play, other, concept == "SEQ") for other in play.opponents(mover)}
    queue: deque[tuple[int, int, tuple[tuple[str, int], ...]]] = deque([(moved, -1, ())])
    seen = {(moved, -1)}
    while queue:
        at, last, path = queue.popleft()
        for other, arcs in rows.items():
            if other == last:
                continue
            place = np.searchsorted(arcs.sources, at)
            if place >= len(arcs.sources) or arcs.sources[place] != at:
                continue
            stop = arcs.starts[place + 1] if place + 1 < len(arcs.starts) else len(arcs)
            for to in arcs.dst[arcs.starts[place] : stop].tolist():
                longer = (*path, (play.graph.deciders[other], to))
                if worth[to] <= rank[0, start]:
                    return longer
                if (to, other) not in seen:
                    seen.add((to, other))
                    queue.append((to, other, longer))
    return ()


def _ways(play: Play, mover: int, credible: bool) -> Arcs:
    """The moves of one opponent (its improvements only, if credible), sorted by where they start."""
    arcs = play.graph.arcs[mover]
    kept = arcs.keep(play.gains[mover][0]) if credible else arcs
    order = np.argsort(kept.src, kind="stable")
    return Arcs.of(kept.src[order], kept.dst[order])
