"""Mark what stands in a report without being told by it: teasers, share links, captions, credits, headings, cut-offs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from sitroom.reports.datelines import find_date_line, find_dateline, find_headline, is_ended
from sitroom.reports.wordings import Kind, find_wording


class Span(NamedTuple):
    """Characters `start:end` of a text and what they are."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    end: int
    words: str
    ended: bool
    bullet: bool


_POSE = re.compile(
    r"\b(?:stands?|sits?|walks?|shakes? hands|shaking hands|looks? (?:on|at)|waves?|gestures?|poses?|listens?|smiles?|"
    r"(?:is|are) (?:seen|pictured|shown)|seen (?:in|at|on|during)|pictured|speaks? (?:during|at|to)|addresses|holds? (?:up|a|hands)|"
    r"carry|carries|attends?|arrives?|salutes?|rides?|chants?|gathers?|inspects?|\((?:L|R|C|left|right|centre|center)\)|(?:left|right), )\b"
)
_INLINE = re.compile(
    r"\b(?:READ MORE|Read [Mm]ore|ALSO READ|Also [Rr]ead|READ ALSO|Read [Aa]lso|RELATED|Related|SEE ALSO|See [Aa]lso"
    r"|WATCH|Read [Nn]ext|READ NEXT)\s*[:»→|]\s*[^\n]+"
)
_GLUED = re.compile(r"(?<=[a-z]{2}[.?!])(?=[A-Z][a-z’']+ )|(?<=[a-z]{2}[.?!][\"”’])(?=[A-Z][a-z’']+ )")
_BIO = re.compile(
    r"(?:The author|The writer|[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|bin|al-\w+|de|van|von)){1,3})(?: \([^)]{2,40}\))?,? (?:is|was|are|covers|writes|reports|works as)"
    r" (?:an? |the |currently |our )*(?:\w+[ -]){0,6}?(?:fellow|journalist|reporter|correspondent|writer|columnist|analyst|researcher|professor|lecturer|editor|"
    r"contributor|author|producer|freelancer?|blogger|student|scholar|historian|expert|director of|politics|for the|about)\b"
)
_CONTACT = re.compile(
    r"(?:follow|reach|contact|e-?mail) (?:him|her|them|me|the author)\b.{0,40}(?:on|at)\b.*|@\w{2,}$", re.I
)
_QUESTION = re.compile(
    r"(?:Will|Can|Could|Is|Are|Does|Do|Did|Has|Have|Why|How|What|Who|Where|When|Should|Would|Was|Were|Which)\b[^.!?\n\"“”]{8,120}\?$"
)
_LABELLED = re.compile(
    r"[A-Z][\w'’ -]{2,30}: (?:What|Why|How|Who|When|Where|Which|Is|Are|Will|Can|Could|Does|Do)\b[^.]*$"
)
_LAST_STOP = re.compile(r"[a-z\d)][.?!][\"'”’]?\s+(?=[A-Z])")
_BULLET = re.compile(r"\s*(?:[-*•·▪◦●–—»>]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s)")
_ARTICLE = re.compile(r"\b(?:the|a|an|said|says that)\b", re.I)
_SMALL = frozenset(
    "a an the of in on at to for by and or but nor as with from over into after vs via is are be it its".split()  # noqa: SIM905
)
_FUNCTION_END = re.compile(
    r"\b(?:the|a|an|of|to|and|or|in|on|for|with|that|by|from|as|at|its|their|his|was|is|were|has|have)$"
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def mark_boilerplate(text: str, title: str = "") -> tuple[Span, ...]:
    """Return the spans of a clean text that must not be coded as the report's own sentences, in order, disjoint.

    `title` is the report's title where it is known from elsewhere: a line that repeats it is a headline too.

    Lines are judged by fixed wordings first ("Read more:", "Share on", credits). Where the text otherwise ends its
    paragraphs with stops, lines without one are judged by place and form: first (headline), last (related stories,
    cut-off), between (headings, captions). Bulleted lines and texts that use no stops are left alone.
    """
    paragraphs = list(_paragraphs(text))
    marks: dict[int, Kind] = dict(_by_wording(paragraphs))
    if _uses_stops(paragraphs):
        _mark_by_form(text, title, paragraphs, marks)
    _mark_bios(paragraphs, marks)
    spans = [Span(paragraphs[i].start, paragraphs[i].end, kind) for i, kind in marks.items()]
    return tuple(_disjoint(sorted(spans), list(_inside(text, paragraphs, marks))))


def _disjoint(spans: list[Span], extra: list[Span]) -> list[Span]:
    for span in extra:
        if not any(span.start < other.end and other.start < span.end for other in spans):
            spans.append(span)
    return sorted(spans)


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    """Lines, put together where a fixed width has wrapped them."""
    lines = [
        (m.start(), m.group()) for m in re.finditer(r"[^\n]*", text) if m.group() or m.start() < len(text)
    ]
    wrapped = _is_wrapped([line for _, line in lines])
    start, end = -1, -1
    for (offset, line), (_, following) in zip(lines, [*lines[1:], (0, "")], strict=False):
        if not line.strip():
            continue
        if start < 0:
            start = offset + len(line) - len(line.lstrip())
        end = offset + len(line.rstrip())
        goes_on = bool(following.strip()) and not _BULLET.match(following)
        if goes_on and (following.lstrip()[0].islower() or (wrapped and len(line.rstrip()) >= 45)):
            continue
        words = text[start:end]
        yield _Paragraph(start, end, words, is_ended(words), _BULLET.match(words) is not None)
        start = -1


def _is_wrapped(lines: list[str]) -> bool:
    """True for a text of fixed width: no long line, and several full lines that another follows directly."""
    if max(map(len, lines), default=0) > 120:
        return False
    full = sum(len(line) >= 50 and bool(after.strip()) for line, after in pairwise(lines))
    return full >= 3


def _by_wording(paragraphs: list[_Paragraph]) -> Iterator[tuple[int, Kind]]:
    listing = False
    for i, paragraph in enumerate(paragraphs):
        kind = find_wording(paragraph.words)
        if kind is not None:
            listing = kind == "related" and len(paragraph.words.split()) <= 5
            yield i, kind
        elif (
            listing and len(paragraph.words) <= 160 and (not paragraph.ended or paragraph.words.endswith("?"))
        ):
            yield i, "related"
        else:
            listing = False


def _uses_stops(paragraphs: list[_Paragraph]) -> bool:
    long = [paragraph for paragraph in paragraphs if len(paragraph.words.split()) >= 8]
    ended = sum(paragraph.ended for paragraph in long)
    return ended >= 2 and ended * 10 >= len(long) * 6


def _mark_by_form(text: str, title: str, paragraphs: list[_Paragraph], marks: dict[int, Kind]) -> None:
    headline = _mark_head(text, paragraphs, marks)
    told = {_plain(headline), _plain(title)} - {""}
    tail = _tail(paragraphs, marks)
    loose = [i for i in tail if i not in marks]
    for i in loose:
        kind = _tail_kind(paragraphs[i].words, len(loose))
        if kind is not None:
            marks[i] = kind
    listing = False
    for i, paragraph in enumerate(paragraphs):
        if i in marks or i in tail:
            continue
        kind = None if listing or paragraph.bullet else _between_kind(paragraph)
        if _plain(paragraph.words) in told:
            marks[i] = "repeat" if "headline" in marks.values() else "headline"
        elif kind is not None and i > 0:
            marks[i] = kind
        listing = paragraph.words.endswith(":") or (listing and not paragraph.ended)
    _mark_teaser(paragraphs, marks)


def _mark_head(text: str, paragraphs: list[_Paragraph], marks: dict[int, Kind]) -> str:
    """Mark the headline, a second line under it, and a caption; return the headline."""
    headline = find_headline(text)
    first = paragraphs[0]
    if not headline or 0 in marks or first.words != headline:
        return headline
    marks[0] = "headline"
    for i in (1, 2):
        if i >= len(paragraphs) - 1 or paragraphs[i].ended or paragraphs[i].bullet:
            break
        if i in marks:
            continue
        words = paragraphs[i].words
        if _plain(words) == _plain(headline):
            marks[i] = "repeat"
        elif _POSE.search(words) and len(words.split()) >= 6:
            marks[i] = "caption"
        elif i == 1 and len(words.split()) >= 5 and len(words) <= 200:
            marks[i] = "headline"
    return headline


def _tail(paragraphs: list[_Paragraph], marks: dict[int, Kind]) -> list[int]:
    """The last paragraphs that are marked already or have no stop, back to the last proper one."""
    tail: list[int] = []
    for i in range(len(paragraphs) - 1, 0, -1):
        paragraph = paragraphs[i]
        if i not in marks and (paragraph.ended or paragraph.bullet or len(paragraph.words.split()) > 24):
            break
        tail.append(i)
    return tail if len(tail) < len(paragraphs) else []


def _tail_kind(words: str, run: int) -> Kind | None:
    count = len(words.split())
    if (_title_share(words) >= 0.75 and count >= 4) or _LABELLED.match(words):
        return "related"
    if count <= 5 or (count <= 6 and _FUNCTION_END.search(words)):
        return "cut-off"
    if run >= 2 and count <= 20 and not _tells_in_full(words):
        return "related"
    return "related" if count <= 18 and not _ARTICLE.search(words) else None


def _tells_in_full(words: str) -> bool:
    """True for what reads as a sentence of the body that lacks its stop: articles and a verb of saying or the past."""
    return re.search(r"\bsaid\b", words) is not None and _ARTICLE.search(words) is not None


def _between_kind(paragraph: _Paragraph) -> Kind | None:
    words = paragraph.words
    count = len(words.split())
    titled = _title_share(words) >= 0.75
    if paragraph.ended:
        return "related" if words.endswith("?") and titled else None
    if count >= 6 and _POSE.search(words) and len(words) <= 300:
        return "caption"
    if re.search(r"\d", words) and not titled:
        return None
    if count <= 7 or (titled and count <= 10):
        return "heading"
    if titled and count <= 20:
        return "related"
    return "heading" if count <= 14 and not _ARTICLE.search(words) else None


def _mark_teaser(paragraphs: list[_Paragraph], marks: dict[int, Kind]) -> None:
    """A single question that stands alone at the very end points to another story; it tells nothing anyway."""
    left = [i for i in range(len(paragraphs)) if i not in marks]
    if len(left) >= 3 and _QUESTION.match(paragraphs[left[-1]].words):
        marks[left[-1]] = "teaser"


def _mark_bios(paragraphs: list[_Paragraph], marks: dict[int, Kind]) -> None:
    """Who wrote it, among the last two paragraphs that are left."""
    left = [i for i in range(len(paragraphs)) if i not in marks]
    if len(left) < 4:
        return
    for i in reversed(left[-2:]):
        words = paragraphs[i].words
        if (
            len(words) <= 600
            and (_BIO.match(words) or _CONTACT.match(words))
            and not re.search(r"[\"“”]|\bsaid\b", words)
        ):
            marks[i] = "author"
        else:
            break


def _inside(text: str, paragraphs: list[_Paragraph], marks: dict[int, Kind]) -> Iterator[Span]:
    """What stands inside a paragraph: a dateline, a date line, "Read more: ..." at its end, a headline glued to it."""
    dateline = find_dateline(text)
    if dateline is not None:
        yield Span(dateline.start, dateline.end, "dateline")
    if (line := find_date_line(text)) is not None:
        yield Span(line[1], line[2], "dateline")
    for match in _INLINE.finditer(text):
        bracket = text[: match.start()].endswith(("(", "["))
        yield Span(match.start() - bracket, match.end(), "related")
    for i, paragraph in enumerate(paragraphs):
        if i not in marks and not paragraph.ended and (start := _glued_at(paragraph.words)) is not None:
            yield Span(paragraph.start + start, paragraph.end, "related")


def _glued_at(words: str) -> int | None:
    """Where headlines begin that stand behind the last sentence on the same line; None where there are none."""
    glued = [match.end() for match in _GLUED.finditer(words)]
    stops = [match.end() for match in _LAST_STOP.finditer(words)]
    for first, last, least in ((glued[:1], glued[-1:], 4), (stops[-1:], stops[-1:], 5)):
        rest = words[last[0] :] if last else ""
        if len(rest.split()) >= least and _title_share(rest) >= 0.75:
            return first[0]
    return None


def _title_share(words: str) -> float:
    """The share of words that start with a capital, small words and the first word left out; 0 for very short lines."""
    counted = [word for word in _WORD.findall(words)[1:] if word.lower() not in _SMALL]
    return sum(word[0].isupper() for word in counted) / len(counted) if len(counted) >= 2 else 0.0


def _plain(words: str) -> str:
    return " ".join(_WORD.findall(words.lower()))
