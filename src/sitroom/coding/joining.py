"""What belongs to one event: the dead to the blow, words to their act, two tellings of one deed in one sentence."""

from collections.abc import Sequence
from dataclasses import replace

from sitroom.coding.modality import Act
from sitroom.coding.parties import without_own_forces
from sitroom.language import clause
from sitroom.language.actors import as_actors
from sitroom.language.tree import Token
from sitroom.vocabulary import Event

RESULTS = frozenset({"kill", "wound", "injure", "destroy", "burn", "damage", "displace"})
DYING = frozenset({"die", "perish"})
INSTRUMENTS = (
    ("suicide-attack", frozenset({"suicide"})), ("drone", frozenset({"drone", "uav"})),
    ("aerial", frozenset({"jet", "warplane", "airstrike", "aircraft", "air", "helicopter", "bomber"})),
    ("heavy-weapons", frozenset({"missile", "rocket", "artillery", "shell", "mortar", "tank", "howitzer"})),
    ("firearms", frozenset({"gunman", "rifle", "pistol", "sniper", "weapon", "gunfire", "machinegun"})),
    ("explosives", frozenset({"bomb", "ied", "mine", "explosive", "grenade"})),
)  # fmt: skip


def join_harm(acts: Sequence[Act]) -> list[Act]:
    """ "The raid by X killed two" is one act: what the noun's parties did."""
    nouns = {act.token.i: act for act in acts if act.nominal and act.type in {"ASSAULT", "COERCE"}}
    joined: dict[int, Act] = {}
    for number, act in enumerate(acts):
        cause = next((nouns[t.i] for t in (*act.actors, *_clash_of(act)) if t.i in nouns), None)
        if cause is not None and cause.token not in act.actors and not cause.reciprocal:
            continue
        if cause is None or act.nominal or act.type not in {"ASSAULT", "SANCTION"}:
            continue
        others = tuple(t for t in act.actors if t.i != cause.token.i)
        same = act.type == cause.type
        joined[number] = replace(
            act,
            actors=tuple(
                t
                for t in (*others, *cause.actors, *(cause.recipients if cause.reciprocal else ()))
                if t not in act.recipients
            ),
            recipients=(*(cause.recipients if same and not cause.reciprocal else ()), *act.recipients),
            mode=act.mode or (cause.mode if same else None),
        )
    gone = {t.i for number in joined for t in (*acts[number].actors, *_clash_of(acts[number]))} & nouns.keys()
    return [joined.get(number, act) for number, act in enumerate(acts) if act.token.i not in gone]


def with_dead(act: Act) -> Act:
    """ "Five died when jets hit X", "two died in the ambush": the dead bear it."""
    died = act.token.head if act.token.dep_ == "advcl" else act.token.head.head if act.nominal else act.token
    within = not act.nominal or (act.token.dep_ == "pobj" and act.token.head.lower_ in {"in", "during", "by"})
    if (
        act.type != "ASSAULT"
        or act.core.lemma_ == "war"  # its toll is no deed
        or died.lemma_ not in DYING
        or not within
        or act.modality not in {"asserted", "alleged"}
    ):
        return act
    dead = tuple(t for t in clause.expand(clause.subjects(died)) if t not in act.recipients)
    others = tuple(t for t in act.actors if t not in dead)
    bears = replace(act, actors=others, recipients=(*dead, *act.recipients), nominal=False, reciprocal=False)
    return bears if dead else act


def _clash_of(act: Act) -> list[Token]:
    """ "Were killed in a gun battle with X": the fight in which somebody was harmed."""
    harmed = act.token.lemma_ in RESULTS | {"die"} and not clause.agents(act.token)
    return clause.prep_objects(act.token, "in", "during") if harmed and not act.nominal else []


def region_of(act: Act, acts: Sequence[Act]) -> list[Token]:
    """The act's own part of the sentence: what hangs on its words, without the clauses of other acts."""
    others = {a.token.i for a in acts if a.token.i not in {act.token.i, act.core.i}} | {
        a.core.i for a in acts if a.core.i not in {act.token.i, act.core.i}
    }
    roots = [act.token, act.core]
    roots += [
        head
        for head in (act.token.head, act.token.head.head)
        if head.lemma_ in DYING and head.i not in others
    ]
    if act.nominal:
        verb = clause.governor_verb(act.token)
        if verb is not None and verb.i not in others:
            roots.append(verb)
    seen: dict[int, Token] = {}
    stack = list(roots)
    while stack:
        token = stack.pop()
        if token.i in seen:
            continue
        seen[token.i] = token
        for child in token.children:
            if _tells_on(child, act, acts):
                stack.append(child)
                continue
            if child.i in others and child.dep_ in {
                "relcl",
                "advcl",
                "conj",
                "ccomp",
                "acl",
                "parataxis",
                "xcomp",
            }:
                continue
            if child.dep_ in {"advcl", "parataxis"} and child.i not in {r.i for r in roots}:
                continue
            stack.append(child)
    return [seen[i] for i in sorted(seen)]


