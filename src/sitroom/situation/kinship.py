"""Which actors can be one and the same, and who is part of whom: a state, its bodies and its officials are kin, a proxy is not."""

from collections.abc import Iterable, Sequence

from sitroom.catalogues import Actors
from sitroom.vocabulary import Actor, Attribution

STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG", "LAB"})
SHARED, KIN, UNKNOWN, CONFLICT = 2, 1, 0, -1


def is_named(actor: Actor) -> bool:
    """True when it is known whose actor this is: it has a catalogue id or a country."""
    return actor.id is not None or actor.country is not None


def are_kin(one: Actor, other: Actor) -> bool:
    """True when a report may name one and mean the other: Israel and the IDF, Iran and the Quds Force, Russia and Putin.

    Two different officials, or two different bodies side by side, are not kin.
    """
    if one.key == other.key:
        return True
    if one.id and other.id and (one.id.startswith(other.id + ".") or other.id.startswith(one.id + ".")):
        return True
    if not one.country or one.country != other.country:
        return False
    if is_state(one) or is_state(other):
        return is_official(one) and is_official(other)
    if one.id and other.id:
        return (is_government(one) and is_person(other)) or (is_government(other) and is_person(one))
    return one.sector == other.sector


def is_state(actor: Actor) -> bool:
    """True for the state itself, not one of its bodies."""
    return actor.id is not None and actor.id == actor.country


def is_government(actor: Actor) -> bool:
    """True for the government of a state."""
    return actor.id is not None and actor.id == f"{actor.country}.GOV"


def is_official(actor: Actor) -> bool:
    """True for a state, its bodies and those who serve it; not for its rebels, media or people."""
    bodies = actor.id is not None and actor.country is not None and actor.id.startswith(actor.country + ".")
    return is_state(actor) or bodies or actor.sector in STATE_SECTORS


def is_person(actor: Actor) -> bool:
    """True for an official who is known by name; the catalogue's ids of persons have no dot and a state's sector."""
    return (
        actor.id is not None and not is_state(actor) and "." not in actor.id and actor.sector in STATE_SECTORS
    )


def compare_sides(ones: Sequence[Actor], others: Sequence[Actor]) -> int:
    """SHARED, KIN, UNKNOWN (nobody named on one side) or CONFLICT (both name somebody, and nobody is kin)."""
    left, right = [actor for actor in ones if is_named(actor)], [actor for actor in others if is_named(actor)]
    if not left or not right:
        same = {actor.key for actor in ones} & {actor.key for actor in others}
        return KIN if same else UNKNOWN
    if {actor.key for actor in left} & {actor.key for actor in right}:
        return SHARED
    return KIN if any(are_kin(one, other) for one in left for other in right) else CONFLICT


def compare_parties(ones: Sequence[Actor], others: Sequence[Actor]) -> int:
    """The same for acts of which all parties are equals (talks, deals): everybody on the shorter list needs kin on the other."""
    left, right = [actor for actor in ones if is_named(actor)], [actor for actor in others if is_named(actor)]
    if len(left) > len(right):
        left, right = right, left
    if not left:
        return UNKNOWN
    met = sum(any(are_kin(one, other) for other in right) for one in left)
    if met == len(left):
        return SHARED if met > 1 else KIN
    return CONFLICT


def speaks_for(source: Attribution | None, actors: Iterable[Actor]) -> bool:
    """True when a source is one of the actors, or of their side."""
    if source is None:
        return False
    name = source.name.lower()
    for actor in actors:
        if source.id and actor.id:
            heads = source.id.split(".")[0], actor.id.split(".")[0]
            if heads[0] == heads[1] or source.id == actor.country:
                return True
        if name == actor.name.lower() or (len(actor.name) > 3 and actor.name.lower() in name):
            return True
    return False


def principal(actor: Actor) -> str:
    """The state or group at whose door an act is laid: the country of officials, else the head of the id, else the name."""
    if actor.country and is_official(actor):
        return actor.country
    return (actor.id or actor.name.lower()).split(".")[0]


def roll_up(actor: Actor, actors: Actors) -> Actor:
    """The body at the top that this actor is part of (Quds Force to Iran); a proxy stays what it is."""
    if actor.id is None or actor.id not in actors:
        return actor
    chain = actors.rolls_up_to(actor.id)
    if not chain:
        return actor
    top = actors[chain[-1]]
    return Actor(top.name, top.id, country=top.country, sector=top.sector)
