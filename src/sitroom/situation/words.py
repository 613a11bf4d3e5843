"""Incidents, ties and the rest in plain words, without colour: what is said here is only what the record holds."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from sitroom.vocabulary import Actor, Period, Place

VERBS = {
    "AGREE": "agreed with", "CONSULT": "met", "SUPPORT": "backed or signed with", "CONCEDE": "gave way to",
    "COOPERATE": "cooperated with", "AID": "aided", "RETREAT": "pulled back from", "REQUEST": "asked",
    "ACCUSE": "accused", "REJECT": "turned down", "THREATEN": "threatened", "PROTEST": "protested against",
    "SANCTION": "sanctioned", "MOBILIZE": "moved forces against", "COERCE": "coerced", "ASSAULT": "attacked",
}  # fmt: skip
ALONE = {
    "AGREE": "agreed", "CONSULT": "met", "SUPPORT": "backed or signed", "CONCEDE": "gave way", "COOPERATE": "cooperated",
    "AID": "gave aid", "RETREAT": "pulled back", "REQUEST": "asked for something", "ACCUSE": "accused somebody",
    "REJECT": "turned something down", "THREATEN": "threatened", "PROTEST": "protested", "SANCTION": "imposed sanctions",
    "MOBILIZE": "moved forces", "COERCE": "used coercion", "ASSAULT": "attacked or fought",
}  # fmt: skip


def joined(names: Iterable[str]) -> str:
    """`Iran`, `Iran and Russia`, `Iran, Russia and Turkey`."""
    listed = list(dict.fromkeys(names))
    if len(listed) < 2:
        return "".join(listed)
    return ", ".join(listed[:-1]) + " and " + listed[-1]


def actor_names(actors: Iterable[Actor]) -> str:
    """Actors by name, joined."""
    actors = tuple(actors)
    if len(actors) == 1:
        return actors[0].name
    return joined(actor.name for actor in actors)


@lru_cache(maxsize=16_384)
def day_words(day: date) -> str:
    """`1 May 2018`."""
    return f"{day.day} {day:%B %Y}"


def period_words(period: Period) -> str:
    """`on 1 May 2018`, `between 1 and 3 May 2018`, `from 2015-01-01 on`; empty when nothing is known."""
    start, end = period.start, period.end
    if start and end:
        if start == end:
            return f"on {day_words(start)}"
        left = str(start.day) if (start.year, start.month) == (end.year, end.month) else day_words(start)
        return f"between {left} and {day_words(end)}"
    if start:
        return f"from {day_words(start)} on"
    return f"until {day_words(end)}" if end else ""


def place_words(place: Place | None) -> str:
    """`in Damascus`; empty when unknown."""
    return f"in {place.name}" if place else ""


def act_sentence(
    type: str, mode: str | None, actors: tuple[Actor, ...], recipients: tuple[Actor, ...], tail: str
) -> str:
    """`Israel attacked (aerial) Syria in Homs on 11 June 2019`."""
    verb = (VERBS if recipients else ALONE).get(type, type.lower())
    how = f"({mode})" if mode else ""
    parts = (actor_names(actors) or "Somebody unnamed", verb, how, actor_names(recipients), tail)
    return " ".join(part for part in parts if part)


def number_words(low: float | None, high: float | None) -> str:
    """`3`, `3 to 5`, `at least 12`, `up to 40`."""
    if low is not None and high is not None:
        return f"{low:g}" if low == high else f"{low:g} to {high:g}"
    if low is not None:
        return f"at least {low:g}"
    return f"up to {high:g}" if high is not None else "some"
