"""Ask the coder for its reasons: why a sentence gives an event or none, and whether the lexicon keeps its promises."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sitroom.app.finding import find_reports
from sitroom.app.settings import Settings
from sitroom.errors import SitroomError

if TYPE_CHECKING:
    from sitroom.reports import FieldNames


def explain_paths(
    paths: Sequence[str], settings: Settings, fields: "FieldNames | None" = None
) -> Iterator[str]:
    """Text for a reader: each report's sentences with the words, acts and parties found in them, or why it cannot be read."""
    from sitroom.coding import load_coder
    from sitroom.coding.explain import as_text, explain

    coder = load_coder(settings.catalogues, model=settings.model, cache=settings.cache)
    for found in find_reports(paths, fields=fields, overlays=settings.catalogues):
        if isinstance(found, SitroomError):
            yield f"== {found.what}\n{found.hint}\n"
        elif found.language != "en":
            yield f"== {found.name}\nnot English: {found.language}\n"
        else:
            yield f"== {found.name}\n"
            yield from (as_text(one) + "\n" for one in explain(found, coder))


def failing_examples(folder: Path | None, settings: Settings) -> tuple[int, list[str]]:
    """How many examples the lexicon carries, those of the overlay `folder` included, and those that fail.

    Raises CatalogueFault for a wrong entry and BadInput for a missing parser model.
    """
    from sitroom.catalogues import bundled
    from sitroom.coding.examples import try_examples
    from sitroom.coding.lexicon import load_lexicon
    from sitroom.language.parse import load_model

    folders = [bundled(), *settings.catalogues, *([folder] if folder else [])]
    lexicon = load_lexicon([one / "lexicon" for one in folders])
    failures = [str(failure) for failure in try_examples(lexicon, load_model(settings.model))]
    return sum(len(rule.examples) for rule in lexicon.rules.values()), failures
