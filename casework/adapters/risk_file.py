"""The assessor of risk as shipped: the lexicon from its YAML file, and the second reader."""

from __future__ import annotations

from pathlib import Path

import yaml

from casework.adapters.risk_reader import load_reader
from casework.domain.risk import RiskAssessor

LEXICON = Path(__file__).parents[1] / "data" / "risk.yml"


def load_risk(built: Path, path: Path = LEXICON) -> RiskAssessor:
    """The assessor with the lexicon in ``path`` and the second reader kept in the folder ``built``.

    A second reader that cannot be had is logged and left out: the lexicon works alone. Raises
    ``ValueError`` where the lexicon is not well formed.
    """
    lexicon = yaml.safe_load(path.read_text(encoding="utf-8"))
    return RiskAssessor(lexicon, load_reader(built))
