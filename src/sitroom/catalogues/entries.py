"""The shapes of catalogue entries: what an analyst may write in the TOML files, checked at the door."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

ActorKind = Literal[
    "state", "territory", "government", "ministry", "army", "police", "intelligence", "parliament", "court",
    "office", "armed-group", "coalition", "party", "movement", "organisation", "outlet", "institute", "company",
    "people", "family", "region", "person",
]  # fmt: skip


class Entry(BaseModel):
    """Frozen, and an unknown key is an error: a typo must not pass silently."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Role(Entry):
    """An office that a person held: `of` is the id of the state or body; open ends are allowed.

    `office` is lower case and general ("president", "prime minister", "foreign minister", "defence minister", "army chief",
    "spokesperson", "envoy", "leader", "commander", "ambassador", "lawmaker").
    """

    office: str
    of: str
    since: date | None = None
    until: date | None = None


class ActorEntry(Entry):
    """Somebody who can act. Ids: states ISO 3166 alpha-3 (`SYR`), bodies `IRN.IRGC`, all others kebab-case (`hezbollah`).

    `aliases` resolve wherever they stand; `short` names (surnames, "the Front") only when the report's other names,
    countries or offices support them. `part_of` rolls up (Quds Force to IRGC to Iran); a proxy is not part of its
    patron. `capital` and `seats` (other seats and spellings: Tel Aviv, Kiev) stand for the government where somebody acts.
    `sector` is a PLOVER sector, `country` ISO 3166 alpha-3 or a PLOVER special code.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str | None = None
    seats: tuple[str, ...] = ()
    part_of: str | None = None
    since: date | None = None
    until: date | None = None
    roles: tuple[Role, ...] = ()
    note: str = ""
