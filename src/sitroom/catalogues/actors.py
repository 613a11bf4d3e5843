"""Who can act: the actor catalogue, read from TOML, checked at the door, and indexed by id, name and office."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from sitroom.catalogues.bodies import STANDARD_BODIES, add_standard_bodies
from sitroom.catalogues.entries import ActorEntry, Role
from sitroom.catalogues.plover import Acts, load_acts
from sitroom.errors import CatalogueFault, NotFound
from sitroom.vocabulary import Period

NameUse = Literal["name", "short", "adjective", "demonym", "capital"]
"""How a name may be read: outright, only with support, before a noun, as people, or as a capital standing for its government."""

Severity = Literal["error", "warning"]
Sourced = tuple[Path, ActorEntry]
HERE = Path(__file__).resolve().parent
_ENTRIES = TypeAdapter(list[ActorEntry])


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong in a catalogue: the file, the entry ("" for the file as such), and how to mend it."""

    severity: Severity
    path: Path
    entry: str
    what: str
    mend: str

    @property
    def where(self) -> str:
        """The file and entry in words."""
        return f"{self.path.name}: entry {self.entry}" if self.entry else str(self.path)

    def as_fault(self) -> CatalogueFault:
        """The same as an error to raise."""
        return CatalogueFault(f"{self.where}: {self.what}", hint=self.mend)


class Actors:
    """The catalogue: entries by id, by name and by office. Iterating yields entries in the order they were read."""

    def __init__(self, entries: Iterable[ActorEntry]) -> None:
        self.by_id: Mapping[str, ActorEntry] = {entry.id: entry for entry in entries}

    def __iter__(self) -> Iterator[ActorEntry]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    def __contains__(self, actor: object) -> bool:
        return actor in self.by_id

    def __getitem__(self, actor: str) -> ActorEntry:
        """Return the entry; raises NotFound, which lists the nearest ids."""
        try:
            return self.by_id[actor]
        except KeyError:
            near = get_close_matches(actor, self.by_id, n=3, cutoff=0.5)
            hint = (
                f"did you mean {', '.join(near)}?"
                if near
                else "states are ISO 3166 alpha-3 codes such as SYR"
            )
            raise NotFound(f"no actor has the id {actor!r}", hint=hint) from None

    def names(self, *uses: NameUse) -> Mapping[str, tuple[ActorEntry, ...]]:
        """Map every name, as it is written, to the entries that bear it. Without `uses`: names that resolve outright.

        Several entries share a name only where they are persons or their periods do not overlap, or for uses other
        than "name", which need support from the text.
        """
        if len(uses) < 2:
            return self._names[uses[0] if uses else "name"]
        found: dict[str, tuple[ActorEntry, ...]] = {}
        for use in uses:
            for words, bearers in self._names[use].items():
                known = found.get(words, ())
                found[words] = known + tuple(entry for entry in bearers if entry not in known)
        return found

    @cached_property
    def _names(self) -> Mapping[NameUse, Mapping[str, tuple[ActorEntry, ...]]]:
        found: dict[NameUse, dict[str, tuple[ActorEntry, ...]]] = {
            "name": {}, "short": {}, "adjective": {}, "demonym": {}, "capital": {},
        }  # fmt: skip
        for entry in self:
            for use, words in names_of(entry):
                bearers = found[use].get(words, ())
                if entry not in bearers:
                    found[use][words] = (*bearers, entry)
        return found

    @cached_property
    def _roles(self) -> Mapping[str, tuple[tuple[Role, ActorEntry], ...]]:
        found: dict[str, list[tuple[Role, ActorEntry]]] = defaultdict(list)
        for entry in self:
            for role in entry.roles:
                found[role.office].append((role, entry))
        return {office: tuple(held) for office, held in found.items()}

    def holders(self, office: str, of: str, on: date) -> tuple[ActorEntry, ...]:
        """Everybody who held `office` of the state or body `of` on that day, the latest to take it first.

        A state and its standard bodies stand in for one another (a foreign minister of `IRN` or of `IRN.MFA`), but an
        exact match wins.
        """
        day = Period.day(on)
        held = [pair for pair in self._roles.get(office, ()) if period_of(pair[0]).overlaps(day)]
        exact = [pair for pair in held if pair[0].of == of]
        chosen = exact or [pair for pair in held if _seat(pair[0].of) == _seat(of)]
        chosen.sort(key=lambda pair: pair[0].since or date.min, reverse=True)
        return tuple(dict.fromkeys(entry for _, entry in chosen))

    def holder(self, office: str, of: str, on: date) -> ActorEntry | None:
        """Who held `office` of the state or body `of` on that day; None where the catalogue does not know."""
        return next(iter(self.holders(office, of, on)), None)

    def offices_of(self, person: str, on: date) -> tuple[Role, ...]:
        """The offices that `person` (an id) held on that day. Raises NotFound."""
        return tuple(role for role in self[person].roles if period_of(role).contains(on))

    def rolls_up_to(self, actor: str) -> tuple[str, ...]:
        """The ids above `actor`, the nearest first: `IRN.IRGC.QF` gives `IRN.IRGC`, `IRN`. Raises NotFound."""
        chain: list[str] = []
        above = self[actor].part_of
        while above is not None and above not in chain:
            chain.append(above)
            above = self[above].part_of
        return tuple(chain)


