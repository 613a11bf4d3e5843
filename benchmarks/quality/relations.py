"""Standing relations: precision, recall and F1 on ../shared/bench/reports/relations.jsonl, end to end.

    python benchmarks/quality/relations.py [--verbose]

A gold row is found where a relation of the same report that quotes its sentence (or another of the same two actors in that
report) has one of its subjects, its object or place, and a relation that the table below takes for the same. Rows of kinds
that the vocabulary has no relation for, or whose two ends are no actor or place, are counted as missed all the same. A
relation counts as right when it meets a gold row; one that only says again what a right one says is neither, and departures
are no standing relations. The first line scores what the coder reads as relations; the second adds what the record of acts
shows, as ties do: who attacks is at odds with whom, who aids backs whom.
"""

import argparse
import json
import re
from collections.abc import Iterable
from pathlib import Path

from rooms import read_reports_of

from sitroom.situation.kinship import is_named
from sitroom.situation.mentions import similarity, word_stems
from sitroom.situation.presence import DEPARTURES
from sitroom.vocabulary import Actor, Coded, Relation

SHARED = Path(__file__).resolve().parents[3] / "shared"
REACH = 0.60
BACKING = {"backs", "ally-of", "proxy-of", "depends-on"}
SAME = {
    "ally_of": BACKING | {"coordinates-with"}, "backs": BACKING, "military_support": BACKING, "support": BACKING, "fights_for": BACKING,
    "leader_of": {"leads", "holds-office", "commands", "part-of"}, "head_of": {"leads", "holds-office", "commands"}, "commander_of": {"commands", "leads"},
    "office_holder": {"holds-office", "leads"}, "former_office": {"holds-office"}, "former_employee_of": {"holds-office", "part-of"},
    "employed_by": {"holds-office", "part-of"}, "envoy_of": {"holds-office", "part-of"}, "directs_policy_of": {"commands", "leads", "holds-office"},
    "part_of": {"part-of"}, "member_of": {"part-of"}, "officer_of": {"part-of", "holds-office"}, "belongs_to": {"part-of"},
    "hostile_to": {"rival-of", "at-war-with", "opposes"}, "front_against": {"rival-of", "at-war-with", "opposes", "fights-in"},
    "controls_territory": {"controls"}, "holds_territory": {"controls"}, "formerly_controlled": {"controls", "left"},
    "deployed_in": {"present-in", "deployed-to", "based-at"}, "based_at": {"based-at", "present-in", "deployed-to"},
    "operates": {"commands", "backs", "leads"}, "partner_of": BACKING | {"coordinates-with"}, "strategic_partner_of": BACKING | {"coordinates-with"},
    "instrument_of": {"proxy-of", "backs", "part-of"}, "proxy_of": {"proxy-of", "backs"}, "affiliated_with": {"proxy-of", "part-of", "backs"},
    "under_sanctions_by": {"sanctions"}, "coordinates_with": {"coordinates-with"}, "relies_on": {"depends-on", "backs"},
    "understanding_with": {"coordinates-with", "party-to"}, "common_interest": {"coordinates-with", "ally-of"}, "dependent_on": {"depends-on", "backs"},
    "parties_to_agreement": {"party-to", "coordinates-with"}, "influence_over": {"backs", "commands", "depends-on"}, "local_alliances_in": {"present-in", "ally-of"},
    "command_separate_from": set(),
}  # fmt: skip
"""Which of our relations say what a relation of the list says; a tie may be told from either end."""


def kind_of(name: str) -> str:
    return re.sub(r"\s*\(.*", "", name)


