"""False events: how many events the coder reads out of texts that tell of none. Sport, money, culture, knowledge.

    python benchmarks/quality/false_events.py [--half dev|check]

The texts in false_events/ were written for this benchmark, full of tempting words (strike, attack, capture, deal, defeat,
sanctions) and names of states, without any act of politics. Every event told is therefore wrong. Halves by a hash of the id.
"""

import argparse
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from measuring import HALVES, half_of, tell
from sitroom.coding import Coder, load_coder
from sitroom.vocabulary import Event, Period, Report, content_id

FOLDER = Path(__file__).with_name("false_events")
PUBLISHED = date(2021, 6, 16)


@dataclass(frozen=True)
class Text:
    """One text without events, and its topic."""

    id: str
    topic: str
    words: str

    @property
    def size(self) -> int:
        """How many words it has."""
        return len(self.words.split())


def read_texts(folder: Path = FOLDER) -> list[Text]:
    """All texts, by topic (the file's name)."""
    files = sorted(folder.glob("*.toml"))
    return [
        Text(row["id"], path.stem, row["text"])
        for path in files
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["text"]
    ]


def false_events(text: Text, coder: Coder) -> tuple[Event, ...]:
    """Whatever the coder tells of the text."""
    report = Report(content_id("report", text.words), text.id, text.words, published=Period.day(PUBLISHED))
    return coder.code(report).events


def per_thousand(found: Sequence[tuple[Text, Sequence[Event]]]) -> float:
    """Events per 1,000 words."""
    words = sum(text.size for text, _ in found)
    return 1000 * sum(len(events) for _, events in found) / words if words else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=HALVES, help="list the events of this half")
    given = parser.parse_args()
    coder = load_coder()
    found = [(text, false_events(text, coder)) for text in read_texts()]
    print(
        f"{len(found)} texts, {sum(text.size for text, _ in found)} words, {sum(len(e) for _, e in found)} events\n"
    )
    parts = {"all": found} | {half: [f for f in found if half_of(f[0].id) == half] for half in HALVES}
    for name, part in parts.items():
        tell(
            f"false events per 1,000 words, {name}",
            per_thousand(part),
            note="reach: under 1" if name == "all" else "",
        )
    for topic in sorted({text.topic for text, _ in found}):
        tell(
            f"false events per 1,000 words, {topic}", per_thousand([f for f in found if f[0].topic == topic])
        )
    for text, events in parts.get(given.half, []):
        for event in events:
            who = [" + ".join(a.text or a.name for a in side) for side in (event.actors, event.recipients)]
            print(
                f"\n{text.id} {event.type} {event.modality}: {who[0]} > {who[1]} [{event.rule}]\n  {event.quote.words}"
            )


if __name__ == "__main__":
    main()
