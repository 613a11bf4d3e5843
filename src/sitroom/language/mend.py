"""Repairs of parses that English rules out: a weekday that swallows the subject, a finite verb that continues a participle, "heavy" that shells."""

from sitroom.language.tree import Doc, Token
from sitroom.vocabulary.world import CALENDAR

FINITE = frozenset({"VBD", "VBZ", "VBP"})
DENYING = frozenset({"deny", "reject", "dismiss", "refute"})
SPEAKING = frozenset(
    ["accuse", "add", "blame", "call", "condemn", "criticise", "criticize", "demand", "describe", "insist", "maintain", "pledge", "promise",
     "repeat", "say", "tell", "threaten", "urge", "vow", "warn"]
)  # fmt: skip
"""What those who deny something go on to do in words: "denied that it fired and accused X"."""
KINDS_OF_FIGHT = frozenset(
    {"heavy", "fierce", "intense", "sporadic", "deadly", "indiscriminate", "renewed", "fresh"}
)
DEMANDING = frozenset(
    {"demand", "insist", "ask", "urge", "order", "propose", "require", "recommend", "request"}
)
NON_FINITE = frozenset({"VBG", "VB"})
Links = dict[int, tuple[int, str]]
"""New head and label of tokens, by index."""


def mend(doc: Doc) -> Doc:
    """The doc, with heads, labels and the forms of verbs put right in place."""
    _mend_verbs(doc)
    links = {
        **_free_demanded(doc),
        **_free_subject(doc),
        **_raise_main(doc),
        **_free_clauses(doc),
        **_pair_gerunds(doc),
        **_raise_conjuncts(doc),
        **_free_sources(doc),
        **_free_speakers(doc),
        **_join_phases(doc),
        **_part_two(doc),
        **_crown_gerunds(doc),
        **_hang_on_number(doc),
        **_part_denials(doc),
    }
    if links and _is_tree([links.get(t.i, (t.head.i, ""))[0] for t in doc]):
        for i, (head, dep) in links.items():
            doc[i].head, doc[i].dep_ = doc[head], dep
    return doc


def _is_tree(heads: list[int]) -> bool:
    """True where every word hangs, in the end, on one that hangs on itself: repairs of one sentence may cross each other."""
    safe: set[int] = set()
    for start in range(len(heads)):
        path = [start]
        while path[-1] not in safe and heads[path[-1]] != path[-1]:
            if heads[path[-1]] in path:
                return False
            path.append(heads[path[-1]])
        safe.update(path)
    return True


PAST = {
    "retook": "retake",
    "overran": "overrun",
    "retaken": "retake",
    "rearmed": "rearm",
    "withdrew": "withdraw",
}


def _mend_verbs(doc: Doc) -> None:
    """ "Was overrun by X" has a participle, no noun, and "retook" is a past form: rare verbs that the model takes for others."""
    for token in doc:
        deps = {c.dep_ for c in token.children} if token.tag_ == "NN" else set()
        if "auxpass" in deps:
            token.tag_, token.pos_ = "VBN", "VERB"
        elif {"nsubj", "dobj"} <= deps:  # "as gunmen storm a hotel"
            token.tag_, token.pos_ = "VBP", "VERB"
        token.lemma_ = PAST.get(token.lower_, token.lemma_)


def _free_subject(doc: Doc) -> Links:
    """ "On Sunday warplanes of the coalition bombed ...": the day is no part of the subject, which has a verb."""
    if len(doc) < 4 or doc[0].lower_ != "on" or doc[1].lower_ not in CALENDAR or doc[1].dep_ != "compound":
        return {}
    preposition, day, noun = doc[0], doc[1], doc[1].head
    if noun.dep_ == "nsubj" and preposition.dep_ == "prep" and not any(preposition.children):
        return {day.i: (preposition.i, "pobj")}
    above = preposition.head
    if noun.dep_ == "pobj" and noun.head.i == preposition.i and above.i > noun.i and _could_be_main(above):
        return {day.i: (preposition.i, "pobj"), noun.i: (above.i, "nsubj")}
    verb = next((c for c in noun.rights if c.dep_ in {"acl", "relcl"} and _could_be_main(c)), None)
    if noun.dep_ != "pobj" or noun.head.i != preposition.i or verb is None:
        return {}
    top = (verb.i, "ROOT") if above.i == preposition.i else (above.i, "ccomp")
    moved = {c.i: (verb.i, c.dep_) for c in preposition.children if c.dep_ == "punct"}
    return {
        **moved,
        preposition.i: (verb.i, "prep"),
        day.i: (preposition.i, "pobj"),
        noun.i: (verb.i, "nsubj"),
        verb.i: top,
    }


