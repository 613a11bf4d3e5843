"""From what a person types (Israel, Deir ez-Zor, a day) to what the evidence is selected by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import get_args

from sitroom.catalogues import ActorEntry, Actors
from sitroom.errors import BadInput, UnknownName
from sitroom.evidence import Selection
from sitroom.evidence.records import fold
from sitroom.vocabulary import Modality

STATE_SECTORS = ("GOV", "MIL", "COP", "SPY", "JUD", "LEG")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a person asks for; what is left empty does not narrow.

    Actors are ids, names or aliases and include all that are part of them. `about` is an actor or a place. `as_of`
    leaves out what happened later, `known_by` (given to the view) what could not be known yet.
    """

    actor: str | None = None
    recipient: str | None = None
    about: str | None = None
    act: str | None = None
    place: str | None = None
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    modality: str | None = None
    report: str | None = None
    limit: int | None = None
    historical: bool | None = None
    wrong: bool = False


CatalogueLoader = Callable[[], Actors]


def select(filters: Filters, load: CatalogueLoader) -> Selection:
    """The selection for these filters; the catalogue is loaded only where an actor is asked for. Raises BadInput, UnknownName."""
    since, until = filters.since, min(filter(None, (filters.until, filters.as_of)), default=None)
    if since and until and since > until:
        raise BadInput(
            f"the window from {since} to {until} is empty", hint="give a since that is before until"
        )
    if filters.modality and filters.modality not in get_args(Modality):
        raise UnknownName("modality", filters.modality, known=get_args(Modality))
    labels, modes = _act(filters.act)
    asked = {
        role: getattr(filters, role) for role in ("actor", "recipient", "about") if getattr(filters, role)
    }
    keys = {role: actor_keys(name, load()) for role, name in asked.items()}
    return Selection(
        labels=labels,
        modes=modes,
        actors=keys.get("actor", ()),
        recipients=keys.get("recipient", ()),
        parties=keys.get("about", ()),
        places=place_keys(filters.place) if filters.place else (),
        reports=(filters.report,) if filters.report else (),
        modalities=(filters.modality,) if filters.modality else (),
        since=since,
        until=until,
        historical=filters.historical,
        wrong=filters.wrong,
        limit=filters.limit,
    )


def _act(act: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """`assault/aerial` as types and modes; case does not matter: types are upper, stances and relations lower case."""
    label, _, mode = (act or "").partition("/")
    return tuple(dict.fromkeys((label, label.upper(), label.lower()))) if label else (), (
        mode.lower(),
    ) if mode else ()


def actor_keys(name: str, actors: Actors) -> tuple[str, ...]:
    """Everything by which the actor named so, and all that are part of it, stand in the evidence.

    A name that the catalogue lacks stands for itself: reports name actors that no catalogue has.
    """
    chosen = find_actors(name, actors)
    keys = [name.lower()]
    for entry in chosen:
        keys.append(entry.id)
        if entry.kind in ("state", "territory") or entry.id == entry.country:
            keys += [f"{entry.id}/{sector}" for sector in STATE_SECTORS]
        keys += [one.id for one in actors if one.part_of and entry.id in actors.rolls_up_to(one.id)]
    return tuple(dict.fromkeys(keys))


def find_actors(name: str, actors: Actors) -> list[ActorEntry]:
    """The entries with this id, else with this name in any spelling of case, else with this short name."""
    if name in actors:
        return [actors[name]]
    if name.upper() in actors:
        return [actors[name.upper()]]
    folded = name.casefold()
    for uses in (("name",), ("short", "demonym", "adjective")):
        found = {
            entry.id: entry
            for words, bearers in actors.names(*uses).items()
            if words.casefold() == folded
            for entry in bearers
        }
        if found:
            return list(found.values())
    return []


def place_keys(name: str) -> tuple[str, ...]:
    """What a place named so stands under: its folded name, with and without the Arabic article, or a country code."""
    folded = fold(name)
    bare = (
        fold(name.split("-", 1)[1])
        if name.lower().startswith(("al-", "el-", "as-", "ar-", "az-", "ad-"))
        else folded
    )
    return tuple(dict.fromkeys((folded, bare, "al" + bare, name.upper(), name)))


def unheard(name: str, actors: Actors) -> str:
    """What to tell who asked for an actor and got nothing: empty where the catalogue has it, else the nearest names."""
    if find_actors(name, actors):
        return ""
    spelt = {word.casefold(): word for word in actors.names("name", "short")}
    near = [spelt[word] for word in get_close_matches(name.casefold(), spelt, n=3, cutoff=0.75)]
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"the catalogue has no actor {name!r}, so only reports that write it so would count{meant}"
