"""A slow, obviously right checker of stability: sets, recursion and the definitions word for word; and random games."""

import random

from sitroom.strategy.conditions import parse_condition
from sitroom.vocabulary.strategy import Decider, Game, Impossible, Option, Want


def random_game(seed: int) -> Game:
    """A small game: 2 to 4 deciders, 3 to 6 options, some infeasible, irreversible, and tied."""
    dice = random.Random(seed)
    deciders = dice.randint(2, 4)
    many = dice.randint(max(3, deciders), 6)
    owners = list(range(deciders)) + [dice.randrange(deciders) for _ in range(many - deciders)]
    moves = ["both"] * 3 + (["forward", "back"] if dice.random() < 0.5 else [])
    options = tuple(Option(f"o{i}", f"d{o}", "", moves=dice.choice(moves)) for i, o in enumerate(owners))
    names = [option.id for option in options]
    # the status quo (all options N) stays feasible: every pattern asks for at least one option
    impossible = []
    for _ in range(dice.randint(0, 4)):
        some = dice.sample(names, dice.randint(2, min(3, many)))
        impossible.append(
            Impossible(" and ".join([some[0], *(n if dice.random() < 0.6 else f"not {n}" for n in some[1:])]))
        )
    wants = []
    for d in range(deciders):
        for rank in range(dice.choice([2, 3, 6, 8])):
            a, b = dice.sample(names, 2)
            shapes = [a, f"not {a}", f"{a} iff {b}", f"if {a} then {b}", f"{a} or not {b}", f"{a} and {b}"]
            wants.append(Want(f"w{d}_{rank}", f"d{d}", dice.choice(shapes), rank=(rank, rank)))
    return Game(
        "random",
        "random",
        tuple(Decider(f"d{d}", "") for d in range(deciders)),
        options,
        tuple(wants),
        tuple(impossible),
    )


class Checker:
    """States are tuples of booleans; everything is recomputed from the definitions, nothing shared with sitroom.strategy
    but the parser of conditions (whose truth is evaluated here, state by state)."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.ids = [option.id for option in game.options]
        everything = [()]
        for _ in game.options:
            everything = [(*s, v) for s in everything for v in (False, True)]
        self.states = [
            s for s in everything if not any(self.true(parse_condition(r.that), s) for r in game.impossible)
        ]
        # as in sitroom: ascending code, option 0 lowest
        self.states.sort(key=lambda s: sum(v << i for i, v in enumerate(s)))
        self.known = set(self.states)
        self.worth = [{s: self.value(d.id, s) for s in self.states} for d in game.deciders]
        self.moves = [{s: self.own_moves(d.id, s) for s in self.states} for d in game.deciders]

    def true(self, condition, state) -> bool:
        if condition.op == "name":
            return state[self.ids.index(condition.name)]
        values = [self.true(part, state) for part in condition.parts]
        if condition.op == "not":
            return not values[0]
        if condition.op == "and":
            return all(values)
        if condition.op == "or":
            return any(values)
        if condition.op == "implies":
            return (not values[0]) or values[1]
        return values[0] == values[1]

    def value(self, decider: str, state) -> int:
        wants = sorted((w for w in self.game.wants if w.of == decider), key=lambda w: w.rank)
        return sum(
            2 ** (len(wants) - 1 - place)
            for place, want in enumerate(wants)
            if self.true(parse_condition(want.that), state)
        )

    def own_moves(self, decider: str, state) -> list:
        return [other for other in self.states if other != state and self.may(decider, state, other)]

    def may(self, decider: str, state, other) -> bool:
        for option, before, after in zip(self.game.options, state, other, strict=True):
            if before == after:
                continue
            if option.owner != decider:
                return False
            if option.moves == "forward" and before:
                return False
            if option.moves == "back" and after:
                return False
        return True

    def improvements(self, d: int, state) -> list:
        return [s for s in self.moves[d][state] if self.worth[d][s] > self.worth[d][state]]

    def answers(self, opponents, state, improving: bool) -> set:
        """All ends of legal sequences of the opponents from `state`: nobody moves twice running."""
        found: set = set()

        def go(at, last) -> None:
            for d in opponents:
                if d == last:
                    continue
                for after in self.improvements(d, at) if improving else self.moves[d][at]:
                    if (after, d) not in found:
                        found.add((after, d))
                        go(after, d)

        go(state, None)
        return {state for state, _ in found}

    def stays(self, d: int, state, concept: str) -> bool:
        if concept == "SEQ-or-SIM":
            return self.stays(d, state, "SEQ") or self.stays(d, state, "SIM")
        here = self.worth[d][state]
        return all(self.deterred(d, state, better, here, concept) for better in self.improvements(d, state))

    def deterred(self, d: int, state, better, here, concept: str) -> bool:
        opponents = [o for o in range(len(self.game.deciders)) if o != d]
        worth = self.worth[d]
        if concept == "NASH":
            return False
        if concept == "GMR":
            return any(worth[s] <= here for s in self.answers(opponents, better, False))
        if concept == "SEQ":
            return any(worth[s] <= here for s in self.answers(opponents, better, True))
        if concept == "SMR":
            return any(
                worth[s] <= here and all(worth[t] <= here for t in self.moves[d][s])
                for s in self.answers(opponents, better, False)
            )
        combined = [better]
        for o in opponents:
            combined += [self.add(c, state, step) for c in combined for step in self.improvements(o, state)]
        return any(c in self.known and worth[c] <= here for c in combined[1:])

    @staticmethod
    def add(base, state, step):
        return tuple(
            after if before != after else old for old, before, after in zip(base, state, step, strict=True)
        )