def period_of(dated: ActorEntry | Role) -> Period:
    """The days from `since` to `until`; an absent end is open."""
    return Period(dated.since, dated.until, "catalogue")


def names_of(entry: ActorEntry) -> Iterator[tuple[NameUse, str]]:
    """Yield every name of an entry with its use."""
    yield "name", entry.name
    for alias in entry.aliases:
        yield "name", alias
    for short in entry.short:
        yield "short", short
    for adjective in entry.adjectives:
        yield "adjective", adjective
    for demonym in entry.demonyms:
        yield "demonym", demonym
    if entry.capital:
        yield "capital", entry.capital
    for seat in entry.seats:
        yield "capital", seat


def fold(words: str) -> str:
    """What two spellings of one name have in common: case, curly quotes and runs of spaces do not count."""
    return " ".join(words.replace("’", "'").replace("‘", "'").casefold().split())


def load_actors(folders: Sequence[Path], acts: Acts | None = None) -> Actors:
    """Read `actors/*.toml` of every catalogue folder, the bundled one first; a later folder replaces by id.

    Standard bodies of states (`SYR.GOV`, `SYR.MIL`, ...) are added. Raises CatalogueFault on the first error, which
    names the file, the entry and the mend. What ties entries together (references, countries, sectors, names) is
    checked for the entries of the other folders; the bundled one is checked by our tests and by `check_catalogue`.
    `acts` gives the known sectors and country codes (default: bundled).
    """
    sourced, findings = read_actors(folders)
    if any(folder.resolve() != HERE for folder in folders):
        found = check_actors(sourced, acts or load_acts())
        findings += [finding for finding in found if not finding.path.resolve().is_relative_to(HERE)]
    for finding in findings:
        if finding.severity == "error":
            raise finding.as_fault()
    return Actors(add_standard_bodies([entry for _, entry in sourced]))


def read_actors(folders: Sequence[Path]) -> tuple[list[Sourced], list[Finding]]:
    """Read entries with the file each came from, and everything found wrong while reading."""
    merged: list[Sourced] = []
    findings: list[Finding] = []
    for folder in folders:
        own: list[Sourced] = []
        for path in sorted((folder / "actors").glob("*.toml")):
            entries, faults = _read_file(path)
            findings += faults
            own += [(path, entry) for entry in entries]
        replaced = {entry.id for _, entry in own}
        merged = [sourced for sourced in merged if sourced[1].id not in replaced] + own
    return merged, findings


def _read_file(path: Path) -> tuple[list[ActorEntry], list[Finding]]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [], [
            Finding("error", path, "", f"not readable as TOML: {error}", "mend that line; save as UTF-8")
        ]
    except OSError as error:
        return [], [
            Finding("error", path, "", f"cannot be opened: {error.strerror}", "check the permissions")
        ]
    rows = tables.pop("actor", [])
    findings = [
        Finding("error", path, "", f"unknown table {name!r}", "an actors file has only [[actor]] tables")
        for name in tables
    ]
    if not isinstance(rows, list):
        return [], [Finding("error", path, "", "[actor] is one table", "write [[actor]] for every entry")]
    try:
        return _ENTRIES.validate_python(rows), findings
    except ValidationError as error:
        return [], findings + [_shape_fault(path, rows, dict(fault)) for fault in error.errors()]


