"""What somebody is reported to have said or to hold: claims, denials, demands, refusals, offers, forecasts with their condition."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sitroom.coding.attribution import quoted, sources_named, speaker_of, tellers, voice_of
from sitroom.coding.figures import find_figures
from sitroom.coding.lexicon import Lexicon
from sitroom.coding.modality import auxiliaries, condition_of, in_condition, is_condition, is_negated
from sitroom.coding.scope import Scope
from sitroom.coding.senses import Sense, match
from sitroom.language import clause
from sitroom.language.tree import Span, Token
from sitroom.vocabulary import Actor, Attribution, Event, Figure, Period, Quote, Statement, content_id
from sitroom.vocabulary.evidence import Stance

BY_TURN: dict[str, Stance] = {
    "say": "asserts", "claim": "asserts", "disclose": "asserts", "deny": "denies", "doubt": "doubts", "promise": "offers", "agree": "offers",
    "demand": "demands", "urge": "demands", "refuse": "refuses", "threaten": "warns", "want": "wants", "praise": "supports",
    "condemn": "opposes", "accuse": "opposes", "imply": "asserts", "expect": "forecasts",
}  # fmt: skip
BY_TYPE: dict[str, Stance] = {
    "REQUEST": "demands", "REJECT": "refuses", "AGREE": "offers", "CONCEDE": "offers", "THREATEN": "warns", "SUPPORT": "supports",
    "ACCUSE": "opposes",
}  # fmt: skip
WITHOUT: dict[Stance, Stance] = {"wants": "opposes", "supports": "opposes", "offers": "refuses"}
"""What a stance is when it is denied: who does not want a war opposes it."""
CONFIRMING = frozenset({"confirm", "admit", "acknowledge", "concede", "affirm", "verify"})
FORECASTING = frozenset(
    {"predict", "forecast", "expect", "speculate", "foresee", "anticipate", "project", "estimate"}
)
WEIGHTIER: tuple[Stance, ...] = (
    "denies",
    "confirms",
    "demands",
    "refuses",
    "warns",
    "offers",
    "wants",
    "opposes",
    "supports",
    "doubts",
    "forecasts",
    "asserts",
)
WISHING = frozenset({"want", "hope", "wish", "desire", "like", "favour", "favor", "aspire", "seek"})
AHEAD = frozenset({"will", "would", "may", "might", "could"})
RECKONING = frozenset({"put", "estimate", "place"})
WARNING = frozenset({"warn", "caution", "threaten"})
HELD = frozenset({"demand", "urge", "threaten", "expect", "condemn"})
"""Turns that, denied, leave no stance: who did not demand it has said nothing."""
UNSAID = frozenset({"may", "might", "could", "can", "would", "will", "should", "must", "to"})
"""Auxiliaries of a speech verb under which nothing has been said yet."""
TOLLS = frozenset({"killed", "wounded", "displaced"})
LONGEST_ISSUE = 14


def find_statements(scope: Scope, events: Sequence[Event], lexicon: Lexicon) -> list[Statement]:
    """Statements of one sentence, one for each speaker and stance."""
    found: dict[tuple[str, str], Statement] = {}
    heard = (*_spoken(scope, events, lexicon), *_voiced(scope, events), *_acted(scope, events))
    for statement in heard or _told(scope, events, lexicon):
        key = (_name(statement), statement.stance)
        found[key] = _joined(found[key], statement) if key in found else statement
    return _without_weaker(list(found.values()))


def _name(statement: Statement) -> str:
    return statement.speaker.name if statement.speaker else ""


def _joined(one: Statement, other: Statement) -> Statement:
    """Two readings of one statement: the first one's words, with the target, condition and events that the other adds."""
    about = tuple(dict.fromkeys((*one.about, *other.about)))
    return replace(
        one,
        about=about,
        target=one.target or other.target,
        condition=one.condition or other.condition,
        quoted=one.quoted or other.quoted,
    )


