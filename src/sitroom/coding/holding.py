"""How a standing relation holds: asserted, claimed, denied or only possible, since when, and on whose word."""

from collections.abc import Iterator

from sitroom.coding.attribution import sources_named, speaker_of
from sitroom.coding.lexicon import Lexicon
from sitroom.coding.modality import auxiliaries, is_negated
from sitroom.coding.scope import Scope
from sitroom.coding.senses import match
from sitroom.language import clause
from sitroom.language.tree import Token
from sitroom.vocabulary import Attribution, Modality, Period

HEDGED = {"reportedly", "allegedly", "apparently", "purportedly", "supposedly"}
FORMERLY = {"once", "formerly", "previously"}
TAKEN_FOR = {
    "call",
    "describe",
    "brand",
    "label",
    "term",
    "denounce",
    "consider",
    "allege",
    "assume",
    "see",
    "regard",
    "view",
    "believe",
    "deem",
    "seem",
    "appear",
}
UNDONE = frozenset(
    ["plan", "want", "hope", "wish", "intend", "agree", "threaten", "force", "urge", "ask", "demand", "order", "promise", "prepare",
     "decide", "offer", "refuse", "try", "seek", "aim", "vow", "effort", "attempt", "call", "press", "allow", "expect", "help", "willing", "ready"]
)  # fmt: skip
INNER = {"ccomp", "xcomp", "pcomp", "conj", "acl", "attr", "acomp", "oprd", "dobj"}
PASSED_ON: dict[str, Modality] = {
    "deny": "denied",
    "refuse": "denied",
    "fail": "denied",
    "end": "denied",
    "accuse": "alleged",
    "claim": "alleged",
    "doubt": "alleged",
}
"""What a word that governs the clause makes of it, by the word's `turns` in the lexicon."""
BREAKS = {"SANCTION/discontinue": "end"}
"""Acts that end what their object names: "ended its support"."""
AHEAD = frozenset(
    {
        "promise",
        "agree",
        "prepare",
        "plan",
        "expect",
        "likely",
        "want",
        "try",
        "demand",
        "urge",
        "threaten",
        "allow",
        "order",
        "bid",
    }
)
"""Words after which a state of things is still to come."""
SPOKEN = frozenset({"say", "claim", "deny", "doubt", "accuse", "disclose"})


def clause_of(token: Token) -> Token:
    """The verb or auxiliary of the clause that a token stands in; the token itself where there is none."""
    return next((t for t in [token, *token.ancestors] if t.pos_ in {"VERB", "AUX"}), token)


def modality_of(token: Token, lexicon: Lexicon) -> Modality:
    """How the clause of a relation word is told, by its own negation and by the words that govern it."""
    verb = clause_of(token)
    if is_denied(token):
        return "denied"
    above = list(governors(token, lexicon)) if predicates(token, verb) else []
    turned = {PASSED_ON[how] for _, how in above if how in PASSED_ON}
    if "denied" in turned:
        return "denied"
    wished = any(how in AHEAD and head.lemma_ not in TAKEN_FOR for head, how in above)
    if wished or (predicates(token, verb) and _is_ahead(verb)):
        return "planned-or-possible"
    aside = {c.lower_ for c in verb.children}
    supposed = aside & HEDGED or verb.lemma_ in TAKEN_FOR or _is_taken(verb)
    if turned or (supposed and predicates(token, verb)):
        return "alleged"
    marks = {c.lower_ for c in clause.children(verb, "mark")}
    open_ended = "before" in marks and auxiliaries(verb.head) & {"would", "might", "may", "could", "will"}
    asked = verb.doc.text.rstrip(' "”’').endswith("?")
    conditional = bool(marks & {"if", "unless", "until"} or open_ended) or asked
    if conditional or auxiliaries(verb) & {"would", "might", "may", "could"}:
        return "hypothetical"
    return "asserted"


def presupposed(token: Token) -> Modality:
    """How a noun that is only described is told ("denied that it had cut its forces in X"): as a fact, if it has no "no"."""
    return (
        "denied" if any(c.lower_ == "no" and c.dep_ in {"det", "neg"} for c in token.children) else "asserted"
    )


