"""A small made-up world: pairs with habits, answers to strikes, and enough days to look back on."""

from datetime import date, timedelta

import numpy as np
import pytest

from sitroom.outlook.history import History, Record, build_history

START = date(2020, 1, 1)
LANDS = ("AAA", "BBB", "CCC", "DDD")


def made_up_records(days: int = 200, seed: int = 7) -> list[Record]:
    """AAA.MIL strikes BBB often, BBB answers the next day; everybody talks to everybody now and then."""
    random = np.random.default_rng(seed)
    bodies = [f"{land}.{body}" for land in LANDS for body in ("MIL", "GOV")]
    records: list[Record] = []
    struck = False
    for k in range(days):
        day = START + timedelta(days=k)
        if struck and random.random() < 0.7:
            records.append(Record("BBB.MIL", "ASSAULT", "AAA.MIL", day, id=f"b{k}"))
        struck = random.random() < 0.2
        if struck:
            records.append(Record("AAA.MIL", "ASSAULT", "BBB.MIL", day, id=f"a{k}"))
        for n in range(6):
            one, other = random.choice(len(bodies), 2, replace=False)
            late = int(random.integers(0, 3))
            act = ("CONSULT", "ACCUSE", "AID")[int(random.integers(0, 3))]
            records.append(
                Record(bodies[one], act, bodies[other], day, day + timedelta(days=late), id=f"t{k}.{n}")
            )
    return records


@pytest.fixture(scope="session")
def history() -> History:
    return build_history(made_up_records())


@pytest.fixture(scope="session")
def numbers() -> tuple[np.ndarray, int, int]:
    """Facts of a made-up world as (n, 4), its actors and acts."""
    made = build_history(made_up_records(120))
    return np.column_stack([made.actor, made.act, made.recipient, made.day]), len(made.names), len(made.acts)
