"""Which political act is that? Reports in, coded events, statements and relations out."""

from sitroom.coding.code import Coder, load_coder

__all__ = ["Coder", "load_coder"]
