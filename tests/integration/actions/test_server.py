"""The web side of the action server."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest

from actions import server
from actions.quiet import silence_versions

BOT = Path(__file__).parents[3] / "bot" / "domain"


def test_actions_stand_in_files_named_as_their_features() -> None:
    for feature in server.FEATURES:
        assert (BOT / f"{feature}.yml").is_file()


def test_an_error_is_answered_by_its_kind_alone() -> None:
    response = server._SilentErrors().response(None, RuntimeError("我叫王建国"))
    assert response.status == 500
    assert "王建国" not in str(response.body)
    assert b"RuntimeError" in (response.body or b"")


def test_the_version_warning_of_the_sdk_is_silent() -> None:
    from rasa_sdk import utils

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        silence_versions()
        utils.check_version_compatibility("3.6.21")
    assert caught == []


@pytest.mark.parametrize("name", ["app", "executor"])
def test_the_server_is_made_anew_for_each_process(name: str) -> None:
    make: Any = getattr(server, name)
    assert callable(make)
