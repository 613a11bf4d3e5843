"""Reasons in words, and the part of the brief."""

from datetime import date

from sitroom.outlook.analysts import file_forecast, settle
from sitroom.outlook.desk import next_ones
from sitroom.outlook.features import names_of_features
from sitroom.outlook.questions import make_question
from sitroom.outlook.ranker import Plan
from sitroom.outlook.section import write_section
from sitroom.outlook.words import words_of_feature


def test_every_feature_has_words_of_its_own():
    names = names_of_features()
    assert len(set(names)) == len(names)
    assert [name for name in names if words_of_feature(name) == name] == []
    assert "other way round" in words_of_feature("back pair:12d")
    assert words_of_feature("relative rules fact slow sum").endswith("best candidate")


def test_the_ranker_gives_reasons_and_evidence(history):
    from sitroom.outlook.desk import ranker_of

    day = date(2020, 6, 1)
    ranker = ranker_of(history, day, Plan(fit_days=30, rounds=10, boosters=1, spare_days=3, threads=1))
    found = next_ones(history, day, actor="AAA.MIL", act="ASSAULT", recipient=None, ranker=ranker)
    assert found[0].name == "BBB.MIL"
    assert all("speaks" in reason for reason in found[0].reasons)
    assert set(found[0].because) <= set(history.ids)
    assert sum(g.probability for g in found) < 1


def test_the_section_shows_questions_record_and_reliability(history):
    day = date(2020, 5, 1)
    asked = make_question("ASSAULT", date(2020, 5, 2), date(2020, 5, 9), actor="AAA.MIL", recipient="BBB.MIL")
    filed = settle([file_forecast(asked, 0.4, by="ann", known_by=day)], history, date(2020, 6, 1))
    text = "\n".join(write_section(history, date(2020, 6, 1), filed, horizon=7, most=4))
    assert "| ASSAULT by AAA.MIL towards BBB.MIL |" in text
    assert "| ann | 2020-05-01 | 40% | yes |" in text
    assert "said" in text
