"""Where and when an act took place: the places and times of its own clause, with their roles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise, takewhile

from sitroom.coding.modality import Act
from sitroom.coding.scope import PlaceSpan, Scope
from sitroom.language import clause
from sitroom.language.dates import Time
from sitroom.language.tree import Token
from sitroom.vocabulary import Actor, Modality, Period, Place
from sitroom.vocabulary.world import PlaceRole

BACKGROUND_DAYS, NEWS_DAYS = 400, 31
VERBAL = {"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}


# -- how far a word stands from an act ------------------------------------------------------------------------------------

CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis", "pcomp", "xcomp", "conj"})


@dataclass(frozen=True, slots=True)
class _Way:
    """The clause heads between a word and the words of an act: passed on the word's side, and on the act's side."""

    inner: tuple[Token, ...]
    outer: tuple[Token, ...]
    meet: Token


def _way(token: Token, act: Act, roots: frozenset[int]) -> _Way:
    """How one gets from a word to the act: up to a word of the act, or to the first word above both."""
    above = {t.i for t in act.token.ancestors}
    inner: list[Token] = []
    meet = token
    while meet.i not in roots and meet.i not in above and meet.head.i != meet.i:
        if meet.dep_ in CLAUSES and meet.pos_ in {"VERB", "AUX"} and not _names_only(meet):
            inner.append(meet)
        meet = meet.head
    outer: list[Token] = []
    step = act.token
    while meet.i not in roots and step.i != meet.i and step.head.i != step.i:
        if step.dep_ in CLAUSES:
            outer.append(step)
        step = step.head
    return _Way(tuple(inner), tuple(outer), meet)


def _names_only(step: Token) -> bool:
    """ "bombed what it called a camp near Balakot": naming a thing is no happening of its own."""
    return step.lemma_ in {"call", "describe", "term", "label"} and any(c.tag_ == "WP" for c in step.children)


def _roots(act: Act) -> frozenset[int]:
    """The words of the act: its core, the word that governs it, and the light verb of a noun."""
    roots = {act.token.i, act.core.i}
    verb = clause.governor_verb(act.token) if act.nominal else None
    return frozenset(roots | ({verb.i} if verb is not None else set()))


def _runs_on(step: Token, meet: Token) -> bool:
    """True for a clause that tells on in the same breath: "..., killing two", "and burned it", ", where they signed"."""
    if any(c.dep_ == "aux" and c.lower_ == "had" for c in step.children):
        return False
    own = any(clause.children(step, "nsubj", "nsubjpass", "csubj"))
    if step.dep_ == "relcl":
        comma = any(t.text == "," for t in step.doc[step.head.i : step.i])
        return comma and step.head.i > meet.i
    return step.dep_ == "xcomp" or (step.dep_ in {"advcl", "conj"} and not own)


# -- when -----------------------------------------------------------------------------------------------------------------


def find_period(act: Act, settled: Act, scope: Scope) -> tuple[Period, bool]:
    """The time expression of the act's own clause, else of the clause it hangs on, else the window that the tense allows."""
    if _is_years_before(act.token):
        return Period(None, None, "unknown"), True
    published = scope.news
    roots, anchor = _roots(act), scope.here.offset(act.token)
    if settled.type in {"ACCUSE", "REJECT"} and act.core.i != act.token.i:
        roots = frozenset({act.token.i})  # when it was said, not when what is said was done
    onward = any(c.lower_ == "since" for c in clause.children(act.token, "advmod"))  # "has since captured"
    ranked: list[tuple[int, int, Period]] = []
    for time in scope.times:
        token = _word_of(time, scope)
        rank = _rank(token, act, roots, settled.type in VERBAL) if token is not None else None
        if rank is None and token is not None and _is_recent(time.period, published):
            rank = 3 if _trails(token, act, roots) and not _dates_a_thing(token, roots) else None
        if token is None or rank is None:
            continue
        since = onward or any(t.lower_ == "since" and t.i not in roots for t in token.ancestors)
        period = time_told(time, settled.type, published, since=since)
        if period is not None:
            ranked.append((rank, abs(time.start - anchor), period))
    if ranked:
        period = min(ranked, key=lambda r: r[:2])[2]
        return period, is_old(period, published)
    return by_tense(settled.type, settled.modality, published), False


def time_told(time: Time, type: str, published: Period | None, *, since: bool = False) -> Period | None:
    """What a time expression says of when an act of the type was done; None where it dates only what is promised."""
    period = time.period
    if time.opens or since:
        period = Period(period.start, published.end if published else None, "since")
    ahead = published and published.end and period.start and period.start > published.end
    return None if ahead and type in VERBAL else period  # what is promised for May is promised now


