"""Questions that later reports can settle: how they are worded, opened and resolved."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from sitroom.errors import BadQuestion
from sitroom.outlook.history import NOBODY, History, Ints, is_part
from sitroom.vocabulary import Question, content_id

HORIZONS = (7, 30, 90)
CLASSES = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict", "ASSAULT")


def make_question(
    act: str,
    opens: date,
    closes: date,
    *,
    actor: str | None = None,
    recipient: str | None = None,
    place: str | None = None,
    threshold: int = 1,
    names: Mapping[str, str] | None = None,
) -> Question:
    """Word a question, with `names` for the ids of its parties; equal questions get equal ids.

    Raises BadQuestion if it cannot be settled.
    """
    called = names or {}
    if closes < opens:
        raise BadQuestion(
            f"the question closes on {closes}, before it opens on {opens}", hint="give a later --closes"
        )
    if threshold < 1:
        raise BadQuestion(f"a threshold of {threshold} is met by nothing happening", hint="give 1 or more")
    number = "at least one" if threshold == 1 else f"at least {threshold}"
    act_words = "act" if act == "any" else f"act of {act.replace('-', ' ')}"
    text = f"{number} {act_words}{'' if threshold == 1 else 's'[:0]}"
    text += f" by {called.get(actor, actor)}" if actor else ""
    text += f" towards {called.get(recipient, recipient)}" if recipient else ""
    text += f" in {place}" if place else ""
    text += f" from {opens} to {closes}?"
    parts = (actor, act, recipient, place, opens.isoformat(), closes.isoformat(), threshold)
    text = text[0].upper() + text[1:]
    return Question(
        content_id("question", *parts), text, actor, act, recipient, place, opens, closes, threshold
    )


def matching(history: History, question: Question) -> Ints:
    """The rows of the history that count for the question, whatever their day; bodies act for their state. Raises BadQuestion for unknown acts."""
    mask = np.isin(history.act, history.acts_in(question.act))
    for name, column in ((question.actor, history.actor), (question.recipient, history.recipient)):
        if name is not None:
            mask &= np.isin(column, [i for i, other in enumerate(history.names) if is_part(other, name)])
    if question.place is not None:
        mask &= in_place(history, question.place)
    return np.flatnonzero(mask)


def in_place(history: History, place: str) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Which rows happened in a place, by name."""
    if not len(history.place) or place not in history.places:
        return np.zeros(len(history), bool)
    mask: np.ndarray[tuple[int], np.dtype[np.bool_]] = history.place == history.places.index(place)
    return mask


def resolve(question: Question, history: History, known_by: date, *, grace: int = 0) -> bool | None:
    """Yes as soon as enough acts are known; no when `grace` days after the close have passed; None while open.

    A no needs reports that could have told: where less than half of the window's days is near any known act, the
    question stays open.
    """
    known = history.before(history.number(known_by) + 1)
    rows = matching(known, question)
    days = known.day[rows]
    inside = (days >= history.number(question.opens)) & (days <= history.number(question.closes))
    if int(inside.sum()) >= question.threshold:
        return True
    if known_by < question.closes + timedelta(days=grace):
        return None
    window = slice(max(0, known.number(question.opens)), known.number(question.closes) + 1)
    covered = known.covered(known.number(question.closes) + 1)[window]
    return False if len(covered) and covered.mean() >= 0.5 else None


def open_questions(
    history: History,
    opens: date,
    *,
    horizons: Sequence[int] = HORIZONS,
    classes: Sequence[str] = CLASSES,
    actor: str | None = None,
    recipient: str | None = None,
    most: int = 20,
    names: Mapping[str, str] | None = None,
) -> Iterator[Question]:
    """Questions worth asking on `opens`, for the pairs that acted most in the last year: each horizon, and each class
    (where nobody is named, those of which either did something to the other before)."""
    past = history.before(history.number(opens))
    past = past.rows((past.recipient != NOBODY) & (past.recipient != past.actor))
    late = past.rows(past.day > history.number(opens) - 365)
    kinds = {act: past.acts_in(act) for act in classes}
    for name, column in ((actor, late.actor), (recipient, late.recipient)):
        if name is not None:
            number = late.name_number(name)
            keep = column == (number if number is not None else NOBODY - 1)
            late = late.rows(keep)
            break
    if actor is not None and recipient is not None:
        late = late.rows(
            late.recipient == (late.name_number(recipient) if recipient in late.names else NOBODY - 1)
        )
    if not len(late):
        return
    pairs, count = np.unique(np.column_stack([late.actor, late.recipient]), axis=0, return_counts=True)
    for row in np.argsort(-count, kind="stable")[:most]:
        a, b = pairs[row]
        done = past.act[
            ((past.actor == a) & (past.recipient == b)) | ((past.actor == b) & (past.recipient == a))
        ]
        for horizon in horizons:
            for act in (act for act in classes if actor or recipient or np.isin(done, kinds[act]).any()):
                closes = opens + timedelta(days=horizon - 1)
                one, other = late.names[a], late.names[b]
                yield make_question(act, opens, closes, actor=one, recipient=other, names=names)