def listed(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def aliases() -> dict[str, set[str]]:
    """Every spelling of an actor of the list, in lower case."""
    found: dict[str, set[str]] = {}
    for line in (SHARED / "bench" / "reports" / "gold.jsonl").open(encoding="utf-8"):
        for name, entry in json.loads(line)["aliases"].items():
            held = {name, *entry["aliases"]}
            found.setdefault(name.lower(), set()).update(one.lower() for one in held)
            found[name.lower()].update(one.lower() for one in entry["acts_for"])
    for line in (SHARED / "bench" / "reports" / "actors.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        names = [row.get("name", ""), row.get("id", ""), *row.get("aliases", [])]
        for name in names:
            found.setdefault(name.lower(), set()).update(one.lower() for one in names if one)
    return found


def is_one(actor: Actor | None, name: str, known: dict[str, set[str]]) -> bool:
    if actor is None:
        return False
    names = {name.lower(), *known.get(name.lower(), ())}
    words = {actor.name.lower(), actor.text.lower(), (actor.id or "-").lower()}
    state = actor.country == actor.id or (actor.id or "").endswith((".GOV", ".MIL"))
    words |= {(actor.country or "-").lower()} if state else set()
    return bool(words & names) or any(len(one) > 4 and one in word for one in names for word in words)


def meets(relation: Relation, row: dict, known: dict[str, set[str]]) -> bool:
    """True when the relation says what the row says."""
    if relation.relation not in SAME.get(kind_of(row["relation"]), set()):
        return False
    ones, others = listed(row["subject"]), [name.lstrip("=") for name in listed(row["object"])]

    def held(actor: Actor | None, names: Iterable[str]) -> bool:
        return any(is_one(actor, name, known) for name in names)

    place = relation.place
    at = place is not None and any(
        _place(place.name) & _place(name) or _place(place.text) & _place(name) for name in others
    )
    straight = held(relation.subject, ones) and (held(relation.object, others) or at)
    return straight or (held(relation.subject, others) and held(relation.object, ones))


def _place(name: str) -> set[str]:
    return {
        word
        for word in re.findall(r"[a-z]{4,}", name.lower().replace("-", ""))
        if word not in {"province", "areas", "held", "east", "north"}
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--verbose", action="store_true", help="list what was missed and what was wrong")
    given = parser.parse_args()
    if not (SHARED / "bench" / "reports").exists():
        print("relations: ../shared is missing, not scored")
        return
    coded = read_reports_of(SHARED / "reports" / "iran-in-syria")
    gold = [
        json.loads(line) for line in (SHARED / "bench" / "reports" / "relations.jsonl").open(encoding="utf-8")
    ]
    stated = {one.report.name: [r for r in one.relations if r.relation not in DEPARTURES] for one in coded}
    score("as coded", stated, gold, False)
    acted = {one.report.name: [*stated[one.report.name], *shown_by_acts(one)] for one in coded}
    score("with the record of acts", acted, gold, given.verbose)


def shown_by_acts(coded: Coded) -> list[Relation]:
    """The material acts of a report as the relations they show; each pair once."""
    found: dict[tuple[str, str, str], Relation] = {}
    for event in coded.events:
        kind = {"ASSAULT": "rival-of", "AID": "backs"}.get(event.type)
        if kind is None or event.modality not in ("asserted", "alleged"):
            continue
        for one in event.actors:
            for other in event.recipients or event.actors:
                if one.key != other.key and is_named(one) and (is_named(other) or "-" in other.name):
                    made = Relation(f"{event.id}/{one.key}/{other.key}", event.report, one, kind, other, None, event.period,
                                    event.known_by, event.modality, event.attribution, event.quote, event.rule, event.confidence)  # fmt: skip
                    found.setdefault((kind, min(one.key, other.key), max(one.key, other.key)), made)
    said = {(r.relation, r.subject.key, r.object.key if r.object else "") for r in coded.relations}
    return [r for r in found.values() if r.object and (r.relation, r.subject.key, r.object.key) not in said]


def score(name: str, told: dict[str, list[Relation]], gold: list[dict], verbose: bool) -> None:
    """Print one line; list what was missed and what is wrong if asked to."""
    known = aliases()
    right: set[str] = set()
    again: set[str] = set()
    missed = []
    for row in gold:
        here = [one for report, relations in told.items() if row["report"] in report for one in relations]
        wanted = word_stems(row["sentence"])
        fitting = [one for one in here if meets(one, row, known)]
        quoting = [one for one in fitting if similarity(word_stems(one.quote.words), wanted) > 0.6] or fitting
        right |= {one.id for one in quoting}
        again |= {one.id for one in fitting}
        if not quoting:
            missed.append(row)
    every = [one for relations in told.values() for one in relations]
    wrong = [one for one in every if one.id not in again]
    precision, recall = len(right) / max(1, len(right) + len(wrong)), 1 - len(missed) / len(gold)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"relations, {name}: {len(every)} told, {len(right)} right, {len(wrong)} wrong, {len(gold) - len(missed)} of {len(gold)} found: "
          f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f} (reach {REACH:.2f})")  # fmt: skip
    if verbose:
        for row in missed:
            print("  missed", row["id"], row["relation"], row["subject"], row["object"])
        for one in wrong:
            other = one.object.name if one.object else one.place.name if one.place else ""
            print("  wrong", one.subject.name, one.relation, other, "|", one.quote.words[:70])


if __name__ == "__main__":
    main()
