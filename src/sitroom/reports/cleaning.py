"""Clean a text before its offsets are defined: newlines, odd spaces, invisible characters; nothing else changes."""

import re

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = (
    "\u00ad\u180e\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_CONTROL = [
    chr(code) for code in (*range(0x00, 0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0))
]

_TABLE = str.maketrans(
    {
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"),
        **dict.fromkeys(_INVISIBLE, ""),
        **dict.fromkeys(_CONTROL, ""),
    }
)
_ODD = re.compile("[" + "".join(map(re.escape, map(chr, _TABLE))) + "\ud800-\udfff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return `text` with plain newlines and spaces, without soft hyphens, zero-width or control characters.

    Joiners that carry meaning in Persian or Hindi (U+200C, U+200D) stay. Lone surrogates become U+FFFD. Leading and
    trailing white space goes; everything else stays where it is.
    """
    if _ODD.search(text) is None:
        return text.strip()
    text = _LONE_SURROGATE.sub("\ufffd", text)
    return text.replace("\r\n", "\n").translate(_TABLE).strip()
