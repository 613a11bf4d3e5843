"""Change one thing in a game: pin an option, shift, drop or add a want."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sitroom.errors import BadInput, UnknownName
from sitroom.strategy.preferences import order_of
from sitroom.strategy.states import places
from sitroom.vocabulary.strategy import Game, Shift, Want, WhatIf


def apply(game: Game, whatif: WhatIf) -> Game:
    """The game with the change made; everything else, the seed included, stays. Raises UnknownName, BadInput."""
    changed = drop_wants(pin_options(game, whatif.pin), whatif.drop)
    for shift in whatif.shift:
        changed = shift_want(changed, shift)
    return replace(changed, wants=(*changed.wants, *whatif.add), whatifs=())


def pin_options(game: Game, pin: Mapping[str, bool]) -> Game:
    """Set options to a value that nobody changes any more; an act with regions is pinned in all of them."""
    known = places(game.options)
    fixed: dict[int, bool] = {}
    for name, value in pin.items():
        if name not in known:
            raise UnknownName("option", name, known)
        fixed |= dict.fromkeys(known[name], value)
    options = tuple(
        replace(option, now=fixed[bit], moves="fixed") if bit in fixed else option
        for bit, option in enumerate(game.options)
    )
    return replace(game, options=options)


def drop_wants(game: Game, ids: Sequence[str]) -> Game:
    """The game without these wants."""
    known = {want.id for want in game.wants}
    for one in ids:
        if one not in known:
            raise UnknownName("want", one, known)
    return replace(game, wants=tuple(want for want in game.wants if want.id not in ids))


def shift_want(game: Game, shift: Shift) -> Game:
    """Lift one want just above another of the same decider; the order of the others stays.

    Raises BadInput when the two belong to different deciders or carry weights.
    """
    wants = {want.id: want for want in game.wants}
    for one in (shift.want, shift.above):
        if one not in wants:
            raise UnknownName("want", one, wants)
    lifted, above = wants[shift.want], wants[shift.above]
    if lifted.of != above.of or lifted.weight is not None:
        raise BadInput(
            f"cannot lift {lifted.id} above {above.id}",
            hint="both must be prioritised wants of the same decider",
        )
    order = order_of(game, lifted.of)
    if order.index(lifted) < order.index(above):
        return game
    below = [want for want in order[order.index(above) :] if want is not lifted]
    ranks = {want.id: (want.rank[0] + 1, want.rank[1] + 1) for want in below} | {lifted.id: above.rank}
    return replace(
        game, wants=tuple(replace(want, rank=ranks.get(want.id, want.rank)) for want in game.wants)
    )


def set_option(game: Game, name: str, value: bool) -> WhatIf:
    """The what-if that pins one option. Raises UnknownName."""
    if name not in places(game.options):
        raise UnknownName("option", name, places(game.options))
    return WhatIf(
        f"{name}={'Y' if value else 'N'}", f"{name} is {'taken' if value else 'not taken'}", {name: value}
    )


def used_evidence(game: Game) -> tuple[str, ...]:
    """Every evidence id that a line of the game rests on, in order of first use."""
    lines = [line.grounds for line in game.options]
    lines += [line.grounds for line in game.impossible] + [line.grounds for line in game.wants]
    return tuple(dict.fromkeys(one for grounds in lines for one in grounds.evidence))


def known_then(game: Game) -> Game:
    """The game without wants that rest only on evidence known after its day (a strict as-of run)."""

    def known(want: Want) -> bool:
        days = [game.notes[one].known_by for one in want.grounds.evidence if one in game.notes]
        late = [day for day in days if day and game.as_of and day > game.as_of]
        return not want.grounds.evidence or len(late) < len(want.grounds.evidence)

    return replace(game, wants=tuple(want for want in game.wants if known(want)))
