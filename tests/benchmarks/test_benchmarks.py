"""The benchmarks still run: small runs of their functions on made-up input, without the shared data."""

import importlib.util
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from sitroom.vocabulary import Actor, Attribution, Coded, Event, Period, Quote, Relation, Report

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


def load(script: str) -> ModuleType:
    """A benchmark script as a module, under a name that no other module has."""
    name = "benchmark_" + script.replace("/", "_").removesuffix(".py")
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, BENCHMARKS / script)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        sys.path.insert(0, str(BENCHMARKS))
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def actor(
    text: str, start: int, country: str | None = None, sector: str | None = None, id: str | None = None
) -> Actor:
    return Actor(text, id, text, start, start + len(text), country, sector)


def event(
    type: str,
    actors: tuple[Actor, ...] = (),
    recipients: tuple[Actor, ...] = (),
    modality: str = "asserted",
    attribution: Attribution | None = None,
    confidence: float = 0.5,
    historical: bool = False,
) -> Event:
    period = Period.day(date(2020, 1, 1))
    return Event(
        "e", "r", type, None, (), 0.0, actors, recipients, None, (), period, None, historical, modality, attribution,
        (), Quote("r", 0, 1, "x"), "rule", confidence,
    )  # fmt: skip


@pytest.fixture(scope="session")
def coder():  # type: ignore[no-untyped-def]
    from sitroom.coding import load_coder

    return load_coder()


def test_every_benchmark_of_the_coder_is_in_the_table() -> None:
    run = load("run.py")
    known = {one.script for one in run.BENCHMARKS.values()}
    scripts = {
        f"quality/{name}.py" for name in ("plv", "reports", "petrarch", "re3d", "false_events", "modality")
    }
    assert scripts | {"speed/coding.py"} <= known


def test_figures_are_read_from_a_printed_table() -> None:
    run = load("run.py")
    text = "title\nmacro-F1    0.812    0.790  | reach 0.90\nplaces: 0.913 (274 of 300)\nwords  1,204\n  3 more\n"
    assert run.figures_in(text) == {
        "macro-F1": "0.812", "macro-F1 #2": "0.790", "places": "0.913", "places #2": "274", "places #3": "300",
        "words": "1204",
    }  # fmt: skip


def test_an_unknown_benchmark_is_named() -> None:
    with pytest.raises(ValueError, match="quality/nonsense"):
        load("run.py").choose(["quality/nonsense"], quick=False)


def test_quick_leaves_the_long_ones_out() -> None:
    run = load("run.py")
    assert set(run.choose([], quick=True)) < set(run.choose([], quick=False))


def test_figures_survive_the_file(tmp_path: Path) -> None:
    run = load("run.py")
    figures = {"names, micro": "0.75", 'odd "name", with comma': "-3"}
    run.write_figures(figures, tmp_path / "deep" / "x.csv")
    assert run.read_figures(tmp_path / "deep" / "x.csv") == figures
    assert run.read_figures(tmp_path / "none.csv") == {}


def test_moves_tell_what_is_new_gone_and_moved() -> None:
    compare = load("compare.py")
    found = {
        m.figure: m.by
        for m in compare.moves({"a": "0.5", "b": "0.7", "c": "1"}, {"a": "0.5", "b": "0.8", "d": "2"}, 0.01)
    }
    assert found["b"] == pytest.approx(0.1)
    assert found.keys() == {"b", "c", "d"}
    assert found["c"] is None


def test_macro_f1_is_the_mean_over_gold_labels() -> None:
    measuring = load("measuring.py")
    assert measuring.macro_f1(["A", "A", "B"], ["A", "A", "B"]) == 1.0
    assert measuring.macro_f1(["A", "A", "B"], ["A", "A", "A"]) == pytest.approx((0.8 + 0.0) / 2)


def test_halves_are_stable_and_both_used() -> None:
    half_of = load("measuring.py").half_of
    assert {half_of(str(n)) for n in range(20)} == {"dev", "check"}
    assert half_of("a sentence") == half_of("a sentence")


def test_missing_shared_data_end_with_their_own_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        load("measuring.py").shared("no", "such", "file")
    assert ended.value.code == load("run.py").SKIPPED
    assert "skipped" in capsys.readouterr().err


# -- PLV ---------------------------------------------------------------------------------------------------------------


