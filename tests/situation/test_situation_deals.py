from dataclasses import replace

from situation_making import IRAN, ISRAEL, RUSSIA, SYRIA, TURKEY, USA, by, day, event, statement

from sitroom.catalogues.issues import Issue, issues_of
from sitroom.situation import find_agreements, find_incidents, find_positions
from sitroom.vocabulary import Actor, Agreement

ISSUES = (
    Issue(id="foreign-presence", name="Foreign forces", words=("withdraw", "leave", "forces")),
    Issue(id="border", name="Border", words=("border", "kilomet")),
)


def agreements(events, statements=(), headlines=None) -> tuple[Agreement, ...]:
    return find_agreements(find_incidents(events), {one.id: one for one in events}, statements, (), headlines)


def test_a_deal_told_twice_and_then_denied_is_contested() -> None:
    told = [
        event(
            "AGREE",
            [RUSSIA, ISRAEL],
            report="a",
            words="Russia and Israel reach a deal on the southern border strip",
        ),
        event(
            "SUPPORT",
            [ISRAEL],
            [RUSSIA],
            report="b",
            words="Israel signed the deal with Russia on the southern border strip",
        ),
    ]
    [deal] = agreements(told)
    assert deal.status == "signed"
    assert len(deal.terms) == 2
    [deal] = agreements(told, [statement(SYRIA, "denies", "the deal", about=told[:1], report="a")])
    assert deal.status == "contested"
    assert "denied" in [state for _, state, _ in deal.history]


def test_two_who_agree_that_a_third_shall_leave_make_a_deal() -> None:
    told = event(
        "CONCEDE", [RUSSIA, TURKEY], [IRAN], words="Russia and Turkey agreed that the fighters withdraw"
    )
    [deal] = agreements([replace(told, rule="retreat.withdraw+agree")])
    assert {actor.id for actor in deal.parties} == {"RUS", "TUR"}
    assert agreements([told]) == ()


def test_a_denial_of_this_report_is_of_what_the_headline_tells() -> None:
    told = [
        event(
            "AGREE", [RUSSIA, ISRAEL], report="a", start=0, words="Russia, Israel agree to clear the border"
        ),
        event(
            "SUPPORT",
            [USA],
            [TURKEY],
            report="a",
            start=300,
            words="the United States brokered a truce with Turkey",
        ),
    ]
    denial = statement(SYRIA, "denies", "this report", report="a", start=500)
    states = {
        tuple(one.id for one in deal.parties + deal.brokers): deal.status
        for deal in agreements(told, [denial], {"a": 60})
    }
    assert (
        states == {("ISR", "RUS"): "contested", ("TUR", "USA"): "signed"}
        or states[("ISR", "RUS")] == "contested"
    )
    assert "contested" not in [status for sides, status in states.items() if "USA" in sides]


def test_a_truce_is_broken_by_an_attack_of_one_party_on_the_other() -> None:
    told = [
        event("AGREE", [RUSSIA, TURKEY], when="2020-03-05", words="Russia and Turkey agreed on a ceasefire"),
        event("ASSAULT", [RUSSIA], [TURKEY], when="2020-04-01", report="b"),
        event("ASSAULT", [RUSSIA], [SYRIA], when="2020-04-02", report="c"),
        event("ASSAULT", [RUSSIA], [TURKEY], when="2020-01-01", report="d"),
    ]
    [deal] = agreements(told)
    assert [(when, state) for when, state, _ in deal.history] == [
        (day("2020-03-05"), "reported"),
        (day("2020-04-01"), "violated"),
    ]


def test_praise_is_no_agreement_and_one_side_makes_none() -> None:
    assert (
        agreements([event("SUPPORT", [ISRAEL], [RUSSIA], words="Israel praised the understanding of Russia")])
        == ()
    )
    assert agreements([event("AGREE", [ISRAEL], words="Israel agreed to a deal")]) == ()


def test_positions_gather_what_is_said_and_done_on_an_issue() -> None:
    said = [
        statement(ISRAEL, "demands", "that Iran withdraw all forces", report="a", target=IRAN),
        statement(ISRAEL, "demands", "that Iran leave", report="b", target=IRAN, when="2018-08-01"),
        statement(SYRIA, "asserts", "that nothing happened", report="a"),
        statement(Actor("A. Scholar"), "wants", "peace", report="a", kind="analyst"),
    ]
    [position] = find_positions(said, [], ISSUES, {})
    assert (position.actor.name, position.issue, position.stance, position.target) == (
        "Israel",
        "foreign-presence",
        "demands",
        IRAN,
    )
    assert (position.period.start, position.period.end) == (day("2018-05-11"), day("2018-08-01"))
    assert len(position.quotes) == 2