def _is_years_before(token: Token) -> bool:
    """ "... five years after crowds burned it": what the years are counted from is background."""
    for step in (token, *token.ancestors):
        if step.dep_ == "advcl":
            counted = any(
                c.lemma_ in {"year", "decade", "century"} for c in clause.children(step, "npadvmod")
            )
            return counted and any(c.lower_ in {"after", "since"} for c in clause.children(step, "mark"))
    return False


def _word_of(time: Time, scope: Scope) -> Token | None:
    """The word of a time expression that the sentence hangs it on: of "in last month's exchange" the month."""
    inside = [t for t in scope.here.doc if scope.here.end(t) > time.start and scope.here.offset(t) < time.end]
    tops = [t for t in inside if t.head not in inside]
    return next((t for t in tops if t.dep_ == "poss"), tops[0] if tops else None)


def _rank(token: Token, act: Act, roots: frozenset[int], verbal: bool) -> int | None:
    """0 for a time of the act's own clause, 1 of one it hangs on, 2 of one that tells of the same happening; None for others."""
    if _dates_a_thing(token, roots):
        return None
    way = _way(token, act, roots)
    if way.meet.i == token.i:  # "on Friday, when they met"
        return 0
    if _of_another(token, roots) or (verbal and _is_deadline(token)):
        return None
    if any(s.dep_ == "relcl" and s.i < token.i < act.token.i for t in act.actors for s in t.children):
        return None  # "troops who had trained there last summer entered"
    if any(_starts_anew(step, way.meet, token) for step in way.outer):
        return None
    if way.meet.i not in roots and any(
        step.dep_ in {"relcl", "acl"} and not _runs_on(step, way.meet) and not _happens(step)
        for step in way.outer
    ):
        return None
    if not way.inner:
        return 0 if way.meet.i in roots else 1
    if len(way.inner) > 1 or verbal:
        return None
    step = way.inner[0]
    if step.dep_ == "advcl":
        return (
            2
            if any(c.lower_ in {"when", "as", "while"} for c in step.children) or _runs_on(step, way.meet)
            else None
        )
    return 2 if (step.dep_ in {"xcomp", "conj"} and _runs_on(step, way.meet)) or _happens(step) else None


def _starts_anew(step: Token, meet: Token, token: Token) -> bool:
    """ "X has closed the road since May, and Y asked ...": what stands late in the clause before says nothing of the next."""
    own = any(clause.children(step, "nsubj", "nsubjpass"))
    return step.dep_ == "conj" and own and meet.i < token.i < step.left_edge.i


def _is_recent(period: Period, published: Period | None) -> bool:
    """True for a day of the weeks before publication: news, not background."""
    if published is None or published.end is None or period.start is None or period.end is None:
        return False
    return period.end <= published.end and (published.end - period.start).days <= NEWS_DAYS


def _trails(token: Token, act: Act, roots: frozenset[int]) -> bool:
    """ "bombed a depot used by the rebels on Thursday", "killed ten who tried to cross on 3 May": a recent day at the end dates both."""
    way = _way(token, act, roots)
    after = way.meet.i in roots and token.i > act.token.i
    return after and all(
        step.dep_ in {"relcl", "acl", "xcomp"}
        and not any(c.lower_ in {"had", "since"} for c in step.children)
        for step in way.inner
    )


SIDELINES = frozenset({"after", "before", "following", "despite", "amid"})


def _of_another(token: Token, roots: frozenset[int]) -> bool:
    """True for a word that says when or where something else was: "shelled it after the raid on Monday", "a day after riots in X"."""
    path = list(takewhile(lambda step: step.i not in roots, (token, *token.ancestors)))
    for inner, outer in pairwise(path):
        if outer.lower_ in SIDELINES and outer.dep_ in {"prep", "mark"} and inner.dep_ == "pobj":
            return inner.i != token.i and not clause.is_date(inner)
    return False


def _is_deadline(token: Token) -> bool:
    """True for "by Friday", "before the end of May", "until June": when what is asked for or promised is due."""
    return any(t.dep_ == "prep" and t.lower_ in {"by", "until", "before"} for t in (token, *token.ancestors))


def _happens(step: Token) -> bool:
    """True for a relative clause or participle about something that happens: "the raid, which began on Monday"."""
    return step.dep_ in {"relcl", "acl"} and step.head.lemma_.lower() in clause.HAPPENINGS


def _dates_a_thing(token: Token, roots: frozenset[int]) -> bool:
    """True in "violated the 2015 deal": the year belongs to what is spoken of, not to what is done to it."""
    if (
        token.dep_ not in {"compound", "nummod", "amod", "nmod", "poss"}
        or clause.is_date(token.head)
        or token.head.i in roots
    ):
        return False
    noun = token.head
    if noun.pos_ not in {"NOUN", "PROPN"}:
        return False
    asked = noun.dep_ == "pobj" and noun.head.lower_ not in {
        "in",
        "during",
        "since",
        "after",
        "at",
        "until",
        "amid",
        "throughout",
    }
    return noun.dep_ in {"dobj", "attr", "appos", "conj"} or asked