def test_marked_sentences_give_text_and_ranges() -> None:
    text, source, target = load("quality/plv.py").read_marked(
        "On Monday <s>Oslo</s> praised <t>the Hague</t>."
    )
    assert text == "On Monday Oslo praised the Hague."
    assert (text[slice(*source)], text[slice(*target)]) == ("Oslo", "the Hague")


def test_a_pair_is_joined_only_by_an_event_with_both_in_their_roles() -> None:
    plv = load("quality/plv.py")
    case = plv.Case("Oslo praised Rome.", (0, 4), (13, 17), "SUPPORT", "")
    oslo, rome = actor("Oslo", 0), actor("Rome", 13)
    assert plv.joins(event("SUPPORT", (oslo,), (rome,)), case)
    assert plv.joins(event("CONSULT", (oslo, rome)), case)
    assert not plv.joins(event("SUPPORT", (rome,), (oslo,)), case)
    assert not plv.joins(event("SUPPORT", (oslo,)), case)
    assert plv.cause_of_miss(case, [event("SUPPORT", (oslo,), (rome,))]) == ""
    assert plv.cause_of_miss(case, [event("SUPPORT", (oslo,))]) == "recipient empty"
    assert plv.cause_of_miss(case, []) == "no event"


def test_modality_turns_the_label() -> None:
    plv = load("quality/plv.py")
    assert plv.turned(event("ASSAULT", modality="planned-or-possible")) == "THREATEN"
    assert plv.turned(event("RETREAT")) == "YIELD"


def test_plv_answers_a_plain_sentence(coder) -> None:  # type: ignore[no-untyped-def]
    plv = load("quality/plv.py")
    marked = "<s>France</s> condemned <t>Belarus</t> on Friday."
    (answer,) = plv.answer_all([plv.Case(*plv.read_marked(marked), "ACCUSE", marked)], coder)
    assert (answer.given, answer.strict, answer.pair_found) == ("ACCUSE", "ACCUSE", True)


# -- the peer's cases --------------------------------------------------------------------------------------------------


def test_wholly_right_means_all_pairs_and_no_other() -> None:
    petrarch = load("quality/petrarch.py")
    expected = frozenset({("ACCUSE", "ARN", "GON")})
    right, other = {("ACCUSE", "ARN", "GON"), ("ACCUSE", "ARNGOV", "GON")}, {("ASSAULT", "ARN", "GON")}
    assert petrarch.wholly_right(expected, [[right]])
    assert not petrarch.wholly_right(expected, [[right], [other]])
    assert not petrarch.wholly_right(expected, [])
    unnamed = {("REQUEST", None, "USAGOV"), ("REQUEST", petrarch.UNCODED, "USAGOV")}
    assert petrarch.wholly_right(frozenset({("REQUEST", None, "USAGOV")}), [[unnamed]])
    assert petrarch.wholly_right(expected, [[right], [unnamed]])
    assert petrarch.wholly_right(frozenset(), [])


def test_the_overlay_names_the_invented_states() -> None:
    petrarch = load("quality/petrarch.py")
    coder = petrarch.load_with_overlay()
    case = petrarch.Case(
        "x", "c", "t", "Arnor criticized Gondor.", date(1995, 1, 1), frozenset({("ACCUSE", "ARN", "GON")})
    )
    told = petrarch.told_pairs(petrarch.code_case(case, coder), coder.actors, case.day)
    assert petrarch.wholly_right(case.pairs, told)


# -- re3d --------------------------------------------------------------------------------------------------------------


def test_names_are_scored_by_type_and_overlap() -> None:
    re3d = load("quality/re3d.py")
    gold = [
        re3d.Named((0, 10), "Organisation"),
        re3d.Named((4, 8), "Nationality"),
        re3d.Named((20, 25), "Person"),
    ]
    told = [re3d.Named((2, 10), "Organisation"), re3d.Named((20, 25), "Location")]
    scores = [
        re3d.score_names(told, gold, type) for type in ("Organisation", "Nationality", "Person", "Location")
    ]
    assert [(s.right, s.met) for s in scores] == [(1, 1), (0, 0), (0, 0), (0, 0)]


