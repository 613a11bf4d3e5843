"""The fixed wordings by which a line shows that it is not part of a report: labels, links, credits, notices."""

import re
from typing import Literal

Kind = Literal[
    "headline", "repeat", "dateline", "heading", "related", "teaser", "share", "navigation", "cookie", "caption",
    "credit", "newsletter", "copyright", "advertisement", "author", "disclaimer", "cut-off",
]  # fmt: skip
"""`headline` is the report's own title (a coder may use it with care); `repeat` tells it again; the others tell nothing."""

_RELATED = (
    r"(?:read more|also read|read also|read next|read(?: this)?|see also|watch(?: also)?|listen|more on this(?: story)?"
    r"|related(?: (?:stories|story|articles?|news|coverage|content|posts?|topics|reading|links))?"
    r"|recommended(?: (?:for you|reading|stories))?|you (?:may|might) (?:also|be) (?:like|interested in)|don['’]t miss"
    r"|most (?:read|popular|viewed|shared|commented)|trending(?: now)?|more (?:from|stories from) [\w .&'-]{2,30}"
    r"|more (?:news|stories)|up next|in case you missed it|must[- ]read|editor['’]?s['’]? (?:picks?|choice)"
    r"|latest (?:news|stories|headlines|videos?)|top stories|what to read next|go deeper|keep reading|other stories)"
)
_SITES = (
    r"(?:facebook|twitter|x|whats ?app|telegram|linked ?in|reddit|e-?mail|print|pinterest|instagram|youtube|messenger"
    r"|tiktok|copy (?:the )?link|pin it|tweet|like|share|google\+?|flipboard|pocket|save|link)"
)
_BUTTONS = (
    r"(?:home|menu|search|skip to (?:main )?content|sign in|log ?in|register|subscribe(?: now)?|load more|show more|view all"
    r"|(?:next|previous)(?: (?:article|post|story))?|back to (?:top|home)|(?:view|show|leave|post|add) (?:a )?comments?"
    r"|\d* ?comments?(?: \(\d+\))?|loading\.*|close|toggle navigation|contact us|about us|privacy policy|terms of (?:use|service)"
    r"|listen to (?:this )?article|font size|play video|pause|mute)"
)
_JOB = r"(?:additional |further )?(?:reporting|writing|editing|translation|compiled|written|edited|reported|translated|graphics?)"

LINES: tuple[tuple[Kind, str], ...] = (
    ("related", rf"(?:[\[(»>▶►→*•-]+\s*)?{_RELATED}\s*(?:[:|»>→–—].*|[.…]*)"),
    ("share", rf"{_SITES}(?:(?:\s|,|/|\||·|•)+(?:(?:on|via|by|this|or|and)\s+)?{_SITES})*\.?"),
    ("share", r"share (?:this|on|via)\b.{0,60}|(?:follow|like|join|find) us (?:on|at)\b.{0,80}|click to share\b.*"),
    ("share", r"follow [@\w ]{2,40} on (?:twitter|x|facebook|telegram|instagram|google news)\b.{0,60}"),
    ("navigation", rf"{_BUTTONS}(?:\s*[|•·/]\s*[\w ]{{2,20}})*"),
    ("navigation", r"(?:tags?|topics?|categor(?:y|ies)|keywords|filed under|in this (?:article|story)|section)\s*:.{0,300}"),
    ("navigation", r"(?:home|news|world)\s*[>»/›](?:\s*[\w &-]{2,30}\s*[>»/›])*\s*[\w &-]{2,30}"),
    ("navigation", r"(?:updated|last (?:updated|modified)|first published|published|posted)(?: on| at)?:?\s[\w,. /-]{0,20}\d{4}(?:[ ,|–-]+(?:at )?\d{1,2}[:.]\d\d.{0,20})?"),
    ("navigation", r"\d+ min(?:ute)?s? read|\d+ (?:minutes?|hours?|days?) ago|(?:est\. )?reading time:.{0,30}"),
    ("newsletter", r"(?:sign up|subscribe|register)(?: now| today| here)? (?:for|to)\b.{0,160}"),
    ("newsletter", r"join [\w' ]{1,40}(?:newsletter|mailing list|telegram channel|whatsapp (?:channel|group))\b.{0,80}"),
    ("newsletter", r"(?:get|receive) .{0,60}\b(?:in|to) your (?:inbox|email)\b.*|(?:enter )?your e-?mail address.{0,80}"),
    ("newsletter", r"download (?:our|the) (?:\w+ )?app\b.{0,80}|thank you for subscribing.{0,80}|(?:please )?donate\b.{0,80}"),
    ("newsletter", r"support (?:our|independent) journalism.{0,120}|(?:please )?become a (?:member|subscriber)\b.{0,120}"),
    ("copyright", r"©.*|\(c\)\s*(?:copyright|\d{4}).*|copyright\s*(?:©|\(c\)|\d{4}|by\b).*"),
    ("advertisement", r"(?:advertise?ments?|advert|ads?|sponsored(?: content| by .{2,40})?|promoted(?: content)?|remove ads)[:.]?"),
    ("advertisement", r"(?:story|article|text) continues (?:below|after)\b.{0,60}|continue reading\b.{0,60}|scroll (?:down )?to\b.{0,60}"),
    ("caption", r"(?:file(?: photo| picture| image)?|photo|image|picture|caption|video|handout|illustration|map|infographic)s?\s*(?::|\||[–—-]\s).*"),
    ("caption", r"in this (?:file |undated |handout |satellite |[\w.]+ \d{1,2}(?:, \d{4})?,? )*(?:photo|image|picture|frame grab)\b.*"),
    ("caption", r"(?:image|media|video|photo) (?:caption|copyright|source|credit)\b.*"),
    ("caption", r"(?:an? )?(?:file|handout|still|screen ?(?:shot|grab)|undated|archive) (?:photo|image|picture|photograph)\b.*"),
    ("credit", r"[\[(]?(?:photo(?:graph)?|image|picture)s?(?: credit| courtesy)?\s*(?:by|of|:|/)\s?.{2,80}|credits?\s*:\s?.{2,80}"),
    ("credit", r"[\[(]?(?:ap photo|getty images|reuters/|afp/|epa[-/]|shutterstock|wikimedia commons)[^.]{0,60}"),
    ("credit", rf"[\[(]?{_JOB}(?: and {_JOB})? by (?-i:[A-Z]).{{1,200}}|[\[(]?with (?:inputs?|files|(?:additional )?reporting) (?:from|by)\b.{{2,120}}"),
    ("credit", r".{2,120} contributed (?:to this (?:report|story|article)|(?:to the )?reporting)\b.{0,60}"),
    ("credit", r"(?:source|via|originally published (?:at|on|by))\s*[:–-]\s*\S[^.!?]{0,80}"),
    ("credit", r"(?-i:(?:By|BY) [A-Z][\w.'’-]+(?: (?:and )?(?:[A-Z][\w.'’-]*|al-\w+|bin|de|van)){1,5}(?:(?:,| in| for) [A-Z][\w .,'’-]{2,40})?)(?<![.])"),
    ("disclaimer", r"this (?:article|story|post|piece) (?:was|is|has been|first|originally)\b.{0,40}\b(?:published|appeared|edited|updated|corrected|translated|produced|generated)\b.*"),
    ("disclaimer", r"(?:correction|editor['’]s note|note to (?:editors|readers))\s*[:(].*"),
)  # fmt: skip
"""A kind and what a whole line of that kind looks like, whatever its case."""

