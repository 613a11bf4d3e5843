"""The shape of a noun phrase: its owner, number, article, apposition, and those who stand against each other in it."""

import re
from collections.abc import Iterator

from sitroom.catalogues.nouns import NounEntry, Nouns
from sitroom.language import clause
from sitroom.language.names import Name
from sitroom.language.reading import ParsedSentence
from sitroom.language.tree import Doc, Span, Token
from sitroom.vocabulary.world import NUMBERS, SCALES

STATE_KINDS = {"state", "territory"}
FIGHTING_KINDS = {"armed-group", "coalition", "party", "movement"}
MAKERS = frozenset(
    {
        "made",
        "built",
        "supplied",
        "recognised",
        "recognized",
        "designed",
        "manufactured",
        "produced",
        "donated",
        "provided",
        "delivered",
    }
)
HOLDING = {"belong", "own", "control", "hold", "operate", "run", "use", "occupy"}
LAUNCHING = {"fire", "launch", "drop", "lob", "shoot", "fly", "pilot"}
UNCHANGED = frozenset({"aircraft", "personnel", "military", "artillery", "police", "infantry"})
"""Nouns of many that take no ending."""
HOME = {"in", "from"}
PEOPLED = {"body", "people", "person"}
MUTUAL = {"agree", "battle", "clash", "fight", "sign", "skirmish"}
TWOS = {
    "country",
    "nation",
    "state",
    "leader",
    "neighbour",
    "neighbor",
    "power",
    "government",
    "minister",
    "president",
    "foe",
    "rival",
    "enemy",
    "adversary",
}
OPPOSED = {"two", "both", "warring", "rival", "opposing", "belligerent"}
SIDES = {"side", "party", "rival", "faction", "camp", "belligerent"}


def opposed(here: ParsedSentence) -> Iterator[list[Token]]:
    """The heads of two phrases set against each other: "between A and B", "A and B blamed each other", "A and B agreed"."""
    for token in here.doc:
        if token.dep_ == "prep" and token.lower_ == "between":
            one = next(clause.children(token, "pobj"), None)
        elif token.dep_ in clause.SUBJECT and is_mutual(token.head):
            one = token
        else:
            continue
        pair = clause.conjuncts(one) if one is not None else []
        pair = belonging_to(one) if one is not None and len(pair) == 1 else pair
        if len(pair) == 2:
            yield pair


def is_mutual(verb: Token) -> bool:
    """True for a verb whose subjects act on each other: "agreed", "blamed each other"."""
    each_other = any(c.lower_ == "other" and c.nbor(-1).lower_ == "each" for c in verb.children if c.i)
    return each_other or verb.lemma_ in MUTUAL


def appositives(head: Token, here: ParsedSentence) -> list[Token]:
    """Heads of names set beside an office: "the adviser, X", and "the head of Y's council, X", where the parse hangs X on Y."""
    own = [c for c in clause.children(head, "appos") if c.i in here.name_at]
    of = [o for prep in clause.children(head, "prep") for o in clause.children(prep, "pobj")]
    beside = [c for o in of for t in (o, *clause.children(o, "poss")) for c in clause.children(t, "appos")]
    return own or [c for c in beside if c.i in here.name_at and here.name_at[c.i].entry.kind == "person"]


def ends_phrase(name: Name, head: Token, here: ParsedSentence) -> bool:
    """True when the name is the head of its phrase, not a modifier of another noun."""
    return head.dep_ not in {"amod", "compound", "nmod"} or head.pos_ == "PROPN"


def is_acronym(token: Token) -> bool:
    """ICE, CMPAJAC: a word in capitals among others that are not."""
    return token.is_upper and len(token) > 2 and any(t.is_lower for t in token.doc)


