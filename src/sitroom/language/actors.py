"""Whom a noun phrase means: catalogue names, offices by date, composed actors, owners of things, pronouns."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sitroom.catalogues import ActorEntry, Actors
from sitroom.catalogues.nouns import NounEntry, Nouns
from sitroom.language import clause, phrase
from sitroom.language.coreference import Memory
from sitroom.language.names import Name
from sitroom.language.reading import ParsedSentence
from sitroom.language.tree import Span, Token
from sitroom.vocabulary import Actor

SPEAKING_TROOPS = frozenset(
    ["force", "troop", "soldier", "pilot", "sailor", "unit", "brigade", "commando", "special"]
)
CREWED = frozenset(
    [
        "convoy",
        "garrison",
        "patrol",
        "contingent",
        "sniper",
        "airman",
        "serviceman",
        "marine",
        "infantry",
        "reservist",
        "conscript",
        "gunner",
        "paratrooper",
        "regular",
    ]
)
KINDS = {
    "coalition": {"coalition", "organisation"}, "alliance": {"coalition", "organisation"}, "bloc": {"coalition", "organisation", "party"},
    "party": {"party", "movement", "armed-group"},
}  # fmt: skip
"""What the catalogue must call a group that such a word may mean."""
AGAINST = {"opponent", "critic"}
"""Those of whom they are said to be are not their own."""
GONE = {"dissident", "defector", "deserter", "renegade"}
"""Those who have left whom they are said to be of."""
STATES = {"country", "nation", "neighbour", "neighbor", "state"}
ARMED = {"MIL", "COP", "REB", "UAF", "PRM", "CRM"}
STATES_OF = {"state of emergency", "state of siege", "state of alert", "state of war", "state of calamity"}
OLD = {"former", "ex", "late", "then", "ousted", "deposed", "exiled"}


@dataclass(frozen=True)
class Resolver:
    """Resolves noun phrases of one report to actors.

    `day` is the report's date, `home` its main country, `below` its sentences, for what a headline leaves open.
    """

    actors: Actors
    nouns: Nouns
    memory: Memory
    day: date | None
    home: str | None
    below: Sequence[ParsedSentence] = ()

    def resolve(self, head: Token, here: ParsedSentence, *, owner: bool = True) -> list[Actor]:
        """The actors that the phrase headed by `head` means; empty where it means nobody.

        With `owner`, things (a base, a depot, a decision) stand for whoever owns them.
        """
        head = clause.through_quantity(head)
        if head.lower_ == "two" and any(c.lower_ == "the" for c in head.children):
            return self.memory.last_two(here.index, here.offset(head))
        if head.pos_ == "PRON" or (head.lower_ in {"both", "former", "latter"} and head.dep_ != "det"):
            return self._pronoun(head, here)
        name = here.name_at.get(head.i)
        if name is not None and name.use == "demonym" and phrase.is_counted(head):
            text, start, end = phrase.phrase_of(head, here)
            return [Actor(text, None, text, start, end, name.entry.country, "CVL", phrase.number_of(head))]
        if name is not None and phrase.ends_phrase(name, head, here):
            return [self._named(name, head, here)]
        word = head.lemma_.lower()
        entry = self._noun(head)
        if (
            entry is not None
            and entry.kind == "person"
            and head.dep_ == "appos"
            and (person := self._beside(head, here))
        ):
            return person
        if phrase.is_sides(head):
            return self._sides(head, here)
        if phrase.is_two(head) and word in STATES:
            return self._two_states(head, here)
        if entry is not None:
            if phrase.is_two(head):
                return self.memory.last_two(here.index, here.offset(head))
            return self._shared(head, entry, here, owner) or self._composed(head, entry, here, owner)
        if name is not None:
            return [self._named(name, head, here)]
        if persons := self._beside(head, here):
            return persons
        if (
            (head.pos_ == "PROPN" or phrase.is_acronym(head))
            and head.ent_type_ in {"PERSON", "ORG", "NORP", ""}
            and not clause.is_date(head)
        ):
            return self._unknown_name(head, here)
        if owner and (holders := self._held_by(head, here)):
            return holders
        if owner and head.pos_ == "NOUN" and word:
            if any(how == "proxy" for _, how in self._modifiers(head, here)):
                return []
            owners = [
                t
                for t in phrase.owners(head)
                if t.dep_ != "pobj" or t.head.lower_ not in {"in", "at", "within"}
            ]
            return [a for modifier in owners for a in self._owner(modifier, here)][:1]
        return []

    def _beside(self, head: Token, here: ParsedSentence) -> list[Actor]:
        """ "The founder of the group, X": whatever a person is called, the name beside it says who it is."""
        names = phrase.appositives(head, here) if head.tag_ == "NN" else []
        if (
            head.tag_ == "NN" and head.dep_ == "appos" and head.head.i in here.name_at
        ):  # "X, the envoy who mediated"
            names = [head.head]
        persons = [t for t in names if here.name_at[t.i].entry.kind == "person"]
        return [self._named(here.name_at[t.i], t, here) for t in persons[:1]]

    def _two_states(self, head: Token, here: ParsedSentence) -> list[Actor]:
        """The two of one sentence before, else the two countries that the report has named most so far, else the last two."""
        at = here.offset(head)
        found = self.memory.last_two(here.index, at)
        starts = [actor.start or 0 for actor in found]
        if found and any(
            s.sentence.start <= min(starts) and max(starts) < s.sentence.end for s in self.below
        ):
            return found
        states = [self.actors.by_id[code] for code in self.memory.foremost(at) if code in self.actors.by_id]
        return [
            Actor(state.name, state.id, head.text, at, here.end(head), state.country, state.sector)
            for state in states
        ] or found

    def _sides(self, head: Token, here: ParsedSentence) -> list[Actor]:
        """The two sides of the report's conflict, in a headline those that the text below names; else as written."""
        known = self.memory.sides(here.index, here.offset(head))
        below = (pair for later in self.below for pair in self.opposed(later))
        if known or (known := next(below, [])):
            return known
        text, start, end = phrase.phrase_of(head, here)
        return [Actor(text, None, text, start, end)]

    def opposed(self, here: ParsedSentence) -> Iterator[list[Actor]]:
        """Pairs that a sentence sets against each other: "between A and B", "A and B blamed each other"."""
        for pair in phrase.opposed(here):
            sides = [found[0] for token in pair if len(found := self.resolve(token, here)) == 1]
            if len(sides) == 2:
                yield sides

    # -- names --------------------------------------------------------------------------------------------------------

    def _named(self, name: Name, head: Token, here: ParsedSentence) -> Actor:
        entry = name.entry
        last = next((t for t in reversed(here.doc) if here.name_at.get(t.i) is name), head)
        if (
            entry.id.endswith(".MIL")
            and entry.part_of
            and last.dep_ in {"amod", "compound"}
            and here.name_at.get(last.head.i) is not name
        ):
            entry = self.actors.by_id.get(
                entry.country or "", entry
            )  # "Iranian military sites" are Iran's, not the army's
        return self._actor(entry, entry.name, name.text, name.start, name.end)

    def _actor(self, entry: ActorEntry, label: str, text: str, start: int, end: int) -> Actor:
        return Actor(
            label,
            entry.id,
            text,
            start,
            end,
            entry.country,
            entry.sector or ("GOV" if entry.kind == "state" else None),
        )

    def _unknown_name(self, head: Token, here: ParsedSentence) -> list[Actor]:
        left = head.i
        doc = here.doc
        while (
            left > 0
            and doc[left - 1].dep_ in {"compound", "nmod"}
            and doc[left - 1].i not in here.name_at
            and doc[left - 1].pos_ == "PROPN"
        ):
            left -= 1
        words = Span(doc, left, head.i + 1)
        if not any(t.is_alpha and t.text[0].isupper() for t in words):
            return []
        known = self._known_surname(words.text) if len(words) == 1 else None
        if known is not None:
            return [replace(known, text=words.text, start=here.offset(head), end=here.end(head))]
        modifiers = [
            here.name_at[t.i].entry.country for t in head.subtree if t.i in here.name_at and t.i < head.i
        ]
        country = next((c for c in modifiers if c), None)
        titles = [self.nouns.by_word.get(t.lemma_.lower()) for t in head.lefts]
        sector = next((e.sector for e in titles if e is not None), None)
        text = words.text
        start = here.offset(words[0])
        return [Actor(text, None, text, start, here.end(head), country, sector)]

    def _known_surname(self, surname: str) -> Actor | None:
        """A person of the report named in full before: "Ones" after "Cevat Ones"."""
        for mention in reversed(self.memory.mentions):
            actor = mention.actor
            if mention.kind == "person" and actor.name != surname and actor.name.split()[-1] == surname:
                return actor
        return None

    def can_speak(self, head: Token, here: ParsedSentence) -> bool:
        """True for what can say something: persons, bodies, groups, named things; not for visits, strikes or agreements."""
        if head.i in here.name_at or head.pos_ in {"PROPN", "PRON"} or self._beside(head, here):
            return True
        entry = self._noun(clause.through_quantity(head))
        return entry is not None and (
            entry.kind in {"body", "person", "people"} or head.lemma_.lower() in SPEAKING_TROOPS
        )

    # -- nouns --------------------------------------------------------------------------------------------------------

    def _noun(self, head: Token) -> NounEntry | None:
        lemma = head.lemma_.lower()
        if lemma == "state" and Span(head.doc, head.i, head.i + 3).text.lower() in STATES_OF:
            return None
        before = [c.lemma_.lower() for c in head.lefts if c.dep_ in {"compound", "amod"}]
        for word in (f"{before[-1]} {lemma}", f"{before[-1]} {head.lower_}") if before else ():
            if word in self.nouns.by_word:
                return self.nouns.by_word[word]
        return self.nouns.by_word.get(head.lower_) or self.nouns.by_word.get(lemma)

    def _composed(self, head: Token, entry: NounEntry, here: ParsedSentence, owner: bool) -> list[Actor]:
        beside = here.name_at.get(head.i + 1)
        if (
            beside is not None
            and here.doc[head.i + 1].head.i == head.head.i
            and entry.kind in {"body", "people"}
        ):
            return [self._named(beside, here.doc[head.i + 1], here)]  # "the news agency ANI said"
        owners = self._modifiers(head, here)
        if (
            entry.kind == "troops" or entry.body == "MIL"
        ):  # "the ministry said its forces": the state's, not the ministry's
            owners = [(self._state_of(actor), how) for actor, how in owners]
        named = [o for o in owners if o[1] == "name"]
        state = next((a for a, how in owners if how == "name" and a.country and (a.id == a.country)), None)
        group = next((a for a, how in owners if how == "name" and a.id != a.country), None)
        if entry.kind == "associate":
            chosen = next(
                (a for t in head.lefts if t.dep_ in {"amod", "compound"} for a in self._owner(t, here)), None
            )
            if chosen is not None:
                text, start, end = phrase.phrase_of(head, here)
                return [replace(chosen, text=text, start=start, end=end)]
        if entry.kind == "asset":
            if not owner:
                return []
            if holders := self._held_by(head, here):
                return holders
            before = [a for a, _ in named if (a.start or 0) < here.offset(head)]
            return before[:1] or self._users(head, [a for a, _ in named], here)
        text, start, end = phrase.phrase_of(head, here)
        number = phrase.number_of(head)
        proxied = any(how == "proxy" for _, how in owners)
        apart = proxied or entry.kind == "associate"  # "Sudan's neighbours" are not of Sudan
        country = None if apart else next((a.country for a, _ in owners if a.country), None)
        if entry.kind == "person":
            return self._person(head, entry, state, group, here, (text, start, end, number, country))
        if entry.kind in {"body", "troops"} and not proxied:
            body = self._body(entry, head, state, group, here)
            if body is not None:
                return [replace(body, text=text, start=start, end=end, number=number)]
        if (
            entry.kind == "troops"
            and country is None
            and group is None
            and head.lemma_.lower() not in SPEAKING_TROOPS | CREWED
        ):
            return self._held_by(head, here)  # missiles and jets of nobody
        if (
            group is not None
            and not proxied
            and entry.kind in {"people", "troops"}
            and not self._follows(head, group, here)
        ):
            return [replace(group, text=text, start=start, end=end, number=number)]
        if (
            phrase.is_definite(head)
            and (not owners or (head.tag_ == "NN" and all(how == "proxy" for _, how in owners)))
            and entry.kind == "people"
            and entry.sector in {"PRM", "UAF", "PTY", "REB"}
        ):
            last = self.memory.latest(here.index, "group", before=start, back=6, fits=self._can_be(head))
            told = (
                c for c in head.lefts if c.dep_ in {"amod", "compound"} and not self._is_proxy_word(c, here)
            )
            if last is not None and not any(told):
                return [replace(last, text=text, start=start, end=end)]
        sector = "REB" if entry.sector == "UAF" and phrase.is_rebel(head) else entry.sector
        if group is not None and head.lemma_.lower() in GONE:  # armed as those whom they left
            sector = "REB" if group.sector == "MIL" else group.sector
        return [Actor(text, None, text, start, end, country, sector, number)]

    def _users(self, head: Token, lands: Sequence[Actor], here: ParsedSentence) -> list[Actor]:
        """Who uses the thing: "an army camp", "militant positions in Somalia" are not Somalia's; else the land it is in."""
        for token in (t for t in head.lefts if t.dep_ in {"amod", "compound", "nmod"}):
            entry = self._noun(token)
            if entry is None or entry.sector not in ARMED:
                continue
            at = here.offset(token), here.end(token)
            within = (here.name_at[t.i].entry for t in phrase.located_in(head) if t.i in here.name_at)
            countries = [a.country for a in lands] + [entry.country for entry in within]
            body = next((self.actors.by_id.get(f"{land}.{entry.body}") for land in countries if land), None)
            if entry.body and body is not None:
                return [Actor(body.name, body.id, token.text, *at, body.country, entry.sector)]
            found = self._composed(token, entry, here, owner=False)
            return [_as_plural(a) for a in found[:1] if entry.kind != "body" or a.id or a.country]
        if lands:
            return [lands[0]]
        users = [a for t in phrase.owners(head) for a in self._owner(t, here)]
        return [a for a in users if a.id or a.country or a.sector in {"MIL", "COP"}][:1]

    def _can_be(self, head: Token) -> Callable[[Actor], bool]:
        """Who "the coalition" may be: something that is one; "the group" may be any."""
        kinds = KINDS.get(head.lemma_.lower())
        by_id = self.actors.by_id
        return lambda actor: kinds is None or (actor.id in by_id and by_id[actor.id or ""].kind in kinds)

    def _follows(self, head: Token, person: Actor, here: ParsedSentence) -> bool:
        """True for "followers of Riek Machar", "critics of the Front": not he, as the leader in "the leader, Bobi Wine" is."""
        if head.lemma_.lower() in AGAINST and (person.start or 0) > here.offset(head):
            return True
        if head.lemma_.lower() in GONE:
            return True
        entry = self.actors.by_id.get(person.id or "")
        named = [here.name_at[c.i].start for c in clause.children(head, "appos") if c.i in here.name_at]
        return entry is not None and entry.kind == "person" and person.start not in named

    def _shared(self, head: Token, entry: NounEntry, here: ParsedSentence, owner: bool) -> list[Actor]:
        """One actor for each of several owners: "Thai and Cambodian troops", "the presidents of Kenya and Somalia"."""
        named, link = phrase.coordinated(head, here, entry)
        if len(named) < 2 and entry.kind == "person" and head.tag_ == "NNS":
            bodies = [self.resolve(t, here) for t in phrase.belonging_to(head)]
            if len(bodies) > 1 and all(len(found) == 1 and found[0].id for found in bodies):
                return [actor for found in bodies for actor in found]
        if len(named) < 2 or entry.kind == "associate" or (entry.kind == "asset" and not owner):
            return []
        found: list[Actor] = []
        for place, name in enumerate(named):
            of = self._named(name, head, here)
            state, group = (of, None) if of.id == of.country else (None, of)
            made = of if entry.kind == "asset" else self._holder(head, of)
            if made is None and entry.kind in {"body", "troops"}:
                made = self._body(entry, head, state, group, here)
            sector = of.sector if group is not None and entry.sector == "GOV" else entry.sector
            made = made or Actor(name.text, None, country=of.country, sector=sector)
            start, end = name.start, name.end
            if place == 0 and name.start > here.offset(head):
                start = here.offset(head)
            if place == len(named) - 1 and name.start < here.offset(head):
                end = here.end(head)
            text = here.sentence.text[start - here.sentence.start : end - here.sentence.start]
            left = min(t.i for t in (head, *phrase.described(head, here)))
            words = Span(here.doc, left, head.i + 1).text
            alone = f"{words} {link} {name.text}" if link else f"{name.text} {head.text}"
            label = made.name if made.id else alone
            found.append(replace(made, name=label, text=text, start=start, end=end))
        return found

    def _holder(self, head: Token, of: Actor) -> Actor | None:
        """Who holds on the report's day the office that the noun names."""
        office = self._office(head)
        holder = self.actors.holder(office, of.id, self.day) if office and of.id and self.day else None
        return Actor(holder.name, holder.id, country=holder.country, sector=holder.sector) if holder else None

    def _body(
        self, entry: NounEntry, head: Token, state: Actor | None, group: Actor | None, here: ParsedSentence
    ) -> Actor | None:
        if group is not None:
            return group
        if state is None and not entry.body and phrase.is_definite(head) and not self._modifiers(head, here):
            named = self.memory.called(head.lemma_.lower(), here.index, here.offset(head))
            if named is not None:
                return named
        land = state.country if state else None
        suffix = entry.body or ("MIL" if entry.kind == "troops" else None)
        if land is None and any(
            c.text[:1].isupper() and c.i not in here.name_at and c.dep_ in {"amod", "compound"}
            for c in head.lefts
        ):
            return None  # a name that the catalogue does not know
        if land is None and any(
            c.lemma_ in {"government", "regime", "state", "loyalist", "federal", "national"}
            for c in head.lefts
        ):
            land = self._ruling(here, head)
        of_report = (
            phrase.is_definite(head) or phrase.is_headline_word(head, here) or phrase.is_bare_body(head)
        )
        if land is None and of_report and entry.kind == "body" and not self._modifiers(head, here):
            before = here.offset(head)
            land = (
                self._acting(here, head) or self.memory.body(suffix or "", before) or self._ruling(here, head)
            )
        if land is None and entry.kind == "body" and head.dep_ in {"amod", "compound", "nmod"}:
            land = self._only_other(here)
        if land is None:
            return None
        if suffix and f"{land}.{suffix}" in self.actors:
            body = self.actors[f"{land}.{suffix}"]
            return Actor(body.name, body.id, country=land, sector=entry.sector)
        return None

    def _acting(self, here: ParsedSentence, head: Token) -> str | None:
        """The one land that acts in a clause before: "Chad's envoy met X, and the army later shelled Y"."""
        if head.dep_ not in clause.SUBJECT or head.head.dep_ != "conj":
            return None
        lands = phrase.subject_countries(here, head.i) & self.actors.by_id.keys()
        return lands.pop() if len(lands) == 1 else None

    def _only_other(self, here: ParsedSentence) -> str | None:
        """Whose "army camp" is attacked: that of the one country of the sentence that does not itself act."""
        named = {n.entry.country for n in here.names if n.entry.country in self.actors}
        others = named - phrase.subject_countries(here)
        return others.pop() if len(others) == 1 else None

    def _ruling(self, here: ParsedSentence, head: Token) -> str | None:
        """Whose government "the government" is: the only country of the sentence, the one last spoken of, else the report's.

        What is done to "the government" is not done by its own country: the subject's country is left out.
        """
        before = here.offset(head)
        own = set() if head.dep_ in clause.SUBJECT else phrase.subject_countries(here)
        named = {
            n.entry.country for n in here.names if n.entry.country in self.actors and n.start < before
        } - own
        if len(named) == 1:
            return named.pop()
        for reach in (1, 4):
            recent = [
                mention.actor
                for mention in self.memory.mentions
                if here.index - mention.sentence <= reach
                and _rules(mention.actor, mention.kind)
                and mention.actor.country not in own
                and (mention.actor.start is None or mention.actor.start < before)
            ]
            governments = [actor for actor in recent if (actor.id or "").endswith(".GOV")]
            if recent:
                return Counter(actor.country for actor in governments[-1:] or recent).most_common(1)[0][0]
        return self.home

    def _person(
        self, head: Token, entry: NounEntry, state: Actor | None, group: Actor | None, here: ParsedSentence,
        told: tuple[str, int, int, int | None, str | None],
    ) -> list[Actor]:  # fmt: skip
        text, start, end, number, country = told
        named = phrase.appositives(head, here)
        if named:
            return [self._named(here.name_at[named[0].i], named[0], here)]
        strangers = [a for c in phrase.personal_names(head) for a in self._unknown_name(c, here)]
        if strangers:
            return [replace(strangers[0], country=country, sector=entry.sector)]
        office = self._office(head)
        of = group.id if group is not None and group.id else state.id if state is not None else None
        old = any(c.lower_ in OLD for c in head.lefts)
        if (
            office
            and of
            and self.day
            and number is None
            and not old
            and head.tag_ == "NN"
            and not phrase.is_indefinite(head)
        ):
            holder = self.actors.holder(office, of, self.day)
            if holder is not None:
                return [
                    Actor(
                        holder.name,
                        holder.id,
                        text,
                        start,
                        end,
                        holder.country,
                        holder.sector or entry.sector,
                    )
                ]
        if phrase.is_definite(head) and state is None and group is None and head.tag_ == "NN":
            last = self.memory.latest(here.index, "person", before=start, back=4)
            if last is not None and not any(c.dep_ in {"amod", "compound", "prep"} for c in head.children):
                return [replace(last, text=text, start=start, end=end)]
        sector = "ELI" if old else entry.sector
        if group is not None and group.sector and entry.sector == "GOV" and not old:
            sector = group.sector
        return [Actor(text, None, text, start, end, country, sector, number)]

    def _office(self, head: Token) -> str | None:
        before = [c.lower_ for c in head.lefts if c.dep_ in {"compound", "amod"}]
        word = head.lemma_.lower()
        for words in ([*before[-2:], word], [*before[-1:], word], [word]):
            office = self.nouns.offices.get(" ".join(words))
            if office:
                return office
        after = [c.lower_ for c in head.rights if c.dep_ == "prep"]
        if head.lower_ == "secretary" and after[:1] == ["of"]:
            return "foreign minister"
        return None

    # -- owners -------------------------------------------------------------------------------------------------------

    def _modifiers(self, head: Token, here: ParsedSentence) -> list[tuple[Actor, str]]:
        """Actors named inside the phrase, each with how: `name`, or `proxy` for "Iran-backed"."""
        found: list[tuple[Actor, str]] = []
        for token in phrase.modifiers(head):
            if token.tag_ in {"WP$", "PRP$"}:
                found += [(actor, "name") for actor in self._possessor(token, here)]
                continue
            name = here.name_at.get(token.i)
            if phrase.is_made_by(token) or (name is not None and name.start in {a.start for a, _ in found}):
                continue
            if self._is_proxy_word(token, here):
                of = next((here.name_at[t.i] for t in [*token.subtree, token] if t.i in here.name_at), None)
                if of is not None:
                    found.append((self._named(of, token, here), "proxy"))
                else:
                    found.append((Actor(token.text), "proxy"))
                continue
            if name is not None and name.entry.kind in {"people", "region", "family"}:
                continue  # "Shiite militias" are not the Shiites
            if name is not None:
                if phrase.is_hyphenated(token, self.nouns):
                    found.append((self._named(name, token, here), "proxy"))
                else:
                    found.append((self._named(name, token, here), "name"))
        return found

    def owners(self, head: Token, here: ParsedSentence) -> list[Actor]:
        """Who owns or sends what the phrase names: "US bases", "their largest base", "forces of X"."""
        before = here.offset(head)  # "forces in Syria" are in Syria, not Syria's
        named = [a for a, how in self._modifiers(head, here) if how == "name" and (a.start or 0) < before]
        found = named or self.resolve(head, here, owner=True)
        return [a for a in found if a.start is None or a.start <= before]

    def holders(self, head: Token, here: ParsedSentence) -> list[Actor]:
        """Who holds the place, by the adjective before it: "the rebel-held enclave", "Wagner-run camps"."""
        found = [
            a for t in phrase.holders_before(head) for a in self._owner(t, here) or self.resolve(t, here)
        ]
        return [_as_plural(a) for a in found]

    def proxies(self, head: Token, here: ParsedSentence) -> list[tuple[Actor, str]]:
        """Names in adjectives before the noun with the link: "Iran-backed" gives Iran and `backed`, "pro-Assad" Assad and `pro`."""
        found: list[tuple[Actor, str]] = []
        for token in phrase.modifiers(head):
            named = next((t for t in (token, *token.lefts) if t.i in here.name_at and t.i < head.i), None)
            link = self._link(named, here) if named is not None else None
            if (
                named is not None
                and link
                and all(actor.id != here.name_at[named.i].entry.id for actor, _ in found)
            ):
                found.append((self._named(here.name_at[named.i], token, here), link))
        return found

    def _link(self, token: Token, here: ParsedSentence) -> str | None:
        """The word that a hyphen joins to a name: `backed` of "Iran-backed", `pro` of "pro-Assad", in one token or three."""
        parts = token.lower_.split("-")
        if len(parts) > 1:
            return next((w for w in parts if w in self.nouns.suffixes or w in self.nouns.prefixes), None)
        name, doc = here.name_at[token.i], here.doc
        first = last = token.i
        while first > 0 and here.name_at.get(first - 1) is name:
            first -= 1
        while here.name_at.get(last + 1) is name:
            last += 1
        if (
            last + 2 < len(doc)
            and doc[last + 1].text in "-–—"
            and doc[last + 2].lower_ in self.nouns.suffixes
        ):
            return doc[last + 2].lower_
        if first > 1 and doc[first - 1].text in "-–—" and doc[first - 2].lower_ in self.nouns.prefixes:
            return doc[first - 2].lower_
        return None

    def _held_by(self, head: Token, here: ParsedSentence) -> list[Actor]:
        return [a for t in phrase.holders(head) for a in self.resolve(t, here, owner=False)][:1]

    def _possessor(self, token: Token, here: ParsedSentence) -> list[Actor]:
        """Whose: the antecedent of "whose", "his" or "its"; forces and bodies of a person are those of the state."""
        if token.tag_ == "WP$":
            noun = clause.antecedent(token)
            found = self.resolve(noun, here) if noun.i != token.i else []
        else:
            found = self._pronoun(token, here)
        return [self._state_for(actor) for actor in found[:1]]

    def _state_of(self, owner: Actor) -> Actor:
        """The state in whose name a body of it has forces; others as they are."""
        state = self.actors.by_id.get(owner.country or "")
        body = owner.sector in {"GOV", "MIL", "LEG"} and (owner.id or "").partition(".")[0] in {
            "",
            owner.country,
        }
        if state is None or not body or owner.id == state.id:
            return owner
        return replace(owner, name=state.name, id=state.id, country=state.country)

    def _state_for(self, actor: Actor) -> Actor:
        entry = self.actors.by_id.get(actor.id) if actor.id else None
        if entry is None or entry.kind != "person" or not entry.country or entry.country not in self.actors:
            return actor
        state = self.actors[entry.country]
        return replace(actor, name=state.name, id=state.id, country=state.country)

    def _is_proxy_word(self, token: Token, here: ParsedSentence) -> bool:
        word = token.lower_
        if "-" in word:
            first, _, last = word.partition("-")
            return last in self.nouns.suffixes or first in self.nouns.prefixes
        return word in self.nouns.suffixes and token.i > 0 and token.doc[token.i - 1].text == "-"

    def _owner(self, token: Token, here: ParsedSentence) -> list[Actor]:
        name = here.name_at.get(token.i)
        if name is not None and name.use != "capital" and name.entry.kind not in {"people", "region"}:
            return [self._named(name, token, here)]
        if token.pos_ == "PRON":
            return self._pronoun(token, here)
        entry = self._noun(token)
        if entry is not None and entry.kind != "asset" and (token.pos_ != "ADJ" or entry.kind == "body"):
            found = self._composed(token, entry, here, owner=False)
            return [a for a in found if a.id or a.country or entry.kind != "body"]
        return []

    # -- pronouns -----------------------------------------------------------------------------------------------------

    def _pronoun(self, token: Token, here: ParsedSentence) -> list[Actor]:
        word, at = token.lower_, here.offset(token)
        if word in {"he", "she", "him", "her", "his", "himself", "herself"}:
            kinds: tuple[str, ...] = ("person",)
        elif word in {"it", "its", "itself"}:
            kinds = ("state", "group", "body")
        elif word in {"they", "them", "their", "themselves", "both"}:
            pair = self.memory.last_two(here.index, at) if word == "both" else []
            if word == "them" and token.dep_ == "pobj" and token.head.lower_ == "between":
                pair = self.memory.sides(here.index, at)
            if pair:
                return pair
            kinds = (
                ("group", "people", "forces", "state", "body")
                if token.dep_ in clause.SUBJECT
                else ("group", "people", "forces")
            )
        elif word in {"we", "our", "us", "i", "me", "my"}:
            kinds = ()
        else:
            return []
        subject = phrase.subject_before(token, here)
        doer = next(iter(clause.subjects(token.head)), None) if token.dep_ in {"dobj", "dative"} else None
        if (
            subject is not None and doer is not None and doer.i == subject.i
        ):  # "X accused Y and urged it": not X
            own = here.offset(doer)
            last = self.memory.latest(
                here.index, *kinds, before=at, fits=lambda a: not (a.start or 0) <= own < (a.end or 0)
            )
            return [replace(last, text=token.text, start=at, end=here.end(token))] if last is not None else []
        if subject is not None and word in {"they", "them", "their"} and len(clause.conjuncts(subject)) > 1:
            return [a for one in clause.conjuncts(subject) for a in self.resolve(one, here)]
        if (
            subject is not None
            and word not in {"we", "our", "us", "i", "me", "my"}
            and subject.i not in here.name_at
        ):
            entry = self._noun(subject)
            one = "person" in kinds  # "a sailor was hurt when they rammed his boat"
            if entry is not None and entry.kind in (
                {"people", "troops"} if one else {"body", "people", "troops"}
            ):
                return [
                    replace(a, text=token.text, start=at, end=here.end(token))
                    for a in self.resolve(subject, here)
                ]
        if subject is not None and subject.i in here.name_at:
            name = here.name_at[subject.i]
            kind = phrase.kind_of(name.entry.kind)
            if kind in kinds or (kind != "person" and word in {"they", "them", "their", "themselves"}):
                return [
                    replace(self._named(name, subject, here), text=token.text, start=at, end=here.end(token))
                ]
        last = self.memory.latest(here.index, *kinds, before=at) if kinds else None
        return [replace(last, text=token.text, start=at, end=here.end(token))] if last is not None else []


def _as_plural(actor: Actor) -> Actor:
    """ "Rebel-held", "militant positions": rebels, militants."""
    known = actor.id or actor.country or actor.sector not in {"REB", "UAF", "CRM"} or actor.name.endswith("s")
    return actor if known else replace(actor, name=f"{actor.name}s")


def _rules(actor: Actor, kind: str) -> bool:
    """Governments, armies and persons speak for a country; a state named in passing does not."""
    if actor.country is None or len(actor.country) != 3:
        return False
    return kind == "person" or (actor.id is not None and actor.id.startswith(f"{actor.country}."))


def as_actors(found: Sequence[Actor]) -> tuple[Actor, ...]:
    """Each actor once, in order."""
    seen: dict[str, Actor] = {}
    for actor in found:
        seen.setdefault(actor.key, actor)
    return tuple(seen.values())
