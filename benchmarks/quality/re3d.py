"""Names of persons, organisations, locations and nationalities, and who fights, sides with or commands whom, on re3d.

    python benchmarks/quality/re3d.py [--errors N] [--without-parser]

re3d (dstl, 43 documents on Syria and Iraq). A name is right when it overlaps a gold span of its type, so a gold span that
nests in another counts for itself. What is told comes from the language floor: names of the catalogue, places of the
gazetteer, and the parser's entities where neither has a name; a state's adjective before a noun of troops or people makes
the phrase an organisation ("Iraqi forces") and the adjective a nationality. Relations are found when both ends overlap.
FightingAgainst and AlliesOf have no direction. This mapping was widened once after a look at the dev half: the gold
marks pronouns, and a state that acts (a subject, an owner) is an organisation there.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from measuring import Found, Spot, half_of, overlap, shared, tell
from sitroom.catalogues.entries import ActorEntry
from sitroom.coding import Coder, load_coder
from sitroom.language.locate import locate
from sitroom.language.reading import ParsedSentence
from sitroom.vocabulary import Actor, Coded, Place, Report, content_id

TYPES = ("Person", "Organisation", "Location", "Nationality")
ENTITIES = {
    "PERSON": "Person", "ORG": "Organisation", "GPE": "Location", "LOC": "Location", "FAC": "Location",
    "NORP": "Nationality",
}  # fmt: skip
PLACES = {"state", "territory", "region"}
COMPOSED = {"body", "troops", "people"}
PRONOUNS = dict.fromkeys(["i", "me", "my", "he", "him", "his", "she", "her"], "Person") | dict.fromkeys(
    ["we", "us", "our", "they", "them", "their"], "Organisation"
)
TIES = {  # the relation of re3d: the relations of the coder that say it
    "AlliesOf": {"ally-of", "backs", "coordinates-with"},
    "FightingAgainst": {"rival-of"},
    "InChargeOf": {"commands", "leads", "controls", "holds-office"},
}
UNDIRECTED = {"AlliesOf", "FightingAgainst"}
AID = {"AID", "COOPERATE", "SUPPORT"}


@dataclass(frozen=True)
class Named:
    """A range of the text and what it names."""

    spot: Spot
    type: str


@dataclass(frozen=True)
class Tie:
    """A relation between two ranges of the text."""

    type: str
    one: Spot
    other: Spot


@dataclass(frozen=True)
class Document:
    """A document with its gold."""

    id: str
    text: str
    names: tuple[Named, ...]
    ties: tuple[Tie, ...]


def read_documents(path: Path) -> list[Document]:
    """The documents of the shared file, with the types that are measured."""
    return [
        _document(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def _document(row: Mapping[str, object]) -> Document:
    entities: Iterable[Mapping[str, object]] = row["entities"]  # type: ignore[assignment]
    relations: Iterable[Mapping[str, object]] = row["relations"]  # type: ignore[assignment]
    return Document(
        str(row["id"]), str(row["text"]),
        tuple(Named((e["begin"], e["end"]), str(e["type"])) for e in entities if e["type"] in TYPES),  # type: ignore[arg-type]
        tuple(
            Tie(str(r["type"]), (r["sourceBegin"], r["sourceEnd"]), (r["targetBegin"], r["targetEnd"]))  # type: ignore[arg-type]
            for r in relations if r["type"] in TIES
        ),
    )  # fmt: skip


# -- what the language floor names -------------------------------------------------------------------------------------


def find_named(report: Report, coder: Coder, *, parser: bool = True) -> list[Named]:
    """Everything that the language floor names in the report, by type."""
    reading = coder.read(report)
    located, _ = locate(reading, coder.gazetteer)
    told: list[Named] = []
    for here in reading.sentences:
        told += _catalogue_names(here)
        told += _composed(here, coder)
        told += _pronouns(here)
        places = [
            Named((here.offset(p.token), here.end(p.token)), "Location")
            for p in located
            if p.sentence == here.index and p.place
        ]
        told += [p for p in places if not _covered(p, told)]
        if parser:
            told += [e for e in _entities(here) if not _covered(e, told)]
    return told


def _catalogue_names(here: ParsedSentence) -> Iterator[Named]:
    for name in here.names:
        token = next((t for t in here.doc if here.name_at.get(t.i) is name), None)
        composed = token is not None and name.use != "adjective" and token.dep_ in {"compound", "amod"}
        if not (composed and name.entry.kind in PLACES and _organisation(token.head)):
            acts = (
                token is not None and name.entry.kind in PLACES and token.dep_ in {"nsubj", "agent", "poss"}
            )
            yield Named((name.start, name.end), "Organisation" if acts else type_of(name.entry, name.use))


def type_of(entry: ActorEntry, use: str) -> str:
    """What a catalogue name is called in re3d."""
    if use in {"adjective", "demonym"} or entry.kind == "people":
        return "Nationality" if use == "adjective" or entry.kind == "people" else "Organisation"
    return "Person" if entry.kind == "person" else "Location" if entry.kind in PLACES else "Organisation"


def _organisation(token) -> bool:  # type: ignore[no-untyped-def]
    return token.pos_ in {"NOUN", "PROPN"} and token.tag_ in {"NNS", "NNPS"}


def _composed(here: ParsedSentence, coder: Coder) -> Iterator[Named]:
    """Phrases whose head noun stands for a body, troops or people, or for one person with an office."""
    for token in here.doc:
        entry = coder.nouns.by_word.get(token.lower_) or coder.nouns.by_word.get(token.lemma_.lower())
        if entry is None or token.i in here.name_at or token.pos_ not in {"NOUN", "PROPN"}:
            continue
        if token.dep_ in {"compound", "amod"} or entry.kind not in {*COMPOSED, "person"}:
            continue
        left = min([t.i for t in token.lefts if t.dep_ in {"compound", "amod", "nummod", "poss"}] + [token.i])
        type = "Person" if entry.kind == "person" and token.tag_ in {"NN", "NNP"} else "Organisation"
        yield Named((here.offset(here.doc[left]), here.end(token)), type)


def _pronouns(here: ParsedSentence) -> Iterator[Named]:
    """The gold marks pronouns that stand for persons and organisations."""
    for token in here.doc:
        if token.pos_ == "PRON" and token.lower_ in PRONOUNS:
            yield Named((here.offset(token), here.end(token)), PRONOUNS[token.lower_])


def _entities(here: ParsedSentence) -> Iterator[Named]:
    for entity in here.doc.ents:
        if entity.label_ in ENTITIES:
            yield Named((here.offset(entity[0]), here.end(entity[-1])), ENTITIES[entity.label_])


def _covered(one: Named, told: Iterable[Named]) -> bool:
    return any(overlap(one.spot, other.spot) for other in told)


def score_names(told: Sequence[Named], gold: Sequence[Named], type: str) -> Found:
    """How many told spans of the type overlap a gold one of it, and how many gold ones are overlapped."""
    mine, theirs = [n for n in told if n.type == type], [n for n in gold if n.type == type]
    right = sum(any(overlap(n.spot, g.spot) for g in theirs) for n in mine)
    met = sum(any(overlap(n.spot, g.spot) for n in mine) for g in theirs)
    return Found(len(mine), right, len(theirs), met)


# -- relations ---------------------------------------------------------------------------------------------------------


def find_ties(coded: Coded) -> list[Tie]:
    """Ties that the coder tells: its relations, assaults as fighting, and help as being allied."""
    ties = [
        Tie(kind, one, other)
        for relation in coded.relations
        for kind, words in TIES.items()
        if relation.relation in words
        for one, other in [(_spot(relation.subject), _spot(relation.object or relation.place))]
        if one and other
    ]
    for event in coded.events:
        kind = "FightingAgainst" if event.type == "ASSAULT" else "AlliesOf" if event.type in AID else ""
        if kind and event.modality != "denied":
            pairs = [(a, r) for a in event.actors for r in event.recipients or event.actors if a is not r]
            ties += [Tie(kind, one, other) for a, r in pairs if (one := _spot(a)) and (other := _spot(r))]
    return ties


def _spot(one: Actor | Place | None) -> Spot | None:
    return (one.start, one.end) if one is not None and one.start is not None and one.end is not None else None


def same_tie(one: Tie, other: Tie) -> bool:
    """True when the type is the same and both ends overlap, in either direction where there is none."""
    straight = overlap(one.one, other.one) and overlap(one.other, other.other)
    crossed = overlap(one.one, other.other) and overlap(one.other, other.one)
    return one.type == other.type and (straight or (one.type in UNDIRECTED and crossed))


def score_ties(told: Sequence[Tie], gold: Sequence[Tie], type: str) -> Found:
    """Precision over what was told, recall over the gold ties of the type."""
    mine, theirs = [t for t in told if t.type == type], [t for t in gold if t.type == type]
    right = sum(any(same_tie(t, g) for g in theirs) for t in mine)
    return Found(len(mine), right, len(theirs), sum(any(same_tie(t, g) for t in mine) for g in theirs))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--errors", type=int, default=0, help="list so many names missed, and told wrongly, per type"
    )
    parser.add_argument("--without-parser", action="store_true", help="catalogue and gazetteer alone")
    given = parser.parse_args()
    documents = read_documents(shared("bench", "re3d", "documents.jsonl"))
    coder = load_coder()
    nothing = Found(0, 0, 0, 0)
    names = {(type, half): nothing for type in TYPES for half in ("dev", "check")}
    ties = dict.fromkeys(TIES, nothing)
    lists: dict[str, list[str]] = {f"{what} {type}": [] for what in ("missed", "wrong") for type in TYPES}
    for document in documents:
        report = Report(content_id("report", document.text), document.id, document.text)
        told, found = (
            find_named(report, coder, parser=not given.without_parser),
            find_ties(coder.code(report)),
        )
        for type in TYPES:
            names[type, half_of(document.text)] += score_names(told, document.names, type)
            if half_of(document.text) == "dev":
                _list_errors(lists, type, told, document)
        for type in TIES:
            ties[type] += score_ties(found, document.ties, type)
    print(" " * 44, "P        R       F1")
    tell("names, micro", *_figures(sum(names.values(), nothing)), note="reach 0.75 (F1)")
    for half in ("dev", "check"):
        tell(f"names, micro, {half} half", *_figures(sum((names[t, half] for t in TYPES), nothing)))
    for type in TYPES:
        tell(f"names, {type}", *_figures(names[type, "dev"] + names[type, "check"]))
    for type, scores in ties.items():
        tell(f"relations, {type}", *_figures(scores), note=f"{scores.gold} gold, {scores.told} told")
    for title, spans in lists.items():
        if given.errors:
            print(f"\n{title}: {' | '.join(spans[: given.errors])}")


def _figures(found: Found) -> tuple[float, float, float]:
    return found.precision, found.recall, found.f1


def _list_errors(lists: dict[str, list[str]], type: str, told: Sequence[Named], document: Document) -> None:
    for title, mine, theirs in (("missed", document.names, told), ("wrong", told, document.names)):
        for one in mine:
            if one.type == type and not any(
                other.type == type and overlap(one.spot, other.spot) for other in theirs
            ):
                lists[f"{title} {type}"].append(" ".join(document.text[slice(*one.spot)].split()))


if __name__ == "__main__":
    main()
