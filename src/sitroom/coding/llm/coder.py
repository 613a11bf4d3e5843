"""A coder whose events a language model proposes; names, places, dates, statements and relations stay with the rules."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from sitroom.coding.code import Coder, keep_sentences
from sitroom.coding.llm.grounding import Grounding, Placed, by_sentence, place_proposals
from sitroom.coding.llm.prompt import Part, Prompt, cut, lines
from sitroom.coding.llm.proposals import read_proposals, schema_of
from sitroom.errors import AnswerFault, AnswerTooLong, SitroomError
from sitroom.vocabulary import Coded, Report

MADE = "made an event"


class Ask(Protocol):
    """What puts a question to a language model."""

    def __call__(self, instruction: str, text: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """The JSON object that it answers. Raises EndpointFault, AnswerFault, AnswerTooLong."""
        ...


@dataclass
class ModelCoder:
    """Asks about one report at a time, in parts of at most `length` characters; `rule` is what coded events name.

    `tallies` counts, for each report coded, the proposals that made an event (`MADE`) and by reason those that made none.
    """

    rules: Coder
    ask: Ask
    prompt: Prompt
    rule: str
    length: int
    tallies: dict[str, Counter[str]] = field(default_factory=dict)

    def code(self, report: Report) -> Coded:
        """Code one report. Raises EndpointFault, and AnswerFault where the model gives no usable answer about it."""
        report = self.rules.dated(report)
        if self.rules.foreign_to(report):
            return Coded(report)
        parts = cut(keep_sentences(report.text), report.text, self.length)
        tally: Counter[str] = Counter()
        proposed = by_sentence(placed for part in parts for placed in self._placed(part, tally))
        grounding = Grounding(proposed, self.rules.ontology, self.rules.gazetteer, self.rule, tally)
        coded = self.rules.code_with(self.rules.read(report), grounding.events)
        self.tallies[report.id] = tally + Counter({MADE: len(grounding.made)})
        return coded

    @property
    def tally(self) -> Counter[str]:
        """The tallies of all reports together."""
        return sum(self.tallies.values(), Counter[str]())

    def code_many(self, reports: Iterable[Report]) -> Iterator[Coded | SitroomError]:
        """Code reports in order; a report without a usable answer gives the error. Raises EndpointFault."""
        for report in reports:
            try:
                yield self.code(report)
            except AnswerFault as error:
                yield AnswerFault(f"{report.name}: {error.what}", hint=error.hint)

    def _placed(self, part: Part, tally: Counter[str]) -> Iterator[Placed]:
        """The proposals about a part; a part that is too long is asked about in halves."""
        try:
            answer = self.ask(self.prompt.instruction, lines(part), schema_of(self.rules.ontology))
        except AnswerTooLong:
            if len(part) == 1:
                raise
            middle = len(part) // 2
            yield from self._placed(part[:middle], tally)
            yield from self._placed(part[middle:], tally)
        else:
            yield from place_proposals(part, read_proposals(answer, self.rules.ontology, tally), tally)
