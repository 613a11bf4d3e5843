"""Standing relations: precision, recall and F1 on ../shared/bench/reports/relations.jsonl, end to end.

    python benchmarks/quality/relations.py [--verbose]

A gold row is found where a relation of the same report that quotes its sentence (or another of the same two actors in that
report) has one of its subjects, its object or place, and a relation that the table below takes for the same. Rows of kinds
that the vocabulary has no relation for, or whose two ends are no actor or place, are counted as missed all the same. A
relation counts as right when it meets a gold row; one that only says again what a right one says is neither.
"""

import argparse
import json
import re
from collections.abc import Iterable
from pathlib import Path

from rooms import read_reports_of

from sitroom.situation.mentions import similarity, word_stems
from sitroom.vocabulary import Actor, Relation

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
    known = aliases()
    right: set[str] = set()
    missed = []
    for row in gold:
        here = [
            one
            for coded_one in coded
            if row["report"] in coded_one.report.name
            for one in coded_one.relations
        ]
        wanted = word_stems(row["sentence"])
        fitting = [one for one in here if meets(one, row, known)]
        quoting = [one for one in fitting if similarity(word_stems(one.quote.words), wanted) > 0.6] or fitting
        right |= {one.id for one in quoting}
        if not quoting:
            missed.append(row)
    told = [one for coded_one in coded for one in coded_one.relations]
    wrong = [one for one in told if one.id not in right]
    precision, recall = len(right) / max(1, len(told)), 1 - len(missed) / len(gold)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"relations: {len(told)} told, {len(right)} right, {len(gold) - len(missed)} of {len(gold)} found: "
          f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f} (reach {REACH:.2f})")  # fmt: skip
    if given.verbose:
        for row in missed:
            print("  missed", row["id"], row["relation"], row["subject"], row["object"])
        for one in wrong:
            print(
                "  wrong",
                one.report[-8:],
                one.subject.name,
                one.relation,
                one.object.name if one.object else one.place.name if one.place else "",
                "|",
                one.quote.words[:70],
            )


if __name__ == "__main__":
    main()