def _without_weaker(statements: list[Statement]) -> list[Statement]:
    """ "He said that he refuses": the refusal says it all; a denial is no refusal beside it."""
    stances = {(_name(one), one.stance) for one in statements}

    def is_told(one: Statement) -> bool:
        mine = [stance for name, stance in stances if name == _name(one) and stance != one.stance]
        return (one.stance == "asserts" and bool(mine)) or (one.stance == "refuses" and "denies" in mine)

    return [one for one in statements if not is_told(one)]


def _spoken(scope: Scope, events: Sequence[Event], lexicon: Lexicon) -> Iterator[Statement]:
    """Speech verbs of the sentence with their subjects and what is said."""
    for token in scope.here.doc:
        yield from _reckoned(token, scope, events)
        sense = match(token, lexicon)
        if sense is None or token.pos_ != "VERB" or _is_unsaid(token, sense):
            continue
        said = next(clause.children(token, "ccomp", "xcomp"), None) or next(
            iter(clause.patients(token)), None
        )
        if said is None:
            continue
        turns = sense.pattern.rule.turns
        if turns in {"refuse", "breach"} and said.lemma_.lower() in lexicon.classes["claims"]:
            turns = "deny"
        if turns not in BY_TURN:
            continue
        is_quoted = quoted(said, scope.here, scope.quote_open)
        for speaker in _speakers(token, scope):
            stance = _stance(token, turns, speaker, said, events)
            if stance == "asserts" and (
                is_negated(token) or not (said.dep_ == "ccomp" or said.pos_ == "VERB")
            ):
                continue
            rule = sense.pattern.rule.id
            yield _make(scope, speaker, stance, _words(said), events, said, is_quoted=is_quoted, rule=rule)


def _reckoned(verb: Token, scope: Scope, events: Sequence[Event]) -> Iterator[Statement]:
    """ "Residents put the dead at more than 70", "a study puts the figure at 60,000"."""
    thing = next(iter(clause.patients(verb)), None) if verb.lemma_ in RECKONING else None
    told = any(t.like_num for o in clause.prep_objects(verb, "at") for t in o.subtree)
    if thing is None or not told or verb.pos_ != "VERB" or is_negated(verb):
        return
    for speaker in _speakers(verb, scope):
        words = Span(verb.doc, thing.left_edge.i, verb.right_edge.i + 1).text.rstrip(" .,;")
        yield _make(scope, speaker, "asserts", words, events, None, rule="reckoned")


def _is_unsaid(token: Token, sense: Sense) -> bool:
    """True where nothing was said: what may be said, what would be agreed if, an attempt, what only seems so."""
    lemma, turns = token.lemma_.lower(), sense.pattern.rule.turns
    if auxiliaries(token) & UNSAID or in_condition(token) or (is_negated(token) and turns in HELD):
        return True
    if token.dep_ == "conj" and is_negated(token) and is_negated(token.head):
        return True  # "has neither confirmed nor denied"
    if turns == "want":
        return lemma not in WISHING
    return turns == "expect" and lemma not in FORECASTING and sense.pattern.rule.needs != "others"


def _speakers(verb: Token, scope: Scope) -> Iterator[Attribution]:
    """Who speaks by this verb; "we" in a quotation are those whose quotation it is."""
    for head in tellers(verb):
        if head.lower_ in {"we", "i"} and quoted(head, scope.here, scope.quote_open):
            found = voice_of(scope)
        elif head.lower_ == "we" and scope.issuer is not None:
            found = scope.issuer
        else:
            found = speaker_of(head, scope.here, scope.resolver)
        if found is not None:
            yield found


