"""What is built from sources, and whether it still matches them."""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from cli import project
from cli.failures import Unusable

Say = Callable[[str], None]

_MODEL_SOURCES = ("domain", "data", "components")


def _digest(files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(file.relative_to(project.ROOT).as_posix().encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def model_sources() -> list[Path]:
    """Every file that a trained dialogue model depends on."""
    files = [project.ROOT / "config.yml", project.BOT / "requirements.txt"]
    for folder in _MODEL_SOURCES:
        files += [
            path
            for path in (project.BOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        ]
    return files


def model_is_current() -> bool:
    """Whether the trained model was made from the sources as they are now."""
    stamp = project.MODEL.with_suffix(".stamp")
    return (
        project.MODEL.exists()
        and stamp.exists()
        and stamp.read_text(encoding="utf-8").strip() == _digest(model_sources())
    )


def train_model(say: Say) -> None:
    """Train the dialogue model unless it is current.

    The new model takes the old one's place only when training has succeeded.

    Raises:
        Unusable: training failed; the message ends with Rasa's last words.
    """
    if model_is_current():
        say("dialogue model: up to date")
        return
    digest = _digest(model_sources())
    say("dialogue model: training (about half a minute) …")
    started = time.monotonic()
    project.MODEL.parent.mkdir(parents=True, exist_ok=True)
    # A folder of its own beside the old model, renamed into place at the end: a server that starts
    # meanwhile never sees half a model, and two trainings do not write into one file.
    scratch = tempfile.TemporaryDirectory(prefix=".training-", dir=project.MODEL.parent)
    fresh = Path(scratch.name)
    command = [
        *(project.bot_python(), "-m", "lean", "train", "--config", "../config.yml"),
        *("--domain", "domain", "--data", "data", "--out", str(fresh)),
        *("--fixed-model-name", "suqiu"),
    ]
    lines: list[str] = []
    with subprocess.Popen(  # noqa: S603 - fixed arguments
        command,
        cwd=project.BOT,
        env={**os.environ, **project.QUIET},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None  # noqa: S101 - asked for above
        for line in process.stdout:
            lines.append(line.rstrip())
            if "Finished training component" in line:
                say(f"  {line.strip().split(' - ')[-1]}")
    trained = fresh / project.MODEL.name
    if process.returncode != 0 or not trained.exists():
        raise Unusable("training the dialogue model failed:\n" + "\n".join(lines[-15:]))
    trained.replace(project.MODEL)
    project.MODEL.with_suffix(".stamp").write_text(digest + "\n", encoding="utf-8")
    scratch.cleanup()
    say(f"dialogue model: trained ({time.monotonic() - started:.0f} s)")


def build_index(say: Say, *, embedder: str | None = None, old_serves: bool = False) -> None:
    """Build the guidance index unless it matches its sources and the embedding model.

    ``embedder`` is the model to use, by default that of the settings. With ``old_serves`` a build
    that fails is told, and the index that is there goes on serving if it can.

    Raises:
        Unusable: the sources or the model cannot be read; an older index stays as it was.
    """
    from casework.settings import load
    from knowledge_base.build import build, is_current
    from knowledge_base.errors import KnowledgeError
    from knowledge_base.service import Guidance

    settings = load() if embedder is None else load(embedder=embedder)
    index_dir, model = settings.index_dir, settings.embedder
    try:
        if is_current(project.SOURCES, index_dir, embedder=model):
            changed = _model_changed(index_dir, model)
            if changed is None:
                say("guidance index: up to date")
                return
            say(f"guidance index: {changed}")
        say("guidance index: building …")
        started = time.monotonic()
        build(
            project.SOURCES,
            index_dir,
            progress=lambda step, done, total: say(f"  {step} {done}/{total}"),
            embedder=model,
        )
    except KnowledgeError as error:
        if old_serves and Guidance.open(index_dir).healthy():
            say(f"guidance index: {str(error).splitlines()[0]}; the old index keeps serving")
            return
        raise Unusable(str(error)) from error
    say(f"guidance index: built ({time.monotonic() - started:.0f} s)")


def _model_changed(index_dir: Path, model: str) -> str | None:
    """Why an index of the right sources cannot be served: another model lies where its own did."""
    from knowledge_base.embedder import BUILT_IN
    from knowledge_base.errors import IndexMismatch
    from knowledge_base.index import Index

    if model == BUILT_IN:
        return None
    try:
        Index.load(index_dir)
    except IndexMismatch as error:
        return str(error)
    return None


def learn_risk(say: Say) -> None:
    """Learn from the examples of people in danger, unless that was done.

    Raises:
        Unusable: they cannot be learnt from; conversations would listen with the lexicon alone.
    """
    from casework.adapters.risk_reader import is_built, load_reader
    from casework.settings import load

    risk_dir = load().risk_dir
    if is_built(risk_dir):
        say("risk reader: up to date")
        return
    say("risk reader: learning …")
    started = time.monotonic()
    if load_reader(risk_dir) is None:
        raise Unusable("the examples of people in danger cannot be learnt from (see the log above)")
    say(f"risk reader: learnt ({time.monotonic() - started:.0f} s)")
