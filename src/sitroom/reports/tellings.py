"""How a text tells a date: as still to come, as background, or else as news."""

import re

from sitroom.reports.days import Mention

_SAME_CLAUSE = r"(?:(?!\b(?:was|were|had|has|said|says|told|announced|warned|after|since|following|when|who|which|that)\b)[^.;]){0,80}$"
_COMING = (
    r"\b(?:will|shall|plans? (?:to|for)|(?:is|are) (?:planned|scheduled|slated|expected|set)|(?:schedul|slat|expect)ed (?:to|for|on)"
    r"|due(?! to (?:the|an?|its|his|their)\b)|set (?:for|to)|expires?|expiring|upcoming|deadline|next(?! to\b))"
)
_AHEAD = re.compile(_COMING + _SAME_CLAUSE, re.I)
_MOVED = re.compile(
    r"\b(?:postpon|delay|extend|prolong|(?:br[io]\w+|mov\w+|put\w*)\b[^.;]{0,20} (?:forward|back|off)\b)[^.;]{0,30}"
    r"\b(?:to|until|till) (?:the )?$",
    re.I,
)
_MIGHT = re.compile(
    rf"(?:{_COMING}|\b(?:would|plann(?:ed|ing)|schedul\w+|slated))[^.;]{{0,80}}$"
    r"|\b(?:until|till|by|before|ahead of) (?:the )?(?:[\w-]+ ){0,3}(?:(?:on|in|of) )?$",
    re.I,
)
_OPENS_AHEAD = re.compile(r"until\b", re.I)
_THEN = re.compile(r",? (?:will|would|is due|are due|(?:is|are) (?:expected|scheduled|planned|set))\b")
_WAS = re.compile(r"\b(?:was|were|had|been|once|originally)\b[^.;,]{0,30}$", re.I)
_BACKGROUND = re.compile(
    r"\b(?:since|from|began|started|founded|anniversary|until|as early as|back)\b[^.;,]{0,40}$", re.I
)


def is_ahead(text: str, mention: Mention) -> bool:
    """True for a day that is named as still to come: "will meet on", "put off until", not "was due on"."""
    before = _before(text, mention, 100)
    found = _AHEAD.search(before)
    if found is not None:
        return _WAS.search(before[: found.start()]) is None
    return _MOVED.search(before) is not None


def may_be_ahead(text: str, mention: Mention) -> bool:
    """True for a day that may not have come yet: also "would leave on", "before the vote in", "the vote in May will"."""
    before = _before(text, mention, 100)
    return (
        any(form.search(before) for form in (_MOVED, _MIGHT))
        or _OPENS_AHEAD.match(text, mention.start) is not None
        or _THEN.match(text, mention.end) is not None
    )


def is_background(text: str, mention: Mention) -> bool:
    """True for a day from which or until which something lasts: "since 24 August 2016"."""
    return _BACKGROUND.search(_before(text, mention, 60)) is not None


def _before(text: str, mention: Mention, reach: int) -> str:
    return text[max(0, mention.start - reach) : mention.start]
