"""What becomes of a language model's proposals: only what stands in the report, with names as the rules resolve them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chat_server import Body, proposal
from making import make_report
from sitroom.catalogues import bundled, load_acts
from sitroom.coding import Coder
from sitroom.coding.llm import MADE, ModelCoder, load_prompt
from sitroom.coding.llm.grounding import find
from sitroom.coding.llm.prompt import cut
from sitroom.coding.llm.proposals import Proposal, schema_of
from sitroom.errors import AnswerFault, AnswerTooLong, CatalogueFault
from sitroom.language.sentences import split_sentences
from sitroom.vocabulary import Coded, Event, Period

TEXT = (
    "On Monday, Ethiopian troops shelled a Tigrayan camp near Mekelle.\n\n"
    "The foreign ministry of Kenya said that “talks’ new round” would be held in Nairobi."
)
SHELLING = proposal(
    "On Monday, Ethiopian troops shelled a Tigrayan camp near Mekelle.", "shelled", "ASSAULT", ["Ethiopian troops"],
    mode="heavy-weapons", place="Mekelle", when="On Monday",
)  # fmt: skip


class Says:
    """A stand-in for a language model: says what it is told to, and remembers what it was asked."""

    def __init__(self, *proposals: Body) -> None:
        self.proposals = proposals
        self.texts: list[str] = []

    def __call__(self, instruction: str, text: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        self.texts.append(text)
        return {"events": list(self.proposals)}


def _coder(rules: Coder, ask: Any, length: int = 6000) -> ModelCoder:
    prompt = load_prompt([bundled()], rules.ontology)
    return ModelCoder(rules, ask, prompt, f"llm:test@{prompt.version}", length)


def _code(rules: Coder, *proposals: Body, text: str = TEXT) -> tuple[Coded, ModelCoder]:
    coder = _coder(rules, Says(*proposals))
    return coder.code(make_report(text)), coder


def _event(rules: Coder, *proposals: Body, text: str = TEXT) -> Event:
    coded, coder = _code(rules, *proposals, text=text)
    assert len(coded.events) == 1, coder.tally
    return coded.events[0]


def test_words_become_names_places_and_dates_as_the_rules_have_them(coder: Coder) -> None:
    event = _event(coder, SHELLING)
    assert (event.type, event.mode) == ("ASSAULT", "heavy-weapons")
    assert event.score == coder.ontology.score("ASSAULT", "heavy-weapons")
    assert [(a.id, a.text) for a in event.actors] == [("ETH.MIL", "Ethiopian troops")]
    assert event.place is not None
    assert (event.place.text, event.place.country, event.place.role) == ("Mekelle", "ETH", "where")
    assert event.period == Period.day(date(2021, 6, 14), "weekday")
    assert event.quote.words == TEXT[event.quote.start : event.quote.end] == SHELLING["quote"]
    assert event.rule == "llm:test@events-1"
    assert "proposed by llm:test@events-1" in event.steps


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"quote": "Ethiopian troops bombed a Tigrayan camp."}, "quote not in the report"),
        ({"trigger": "bombed"}, "trigger not in the quote"),
        ({"trigger": "Nairobi"}, "trigger not in the quote"),
        ({"actors": ["Eritrean troops"]}, "actor not in the report"),
        ({"actors": ["Ethiopia"]}, "actor not in the report"),
        ({"recipients": ["the TPLF"]}, "recipient not in the report"),
        ({"place": "Adigrat"}, "place not in the report"),
        ({"when": "14 June 2021"}, "time not in the report"),
        ({"source": "the African Union"}, "source not in the report"),
        ({"actors": []}, "nobody in it is known"),
        ({"actors": ["Monday"]}, "nobody in it is known"),
        ({"type": "BOMB"}, "no act of PLOVER"),
        ({"modality": "certain"}, "not an event by the schema"),
        ({"actors": "Ethiopian troops"}, "not an event by the schema"),
        ({"quote": ""}, "not an event by the schema"),
        ({"quote": "..."}, "quote not in the report"),
    ],
    ids=lambda given: str(given)[:60],
)
def test_what_does_not_stand_in_the_report_is_dropped_and_counted(
    coder: Coder, change: Body, reason: str
) -> None:
    coded, model = _code(coder, SHELLING | change)
    assert coded.events == ()
    assert model.tally == {reason: 1}


def test_an_entry_that_is_no_object_is_counted_like_any_other(coder: Coder) -> None:
    coded, model = _code(coder, "shelled", SHELLING)  # type: ignore[arg-type]
    assert len(coded.events) == 1
    assert model.tally == {"not an event by the schema": 1, MADE: 1}


def test_the_same_act_proposed_twice_is_one_event(coder: Coder) -> None:
    coded, model = _code(coder, SHELLING, SHELLING)
    assert len(coded.events) == 1
    assert model.tally == {"told twice": 1, MADE: 1}


def test_an_unknown_mode_or_context_is_left_out_and_the_event_kept(coder: Coder) -> None:
    event = _event(coder, SHELLING | {"mode": "phone", "contexts": ["military", "weather"]})
    assert event.mode is None
    assert event.contexts == ("military",)
    assert "mode 'phone' left out: ASSAULT has none of that name" in event.steps


def test_quotation_marks_and_line_breaks_may_be_plain(coder: Coder) -> None:
    quote = 'The foreign ministry of Kenya said that "talks\' new round" would be held in Nairobi.'
    told = proposal(quote, "talks'", "CONSULT", ["The foreign ministry of Kenya"], place="Nairobi")
    event = _event(
        coder, told | {"source": "The foreign ministry of Kenya", "modality": "planned-or-possible"}
    )
    assert event.quote.words == TEXT[event.quote.start : event.quote.end]
    assert "“talks’ new round”" in event.quote.words
    assert event.attribution is not None
    assert (event.attribution.id or "").startswith("KEN")
    assert event.modality == "planned-or-possible"


def test_names_keep_the_letters_of_the_report(coder: Coder) -> None:
    text = "The army of Bashar al-Assad shelled Idlib."
    event = _event(coder, proposal(text, "shelled", "ASSAULT", ["The army of Bashar al-Assad"]), text=text)
    assert event.actors[0].text in text


def test_a_pronoun_is_whom_the_rules_take_it_for(coder: Coder) -> None:
    text = "President Emmanuel Macron arrived in Abidjan. He met Alassane Ouattara there."
    event = _event(coder, proposal("He met Alassane Ouattara there.", "met", "CONSULT", ["He"], ["Alassane Ouattara"]), text=text)  # fmt: skip
    assert event.recipients == ()  # talks have actors only
    assert "Macron" in event.actors[0].name


def test_a_name_of_the_sentence_before_may_be_used(coder: Coder) -> None:
    text = "Colombia closed the bridge at Cúcuta. Troops searched every lorry there."
    event = _event(coder, proposal("Troops searched every lorry there.", "searched", "COERCE", ["Colombia"], mode="seize"), text=text)  # fmt: skip
    assert event.actors[0].id == "COL"


def test_a_name_that_no_catalogue_knows_stays_unresolved(coder: Coder) -> None:
    text = "Chad handed Mahamat Brahimkoye to the police on Friday."
    coded, _ = _code(coder, proposal(text, "handed", "COERCE", ["Chad"], ["Mahamat Brahimkoye"]), text=text)
    (unknown,) = coded.events[0].recipients
    assert (unknown.id, unknown.country) == (None, None)
    assert [u.text for u in coded.unresolved if u.kind == "actor"] == [unknown.text]


def test_a_day_that_no_rule_reads_is_not_invented(coder: Coder) -> None:
    event = _event(coder, SHELLING | {"when": "a Tigrayan camp"})
    assert event.period.basis == "tense"


def test_statements_and_relations_stay_with_the_rules(coder: Coder) -> None:
    text = "Iran is an ally of Syria. Israel said that it would act."
    coded, _ = _code(coder, text=text)
    by_rules = coder.code(make_report(text))
    assert coded.relations == by_rules.relations
    assert coded.relations
    assert all(statement.rule != "" for statement in coded.statements)


def test_a_report_on_sport_is_not_asked_about(coder: Coder) -> None:
    ask = Says()
    text = "The striker scored twice as the coach praised his squad after the match. The goalkeeper saved a penalty before the fans."  # fmt: skip
    assert _coder(coder, ask).code(make_report(text)) == Coded(make_report(text))
    assert ask.texts == []


def test_a_long_report_goes_in_parts_and_loses_nothing(coder: Coder) -> None:
    text = "\n\n".join(f"Round {i}: Turkey and Greece held talks in Vienna. Nothing was decided on day {i}." for i in range(30))  # fmt: skip
    ask = Says()
    _coder(coder, ask, length=400).code(make_report(text))
    assert len(ask.texts) > 5
    assert all(len(part) <= 400 for part in ask.texts)
    assert "\n".join(ask.texts) == "\n".join(s.text for s in split_sentences(text))


def test_parts_end_with_a_paragraph_where_that_leaves_half_a_part() -> None:
    text = "A one. A two.\n\nB one. B two. B three."
    parts = [[s.text for s in part] for part in cut(split_sentences(text), text, length=26)]
    assert parts == [["A one.", "A two."], ["B one.", "B two.", "B three."]]
    assert [len(part) for part in cut(split_sentences(text), text, length=1)] == [1] * 5
    assert list(cut([], "", 10)) == []


def test_what_is_too_long_is_asked_in_halves_down_to_a_sentence(coder: Coder) -> None:
    class Short(Says):
        def __call__(self, instruction: str, text: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
            if len(text) > 100:
                raise AnswerTooLong("too long", hint="")
            return super().__call__(instruction, text, schema)

    ask = Short(SHELLING)
    assert [e.type for e in _coder(coder, ask).code(make_report(TEXT)).events] == ["ASSAULT"]
    assert ask.texts == [TEXT.split("\n")[0], TEXT.split("\n")[2]]
    with pytest.raises(AnswerTooLong):
        _coder(coder, Short()).code(make_report("Peru met Chile, " * 9 + "at last."))


def test_one_report_without_an_answer_does_not_stop_the_others(coder: Coder) -> None:
    class Moody(Says):
        def __call__(self, instruction: str, text: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
            return {"reply": []} if "Peru" in text else super().__call__(instruction, text, schema)

    reports = [make_report(text, name=text[:4]) for text in ("Peru met Chile.", TEXT)]
    bad, good = _coder(coder, Moody(SHELLING)).code_many(reports)
    assert isinstance(bad, AnswerFault)
    assert bad.what.startswith("Peru: ")
    assert isinstance(good, Coded)
    assert len(good.events) == 1


def test_the_order_of_proposals_does_not_matter(coder: Coder) -> None:
    other = proposal(TEXT.split("\n\n")[1], "talks’", "CONSULT", ["Kenya"])
    one, two = (_code(coder, *given)[0] for given in ((SHELLING, other), (other, SHELLING)))
    assert one == two
    assert len(one.events) == 2


def test_words_are_found_whole_only() -> None:
    assert list(find("Iran", "Iranian Iran, IRAN")) == [(8, 12)]
    assert list(find("the  U.S.", "at the\nU.S. base")) == [(3, 11)]
    assert list(find(" ", "x")) == []


def test_the_schema_names_what_a_proposal_holds() -> None:
    schema = schema_of(load_acts())
    entry = schema["properties"]["events"]["items"]
    assert set(entry["properties"]) == set(Proposal.model_fields) == set(entry["required"])


def test_an_overlay_may_bring_its_own_prompt(coder: Coder, tmp_path: Any) -> None:
    (tmp_path / "prompts").mkdir()
    file = tmp_path / "prompts" / "events.toml"
    file.write_text('version = "mine-2"\ninstruction = "Acts: {acts} {modalities}"\n')
    prompt = load_prompt([bundled(), tmp_path], coder.ontology)
    assert prompt.version == "mine-2"
    assert "ASSAULT" in prompt.instruction
    assert "denied, alleged" in prompt.instruction
    file.write_text('instruction = "no version"\n')
    with pytest.raises(CatalogueFault, match=r"events\.toml"):
        load_prompt([bundled(), tmp_path], coder.ontology)


def test_the_bundled_prompt_leaves_nothing_to_fill_in(coder: Coder) -> None:
    instruction = load_prompt([bundled()], coder.ontology).instruction
    assert not [name for name in ("{acts}", "{contexts}", "{modalities}") if name in instruction]
    assert all(f"- {name}: " in instruction for name in (*coder.ontology.types, *coder.ontology.contexts))


def test_coding_twice_gives_the_same(coder: Coder) -> None:
    model = _coder(coder, Says(SHELLING))
    report = make_report(TEXT)
    first = model.code(report)
    assert model.code(replace(report)) == first
