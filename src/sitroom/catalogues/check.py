"""Checks a catalogue folder as a whole, and describes one entry for a reader."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitroom.catalogues.actors import Actors, Finding, check_actors, read_actors
from sitroom.catalogues.entries import ActorEntry, Role
from sitroom.catalogues.plover import Acts, ActType, load_acts
from sitroom.errors import BadInput, NotFound

BUNDLED = Path(__file__).parent
PARTS = ("actors", "lexicon", "games", "prompts")


@dataclass(frozen=True, slots=True)
class Description:
    """An entry in words: a title and labelled lines. `str()` gives plain text."""

    id: str
    title: str
    lines: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        width = max((len(label) for label, _ in self.lines), default=0)
        return "\n".join([self.title, *(f"  {label:<{width}}  {words}" for label, words in self.lines)])


def check_catalogue(folder: Path | None = None) -> list[Finding]:
    """Return everything wrong with the bundled catalogue, or with `folder` laid over it: the errors first.

    Looks at actors and acts. Raises BadInput when `folder` is no folder, CatalogueFault when acts.toml is broken.
    """
    if folder is not None and not folder.is_dir():
        raise BadInput(f"{folder} is not a folder", hint="give a folder that has actors/*.toml")
    folders = [BUNDLED] if folder is None else [BUNDLED, folder]
    acts = load_acts(folder if folder is not None and (folder / "acts.toml").exists() else BUNDLED)
    sourced, findings = read_actors(folders)
    findings += check_actors(sourced, acts)
    if folder is not None:
        findings += _stray_files(folder)
    return sorted(findings, key=lambda finding: finding.severity)


def _stray_files(folder: Path) -> Iterator[Finding]:
    """An overlay that nobody reads is the commonest mistake: TOML beside, not inside, the folder it belongs in."""
    for path in sorted(folder.glob("*.toml")):
        if path.name not in ("acts.toml", "cameo.toml"):
            mend = f"move it into {folder / 'actors'} (or lexicon, games)"
            yield Finding("warning", path, "", "is not read from here", mend)
    if not any((folder / part).is_dir() for part in PARTS) and not (folder / "acts.toml").exists():
        mend = "an overlay has the layout of the bundled catalogue: actors/*.toml, lexicon/*.toml"
        yield Finding("warning", folder, "", f"has none of {', '.join(PARTS)}", mend)


def describe(name: str, actors: Actors, acts: Acts) -> Description:
    """Describe an actor id (`SYR.GOV`), a type (`ASSAULT`), a mode (`ASSAULT/aerial`), a context or a sector.

    Raises NotFound with the nearest actor ids, UnknownName for an unknown mode.
    """
    if name in actors:
        return _describe_actor(actors[name], actors, acts)
    root, _, mode = name.partition("/")
    if root in acts.types:
        return _describe_mode(acts, root, mode) if mode else _describe_type(acts.types[root], acts)
    if name in acts.contexts:
        return Description(name, f"{name} (context)", (("meaning", acts.contexts[name]),))
    if name in acts.sectors:
        return Description(name, f"{name} (sector)", (("meaning", acts.sectors[name].gloss),))
    if name in acts.special_countries:
        return Description(name, f"{name} (country code)", (("meaning", acts.special_countries[name]),))
    bearers = actors.names("name").get(name, ())
    if len(bearers) == 1:
        return _describe_actor(bearers[0], actors, acts)
    if bearers:
        ids = ", ".join(bearer.id for bearer in bearers)
        raise NotFound(f"{name!r} names several actors", hint=f"give one of their ids: {ids}")
    actors[name]
    raise AssertionError("unreachable: the lookup above raises")


def _describe_actor(entry: ActorEntry, actors: Actors, acts: Acts) -> Description:
    sector = f"{entry.sector} ({acts.sector(entry.sector).gloss})" if entry.sector else ""
    above = " > ".join(f"{one} ({actors[one].name})" for one in actors.rolls_up_to(entry.id))
    below = ", ".join(one.id for one in actors if one.part_of == entry.id)
    lines = (
        ("kind", entry.kind),
        ("country", entry.country or ""),
        ("sector", sector),
        ("also called", ", ".join(entry.aliases)),
        ("in short", ", ".join(entry.short)),
        ("adjectives", ", ".join(entry.adjectives)),
        ("people", ", ".join(entry.demonyms)),
        ("capital", ", ".join(filter(None, [entry.capital, *entry.seats]))),
        ("part of", above),
        ("parts", below),
        ("existed", _span(entry) if entry.since or entry.until else ""),
        ("offices", "; ".join(f"{role.office} of {role.of}, {_span(role)}" for role in entry.roles)),
        ("note", entry.note),
    )
    return Description(entry.id, f"{entry.id}  {entry.name}", tuple(line for line in lines if line[1]))


def _describe_type(act: ActType, acts: Acts) -> Description:
    lines = [
        ("meaning", act.definition),
        ("quad", f"{act.quad} {acts.quad(act.name).name}"),
        ("score", f"{act.score:+g}"),
        ("recipient", "required" if act.requires_recipient else "optional"),
    ]
    lines += [
        (f"/{mode.name}", f"{mode.gloss} ({acts.score(act.name, mode.name):+g})")
        for mode in act.modes.values()
    ]
    return Description(act.name, f"{act.name} (PLOVER {acts.version})", tuple(lines))


def _describe_mode(acts: Acts, root: str, name: str) -> Description:
    mode = acts.mode(root, name)
    lines = (
        ("meaning", mode.gloss),
        ("score", f"{acts.score(root, name):+g}"),
        ("type", acts.types[root].definition),
    )
    return Description(f"{root}/{name}", f"{root}/{name} (PLOVER {acts.version})", lines)


def _span(dated: ActorEntry | Role) -> str:
    return f"{dated.since or '?'} to {dated.until or 'now or open'}"
