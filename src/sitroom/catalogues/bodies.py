"""The bodies that every state has, so that nobody must write two hundred foreign ministries by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from sitroom.catalogues.entries import ActorEntry, ActorKind


@dataclass(frozen=True, slots=True)
class StandardBody:
    """One body and what follows the adjective or the name's genitive: "Syrian army", "Syria's army", "army of Syria".

    `above` is the suffix of the body it is part of, empty for the state itself.
    """

    kind: ActorKind
    sector: str
    phrases: tuple[str, ...]
    above: str = ""


STANDARD_BODIES: dict[str, StandardBody] = {
    "GOV": StandardBody("government", "GOV", ("government", "authorities", "regime", "cabinet")),
    "MIL": StandardBody("army", "MIL", ("army", "military", "armed forces", "air force", "navy")),
    "POL": StandardBody("police", "COP", ("police", "security forces", "police force")),
    "LEG": StandardBody("parliament", "LEG", ("parliament", "legislature")),
    "JUD": StandardBody("court", "JUD", ("judiciary", "courts", "court", "supreme court")),
    "SPY": StandardBody(
        "intelligence", "SPY",
        ("intelligence", "intelligence services", "intelligence service", "intelligence agency",
         "intelligence agencies", "secret service"),
    ),
    "MFA": StandardBody("ministry", "GOV", ("foreign ministry", "ministry of foreign affairs"), ".GOV"),
    "MOD": StandardBody(
        "ministry", "GOV",
        ("defence ministry", "defense ministry", "ministry of defence", "ministry of defense"), ".GOV",
    ),
    "MOI": StandardBody("ministry", "GOV", ("interior ministry", "ministry of interior"), ".GOV"),
}  # fmt: skip


def add_standard_bodies(entries: Sequence[ActorEntry]) -> list[ActorEntry]:
    """Return the entries with `ISO3.GOV`, `ISO3.MIL` and so on for every state; territories get a government only.

    A body that is already written keeps all it says and gains the common names. A written name always wins: a
    common name that another entry claims outright is left to that entry.
    """
    owner = {name: entry.id for entry in reversed(entries) for name in (entry.name, *entry.aliases)}
    found = {entry.id: entry for entry in entries}
    for state in entries:
        if state.kind not in ("state", "territory") or not state.adjectives:
            continue
        for suffix, body in STANDARD_BODIES.items():
            if state.kind == "state" or suffix == "GOV":
                actor = f"{state.id}.{suffix}"
                names = [
                    name for name in _common_names(state, body) if owner.setdefault(name, actor) == actor
                ]
                found[actor] = _with_names(found.get(actor), names) or _standard(actor, state, body, names)
    return list(found.values())


def _common_names(state: ActorEntry, body: StandardBody) -> list[str]:
    """The names of a body, each as in running text and as in a headline; the most usual first."""
    genitive = f"{state.name}'" if state.name.endswith("s") else f"{state.name}'s"
    names = [f"{owner} {phrase}" for owner in (*state.adjectives, genitive) for phrase in body.phrases]
    articled = f"the {state.name}"
    names += [
        f"{phrase} of {articled if articled in state.aliases else state.name}" for phrase in body.phrases
    ]
    return [name for plain in names for name in dict.fromkeys((plain, _as_headline(plain)))]


def _as_headline(words: str) -> str:
    return " ".join(word if word in ("of", "the") else word[0].upper() + word[1:] for word in words.split())


def _with_names(written: ActorEntry | None, names: Sequence[str]) -> ActorEntry | None:
    if written is None:
        return None
    own = dict.fromkeys([*written.aliases, *(name for name in names if name != written.name)])
    return written.model_copy(update={"aliases": tuple(own)})


def _standard(actor: str, state: ActorEntry, body: StandardBody, names: Sequence[str]) -> ActorEntry:
    """Build a body without validation: its parts come from a checked entry."""
    return ActorEntry.model_construct(
        id=actor,
        name=names[0] if names else f"{state.adjectives[0]} {body.phrases[0]}",
        kind=body.kind,
        country=state.country,
        sector=body.sector,
        aliases=tuple(names[1:]),
        part_of=state.id + body.above if state.kind == "state" else state.id,
        since=state.since,
        until=state.until,
        note="standard body",
    )
