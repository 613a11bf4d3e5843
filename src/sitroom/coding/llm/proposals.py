"""What a language model proposes, checked at the door: the shape of its answer and the schema that it is given."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from sitroom.catalogues import Acts
from sitroom.errors import AnswerFault
from sitroom.vocabulary import Modality


class Proposal(BaseModel):
    """An event as proposed: words of the report for each part, names of PLOVER for the act."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    quote: str = Field(min_length=1)
    trigger: str = Field(min_length=1)
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str | None = None
    when: str | None = None
    source: str | None = None
    modality: Modality

    @field_validator("contexts", "actors", "recipients", mode="before")
    @classmethod
    def _none_is_empty(cls, words: object) -> object:
        return () if words is None else words

    @field_validator("mode", "place", "when", "source", mode="after")
    @classmethod
    def _empty_is_none(cls, words: str | None) -> str | None:
        return None if words in {"", "null", "none", "None"} else words


def read_proposals(answer: Mapping[str, Any], ontology: Acts, dropped: Counter[str]) -> Iterator[Proposal]:
    """The proposals of an answer that have the shape of an event; the others are counted in `dropped`.

    Raises AnswerFault where the answer is no list of events at all.
    """
    entries = answer.get("events")
    if not isinstance(entries, list):
        raise AnswerFault(
            "the language model's answer holds no list of events",
            hint="try a model that follows a schema, or a server that enforces one",
        )
    for entry in entries:
        try:
            proposal = Proposal.model_validate(entry)
        except ValidationError:
            dropped["not an event by the schema"] += 1
            continue
        if proposal.type in ontology.types:
            yield proposal
        else:
            dropped["no act of PLOVER"] += 1


def schema_of(ontology: Acts) -> dict[str, Any]:
    """The JSON schema of an answer: every field required, nothing beside them, acts and modes as PLOVER names them."""
    modes = sorted({mode for act in ontology.types.values() for mode in act.modes})
    words, names = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
    maybe = {"type": ["string", "null"]}
    parts: dict[str, Any] = {
        "quote": words,
        "trigger": words,
        "type": {"type": "string", "enum": list(ontology.types)},
        "mode": {"anyOf": [{"type": "string", "enum": modes}, {"type": "null"}]},
        "contexts": {"type": "array", "items": {"type": "string", "enum": list(ontology.contexts)}},
        "actors": names,
        "recipients": names,
        "place": maybe,
        "when": maybe,
        "source": maybe,
        "modality": {"type": "string", "enum": list(get_args(Modality))},
    }
    return _object({"events": {"type": "array", "items": _object(parts)}})


def _object(parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": parts, "required": list(parts), "additionalProperties": False}
