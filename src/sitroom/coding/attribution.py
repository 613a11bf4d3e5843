"""Who says it: reporting verbs, "according to", quotations that run over sentences, anonymous sources."""

import re
from collections.abc import Sequence

from spacy.tokens import Token

from sitroom.catalogues import Actors
from sitroom.language import clause
from sitroom.language.actors import Resolver
from sitroom.language.reading import ParsedSentence
from sitroom.vocabulary import Actor, Attribution
from sitroom.vocabulary.evidence import AttributionKind

SPEECH = frozenset(
    [
        "say",
        "tell",
        "add",
        "state",
        "write",
        "tweet",
        "note",
        "declare",
        "announce",
        "claim",
        "insist",
        "argue",
        "explain",
        "warn",
        "stress",
        "report",
        "believe",
        "reiterate",
        "comment",
        "remark",
        "conclude",
        "affirm",
        "recall",
        "point",
        "underline",
        "maintain",
        "assert",
        "contend",
        "confirm",
        "deny",
        "acknowledge",
        "admit",
        "post",
    ]
)
SOURCES = {"according", "per"}


def speaker_of(token: Token, here: ParsedSentence, resolver: Resolver) -> Attribution | None:
    """The attribution that a noun phrase head stands for; None for nobody in particular ("it is said")."""
    if not resolver.can_speak(token, here):
        return None
    found = resolver.resolve(token, here, owner=False)
    if not found:
        if token.pos_ in {"PRON"} or not token.is_alpha:
            return None
        text, start, end = token.text, here.offset(token), here.end(token)
        return Attribution(
            text, None, "person" if token.ent_type_ == "PERSON" else "anonymous", text, start, end
        )
    return as_attribution(found[0], here, resolver.actors, token)


def as_attribution(
    actor: Actor, here: ParsedSentence, actors: Actors, token: Token | None = None
) -> Attribution:
    """An actor as a source, with what kind of source it is."""
    return Attribution(
        actor.name, actor.id, _kind(actor, here, actors, token), actor.text, actor.start, actor.end
    )


def _kind(actor: Actor, here: ParsedSentence, actors: Actors, token: Token | None) -> AttributionKind:
    entry = actors.by_id.get(actor.id) if actor.id else None
    sentence = here.sentence.text.lower()
    if entry is None and re.search(r"\banonym|not (?:be )?(?:named|identified)|unnamed", sentence):
        return "anonymous"
    if actor.sector == "JRN" or (entry is not None and entry.kind == "outlet"):
        return "media"
    if actor.sector == "EDU" or (entry is not None and entry.kind == "institute"):
        return "analyst"
    if entry is not None and entry.kind == "person":
        old = token is not None and any(t.lower_ in {"former", "ex"} for t in token.subtree)
        return (
            "analyst"
            if old
            else "official"
            if actor.sector in {"GOV", "MIL", "LEG", "JUD", "SPY", "COP"}
            else "person"
        )
    if actor.sector in {"CVL", "REF"} or re.search(r"\bwitness(?:es)?\b|\bresidents?\b", actor.text.lower()):
        return "witness"
    if entry is not None and entry.kind in {"organisation", "armed-group", "party", "movement", "coalition"}:
        return "organisation"
    if actor.sector in {"GOV", "MIL", "LEG", "JUD", "SPY", "COP"}:
        return "official"
    return "person" if token is not None and token.ent_type_ == "PERSON" else "anonymous"


def speakers_above(token: Token) -> list[Token]:
    """Subjects of the nearest speech verb whose "that" clause the token stands in, where the parse hides the link."""
    for ancestor in token.ancestors:
        if ancestor.pos_ == "VERB" and ancestor.lemma_.lower() in SPEECH:
            that = any(t.lower_ == "that" and ancestor.i < t.i < token.i for t in ancestor.subtree)
            return clause.expand(clause.subjects(ancestor)) if that and ancestor.i < token.i else []
    return []


def sources_named(here: ParsedSentence, act: Token) -> list[Token]:
    """Heads after "according to" and "as per" that vouch for the clause of the act."""
    found: list[Token] = []
    for token in here.doc:
        if token.lower_ == "according":
            objects = [o for to in token.children if to.lower_ == "to" for o in clause.children(to, "pobj")]
        elif token.lower_ == "per" and token.i and here.doc[token.i - 1].lower_ == "as":
            objects = list(clause.children(token, "pobj"))
        else:
            continue
        anchor = token.head
        while anchor.dep_ in {"prep", "pobj", "advmod", "pcomp"} and anchor.head.i != anchor.i:
            anchor = anchor.head
        if anchor.dep_ == "ROOT" or anchor == act or anchor.is_ancestor(act):
            found += objects
    return found


def quoting_verb(here: ParsedSentence) -> Token | None:
    """The main speech verb of a sentence with a quotation: "...", he said / he said: "..."."""
    if not re.search(r"[\"“”]", here.sentence.text):
        return None
    for token in here.doc:
        if token.lemma_.lower() in SPEECH and token.pos_ == "VERB" and not _inside_quotes(token, here):
            return token
    return None


def quoted_speakers(verb: Token, here: ParsedSentence) -> list[Token]:
    """Who says a quotation: the verb's subject outside the quotation marks, else the name beside the verb."""
    own = [t for t in clause.subjects(verb) if not _inside_quotes(t, here)]
    if own:
        return own
    beside = [
        t
        for t in here.doc[max(0, verb.i - 3) : verb.i + 4]
        if t.pos_ in {"PROPN", "PRON"} and not _inside_quotes(t, here)
    ]
    return beside[-1:] if beside and beside[-1].i > verb.i else beside[:1]


def _inside_quotes(token: Token, here: ParsedSentence) -> bool:
    text = here.sentence.text[: token.idx]
    if "“" in text or "”" in text:
        return text.count("“") > text.count("”")
    return text.count('"') % 2 == 1


def quoted(token: Token, here: ParsedSentence, open_before: bool) -> bool:
    """True when the token stands inside quotation marks; `open_before`: a quotation runs on from the sentence before."""
    text = here.sentence.text[: token.idx]
    curly = (
        text.count("“")
        - text.count("”")
        + (
            1
            if open_before and ("“" in here.sentence.text or "”" in here.sentence.text or '"' not in text)
            else 0
        )
    )
    if curly > 0:
        return True
    return (text.count('"') + (1 if open_before else 0)) % 2 == 1 and '"' in here.sentence.text


def open_quotes(sentences: Sequence[ParsedSentence], breaks: frozenset[int] = frozenset()) -> list[bool]:
    """For each sentence: whether a quotation opened before it is still open at its start."""
    states: list[bool] = []
    is_open = False
    for here in sentences:
        states.append(is_open)
        for mark in re.findall(r"[“”\"]", here.sentence.text):
            is_open = mark == "“" or (mark == '"' and not is_open)
    return states
