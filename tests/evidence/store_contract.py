"""What every store must do; a backend's test class inherits this and supplies `open_room`."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from sitroom.errors import BadInput, NotFound
from sitroom.evidence import Selection, Store, trace
from sitroom.vocabulary import (
    Actor,
    Attribution,
    Coded,
    Event,
    Figure,
    Judgement,
    Period,
    Place,
    Quote,
    Relation,
    Report,
    Statement,
    Unresolved,
    content_id,
)

ISRAEL = Actor("Israel", "ISR", "Israeli jets", 0, 12, "ISR", "MIL")
SYRIA = Actor("Syria", "SYR", country="SYR", sector="GOV")
MILITIA = Actor("unknown gunmen", country="SYR", sector="REB", number=2)
ZAMALKA = Place("Zamalká", "geo-1", 33.52, 36.35, "SYR", "Rif Dimashq", "place", "where")

LONG = (
    "Residents of the northern town said on Tuesday that aid lorries had reached the hospital after a week of waiting. "
    "The Red Crescent counted 14 lorries carrying flour, insulin and blankets. Mayor Hana Saleh thanked the drivers and "
    "asked the army to keep the road open during the winter. An officer of the Third Brigade said the road would stay open."
)


def make_report(name: str, text: str, day: date | None, publisher: str = "Wire") -> Report:
    return Report(
        id=content_id("report", publisher, name, text),
        name=name,
        text=text,
        publisher=publisher,
        published=Period.day(day) if day else None,
        published_basis="stated" if day else "unknown",
    )


def make_coded(
    name: str, day: date | None, *, text: str = "Israeli jets hit a depot in Zamalka.", **changes: object
) -> Coded:
    report = make_report(name, text, day, str(changes.pop("publisher", "Wire")))
    quote = Quote(report.id, 0, len(text), text)
    period = Period.day(day) if day else Period(None, None)
    event = Event(
        id=content_id("event", report.id, "1"), report=report.id, type="ASSAULT", mode="aerial", contexts=("military",),
        score=-10.0, actors=(ISRAEL,), recipients=(SYRIA, MILITIA), place=ZAMALKA, places=(ZAMALKA,), period=period,
        known_by=day, historical=False, modality="alleged", attribution=Attribution("SANA", "sana", "media"),
        figures=(Figure("killed", 3, None, "soldiers"),), quote=quote, rule="strike-01", confidence=0.8, steps=("verb: hit",),
    )  # fmt: skip
    event = replace(event, **changes)  # type: ignore[arg-type]
    statement = Statement(
        id=content_id("statement", report.id), report=report.id, speaker=Attribution("Hana Saleh", kind="official"),
        stance="denies", about=(event.id,), issue="strikes", quote=quote, period=period, known_by=day, target=SYRIA,
        rule="say-01",
    )  # fmt: skip
    relation = Relation(
        id=content_id("relation", report.id), report=report.id, subject=ISRAEL, relation="rival", object=SYRIA, place=None,
        period=period, known_by=day, modality="asserted", attribution=None, quote=quote, rule="rel-01", confidence=0.6,
    )  # fmt: skip
    return Coded(report, (event,), (statement,), (relation,), (Unresolved("actor", "depot", 20, 25),))


def judged(about: tuple[str, ...], verdict: str, hour: int = 1) -> Judgement:
    at = datetime(2026, 1, 1, hour)
    return Judgement(content_id("judgement", *about, verdict, hour), about, verdict, "ana", at, "read it")  # type: ignore[arg-type]


def add(store: Store, *coded: Coded, together: int = 1) -> None:
    with store.writer(reports_per_commit=together) as writer:
        for one in coded:
            writer.add(one)


MAY = make_coded("may", date(2018, 5, 1))
JUNE = make_coded(
    "june", date(2018, 6, 1), text="Gunmen freed a driver near the river.", type="CONCEDE", mode=None, modality="asserted",
    actors=(MILITIA,), recipients=(), place=None, places=(),
)  # fmt: skip
UNDATED = make_coded("undated", None, text="The jets struck a bridge at an unknown time, people said.")


class StoreContract:
    """Inherit, and supply a fixture `open_room` that opens the same room for writing again and again."""

    @pytest.fixture
    def store(self, open_room: Callable[[], Store]) -> Store:
        return open_room()

    def test_what_goes_in_comes_out(self, store: Store) -> None:
        add(store, MAY, JUNE)
        view = store.view()
        assert list(view.reports()) == [MAY.report, JUNE.report]
        assert list(view.events()) == [*MAY.events, *JUNE.events]
        assert list(view.statements()) == [*MAY.statements, *JUNE.statements]
        assert list(view.relations()) == [*MAY.relations, *JUNE.relations]
        assert list(view.unresolved()) == sorted(
            ((coded.report.id, coded.unresolved[0]) for coded in (MAY, JUNE)), key=lambda pair: pair[0]
        )

    def test_the_same_report_twice_changes_nothing(self, store: Store) -> None:
        add(store, MAY)
        before = store.view().counts()
        add(store, MAY, MAY, together=2)
        with store.writer() as writer:
            writer.add(MAY)
            assert [added.new for added in writer.flush()] == [False]
        assert store.view().counts() == before
        assert list(store.view().events()) == list(MAY.events)

    def test_it_lasts(self, open_room: Callable[[], Store]) -> None:
        with open_room() as store:
            add(store, MAY)
        with open_room() as store:
            assert list(store.view().events()) == list(MAY.events)

    def test_a_view_sees_only_what_was_known_by_its_day(self, store: Store) -> None:
        add(store, JUNE, MAY, UNDATED)
        view = store.view(known_by=date(2018, 5, 31))
        assert list(view.reports()) == [MAY.report]
        assert list(view.events()) == list(MAY.events)
        assert [report for report, _ in view.unresolved()] == [MAY.report.id]
        with pytest.raises(NotFound):
            view.get(JUNE.events[0].id)
        assert store.view().counts()["reports"] == 3

    def test_the_order_of_reading_does_not_show(self, open_room: Callable[[], Store], store: Store) -> None:
        several = [
            make_coded(f"r{n}", date(2018, 5, 1 + n % 3), text=f"Jets hit depot number {n}.")
            for n in range(9)
        ]
        random.Random(4).shuffle(several)
        add(store, *several, together=4)
        known = sorted(several, key=lambda coded: (coded.report.known_by, coded.report.id))
        assert list(store.view().events()) == [coded.events[0] for coded in known]

    def test_many_reports_in_one_commit_come_whole(self, store: Store) -> None:
        several = [
            make_coded(f"r{n}", date(2019, 1, 1), text=f"Jets hit depot number {n}.") for n in range(25)
        ]
        with store.writer(reports_per_commit=10) as writer:
            for coded in several:
                writer.add(coded)
            assert store.view().counts()["reports"] == 20
            assert len(writer.flush()) == 25
        counts = store.view().counts()
        assert (counts["reports"], counts["events"], counts["statements"]) == (25, 25, 25)

    def test_an_error_in_the_block_keeps_what_was_added(self, store: Store) -> None:
        def interrupted() -> None:
            with store.writer(reports_per_commit=10) as writer:
                writer.add(MAY)
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            interrupted()
        assert store.view().counts()["events"] == 1

    def test_knows(self, store: Store) -> None:
        add(store, MAY)
        with store.writer(reports_per_commit=5) as writer:
            writer.add(JUNE)
            assert writer.knows([MAY.report.id, JUNE.report.id, "report-none"]) == {
                MAY.report.id,
                JUNE.report.id,
            }
            assert writer.knows([]) == set()

    @pytest.mark.parametrize(
        ("selection", "wanted"),
        [
            (Selection(labels=("CONCEDE",)), [JUNE]),
            (Selection(modes=("aerial",)), [MAY]),
            (Selection(actors=("ISR",)), [MAY]),
            (Selection(actors=("israel",)), [MAY]),
            (Selection(actors=("SYR",)), []),
            (Selection(recipients=("SYR/REB",)), [MAY]),
            (Selection(parties=("SYR/REB",)), [MAY, JUNE]),
            (Selection(places=("zamalka",)), [MAY]),
            (Selection(places=("SYR",)), [MAY]),
            (Selection(places=("rifdimashq",)), [MAY]),
            (Selection(modalities=("asserted",)), [JUNE]),
            (Selection(since=date(2018, 5, 2)), [JUNE]),
            (Selection(until=date(2018, 5, 2)), [MAY]),
            (Selection(since=date(2018, 5, 1), until=date(2018, 6, 1)), [MAY, JUNE]),
            (Selection(reports=(JUNE.report.id,)), [JUNE]),
            (Selection(historical=True), []),
            (Selection(limit=1), [MAY]),
            (Selection(limit=0), []),
        ],
    )
    def test_selections(self, store: Store, selection: Selection, wanted: list[Coded]) -> None:
        add(store, JUNE, MAY)
        assert list(store.view().events(selection)) == [event for coded in wanted for event in coded.events]

    def test_selecting_statements_by_speaker_and_relations_by_name(self, store: Store) -> None:
        add(store, MAY)
        view = store.view()
        assert list(view.statements(Selection(actors=("hana saleh",), labels=("denies",)))) == list(
            MAY.statements
        )
        assert list(view.statements(Selection(recipients=("SYR",)))) == list(MAY.statements)
        assert list(view.relations(Selection(labels=("rival",)))) == list(MAY.relations)
        assert list(view.relations(Selection(labels=("ally",)))) == []

    def test_an_event_without_a_date_counts_on_the_day_it_was_known(self, store: Store) -> None:
        add(store, make_coded("open", date(2018, 7, 1), period=Period(None, None)))
        assert len(list(store.view().events(Selection(since=date(2018, 7, 1))))) == 1
        assert list(store.view().events(Selection(since=date(2018, 7, 2)))) == []

    def test_get_by_id_and_by_its_beginning(self, store: Store) -> None:
        add(store, MAY, JUNE)
        view = store.view()
        for record in (MAY.report, MAY.events[0], MAY.statements[0], MAY.relations[0]):
            assert view.get(record.id) == record
            assert view.get(record.id[:-3]) == record
        with pytest.raises(BadInput, match="several"):
            view.get("event-")
        with pytest.raises(NotFound):
            view.get("event-zzz")

    def test_a_percent_sign_is_no_wildcard(self, store: Store) -> None:
        add(store, MAY)
        with pytest.raises(NotFound):
            store.view().get("event-%")

    def test_what_is_judged_wrong_is_hidden_until_it_is_judged_right(self, store: Store) -> None:
        add(store, MAY, JUNE)
        id = MAY.events[0].id
        with store.writer() as writer:
            writer.judge(judged((id,), "wrong"))
            writer.judge(judged((id,), "wrong"))
        assert list(store.view().events()) == list(JUNE.events)
        assert list(store.view().events(Selection(wrong=True))) == [*MAY.events, *JUNE.events]
        assert store.view(date(2018, 5, 2)).counts()["events"] == 0
        assert store.view().about(id) == (judged((id,), "wrong"),)
        with store.writer() as writer:
            writer.judge(judged((id,), "right", hour=2))
        assert list(store.view().events()) == [*MAY.events, *JUNE.events]

    def test_a_wrong_report_hides_what_was_read_from_it(self, store: Store) -> None:
        add(store, MAY, JUNE)
        with store.writer() as writer:
            writer.judge(judged((MAY.report.id,), "wrong"))
        assert list(store.view().statements()) == list(JUNE.statements)

    def test_judgements_on_pairs_hide_nothing(self, store: Store) -> None:
        add(store, MAY, JUNE)
        with store.writer() as writer:
            writer.judge(judged((MAY.events[0].id, JUNE.events[0].id), "not-same"))
        assert store.view().counts()["events"] == 2
        assert [judgement.verdict for judgement in store.view().judgements()] == ["not-same"]

    def test_a_report_that_was_not_coded_keeps_its_reason(self, store: Store) -> None:
        report = replace(
            make_report("fr", "Des avions ont frappé un pont près de la ville.", date(2020, 1, 1)),
            language="fr",
        )
        with store.writer() as writer:
            writer.add(Coded(report), note="not English: fr")
        assert list(store.view().uncoded()) == [(report.id, "not English: fr")]
        assert list(store.view().reports()) == [report]

    @pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
    @pytest.mark.parametrize("together", [1, 3])
    def test_reprints_are_folded_whatever_the_order(
        self, store: Store, order: tuple[int, ...], together: int
    ) -> None:
        several = [
            make_coded("a", date(2018, 5, 1), text=LONG),
            make_coded("b", date(2018, 5, 2), text=LONG + " Reporting by the Daily Post.", publisher="Post"),
            make_coded("c", date(2018, 5, 1), text="Quite another report: jets hit a depot in Zamalka."),
        ]
        add(store, *(several[n] for n in order), together=together)
        view = store.view()
        [fold] = view.folds()
        assert (fold.report, fold.of, fold.publisher) == (several[1].report.id, several[0].report.id, "Post")
        assert fold.similarity > 0.8
        assert view.counts() | {"reports": 2, "reprints": 1, "events": 2, "statements": 2} == view.counts()
        assert {event.report for event in view.events()} == {several[0].report.id, several[2].report.id}
        assert len(list(view.events(Selection(reprints=True)))) == 3
        assert len(list(view.reports(reprints=True))) == 3
        assert view.publishers() == {coded.report.id: coded.report.publisher for coded in several}

    def test_a_later_run_finds_the_reprint_of_an_earlier_one(self, open_room: Callable[[], Store]) -> None:
        with open_room() as store:
            add(store, make_coded("b", date(2018, 5, 2), text=LONG, publisher="Post"))
        with open_room() as store:
            add(store, make_coded("a", date(2018, 5, 1), text=LONG))
            [fold] = store.view().folds()
            assert fold.publisher == "Post"
            assert store.view(date(2018, 5, 1)).folds() == ()

    def test_tables_have_the_flat_columns(self, store: Store) -> None:
        add(store, MAY, JUNE)
        table = store.view().table("events")
        assert table.column("label").to_pylist() == ["ASSAULT", "CONCEDE"]
        assert table.column("lat").to_pylist() == [33.52, None]
        assert "ISR" in table.column("actor_keys").to_pylist()[0]

    def test_two_streams_at_once(self, store: Store) -> None:
        add(store, MAY, JUNE)
        view = store.view()
        pairs = [
            (event.report, statement.report) for event in view.events() for statement in view.statements()
        ]
        assert len(pairs) == 4

    def test_trace_leads_to_the_sentence(self, store: Store) -> None:
        add(store, MAY)
        found = trace(store.view(), MAY.events[0].id)
        assert found.report == MAY.report
        assert found.sentence == MAY.report.text
        assert [(part.role, part.words) for part in found.parts] == [("actor", "Israeli jets")]
        assert (found.rule, found.steps, found.also) == ("strike-01", ("verb: hit",), MAY.statements)
        assert trace(store.view(), MAY.report.id).record == MAY.report
