"""What somebody is reported to have said."""

from collections.abc import Sequence

from sitroom.coding.events import Scope
from sitroom.vocabulary import Event, Statement


def find_statements(scope: Scope, events: Sequence[Event]) -> list[Statement]:
    """Statements of one sentence."""
    return []
