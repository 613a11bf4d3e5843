"""Which political act is that? Reports in, coded events, statements and relations out."""

from sitroom.coding.code import Coder, load_coder
from sitroom.coding.pair import PairLabel, label_pair

__all__ = ["Coder", "PairLabel", "label_pair", "load_coder"]
