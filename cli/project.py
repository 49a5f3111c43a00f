"""Where things are in a checkout, and the two interpreters."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cli.failures import Unusable

#: The root of the checkout: the folder that holds ``config.yml`` and ``bot/``.
ROOT = Path(__file__).resolve().parents[1]
BOT = ROOT / "bot"
MODEL = BOT / "models" / "suqiu.tar.gz"
SOURCES = ROOT / "knowledge_base" / "sources"
FIGURES = ROOT / "knowledge_base" / "figures.json"

SERVICE_PYTHON = sys.executable

#: Rasa is told not to phone home and not to look for a GPU; TensorFlow not to chat.
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    "PYTHONWARNINGS": "ignore::DeprecationWarning",
}


def bot_python() -> str:
    """The interpreter of the dialogue environment.

    Raises:
        Unusable: the environment has not been made.
    """
    path = Path(os.environ.get("SUQIU_BOT_PYTHON", ROOT / ".venv-bot" / "bin" / "python"))
    if not path.exists():
        raise Unusable(f"the dialogue environment is missing ({path}); run `make setup` first")
    return str(path)
