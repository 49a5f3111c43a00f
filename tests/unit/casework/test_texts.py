"""The words people read: complete, plain, and never with a number written by hand."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
import yaml

from casework.adapters.bureau_file import DEMO, load_bureau, standing_values
from casework.adapters.directory_file import load_directory
from casework.domain import errors
from casework.domain.conversation import RiskLevel
from casework.domain.matter import MatterKind, MatterStatus
from casework.domain.ownership import DANGER
from casework.domain.people import Role
from casework.safety import safety_words
from casework.settings import Settings
from casework.texts import FOLDER, TextError, Texts


@pytest.fixture
def texts(settings: Settings) -> Texts:
    bureau = load_bureau(DEMO, lambda day: True)
    return Texts(values=standing_values(bureau, load_directory(settings.directory_file)))


def test_every_text_can_be_said_with_the_values_it_names(texts: Texts) -> None:
    for key in texts.every_key():
        values = dict.fromkeys(texts.fields(key), "值")
        try:
            said = [texts.say(key, **values)]
        except TextError:
            said = texts.lines(key, **values)
        assert all(line.strip() and "{" not in line for line in said), key


def test_no_text_has_a_telephone_number_that_is_not_from_the_directory(settings: Settings) -> None:
    numbers = load_directory(settings.directory_file)
    for path in FOLDER.glob("*.yml"):
        for line in path.read_text(encoding="utf-8").splitlines():
            words = re.sub(r"\{[^}]*\}", "", line.split("#")[0])
            for number in re.findall(r"(?<![\d-])(?:1\d{2}|1[12]\d{3}|96\d{3})(?![\d-])", words):
                assert number not in numbers, f"{path.name}: {number} is written by hand"


def test_every_error_has_its_sentence(texts: Texts) -> None:
    for _, error in inspect.getmembers(errors, inspect.isclass):
        if issubclass(error, errors.CaseworkError):
            assert texts.has(f"errors.{error.code}"), error.code


def test_every_kind_status_role_and_level_has_its_words(texts: Texts) -> None:
    wanted = [f"progress.kind.{kind}" for kind in MatterKind]
    wanted += [f"progress.status.{status}" for status in MatterStatus]
    wanted += [f"staff.role.{role}" for role in Role]
    wanted += [f"handover.levels.{level}" for level in RiskLevel]
    wanted += [f"crisis.{level}.general" for level in DANGER]
    wanted += [f"turn.kept.{kind}" for kind in texts.names("turn.other")]
    assert [key for key in wanted if not texts.has(key)] == []


def test_what_is_said_to_somebody_who_needs_a_person_names_a_telephone(texts: Texts) -> None:
    keys = ["turn.apology", "turn.still_unavailable", "turn.welcome_plain", "progress.wrong"]
    keys += [key for key in texts.every_key() if key.startswith("handover.") and "off_duty" in key]
    for key in keys:
        values = dict.fromkeys(texts.fields(key), "值")
        assert "12348" in texts.say(key, **values), key


def test_an_unknown_key_a_missing_value_and_a_missing_number_are_errors(tmp_path: Path) -> None:
    content = {"a": "{name}", "b": "{tel[999]}", "c": ["一", "二"], "d": "{}"}
    (tmp_path / "x.yml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    texts = Texts(tmp_path, {"tel": {110: "110"}})
    assert texts.say("x.a", name="张") == "张"
    assert texts.lines("x.c") == ["一", "二"]
    assert texts.fields("x.a") == {"name"}
    for key in ("x.a", "x.b", "x.c", "x.d", "x.z", "y"):
        with pytest.raises(TextError):
            texts.say(key)
    with pytest.raises(TextError):
        texts.lines("x.a")
    with pytest.raises(TextError):
        texts.fields("x.z")


def test_braces_in_a_value_are_words(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("a: '说：{words}'\n", encoding="utf-8")
    assert Texts(tmp_path).say("x.a", words="{name} {0}") == "说：{name} {0}"


def test_somebody_in_danger_hears_the_words_for_the_most_urgent_signal(texts: Texts) -> None:
    fraud = safety_words(texts, RiskLevel.RED, ("刚被骗转账", "正在发生的暴力"))
    assert fraud == texts.say("crisis.red.fraud")
    # A signal without words at this level gives way to the next, and all to the general ones.
    assert safety_words(texts, RiskLevel.ORANGE, ("刚被骗转账", "矛盾激化")) == texts.say(
        "crisis.orange.anger"
    )
    assert safety_words(texts, RiskLevel.RED, ("没有见过的",)) == texts.say("crisis.red.general")
    assert safety_words(texts, RiskLevel.ORANGE, ()) == texts.say("crisis.orange.general")
