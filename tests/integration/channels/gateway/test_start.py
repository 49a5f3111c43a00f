"""The gateway as the server starts it: from the environment, and without anything heavy."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from casework.bootstrap import prepare
from casework.settings import Settings

ROOT = Path(__file__).parents[4]

START = """
import sys
from channels.app import create_app
client = create_app().test_client()
assert client.get("/healthz").get_json() == {"status": "ok"}
assert client.get("/").status_code == 200
assert client.get("/console/sign-in").status_code == 200
assert client.get("/readyz").status_code == 503  # nobody has started Rasa
heavy = {"faiss", "sentence_transformers", "torch", "sklearn", "jieba", "rasa_sdk", "bm25s"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""


def start(data: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SUQIU_DATA_DIR": str(data), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", START], env=environment, cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def test_the_gateway_starts_from_the_environment_and_loads_nothing_heavy(tmp_path: Path) -> None:
    prepare(Settings(data_dir=tmp_path / "var"))
    done = start(tmp_path / "var")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "var" / "web_secret").stat().st_mode & 0o077 == 0


def test_without_a_set_up_it_says_why_it_cannot_start(tmp_path: Path) -> None:
    done = start(tmp_path / "nothing")
    assert done.returncode != 0
    assert "CannotStart" in done.stderr or "KeysUnusable" in done.stderr
    assert "is missing" in done.stderr or "suqiu setup" in done.stderr
