"""The whole coder on one screen: a report in, its coded events, statements and relations out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress, islice
from pathlib import Path

from sitroom.catalogues import Actors, Acts, bundled, load_actors, load_acts
from sitroom.catalogues.gazetteer import Gazetteer, open_gazetteer
from sitroom.catalogues.gazetteer_build import ensure_gazetteer
from sitroom.catalogues.nouns import Nouns, load_nouns
from sitroom.coding.attribution import carry_voices, issuer_of, open_quotes
from sitroom.coding.discourse import (
    carry_denials,
    follow_attacks,
    follow_meetings,
    place_in_theatre,
    share_places,
)
from sitroom.coding.domains import Domains, load_domains
from sitroom.coding.events import code_sentence
from sitroom.coding.lexicon import Lexicon, load_lexicon
from sitroom.coding.relations import find_relations
from sitroom.coding.scope import PlaceSpan, Scope, news_window
from sitroom.coding.statements import find_statements
from sitroom.coding.ties import RelationWords, load_relation_words
from sitroom.language import clause
from sitroom.language.actors import Resolver
from sitroom.language.coreference import Memory
from sitroom.language.dates import Time, find_times
from sitroom.language.lists import mend_lists
from sitroom.language.locate import Located, locate
from sitroom.language.mentions import remember
from sitroom.language.names import Name, NameIndex
from sitroom.language.parse import Model, find_entities, load_model, parse
from sitroom.language.reading import ParsedSentence, Reading, attach_names, has_unknown_name, mark_names
from sitroom.language.sentences import Sentence, split_sentences
from sitroom.reports import OfficeWindows, date_report, mark_boilerplate, office_windows_of
from sitroom.vocabulary import (
    Attribution,
    Coded,
    Event,
    Period,
    Place,
    Relation,
    Report,
    Statement,
    Unresolved,
)

BACKWARDS = ("earlier", "before", "previously")
TOGETHER = 8
"""Reports whose sentences are parsed together."""


@dataclass(frozen=True)
class Coder:
    """Everything that coding needs, loaded once; a report is coded without sight of any other."""

    actors: Actors
    names: NameIndex
    nouns: Nouns
    lexicon: Lexicon
    ties: RelationWords
    ontology: Acts
    gazetteer: Gazetteer
    nlp: Model
    windows: OfficeWindows
    domains: Domains

    def code(self, report: Report) -> Coded:
        """Code one report."""
        return next(self.code_many([report]))

    def code_many(self, reports: Iterable[Report]) -> Iterator[Coded]:
        """Code reports in order; some are parsed together, which is faster, but each is coded alone."""
        stream = iter(reports)
        while some := [self.dated(report) for report in islice(stream, TOGETHER)]:
            named = [(report, self.names.find(report.text, report.published)) for report in some]
            told = [not self.domains.foreign_to(report.text, names) for report, names in named]
            readings = self._read(list(compress(named, told)))
            for report, is_told in zip(some, told, strict=True):
                yield self.code_with(next(readings), self._by_rules) if is_told else Coded(report)

    def dated(self, report: Report) -> Report:
        """The report with the window in which it was published, inferred from its text where it states no day."""
        return date_report(report, self.windows)

    def foreign_to(self, report: Report) -> str:
        """The domain of a report that is not about politics (`sport`, `money`): nothing in it is coded. Else empty."""
        return self.domains.foreign_to(report.text, self.names.find(report.text, report.published))

    def read(self, report: Report) -> Reading:
        """Sentences, parses and names of one report; boilerplate is left out."""
        return next(self._read([(report, self.names.find(report.text, report.published))]))

    def _read(self, named: Sequence[tuple[Report, Sequence[Name]]]) -> Iterator[Reading]:
        kept = [keep_sentences(report.text) for report, _ in named]
        docs = parse((s.text for sentences in kept for s in sentences), self.nlp, entities=False)
        parsed = [
            tuple(attach_names(i, s, next(docs), names) for i, s in enumerate(sentences))
            for (_, names), sentences in zip(named, kept, strict=True)
        ]
        find_entities([here.doc for told in parsed for here in told if has_unknown_name(here)], self.nlp)
        for (report, names), told in zip(named, parsed, strict=True):
            for here in told:
                mark_names(here)
                mend_lists(here)
            lands = [name.entry.country for name in names if name.entry.country]
            yield Reading(report, told, Counter(land for land in lands if len(land) == 3))

    def _by_rules(self, scope: Scope, reading: Reading) -> list[Event]:
        return code_sentence(scope, self.lexicon, self.ontology)

    def code_with(self, reading: Reading, find_events: Callable[[Scope, Reading], Sequence[Event]]) -> Coded:
        """Code one dated report with the events that `find_events` sees in each sentence, asked in order."""
        located, unplaced = locate(reading, self.gazetteer)
        events: list[Event] = []
        statements: list[Statement] = []
        relations: list[Relation] = []
        for scope in self.scopes(reading, located):
            found = find_events(scope, reading)
            events += found
            relations += find_relations(scope, self.ties, self.lexicon)
            statements += find_statements(scope, found, self.lexicon)
        events = follow_attacks(follow_meetings(share_places(events, reading, located), reading), reading)
        events = carry_denials(place_in_theatre(events, located, self._country), reading)
        return Coded(
            reading.report,
            tuple(events),
            tuple(statements),
            tuple(relations),
            (*_unresolved(events), *unplaced),
        )

    def scopes(self, reading: Reading, located: Sequence[Located]) -> Iterator[Scope]:
        """Each sentence with its places, times, the voice of a quotation that runs over it, and who was named so far."""
        home = reading.focus.most_common(1)[0][0] if reading.focus else None
        resolver = Resolver(self.actors, self.nouns, Memory(), reading.day, home, reading.sentences)
        open_before = open_quotes(reading.sentences)
        voices = self._voices(reading, open_before, home)
        issuer = issuer_of(reading.sentences, replace(resolver, memory=Memory()))
        earlier: Period | None = None
        for here in reading.sentences:
            times = self._times(here, reading.report, earlier)
            told = [t for t in times if t.period.start and t.period.end]
            plain = [
                t for t in told if not t.words.lower().endswith(BACKWARDS)
            ]  # "Monday ..., two days earlier": Monday
            earlier = next((t.period for t in reversed(plain or told)), earlier)
            places = [
                PlaceSpan(p.token, p.place, p.slot) for p in located if p.sentence == here.index and p.place
            ]
            remember(resolver, here)
            yield Scope(
                reading.report,
                here,
                resolver,
                places,
                times,
                open_before[here.index],
                voices[here.index],
                self._country,
                issuer,
            )

    def _voices(
        self, reading: Reading, open_before: Sequence[bool], home: str | None
    ) -> list[Attribution | None]:
        """Who speaks in the quotations of the report; looked for with the whole report in mind, since a name may come last."""
        if not any(mark in reading.report.text for mark in '"“'):
            return [None] * len(reading.sentences)
        knowing = Resolver(self.actors, self.nouns, Memory(), reading.day, home, reading.sentences)
        for here in reading.sentences:
            remember(knowing, here)
        return carry_voices(reading.sentences, open_before, knowing)

    def _country(self, iso3: str) -> Place | None:
        """The country as a place, for what is known to be there though no place is named."""
        if not self.gazetteer.has_country(iso3):
            return None
        entry = self.gazetteer.country(iso3)
        return Place(entry.name, entry.id, entry.lat, entry.lon, entry.country, None, "country")

    def _times(self, here: ParsedSentence, report: Report, earlier: Period | None) -> list[Time]:
        def ahead(at: int) -> bool:
            token = next((t for t in here.doc if t.idx + len(t) > at), None)
            return token is not None and clause.is_ahead(token)

        text = here.sentence.text
        return find_times(text, news_window(report), offset=here.sentence.start, ahead=ahead, earlier=earlier)


def keep_sentences(text: str) -> list[Sentence]:
    """The sentences that the report itself tells: boilerplate out, a headline kept, a dateline cut off."""
    marks = [mark for mark in mark_boilerplate(text) if mark.kind != "headline"]
    kept = []
    for sentence in split_sentences(text):
        start = max(
            (m.end for m in marks if m.start <= sentence.start < m.end < sentence.end), default=sentence.start
        )
        if any(m.start <= start < m.end and m.end >= sentence.end for m in marks):
            continue
        words = sentence.text[start - sentence.start :]
        bare = words.lstrip(" –—-:")
        if bare:
            kept.append(Sentence(sentence.end - len(bare), sentence.end, bare))
    return kept


def _unresolved(events: Iterable[Event]) -> Iterator[Unresolved]:
    """Names in roles that no catalogue knows and that no phrase composed."""
    seen: set[str] = set()
    for event in events:
        for actor in (*event.actors, *event.recipients):
            if (
                actor.id is None
                and actor.sector is None
                and actor.start is not None
                and actor.name not in seen
            ):
                seen.add(actor.name)
                yield Unresolved("actor", actor.text, actor.start, actor.end or actor.start)


def load_coder(overlays: Sequence[Path] = (), model: str | None = None, cache: Path | None = None) -> Coder:
    """Load catalogues, gazetteer and parser. `overlays` are catalogue folders laid over the bundled one.

    Raises CatalogueFault for a wrong entry and BadInput for a missing parser model.
    """
    folders = [bundled(), *overlays]
    actors = load_actors(folders)
    lexicon = load_lexicon([folder / "lexicon" for folder in folders])
    places = next((folder / "places" for folder in overlays if (folder / "places").is_dir()), None)
    gazetteer = open_gazetteer(ensure_gazetteer(cache or Path.home() / ".cache" / "sitroom", places))
    return Coder(
        actors, NameIndex.build(actors), load_nouns(folders), lexicon, load_relation_words([f / "lexicon" for f in folders]), load_acts(), gazetteer, load_model(model),
        office_windows_of(actors), load_domains(folders),
    )  # fmt: skip