def _shape_fault(path: Path, rows: Sequence[Any], fault: Mapping[str, Any]) -> Finding:
    number, *keys = fault["loc"]
    row = rows[number]
    name = row.get("id") or row.get("name") if isinstance(row, dict) else None
    entry = str(name or number + 1)
    key = ".".join(map(str, keys))
    if fault["type"] == "extra_forbidden":
        known = get_close_matches(str(keys[-1]), [*ActorEntry.model_fields, *Role.model_fields], n=1)
        mend = f"did you mean {known[0]!r}?" if known else f"known keys: {', '.join(ActorEntry.model_fields)}"
        return Finding("error", path, entry, f"unknown key {key!r}", mend)
    return Finding("error", path, entry, f"{key}: {fault['msg']}", f"correct the value of {key!r}")


def check_actors(sourced: Sequence[Sourced], acts: Acts) -> Iterator[Finding]:
    """Yield what is wrong between entries: ids used twice in a folder, references, countries, sectors, periods, ambiguous names."""
    complete = add_standard_bodies([entry for _, entry in sourced])
    parents = {entry.id: entry.part_of for entry in complete}
    lands = {entry.id for entry in complete if entry.kind in ("state", "territory") and "." not in entry.id}
    countries = {land for land in lands if len(land) == 3 and land.isupper()} | set(acts.special_countries)
    first: dict[str, Path] = {}
    for path, entry in sourced:
        if entry.id in first:
            yield _error(
                path, entry, f"the id is already used in {first[entry.id].name}", "merge or rename one"
            )
        first.setdefault(entry.id, path)
        yield from _check_references(path, entry, parents)
        if entry.country is not None and entry.country not in countries:
            mend = "use an ISO 3166 alpha-3 code or one of " + ", ".join(sorted(acts.special_countries))
            yield _error(path, entry, f"unknown country {entry.country!r}", mend)
        if entry.sector is not None and entry.sector not in acts.sectors:
            mend = "use one of " + ", ".join(sorted(acts.sectors))
            yield _error(path, entry, f"unknown sector {entry.sector!r}", mend)
        dates: list[ActorEntry | Role] = [entry, *entry.roles]
        for dated in dates:
            if dated.since and dated.until and dated.since > dated.until:
                yield _error(
                    path, entry, f"since {dated.since} is after until {dated.until}", "swap the two dates"
                )
    yield from _check_names(sourced)


def _check_references(path: Path, entry: ActorEntry, parents: Mapping[str, str | None]) -> Iterator[Finding]:
    named = [("part_of", entry.part_of), *(("roles.of", role.of) for role in entry.roles)]
    for key, target in named:
        if target is not None and target not in parents:
            alike = [known for known in parents if known[:1] == target[:1]]
            near = get_close_matches(target, alike, n=2, cutoff=0.6)
            mend = (
                f"did you mean {' or '.join(near)}?" if near else f"add an entry {target!r} or correct the id"
            )
            yield _error(path, entry, f"{key} points to {target!r}, which no entry has", mend)
    seen, above = {entry.id}, entry.part_of
    while above is not None:
        if above in seen:
            yield _error(path, entry, f"part_of runs in a circle through {above!r}", "remove one part_of")
            return
        seen.add(above)
        above = parents.get(above)


def _check_names(sourced: Sequence[Sourced]) -> Iterator[Finding]:
    """Names that resolve outright must do so to one entry at a time; adjectives likewise; two persons only warn."""
    for uses in (("name",), ("adjective",)):
        bearers: dict[str, dict[str, Sourced]] = defaultdict(dict)
        for path, entry in sourced:
            for use, words in names_of(entry):
                if use in uses:
                    bearers[fold(words)][entry.id] = (path, entry)
        for words, claims in bearers.items():
            if len(claims) > 1:
                yield from _check_claims(words, list(claims.values()))


def _check_claims(words: str, claims: Sequence[Sourced]) -> Iterator[Finding]:
    for index, (path, entry) in enumerate(claims):
        for other_path, other in claims[:index]:
            if not period_of(entry).overlaps(period_of(other)):
                continue
            people = sum(one.kind == "person" for one in (entry, other))
            what = f"the name {words!r} is also claimed by {other.id} in {other_path.name}"
            mend = "keep it in one entry, put it under `short` in both, or give the entries since/until"
            severity: Severity = "warning" if people else "error"
            yield Finding(severity, path, entry.id, what, mend)


def _error(path: Path, entry: ActorEntry, what: str, mend: str) -> Finding:
    return Finding("error", path, entry.id, what, mend)


def _seat(body: str) -> str:
    """The state behind one of its standard bodies; anything else is its own seat."""
    state, _, suffix = body.partition(".")
    return state if suffix in STANDARD_BODIES else body
