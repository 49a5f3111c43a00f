"""The tables and words of the calculators, read once from ``casework/data``.

They ship with the package, so that the same inputs on the same day give the same figures on every
machine; each file names its source, the day it was reviewed and the day it must be looked at again.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[2] / "data"


@cache
def load(name: str) -> dict[str, Any]:
    """The content of ``casework/data/{name}.yml``; callers must not change it."""
    loaded = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise ValueError(f"{name}.yml is not a mapping")
    return loaded
