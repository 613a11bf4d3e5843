"""Standing ties and states that a sentence mentions."""

from sitroom.coding.events import Scope
from sitroom.vocabulary import Relation


def find_relations(scope: Scope) -> list[Relation]:
    """Relations of one sentence."""
    return []
