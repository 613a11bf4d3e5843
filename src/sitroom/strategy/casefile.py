"""Case files: a game in TOML that an analyst can read, with errors that name the line and the mend."""

import tomllib
from collections.abc import Iterable
from pathlib import Path as FilePath

from pydantic import ValidationError

from sitroom.errors import BadCase, SitroomError
from sitroom.strategy.conditions import Condition, parse_condition, unfold
from sitroom.strategy.entries import BargainEntry, CaseEntry, OptionEntry, WantEntry
from sitroom.strategy.lines import Path, line_of, number_lines
from sitroom.strategy.preferences import check_wants
from sitroom.strategy.states import list_states, places
from sitroom.strategy.whatif import apply
from sitroom.vocabulary.strategy import (
    Bargain,
    Bargainer,
    Belief,
    Decider,
    Game,
    Impossible,
    Later,
    Note,
    Option,
    Shift,
    Want,
    WhatIf,
)

GAMES = FilePath(__file__).parent.parent / "catalogues" / "games"


def known_games() -> dict[str, FilePath]:
    """The textbook games that come with sitroom, by name."""
    return {path.stem: path for path in sorted(GAMES.glob("*.toml"))}


def load_case(path: FilePath | str) -> Game:
    """Read a case file, a .gmcr or .csv file, or a textbook game by its name. Raises BadCase with file and line."""
    from sitroom.strategy.gmcr_files import read_gmcr
    from sitroom.strategy.tables import read_csv

    path = known_games().get(str(path), FilePath(path))
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadCase(
            f"cannot read {path}: {error.strerror}",
            hint=f"give a case file, or one of the textbook games: {', '.join(known_games())}",
        ) from None
    except UnicodeDecodeError:
        raise BadCase(f"{path} is not UTF-8 text", hint="save the case file as UTF-8") from None
    readers = {".gmcr": read_gmcr, ".csv": read_csv}
    return readers.get(path.suffix, read_case)(text, str(path))