def coordinated(head: Token, here: ParsedSentence, entry: NounEntry) -> tuple[list[Name], str]:
    """Names joined by "and" that own a plural noun, with the preposition that links them, empty where they stand before it.

    Those whom a land is around ("lawmakers in X and Y") are its own, unless they are troops or a name before says whose.
    """
    if head.tag_ != "NNS" and head.lower_ not in UNCHANGED:
        return [], ""
    before = [t for c in head.lefts if c.dep_ in {"amod", "compound", "nmod", "poss"} for t in c.subtree]
    if any("-" in t.text for t in before):  # "Iran- and Russia-backed militias" are neither
        return [], ""
    owned = {"of"} if entry.kind not in PEOPLED or any(t.i in here.name_at for t in before) else {"of", *HOME}
    after = {
        prep.lower_: [t for o in clause.children(prep, "pobj") for t in clause.conjuncts(o)]
        for prep in prepositions(head)
        if prep.lower_ in owned
    }
    for link, tokens in {"": before, **after}.items():
        named = {here.name_at[t.i].start: here.name_at[t.i] for t in tokens if t.i in here.name_at}
        joined = link or any(t.lower_ == "and" for t in (*before, *head.lefts))
        lands = all(n.entry.kind in STATE_KINDS for n in named.values())
        if (
            len(named) > 1
            and joined
            and (lands or link in {"", "of"})
            and all(n.entry.kind not in {"people", "region"} for n in named.values())
        ):
            return [named[start] for start in sorted(named)], link
    return [], ""


def belonging_to(head: Token) -> list[Token]:
    """The bodies after "of" or "from" in a list: "commanders from the army and the Front"."""
    after = [
        o
        for prep in prepositions(head)
        if prep.lower_ in {"of", "from"}
        for o in clause.children(prep, "pobj")
    ]
    return clause.expand(after)


def prepositions(head: Token) -> list[Token]:
    """Prepositions after the noun, its own or those of a plain list that it ends: "lawmakers and officials in X"."""
    own = [c for c in head.rights if c.dep_ == "prep"]
    if own or head.dep_ != "conj" or any(c.dep_ != "cc" for c in head.children):
        return own
    return [c for c in head.head.rights if c.dep_ == "prep" and c.i > head.i]


def modifiers(head: Token) -> Iterator[Token]:
    """Tokens that may name the owner, nearest kinds first: adjectives, compounds, possessors, "of", "in", "from", "belonging to"."""
    for child in head.lefts:
        if child.dep_ in {"amod", "compound", "nmod", "poss", "npadvmod", "nummod", "advmod"}:
            yield child
            yield from (t for t in child.lefts if t.dep_ in {"amod", "compound", "nmod", "npadvmod", "poss"})
    for child in (*prepositions(head), *clause.children(head, "appos")):
        if child.dep_ == "appos":
            yield child
        elif child.lower_ in {"of", "from", "in", "at", "with", "for", "within"}:
            for inner in clause.children(child, "pobj"):
                yield inner
                yield from (t for t in inner.lefts if t.dep_ in {"amod", "compound", "poss", "nmod"})


def holders_before(head: Token) -> list[Token]:
    """Who an adjective says holds the place: "the rebel-held enclave", "the Wagner-run camp"."""
    held = [c for c in clause.children(head, "amod") if c.lemma_ in HOLDING and c.nbor(-1).text in "-–"]
    return [c for verb in held for c in verb.lefts if c.i == verb.i - 2]


def located_in(head: Token) -> Iterator[Token]:
    """Where the thing stands, also where the parse hangs that on the verb: "attacked an army camp in Mali"."""
    for token in head.doc[head.i + 1 :]:
        if token.lower_ in {"in", "inside"} and token.head in {head, head.head}:
            yield from clause.children(token, "pobj")


def holders(head: Token) -> Iterator[Token]:
    """Who a participle says holds the thing: "a vehicle belonging to Chadian rebels", "buildings used by the army"."""
    for child in clause.children(head, "acl"):
        if child.lemma_ in HOLDING | LAUNCHING:
            for prep in clause.children(child, "prep", "agent"):
                if prep.lower_ in {"by", "to"}:
                    yield from clause.children(prep, "pobj")