def is_old(period: Period, published: Period | None) -> bool:
    """True for background: what ended more than BACKGROUND_DAYS before the report."""
    if published is None or published.start is None or period.end is None:
        return False
    return (published.start - period.end).days > BACKGROUND_DAYS


def by_tense(type: str, modality: Modality, published: Period | None) -> Period:
    """Without an expression: past and present acts of news lie in the weeks before, future ones after publication."""
    if published is None or published.end is None:
        return Period(None, None, "unknown")
    ahead = modality in {"planned-or-possible", "hypothetical"}
    if modality == "hypothetical" or (ahead and type not in {"AGREE", "THREATEN", "CONCEDE"}):
        return Period(published.start, None, "tense")
    start = published.start or published.end
    return Period(_days_before(start, 14) if start == published.end else start, published.end, "tense")


def _days_before(day: date, days: int) -> date:
    return date.fromordinal(max(1, day.toordinal() - days))


# -- where ----------------------------------------------------------------------------------------------------------------

LAND = frozenset(
    {"territory", "area", "land", "region", "town", "city", "village", "district", "position", "base", "part"}
)
"""What is taken or left lies where a clause about it says: "recaptured the land that they once held in the north"."""
TALKS_OF = frozenset({"discuss", "talk", "speak", "negotiate", "review", "raise"})
NEAR = 4
"""So many words apart a town and the country after it are one place: "Kidal, in Mali"."""
TOWARDS = frozenset({"to", "into", "toward", "towards", "onto"})
AWAY = frozenset({"from", "out"})


def find_places(act: Act, settled: Act, scope: Scope) -> tuple[Place, ...]:
    """Places of the act's own clause, nearest first, with their roles; else of the clause it hangs on or is hung on by."""
    roots = _roots(act)
    reached: dict[int, list[PlaceSpan]] = {}
    for span in scope.places:
        rank = _reach(span, act, roots, settled)
        if rank is not None:
            reached.setdefault(rank, []).append(span)
    found: dict[str, Place] = {}
    if 0 not in reached and (about := _antecedent_place(act, scope)) is not None:
        return (replace(about.place, role="about" if settled.type in VERBAL else "where"),)
    if settled.type == "CONSULT" and act.core.lemma_ in TALKS_OF and 2 in reached:
        for span in reached.pop(0, ()):  # "discussed a zone in the south when they met in Oran"
            found[span.place.name] = replace(span.place, role="about")
    for rank in sorted(reached):
        if any(place.role == "where" for place in found.values()) or (
            rank > 1 and settled.type in VERBAL and found
        ):
            break
        if rank > 1 and len({span.place.name for span in reached[rank]}) > 1:
            continue  # which of them it is, nobody says
        for span in sorted(reached[rank], key=lambda p: _distance(p, act)):
            found.setdefault(span.place.name, replace(span.place, role=_role(span, act, settled, roots)))
    return _finest_first(list(found.values()))


GRAIN = {"region": 0, "country": 1, "admin1": 2, "area": 3, "place": 4, "point": 5}


def _finest_first(places: list[Place]) -> tuple[Place, ...]:
    """Of "in Mali, ... a camp in Bourem" Bourem: a place goes before the unit or the country that holds it."""
    for outer in [p for p in places if p.precision in {"country", "admin1", "region"}]:
        inner = [
            p for p in places
            if p.role == outer.role and p.country == outer.country and GRAIN[p.precision] > GRAIN[outer.precision]
            and (outer.precision != "admin1" or p.admin1 in {outer.admin1, None})
        ]  # fmt: skip
        if inner:
            places.remove(outer)
            places.insert(max(places.index(p) for p in inner) + 1, outer)
    return tuple(places)


def _distance(span: PlaceSpan, act: Act) -> tuple[bool, bool, int]:
    return span.slot == "name", not _attached(span.token, act), abs(span.token.i - act.core.i)


def _reach(span: PlaceSpan, act: Act, roots: frozenset[int], settled: Act) -> int | None:
    """0 for a place of the act's own clause, up to 3 for one of a clause around it; None for places of other things."""
    if span.slot == "event":
        if span.token.head.i in roots:
            return 0
        return 1 if settled.type == "ASSAULT" and span.token.head in clause.subjects(act.token) else None
    if _of_another(span.token, roots):
        return None
    way = _way(span.token, act, roots)
    if way.meet.i in roots:
        return _reach_down(way, settled, moved=span.slot in AWAY | TOWARDS)
    if way.inner or any(step.dep_ != "ccomp" and not _runs_on(step, way.meet) for step in way.outer):
        return None
    if not any(step.dep_ == "ccomp" for step in way.outer):
        return 1
    spoken = way.meet.i < span.token.i and _hangs_on(span.token).i == way.meet.i
    return 3 if not spoken and span.slot != "name" else None


