"""Sums and days that the law prescribes: deterministic, cited, with every step of the working.

``calculate("compensation", {"wage": 6000, "years": 3.5}, today)`` gives a ``Result``. What each
calculator takes and says is in ``casework/data/calculators/{name}.yml``; tables of figures are in
``casework/data`` with their source and the day of their next review.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from casework.domain.calculators import (
    annual_leave,
    child_support,
    compensation,
    deadline,
    double_pay,
    injury,
    late_interest,
    legal_aid,
    litigation_fee,
    loan_interest,
    overtime,
    petition_clocks,
    work_injury,
)
from casework.domain.calculators.inputs import BadInput, MissingInput, read, say
from casework.domain.calculators.result import Citation, Item, Result, TableUse
from casework.domain.calculators.sheet import Sheet
from casework.domain.calculators.spec import Spec, load

__all__ = [
    "CALCULATORS",
    "BadInput",
    "Citation",
    "Item",
    "MissingInput",
    "Result",
    "TableUse",
    "calculate",
    "spec",
]

_MODULES = (
    compensation,
    double_pay,
    overtime,
    annual_leave,
    work_injury,
    loan_interest,
    late_interest,
    litigation_fee,
    injury,
    child_support,
    deadline,
    petition_clocks,
    legal_aid,
)

#: Every calculator by its name.
CALCULATORS: Mapping[str, Callable[[Sheet], Result]] = MappingProxyType(
    {module.NAME: module.calculate for module in _MODULES}
)


def spec(name: str) -> Spec:
    """What the calculator ``name`` asks for; ``-`` and ``_`` are the same in a name.

    Raises ``BadInput`` for a name that no calculator has.
    """
    plain = name.strip().replace("-", "_")
    if plain not in CALCULATORS:
        raise BadInput(say("no_calculator", name=name[:40], known="、".join(CALCULATORS)))
    return load(plain)


def calculate(name: str, given: Mapping[str, Any], today: date) -> Result:
    """Work out ``name`` from inputs as a person or a program gave them.

    ``today`` stands in for days that were not given. Raises ``BadInput`` (``MissingInput`` where
    something is lacking) with one plain Chinese sentence.
    """
    found = spec(name)
    try:
        return CALCULATORS[found.name](Sheet(found, read(found, given), today))
    except BadInput:
        raise
    except (ValueError, OverflowError) as error:  # a day beyond the calendar, a sum beyond measure
        raise BadInput(say("beyond")) from error
