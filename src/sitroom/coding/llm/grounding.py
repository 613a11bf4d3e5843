"""From proposals to events: every word must stand in the report, every name is resolved as the rules resolve it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sitroom.catalogues import Acts
from sitroom.catalogues.gazetteer import Gazetteer
from sitroom.coding.attribution import quoted, speaker_of
from sitroom.coding.figures import find_figures
from sitroom.coding.llm.prompt import Part, lines
from sitroom.coding.llm.proposals import Proposal
from sitroom.coding.scope import Scope
from sitroom.coding.setting import VERBAL, by_tense, is_old, time_told
from sitroom.language import clause
from sitroom.language.actors import as_actors
from sitroom.language.dates import find_times
from sitroom.language.places import Mention, resolve_places
from sitroom.language.reading import ParsedSentence, Reading
from sitroom.language.sentences import Sentence
from sitroom.language.tree import Span, Token
from sitroom.vocabulary import Actor, Attribution, Event, Period, Place, Quote, content_id

CONFIDENCE = 0.5
"""Of every event that a language model proposed: nothing is known of how often a model is right."""

_PLAIN = str.maketrans("’‘ʼ“”„–—‑\u00a0", "'''\"\"\"--- ")

Placed = tuple[Proposal, Sentence, int]
"""A proposal, the sentence that its trigger stands in, and where in that sentence."""


class _NotThere(Exception):
    """Words that do not stand in the report; the message names the part."""


def place_proposals(part: Part, proposals: Iterator[Proposal], dropped: Counter[str]) -> Iterator[Placed]:
    """Find the sentence of each proposal; what is not told in these words is counted in `dropped`."""
    text = lines(part)
    for proposal in proposals:
        told = next(find(proposal.quote, text), None)
        if told is None:
            dropped["quote not in the report"] += 1
            continue
        triggers = find(proposal.trigger, text[told[0] : told[1]])
        at = next((told[0] + start for start, _ in triggers), None)
        if at is None:
            dropped["trigger not in the quote"] += 1
            continue
        for sentence in part:
            if at < len(sentence.text):
                yield proposal, sentence, at
                break
            at -= len(sentence.text) + 1


def find(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand in the text as whole words; the shape of quotation marks, dashes and spaces is free."""
    pieces = [re.escape(piece) for piece in words.translate(_PLAIN).split()]
    if not pieces:
        return
    pattern = r"(?<!\w)" if words.strip()[0].isalnum() else ""
    pattern += r"\s+".join(pieces) + (r"(?!\w)" if words.strip()[-1].isalnum() else "")
    for match in re.finditer(pattern, text.translate(_PLAIN)):
        yield match.span()


@dataclass
class Grounding:
    """Makes events of what was proposed about one report; `events` is asked sentence by sentence, in order."""

    proposed: Mapping[int, Sequence[tuple[Proposal, int]]]
    ontology: Acts
    gazetteer: Gazetteer
    rule: str
    dropped: Counter[str]
    made: set[str] = field(default_factory=set)

    def events(self, scope: Scope, reading: Reading) -> list[Event]:
        """The events proposed about the sentence that stand in the report and concern somebody known; the others are counted."""
        found = []
        for proposal, at in self.proposed.get(scope.here.sentence.start, ()):
            try:
                event = self._event(_Telling(proposal, at, scope, reading))
            except _NotThere as error:
                self.dropped[f"{error} not in the report"] += 1
                continue
            if not any(a.id or a.country or a.sector for a in event.actors + event.recipients):
                self.dropped["nobody in it is known"] += 1
            elif event.id in self.made:
                self.dropped["told twice"] += 1
            else:
                self.made.add(event.id)
                found.append(event)
        return found

    def _event(self, telling: "_Telling") -> Event:
        proposal, scope, trigger, steps = telling.proposal, telling.scope, telling.trigger, telling.steps
        act = self.ontology.types[proposal.type]
        mode = proposal.mode if proposal.mode in act.modes else None
        if proposal.mode and mode is None:
            steps.append(f"mode {proposal.mode!r} left out: {act.name} has none of that name")
        actors = telling.parties("actor", proposal.actors)
        recipients = telling.parties("recipient", proposal.recipients)
        recipients = tuple(r for r in recipients if r.key not in {a.key for a in actors})
        if act.name == "CONSULT" and mode != "visit":  # manual 2.3.2: a reciprocal act has actors only
            actors, recipients = actors + recipients, ()
        source = telling.source()
        place = telling.place(self.gazetteer)
        period, historical = telling.when()
        contexts = tuple(dict.fromkeys(c for c in proposal.contexts if c in self.ontology.contexts))
        here = scope.here
        quote = Quote(scope.report.id, here.sentence.start, here.sentence.end, scope.words)
        parties = [[a.key for a in actors], [r.key for r in recipients]]
        event_id = content_id(
            "event", scope.report.id, self.rule, act.name, mode, quote.start, trigger.i, *parties
        )
        steps.insert(1, f"proposed by {self.rule}")
        return Event(
            event_id, scope.report.id, act.name, mode, contexts, self.ontology.score(act.name, mode), actors, recipients, place,
            (place,) if place else (), period, scope.report.known_by, historical, proposal.modality, source,
            find_figures(here, list(trigger.subtree)), quote, self.rule, CONFIDENCE, tuple(steps),
        )  # fmt: skip