def _tells_on(child: Token, act: Act, acts: Sequence[Act]) -> bool:
    """ "..., killing nine and injuring 34": what came of an act belongs to it, unless it is an act of its own kind."""
    if child.dep_ not in {"advcl", "conj"} or child.pos_ != "VERB":
        return False
    if any(not c.like_num for c in clause.children(child, "mark", "nsubj")):  # but "33 wounded"
        return False
    result = child.lemma_ in RESULTS or (child.dep_ == "advcl" and child.lemma_ == "leave")
    other = next((a for a in acts if a.token.i == child.i), None)
    return act.type == "ASSAULT" and result and (other is None or other.type == "ASSAULT")


def mode_of(act: Act, region: Sequence[Token]) -> str | None:
    """The means named in the clause, for an assault whose words do not say it; what is hit is no means."""
    if act.type != "ASSAULT":
        return None
    hit = {t.i for head in act.recipients for t in head.subtree}
    hit |= {t.i for head in clause.patients(act.token) for t in head.subtree if head.i != act.core.i}
    words = {t.lemma_.lower() for t in region if t.pos_ in {"NOUN", "PROPN"} and t.i not in hit}
    return next((mode for mode, clues in INSTRUMENTS if words & clues), None)


def merge(drafts: list[tuple[Act, Event]]) -> list[Event]:
    """Two tellings of one act in one sentence ("attacked the post, killing two") are one event; the fuller telling stays."""
    kept: list[tuple[Act, Event]] = []
    for act, event in sorted(drafts, key=lambda d: (d[0].nominal, len(list(d[0].token.ancestors)))):
        twin = next((i for i, (a, e) in enumerate(kept) if _is_twin(act, event, a, e)), None)
        if twin is None:
            kept.append((act, event))
            continue
        first = kept[twin][1]
        figures = {(f.what, f.who): f for f in (*first.figures, *event.figures)}
        recipients = first.recipients or (event.recipients if not first.actors or event.actors else ())
        if first.mode == "visit" and not recipients:  # "arrived in X to meet Y"
            recipients = tuple(a for a in event.actors if a.key not in {b.key for b in first.actors})
        if first.type == "ASSAULT" and not act.nominal:  # who was attacked and who was killed
            recipients = as_actors([*recipients, *without_own_forces(recipients, event.recipients)])
        place = (
            event.place
            if first.type == "CONSULT" and event.place and not act.nominal and event.place.role == "where"
            else first.place or event.place
        )
        kept[twin] = (
            kept[twin][0],
            replace(
                first,
                actors=first.actors
                or tuple(a for a in event.actors if a.key not in {r.key for r in recipients}),
                figures=tuple(figures.values()),
                recipients=recipients,
                mode=first.mode or event.mode,
                place=place,
            ),
        )
    return [event for _, event in sorted(kept, key=lambda d: d[0].token.i)]


def _is_next_deed(act: Act, other: Act) -> bool:
    """ "Launched an offensive and has since captured ten towns": another deed, to something else."""
    beside = act.token.dep_ == "conj" and act.token.head.i == other.token.i and act.token.pos_ == "VERB"
    each = clause.patients(act.token) and clause.patients(other.token) not in ([], clause.patients(act.token))
    return beside and act.core.lemma_ != other.core.lemma_ and bool(each) and act.token.lemma_ not in RESULTS


def _is_twin(act: Act, event: Event, other_act: Act, other: Event) -> bool:
    """The same type, parties that do not clash, and one telling inside the other: a noun, or a clause without a subject."""
    inside = act.token.dep_ in {"advcl", "xcomp", "acl"} and act.token.head.i in {
        other_act.token.i,
        other_act.core.i,
    }
    result = (
        inside and act.token.lemma_ in RESULTS and {event.modality, other.modality} == {"asserted", "alleged"}
    )
    if event.type != other.type or (event.modality != other.modality and not act.nominal and not result):
        return False
    if act.nominal and not event.recipients and not other_act.nominal:
        return True
    mine, theirs = {a.key for a in event.actors}, {a.key for a in other.actors}
    apart = event.mode and other.mode and event.mode != other.mode and not act.nominal and not inside
    if apart and event.type in {"SANCTION", "COERCE"}:  # "suspended the treaty and expelled the envoy"
        return False
    if mine and theirs and not mine & theirs:
        return False
    if (
        not act.nominal
        and not inside
        and not (mine & theirs)
        and other_act.token.dep_ != "relcl"
        and act.token.dep_ != "relcl"
    ):
        return False
    if event.type != "CONSULT" and _is_next_deed(act, other_act):
        return False
    targets, others = {r.key for r in event.recipients}, {r.key for r in other.recipients}
    if (
        act.token.dep_ == "conj"
        and act.token.head.i == other_act.token.i
        and act.token.lemma_ in RESULTS
        and not other_act.nominal
    ):
        return event.place is None or event.place == other.place  # "ambushed a patrol and wounded three"
    return inside or not targets or not others or bool(targets & others)
