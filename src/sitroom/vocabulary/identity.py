"""Ids that are hashes of content, so that reading the same report twice changes nothing."""

import hashlib
import json
import json.encoder
from collections.abc import Sequence

Part = str | int | float | None | Sequence["Part"]
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def content_id(kind: str, *parts: Part) -> str:
    """Return `kind-` and 16 hex digits of the SHA-256 of the parts.

    The parts are hashed as a JSON array: joining them with a separator would let two different lists collide.

    >>> content_id("event", "a", "b") == content_id("event", "a,b")
    False
    """
    try:  # nearly all are text alone, which needs no encoder
        packed = "[" + ",".join(map(json.encoder.encode_basestring, (kind, *parts))) + "]"  # type: ignore[arg-type]
    except TypeError:
        packed = _encode([kind, *parts])
    return f"{kind}-{hashlib.sha256(packed.encode()).hexdigest()[:16]}"