PHRASES: tuple[tuple[str, Kind, str], ...] = (
    ("cookies", "cookie", r".*\b(?:we|site|website|page) uses? cookies\b.*|.*\buse of cookies\b.*"),
    ("cookie", "cookie", r".*\bcookie (?:policy|settings|preferences|notice|consent)\b.*|.*\b(?:accept|reject|manage)(?: all)? cookies\b.*"),
    ("subscribe to", "newsletter", r"(?:.{0,80}\b)?(?:subscribe to|sign up (?:for|to)|join) (?:our|my) .{0,160}"),
    ("sign up", "newsletter", r"(?:.{0,80}\b)?(?:subscribe to|sign up (?:for|to)|join) (?:our|my) .{0,160}"),
    ("join ", "newsletter", r"(?:.{0,80}\b)?(?:subscribe to|sign up (?:for|to)|join) (?:our|my) .{0,160}"),
    ("not be", "copyright", r".{0,120}\bthis material may not be\b.*|.*\bmay not be published, broadcast\b.*"),
    ("expressed", "disclaimer", r".{0,80}\b(?:views|opinions) expressed (?:in this (?:article|piece|column|report|essay)|here|herein|are)\b.*"),
    ("necessarily", "disclaimer", r".{0,80}\b(?:views|opinions|position)\b.{0,120}\bnot necessarily (?:reflect|represent|those)\b.*"),
    ("rights reserved", "copyright", r".{0,200}\ball rights reserved\b.*"),
)  # fmt: skip
"""The same for wordings that may stand anywhere in a line: only lines that hold the words before the kind are looked at."""

_COMPILED = tuple((kind, re.compile(rf"(?:{pattern})$", re.IGNORECASE)) for kind, pattern in LINES)
_PHRASES = tuple(
    (words, kind, re.compile(rf"(?:{pattern})$", re.IGNORECASE)) for words, kind, pattern in PHRASES
)
_PICTURE_CREDIT = re.compile(
    r"(?:[\[(][^()\[\]\n]{0,60})?(?:Getty Images|AP Photo|AFP via|REUTERS/\w|[/\[(]Reuters\b|/AFP\b|/AP\b|EPA-EFE|(?:File|FILE) (?:[Pp]hoto|PHOTO|:)"
    r"|Photo:|Photo by|Handout|Shutterstock)[^.\n]{0,50}$"
)
_LONGEST = 500
_CREDIT_REACH = 130


def find_wording(words: str) -> Kind | None:
    """Return the kind of boilerplate that a line is by its wording, or None."""
    if len(words) > _LONGEST:
        return None
    for kind, pattern in _COMPILED:
        if pattern.match(words):
            return kind
    lower = words.lower()
    for hint, kind, pattern in _PHRASES:
        if hint in lower and pattern.match(words):
            return kind
    return "caption" if len(words) <= 400 and _PICTURE_CREDIT.search(words[-_CREDIT_REACH:]) else None
