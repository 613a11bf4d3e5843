"""Draft a case file from a situation: who can do what, what each demands and refuses, each line with its grounds.

Nothing here decides: acts become options, positions and agreements become wants, and what the evidence does not say is
marked `inferred` or `assumption`. Announcements count less than acts; the order of priorities is only a first guess,
marked as the analyst's, and every decider has a `spread` so that it is always drawn over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sitroom.errors import BadInput
from sitroom.strategy.bearing import aim_at, bears_on, names_of, party, slug, stems
from sitroom.strategy.exchange import write_case
from sitroom.strategy.score import act_of
from sitroom.vocabulary.situation import Incident, Position, Situation
from sitroom.vocabulary.strategy import Decider, Game, Grounds, Later, Note, Option, Want
from sitroom.vocabulary.world import Actor, Period

ACTS = {
    "ASSAULT": "attack", "COERCE": "coerce", "MOBILIZE": "mobilise forces against", "SANCTION": "sanction",
    "PROTEST": "protest against", "AID": "aid", "COOPERATE": "cooperate with", "RETREAT": "pull forces back",
}  # fmt: skip
HOSTILE = {"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "PROTEST"}
FOR = {"demands", "wants", "supports"}
AGAINST = {"refuses", "opposes"}
IN_FORCE = {"proposed", "agreed", "signed", "in-force", "in force", "holding", "implemented", "reaffirmed"}
STAYS = {
    "deployed-to",
    "fights-in",
    "based-at",
    "present-in",
    "present",
    "has-base",
    "controls",
    "patrols",
    "holds",
    "is",
    "base",
}
COMMENTS = (
    "A draft from the room. Before you use it: read every line, mend labels, add what the reports do not say.",
    "`basis` tells evidence (ids in the room) from what was inferred and what is assumed. The order of priorities is not",
    "in the evidence: it is the analyst's to decide, and `spread` lets it shift by so many places in every draw.",
)
RECENT_DAYS = 365


@dataclass
class _Draft:
    """What is being collected."""

    issue: str
    as_of: date | None
    names: dict[str, str] = field(default_factory=dict)
    options: dict[str, Option] = field(default_factory=dict)
    wants: list[tuple[float, Want]] = field(default_factory=list)
    notes: dict[str, Note] = field(default_factory=dict)

    def want(self, weight: float, of: str, that: str, label: str, grounds: Grounds, sure: float) -> None:
        """Add a want, or its evidence to the same want of the same decider."""
        for place, (old, want) in enumerate(self.wants):
            if want.of == of and want.that == that:
                merged = Grounds(
                    min(want.grounds.basis, grounds.basis, key=("evidence", "inferred", "assumption").index),
                    tuple(dict.fromkeys((*want.grounds.evidence, *grounds.evidence))),
                    want.grounds.why or grounds.why,
                )
                changed = replace(want, grounds=merged, sure=max(want.sure, sure))
                self.wants[place] = (max(old, weight), changed)
                return
        self.wants.append((weight, Want("", of, that, label, sure=round(sure, 2), grounds=grounds)))


def draft_case(
    situation: Situation,
    issue: str,
    as_of: date | None = None,
    most_deciders: int = 5,
    most_options: int = 10,
    later: Sequence[Later] = (),
) -> str:
    """The text of a case file on `issue` as of `as_of` (default: the situation's day).

    What happened after that day is left out; what was known only later must be left out of the situation already (its
    `known_by`). Raises BadInput, with the issues that the room knows, when nothing bears on the issue.
    """
    day = as_of or situation.on or situation.known_by
    names = names_of(situation)
    subject = next((key for key, name in names.items() if stems(name) and stems(name) <= stems(issue)), "")
    told = [p for p in situation.positions if _before(p.period, day)]
    positions = [aim_at(p, subject, names) for p in told if bears_on(p, issue, names.get(subject, ""))]
    if not positions:
        known = ", ".join(sorted({p.issue for p in situation.positions})[:20]) or "none"
        raise BadInput(
            f"nobody takes a position on {issue!r} in this room", hint=f"issues in the room: {known}"
        )
    incidents = [
        i
        for i in situation.incidents
        if _before(i.period, day) and i.status not in ("denied", "hypothetical")
    ]
    draft = _Draft(issue, day, names)
    who = _deciders(draft, positions, incidents, most_deciders)
    _act_options(draft, incidents, who)
    _presence_options(draft, situation, who, day)
    _demand_options(draft, positions, who)
    _keep(draft, most_options)
    _wants_from_positions(draft, positions, who)
    _wants_from_acts(draft, situation, who)
    _pressure(draft)
    _agreement_wants(draft, situation, who, day)
    return write_case(_game(draft, who, later), COMMENTS)


def _before(period: Period, day: date | None) -> bool:
    return day is None or period.start is None or period.start <= day


def _deciders(
    draft: _Draft, positions: Sequence[Position], incidents: Sequence[Incident], most: int
) -> list[str]:
    """Who matters most: acts count three times as much as speech, being addressed counts like speaking."""
    weights: dict[str, float] = {}

    def count(actors: Iterable[Actor], weight: float) -> None:
        for actor in actors:
            key = party(actor)
            weights[key] = weights.get(key, 0.0) + weight
            draft.names.setdefault(key, actor.name)

    for position in positions:
        count([position.actor], 1.0)
        count([position.target] if position.target else [], 1.0)
    concerned = set(weights)
    for incident in incidents:
        parties = {party(actor) for actor in (*incident.actors, *incident.recipients)}
        if incident.type in ACTS and parties & concerned:
            count(incident.actors, 3.0 / max(1, len(incidents)) ** 0.5)
            count(incident.recipients, 1.0 / max(1, len(incidents)) ** 0.5)
    return sorted(weights, key=lambda key: (-weights[key], key))[:most]


def _act_options(draft: _Draft, incidents: Sequence[Incident], who: Sequence[str]) -> None:
    """An option for every kind of material act that a decider did to another one."""
    groups: dict[tuple[str, str, str], list[Incident]] = {}
    for incident in incidents:
        for actor in incident.actors if incident.type in ACTS else ():
            targets = {party(recipient) for recipient in incident.recipients} - {party(actor)}
            targets = set() if incident.type == "RETREAT" else targets
            for target in targets or {""}:
                if party(actor) in who and (target in who or (not target and incident.type == "RETREAT")):
                    groups.setdefault((party(actor), incident.type, target), []).append(incident)
    for (doer, kind, target), found in groups.items():
        recent = [i for i in found if i.status != "expected" and _recent(i.period, draft.as_of)]
        declared = f"act {kind} by {doer}" + (f" on {target}" if target else "")
        told = f"{len(found)} incident{'s' * (len(found) > 1)} in the room"
        grounds = Grounds("evidence", _evidence(draft, found), f"{declared}; {told}")
        label = f"{ACTS[kind]} {draft.names.get(target, '')}".strip()
        name = slug(doer, kind, target) if target else slug(doer, kind)
        draft.options[name] = Option(name, doer, label, bool(recent), grounds=grounds)


def _recent(period: Period, day: date | None) -> bool:
    last = period.end or period.start
    return last is None or day is None or last >= day - timedelta(days=RECENT_DAYS)


def _evidence(draft: _Draft, incidents: Sequence[Incident], most: int = 5) -> tuple[str, ...]:
    """The latest events behind some incidents; their summaries become notes."""
    ordered = sorted(incidents, key=lambda i: i.period.start or date.min, reverse=True)[:most]
    for incident in ordered:
        for event in incident.events[:1]:
            report = incident.reports[0] if incident.reports else ""
            draft.notes[event] = Note(
                event, incident.summary or incident.type.lower(), "event in the room", report
            )
    return tuple(event for incident in ordered for event in incident.events[:1])


def _presence_options(draft: _Draft, situation: Situation, who: Sequence[str], day: date | None) -> None:
    """An option to keep forces in a country, for whoever is reported to be there."""
    groups: dict[tuple[str, str], list[str]] = {}
    for presence in situation.presences:
        where = presence.place.country or presence.place.name
        abroad = where and where != party(presence.actor)
        if (
            abroad
            and presence.kind in STAYS
            and _before(presence.period, day)
            and party(presence.actor) in who
        ):
            groups.setdefault((party(presence.actor), where), []).extend(presence.because)
    for (holder, where), because in groups.items():
        gone = draft.options.get(slug(holder, "RETREAT"))
        if gone and gone.now:
            doubt = "; yet its presence is reported too: not counted as done"
            changed = replace(gone.grounds, why=gone.grounds.why + doubt)
            draft.options[gone.id] = replace(gone, now=False, grounds=changed)
        name = slug(holder, "stay", where)
        grounds = Grounds("evidence", tuple(dict.fromkeys(because))[:5], f"reported present in {where}")
        draft.options[name] = Option(
            name, holder, f"keep forces in {draft.names.get(where, where)}", True, grounds=grounds
        )


def _demand_options(draft: _Draft, positions: Sequence[Position], who: Sequence[str]) -> None:
    """An option to comply, for everybody of whom something is demanded."""
    for position in positions:
        if position.target is None or party(position.target) not in who or position.stance not in FOR:
            continue
        if party(position.target) == party(position.actor):
            continue
        target, name = party(position.target), _comply(position)
        old = draft.options.get(name)
        because = tuple(dict.fromkeys((*(old.grounds.evidence if old else ()), *position.because)))[:5]
        _note_quotes(draft, position)
        grounds = Grounds(
            "inferred", because, "asked for; whether it is done already is for the analyst to say"
        )
        draft.options[name] = Option(name, target, f"give way on {position.issue}", grounds=grounds)


def _comply(position: Position) -> str:
    assert position.target is not None
    return slug(party(position.target), "yield", position.issue)


def _note_quotes(draft: _Draft, position: Position) -> None:
    for one, quote in zip(position.because, position.quotes, strict=False):
        said = ", ".join(who.name for who in position.said_by) or position.actor.name
        draft.notes[one] = Note(one, quote.words, f"{said}, statement in the room", quote.report)


def _keep(draft: _Draft, most: int) -> None:
    """The options with most evidence; at most a third of them for one owner (but at least two)."""
    ordered = sorted(draft.options.values(), key=lambda o: (-len(o.grounds.evidence), o.id))
    each = max(2, -(-most // 3))
    kept: list[Option] = []
    for option in ordered:
        if sum(other.owner == option.owner for other in kept) < each and len(kept) < most:
            kept.append(option)
    draft.options = {option.id: option for option in kept}
    if not draft.options:
        raise BadInput(
            f"the room shows no acts and no demands on {draft.issue!r}",
            hint="read more reports, or write the case by hand",
        )


def _wants_from_positions(draft: _Draft, positions: Sequence[Position], who: Sequence[str]) -> None:
    """What was said: demands and refusals, on evidence; speech counts less than acts (`sure` at most 0.8)."""
    for position in positions:
        actor = party(position.actor)
        if actor not in who:
            continue
        _note_quotes(draft, position)
        sure = min(0.8, 0.4 + 0.5 * position.confidence)
        weight = 2.0 * position.strength + len(set(position.because)) * 0.5
        grounds = Grounds(
            "evidence", tuple(dict.fromkeys(position.because))[:5], f"{position.stance}: {position.issue}"
        )
        if position.target is not None and _comply(position) in draft.options:
            option = draft.options[_comply(position)]
            wished = position.stance in FOR | {"offers"}
            owner = draft.names[option.owner]
            label = f"{owner} {'gives' if wished else 'does not give'} way on {position.issue}"
            if position.stance in FOR | AGAINST or (position.stance == "offers" and option.owner == actor):
                that = option.id if wished else f"not {option.id}"
                draft.want(weight, actor, that, label, grounds, sure)
            if position.stance in FOR and option.owner != actor:
                reason = Grounds("assumption", (), "who is asked would rather not")
                draft.want(
                    0.5, option.owner, f"not {option.id}", f"not give way on {position.issue}", reason, 0.7
                )
        elif position.stance in AGAINST:
            for option in draft.options.values():
                if option.owner == actor and "yield" in option.id and bears_on(position, option.label):
                    draft.want(
                        weight,
                        actor,
                        f"not {option.id}",
                        f"does not give way on {position.issue}",
                        grounds,
                        sure,
                    )


def _wants_from_acts(draft: _Draft, situation: Situation, who: Sequence[str]) -> None:
    """What acts show: who does a thing wants to; who suffers it does not; friends of who suffers do not either."""
    for option in draft.options.values():
        if "yield" in option.id.split("-"):
            continue
        evidence = option.grounds.evidence
        if option.now:
            reason = Grounds("inferred", evidence, "it goes on doing so")
            draft.want(
                1.5 + 0.3 * len(evidence), option.owner, option.id, f"go on to {option.label}", reason, 0.8
            )
        kind, _, target = act_of(option) or ("", "", "")
        if target in who:
            hostile = kind in HOSTILE
            that = f"not {option.id}" if hostile else option.id
            label = f"{draft.names[option.owner]} does {'not ' if hostile else ''}{option.label}"
            draft.want(
                1.0 + 0.2 * len(evidence),
                target,
                that,
                label,
                Grounds("inferred", evidence, "it is done to it"),
                0.8,
            )
            for friend, because in _friends(situation, target, who):
                if hostile and friend != option.owner and not _attacks(draft, friend, target):
                    reason = Grounds("inferred", because, f"stands with {draft.names[target]}")
                    draft.want(0.4, friend, that, label, reason, 0.6)


def _attacks(draft: _Draft, who: str, whom: str) -> bool:
    acts = [act_of(option) or ("", "", "") for option in draft.options.values()]
    return any(kind in HOSTILE and (by, on) == (who, whom) for kind, by, on in acts)


def _pressure(draft: _Draft) -> None:
    """Assumed: who is attacked may give way, and who attacks for a demand may stop once it is met."""
    for given in [option for option in draft.options.values() if "yield" in option.id.split("-")]:
        for option in draft.options.values():
            kind, by, on = act_of(option) or ("", "", "")
            if kind in HOSTILE and on == given.owner and by != on:
                reason = Grounds("assumption", (), "pressure may tell")
                label = f"give way while {draft.names[by]} goes on to {option.label}"
                draft.want(0.7, on, f"if {option.id} then {given.id}", label, reason, 0.15)
                reason = Grounds("assumption", (), "the demand would be met")
                draft.want(
                    0.7,
                    by,
                    f"if {given.id} then not {option.id}",
                    f"stop once {draft.names[on]} gives way",
                    reason,
                    0.6,
                )


def _friends(situation: Situation, target: str, who: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Deciders with a friendly tie to somebody."""
    found: dict[str, tuple[str, ...]] = {}
    for tie in situation.ties:
        ends = party(tie.source), party(tie.target)
        if tie.sign > 0 and target in ends and ends[0] != ends[1]:
            other = ends[0] if ends[1] == target else ends[1]
            if other in who:
                found[other] = (*found.get(other, ()), *tie.because)[:5]
    return list(found.items())


def _agreement_wants(draft: _Draft, situation: Situation, who: Sequence[str], day: date | None) -> None:
    """Parties to an agreement in force want what they do to each other under it not to be hostile."""
    for agreement in situation.agreements:
        parties = [key for key in dict.fromkeys(party(actor) for actor in agreement.parties) if key in who]
        if len(parties) < 2 or agreement.status.lower() not in IN_FORCE or not _before(agreement.period, day):
            continue
        grounds = Grounds(
            "inferred",
            agreement.because[:5],
            f"agreement {agreement.status}: {agreement.subject}".strip(": "),
        )
        for one, quote in zip(agreement.because, agreement.terms, strict=False):
            draft.notes[one] = Note(one, quote.words, "agreement in the room", quote.report)
        for option in draft.options.values():
            kind, _, on = act_of(option) or ("", "", "")
            if kind in HOSTILE and option.owner in parties and on in parties:
                draft.want(0.6, option.owner, f"not {option.id}", "keep the agreement", grounds, 0.5)


def _game(draft: _Draft, who: Sequence[str], later: Sequence[Later]) -> Game:
    """The collected lines as a game: wants in order of weight, ranks numbered, rough edges marked as assumed."""
    owners = [key for key in who if any(option.owner == key for option in draft.options.values())]
    wants: list[Want] = []
    for owner in owners:
        own = sorted((pair for pair in draft.wants if pair[1].of == owner), key=lambda pair: -pair[0])
        wants += [
            replace(want, id=f"{owner}-{n}", rank=(float(n), float(n))) for n, (_, want) in enumerate(own, 1)
        ]
    used = {one for option in draft.options.values() for one in option.grounds.evidence}
    used |= {one for want in wants for one in want.grounds.evidence}
    return Game(
        id=slug(draft.issue, str(draft.as_of or "")).strip("-"),
        title=draft.issue,
        deciders=tuple(Decider(key, draft.names[key], spread=1.5) for key in owners),
        options=tuple(sorted(draft.options.values(), key=lambda o: owners.index(o.owner))),
        wants=tuple(wants),
        as_of=draft.as_of,
        source="drafted from a room",
        notes={one: note for one, note in draft.notes.items() if one in used},
        later=tuple(later),
    )
