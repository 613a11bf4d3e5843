"""sitroom: a situation room for conflict reports, offline and reproducible."""

__version__ = "0.1.0"