def test_assaults_count_as_fighting_in_either_direction() -> None:
    re3d = load("quality/re3d.py")
    report = Report("r", "r", "Turkey shelled Raqqa militants")
    fight = event("ASSAULT", (actor("Turkey", 0),), (actor("militants", 21),))
    leads = Relation(
        "i", "r", actor("Turkey", 0), "leads", actor("militants", 21), None, Period(None, None), None, "asserted",
        None, Quote("r", 0, 1, "T"), "rule", 0.5,
    )  # fmt: skip
    ties = re3d.find_ties(Coded(report, (fight,), (), (leads,)))
    assert {tie.type for tie in ties} == {"FightingAgainst", "InChargeOf"}
    assert (
        re3d.score_ties(ties, [re3d.Tie("FightingAgainst", (21, 30), (0, 6))], "FightingAgainst").right == 1
    )
    assert re3d.score_ties(ties, [re3d.Tie("InChargeOf", (21, 30), (0, 6))], "InChargeOf").right == 0


def test_the_language_floor_names_all_four_types(coder) -> None:  # type: ignore[no-untyped-def]
    text = "The Iraqi army and Hezbollah fought near Aleppo, Vladimir Putin said."
    named = load("quality/re3d.py").find_named(Report("r", "r", text), coder)
    assert {one.type for one in named} == {"Organisation", "Location", "Person"} | (
        {"Nationality"} & {n.type for n in named}
    )


# -- sets of our own ---------------------------------------------------------------------------------------------------


def test_the_texts_without_events_are_many_and_unique() -> None:
    texts = load("quality/false_events.py").read_texts()
    assert len({text.id for text in texts}) == len(texts) >= 60
    assert sum(text.size for text in texts) > 5_500


def test_false_events_are_counted_per_thousand_words() -> None:
    false_events = load("quality/false_events.py")
    text = false_events.Text("x", "sport", "word " * 500)
    assert false_events.per_thousand([(text, [event("ASSAULT")])]) == pytest.approx(2.0)


def test_the_modality_set_is_well_formed() -> None:
    from sitroom.catalogues import load_acts

    cases = load("quality/modality.py").read_cases()
    types = {act.type if hasattr(act, "type") else act for act in load_acts().types}
    modalities = {"asserted", "denied", "alleged", "planned-or-possible", "hypothetical"}
    assert len({case.sentence for case in cases}) == len(cases) >= 150
    for case in cases:
        assert case.readings, case.sentence
        assert not case.readings & case.never, case.sentence
        for reading in (case.readings | case.never) - {"none"}:
            type, _, modality = reading.partition("@")[0].partition("/")
            assert type in types, case.sentence
            assert modality in modalities, case.sentence


def test_a_forbidden_reading_spoils_the_modality() -> None:
    modality = load("quality/modality.py")
    case = modality.Case(
        "first",
        "k",
        frozenset({"ASSAULT/denied", "none"}),
        "-",
        frozenset({"ASSAULT/asserted"}),
        date(2020, 1, 1),
        "x",
    )
    assert modality.judge(case, [event("ASSAULT", modality="denied")]).all
    assert modality.judge(case, []).modality
    assert not modality.judge(case, [event("ASSAULT")]).modality


def test_attribution_of_an_act_of_words_may_be_its_speaker() -> None:
    modality = load("quality/modality.py")
    lavrov = actor("Lavrov", 0)
    assert modality.vouches("Lavrov", event("ACCUSE", (lavrov,)))
    assert not modality.vouches("Lavrov", event("ASSAULT", (lavrov,)))
    assert modality.vouches("Red Cross", event("ASSAULT", attribution=Attribution("the Red Cross")))
    assert not modality.vouches("-", event("ASSAULT", attribution=Attribution("the Red Cross")))


# -- running text and speed --------------------------------------------------------------------------------------------


def test_records_are_written_one_a_line(tmp_path: Path) -> None:
    reports = load("quality/reports.py")
    report = Report("r", "a.txt", "Oslo praised Rome.")
    file = tmp_path / "events.jsonl"
    assert reports.write_records([Coded(report, (event("SUPPORT", (actor("Oslo", 0),)),))], file) == 1
    assert '"report": "a.txt"' in file.read_text(encoding="utf-8")


def test_a_folder_of_reports_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("KYIV, March 2 (Agency) - Ukraine praised Poland.", encoding="utf-8")
    assert [report.name for report in load("quality/reports.py").read_folder(tmp_path)] == ["a.txt"]


def test_speed_takes_turns_on_texts_of_the_repository(coder) -> None:  # type: ignore[no-untyped-def]
    coding = load("speed/coding.py")
    texts = coding.load_texts(generated=True)[:2]
    taken = coding.take_turns(coder, texts, 2)
    assert [len(seconds) for seconds in taken] == [2, 2, 2]
    assert min(map(min, taken)) > 0