def _stance(token: Token, turns: str, speaker: Attribution, said: Token, events: Sequence[Event]) -> Stance:
    if token.lemma_.lower() in CONFIRMING and not is_negated(token):
        return "confirms"
    stance = BY_TURN[turns]
    if stance == "denies" and is_negated(token):
        return "doubts"
    if stance != "asserts":
        return WITHOUT.get(stance, stance) if is_negated(token) else stance
    if any(_vouches(speaker, e) and e.modality == "denied" and "untrue" in e.rule for e in events):
        return "denies"
    if token.lemma_.lower() in FORECASTING or (speaker.kind == "analyst" and _looks_ahead(said)):
        return "forecasts"
    if token.lemma_.lower() in WARNING:
        return "warns"
    if is_negated(said) and auxiliaries(said) & {"will", "would"} and _is_own(token, said):
        return "refuses"
    own = any(speaker_key(speaker) == actor.key for e in events for actor in e.actors)
    return "forecasts" if not own and _hangs(said) else stance


def _is_own(verb: Token, said: Token) -> bool:
    """True where what is said has the speaker for its subject: "Spain said that it would not take part"."""
    if said.lemma_ in {"be", "have", "hesitate", "know", "see", "need"} or clause.is_passive(said):
        return False
    subjects = clause.subjects(said)
    return (
        bool(subjects)
        and subjects[0].lower_ in {"it", "they", "he", "she", "we", "i"}
        and bool(tellers(verb))
    )


def _hangs(said: Token) -> bool:
    """What would or will be if something else is."""
    return bool(auxiliaries(said) & AHEAD) and _condition(said) is not None


def speaker_key(speaker: Attribution) -> str:
    """The key of the speaker as an actor."""
    return speaker.id or speaker.name


def _vouches(speaker: Attribution | None, event: Event) -> bool:
    """True for an event that the speaker tells, or that the report tells itself."""
    source = event.attribution
    if speaker is None or source is None:
        return True
    return source.name == speaker.name or (source.id is not None and source.id == speaker.id)


def _looks_ahead(said: Token) -> bool:
    """The words look ahead: will, would, may, or an if-clause."""
    return any(auxiliaries(t) & AHEAD for t in [said, *said.children]) or _condition(said) is not None


def _voiced(scope: Scope, events: Sequence[Event]) -> Iterator[Statement]:
    """A quotation whose speaker stands elsewhere, and "according to"."""
    root = next((t for t in scope.here.doc if t.dep_ == "ROOT"), None)
    if root is None:
        return
    voice = voice_of(scope)
    sources = [(s, False) for t in sources_named(scope.here, root) if (s := _named(t, scope)) is not None]
    for speaker, is_quoted in [*([(voice, True)] if voice is not None else []), *sources]:
        ahead = _looks_ahead(root) if speaker.kind == "analyst" else _hangs(root)
        stance: Stance = "forecasts" if ahead else "asserts"
        yield _make(scope, speaker, stance, _words(root), events, root, is_quoted=is_quoted, rule="voice")


def _named(token: Token, scope: Scope) -> Attribution | None:
    return speaker_of(token, scope.here, scope.resolver)


def _acted(scope: Scope, events: Sequence[Event]) -> Iterator[Statement]:
    """Verbal acts are positions of those who do them: who demands, refuses, offers, warns, backs what."""
    for event in events:
        stance = BY_TYPE.get(event.type)
        if stance is None or event.modality not in {"asserted", "alleged"}:
            continue  # "if the two agree" is nobody's offer
        if event.type == "THREATEN" and not {"plan", "prepare"}.isdisjoint(event.rule.split("+")):
            continue  # what is planned may be kept secret
        if stance == "refuses" and event.rule.rpartition("+")[2] == "deny":
            stance = "denies"
        for actor in event.actors[:2]:
            speaker = Attribution(actor.name, actor.id, "official", actor.text, actor.start, actor.end)
            target = event.recipients[0] if event.recipients else None
            core = (
                next((t for t in scope.here.doc if t.text == event.steps[0].split("'")[1]), None)
                if event.steps
                else None
            )
            issue = _words(core) if core is not None else event.type.lower()
            yield _make(scope, speaker, stance, issue, [event], None, target=target, rule=event.rule)
        if event.attribution is not None and event.modality in {"planned-or-possible", "hypothetical"}:
            yield _make(
                scope, event.attribution, "forecasts", event.type.lower(), [event], None, rule=event.rule
            )
    for event in events:
        if (
            event.type in {"RETREAT", "ASSAULT", "AGREE"}
            and event.modality == "hypothetical"
            and event.attribution is None
        ):
            yield _make(scope, None, "forecasts", event.type.lower(), [event], None, rule=event.rule)


