"""Writes the sources as people write them: one layout, whatever was edited.

Entries stand at the margin, lists under their key without indent, citations in braces, short lists
of names in brackets. Comments at the head of a file stay; others are lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from knowledge_base.entries import Entry
from knowledge_base.hotlines import Hotline


def entries_file(topic: str, title: str, entries: Sequence[Entry], before: str = "") -> str:
    """A file of entries. ``before`` is the file as it was, for the comments at its head."""
    lines = [*_head(before), f"topic: {scalar(topic)}", f"title: {scalar(title)}", "entries:"]
    for entry in entries:
        lines += _entry(entry)
    return "\n".join(lines) + "\n"


def hotlines_file(hotlines: Iterable[Hotline], before: str = "") -> str:
    """The directory of hotlines."""
    lines = [*_head(before), "hotlines:"]
    for line in hotlines:
        lines += [
            f"- number: {quoted(line.number)}",
            f"  name: {scalar(line.name)}",
            f"  purpose: {scalar(line.purpose)}",
            f"  hours: {scalar(line.hours)}",
            *(["  urgent: true"] if line.urgent else []),
            f"  reviewed: {line.reviewed.isoformat()}",
        ]
    return "\n".join(lines) + "\n"


def lexicon_file(senses: Mapping[str, Sequence[str]], before: str = "") -> str:
    """The lexicon: a legal sense and its lay expressions a line."""
    lines = [f"{scalar(sense)}: {_brackets(words)}" for sense, words in senses.items()]
    head = _head(before)
    return "\n".join([*head, *([""] if head else []), *lines]) + "\n"


def scalar(text: str) -> str:
    """A text as YAML, in quotes only where it needs them."""
    plain = yaml.safe_dump(text, allow_unicode=True, width=10**9).splitlines()
    return plain[0] if plain[1:] in ([], ["..."]) else quoted(text)


def quoted(text: str) -> str:
    """A text in double quotes."""
    dumped = yaml.safe_dump(text, allow_unicode=True, width=10**9, default_style='"')
    return dumped.strip().replace("\n", "")


def _entry(entry: Entry) -> list[str]:
    answer = entry.answer
    lines = [f"- id: {entry.id}", f"  question: {scalar(entry.question)}"]
    lines += _list("paraphrases", entry.paraphrases)
    lines += ["  answer:", f"    conclusion: {scalar(answer.conclusion)}"]
    lines += _list("steps", answer.steps, "    ")
    lines += _list("evidence", answer.evidence, "    ")
    for name, text in (("time_limit", answer.time_limit), ("where", answer.where)):
        lines += [f"    {name}: {scalar(text)}"] if text else []
    if entry.citations:
        lines.append("  citations:")
        lines += [
            f"  - {{law: {_in_flow(cited.law)}, article: {quoted(cited.article)}}}"
            for cited in entry.citations
        ]
    lines += [
        f'  jurisdiction: "{entry.jurisdiction}"',
        f"  reviewed: {entry.reviewed.isoformat()}",
        f"  review_by: {entry.review_by.isoformat()}",
        f"  next_step: {entry.next_step}",
    ]
    if entry.related:
        lines.append(f"  related: {_brackets(entry.related)}")
    if entry.hotlines:
        lines.append(f"  hotlines: [{', '.join(quoted(number) for number in entry.hotlines)}]")
    return lines


def _list(name: str, texts: Sequence[str], indent: str = "  ") -> list[str]:
    return [f"{indent}{name}:", *(f"{indent}- {scalar(text)}" for text in texts)] if texts else []


def _brackets(texts: Sequence[str]) -> str:
    return f"[{', '.join(_in_flow(text) for text in texts)}]"


def _in_flow(text: str) -> str:
    """A text inside brackets or braces, where a comma ends it."""
    dumped: str = yaml.safe_dump(
        [text], allow_unicode=True, width=10**9, default_flow_style=True
    ).strip()
    return dumped[1:-1]


def _head(before: str) -> list[str]:
    head = []
    for line in before.splitlines():
        if not line.startswith("#"):
            break
        head.append(line)
    return head


def same(one: Any, other: Any) -> bool:
    """Whether two parsed files say the same, in the same order."""
    return yaml.safe_dump(one, sort_keys=False) == yaml.safe_dump(other, sort_keys=False)
