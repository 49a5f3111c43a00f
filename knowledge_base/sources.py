"""Reads the folder the editors work in.

``entries/*.yml`` (each of one topic), ``topics.yml``, ``hotlines.yml``,
``out_of_scope.yml`` (what we do not answer), ``banned.yml`` (what an answer never says) and
``lexicon.yml`` (lay words and their legal sense).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from knowledge_base.entries import Entry
from knowledge_base.errors import SourceError
from knowledge_base.hotlines import FILE as HOTLINES
from knowledge_base.hotlines import Hotline, load_hotlines
from knowledge_base.problems import Problem, problem
from knowledge_base.statutes.laws import TABLE
from knowledge_base.yaml_files import read_yaml

DEFAULT = Path(__file__).parent / "sources"
ENTRIES = "entries"
OUT_OF_SCOPE = "out_of_scope.yml"
BANNED = "banned.yml"
LEXICON = "lexicon.yml"
TOPICS = "topics.yml"
NOT_COVERED = "not_covered"
"""Kind of the questions out of scope that are legal ones."""
# What pydantic calls a mistake, and what it is called for the editor (problems.yml).
_FORM_CODES = {
    "missing": "missing_field",
    "extra_forbidden": "unknown_field",
    "string_pattern_mismatch": "bad_form",
    "literal_error": "bad_choice",
    "date": "bad_date",
}


@dataclass(frozen=True)
class Pattern:
    """A regular expression an editor keeps, with the reason shown when it strikes."""

    expression: re.Pattern[str]
    reason: str = ""


@dataclass
class Sources:
    folder: Path
    entries: list[Entry] = field(default_factory=list)
    topics: dict[str, str] = field(default_factory=dict)
    """Id to the name people see."""
    files: dict[tuple[str, str], str] = field(default_factory=dict)
    """(id, jurisdiction) to the name of the file it stands in."""
    hotlines: dict[str, Hotline] = field(default_factory=dict)
    out_of_scope: dict[str, list[str]] = field(default_factory=dict)
    """Kind to questions; a kind names the message in wording.yml."""
    banned: list[Pattern] = field(default_factory=list)
    lexicon: dict[str, str] = field(default_factory=dict)
    """Lay expression to legal sense."""
    problems: list[Problem] = field(default_factory=list)


def load(folder: Path) -> Sources:
    """The sources, complete and valid. Raises ``SourceError`` that lists what is wrong."""
    sources = read(folder)
    errors = [p for p in sources.problems if p.severity == "error"]
    if errors:
        raise SourceError("\n".join(str(p) for p in errors))
    return sources


def read(folder: Path) -> Sources:
    """The sources as far as they can be read, with the problems of form met on the way."""
    sources = Sources(folder)
    topics = _read_yaml(sources, TOPICS)
    if isinstance(topics, dict):
        sources.topics = {str(topic): str(name) for topic, name in topics.items()}
    _read_entries(sources)
    try:
        sources.hotlines = load_hotlines(folder / HOTLINES)
    except SourceError as error:
        sources.problems.append(problem("unreadable", HOTLINES, detail=error))
    sources.out_of_scope = _read_lists(sources, OUT_OF_SCOPE)
    _read_lexicon(sources)
    sources.banned = _patterns(sources, BANNED)
    return sources


def digest(folder: Path) -> str:
    """A hash over every file the index is made from; another hash means another index.

    Raises ``SourceError`` when a file cannot be read.
    """
    paths = [folder / name for name in (HOTLINES, OUT_OF_SCOPE, BANNED, LEXICON, TOPICS)]
    paths += sorted((folder / ENTRIES).glob("*.yml"))
    total = hashlib.sha256()
    try:
        for path in [*paths, TABLE]:
            total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    except OSError as error:
        raise SourceError(f"the sources cannot be read: {error}") from error
    return total.hexdigest()


def _read_entries(sources: Sources) -> None:
    folder = sources.folder / ENTRIES
    if not folder.is_dir():
        sources.problems.append(problem("no_folder", str(sources.folder)))
        return
    for path in sorted(folder.glob("*.yml")):
        name = f"{ENTRIES}/{path.name}"
        raw = _read_yaml(sources, name)
        if raw is None:
            continue
        if not isinstance(raw, dict) or not isinstance(raw.get("entries"), list):
            sources.problems.append(problem("not_a_topic_file", name))
            continue
        topic = str(raw.get("topic", ""))
        if topic not in sources.topics:
            sources.problems.append(problem("unknown_topic", name, topic=topic))
        for item in raw["entries"]:
            _read_entry(sources, name, topic, item)
    if not sources.entries and not sources.problems:
        sources.problems.append(problem("no_entries", ENTRIES))


def _read_entry(sources: Sources, file: str, topic: str, item: Any) -> None:
    known = isinstance(item, dict) and item.get("id")
    name = str(item["id"]) if known else f"#{len(sources.entries) + 1}"
    try:
        entry = Entry.model_validate({**item, "topic": topic} if isinstance(item, dict) else item)
    except ValidationError as error:
        for detail in error.errors():
            kind = detail["type"].split("_")[0] if "date" in detail["type"] else detail["type"]
            sources.problems.append(
                problem(
                    _FORM_CODES.get(kind, "bad_field"),
                    file,
                    name,
                    field=".".join(str(part) for part in detail["loc"]) or "entry",
                    given=str(detail["input"])[:40],
                    expected=detail.get("ctx", {}).get("expected", ""),
                )
            )
        return
    identity = (entry.id, entry.jurisdiction)
    if identity in sources.files:
        other = sources.files[identity]
        sources.problems.append(problem("duplicate_id", file, entry.id, other=other))
        return
    sources.files[identity] = file
    sources.entries.append(entry)


def _read_lists(sources: Sources, name: str) -> dict[str, list[str]]:
    raw = _read_yaml(sources, name)
    if raw is None:
        return {}
    if not isinstance(raw, dict) or not all(isinstance(items, list) for items in raw.values()):
        sources.problems.append(problem("not_lists", name))
        return {}
    return {str(key): [str(item) for item in items] for key, items in raw.items()}


def _read_lexicon(sources: Sources) -> None:
    for sense, expressions in _read_lists(sources, LEXICON).items():
        for expression in dict.fromkeys([sense, *expressions]):
            other = sources.lexicon.get(expression)
            if other is not None:
                sources.problems.append(
                    problem("two_senses", LEXICON, expression, sense=sense, other=other)
                )
            elif len(expression) < 2:
                sources.problems.append(problem("short_expression", LEXICON, expression))
            else:
                sources.lexicon[expression] = sense


def _patterns(sources: Sources, name: str) -> list[Pattern]:
    patterns = []
    for item in _read_yaml(sources, name) or []:
        expression = str(item.get("pattern", "")) if isinstance(item, dict) else str(item)
        reason = str(item.get("reason", "")) if isinstance(item, dict) else ""
        try:
            patterns.append(Pattern(re.compile(expression), reason))
        except re.error as error:
            sources.problems.append(
                problem("bad_pattern", name, pattern=expression, detail=str(error))
            )
    return patterns


def _read_yaml(sources: Sources, name: str) -> Any:
    try:
        return read_yaml(sources.folder / name)
    except (OSError, UnicodeDecodeError) as error:
        sources.problems.append(problem("unreadable", name, detail=str(error)))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        detail = str(getattr(error, "problem", "") or error)
        line = mark.line + 1 if mark else "?"
        sources.problems.append(problem("bad_yaml", name, line=line, detail=detail))
    return None
