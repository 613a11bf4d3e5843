"""What a language model is told: the instruction from the catalogue, filled with the ontology, and the text in parts."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pydantic import ValidationError

from sitroom.catalogues import Acts
from sitroom.catalogues.entries import Entry
from sitroom.errors import CatalogueFault
from sitroom.language.sentences import Sentence
from sitroom.vocabulary import Modality

Part = Sequence[Sentence]
"""Sentences of a report that are sent together."""


class PromptFile(Entry):
    """The whole of prompts/events.toml."""

    version: str
    instruction: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """The instruction, ready to be sent, and the version that coded events name."""

    version: str
    instruction: str


def load_prompt(folders: Sequence[Path], ontology: Acts) -> Prompt:
    """The prompt of the last folder that has one, filled with acts and contexts. Raises CatalogueFault."""
    path = [file for folder in folders if (file := folder / "prompts" / "events.toml").is_file()][-1]
    try:
        written = PromptFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        raise CatalogueFault(
            f"{path}: {error}", hint="compare with the bundled prompts/events.toml"
        ) from error
    instruction = written.instruction
    for name, words in (
        ("{acts}", "\n".join(_act_lines(ontology))),
        ("{contexts}", "\n".join(f"- {name}: {gloss}" for name, gloss in ontology.contexts.items())),
        ("{modalities}", ", ".join(get_args(Modality))),
    ):
        instruction = instruction.replace(name, words)
    return Prompt(written.version, instruction)


def _act_lines(ontology: Acts) -> Iterator[str]:
    for act in ontology.types.values():
        yield f"- {act.name}: {act.definition}"
        yield from (f"  - {mode.name}: {mode.gloss}" for mode in act.modes.values())


def cut(sentences: Sequence[Sentence], text: str, length: int) -> Iterator[Part]:
    """Parts of at most `length` characters, cut between paragraphs where that leaves half a part, else between sentences.

    A longer sentence is a part of its own.
    """
    part: list[Sentence] = []
    for sentence in sentences:
        if part and sentence.end - part[0].start > length:
            at = _last_paragraph(part, text, length)
            yield part[:at]
            part = part[at:]
        part.append(sentence)
    if part:
        yield part


def _last_paragraph(part: Part, text: str, length: int) -> int:
    """Where the last paragraph of the part begins, if half of the length stands before it, else the end of the part."""
    for i in range(len(part) - 1, 0, -1):
        if part[i].start - part[0].start < length / 2:
            break
        if "\n\n" in text[part[i - 1].end : part[i].start]:
            return i
    return len(part)


def lines(part: Part) -> str:
    """The part as it is sent: one sentence per line."""
    return "\n".join(sentence.text for sentence in part)
