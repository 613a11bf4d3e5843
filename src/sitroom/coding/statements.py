"""What somebody is reported to have said or to hold: claims, denials, demands, refusals, offers, forecasts with their condition."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from sitroom.coding.acts import auxiliaries
from sitroom.coding.attribution import quoted, quoted_speakers, quoting_verb, sources_named, speaker_of
from sitroom.coding.figures import find_figures
from sitroom.coding.lexicon import Lexicon
from sitroom.coding.scope import Scope
from sitroom.coding.senses import match
from sitroom.language import clause
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
TOLLS = frozenset({"killed", "wounded", "displaced"})
LONGEST_ISSUE = 14


def find_statements(scope: Scope, events: Sequence[Event], lexicon: Lexicon) -> list[Statement]:
    """Statements of one sentence, one for each speaker and stance."""
    found: dict[tuple[str, str], Statement] = {}
    heard = (*_spoken(scope, events, lexicon), *_voiced(scope, events), *_acted(scope, events))
    for statement in heard or _told(scope, events, lexicon):
        key = (statement.speaker.name if statement.speaker else "", statement.stance)
        if key not in found or len(statement.about) > len(found[key].about):
            found[key] = statement
    return _without_weaker(list(found.values()))


def _without_weaker(statements: list[Statement]) -> list[Statement]:
    """ "He said that he refuses": the refusal says it all."""
    kept = []
    for one in statements:
        name = one.speaker.name if one.speaker else ""
        stronger = [
            s
            for s in statements
            if (s.speaker.name if s.speaker else "") == name
            and WEIGHTIER.index(s.stance) < WEIGHTIER.index(one.stance)
        ]
        if not (one.stance == "asserts" and stronger):
            kept.append(one)
    return kept


def _spoken(scope: Scope, events: Sequence[Event], lexicon: Lexicon) -> Iterator[Statement]:
    """Speech verbs of the sentence with their subjects and what is said."""
    for token in scope.here.doc:
        sense = match(token, lexicon)
        if sense is None or token.pos_ != "VERB" or sense.pattern.rule.turns not in BY_TURN:
            continue
        said = next(clause.children(token, "ccomp", "xcomp"), None) or next(
            iter(clause.patients(token)), None
        )
        if said is None:
            continue
        for head in clause.expand(clause.subjects(token)):
            speaker = speaker_of(head, scope.here, scope.resolver)
            if speaker is None:
                continue
            stance = _stance(token, sense.pattern.rule.turns, speaker, said)
            if stance == "asserts" and not (said.dep_ == "ccomp" or said.pos_ == "VERB"):
                continue
            yield _make(scope, speaker, stance, _words(said), events, said, rule=sense.pattern.rule.id)


def _stance(token: Token, turns: str, speaker: Attribution, said: Token) -> Stance:
    if token.lemma_.lower() in CONFIRMING:
        return "confirms"
    if token.lemma_.lower() in FORECASTING or (speaker.kind == "analyst" and _looks_ahead(said)):
        return "forecasts"
    return BY_TURN[turns]


def _looks_ahead(said: Token) -> bool:
    """The words look ahead: will, would, may, or an if-clause."""
    return (
        any(auxiliaries(t) & {"will", "would", "may", "might", "could"} for t in [said, *said.children])
        or _condition(said) is not None
    )


def _voiced(scope: Scope, events: Sequence[Event]) -> Iterator[Statement]:
    """A quotation whose speaker stands elsewhere, and "according to"."""
    root = next((t for t in scope.here.doc if t.dep_ == "ROOT"), None)
    if root is None:
        return
    speakers: list[Attribution] = []
    inside = quoted(root, scope.here, scope.quote_open)
    verb = quoting_verb(scope.here)
    if verb is not None:
        speakers = [
            s for t in quoted_speakers(verb, scope.here) if (s := speaker_of(t, scope.here, scope.resolver))
        ]
    elif scope.carried is not None and scope.quote_open:
        speakers, inside = [scope.carried], True
    speakers += [
        s for t in sources_named(scope.here, root) if (s := speaker_of(t, scope.here, scope.resolver))
    ]
    for speaker in speakers:
        stance: Stance = "forecasts" if speaker.kind == "analyst" and _looks_ahead(root) else "asserts"
        yield _make(
            scope,
            speaker,
            stance,
            _words(root),
            events,
            root,
            is_quoted=inside or verb is not None,
            rule="voice",
        )


def _acted(scope: Scope, events: Sequence[Event]) -> Iterator[Statement]:
    """Verbal acts are positions of those who do them: who demands, refuses, offers, warns, backs what."""
    for event in events:
        stance = BY_TYPE.get(event.type)
        if stance is None or event.modality in ("denied", "hypothetical"):
            continue  # "if the two agree" is nobody's offer
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
    words = [t for t in token.subtree if t.sent == token.sent]
    text = token.doc[words[0].i : words[-1].i + 1].text.strip(' ,;:"“”')
    parts = text.split()
    return text if len(parts) <= LONGEST_ISSUE else " ".join(parts[:LONGEST_ISSUE]) + " …"


def _condition(token: Token) -> str | None:
    """The words of an if-clause in the sentence part."""
    for t in token.subtree:
        if t.lower_ in {"if", "unless"} and t.dep_ == "mark":
            words = list(t.head.subtree)
            return str(t.doc[words[0].i : words[-1].i + 1].text).removeprefix("if ").removeprefix("If ")
    for t in token.subtree:
        if t.lemma_ in {"depend", "hinge"}:
            inner = [
                o
                for c in t.children
                if c.lower_ in {"on", "upon", "if"} or c.dep_ in {"advcl", "prep"}
                for o in c.subtree
            ]
            if inner:
                return str(t.doc[inner[0].i : inner[-1].i + 1].text)
    return None


def _make(
    scope: Scope, speaker: Attribution | None, stance: Stance, issue: str, events: Sequence[Event], said: Token | None, *,
    target: Actor | None = None, is_quoted: bool = False, rule: str = "",
) -> Statement:  # fmt: skip
    report = scope.report
    quote = Quote(report.id, scope.here.sentence.start, scope.here.sentence.end, scope.words)
    about = tuple(
        e.id
        for e in events
        if speaker is None
        or e.attribution is None
        or e.attribution.name == speaker.name
        or e.attribution.id == speaker.id
    )
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