def _free_demanded(doc: Doc) -> Links:
    """ "Demanded that the cabinet resign": after a demand the bare form is a verb, and the noun before it its subject."""
    links: Links = {}
    for verb in doc:
        if verb.dep_ != "ccomp" or verb.tag_ != "NN" or verb.head.lemma_ not in DEMANDING:
            continue
        if any(c.lower_ == "that" and c.dep_ == "mark" for c in verb.children):
            verb.tag_, verb.pos_, verb.lemma_ = "VB", "VERB", verb.lower_
            subject = verb.nbor(-1)
            if subject.dep_ == "compound" and subject.head.i == verb.i:
                others = (c for c in verb.children if c.dep_ in {"det", "amod", "poss", "compound"})
                links |= {c.i: (subject.i, c.dep_) for c in others} | {subject.i: (verb.i, "nsubj")}
    return links


def _free_speakers(doc: Doc) -> Links:
    """ "The army left the town, Minister Ann Lee told Radio One": Lee speaks, and stands in no list with the town."""
    links: Links = {}
    for verb in doc:
        if verb.lemma_ not in {"say", "tell"} or verb.i < 3 or any(c.dep_ == "nsubj" for c in verb.children):
            continue
        speaker, said = verb.nbor(-1), next((c for c in verb.lefts if c.dep_ == "ccomp"), None)
        if verb.dep_ == "advcl" and speaker.text == "," and verb.tag_ == "VBD":
            links |= _free_named_speaker(verb)
            continue
        first = speaker.left_edge
        listed = speaker.dep_ in {"conj", "appos"} and speaker.pos_ == "PROPN" and first.i > 0
        if said is not None and listed and said.is_ancestor(speaker) and first.nbor(-1).text == ",":
            links[speaker.i] = (verb.i, "nsubj")
    return links


def _crown_gerunds(doc: Doc) -> Links:
    """ "Heavy shelling by the army killed ten": the shelling killed them; who does it follows, so nobody shells before it."""
    links: Links = {}
    for gerund in doc[1:-1]:
        first = gerund.nbor(-1)
        if gerund.tag_ != "VBG" or gerund.head.i != first.i or gerund.dep_ not in {"acl", "xcomp", "advcl"}:
            continue
        opens = all(t.pos_ == "DET" for t in doc[: first.i])
        if opens and first.lower_ in KINDS_OF_FIGHT and not any(c.dep_ == "dobj" for c in gerund.children):
            gerund.tag_, gerund.pos_ = "NN", "NOUN"
            links[gerund.i] = (first.head.i, first.dep_)
            links[first.i] = (gerund.i, "amod")
            links |= {c.i: (gerund.i, c.dep_) for c in first.children if c.i != gerund.i}
    return links


def _hang_on_number(doc: Doc) -> Links:
    """ "Puts the number at eight, killed by stray bullets": the eight were killed, not who counts them."""
    hung = (t for t in doc[3:] if t.dep_ == "advcl" and t.tag_ == "VBN" and t.nbor(-1).text == ",")
    return {t.i: (t.i - 2, "acl") for t in hung if doc[t.i - 2].tag_ == "CD" and t.head.i < t.i - 2}


def _free_named_speaker(verb: Token) -> Links:
    """ "..., the minister, Ann Lee, said": taken into a list before it, with a "said" that nobody says."""
    before = [
        t
        for t in verb.doc[: verb.i]
        if t.dep_ == "conj" and t.pos_ in {"NOUN", "PROPN"} and t.left_edge.i > 0
    ]
    speaker = next((t for t in before if t.right_edge.i in {verb.i - 1, verb.i - 2}), None)
    named = speaker is not None and any(c.dep_ == "appos" and c.pos_ == "PROPN" for c in speaker.children)
    if speaker is None or not named or verb.doc[speaker.left_edge.i - 1].text != ",":
        return {}
    return {speaker.i: (verb.i, "nsubj"), verb.i: (verb.head.i, "parataxis")}


