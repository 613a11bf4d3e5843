"""The states of a game: every combination of options that its conditions allow, in ascending order of their code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sitroom.errors import BadCase, UnknownName
from sitroom.strategy.conditions import Condition, Truth, parse_condition, unfold
from sitroom.vocabulary.strategy import Game, Option

MAX_STATES = 1 << 18
"""More states than this are refused (262,144), also while they are being listed."""

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Space:
    """The feasible states of a game. A code has option 0 as its lowest bit; states are numbered from 0 by code."""

    options: tuple[Option, ...]
    codes: Codes
    status_quo: int
    defines: Mapping[str, Condition]

    @property
    def size(self) -> int:
        """The number of feasible states."""
        return len(self.codes)

    def name(self, state: int) -> str:
        """The state as Y and N in option order."""
        code = int(self.codes[state])
        return "".join("Y" if code >> bit & 1 else "N" for bit in range(len(self.options)))

    def find(self, text: str) -> int:
        """The state that a Y/N string or a number from 1 names, or `now`. Raises BadCase if there is none."""
        if text == "now":
            return self.status_quo
        if text.isdigit() and 1 <= int(text) <= self.size:
            return int(text) - 1
        if set(text) <= {"Y", "N"} and len(text) == len(self.options):
            code = sum(1 << bit for bit, value in enumerate(text) if value == "Y")
            at = int(np.searchsorted(self.codes, code))
            if at < self.size and int(self.codes[at]) == code:
                return at
            raise BadCase(f"state {text} is infeasible", hint="one of the impossible conditions rules it out")
        raise BadCase(
            f"no state {text!r}",
            hint=f"write `now`, a number from 1 to {self.size}, or {len(self.options)} letters Y and N in option order",
        )

    def says(self, state: int) -> str:
        """The state in words: what is done in it."""
        code = int(self.codes[state])
        done = [option.label or option.id for bit, option in enumerate(self.options) if code >> bit & 1]
        return "; ".join(done) or "nothing is done"

    def taken(self) -> Truth:
        """Which option is taken in which state: shape (options, states)."""
        bits = np.arange(len(self.options), dtype=np.int64)[:, None]
        return (self.codes[None, :] >> bits & 1).astype(bool)

    def truth(self, condition: str | Condition) -> Truth:
        """In which states a condition holds: shape (states,). Raises BadCase for an unknown option."""
        read = parse_condition(condition) if isinstance(condition, str) else condition
        return unfold(read, self.defines).holds(_lookup(self.options, self.codes))


def places(options: Iterable[Option]) -> dict[str, list[int]]:
    """What each name in a condition stands for: an option, or all regions of an act (`x`, `x@any`)."""
    found: dict[str, list[int]] = {}
    for bit, option in enumerate(options):
        found[option.id] = [bit]
        if "@" in option.id:
            act = option.id.partition("@")[0]
            found.setdefault(act, []).append(bit)
            found.setdefault(f"{act}@any", []).append(bit)
    return found


class _lookup:  # noqa: N801 - a function with a table
    """Truth of names over codes; an act with regions holds where it is taken in all of them, `act@any` in any."""

    def __init__(self, options: tuple[Option, ...], codes: Codes) -> None:
        self.codes, self.places = codes, places(options)

    def __call__(self, name: str) -> Truth:
        try:
            bits = self.places[name]
        except KeyError:
            raise UnknownName("option", name, self.places) from None
        each = [(self.codes >> bit & 1).astype(bool) for bit in bits]
        return np.asarray(
            np.logical_or.reduce(each) if name.endswith("@any") else np.logical_and.reduce(each)
        )


def read_defines(game: Game) -> dict[str, Condition]:
    """What names stand for, each unfolded to options: defined conditions, and wants, which may refer to one another.

    Raises BadCase when they run in a circle.
    """
    taken = {option.id for option in game.options}
    raw = {want.id: parse_condition(want.that) for want in game.wants if want.id not in taken}
    raw |= {name: parse_condition(text) for name, text in game.defines.items()}
    return {name: unfold(Condition("name", name=name), raw) for name in raw}


Rule = tuple[int, Condition, str]


def list_states(game: Game) -> Space:
    """List the feasible states; see list_codes. Raises BadCase when the status quo is infeasible."""
    defines = read_defines(game)
    options = game.options
    codes = list_codes(game)
    now = sum(1 << bit for bit, option in enumerate(options) if option.now)
    at = int(np.searchsorted(codes, now))
    if at >= len(codes) or int(codes[at]) != now:
        single = _lookup(options, np.array([now]))
        broken = [text for _, rule, text in _rules(game, defines) if rule.holds(single)[0]]
        raise BadCase(
            f"the status quo is itself impossible: {broken[0]!r} holds in it",
            hint="change `now` of an option, or the impossible condition",
        )
    return Space(options, codes, at, defines)


def list_codes(game: Game) -> Codes:
    """The codes of all feasible states, ascending, grown option by option; conditions drop partial states early.

    Raises BadCase when no state is left or beyond MAX_STATES, UnknownName for a condition on an unknown option.
    """
    if len(game.options) > 62:
        raise BadCase(
            f"the game has {len(game.options)} options", hint="62 is the most; merge or leave some out"
        )
    rules = _rules(game, read_defines(game))
    codes = np.zeros(1, dtype=np.int64)
    for bit in range(len(game.options)):
        codes = _grow(codes, bit, game.options, [rule for rule in rules if rule[0] == bit])
    return codes


def _rules(game: Game, defines: Mapping[str, Condition]) -> list[Rule]:
    """The impossible conditions, each with the last option that it mentions."""
    known = places(game.options)
    rules = []
    for rule in game.impossible:
        condition = unfold(parse_condition(rule.that), defines)
        unknown = sorted(condition.names() - known.keys())
        if unknown:
            raise UnknownName("option", unknown[0], known)
        last = max(bit for name in condition.names() for bit in known[name])
        rules.append((last, condition, rule.that))
    return rules


def _grow(codes: Codes, bit: int, options: tuple[Option, ...], rules: list[Rule]) -> Codes:
    values = [0] if options[bit].moves == "fixed" and not options[bit].now else [0, 1]
    if options[bit].moves == "fixed" and options[bit].now:
        values = [1]
    codes = np.concatenate([codes | (value << bit) for value in values])
    for _, rule, text in rules:
        codes = codes[~rule.holds(_lookup(options, codes))]
        if not len(codes):
            raise BadCase(
                f"the impossible conditions leave no state; {text!r} takes the last one",
                hint="weaken that condition or one of those before it",
            )
    if len(codes) > MAX_STATES:
        raise BadCase(
            f"the game has more than {MAX_STATES:,} states", hint="merge options or add impossible conditions"
        )
    return codes
