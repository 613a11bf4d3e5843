"""Ids that are hashes of content, so that reading the same report twice changes nothing."""

import hashlib
import json
from collections.abc import Sequence

Part = str | int | float | None | Sequence["Part"]
_pack = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def content_id(kind: str, *parts: Part) -> str:
    """Return `kind-` and 16 hex digits of the SHA-256 of the parts.

    The parts are hashed as a JSON array: joining them with a separator would let two different lists collide.

    >>> content_id("event", "a", "b") == content_id("event", "a,b")
    False
    """
    return f"{kind}-{hashlib.sha256(_pack([kind, *parts]).encode()).hexdigest()[:16]}"