def _part_denials(doc: Doc) -> Links:
    """ "X massed troops, Y said; Z denied it": what is denied is told by Y, in a clause of its own."""
    links: Links = {}
    for verb in doc:
        what = (
            next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
            if verb.lemma_ in DENYING
            else None
        )
        if what is None or what.lower_ not in {"it", "this", "that"}:
            continue
        clauses = [c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i]
        says = next((c for c in clauses if c.lemma_ in {"say", "report", "claim"}), None)
        for told in clauses:
            links[told.i] = (
                (says.i, "ccomp") if says is not None and told.i < says.i else (verb.i, "parataxis")
            )
    return links


def _part_two(doc: Doc) -> Links:
    """ "Between the rebels and Yemen's government": two parties, not the government of both."""
    links: Links = {}
    for prep in doc:
        owned = (
            next((c for c in prep.children if c.dep_ == "pobj"), None) if prep.lower_ == "between" else None
        )
        if owned is None or any(c.dep_ == "conj" for c in owned.children):
            continue
        one = next((c for c in owned.children if c.dep_ == "poss"), None)
        other = next((c for c in one.children if c.dep_ == "conj"), None) if one is not None else None
        if one is None or other is None or any(c.dep_ == "case" for c in one.children):
            continue
        links |= {one.i: (prep.i, "pobj"), owned.i: (one.i, "conj"), other.i: (owned.i, "poss")}
    return links


def _join_phases(doc: Doc) -> Links:
    """ "Go on firing", "kept on shelling": the participle is what goes on, not what goes with it."""
    links: Links = {}
    for word in doc:
        verb = word.head
        if word.lower_ != "on" or verb.lemma_ not in {"go", "keep", "carry"} or any(word.children):
            continue
        done = next(
            (c for c in verb.children if c.tag_ == "VBG" and c.dep_ == "advcl" and c.i == word.i + 1), None
        )
        if done is not None:
            links[done.i] = (verb.i, "xcomp")
    return links


def _free_clauses(doc: Doc) -> Links:
    """ "As militants storm a hotel", "says gangs killed ten": what has a finite verb after it is its subject, no object."""
    links: Links = {}
    for verb in doc:
        noun = verb.head
        past = {"VBN"} if noun.dep_ == "dobj" else set()
        if (
            noun.i in links
            or verb.dep_ != "acl"
            or verb.tag_ not in FINITE | past
            or "dobj" not in {c.dep_ for c in _list(verb)}
        ):
            continue
        if any(c.dep_ in {"nsubj", "nsubjpass", "auxpass", "agent"} for c in verb.children):
            continue
        link = noun.head
        if noun.dep_ == "pobj" and link.lower_ in OPENING:
            links |= {noun.i: (verb.i, "nsubj"), link.i: (verb.i, "mark"), verb.i: (link.head.i, "advcl")}
        elif noun.dep_ == "dobj" and link.lemma_ == "say" and link.i < noun.i:
            links |= {noun.i: (verb.i, "nsubj"), verb.i: (link.i, "ccomp")}
            links |= {
                c.i: (verb.i, "conj")
                for c in noun.children
                if c.dep_ == "acl" and c.i > verb.i and c.tag_ == "VBN"
            }
    return links


OPENING = frozenset({"as", "after", "before", "since", "until", "while"})


def _list(verb: Token) -> list[Token]:
    """The children of a verb, of those coordinated with it and of those beside it."""
    near = [c for c in (*verb.children, *verb.head.rights) if c.dep_ in {"conj", "acl"} and c.i > verb.i]
    return [
        c
        for v in (verb, *near, *(g for n in near for g in n.children if g.dep_ == "conj"))
        for c in v.children
    ]


def _pair_gerunds(doc: Doc) -> Links:
    """ "Overrunning a post manned by X and killing ten": a gerund goes on with the gerund, not with the participle between."""
    links: Links = {}
    for second in doc:
        between = second.head
        if second.dep_ != "conj" or second.tag_ != "VBG" or between.tag_ != "VBN" or between.dep_ != "acl":
            continue
        first = next((t for t in between.ancestors if t.pos_ == "VERB"), None)
        if first is not None and first.tag_ == "VBG":
            links[second.i] = (first.i, "conj")
    return links | _pair_charges(doc)


