"""The nouns of sitroom: what a report, an event, an incident or a forecast must carry. Read these first."""

from sitroom.vocabulary.evidence import (
    Attribution,
    Coded,
    Event,
    Figure,
    Judgement,
    Modality,
    Relation,
    Statement,
    Unresolved,
)
from sitroom.vocabulary.identity import content_id
from sitroom.vocabulary.outlook import Forecast, Question
from sitroom.vocabulary.situation import (
    Agreement,
    Contradiction,
    Disputed,
    Incident,
    Position,
    Presence,
    Side,
    Situation,
    Tie,
)
from sitroom.vocabulary.strategy import Bargain, Game, Solution
from sitroom.vocabulary.text import Quote, Report
from sitroom.vocabulary.world import Actor, Period, Place

__all__ = [
    "Actor",
    "Agreement",
    "Attribution",
    "Bargain",
    "Coded",
    "Contradiction",
    "Disputed",
    "Event",
    "Figure",
    "Forecast",
    "Game",
    "Incident",
    "Judgement",
    "Modality",
    "Period",
    "Place",
    "Position",
    "Presence",
    "Question",
    "Quote",
    "Relation",
    "Report",
    "Side",
    "Situation",
    "Solution",
    "Statement",
    "Tie",
    "Unresolved",
    "content_id",
]
