"""Reads the lexicon of danger from its YAML file."""

from __future__ import annotations

from pathlib import Path

import yaml

from casework.domain.risk import RiskAssessor

LEXICON = Path(__file__).parents[1] / "data" / "risk.yml"


def load_risk(path: Path = LEXICON) -> RiskAssessor:
    """The assessor with the lexicon in ``path``. Raises ``ValueError`` where it is not well formed."""
    return RiskAssessor(yaml.safe_load(path.read_text(encoding="utf-8")))
