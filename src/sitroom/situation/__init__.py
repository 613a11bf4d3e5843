"""What the evidence adds up to on a day."""

from sitroom.situation.agreements import find_agreements
from sitroom.situation.assess import assess
from sitroom.situation.contradictions import find_contradictions
from sitroom.situation.incidents import find_incidents
from sitroom.situation.kinship import roll_up
from sitroom.situation.positions import find_positions
from sitroom.situation.presence import find_presences
from sitroom.situation.ties import find_ties

__all__ = [
    "assess",
    "find_agreements",
    "find_contradictions",
    "find_incidents",
    "find_positions",
    "find_presences",
    "find_ties",
    "roll_up",
]