def predicates(token: Token, verb: Token) -> bool:
    """True when the token is the verb, what is said of its subject, or what the verb does: not somebody described in passing."""
    return token.i == verb.i or (token.head.i == verb.i and token.dep_ in {"attr", "acomp", "oprd", "dobj"})


def is_denied(token: Token) -> bool:
    """True when "not", "no" or "no longer" stands with the word itself or with the verb that says it of somebody."""
    verb = clause_of(token)
    if any(c.lower_ == "no" and c.dep_ in {"det", "neg"} for c in token.children):
        return True
    return predicates(token, verb) and is_negated(verb)


def _is_taken(verb: Token) -> bool:
    return verb.dep_ == "xcomp" and verb.head.lemma_ in TAKEN_FOR


def governors(token: Token, lexicon: Lexicon) -> Iterator[tuple[Token, str]]:
    """The words whose content the clause or its object is, nearest first, each with its `turns`: "denied", "accused ... of", "said that"."""
    current = token
    while current.head.i != current.i and current.dep_ in INNER:
        if current.dep_ == "dobj" and current.pos_ != "NOUN":
            return
        head, dep = current.head, current.dep_
        if dep == "pcomp" and head.pos_ == "ADP":  # "accused X of backing Y"
            head = head.head
        if dep != "conj":
            sense = match(head, lexicon)
            turns = (sense.pattern.rule.turns or BREAKS.get(sense.pattern.rule.act, "")) if sense else ""
            if turns and not is_negated(head):
                yield head, turns
        current = head


def is_demanded(token: Token, lexicon: Lexicon) -> bool:
    """True for what somebody should do, or is asked to: "must leave", "urged X to withdraw", "demanded that they go"."""
    verb = clause_of(token)
    if not predicates(token, verb):
        return False
    current = verb
    while True:
        aux = auxiliaries(current)
        if aux & {"should", "must", "ought"} or ("to" in aux and current.head.lemma_ in {"have", "need"}):
            return True
        if current.dep_ == "ccomp" and current.tag_ == "VB" and not auxiliaries(current):
            return True
        if current.head.i == current.i or current.dep_ not in {"xcomp", "acl", "conj"}:
            break
        current = current.head
    return any(how in {"demand", "urge"} for _, how in governors(token, lexicon))


def _is_ahead(token: Token) -> bool:
    """What is planned, wanted, announced or will be does not stand yet."""
    current = token
    while True:
        aux = auxiliaries(current)
        if aux & {"will", "shall"} or ("to" in aux and current.head.lemma_.lower() in UNDONE):
            return True
        if current.head.i == current.i or current.dep_ not in {"xcomp", "acl", "ccomp", "conj"}:
            return False
        current = current.head


def period_of(token: Token, scope: Scope) -> Period:
    """Since when, where the clause says it; a standing relation holds up to the report."""
    end = scope.report.published.end if scope.report.published else None
    verb = clause_of(token)
    if any(c.lower_ in FORMERLY for c in verb.children):
        return Period(None, None, "former")
    told = predicates(token, verb)
    clauses = {verb.i, verb.head.i} if verb.dep_ == "xcomp" else {verb.i}
    inside = [t for t in (verb if told else token).subtree if not told or clause_of(t.head).i in clauses]
    for time in scope.times:
        since = time.opens or time.words.lower().startswith("for ")
        if since and any(time.start <= scope.here.offset(t) < time.end for t in inside):
            return Period(time.period.start, end, "since")
    return Period(None, end, "state")


def source_of(token: Token, scope: Scope, lexicon: Lexicon) -> Attribution | None:
    """On whose word: "according to", the subject of the verb of speech above the clause, or a quotation that runs on."""
    heads = list(sources_named(scope.here, token))
    called = clause.named_as(token)
    heads += clause.expand(clause.subjects(called)) if called is not None else []
    for governor, turns in governors(clause_of(token), lexicon):
        if turns in SPOKEN and governor.pos_ == "VERB":
            heads += clause.expand(clause.subjects(governor))
    for head in heads:
        found = speaker_of(head, scope.here, scope.resolver)
        if found is not None:
            return found
    return scope.carried if scope.quote_open else None
