"""A room as the outlook reads it: its history with an imported one behind, and parties under the state they belong to."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sitroom.app.filters import STATE_SECTORS, find_actors
from sitroom.app.room import Room
from sitroom.errors import BadInput
from sitroom.outlook.analysts import Entry, entries_of_statements
from sitroom.outlook.forecast import ENOUGH_ACTS
from sitroom.outlook.history import History, is_part
from sitroom.outlook.ledger import join, read_history
from sitroom.outlook.room import history_from_incidents
from sitroom.situation import find_incidents
from sitroom.vocabulary import Actor


class Names:
    """What parties are called: by the path from the state that they are part of, so that all of a state can be counted."""

    def __init__(self, room: Path) -> None:
        self.actors = Room(room).actors_known
        self.ids = {entry.name.lower(): entry.id for entry in self.actors}

    def party(self, actor: Actor) -> str | None:
        """An actor of the evidence; None for words that name nobody in particular ("convoys", "two Chadian drivers")."""

        id = actor.id or self.ids.get(actor.name.lower())
        if id is not None:
            return self.path(id)
        if actor.country and actor.sector in STATE_SECTORS:
            return f"{actor.country}.{actor.name.lower()}"
        return actor.name.lower() if is_proper(actor.name) else None

    def path(self, id: str) -> str:
        """An id after that of the state that it is part of or holds office in: "IRN.IRGC", "RUS.vladimir-putin"."""

        if id not in self.actors:
            return id
        entry, chain = self.actors[id], self.actors.rolls_up_to(id)
        office = entry.country if entry.sector in STATE_SECTORS else None
        top = chain[-1] if chain else office or id
        return id if is_part(id, top) else f"{top}.{id}"

    def named(self, name: str) -> str:
        """From a name to the path that the catalogue gives it; other names in lower case, as rooms have them."""
        found = find_actors(name, self.actors)
        return self.path(found[0].id) if found else name.lower()

    def called(self, path: str) -> str:
        """The name for readers."""
        tail = path.partition(".")[2]
        id = path if path in self.actors else tail
        return str(self.actors[id].name) if id in self.actors else tail or path


JOINING = frozenset(
    [
        "of",
        "for",
        "the",
        "and",
        "in",
        "on",
        "de",
        "du",
        "des",
        "del",
        "la",
        "le",
        "al",
        "el",
        "bin",
        "ibn",
        "von",
        "van",
        "y",
    ]
)


def is_proper(name: str) -> bool:
    """Whether words are a name ("Khalid Osman", "Front for Change") and no description ("Chadian drivers", "Gunmen")."""
    words = name.split()
    if len(words) == 1 and name.lower().endswith(("s", "men", "people")):
        return name.isupper()
    return bool(words) and all(word[:1].isupper() or word in JOINING for word in words)


class Desk:
    """A room's history as known by a day, the imported one behind it included."""

    def __init__(self, room: Path, as_of: date | None) -> None:
        self.path, self.room = room, Room(room)
        with self.room.store() as store:
            events = list(store.view(as_of).events())
            self.statements = list(store.view(as_of).statements())
        self.events = {e.id: e for e in events}
        known = {e.id: e.known_by for e in events if e.known_by is not None}
        told = [e for e in events if e.known_by is not None]
        self.known_as = Names(room)
        history = history_from_incidents(find_incidents(told), known_by=known, party=self.known_as.party)
        behind = beside(room, "history.csv")
        self.history: History = join([read_history(behind), history]) if behind.exists() else history
        if not len(self.history):
            raise BadInput(
                f"{room} holds no act with a day and a party", hint="read reports into it, or import a table"
            )
        last = self.history.date(int(self.history.known_by.max()))
        self.known_by = as_of or last
        self.ledger = beside(room, "forecasts.jsonl")

    @property
    def pairs(self) -> History:
        """The history from which questions are chosen: a young room's by states, since its bodies and persons did too
        little each."""
        return self.history if len(self.history) >= ENOUGH_ACTS else self.history.by_states()

    def pairs_with(self, *parties: str | None) -> History:
        """The same, unless a body or person is asked about by name."""
        return self.pairs if {*parties} - {None} <= {*self.pairs.names} else self.history

    @property
    def called(self) -> dict[str, str]:
        """What the parties of the history are called."""
        return {name: self.known_as.called(name) for name in self.pairs.names}

    def party(self, name: str | None) -> str | None:
        """A name as the history has it."""
        if name is None or name in self.history.names:
            return name
        found = self.known_as.named(name)
        whole = [n for n in self.history.names if n == found or n.startswith(f"{found}.")]
        if not whole:
            close = [n for n in self.history.names if name.lower() in n.lower()][:8]
            raise BadInput(
                f"nobody called {name!r} acts in the history", hint=f"near: {', '.join(close) or 'none'}"
            )
        return found

    def stated(self) -> Iterable[Entry]:
        """The forecasts that the reports quote."""
        return entries_of_statements(
            self.statements, self.events, party=self.known_as.party, names=self.called
        )


def beside(room: Path, what: str) -> Path:
    """The file of this kind that lies beside a room."""
    return room.with_name(f"{room.name}.{what}")