def _told(scope: Scope, events: Sequence[Event], lexicon: Lexicon) -> Iterator[Statement]:
    """What the report itself says that is no act: the toll of a war, an illicit trade that goes on."""
    counted = {figure for event in events for figure in event.figures}
    for figure in find_figures(scope.here, scope.here.doc):
        if figure.what in TOLLS and figure not in counted:
            yield _make(
                scope,
                None,
                "asserts",
                f"{_bounds(figure)} {figure.who} {figure.what}",
                events,
                None,
                rule="toll",
            )
            return
    for token in scope.here.doc if not events else ():
        if token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() in lexicon.classes["illicit"]:
            yield _make(scope, None, "asserts", _words(token), events, None, rule="illicit-trade")
            return


def _bounds(figure: Figure) -> str:
    """ "470,000", "at least 470,000", "up to 30", "20 to 30" """
    if figure.low is None:
        return f"up to {figure.high:,.0f}"
    if figure.high is None:
        return f"at least {figure.low:,.0f}"
    return f"{figure.low:,.0f}" + (f" to {figure.high:,.0f}" if figure.high > figure.low else "")


def _words(token: Token) -> str:
    """The words of the clause or phrase, cut to a readable length."""
    words = token.subtree
    text = Span(token.doc, words[0].i, words[-1].i + 1).text.strip(' ,;:"“”')
    parts = text.split()
    return text if len(parts) <= LONGEST_ISSUE else " ".join(parts[:LONGEST_ISSUE]) + " …"


def _condition(token: Token) -> str | None:
    """The words of the condition on which the clause of the token depends: an if-clause, or what it hinges on."""
    for t in (token, *token.subtree):
        found = condition_of(t) or (t if t.i != token.i and is_condition(t) else None)
        if found is not None:
            return _without_if(list(found.subtree))
    for t in token.subtree:
        if t.lemma_ in {"depend", "hinge"}:
            hinges = [
                o
                for c in t.children
                if c.lower_ in {"on", "upon", "if"} or (c.dep_ in {"advcl", "prep"} and c.i > t.i)
                for o in c.subtree
            ]
            return _without_if(hinges) if hinges else None
    return None


def _without_if(tokens: Sequence[Token]) -> str:
    """The words without the conjunction that opens them; "unless" stays, since it turns the sense."""
    first = next((i for i, t in enumerate(tokens) if t.lower_ not in {"if", "on", "upon", "whether", ","}), 0)
    return Span(tokens[0].doc, tokens[first].i, tokens[-1].i + 1).text.strip(" ,")


def _make(
    scope: Scope, speaker: Attribution | None, stance: Stance, issue: str, events: Sequence[Event], said: Token | None, *,
    target: Actor | None = None, is_quoted: bool = False, rule: str = "",
) -> Statement:  # fmt: skip
    report = scope.report
    quote = Quote(report.id, scope.here.sentence.start, scope.here.sentence.end, scope.words)
    about = tuple(e.id for e in events if _vouches(speaker, e))
    root = said if said is not None else next((t for t in scope.here.doc if t.dep_ == "ROOT"), None)
    period = report.published or Period(None, None, "unknown")
    times = [
        t.period
        for t in scope.times
        if t.period.basis in {"explicit", "weekday"} and t.period.start == t.period.end
    ]
    if times and stance in {"demands", "refuses", "warns", "offers", "denies"}:
        period = times[0]
    return Statement(
        content_id("statement", report.id, speaker.name if speaker else "", stance, quote.start, issue), report.id, speaker, stance, about,
        issue, quote, period, report.known_by, None, target, _condition(root) if root is not None else None,
        is_quoted or (speaker is not None and speaker.quoted), rule, 0.6,
    )  # fmt: skip