class _Telling:
    """One proposal in its sentence: finds its words and resolves them; `steps` says what came of each."""

    def __init__(self, proposal: Proposal, at: int, scope: Scope, reading: Reading) -> None:
        self.proposal, self.scope, self.reading = proposal, scope, reading
        _, length = next(find(proposal.trigger, scope.here.sentence.text[at:]), (0, 1))
        self.trigger: Token = _span(scope.here, at, at + length).root
        self.steps = [f"word: {self.trigger.text!r}"]

    def parties(self, role: str, named: Sequence[str]) -> tuple[Actor, ...]:
        """Whom the words mean by catalogue, offices, composition and pronouns; words that name nobody are left out."""
        found: list[Actor] = []
        for words in named:
            here, span = self._stands(role, words)
            heads = [token for token in clause.conjuncts(span.root) if token in span]
            parties = [a for head in heads for a in self.scope.resolver.resolve(head, here)]
            self.steps.append(f"{role} from: {words}" + ("" if parties else ", which names nobody: left out"))
            found += parties
        return as_actors([replace(actor, text=self._written(actor)) for actor in found])

    def source(self) -> Attribution | None:
        """Who says so."""
        if self.proposal.source is None:
            return None
        here, span = self._stands("source", self.proposal.source)
        found = speaker_of(span.root, here, self.scope.resolver)
        inside = quoted(self.trigger, self.scope.here, self.scope.quote_open)
        return replace(found, quoted=inside, text=self._written(found)) if found is not None else None

    def _written(self, named: Actor | Attribution) -> str:
        """The words as the report has them, where the parse was given others ("Al-Assad" for "al-Assad")."""
        return named.text if named.start is None else self.scope.report.text[named.start : named.end]

    def place(self, gazetteer: Gazetteer) -> Place | None:
        """The place that the reading of the report has at these words, else the gazetteer's."""
        words = self.proposal.place
        if words is None:
            return None
        here, span = self._stands("place", words)
        start, end = here.offset(span[0]), here.end(span[-1])
        known = [p.place for p in self.scope.places if start <= (p.place.start or 0) < end]
        mention = Mention.of(self.scope.report.text, start, end)
        place = known[-1] if known else resolve_places([mention], self.reading.focus, gazetteer)[0]
        self.steps.append(f"place from: {words}" + ("" if place else ", which no gazetteer knows: left out"))
        if place is None:
            return None
        return replace(place, role="about" if self.proposal.type in VERBAL else "where")

    def when(self) -> tuple[Period, bool]:
        """The period of the time words as the rules read them, else what the tense allows; and whether it is background."""
        words, type, published = self.proposal.when, self.proposal.type, self.scope.news
        if words is not None:
            here, span = self._stands("time", words)
            start, end = here.offset(span[0]), here.end(span[-1])
            times = self.scope.times
            if here is not self.scope.here:
                times = find_times(here.sentence.text, published, offset=here.sentence.start)
            for time in times:
                inside = time.start < end and start < time.end
                period = time_told(time, type, published) if inside else None
                if period is not None:
                    self.steps.append(f"date from: {time.words}")
                    return period, is_old(period, published)
            self.steps.append(f"date from the tense: no rule makes a date of {words!r}")
        return by_tense(type, self.proposal.modality, published), False

    def _stands(self, part: str, words: str) -> tuple[ParsedSentence, Span]:
        """Where the words stand: beside the trigger, else in the nearest sentence, those before it first."""
        at = self.scope.here.index
        for here in sorted(self.reading.sentences, key=lambda h: (h.index > at, abs(h.index - at))):
            spans = list(find(words, here.sentence.text))
            if spans:
                return here, _span(here, *min(spans, key=lambda span: abs(span[0] - self.trigger.idx)))
        raise _NotThere(part)


def _span(here: ParsedSentence, start: int, end: int) -> Span:
    span = here.doc.char_span(start, end)
    assert span is not None, "whole words of a sentence are tokens of it"
    return span


def by_sentence(placed: Iterator[Placed]) -> dict[int, list[tuple[Proposal, int]]]:
    """The proposals by the offset of their sentence in the report."""
    found: dict[int, list[tuple[Proposal, int]]] = defaultdict(list)
    for proposal, sentence, at in placed:
        found[sentence.start].append((proposal, at))
    return found
