"""Where the second reader of risk comes from: learnt once from the examples, then kept in a file.

The file is plain numbers (JSON, compressed), named after the hash of everything it depends on, so
that a changed example, group of words or line of the learning leads to a new one. Learning takes
a few seconds (``suqiu setup`` does it); reading the file takes a tenth of one.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog
import yaml

from casework.adapters import risk_learning
from casework.domain import risk_concepts, risk_reading
from casework.domain.risk_concepts import Concepts
from casework.domain.risk_reading import Reader

log = structlog.get_logger(__name__)

_DATA = Path(__file__).parents[1] / "data"
EXAMPLES = _DATA / "risk_examples"
CONCEPTS = _DATA / "risk_concepts.yml"
_CODE = (
    Path(str(risk_learning.__file__)),
    Path(str(risk_concepts.__file__)),
    Path(str(risk_reading.__file__)),
)


def load_reader(built: Path, examples: Path = EXAMPLES, concepts: Path = CONCEPTS) -> Reader | None:
    """The reader learnt from ``examples``; learnt now and kept in ``built`` where it is not there.

    None, with a log line, where it cannot be had: somebody in danger is better heard by the
    lexicon alone than not at all.
    """
    try:
        return _reader(built, examples, concepts)
    except (ImportError, OSError, ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        log.error("risk reader unavailable, lexicon alone", reason=type(error).__name__)
        return None


def is_built(built: Path, examples: Path = EXAMPLES, concepts: Path = CONCEPTS) -> bool:
    """Whether ``built`` holds the reader of these examples. Raises ``OSError``."""
    return _file(built, examples, concepts).exists()


def read_examples(folder: Path) -> dict[str, dict[str, list[str]]]:
    """Kind -> file -> lines. Lines that begin with ``#`` and empty ones say nothing.

    Raises ``ValueError`` where a folder is missing that learning needs, ``OSError``.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for file in sorted(folder.glob("*/*.txt")):
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
        found.setdefault(file.parent.name, {})[file.stem] = [
            line for line in lines if line and not line.startswith("#")
        ]
    if risk_learning.NONE not in found:
        raise ValueError("there are no examples of ordinary messages")
    return found


def _reader(built: Path, examples: Path, concepts_file: Path) -> Reader:
    concepts = Concepts(yaml.safe_load(concepts_file.read_text(encoding="utf-8")))
    file = _file(built, examples, concepts_file)
    learnt = _kept(file)
    if learnt is not None:
        try:
            return Reader(concepts, *risk_learning.views_of(learnt))
        except (KeyError, TypeError, ValueError):
            log.warning("risk reader of another form, learning anew")
    learnt = risk_learning.learn(read_examples(examples), concepts)
    _keep(file, learnt)
    return Reader(concepts, *risk_learning.views_of(learnt))


def _file(built: Path, examples: Path, concepts: Path) -> Path:
    total = hashlib.sha256()
    for source in (*sorted(examples.glob("*/*.txt")), concepts, *_CODE):
        total.update(f"{source.parent.name}/{source.name}".encode())
        total.update(hashlib.sha256(source.read_bytes()).digest())
    return built / f"reader-{total.hexdigest()[:16]}.json.gz"


def _kept(file: Path) -> Any:
    try:
        return json.loads(gzip.decompress(file.read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, EOFError, ValueError) as error:  # half a file, or somebody else's
        log.warning("risk reader unreadable, learning anew", reason=type(error).__name__)
        return None


def _keep(file: Path, learnt: Mapping[str, Any]) -> None:
    """Write beside, then into place; several processes may do so at once and write the same."""
    content = gzip.compress(json.dumps(learnt, ensure_ascii=False).encode(), mtime=0)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
        draft.write_bytes(content)
        os.replace(draft, file)
        for older in file.parent.glob("reader-*.json.gz"):
            if older != file:
                older.unlink(missing_ok=True)
    except OSError as error:  # a read-only disk: this process has it in memory
        log.warning("risk reader not kept", reason=type(error).__name__)