def owners(head: Token) -> list[Token]:
    """Tokens of the phrase that may own what it names."""
    return [t for t in modifiers(head) if t.dep_ in {"poss", "amod", "compound", "nmod", "pobj"}]


def is_hyphenated(token: Token, nouns: Nouns) -> bool:
    """True for "Iran" in "Iran - backed" however the tokenizer cut it."""
    doc, i = token.doc, token.i
    if i + 2 < len(doc) and doc[i + 1].text in "-–—" and doc[i + 2].lower_ in nouns.suffixes:
        return True
    return i >= 2 and doc[i - 1].text in "-–—" and doc[i - 2].lower_ in nouns.prefixes


def is_made_by(token: Token) -> bool:
    """True for each word of "Iranian-made", "US-supplied": who makes or gives a weapon does not use it."""
    doc, i = token.doc, token.i
    word = token.lower_.rpartition("-")[2]
    if word in MAKERS and ("-" in token.text or (i and doc[i - 1].text == "-")):
        return True
    return i + 2 < len(doc) and doc[i + 1].text in "-–—" and doc[i + 2].lower_ in MAKERS


def phrase_of(head: Token, here: ParsedSentence) -> tuple[str, int, int]:
    """The words of the phrase without its article, with a short "of" part; start and end in the report's text."""
    left = min(
        [
            t.i
            for c in head.lefts
            if c.dep_ in {"amod", "compound", "nmod", "nummod", "quantmod", "poss", "npadvmod", "advmod"}
            for t in c.subtree
        ]
        + [head.i]
    )
    right = head.i
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == right + 1:
            inner = next(clause.children(child, "pobj"), None)
            if inner is not None and inner.i - child.i <= 5 and _is_party(inner, here):
                right = inner.i
        elif child.dep_ == "appos" and child.i - right <= 2:
            right = child.i
    span = Span(here.doc, left, right + 1)
    return span.text, here.offset(span[0]), here.end(span[-1])


def _is_party(token: Token, here: ParsedSentence) -> bool:
    """ "leader of the Front" is one phrase; "the men of treason" in "accused the men of treason" is not."""
    return token.i in here.name_at or token.pos_ == "PROPN" or token.tag_ == "NNS"


def described(head: Token, here: ParsedSentence) -> list[Token]:
    """The words right before the noun that tell what kind it is: "foreign" of "foreign ministers"."""
    return [c for c in head.lefts if c.dep_ in {"amod", "compound"} and c.i not in here.name_at]


def number_of(head: Token) -> int | None:
    """How many there are, where a number before the noun says so."""
    for child in clause.children(head, "nummod"):
        for at in range(child.left_edge.i, child.i + 1):
            if child.i < head.i and (found := read_number(head.doc, at)):
                return int(found[0])
        if child.lower_ in SCALES:
            return SCALES[child.lower_]  # "a dozen gunmen"
    return None


def read_number(doc: Doc | Span, at: int) -> tuple[float, int] | None:
    """The number that begins at a token, in figures or words ("1.5 million", "forty-two"), and the token after it."""
    text = doc[at].lower_.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        value = float(text)
    elif text in NUMBERS and doc[at].pos_ != "PRON":
        value = float(NUMBERS[text])
    else:
        return None
    end = at + 1
    if (
        value % 10 == 0
        and end + 1 < len(doc)
        and doc[end].text == "-"
        and NUMBERS.get(doc[end + 1].lower_, 10) < 10
    ):
        value, end = value + NUMBERS[doc[end + 1].lower_], end + 2
    while end < len(doc) and doc[end].lower_ in SCALES:
        value, end = value * SCALES[doc[end].lower_], end + 1
    return value, end


def personal_names(head: Token) -> list[Token]:
    """ "The governor, Ann Lee, ...": the name in apposition to one person."""
    beside = [c for c in head.rights if c.dep_ == "appos" and c.pos_ == "PROPN"]
    full = [c for c in beside if c.ent_type_ == "PERSON" or any(clause.children(c, "compound"))]
    return full if head.tag_ == "NN" else []


