"""Puts an answer into words. Every word around the reviewed text comes from ``wording.yml``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.errors import SourceError
from knowledge_base.yaml_files import read_yaml

FILE = Path(__file__).parent / "wording.yml"


@cache
def _words() -> dict[str, dict[str, str]]:
    try:
        raw: Any = read_yaml(FILE)
        return {part: {str(k): str(v) for k, v in texts.items()} for part, texts in raw.items()}
    except (OSError, yaml.YAMLError, AttributeError) as error:
        raise SourceError(f"the wording {FILE} cannot be read: {error}") from error


def message(reason: str) -> str:
    """The words for an outcome or for the reason of a stop (empty, too_long …)."""
    words = _words()
    if reason in words["messages"]:
        return words["messages"][reason]
    return words["out_of_scope"].get(reason, words["out_of_scope"]["default"])


def reading(title: str) -> str:
    """What stands before an answer that is likely but not certain: which question it answers."""
    return _words()["answer"]["reading"].format(title=title)


def day(value: date) -> str:
    """2026-11-22 as 2026年11月22日."""
    return _words()["answer"]["day"].format(year=value.year, month=value.month, day=value.day)


def answer(
    *,
    conclusion: str,
    steps: Iterable[str],
    evidence: Iterable[str],
    time_limit: str,
    where: str,
    hotlines: Iterable[tuple[str, str]],
    citations: Iterable[tuple[str, str, bool]],
    reviewed: date,
) -> str:
    """The whole answer: conclusion, steps, evidence, time limit, place, law, remark.

    ``hotlines`` are (number, name); ``citations`` are (law, name of the article, in force).
    """
    say = _words()["answer"]
    lines = [conclusion]
    numbered = [say["step"].format(number=n, text=step) for n, step in enumerate(steps, 1)]
    lines += [say["steps"], *numbered] if numbered else []
    for part, text in (
        ("evidence", say["evidence_joined_by"].join(evidence)),
        ("time_limit", time_limit),
        ("where", where),
        (
            "hotlines",
            say["joined_by"].join(
                say["hotline"].format(number=number, name=name) for number, name in hotlines
            ),
        ),
        ("citations", _cited(citations, say)),
    ):
        if text:
            lines.append(say[part].format(text=text))
    lines.append(say["remark"].format(reviewed=day(reviewed)))
    return "\n".join(lines)


def _cited(citations: Iterable[tuple[str, str, bool]], say: dict[str, str]) -> str:
    articles: dict[tuple[str, bool], list[str]] = {}
    for law, article, in_force in citations:
        articles.setdefault((law, in_force), []).append(article)
    return say["citations_joined_by"].join(
        say["citation" if in_force else "citation_not_in_force"].format(
            # A title inside a title is marked 〈〉.
            law=law.replace("《", "〈").replace("》", "〉"),
            articles=say["joined_by"].join(names),
        )
        for (law, in_force), names in articles.items()
    )
