"""Read the ICEWS14 and ICEWS18 files of the benchmark folder (research data: never shipped, never committed)."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from sitroom.outlook.history import TYPES, History, Ints, history_of_numbers

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"
EPOCHS = {"icews14": date(2014, 1, 1), "icews18": date(2018, 1, 1)}

ROOTS = (
    ("AGREE", "Express intent", "Sign formal agreement"),
    ("CONSULT", "Consult", "Discuss by", "Make a visit", "Host a visit", "Meet at", "Mediate", "Engage in negotiation"),
    ("SUPPORT", "Praise", "Defend verbally", "Rally support", "Grant diplomatic", "Apologize", "Forgive",
     "Engage in diplomatic", "Make optimistic", "Make empathetic", "Express accord", "Engage in symbolic"),
    ("COOPERATE", "Engage in material", "Cooperate", "Engage in judicial", "Share intelligence"),
    ("AID", "Provide", "Grant asylum"),
    ("CONCEDE", "Yield", "Ease", "Accede", "Return", "Receive", "Declare truce"),
    ("RETREAT", "Retreat", "Demobilize"),
    ("REQUEST", "Demand that", "Demand", "Appeal", "Make an appeal", "Investigate"),
    ("ACCUSE", "Criticize", "Accuse", "Rally opposition", "Complain", "Bring lawsuit", "find guilty",
     "Make pessimistic", "Deny responsibility"),
    ("REJECT", "Reject", "Refuse", "Veto", "Defy", "Decline comment"),
    ("THREATEN", "Threaten", "Give ultimatum"),
    ("PROTEST", "Demonstrate for", "Demonstrate or", "Conduct hunger", "Conduct strike", "Obstruct", "Protest",
     "Engage in political dissent", "Engage in violent protest"),
    ("MOBILIZE", "Demonstrate military", "Increase", "Mobilize"),
    ("SANCTION", "Reduce", "Impose embargo", "Halt", "Expel or withdraw"),
    ("COERCE", "Coerce", "Seize", "Confiscate", "Destroy", "Impose", "Ban", "Arrest", "Expel or deport", "Use tactics"),
    ("ASSAULT", "Use unconventional", "Abduct", "Physically", "Sexually", "Torture", "Kill", "Conduct suicide",
     "Carry out", "Use as human", "Attempt to assassinate", "Assassinate", "Use conventional", "Occupy", "fight with",
     "Employ aerial", "Violate", "Engage in mass", "Use chemical", "Detonate", "Use weapons", "Impose blockade"),
)  # fmt: skip
"""PLOVER type and the beginnings of the CAMEO event titles (codebook, Schrodt 2012) under it; the longest wins."""

QUAD_OF_TITLE = {"Demand": 3, "Investigate": 2, "Appeal": 1, "Make an appeal": 1}
"""Where CAMEO's quad class (root codes 01-05, 06-09, 10-13, 14-20) is not that of the PLOVER type."""


@dataclass(frozen=True)
class Splits:
    """Train and valid as (n, 4) arrays of actor, act, recipient, day; and the names behind the numbers."""

    name: str
    train: Ints
    valid: Ints
    names: tuple[str, ...]
    acts: tuple[str, ...]
    types: tuple[str, ...]
    quads: tuple[int, ...]

    @property
    def known(self) -> Ints:
        """Both splits."""
        return np.concatenate([self.train, self.valid])

    def history(self, facts: Ints) -> History:
        """The facts as a history; day 0 is the first of January of the data set's year."""
        return history_of_numbers(
            facts,
            names=self.names,
            acts=self.acts,
            types=self.types,
            quads=self.quads,
            epoch=EPOCHS[self.name],
        )


def type_of_title(title: str) -> tuple[str, int]:
    """PLOVER type and CAMEO quad class of a CAMEO event title; ("", 1) for plain statements."""
    plain = title.replace("_", " ")
    starts = [(len(start), kind) for kind, *begins in ROOTS for start in begins if plain.startswith(start)]
    if not starts:
        return "", 1
    kind = max(starts)[1]
    special = [quad for start, quad in QUAD_OF_TITLE.items() if plain.startswith(start)]
    return kind, special[0] if special else TYPES[kind]


def read_splits(name: str, folder: Path | None = None) -> Splits:
    """Read train and valid of `icews14` or `icews18`; hours become days."""
    where = (folder or BENCH) / name
    acts = _numbered(where / "relation2id.txt")
    return Splits(
        name,
        _facts(where / "train.txt"),
        _facts(where / "valid.txt"),
        _numbered(where / "entity2id.txt"),
        acts,
        tuple(type_of_title(act)[0] or "STATE" for act in acts),
        tuple(type_of_title(act)[1] for act in acts),
    )


def _facts(path: Path) -> Ints:
    facts = np.loadtxt(path, dtype=np.int64, usecols=(0, 1, 2, 3))
    facts[:, 3] //= 24
    return facts


def _numbered(path: Path) -> tuple[str, ...]:
    rows = [line.rsplit("\t", 1) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return tuple(name for name, _ in sorted(rows, key=lambda row: int(row[1])))
