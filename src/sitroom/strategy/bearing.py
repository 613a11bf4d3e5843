"""Which actors and positions of a situation bear on an issue, and short names for them."""

import re
from collections.abc import Mapping
from dataclasses import replace

from sitroom.vocabulary.situation import Position, Situation
from sitroom.vocabulary.world import Actor


def stems(text: str) -> set[str]:
    """Word beginnings, so that `iranian-presence` meets "presence of Iran"."""
    plain = {"the", "of", "in", "and", "on", "for", "from", "its", "their", "that", "with", "to", "by"}
    return {word[:4] for word in re.findall(r"[a-z]{3,}", text.lower()) if word not in plain}


def names_of(situation: Situation) -> dict[str, str]:
    """A name for every decider that the room knows: that of the state or group itself, where it is mentioned."""
    names: dict[str, tuple[bool, str]] = {}
    actors = [actor for incident in situation.incidents for actor in (*incident.actors, *incident.recipients)]
    actors += [actor for tie in situation.ties for actor in (tie.source, tie.target)]
    actors += [presence.actor for presence in situation.presences]
    for position in situation.positions:
        actors += [position.actor, *([position.target] if position.target else [])]
    for actor in actors:
        key = party(actor)
        found = ("." in (actor.id or "."), actor.name)
        names[key] = min(names.get(key, found), found, key=lambda pair: pair[0])
    return {key: name for key, (_, name) in names.items()}


def bears_on(position: Position, issue: str, subject: str = "") -> bool:
    """Whether a position bears on the issue: it shares half of the issue's words, the subject's name not counted."""
    wanted = stems(issue) - stems(subject) or stems(issue)
    told = stems(position.issue) | {stem for quote in position.quotes for stem in stems(quote.words)}
    told |= stems(position.target.name) if position.target else set()
    return bool(wanted) and len(wanted & told) * 2 >= len(wanted)


def aim_at(position: Position, subject: str, names: Mapping[str, str]) -> Position:
    """The position aimed at the issue's subject, if its words name it or it is the subject's own; else at nobody."""
    if not subject:
        return position
    words = {stem for quote in position.quotes for stem in stems(quote.words)}
    named = position.target is not None and party(position.target) == subject
    if named or party(position.actor) == subject or stems(names[subject]) & words:
        return replace(position, target=Actor(names[subject], subject))
    return replace(position, target=None)


def party(actor: Actor) -> str:
    """The decider that an actor belongs to: the state or group at the head of its id."""
    head = (actor.id or actor.country or actor.name).split(".")[0]
    plain = re.sub(r"\W+", "-", head).strip("-")
    return plain if plain[:1].isalpha() else f"x-{plain}"


def slug(*parts: str) -> str:
    """A short id in lower case that a condition can name."""
    words = re.sub(r"[^a-z0-9]+", "-", " ".join(parts).lower()).strip("-")
    short = "-".join(words.split("-")[:7])
    return short if short[:1].isalpha() else f"x-{short}".rstrip("-")
