"""What the evidence adds up to on a day."""

from sitroom.situation.incidents import find_incidents

__all__ = ["find_incidents"]
