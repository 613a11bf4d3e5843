"""The brief as Markdown, as plain text, and as one HTML file that needs nothing else."""

import re
import textwrap
from pathlib import Path

from sitroom.app.brief_parts import Brief, Line, Publisher

TEMPLATES = Path(__file__).with_name("templates")
LEANING = "Reports by publisher, and on whose word most of what each tells rests: counts, not a verdict."
_MARKED = re.compile(r"([\\`*_{}\[\]<>#|~])")


def as_markdown(brief: Brief) -> str:
    """The brief in Markdown; the words of reports are escaped."""
    out = [f"# {_plain(brief.title)}", ""]
    out += [f"- **{label}**: {_plain(words)}" for label, words in brief.header]
    for section in brief.sections:
        out += ["", f"## {section.heading}", "", f"*{section.about}*", ""]
        out += [_markdown_line(line) for line in section.lines]
    if brief.sources:
        out += ["", "## Sentences", ""]
        for source in brief.sources:
            where = ", ".join(part for part in (source.publisher, source.title, source.day) if part)
            out.append(f'{source.number}. "{_plain(source.words)}" ({_plain(where)}; `{source.evidence}`)')
    if brief.publishers:
        out += ["", "## Sources", "", f"*{LEANING}*", ""]
        out += [f"- **{_plain(one.name)}**: {_plain(publisher_words(one))}" for one in brief.publishers]
    return "\n".join(out) + "\n"


def as_text(brief: Brief, width: int = 100) -> str:
    """The brief in plain text for a terminal of that width."""
    out = [brief.title.upper(), ""]
    longest = max((len(label) for label, _ in brief.header), default=0)
    out += [f"{label:<{longest}}  {words}" for label, words in brief.header]
    for section in brief.sections:
        out += ["", section.heading.upper(), section.about]
        for line in section.lines:
            out += ["", *_text_line(line, width)]
    if brief.sources:
        out += ["", "SENTENCES"]
        for source in brief.sources:
            where = ", ".join(part for part in (source.publisher, source.title, source.day) if part)
            out += _wrapped(f"[{source.number}] ", f'"{source.words}" ({where}; {source.evidence})', width)
    if brief.publishers:
        out += ["", "SOURCES", *_wrapped("", LEANING, width)]
        for one in brief.publishers:
            out += _wrapped("* ", f"{one.name}: {publisher_words(one)}", width)
    return "\n".join(out) + "\n"


def as_html(brief: Brief) -> str:
    """The brief as one HTML document: no script, no other file, everything from reports escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["web"] = lambda url: url if re.match(r"https?://", url, re.IGNORECASE) else ""
    environment.filters["counted"] = publisher_words
    return environment.get_template("brief.html.j2").render(brief=brief, leaning=LEANING)


def publisher_words(one: Publisher) -> str:
    """`12 reports; on the word of Israel 4, Iran 2`."""
    count = f"{one.reports} report{'s' if one.reports != 1 else ''}"
    return f"{count}; on the word of {one.leaning}" if one.leaning else count


def _markdown_line(line: Line) -> str:
    note = f" *({_plain(line.note)})*" if line.note else ""
    lead = f"- **{_plain(line.lead)}**{note}"
    if line.sides:
        return "\n".join(
            [lead, *(f'  - {_plain(one.who)}: "{_plain(one.words)}" [{one.cite}]' for one in line.sides)]
        )
    return f"{lead}  \n  {_plain(line.words)} {_cites(line)}"


def _text_line(line: Line, width: int) -> list[str]:
    note = f" ({line.note})" if line.note else ""
    out = _wrapped("* ", line.lead + note, width)
    for one in line.sides:
        out += _wrapped("  - ", f'{one.who}: "{one.words}" [{one.cite}]', width)
    return out if line.sides else [*out, *_wrapped("  ", f"{line.words} {_cites(line)}", width)]


def _cites(line: Line) -> str:
    return " ".join(f"[{number}]" for number in line.cites)


def _wrapped(lead: str, words: str, width: int) -> list[str]:
    indent = " " * len(lead)
    return textwrap.wrap(
        words, max(width, 40), initial_indent=lead, subsequent_indent=indent, break_on_hyphens=False
    )


def _plain(words: str) -> str:
    return _MARKED.sub(r"\\\1", words)
