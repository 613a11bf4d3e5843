"""Which reports tell of one happening: B-cubed F1 of incidents on short reports with near misses, end to end, and on pairs.

    python benchmarks/quality/incidents.py [--verbose]

The reports in `incidents/reports.csv` were written for this benchmark before the rules were set; about half tell of
happenings that differ from another one in the set by place, day, side or number only. B-cubed after Bagga and Baldwin
(1998), "Algorithms for scoring coreference chains"; every report counts through the event of its type that is its main
one, a report without such an event stands alone. The pairs are those of ../shared/bench/reports, if it is there.
"""

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from pathlib import Path

from sitroom.coding import load_coder
from sitroom.reports import find_files, read_reports
from sitroom.situation.incidents import find_incidents
from sitroom.situation.mentions import family, similarity, word_stems
from sitroom.vocabulary import Coded, Event, Incident, Period, Report, content_id

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"


def b_cubed(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> tuple[float, float, float]:
    """Precision, recall and F1 over items: how pure is, and how whole, the group in which each item stands."""
    by_gold: dict[Hashable, set[str]] = defaultdict(set)
    by_found: dict[Hashable, set[str]] = defaultdict(set)
    for item in gold:
        by_gold[gold[item]].add(item)
        by_found[found[item]].add(item)
    precision = recall = 0.0
    for item in gold:
        right, told = by_gold[gold[item]], by_found[found[item]]
        precision += len(right & told) / len(told) / len(gold)
        recall += len(right & told) / len(right) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def load_reports() -> tuple[list[Report], dict[str, dict[str, str]]]:
    """The reports of the set, and the row of each by its id."""
    reports, rows = [], {}
    with (HERE / "incidents" / "reports.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["published"])
            id = content_id("report", row["publisher"], row["published"], row["text"])
            reports.append(
                Report(id, row["name"], row["text"], "", row["publisher"], "", Period.day(day), "metadata")
            )
            rows[id] = row
    return reports, rows


def main_event(coded: Coded, type: str) -> Event | None:
    """The event of this type (or one that tells it another way) that the report is about: asserted, the surest, the first."""
    fitting = [event for event in coded.events if family(event.type) == family(type)]
    return min(
        fitting,
        key=lambda one: (one.modality == "hypothetical", -one.confidence, one.quote.start),
        default=None,
    )


def score_reports(verbose: bool) -> None:
    reports, rows = load_reports()
    coded = list(load_coder().code_many(reports))
    incidents = find_incidents(
        (event for one in coded for event in one.events),
        publishers={report.id: report.publisher for report in reports},
    )
    of = {event: incident.id for incident in incidents for event in incident.events}
    gold, found = {}, {}
    for one in coded:
        row = rows[one.report.id]
        event = main_event(one, row["type"])
        gold[row["name"]] = row["incident"]
        found[row["name"]] = of[event.id] if event else f"alone-{row['name']}"
        if verbose and event is None:
            print(f"  no {row['type']} in {row['name']}: {[e.type for e in one.events]}")
    precision, recall, f1 = b_cubed(gold, found)
    print(f"incidents, own set: {len(gold)} reports, {len(set(gold.values()))} incidents: "
          f"B-cubed precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f} (reach 0.85)")  # fmt: skip
    if verbose:
        _show(gold, found, coded, rows)


def _show(
    gold: Mapping[str, str],
    found: Mapping[str, str],
    coded: Sequence[Coded],
    rows: Mapping[str, dict[str, str]],
) -> None:
    names = {rows[one.report.id]["name"]: one for one in coded}
    for a in gold:
        for b in gold:
            if a < b and (gold[a] == gold[b]) != (found[a] == found[b]):
                print("  split" if gold[a] == gold[b] else "  merged", a, b)
                for name in (a, b):
                    for event in names[name].events:
                        print("     ", name, event.type, event.mode, [x.name for x in event.actors], [x.name for x in event.recipients],
                              event.place and (event.place.name, event.place.precision, event.place.role), event.period.start, event.period.end,
                              event.modality, event.attribution and event.attribution.name, [(f.what, f.low, f.high, f.who) for f in event.figures])  # fmt: skip


def score_pairs(verbose: bool) -> None:
    folder = SHARED / "bench" / "reports"
    if not folder.exists():
        print("incidents, pairs of bench/reports: ../shared is missing, not scored")
        return
    gold = {row["id"]: row for row in map(json.loads, (folder / "gold.jsonl").open(encoding="utf-8"))}
    reports = [r for file in find_files([SHARED / "reports" / "iran-in-syria"]) for r in read_reports(file)]
    coded = list(load_coder().code_many(reports))
    incidents = find_incidents(event for one in coded for event in one.events)
    of = {event: incident for incident in incidents for event in incident.events}
    right = missing = 0
    pairs = [json.loads(line) for line in (folder / "pairs.jsonl").open(encoding="utf-8")]
    for pair in pairs:
        sides = [_nearest(gold[pair[side]], coded) for side in ("a", "b")]
        if None in sides:
            missing += 1
        told: list[Incident | None] = [of[event.id] if event else None for event in sides]
        same = None not in told and told[0] is told[1]
        right += same == pair["same"]
        if verbose and same != pair["same"]:
            print(
                "  ",
                pair["a"],
                pair["b"],
                pair["relation"],
                "->",
                same,
                [event and event.type for event in sides],
            )
    print(
        f"incidents, pairs of bench/reports: {right} of {len(pairs)} right ({missing} with a side that was not coded)"
    )


def _nearest(item: dict, coded: Sequence[Coded]) -> Event | None:
    """The event of the item's report whose sentence is the item's and whose type is the same kind; the surest of them."""
    wanted = word_stems(item["sentence"])
    for one in coded:
        if one.report.name.endswith(item["report"]) or item["report"] in one.report.name:
            kinds = {
                family(item["plover_type"] or ""),
                *(family(alt.get("plover_type", "")) for alt in item["alts"]),
            }
            fitting = [
                e
                for e in one.events
                if family(e.type) in kinds and similarity(word_stems(e.quote.words), wanted) > 0.7
            ]
            return max(fitting, key=lambda e: (e.confidence, e.id), default=None)
    return None


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--verbose", action="store_true", help="list what was split or merged wrongly")
    given = parser.parse_args()
    score_reports(given.verbose)
    score_pairs(given.verbose)


if __name__ == "__main__":
    main()