def _pair_charges(doc: Doc) -> Links:
    """ "Accused X of financing and arming Y": both are what X is accused of."""
    links: Links = {}
    for second in doc[3:]:
        first = second.nbor(-2)
        both = second.dep_ == "conj" and second.tag_ == "VBG" and second.head.tag_ in FINITE
        if (
            both
            and second.nbor(-1).lower_ in {"and", "or"}
            and first.dep_ == "pobj"
            and first.lower_.endswith("ing")
        ):
            first.tag_, first.pos_, first.lemma_ = "VBG", "VERB", first.lower_[:-3]
            links |= {
                first.i: (first.head.i, "pcomp"),
                second.i: (first.i, "conj"),
                second.i - 1: (first.i, "cc"),
            }
    return links


def _could_be_main(verb: Token) -> bool:
    """A past form with an object and no pronoun, subject or agent of its own."""
    deps = {c.dep_ for c in verb.children}
    own = deps & {"nsubj", "nsubjpass", "agent", "aux", "auxpass"}
    return verb.tag_ in {"VBD", "VBN"} and "dobj" in deps and not own


def _raise_main(doc: Doc) -> Links:
    """ "Chad, which is no party to it, offered to mediate": the verb after an aside is the main one, not one of the noun."""
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    if (
        root is None
        or root.pos_ not in {"NOUN", "PROPN"}
        or any(c.dep_ in {"nsubj", "cop"} for c in root.children)
    ):
        return {}
    for verb in root.rights:
        commas = [t.i for t in doc[root.i : verb.left_edge.i] if t.text == ","]
        own = {c.dep_ for c in verb.children} & {"nsubj", "nsubjpass", "agent", "auxpass", "mark"}
        after = len(commas) > 1 and commas[-1] == verb.left_edge.i - 1
        if (
            verb.dep_ in {"acl", "relcl"}
            and verb.tag_ in FINITE | {"VBN"}
            and after
            and not own
            and any(verb.rights)
        ):
            moved = {c.i: (verb.i, c.dep_) for c in root.rights if c.i > verb.i}
            return {**moved, root.i: (verb.i, "nsubj"), verb.i: (verb.i, "ROOT")}
    return {}


def _raise_conjuncts(doc: Doc) -> Links:
    """ "Rejected claims that they were blocking aid, and assured ...", "denied that it fired and accused X": the verb goes on with the main one.

    So does a finite verb after a participle and a comma, and a verb of speech after what is denied.
    """
    links: Links = {}
    for verb in doc:
        if verb.dep_ != "conj" or verb.tag_ not in FINITE:
            continue
        if any(c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for c in verb.children):
            continue
        main = next((t for t in verb.head.ancestors if t.tag_ == verb.tag_), None)
        joint = next((c for c in verb.head.children if c.dep_ == "cc" and c.i < verb.i), None)
        if main is None or joint is None or joint.lower_ not in {"and", "but"}:
            continue
        after_comma = joint.i > 0 and doc[joint.i - 1].text == ","
        retorts = main.lemma_ in DENYING and verb.lemma_ in SPEAKING
        if retorts or (after_comma and verb.head.tag_ in NON_FINITE):
            links[verb.i] = (main.i, "conj")
            links[joint.i] = (main.i, "cc")
    return links


def _free_sources(doc: Doc) -> Links:
    """ "..., killing nine fighters, residents and an officer said": who says it is none of those killed."""
    verb = next((t for t in doc if t.dep_ == "ROOT" and t.tag_ == "VBD" and t.lemma_ == "say"), None)
    if verb is None or not verb.i or any(c.dep_ == "nsubj" for c in verb.children):
        return {}
    source = next((t for t in doc if t.dep_ == "conj" and t.right_edge.i == verb.i - 1), None)
    listed = source is not None and source.pos_ in {"NOUN", "PROPN"} and source.left_edge.i > 0
    if source is None or not listed or doc[source.left_edge.i - 1].text != ",":
        return {}
    return {source.i: (verb.i, "nsubj")}
