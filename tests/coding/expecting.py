"""A short way to say what must be among the events, statements or relations of a report."""

from collections.abc import Iterable

from sitroom.vocabulary import Coded, Event, Relation, Statement


def act(event: Event) -> str:
    """Type and mode as the lexicon writes them: ASSAULT/aerial."""
    return f"{event.type}/{event.mode}" if event.mode else event.type


def outline(event: Event) -> str:
    """One event in one line, for the message of a failing test."""
    who = ", ".join(a.key for a in event.actors) or "-"
    whom = ", ".join(r.key for r in event.recipients) or "-"
    where = event.place.name if event.place else "-"
    days = f"{event.period.start}..{event.period.end}"
    source = event.attribution.name if event.attribution else "-"
    return f"{act(event)} [{event.modality}] {who} > {whom} at {where} {days} by {source}"


def _fits(event: Event, wanted: str) -> bool:
    return act(event) == wanted or ("/" not in wanted and event.type == wanted)


def the_event(
    coded: Coded,
    wanted: str,
    actors: Iterable[str] | None = None,
    recipients: Iterable[str] | None = None,
    place: str | None = None,
    modality: str | None = None,
) -> Event:
    """The one event of the act (a type takes any mode) with exactly these parties; fails with all events in view."""
    found = [
        event
        for event in coded.events
        if _fits(event, wanted)
        and (actors is None or {a.key for a in event.actors} == set(actors))
        and (recipients is None or {r.key for r in event.recipients} == set(recipients))
        and (place is None or (event.place is not None and event.place.name == place))
        and (modality is None or event.modality == modality)
    ]
    seen = "\n  ".join(outline(event) for event in coded.events) or "nothing"
    assert len(found) == 1, (
        f"wanted one {wanted} {actors} > {recipients} {place or ''} {modality or ''}; coded\n  {seen}"
    )
    return found[0]


def no_event(coded: Coded, unwanted: str) -> None:
    """Fails if an event of the act is there."""
    found = [outline(event) for event in coded.events if _fits(event, unwanted)]
    assert not found, f"there must be no {unwanted}: {found}"


def the_statement(coded: Coded, stance: str, speaker: str | None = None) -> Statement:
    """A statement of the stance by the speaker (name or id, any if empty)."""
    found = [
        s
        for s in coded.statements
        if s.stance == stance
        and (not speaker or (s.speaker and speaker in {s.speaker.name, s.speaker.id, s.speaker.text}))
    ]
    seen = [(s.speaker.name if s.speaker else None, s.stance, s.issue) for s in coded.statements]
    assert found, f"wanted {speaker} {stance}; found {seen}"
    return found[0]


def the_relation(coded: Coded, subject: str, relation: str, other: str) -> Relation:
    """The relation between subject and the other actor or place."""
    found = [
        r
        for r in coded.relations
        if r.relation == relation
        and r.subject.key == subject
        and other in {r.object.key if r.object else "", r.place.name if r.place else ""}
    ]
    seen = [
        (r.subject.key, r.relation, r.object.key if r.object else r.place and r.place.name)
        for r in coded.relations
    ]
    assert len(found) == 1, f"wanted {subject} {relation} {other}; found {seen}"
    return found[0]
