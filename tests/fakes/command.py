"""The ``suqiu`` command, run inside the test."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from cli.main import main

Suqiu = Callable[..., tuple[int, str, str]]
"""Runs ``suqiu`` with these arguments; gives (exit code, stdout, stderr)."""


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Suqiu:
    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["suqiu", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run
