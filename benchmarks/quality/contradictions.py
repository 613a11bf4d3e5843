"""Which of the 16 contradictions listed in ../shared/bench/reports are shown, by which rule, and how many are shown in all.

    python benchmarks/quality/contradictions.py [--verbose]

A listed item counts as shown where one contradiction of a fitting kind quotes sentences from both of its sides (`vs`), or
two of its sentences where it lists no sides, or its only sentence. Which kinds fit an item is in `KINDS` below: the rules
themselves know nothing of the list.
"""

import argparse
import json
import re
from pathlib import Path

from rooms import read_reports_of, room_of

from sitroom.situation import assess
from sitroom.situation.mentions import similarity, word_stems
from sitroom.vocabulary import Contradiction

SHARED = Path(__file__).resolve().parents[3] / "shared"
REACH = 11
KINDS = {
    1: {"denial", "headline"}, 2: {"presence", "denial"}, 3: {"presence"}, 4: {"end-claimed"}, 5: {"rebuttal", "one-side", "identity"},
    6: {"one-side"}, 7: {"identity"}, 8: {"headline"}, 9: {"two-track"}, 10: {"control"}, 11: {"tie-in-doubt"},
    12: {"between-rivals", "tie-in-doubt"}, 13: {"unsourced"}, 14: {"unproven-ground", "unsourced"}, 15: {"whose-command"}, 16: {"label"},
}  # fmt: skip


def listed() -> list[tuple[int, str, list[list[set[str]]]]]:
    """Number, kind and items: alternatives, each a list of sides, each a set of gold ids."""
    found = []
    for line in (SHARED / "bench" / "reports" / "contradictions.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 5 and cells[1].isdigit():
            groups = [
                [set(re.findall(r"\d{3}-\d{2}", side)) for side in group.split(" vs ")]
                for group in cells[4].split(";")
            ]
            found.append((int(cells[1]), cells[2], groups))
    return found


def shows(
    one: Contradiction,
    groups: list[list[set[str]]],
    sentences: dict[str, tuple[str, str]],
    names: dict[str, str],
) -> bool:
    """True where the sides of the contradiction quote what the list asks for."""
    for sides in groups:
        told = [{id for id in side if _quoted(one, *sentences[id], names)} for side in sides]
        if len(sides) > 1 and sum(bool(ids) for ids in told) > 1:
            return True
        texts = {sentences[id] for id in sides[0]}
        if len(sides) == 1 and len({sentences[id] for id in told[0]}) >= min(2, len(texts)):
            return True
    return False


def _quoted(one: Contradiction, report: str, sentence: str, names: dict[str, str]) -> bool:
    wanted = word_stems(sentence)
    return any(
        report in names[side.quote.report] and similarity(word_stems(side.quote.words), wanted) > 0.7
        for side in one.sides
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--verbose", action="store_true", help="print every contradiction")
    given = parser.parse_args()
    if not (SHARED / "bench" / "reports").exists():
        print("contradictions: ../shared is missing, not scored")
        return
    coded = read_reports_of(SHARED / "reports" / "iran-in-syria")
    with room_of(coded) as view:
        found = assess(view).contradictions
    names = {one.report.id: one.report.name for one in coded}
    gold = map(json.loads, (SHARED / "bench" / "reports" / "gold.jsonl").open(encoding="utf-8"))
    sentences = {row["id"]: (row["report"], row["sentence"]) for row in gold}
    shown = 0
    for number, kind, groups in listed():
        by = sorted(
            {one.kind for one in found if one.kind in KINDS[number] and shows(one, groups, sentences, names)}
        )
        shown += bool(by)
        print(f"  {number:2} {kind[:60]:60} {', '.join(by) or '-'}")
    print(f"contradictions: {shown} of 16 shown (reach {REACH}), {len(found)} in all")
    if given.verbose:
        for one in found:
            print(one.kind, "|", one.says, [side.quote.words[:60] for side in one.sides])


if __name__ == "__main__":
    main()
