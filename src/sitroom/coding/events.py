"""From acts to events: who, to whom, where, when, how sure, on whose word; every part from the act's own clause."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sitroom.catalogues import Acts
from sitroom.coding.acts import find_acts
from sitroom.coding.attribution import attribute
from sitroom.coding.figures import find_figures
from sitroom.coding.general import is_general
from sitroom.coding.joining import INSTRUMENTS, join_harm, merge, mode_of, region_of, with_dead
from sitroom.coding.lexicon import GROUP_OF, Lexicon
from sitroom.coding.mediation import RULE as MEDIATION
from sitroom.coding.modality import Act, auxiliaries, settle
from sitroom.coding.parties import find_recipients, resolve
from sitroom.coding.scope import Scope
from sitroom.coding.senses import Sense, match
from sitroom.coding.setting import VERBAL, at_home, find_period, find_places
from sitroom.coding.turning import TURNING
from sitroom.language import clause
from sitroom.language.actors import as_actors
from sitroom.language.tree import Token
from sitroom.vocabulary import Actor, Attribution, Event, Modality, Quote, content_id

ARMED = {"GOV", "MIL", "REB", "PRM", "UAF", "COP", "SPY", "JUD", "LEG", "OPP", "PTY", "CRM"}
IRREGULAR = {"REB", "UAF", "PRM", "CRM"}
GIVING = frozenset({"send", "ship", "transfer", "dispatch", "rush", "deliver"})
CONFLICT = {"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST", "THREATEN"}


def code_sentence(scope: Scope, lexicon: Lexicon, ontology: Acts) -> list[Event]:
    """Events of one sentence, each once."""
    told = find_acts(scope.here.doc, lexicon)
    visits = {act.token.i for act in told if act.type == "CONSULT" and act.mode == "visit"}
    acts = [
        _in_scope(act, lexicon)
        for act in told
        if act.core.i not in scope.here.name_at  # "Popular Mobilization Forces" mobilize nobody
        and (not why_unreal(act, scope) or (act.type == "CONSULT" and act.token.head.i in visits))
    ]
    acts = [with_dead(act) for act in join_harm(acts)]
    drafts = [(act, _event(act, scope, ontology, acts)) for act in acts]
    return merge([(act, event) for act, event in drafts if event is not None])


@dataclass(frozen=True, slots=True)
class Draft:
    """An act with its parties resolved, its source and what frame and source make of it: what an event is made of."""

    settled: Act
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    source: Attribution | None
    blow: bool = False


def fill_roles(act: Act, scope: Scope) -> Draft:
    """Resolve the parties of an act and settle its type and modality."""
    actors = resolve(act.actors, scope)
    act = _as_delivery(act, actors, scope)
    recipients = find_recipients(act, actors, scope)
    source = attribute(act, scope)
    voice = source or scope.issuer
    if not actors and voice is not None and any(t.lower_ in {"we", "i"} for t in act.actors):
        actors = (_as_actor(voice, scope),)
    own = source is None or any(_same(source, actor) or _speaks_for(source, actor, scope) for actor in actors)
    settled = settle(act, own_word=own, turning=False, table=TURNING)
    if "obliged" in act.notes and source is not None and settled.type != "REQUEST":
        settled, actors, recipients = _as_request(settled, source, actors, scope)
    elif "obliged" in act.notes and source is None and settled.modality == "asserted":
        settled = replace(settled, modality="planned-or-possible")  # what must be done is not done
    met = settled.type == "CONSULT" and settled.mode != "visit" and len(actors) > 1 and not recipients
    if met or (settled.reciprocal and (settled.type == act.type or not recipients)):
        actors, recipients = as_actors([*actors, *recipients]), ()
    if settled.type == "PROTEST" and settled.mode == "obstruct" and _are_rulers(act, actors, scope):
        settled = replace(
            settled, type="COERCE", mode="restrict"
        )  # a state that blocks a road protests against nobody
    if (
        settled.type == "PROTEST"
        and settled.mode == "demo"
        and not act.nominal
        and _are_rulers(act, actors, scope)
    ):
        settled = replace(settled, type="ACCUSE", mode="disapprove")  # "Peru protested after ...": in words
    if settled.type in {"ASSAULT", "COERCE"} and source is not None and not own:
        recipients = _of_teller(act, actors, recipients, source, scope)
    return Draft(settled, actors, recipients, source, _is_blow(settled, scope))


def _are_rulers(act: Act, actors: Sequence[Actor], scope: Scope) -> bool:
    """True for states, governments and forces, not for "thousands of Georgians"."""
    names = [scope.here.name_at.get(clause.through_quantity(t).i) for t in act.actors]
    people = any(name is not None and name.use == "demonym" for name in names)
    return bool(actors) and not people and all(actor.sector in {"GOV", "MIL", "COP"} for actor in actors)


def _of_teller(
    act: Act, actors: Sequence[Actor], recipients: tuple[Actor, ...], source: Attribution, scope: Scope
) -> tuple[Actor, ...]:
    """ "X said that troops of Y stormed its ships": who strikes strikes nothing of its own, but of those who tell it."""
    own = any(c.tag_ == "PRP$" for t in act.recipients for c in clause.through_quantity(t).lefts)
    lands = {actor.country for actor in actors if actor.country}
    if not own or not lands or {r.country for r in recipients} - lands:
        return recipients
    teller = _as_actor(source, scope)
    if (
        teller.sector in IRREGULAR
    ):  # "Hamas said that its commanders had been killed": Hamas's, not its land's
        return (teller,)
    state = scope.resolver.actors.by_id.get(teller.country or "")
    return (
        (replace(teller, name=state.name, id=state.id),)
        if state is not None and state.id not in lands
        else recipients
    )


def _as_delivery(act: Act, actors: Sequence[Actor], scope: Scope) -> Act:
    """ "Sent tanks to X": arms handed to another state or group are aid, no deployment."""
    if act.type != "MOBILIZE" or act.mode != "weapons" or act.core.lemma_ not in GIVING:
        return act
    own = {actor.country for actor in actors}
    taker = tuple(
        t for t in clause.expand(clause.prep_objects(act.core, "to"))
        if (name := scope.here.name_at.get(t.i)) and name.entry.country not in own and name.use != "capital"
    )  # fmt: skip
    return replace(act, type="AID", mode=None, recipients=taker) if taker else act


def _is_blow(act: Act, scope: Scope) -> bool:
    """ "A drone hit a depot in X", "shops were set ablaze in X": told as done at a place, by and to nobody in particular."""
    if (
        act.type != "ASSAULT"
        or act.nominal
        or act.modality not in {"asserted", "alleged"}
        or not scope.places
    ):
        return False
    if any(t.lemma_.lower() in WEAPONS for t in act.actors):
        return True
    return act.mode == "destroy" and not act.actors and bool(clause.patients(act.token))


def _event(act: Act, scope: Scope, ontology: Acts, acts: Sequence[Act]) -> Event | None:
    draft = fill_roles(act, scope)
    if why_not(draft):
        return None
    settled, actors, recipients, source = draft.settled, draft.actors, draft.recipients, draft.source
    region = region_of(act, acts)
    period, historical = find_period(act, settled, scope)
    places = find_places(act, settled, scope) or at_home(settled, actors, recipients, scope)
    modality = _modality(settled, source, actors, recipients)
    mode = settled.mode or mode_of(settled, region)
    quote = Quote(scope.report.id, scope.here.sentence.start, scope.here.sentence.end, scope.words)
    rule = "+".join(settled.layers)
    main = next((p for p in places if p.role == "where"), places[0] if places else None)
    score = ontology.score(settled.type, mode)
    event_id = content_id(
        "event",
        scope.report.id,
        settled.type,
        mode,
        quote.start,
        act.token.i,
        [a.key for a in actors],
        [r.key for r in recipients],
    )
    return Event(
        event_id, scope.report.id, settled.type, mode, tuple(dict.fromkeys(settled.contexts)), score, actors, recipients, main, places, period,
        scope.report.known_by, historical, modality, source, find_figures(scope.here, region), quote, rule,
        _confidence(settled, actors, recipients), _steps(act, settled, scope),
    )  # fmt: skip


IRREALIS = frozenset(
    {"want", "demand", "urge", "promise", "agree", "plan", "threaten", "refuse", "expect", "prepare", "avoid"}
)


def _in_scope(act: Act, lexicon: Lexicon) -> Act:
    """What stands in a clause inside something wanted, demanded, planned or envisaged has not happened."""
    current = act.token
    while current.head.i != current.i:
        link, below, current = current.dep_, current, current.head
        if link == "advcl" and _is_awaited(below) and act.modality in {"asserted", "alleged"}:
            return replace(act, modality="planned-or-possible")
        aside = link == "relcl" and below.left_edge.i > 0 and below.left_edge.nbor(-1).text == ","
        if link in {"nsubj", "nsubjpass", "advcl"} or (link == "relcl" and (aside or _is_past(below))):
            return act
        if MEDIATION in act.layers or (
            link == "prep" and below.lower_ in {"after", "following", "amid", "since"}
        ):
            return act  # "agreed to a truce after talks mediated by X"
        if link == "conj":  # coordinated, not governed
            continue
        sense = match(current, lexicon)
        if sense is not None and _is_charge(sense, below, act):
            speakers = act.speakers or tuple(clause.expand(clause.subjects(current)))
            return replace(act, modality="alleged", speakers=speakers, speech=act.speech or current)
        if (
            sense is not None
            and sense.pattern.rule.turns in IRREALIS
            and current.i != act.token.i
            and sense.pattern.rule.id not in act.layers
        ):
            stronger: Modality = (
                "planned-or-possible" if act.modality in {"asserted", "alleged"} else act.modality
            )
            return replace(act, modality=stronger)
    return act


def _is_charge(sense: Sense, below: Token, act: Act) -> bool:
    """ "Accused X of breaking the truce by bombing Y": all that X is accused of is only alleged."""
    charged = below.lower_ in {"of", "for"} or below.dep_ in {"ccomp", "xcomp"}
    rule = sense.pattern.rule
    return (
        charged
        and act.modality == "asserted"
        and rule.turns == "accuse"
        and rule.id not in act.layers
        and not act.nominal
    )


def _is_awaited(verb: Token) -> bool:
    """ "Must think before it attacks again", "will wait until they leave": what the future of the main clause looks out for."""
    waits = any(c.dep_ == "mark" and c.lower_ in {"before", "until", "till", "once"} for c in verb.children)
    return waits and bool(
        auxiliaries(verb.head) & {"will", "would", "should", "must", "may", "can", "could", "to"}
    )


def _is_past(verb: Token) -> bool:
    """True for what has happened, whatever is wanted of whom it is said: "asked X, whose army has helped Y, to leave"."""
    helpers = auxiliaries(verb)
    return (verb.tag_ == "VBD" and not helpers) or bool(helpers & {"has", "have", "had", "was", "were"})


def _is_purpose(act: Act) -> bool:
    """ "... to fight for him": what something is done for is not told as done."""
    token = act.token
    to = any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)
    return to and token.dep_ in {"advcl", "relcl", "acl"}


def why_unreal(act: Act, scope: Scope) -> str:
    """Why an act is not told as something that is or was done; empty if it is."""
    if is_general(act, scope.here):
        return "it says what is done in general, not what happened"
    if scope.here.sentence.text.rstrip().endswith("?"):
        return "the sentence is a question"
    if act.token.dep_ == "relcl" and any(c.lower_ == "no" for c in act.token.head.lefts):
        return "it is said of something that there is none of"
    if act.layers == ("support.back",) and act.token.dep_ in {"acl", "relcl"}:
        return "it is a standing tie, told as a relation"
    return "it is only the purpose of something else" if _is_purpose(act) else ""


def _same(source: Attribution, actor: Actor) -> bool:
    if source.id and actor.id:
        return source.id == actor.id or source.id.split(".")[0] == actor.id.split(".")[0]
    return source.name == actor.name or source.start == actor.start


def _speaks_for(source: Attribution, actor: Actor, scope: Scope) -> bool:
    """True for an official who tells what his own state or its forces will do."""
    speaker = scope.resolver.actors.by_id.get(source.id or "")
    ruling = {"GOV", "MIL"}
    return (
        speaker is not None
        and speaker.kind == "person"
        and source.kind == "official"
        and speaker.country is not None
        and speaker.country == actor.country
        and (actor.id or "").partition(".")[0] == actor.country
        and actor.sector in ruling
    )


def _as_actor(source: Attribution, scope: Scope) -> Actor:
    """The speaker as a party: of a demand, or of what "we" do."""
    entry = scope.resolver.actors.by_id.get(source.id) if source.id else None
    speaker = Actor(source.name, source.id, source.text, source.start, source.end)
    return replace(speaker, country=entry.country, sector=entry.sector) if entry is not None else speaker


def _as_request(
    act: Act, source: Attribution, actors: tuple[Actor, ...], scope: Scope
) -> tuple[Act, tuple[Actor, ...], tuple[Actor, ...]]:
    """ "X should leave", said by somebody, is a request of theirs to X."""
    speaker = _as_actor(source, scope)
    mode = {"yield": "yield", "help": "assist"}.get(
        GROUP_OF[act.type], "meet" if act.type == "CONSULT" else None
    )
    asked = tuple(a for a in actors if a.key != speaker.key)
    return (
        replace(
            act, type="REQUEST", mode=mode, modality="asserted", notes=(), layers=(*act.layers, "obliged")
        ),
        (speaker,),
        asked,
    )


# -- judgement --------------------------------------------------------------------------------------------------------


def why_not(draft: Draft) -> str:
    """Why an act is no event; empty if it is one: it needs somebody whom the catalogue or the phrase makes a political actor."""
    act, actors, recipients = draft.settled, draft.actors, draft.recipients
    parties = actors + recipients
    if draft.blow and not actors and not any(a.id or a.country or a.sector for a in recipients):
        return ""
    if not parties:
        return "nobody in its roles can be named"
    if not any(a.id or a.country or a.sector for a in parties):
        return "no catalogue knows its parties, and their words name no kind of actor"
    if not any(a.id or a.country or a.sector in ARMED for a in parties) and act.type not in {
        "PROTEST",
        "ASSAULT",
    }:
        return "its parties are of no country, office or armed group"
    if act.nominal and (act.type in VERBAL or act.reciprocal) and len(parties) < 2:
        return "a noun presupposes it, and nobody tells it"
    if act.nominal and not actors:
        worth = act.type == "ASSAULT" and (bool(recipients) or act.mode is not None)
        return "" if worth else "a noun names it and nobody does it"
    if not actors:
        worth = act.type in CONFLICT | {"RETREAT", "ACCUSE"} or (
            act.type == "CONCEDE" and act.modality == "asserted"
        )
        return "" if worth else "nobody is named who does it"
    if act.type in {"AID", "COOPERATE", "SANCTION"} and not recipients and not act.reciprocal:
        worth = act.type == "SANCTION" or len(actors) > 1 or act.modality != "asserted"
        return "" if worth else f"{act.type} needs a recipient, and none is named"
    if act.type == "CONSULT":
        several = (
            len(parties) > 1 or MEDIATION in act.layers or any(t.tag_ in {"NNS", "NNPS"} for t in act.actors)
        )
        return "" if several or act.mode == "visit" else "CONSULT needs two parties, and one is named"
    return ""


def _modality(
    act: Act, source: Attribution | None, actors: tuple[Actor, ...], recipients: tuple[Actor, ...]
) -> Modality:
    """A belligerent as the only source on its adversary only alleges."""
    if act.modality == "asserted" and source is not None and act.type in {"ASSAULT", "COERCE", "MOBILIZE"}:
        if any(_same(source, r) for r in recipients) and not any(_same(source, a) for a in actors):
            return "alleged"
        own = any(_same(source, actor) for actor in actors)  # who tells its own deed owns up to it
        if source.kind in {"media", "anonymous"} and source.id is None and actors and not own:
            return "alleged"
    return act.modality


def _confidence(act: Act, actors: tuple[Actor, ...], recipients: tuple[Actor, ...]) -> float:
    value = 0.55 + 0.15 * bool(actors) + 0.1 * bool(recipients) + 0.1 * any(a.id for a in actors)
    value -= 0.2 * act.nominal
    return round(min(0.95, value - 0.05 * max(0, len(act.layers) - 2)), 2)


def _steps(act: Act, settled: Act, scope: Scope) -> tuple[str, ...]:
    steps = [
        f"word: {act.core.text!r}"
        + (f", governed by {act.token.text!r}" if act.token.i != act.core.i else "")
    ]
    steps.append("layers from the inside out: " + ", ".join(act.layers))
    if act.notes:
        steps.append("frame: " + ", ".join(act.notes))
    if settled.type != act.type:
        steps.append(f"turned from {act.type} to {settled.type}")
    steps.append("actors from: " + (", ".join(t.text for t in act.actors) or "nobody named"))
    if act.recipients:
        steps.append("recipients from: " + ", ".join(t.text for t in act.recipients))
    return tuple(steps)


# -- the act's own part of the sentence ----------------------------------------------------------------------------------


# -- modes and merging ------------------------------------------------------------------------------------------------


WEAPONS = frozenset(word for _, words in INSTRUMENTS for word in words) - {"air", "gunman", "suicide"} | {
    "projectile",
    "munition",
    "gun",
}
