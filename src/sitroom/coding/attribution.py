"""Who says it: reporting verbs, "according to", quotations that run over sentences, anonymous sources."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sitroom.catalogues import Actors
from sitroom.coding.modality import Act
from sitroom.coding.scope import Scope
from sitroom.language import clause
from sitroom.language.actors import Resolver
from sitroom.language.reading import ParsedSentence
from sitroom.language.tree import Token
from sitroom.vocabulary import Actor, Attribution
from sitroom.vocabulary.evidence import AttributionKind

SPEECH = frozenset([
    "acknowledge", "add", "admit", "affirm", "allege", "announce", "argue", "ask", "assert", "believe", "boast", "caution",
    "claim", "comment", "complain", "concede", "conclude", "confirm", "contend", "declare", "deny", "emphasise",
    "emphasize", "estimate", "expect", "explain", "forecast", "insist", "joke", "maintain", "note", "observe", "point",
    "post", "predict", "quip", "recall", "reckon", "recount", "reiterate", "remark", "reply", "report", "respond", "say",
    "state", "stress", "swear", "tell", "threaten", "vow", "promise", "pledge", "testify", "tweet", "underline", "warn", "write",
])  # fmt: skip
CITING = frozenset({"cite", "quote"})
WITNESSES = re.compile(
    r"\b(?:eye)?witness(?:es)?\b|\bresidents?\b|\bsurvivors?\b|\bbystanders?\b|\bvillagers?\b"
)
NAMELESS = re.compile(
    r"\banonym|\bnot (?:to )?(?:be )?(?:named|identified)\b|\b(?:withheld|declined to give) (?:his|her|their) name"
)
UNNAMED = re.compile(
    r"\bunnamed\b|\bunidentified\b|\bsources?\b|\bpeople (?:familiar|close|briefed|with knowledge)\b"
)
OPENING = re.compile(r"[“”\"]")
FEW = 3
"""Words in quotation marks up to so many are a name or a distance taken, no quotation."""
LONGEST = 8
"""A quotation that is not closed after so many sentences has lost its closing mark."""


ISSUES = frozenset({"statement", "communique", "communiqué", "declaration", "message", "letter"})


def speaker_of(token: Token, here: ParsedSentence, resolver: Resolver) -> Attribution | None:
    """The attribution that a noun phrase head stands for; None for nobody in particular ("it is said")."""
    if token.lemma_.lower() in ISSUES:  # "a statement from the ministry denied"
        makers = [
            *clause.prep_objects(token, "from", "by", "of"),
            *clause.children(token, "poss", "compound"),
        ]
        return next((s for t in makers if (s := speaker_of(t, here, resolver)) is not None), None)
    if not resolver.can_speak(token, here):
        return None
    found = resolver.resolve(token, here, owner=False)
    if token.lower_ in {"he", "she"} and (said := _starts_of_said(token, here)):
        before = here.sentence.start + min(*said, token.idx)  # not somebody spoken of in what is said
        last = resolver.memory.latest(here.index, "person", before=before)
        found = [last] if last is not None else found
    if not found:
        if token.pos_ in {"PRON"} or not token.is_alpha:
            return None
        text, start, end = token.text, here.offset(token), here.end(token)
        return Attribution(
            text, None, "person" if token.ent_type_ == "PERSON" else "anonymous", text, start, end
        )
    return as_attribution(found[0], here, resolver.actors, token)


def _starts_of_said(token: Token, here: ParsedSentence) -> list[int]:
    """Where the quotation begins, or the clause before the verb of saying: "The fort had fallen, he said"."""
    clauses = [c.left_edge.idx for c in clause.children(token.head, "ccomp") if c.i < token.i]
    return [start for start, _ in quotations(here.sentence.text, False)[:1]] + clauses


def as_attribution(
    actor: Actor, here: ParsedSentence, actors: Actors, token: Token | None = None
) -> Attribution:
    """An actor as a source, with what kind of source it is."""
    return Attribution(
        actor.name, actor.id, _kind(actor, here, actors, token), actor.text, actor.start, actor.end
    )


def _kind(actor: Actor, here: ParsedSentence, actors: Actors, token: Token | None) -> AttributionKind:
    entry = actors.by_id.get(actor.id) if actor.id else None
    own = " ".join(t.lower_ for t in token.subtree) if token is not None else actor.text.lower()
    if entry is None and (NAMELESS.search(here.sentence.text.lower()) or UNNAMED.search(own)):
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
    if actor.sector in {"CVL", "REF", "MED"} or WITNESSES.search(actor.text.lower()):
        return "witness"
    if entry is not None and entry.kind in {"organisation", "armed-group", "party", "movement", "coalition"}:
        return "organisation"
    if actor.sector in {"GOV", "MIL", "LEG", "JUD", "SPY", "COP"}:
        return "official"
    return "person" if token is not None and token.ent_type_ == "PERSON" else "anonymous"


def attribute(act: Act, scope: Scope) -> Attribution | None:
    """Who vouches for an act: its own speaker or whom that speaker cites, "according to", the voice of its quotation."""
    here = scope.here
    inside = quoted(act.token, here, scope.quote_open)
    for heads in _vouching(act, here):
        found = next((s for t in heads if (s := speaker_of(t, here, scope.resolver))), None)
        if found is not None:
            return replace(found, quoted=inside)
    return voice_of(scope) if inside else None


ISSUED = re.compile(
    r"^(?:(?:joint|press|official|public)\s+)*(?:statement|release|communiqu[eé]|declaration|message|note)\b",
    re.I,
)


def issuer_of(sentences: Sequence[ParsedSentence], resolver: Resolver) -> Attribution | None:
    """Whose own text it is by its first line ("Statement by the Ministry of Defence of Chad"): the "we" outside quotations."""
    here = next(iter(sentences), None)
    if here is None or not ISSUED.match(here.sentence.text):
        return None
    for token in here.doc:
        if token.dep_ == "pobj" and token.head.lower_ in {"by", "of", "from"}:
            found = next((a for a in resolver.resolve(token, here) if a.id or a.country), None)
            return as_attribution(found, here, resolver.actors, token) if found is not None else None
    return None


def voice_of(scope: Scope) -> Attribution | None:
    """Whose quotation the sentence holds; None where it holds none, or where nobody is named."""
    here = scope.here
    verb = quoting_verb(here, scope.quote_open)
    heads = quoted_speakers(verb, here, scope.quote_open) if verb is not None else []
    found = next((s for t in heads if (s := speaker_of(t, here, scope.resolver))), None)
    if found is None and quotations(here.sentence.text, scope.quote_open):
        found = scope.carried
    return replace(found, quoted=True) if found is not None else None


def _vouching(act: Act, here: ParsedSentence) -> Iterator[Sequence[Token]]:
    """Heads of those who may vouch for the act, the nearest source first."""
    if act.speech is not None:
        yield cited_by(act.speech)
        yield tellers(act.speech)
    yield act.speakers
    above = speech_above(act.token)
    if above is not None:
        yield cited_by(above)
        yield tellers(above)
    yield sources_named(here, act.token)
    after = speech_after(act.token)
    if after is not None:
        yield cited_by(after)
        yield tellers(after)


def cited_by(verb: Token) -> list[Token]:
    """Heads of those on whose word the subject of a speech verb relies: "said, citing residents"."""
    found = [
        head
        for child in verb.children
        if child.lemma_.lower() in CITING and child.tag_ == "VBG"
        for head in clause.expand(clause.children(child, "dobj", "pobj"))
    ]
    if not found and verb.doc[0].lower_ in {"citing", "quoting"}:  # taken for a part of the name after it
        found = [t for t in verb.doc[1 : verb.i] if not _after_comma(t) and t.pos_ in {"NOUN", "PROPN"}]
        found = [t for t in found if t.dep_ != "compound"][:1]
    return found


def _after_comma(token: Token) -> bool:
    return any(t.text == "," for t in token.doc[: token.i])


def tellers(verb: Token) -> list[Token]:
    """Heads of those who say it; of "the news agency ANI", parsed as two subjects, the name."""
    heads = clause.expand(clause.subjects(verb))
    titled = {t.i for t in heads for o in heads if o.left_edge.i == t.i + 1 and o.head.i == t.head.i}
    return [t for t in heads if t.i not in titled] or _subject_beside(verb)


def _subject_beside(verb: Token) -> list[Token]:
    """The phrase between the last comma and a speech verb that the parse leaves without a subject."""
    doc = verb.doc
    start = max((t.i + 1 for t in doc[: verb.i] if t.text == ","), default=verb.i)
    between = doc[start : verb.i]
    heads = [t for t in between if t.pos_ in {"NOUN", "PROPN", "PRON"} and not start <= t.head.i < verb.i]
    return heads[:1]


def speech_above(token: Token) -> Token | None:
    """The speech verb in whose "that" clause, or in the clause before it, the token stands where the parse hides the link."""
    current = token
    for ancestor in token.ancestors:
        if ancestor.pos_ == "VERB" and ancestor.lemma_.lower() in SPEECH:
            if ancestor.i > token.i:
                return ancestor if current.dep_ == "ccomp" else None
            return ancestor if any(t.lower_ == "that" and t.i < token.i for t in current.subtree) else None
        current = ancestor
    return None


def speech_after(token: Token) -> Token | None:
    """A speech verb tacked on to the clause of the token: "Gunmen attacked the port, police reported"."""
    for clause_head in (token, *token.ancestors):
        for child in clause_head.children:
            between = (
                child.dep_ == "parataxis" and child.nbor().text == ","
            )  # "In return, Rome said, Cairo would"
            tacked = between or (child.dep_ in {"parataxis", "conj", "dep"} and child.i > token.i)
            if not tacked or child.pos_ != "VERB" or child.lemma_.lower() not in SPEECH:
                continue
            start = child.left_edge
            bare = not any(clause.children(child, "ccomp", "xcomp")) and not any(
                clause.children(clause_head, "cc")
            )
            comma = start.text == "," or not start.i or start.nbor(-1).text == "," or between
            if bare and comma and any(clause.children(child, "nsubj")):
                return child
        if clause_head.dep_ in {"relcl", "advcl", "acl"}:
            return None
    return None


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
        onward = any(
            t.dep_ == "conj" and t.left_edge.i > token.i and any(clause.children(t, "nsubj"))
            for t in (act, *act.ancestors)
        )
        if (anchor.dep_ == "ROOT" or anchor == act or anchor.is_ancestor(act)) and not onward:
            found += objects
    return found


# -- quotations -------------------------------------------------------------------------------------------------------


def quotations(text: str, open_before: bool) -> list[tuple[int, int]]:
    """Character spans inside quotation marks, without words set apart (`FEW`); a span may run past the end of the text."""
    spans: list[tuple[int, int]] = []
    start, depth = 0, int(open_before)
    for mark in OPENING.finditer(text):
        opens = mark[0] == "“" or (mark[0] == '"' and depth == 0)
        if opens and depth and not text[: mark.start()].strip():
            continue  # each paragraph of a long quotation opens anew
        if opens and depth == 0:
            start = mark.end()
        if not opens and depth == 1:
            spans.append((start, mark.start()))
        depth = max(0, depth + (1 if opens else -1))
    if depth:
        spans.append((start, len(text) + 1))
    return [
        (first, last)
        for first, last in spans
        if last > len(text) or (first == 0 and open_before) or len(text[first:last].split()) > FEW
    ]


def open_quotes(sentences: Sequence[ParsedSentence]) -> list[bool]:
    """For each sentence: whether a quotation opened before it is still open at its start."""
    states: list[bool] = []
    since = 0  # how many sentences the open quotation has run
    for here in sentences:
        states.append(0 < since <= LONGEST)
        text = here.sentence.text
        runs_on = any(last > len(text) for _, last in quotations(text, states[-1]))
        since = since + 1 if runs_on else 0
    return states


def quoted(token: Token, here: ParsedSentence, open_before: bool) -> bool:
    """True when the token stands inside quotation marks; `open_before`: a quotation runs on from the sentence before."""
    return any(first <= token.idx < last for first, last in quotations(here.sentence.text, open_before))


def quoting_verb(here: ParsedSentence, open_before: bool = False) -> Token | None:
    """The speech verb outside the quotation marks of a sentence with a quotation: "...", he said / he said: "..."."""
    if not quotations(here.sentence.text, open_before):
        return None
    for token in here.doc:
        if token.lemma_.lower() in SPEECH and token.pos_ == "VERB" and not quoted(token, here, open_before):
            return token
    return None


def quoted_speakers(verb: Token, here: ParsedSentence, open_before: bool = False) -> list[Token]:
    """Who says a quotation: the verb's subject outside the quotation marks, else the name beside the verb."""
    own = [t for t in clause.subjects(verb) if not quoted(t, here, open_before)]
    if own:
        return own
    beside = [
        t
        for t in here.doc[max(0, verb.i - 3) : verb.i + 4]
        if t.pos_ in {"PROPN", "PRON"} and not quoted(t, here, open_before)
    ]
    return beside[-1:] if beside and beside[-1].i > verb.i else beside[:1]


def carry_voices(
    sentences: Sequence[ParsedSentence], open_before: Sequence[bool], resolver: Resolver
) -> list[Attribution | None]:
    """Who speaks in a quotation whose sentence does not say it: named where it closes, where it began, or just before."""
    voices: list[Attribution | None] = [None] * len(sentences)
    for i, here in enumerate(sentences):
        verb = quoting_verb(here, open_before[i])
        if verb is None:
            if i and voices[i] is None and _is_quotation(here):
                voices[i] = voices[i - 1]
            continue
        heads = quoted_speakers(verb, here, open_before[i])
        speaker = next((s for t in heads if (s := speaker_of(t, here, resolver))), None)
        back = i
        while back > 0 and open_before[back]:
            back -= 1
            voices[back] = voices[back] or speaker
        voices[i] = voices[i] or speaker
        ahead = i + 1
        while ahead < len(sentences) and open_before[ahead]:
            voices[ahead] = voices[ahead] or speaker
            ahead += 1
    return voices


def _is_quotation(here: ParsedSentence) -> bool:
    """True for a sentence that is nothing but a quotation, or the beginning of one."""
    return here.sentence.text.lstrip()[:1] in {"“", '"'} and bool(quotations(here.sentence.text, False))
