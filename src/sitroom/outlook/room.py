"""From what a room holds to a history: incidents become acts between pairs, each with the day it could be known."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from sitroom.outlook.history import History, Record, build_history
from sitroom.vocabulary import Actor, Incident, Period

LONGEST = 31
"""An incident whose period is longer than this many days has no day that a window could count."""
HAPPENED = ("reported", "claimed", "confirmed", "contested")


def history_from_incidents(
    incidents: Iterable[Incident],
    *,
    known_by: Mapping[str, date] | None = None,
    party: Callable[[Actor], str | None] = lambda actor: actor.key,
) -> History:
    """One act for each actor and recipient of each incident that is told as having happened.

    `known_by` gives the day on which an event id could first be known; an incident is known with the first of its
    events, or on its last day where nothing is given. Denied, expected and hypothetical incidents, and those without
    a day, are left out. Parties of a reciprocal act act on each other. `party` names a party; None says that nobody
    knows who that is ("convoys"), and counts for nobody.
    """
    return build_history(
        record for incident in incidents for record in _records(incident, known_by or {}, party)
    )


def _records(
    incident: Incident, known_by: Mapping[str, date], party: Callable[[Actor], str | None]
) -> Iterator[Record]:
    day = day_of(incident.period)
    if day is None or incident.status not in HAPPENED:
        return
    known = min((known_by[e] for e in incident.events if e in known_by), default=day)
    act = incident.type if incident.mode is None else f"{incident.type}/{incident.mode}"
    actors = list(dict.fromkeys(name for a in incident.actors if (name := party(a))))
    recipients = list(dict.fromkeys(name for a in incident.recipients if (name := party(a))))
    pairs: list[tuple[str, str | None]]
    if incident.mutual:
        pairs = [(one, other) for one in actors for other in actors if one != other]
    else:
        pairs = [(one, other) for one in actors for other in (*recipients,) or (None,) if one != other]
    place = incident.place.name if incident.place is not None else None
    for one, other in pairs:
        yield Record(one, act, other, day, max(known, day), place, incident.id)


def day_of(period: Period) -> date | None:
    """The middle of a period of at most a month; None if it is longer or an end is open."""
    if period.start is None or period.end is None:
        return None
    days = (period.end - period.start).days
    return period.start + timedelta(days=days // 2) if 0 <= days <= LONGEST else None
