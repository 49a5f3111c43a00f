"""Every error has a status and a sentence."""

from __future__ import annotations

import re

import pytest

from casework.adapters.bureau_file import DEMO, load_bureau, standing_values
from casework.adapters.directory_file import load_directory
from casework.domain import errors as casework_errors
from casework.domain.errors import CaseworkError
from casework.settings import Settings
from casework.texts import Texts
from channels import app, errors, failures

CASEWORK = [
    error
    for error in vars(casework_errors).values()
    if isinstance(error, type)
    and issubclass(error, CaseworkError)
    # Raised while processes start: no request can meet it.
    and error.code != "cannot_start"
]
EDGE = [
    error
    for error in vars(failures).values()
    if isinstance(error, type) and issubclass(error, failures.EdgeError)
]


@pytest.fixture(scope="module")
def edge_texts() -> Texts:
    directory = load_directory(Settings().directory_file)
    values = standing_values(load_bureau(DEMO, lambda day: True), directory)
    return Texts(app.HERE / "words", values)


@pytest.mark.parametrize("error", CASEWORK, ids=lambda error: error.__name__)
def test_every_error_of_the_service_has_a_sentence(
    error: type[CaseworkError], edge_texts: Texts
) -> None:
    directory = load_directory(Settings().directory_file)
    texts = Texts(values=standing_values(load_bureau(DEMO, lambda day: True), directory))
    assert texts.has(f"errors.{error.code}") or edge_texts.has(f"errors.{error.code}")


def test_the_statuses_belong_to_errors_that_exist() -> None:
    assert set(errors.STATUS) <= {error.code for error in CASEWORK}


@pytest.mark.parametrize("error", EDGE, ids=lambda error: error.__name__)
def test_every_refusal_of_the_edge_has_a_sentence(
    error: type[failures.EdgeError], edge_texts: Texts
) -> None:
    assert re.search("[\u4e00-\u9fff]{4}", edge_texts.say(f"errors.{error.code}"))
    assert 400 <= error.status < 600


def test_every_status_of_http_has_a_sentence(edge_texts: Texts) -> None:
    directory = load_directory(Settings().directory_file)
    texts = Texts(values=standing_values(load_bureau(DEMO, lambda day: True), directory))
    for code in errors.HTTP_CODES.values():
        assert edge_texts.has(f"errors.{code}") or texts.has(f"errors.{code}"), code


def test_every_text_of_the_edge_can_be_filled_in(edge_texts: Texts) -> None:
    for key in edge_texts.every_key():
        if key == "console.canned":
            assert all(edge_texts.lines(key))
        else:
            fields = dict.fromkeys(edge_texts.fields(key), 7)
            assert edge_texts.say(key, **fields)