def read_case(text: str, name: str = "case.toml") -> Game:
    """A game from the text of a case file; `name` stands in error messages. Raises BadCase with file and line."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadCase(
            f"{name}: not TOML: {error}", hint="mend the line; strings stand in double quotes"
        ) from None
    checker = _Checker(name, number_lines(text))
    try:
        entry = CaseEntry.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        raise checker.fault(first["loc"], _reason(first["msg"], first["loc"]), _mend(first["type"])) from None
    return checker.build(entry)


def _reason(message: str, path: Path) -> str:
    words = ".".join(str(part) for part in path if isinstance(part, str))
    return f"{words}: {message.removeprefix('Value error, ')}"


def _mend(kind: str) -> str:
    return {
        "extra_forbidden": "this key is not known here; check the spelling (docs/how-to-whatif.md lists the keys)",
        "missing": "add the key",
    }.get(kind, "write the value as docs/how-to-whatif.md shows")


class _Checker:
    """Turns checked entries into a game; every fault names file and line."""

    def __init__(self, name: str, lines: dict[Path, int]) -> None:
        self.name, self.lines = name, lines
        self.options: tuple[Option, ...] = ()

    def fault(self, path: Path, what: str, hint: str) -> BadCase:
        return BadCase(f"{self.name}:{line_of(self.lines, path)}: {what}", hint=hint)

    def build(self, case: CaseEntry) -> Game:
        deciders = self._deciders(case)
        self.options = self._options(case, {decider.id for decider in deciders})
        defines = self._defines(case)
        for place, never in enumerate(case.never):
            self._condition(never.that, defines, ("never", place, "that"))
        wants = self._wants(case.want, deciders, defines, ("want",))
        self._views(deciders, wants, defines)
        game = Game(
            id=case.case.id,
            title=case.case.title or case.case.id,
            deciders=deciders,
            options=self.options,
            wants=wants,
            impossible=tuple(Impossible(never.that, never.grounds) for never in case.never),
            defines=case.define,
            as_of=case.case.as_of,
            source=case.case.source,
            notes={i: Note(i, n.says, n.source, n.report, n.known_by) for i, n in case.evidence.items()},
            later=self._later(case),
            bargain=self._bargain(case.bargaining),
            seed=case.case.seed,
            draws=case.case.draws,
        )
        if game.options:
            self._states(game)
        elif not game.bargain:
            raise self.fault((), "the case has no option and no bargaining", "add [[option]] or [bargaining]")
        return self._with_whatifs(game, case, defines)

    def _unique(self, ids: Iterable[str], kind: str) -> None:
        seen: set[str] = set()
        for place, one in enumerate(ids):
            if one in seen:
                raise self.fault(
                    (kind, place, "id"), f"two {kind}s have the id {one!r}", "give each its own id"
                )
            seen.add(one)

    def _deciders(self, case: CaseEntry) -> tuple[Decider, ...]:
        self._unique((d.id for d in case.decider), "decider")
        return tuple(
            Decider(
                d.id,
                d.name or d.id,
                d.spread,
                tuple((tied,) if isinstance(tied, str) else tied for tied in d.ranking),
                d.unaware,
                d.blind,
                tuple(Belief(b.about, b.wants) for b in d.beliefs),
            )
            for d in case.decider
        )

    def _options(self, case: CaseEntry, owners: set[str]) -> tuple[Option, ...]:
        self._unique((option.id for option in case.option), "option")
        listed: list[Option] = []
        for place, option in enumerate(case.option):
            known = f"known deciders: {', '.join(sorted(owners)) or 'none'}"
            if not option.owner:
                raise self.fault(
                    ("option", place), f"nobody owns option {option.id!r}", f"add owner = ...; {known}"
                )
            if option.owner not in owners:
                what = f"option {option.id!r} is owned by {option.owner!r}, who is no decider"
                raise self.fault(("option", place, "owner"), what, known)
            listed.extend(_by_region(option))
        return tuple(listed)

    def _defines(self, case: CaseEntry) -> dict[str, Condition]:
        """What names stand for; faults point to the definition or want that is wrong."""
        raw: dict[str, tuple[Condition, Path]] = {}
        for place, want in enumerate(case.want):
            if want.id:
                raw[want.id] = (self._parse(want.that, ("want", place, "that")), ("want", place, "that"))
        for name, text in case.define.items():
            raw[name] = (self._parse(text, ("define", name)), ("define", name))
        table = {name: condition for name, (condition, _) in raw.items()}
        for option in self.options:
            table.pop(option.id, None)
        for name, (_, path) in raw.items():
            try:
                unfold(Condition("name", name=name), table)
            except BadCase as fault:
                raise self.fault(path, fault.what, fault.hint) from None
        return table

    def _parse(self, text: str, path: Path) -> Condition:
        try:
            return parse_condition(text)
        except BadCase as fault:
            raise self.fault(path, fault.what, fault.hint) from None

    def _condition(self, text: str, defines: dict[str, Condition], path: Path) -> None:
        known = places(self.options)
        unknown = sorted(unfold(self._parse(text, path), defines).names() - known.keys())
        if unknown:
            raise self.fault(path, f"unknown option {unknown[0]!r} in {text!r}", f"known: {', '.join(known)}")

    def _wants(
        self,
        entries: tuple[WantEntry, ...],
        deciders: tuple[Decider, ...],
        defines: dict[str, Condition],
        path: Path,
    ) -> tuple[Want, ...]:
        if path == ("want",):
            self._unique((want.id for want in entries if want.id), "want")
        counts = {decider.id: 0 for decider in deciders}
        wants = []
        for place, want in enumerate(entries):
            if want.of not in counts:
                what = f"want of {want.of!r}, who is no decider"
                raise self.fault((*path, place, "of"), what, f"known deciders: {', '.join(counts)}")
            self._condition(want.that, defines, (*path, place, "that"))
            counts[want.of] += 1
            number = counts[want.of]
            rank = want.rank or (float(number), float(number))
            name = want.id or f"{want.of}-{number}"
            wants.append(
                Want(name, want.of, want.that, want.label, rank, want.weight, want.sure, want.grounds)
            )
        return tuple(wants)

    def _views(
        self, deciders: tuple[Decider, ...], wants: tuple[Want, ...], defines: dict[str, Condition]
    ) -> None:
        known, ids = places(self.options), {want.id: want.of for want in wants}
        for place, decider in enumerate(deciders):
            for name in decider.unaware:
                if name not in known:
                    hint = f"known: {', '.join(known)}"
                    raise self.fault(("decider", place, "unaware"), f"unknown option {name!r}", hint)
            for text in decider.blind:
                self._condition(text, defines, ("decider", place, "blind"))
            for belief in decider.beliefs:
                alien = [want for want in belief.wants if ids.get(want) != belief.about]
                if belief.about not in {other.id for other in deciders} or alien:
                    what = f"belief about {belief.about!r} names {alien or 'nobody known'}"
                    hint = "name a decider, and wants of that decider in the believed order"
                    raise self.fault(("decider", place, "beliefs"), what, hint)

    def _states(self, game: Game) -> None:
        """List the states once, so that contradictory conditions are found with their line."""
        try:
            check_wants(game)
            space = list_states(game)
        except SitroomError as fault:
            place = next(
                (i for i, never in enumerate(game.impossible) if repr(never.that) in fault.what), None
            )
            path: Path = ("never", place, "that") if place is not None else ("option", 0)
            raise self.fault(path, fault.what, fault.hint) from None
        for place, decider in enumerate(game.deciders):
            for name in (name for tied in decider.ranking for name in tied):
                try:
                    feasible = space.name(space.find(name)) == name
                except BadCase as fault:
                    raise self.fault(("decider", place, "ranking"), fault.what, fault.hint) from None
                if not feasible:
                    hint = f"write {len(space.options)} letters Y and N in option order"
                    raise self.fault(("decider", place, "ranking"), f"no state {name!r}", hint)

    def _later(self, case: CaseEntry) -> tuple[Later, ...]:
        known = [option.id for option in self.options]
        for place, later in enumerate(case.later):
            if later.option not in known:
                what = f"unknown option {later.option!r}"
                raise self.fault(("later", place, "option"), what, f"known: {', '.join(known)}")
        return tuple(Later(later.when, later.option, later.seen, later.grounds) for later in case.later)

    def _bargain(self, entry: BargainEntry | None) -> Bargain | None:
        if entry is None:
            return None
        low, high = entry.scale
        if low >= high:
            raise self.fault(("bargaining", "scale"), f"the scale runs from {low} to {high}", "low end first")
        for place, actor in enumerate(entry.actor):
            path: Path = ("bargaining", "actor", place)
            if actor.position[0] < low or actor.position[2] > high:
                what = f"{actor.name}: position {list(actor.position)} lies outside the scale {low:g} to {high:g}"
                raise self.fault((*path, "position"), what, "move the position or widen the scale")
            if actor.capability.keys() != entry.capability.keys():
                what = f"{actor.name}: capability is given for {sorted(actor.capability)}"
                raise self.fault((*path, "capability"), what, f"give it for {sorted(entry.capability)}")
        names = [actor.name for actor in entry.actor]
        if entry.hands and entry.hands not in names:
            what = f"hands names {entry.hands!r}, who is no actor"
            raise self.fault(("bargaining", "hands"), what, f"known: {', '.join(names)}")
        if entry.status_quo is not None and not low <= entry.status_quo <= high:
            what = f"the status quo {entry.status_quo:g} lies outside the scale {low:g} to {high:g}"
            raise self.fault(("bargaining", "status_quo"), what, "move it or widen the scale")
        return Bargain(
            entry.issue,
            entry.scale,
            tuple(Bargainer(a.name, a.position, a.salience, a.capability, a.grounds) for a in entry.actor),
            entry.capability,
            entry.status_quo,
            entry.hands,
            entry.labels,
            entry.grounds,
        )

    def _with_whatifs(self, game: Game, case: CaseEntry, defines: dict[str, Condition]) -> Game:
        from dataclasses import replace

        self._unique((whatif.id for whatif in case.whatif), "whatif")
        whatifs = []
        for place, entry in enumerate(case.whatif):
            whatif = WhatIf(
                entry.id,
                entry.label or entry.id,
                entry.pin,
                tuple(Shift(shift.want, shift.above) for shift in entry.shift),
                entry.drop,
                self._wants(entry.add, game.deciders, defines, ("whatif", place, "add")),
                entry.grounds,
            )
            try:
                list_states(apply(game, whatif))
            except SitroomError as fault:
                raise self.fault(
                    ("whatif", place), f"what-if {entry.id!r}: {fault.what}", fault.hint
                ) from None
            whatifs.append(whatif)
        return replace(game, whatifs=tuple(whatifs))


def _by_region(option: OptionEntry) -> list[Option]:
    label = option.label or option.id
    if not option.regions:
        now = bool(option.now)
        return [Option(option.id, option.owner, label, now, option.moves, "", option.grounds)]
    return [
        Option(
            f"{option.id}@{region}",
            option.owner,
            f"{label} ({region})",
            option.now if isinstance(option.now, bool) else region in option.now,
            option.moves,
            region,
            option.grounds,
        )
        for region in option.regions
    ]
