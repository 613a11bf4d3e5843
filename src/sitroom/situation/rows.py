"""What a situation holds as flat rows, and the part of it that is asked for: by actor, place, issue and day."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from anyascii import anyascii

from sitroom.errors import UnknownName
from sitroom.vocabulary import Actor, Agreement, Contradiction, Place, Position, Presence, Situation, Tie

Row = dict[str, Any]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "ties": ("id", "source", "kind", "target", "sign", "strength", "trend", "verbal_cooperation", "material_cooperation",
             "verbal_conflict", "material_conflict", "from", "to", "confidence", "source_id", "target_id", "because"),
    "presence": ("id", "actor", "kind", "place", "country", "from", "to", "status", "on_word_of", "contested_by", "confidence",
                 "actor_id", "lat", "lon", "because"),
    "agreements": ("id", "parties", "brokers", "status", "subject", "place", "from", "to", "terms", "history", "confidence", "because"),
    "positions": ("id", "actor", "stance", "issue", "target", "strength", "from", "to", "said_by", "quotes", "confidence", "because"),
    "contradictions": ("id", "kind", "about", "says", "sides", "confidence", "because"),
}  # fmt: skip
"""The columns of each kind of row."""

SHORT: Mapping[str, tuple[str, ...]] = {
    "ties": ("id", "source", "kind", "target", "strength", "trend", "from", "to"),
    "presence": ("id", "actor", "kind", "place", "from", "to", "status", "on_word_of"),
    "agreements": ("id", "parties", "brokers", "status", "subject", "from"),
    "positions": ("id", "actor", "stance", "issue", "target", "strength", "quotes"),
    "contradictions": ("id", "kind", "says", "sides"),
}
"""The columns that fit on a terminal."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of a situation; what is left empty does not narrow.

    `actors` are keys (ids, lower-case names, `ISR/MIL`), `places` ids, country codes and folded names (letters and digits
    only), `names` words that one of must stand in a contradiction, `since` the first day that still matters.
    """

    actors: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    issue: str = ""
    since: date | None = None


def rows(kind: str, situation: Situation, asked: Asked = Asked()) -> list[Row]:
    """The rows of one kind that are asked for, in the order of the situation. Raises UnknownName."""
    if kind not in _KINDS:
        raise UnknownName("kind of answer", kind, known=_KINDS)
    records, as_row, fits = _KINDS[kind]
    return [as_row(one) for one in records(situation) if fits(one, asked)]


def tie_row(tie: Tie) -> Row:
    """A tie as a flat row."""
    counts = dict(
        zip(
            ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"),
            tie.counts,
            strict=True,
        )
    )
    return _row("ties", {
        "id": tie.id, "source": tie.source.name, "kind": tie.kind, "target": tie.target.name, "sign": tie.sign,
        "strength": tie.strength, "trend": tie.trend, **counts, "from": tie.period.start, "to": tie.period.end,
        "confidence": tie.confidence, "source_id": tie.source.id, "target_id": tie.target.id, "because": list(tie.because),
    })  # fmt: skip


def presence_row(one: Presence) -> Row:
    """A presence as a flat row."""
    return _row("presence", {
        "id": one.id, "actor": one.actor.name, "kind": one.kind, "place": one.place.name, "country": one.place.country,
        "from": one.period.start, "to": one.period.end, "status": one.status,
        "on_word_of": [source.name for source in one.on_word_of], "contested_by": list(one.contested_by),
        "confidence": one.confidence, "actor_id": one.actor.id, "lat": one.place.lat, "lon": one.place.lon,
        "because": list(one.because),
    })  # fmt: skip


def agreement_row(one: Agreement) -> Row:
    """An agreement as a flat row; `history` lists day and state."""
    return _row("agreements", {
        "id": one.id, "parties": _names(one.parties), "brokers": _names(one.brokers), "status": one.status, "subject": one.subject,
        "place": one.place.name if one.place else None, "from": one.period.start, "to": one.period.end,
        "terms": [_flat(quote.words) for quote in one.terms],
        "history": [f"{day or 'undated'} {state}" for day, state, _ in one.history],
        "confidence": one.confidence, "because": list(one.because),
    })  # fmt: skip


def position_row(one: Position) -> Row:
    """A position as a flat row."""
    return _row("positions", {
        "id": one.id, "actor": one.actor.name, "stance": one.stance, "issue": one.issue,
        "target": one.target.name if one.target else None, "strength": one.strength, "from": one.period.start,
        "to": one.period.end, "said_by": [source.name for source in one.said_by],
        "quotes": [_flat(quote.words) for quote in one.quotes], "confidence": one.confidence, "because": list(one.because),
    })  # fmt: skip


def contradiction_row(one: Contradiction) -> Row:
    """A contradiction as a flat row; each side is dated, attributed and quoted."""
    sides = [
        f"{side.known_by or 'undated'}, {side.attribution.name if side.attribution else 'the report'} ({side.modality}): {_flat(side.quote.words)}"
        for side in one.sides
    ]
    return _row("contradictions", {
        "id": one.id, "kind": one.kind, "about": one.about, "says": one.says, "sides": sides, "confidence": one.confidence,
        "because": [side.evidence for side in one.sides],
    })  # fmt: skip


def fold_name(name: str) -> str:
    """A name as letters and digits only, without accents and case."""
    return "".join(letter for letter in anyascii(name).lower() if letter.isalnum())


def _row(kind: str, values: Row) -> Row:
    return {column: values[column] for column in COLUMNS[kind]}


def _names(actors: Iterable[Actor]) -> list[str]:
    return [actor.name for actor in actors]


def _flat(words: str) -> str:
    return " ".join(words.split())


def _is(actor: Actor | None, keys: frozenset[str]) -> bool:
    if actor is None:
        return False
    return bool(keys & {actor.key, actor.name.lower(), f"{actor.country}/{actor.sector}"})


def _who(actors: Iterable[Actor | None], asked: Asked) -> bool:
    return not asked.actors or any(_is(actor, asked.actors) for actor in actors)


def _where(place: Place | None, asked: Asked) -> bool:
    if not asked.places:
        return True
    if place is None:
        return False
    keys = {fold_name(place.name), place.id or "", place.country or "", fold_name(place.admin1 or "")}
    return bool(asked.places & keys)


def _when(last: date | None, asked: Asked) -> bool:
    return asked.since is None or last is None or last >= asked.since


def _tie_fits(one: Tie, asked: Asked) -> bool:
    return _who((one.source, one.target), asked) and _when(one.period.end, asked)


def _presence_fits(one: Presence, asked: Asked) -> bool:
    return _who((one.actor,), asked) and _where(one.place, asked) and _when(one.period.end, asked)


def _agreement_fits(one: Agreement, asked: Asked) -> bool:
    last = max((day for day, _, _ in one.history if day), default=None)
    return _who((*one.parties, *one.brokers), asked) and _where(one.place, asked) and _when(last, asked)


def _position_fits(one: Position, asked: Asked) -> bool:
    words = asked.issue.lower()
    on_it = not words or words in one.issue or any(words in quote.words.lower() for quote in one.quotes)
    return on_it and _who((one.actor, one.target), asked) and _when(one.period.end, asked)


def _contradiction_fits(one: Contradiction, asked: Asked) -> bool:
    last = max((side.known_by for side in one.sides if side.known_by), default=None)
    text = " ".join((one.about, one.says, *(side.quote.words for side in one.sides))).lower()
    named = not asked.names or any(name.lower() in text for name in asked.names)
    return named and (not asked.issue or asked.issue.lower() in text) and _when(last, asked)


_KINDS: Mapping[
    str, tuple[Callable[[Situation], Iterable[Any]], Callable[[Any], Row], Callable[[Any, Asked], bool]]
] = {
    "ties": (lambda situation: situation.ties, tie_row, _tie_fits),
    "presence": (lambda situation: situation.presences, presence_row, _presence_fits),
    "agreements": (lambda situation: situation.agreements, agreement_row, _agreement_fits),
    "positions": (lambda situation: situation.positions, position_row, _position_fits),
    "contradictions": (lambda situation: situation.contradictions, contradiction_row, _contradiction_fits),
}