def test_acts_of_demanding_count_once_beside_their_statement() -> None:
    words = "Israel asked that forces leave"
    ask = event("REQUEST", [ISRAEL], [IRAN], report="a", words=words, source=by(ISRAEL))
    assert len(find_positions([], [ask], ISSUES, {})) == 1
    same = statement(ISRAEL, "demands", "that forces leave", report="a", words=words, start=0)
    [position] = find_positions([same], [ask], ISSUES, {"ISR": ISRAEL})
    assert position.because == (same.id,)


def test_a_red_line_is_stronger_and_a_condition_weaker() -> None:
    [line] = find_positions(
        [statement(ISRAEL, "refuses", "forces", words="Israel will never accept forces there")],
        [],
        ISSUES,
        {},
    )
    [plain] = find_positions(
        [statement(ISRAEL, "refuses", "forces", words="Israel refuses forces there")], [], ISSUES, {}
    )
    assert line.strength > plain.strength


def test_an_issue_that_no_list_has_keeps_the_words_of_the_text() -> None:
    [position] = find_positions(
        [statement(ISRAEL, "wants", "more football", words="Israel wants more football")], [], ISSUES, {}
    )
    assert position.issue == "more-football"


def test_the_issue_with_most_words_comes_first() -> None:
    assert [one.id for one in issues_of("withdraw forces 80 kilometres from there", ISSUES)] == [
        "foreign-presence",
        "border",
    ]
    assert issues_of("football", ISSUES) == []


def test_who_brokers_a_deal_in_the_same_report_is_its_broker() -> None:
    told = [
        event("AGREE", [RUSSIA, ISRAEL], report="a", words="Russia and Israel agreed on a truce"),
        replace(
            event("CONSULT", [TURKEY], [RUSSIA, ISRAEL], report="a", start=90, words="Turkey mediated"),
            rule="consult.mediate",
        ),
    ]
    [deal] = agreements(told)
    assert [actor.id for actor in deal.brokers] == ["TUR"]
    assert {actor.id for actor in deal.parties} == {"RUS", "ISR"}


def test_a_named_deal_that_a_party_quits_has_ended() -> None:
    quits = event(
        "REJECT", [RUSSIA], when="2023-07-17", words="Russia withdrew from the Black Sea grain deal"
    )
    [deal] = agreements([replace(quits, rule="agree.accord+reject.bar")])
    assert (deal.status, [actor.id for actor in deal.parties]) == ("ended", ["RUS"])


def test_a_breach_is_told_of_the_deal_of_its_party() -> None:
    breach = event(
        "ACCUSE",
        [ISRAEL],
        [RUSSIA],
        when="2018-06-01",
        report="b",
        words="Israel accused Russia of breaking the truce",
    )
    told = [
        event("AGREE", [RUSSIA, ISRAEL], report="a", words="Russia and Israel agreed on a truce"),
        replace(breach, rule="concede.ceasefire+reject.breach+accuse.allege"),
    ]
    [deal] = agreements(told)
    assert deal.status == "said to be violated"


def test_a_year_in_the_words_dates_a_deal() -> None:
    told = event(
        "SUPPORT", [RUSSIA, TURKEY], when="2020-03-05", words="Russia and Turkey signed the deal of 2018 anew"
    )
    [deal] = agreements([replace(told, period=replace(told.period, basis="tense"))])
    assert deal.period.start == day("2018-01-01")


def test_who_acts_under_a_deal_of_two_is_no_third_party() -> None:
    told = [
        event("SUPPORT", [RUSSIA], [TURKEY], report="a", words="Russia and Turkey signed an accord"),
        event("RETREAT", [SYRIA], report="a", start=80, words="Under the accord, the army will leave"),
        event("CONCEDE", [TURKEY], report="a", start=80, words="Under the accord, the army will leave"),
    ]
    [deal] = agreements(told)
    assert {actor.id for actor in deal.parties} == {"RUS", "TUR"}
    assert len(deal.terms) == 2


def test_two_deals_of_one_party_in_one_report_stay_two() -> None:
    told = [
        event(
            "SUPPORT",
            [RUSSIA],
            [TURKEY],
            report="a",
            words="Russia and Turkey signed a gas contract, a deal of years",
        ),
        event(
            "SUPPORT",
            [RUSSIA],
            [ISRAEL],
            report="a",
            start=90,
            words="Russia signed the border pact with Israel",
        ),
    ]
    assert len(agreements(told)) == 2