def _reach_down(way: _Way, settled: Act, *, moved: bool) -> int | None:
    """How near a place is that stands below the act: in its clause, in what is said, in a clause that tells on."""
    verbal = settled.type in VERBAL
    steps = [
        s for s in way.inner
        if not (s.dep_ == "acl" or (s.dep_ == "relcl" and s.head.lemma_.lower() in LAND) or (verbal and s.dep_ in {"ccomp", "xcomp", "pcomp"}))
    ]  # fmt: skip
    if not steps:
        return 0
    when = any(c.lower_ in {"when", "as", "while"} for c in steps[0].children)
    if when and moved and any(clause.children(steps[0], "nsubj", "nsubjpass")):
        return None  # "X shelled Y as Z flew to Rome"
    return (
        2
        if len(steps) == 1 and ((steps[0].dep_ == "advcl" and when) or _runs_on(steps[0], way.meet))
        else None
    )


def _role(span: PlaceSpan, act: Act, settled: Act, roots: frozenset[int]) -> PlaceRole:
    """Where it happened, from where, to where; what a verbal act or a talk is only about."""
    if settled.type in VERBAL:
        return "where" if _spoken_in(span.token, act) else "about"
    if settled.type == "CONSULT" and _in_topic(span.token, act, roots):
        return "about"
    if span.slot in AWAY:
        return "where" if settled.type == "RETREAT" else "from"
    if span.slot in TOWARDS:
        return "where" if settled.type in {"MOBILIZE", "CONSULT", "AID", "ASSAULT"} else "to"
    return "where"


def _spoken_in(token: Token, act: Act) -> bool:
    """True for the place right after the verb of speech or agreement: "agreed in Luanda to ...", not what it is about."""
    preposition = token.head if token.dep_ == "pobj" else token
    if preposition.lower_ not in {"in", "at"} or preposition.head.i != act.token.i or act.nominal:
        return False
    return all(
        clause.is_date(t) or t.pos_ in {"ADP", "ADV", "DET", "NUM"}
        for t in token.doc[act.token.i + 1 : preposition.i]
    )


def _hangs_on(token: Token) -> Token:
    return token.head.head if token.dep_ == "pobj" else token.head


def _antecedent_place(act: Act, scope: Scope) -> PlaceSpan | None:
    """The place that a relative clause is about: "Arauca, where they attacked a post", "a town that rebels shelled"."""
    verb = act.token
    while verb.dep_ in {"xcomp", "conj", "dobj", "pobj", "prep"} and verb.head.i != verb.i:
        verb = verb.head
    if verb.dep_ != "relcl":
        return None
    link = next(
        (c for c in verb.subtree if c.tag_ in {"WRB", "WDT"} and c.lower_ in {"where", "which", "that"}), None
    )
    if link is None or link.i > verb.i:
        return None
    if link.lower_ == "where" or link.head.lower_ in {"in", "at", "near", "from", "into"}:
        before = [p for p in scope.places if p.token.i < link.i]
        last = max(before, key=lambda p: p.token.i, default=None)
        if last is not None:  # of "Kidal, in Mali, where" the town
            near = [
                p
                for p in before
                if last.token.i - p.token.i <= NEAR and p.place.country == last.place.country
            ]
            return max(near, key=lambda p: GRAIN[p.place.precision])
    elif link.dep_ == "dobj":
        before = [p for p in scope.places if p.token.i == verb.head.i]
    else:
        return None
    return max(before, key=lambda p: p.token.i, default=None)


def at_home(
    act: Act, actors: Sequence[Actor], recipients: Sequence[Actor], scope: Scope
) -> tuple[Place, ...]:
    """A visit takes place in the host's country, aid reaches the recipient's: the country, where no place is named."""
    if not (act.mode == "visit" or act.type == "AID") or act.modality not in {"asserted", "alleged"}:
        return ()
    for host in recipients:
        if host.country and all(host.country != actor.country for actor in actors):
            place = scope.country(host.country)
            return (place,) if place is not None else ()
    return ()


def _in_topic(token: Token, act: Act, roots: frozenset[int]) -> bool:
    """True for a place inside what is talked about: "discussed a zone in the south"."""
    within = takewhile(lambda step: step.i not in roots, token.ancestors)
    return any(
        step.dep_ == "dobj"
        and step.head.i == act.token.i
        and not step.ent_type_
        and step.lemma_.lower() not in clause.HAPPENINGS  # "held talks in Moscow"
        for step in within
    )


def _attached(token: Token, act: Act) -> bool:
    """True when the place hangs on the act's own word, not on the topic or object of it."""
    head = token.head.head if token.dep_ == "pobj" else token.head
    return head.i in {act.token.i, act.core.i}