def is_counted(head: Token) -> bool:
    """ "Two Syrians", "many Georgians": some people of a nation, not the nation."""
    return any(c.dep_ == "nummod" or c.lower_ in {"many", "some", "several", "most"} for c in head.lefts)


def is_definite(head: Token) -> bool:
    """True for "the gunmen", "these forces"."""
    return any(c.lower_ in {"the", "this", "that", "these"} for c in head.lefts)


def is_indefinite(head: Token) -> bool:
    """True for "a minister", "some forces"."""
    return any(c.lower_ in {"a", "an", "another", "some"} for c in head.lefts)


def is_rebel(head: Token) -> bool:
    """True for "rebel fighters", "opposition forces"."""
    return any(c.lower_ in {"rebel", "opposition", "insurgent", "separatist"} for c in head.lefts)


def is_headline_word(head: Token, here: ParsedSentence) -> bool:
    """ "Army retakes airport": the article left out, as headlines do."""
    if here.index > 0 or head.tag_ != "NN" or head.dep_ in {"amod", "compound", "nmod"}:
        return False
    return not any(c.dep_ in {"det", "poss"} for c in head.lefts)


def is_bare_body(head: Token) -> bool:
    """ "Police detained ten", "Authorities closed the school": bodies that news names without an article."""
    named = head.lower_ in {"police", "authorities", "parliament", "prosecutors"} and not any(head.lefts)
    return named and head.dep_ not in {"amod", "compound", "nmod"}


def subject_countries(here: ParsedSentence, before: int | None = None) -> set[str | None]:
    """Countries that themselves do what the sentence tells; a rebel group does not stand for its country."""
    heads = [c for t in here.doc[:before] if t.dep_ in clause.SUBJECT for c in clause.conjuncts(t)]
    words = [t for head in heads for t in (head, *head.lefts) if t.i in here.name_at]
    entries = [here.name_at[t.i].entry for t in words]
    return {entry.country for entry in entries if entry.kind not in FIGHTING_KINDS}


def is_two(head: Token) -> bool:
    """ "Both countries", "the two ministers": two of a kind that were named before."""
    words = {c.lower_ for c in head.lefts}
    return head.lemma_.lower() in TWOS and bool(words & {"two", "both"})


def is_sides(head: Token) -> bool:
    """ "Both sides", "the warring parties", "the rival factions": those who stand against each other."""
    words = {c.lower_ for c in head.lefts}
    if head.tag_ == "NN" and words & {"neither", "either", "each"}:
        return head.lemma_.lower() in {"side", "party"}
    return head.lemma_.lower() in SIDES and head.tag_ == "NNS" and bool(words & OPPOSED)


def subject_before(token: Token, here: ParsedSentence) -> Token | None:
    """The subject of a clause above the pronoun's own in the same sentence, before it."""
    for ancestor in token.ancestors:
        if ancestor.pos_ in {"VERB", "AUX"}:
            for child in clause.children(ancestor, "nsubj", "nsubjpass"):
                if child.i < token.i and child.i != token.i:
                    return _harmed(ancestor, token) or child
    return None


def _harmed(verb: Token, token: Token) -> Token | None:
    """ "Two soldiers were hurt when gunmen stormed their truck": that of those who were hurt."""
    main = verb.head
    harm = (
        main.lemma_ in clause.HARMING | {"hurt", "die", "lose"}
        and verb.dep_ == "advcl"
        and token.dep_ == "poss"
    )
    return next(clause.children(main, "nsubj", "nsubjpass"), None) if harm and main.i < verb.i else None


def kind_of(entry_kind: str) -> str:
    """The pronoun class of a catalogue entry."""
    if entry_kind == "person":
        return "person"
    if entry_kind in STATE_KINDS or entry_kind in {"government", "region"}:
        return "state"
    return "group" if entry_kind in FIGHTING_KINDS else "body"
