"""The bodies that every state has, so that nobody must write two hundred foreign ministries by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from sitroom.catalogues.entries import ActorEntry, ActorKind


@dataclass(frozen=True, slots=True)
class StandardBody:
    """One body: its phrase after the adjective ("Syrian army") and, where usual, before the name ("army of Syria")."""

    kind: ActorKind
    sector: str
    above: str
    phrases: tuple[str, ...]
    of_phrases: tuple[str, ...] = ()


STANDARD_BODIES: dict[str, StandardBody] = {
    "GOV": StandardBody(
        "government", "GOV", "", ("government", "authorities", "regime", "cabinet"), ("government", "Government"),
    ),
    "MIL": StandardBody(
        "army", "MIL", "", ("army", "military", "armed forces", "Army", "Armed Forces", "air force", "Air Force",
                            "navy", "Navy"), ("army", "armed forces"),
    ),
    "POL": StandardBody("police", "COP", "", ("police", "security forces", "police force")),
    "LEG": StandardBody(
        "parliament", "LEG", "", ("parliament", "Parliament", "legislature"), ("parliament", "Parliament"),
    ),
    "JUD": StandardBody("court", "JUD", "", ("judiciary", "courts", "court", "supreme court", "Supreme Court")),
    "SPY": StandardBody(
        "intelligence", "SPY", "", ("intelligence", "intelligence services", "intelligence service",
                                    "intelligence agency", "intelligence agencies", "secret service"),
    ),
    "MFA": StandardBody(
        "ministry", "GOV", ".GOV",
        ("foreign ministry", "Foreign Ministry", "ministry of foreign affairs", "Ministry of Foreign Affairs"),
        ("foreign ministry", "Ministry of Foreign Affairs"),
    ),
    "MOD": StandardBody(
        "ministry", "GOV", ".GOV",
        ("defence ministry", "defense ministry", "Defence Ministry", "Defense Ministry", "ministry of defence",
         "ministry of defense", "Ministry of Defence", "Ministry of Defense"),
        ("defence ministry", "Ministry of Defence", "Ministry of Defense"),
    ),
    "MOI": StandardBody(
        "ministry", "GOV", ".GOV",
        ("interior ministry", "Interior Ministry", "ministry of interior", "Ministry of Interior"),
        ("interior ministry", "Ministry of Interior"),
    ),
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
    names = [f"{adjective} {phrase}" for adjective in state.adjectives for phrase in body.phrases]
    plain = state.name if not state.name.endswith("s") else None
    for phrase in dict.fromkeys(body.of_phrases):
        names.append(f"{phrase} of {state.name}")
        if plain and phrase.islower():
            names.append(f"{plain}'s {phrase}")
    return names


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
