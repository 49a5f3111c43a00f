"""Batch input and output: JSON Lines in, one JSON object a line out, in order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cli.failures import Unusable

#: One line of input is read whole; a longer one is an error of that line, not of the run.
LONGEST_LINE = 4_000_000


def read_lines(path: str) -> Iterator[bytes]:
    """Lines of a file, or of stdin for ``-``.

    Raises:
        Unusable: the file cannot be opened.
    """
    if path == "-":
        yield from sys.stdin.buffer
        return
    try:
        with open(path, "rb") as file:
            yield from file
    except OSError as error:
        raise Unusable(f"cannot read {path}: {error.strerror}") from error


def parse(line: bytes) -> dict[str, Any]:
    """One line as a JSON object.

    Raises:
        ValueError: with a sentence saying what is wrong with the line.
    """
    if len(line) > LONGEST_LINE:
        raise ValueError(f"the line is longer than {LONGEST_LINE} bytes")
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError("the line is not UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError("the line is not JSON") from error
    if not isinstance(value, dict):
        raise ValueError("the line is not a JSON object")
    return value


def text_field(row: Mapping[str, Any], name: str) -> str:
    """A field that must be a string.

    Raises:
        ValueError: it is missing or of another type.
    """
    value = row.get(name)
    if not isinstance(value, str):
        raise ValueError(f'"{name}" must be a string')
    # A lone surrogate cannot be written as UTF-8 again.
    return value.encode("utf-8", "replace").decode("utf-8")


def emit(value: Mapping[str, Any]) -> None:
    """Write one object to stdout and hand it over at once, so that a program can follow."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def run_batch(path: str, work: Callable[[dict[str, Any]], Mapping[str, Any]]) -> None:
    """Answer every line; a bad one gets ``{"error": …}`` in its place and the rest go on."""
    for line in read_lines(path):
        if not line.strip():
            continue
        try:
            emit(work(parse(line)))
        except ValueError as error:
            emit({"error": str(error)})
