"""On which line of a TOML text an entry or a key stands, so that errors can point there."""

import re

Path = tuple[str | int, ...]

HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
KEY = re.compile(r"""^\s*((?:"[^"]*"|'[^']*'|[\w\-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w\-]+))*)\s*=""")
STRING = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*$')


def number_lines(text: str) -> dict[Path, int]:
    """The line (from 1) of every table, entry of a table array, and key: paths like ("option", 2, "owner")."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    depth, fence = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        if not depth and not fence:
            if header := HEADER.match(line):
                table = _enter(_split(header[2]), header[1] == "[[", counts)
                found.setdefault(table, number)
                continue
            if key := KEY.match(line):
                found.setdefault((*table, *_split(key[1])), number)
        depth, fence = _open(line, depth, fence)
    return found


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of `path`, or of the nearest thing around it; 1 if nothing is known."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


def _split(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^.\s]+", dotted))


def _enter(names: tuple[str, ...], many: bool, counts: dict[Path, int]) -> Path:
    """The path of a table header; names of table arrays on the way stand for their latest entry."""
    path: Path = ()
    for place, name in enumerate(names):
        path = (*path, name)
        if place == len(names) - 1 and many:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _open(line: str, depth: int, fence: str) -> tuple[int, str]:
    """How many brackets, and which triple quote, are open after a line."""
    while fence or '"""' in line or "'''" in line:
        if fence:
            _, found, line = line.partition(fence)
            if not found:
                return depth, fence
            fence = ""
        else:
            match = next((m for m in STRING.finditer(line) if m[0] in ('"""', "'''")), None)
            if not match:
                break
            fence, line = match[0], line[match.end() :]
    bare = STRING.sub("", line)
    return max(0, depth + bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")), ""
