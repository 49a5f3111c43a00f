"""``SUQIU_EMBEDDER``: another model by a setting, and what happens when it is not what it was."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge_base.build import build
from knowledge_base.manifest import Manifest
from knowledge_base.service import Guidance
from knowledge_base.storage import current_build
from tests.fakes.command import Suqiu

from .conftest import SOURCES  # type: ignore[import-not-found]
from .test_embedder import make_transformer  # type: ignore[import-not-found]

Run = Callable[..., tuple[int, str, str]]
QUESTION = "公司拖欠工资怎么办"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny transformer. Read only."""
    return Path(make_transformer(tmp_path_factory.mktemp("transformer") / "32", 32))


@pytest.fixture
def own_model(model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model, tmp_path / "model"))


@pytest.fixture
def index(own_index: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The index with the built-in embedding, which the settings name."""
    monkeypatch.setenv("SUQIU_INDEX_DIR", str(own_index))
    return own_index


@pytest.fixture
def run(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suqiu: Suqiu,
) -> Run:
    monkeypatch.setenv("SUQIU_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setattr("cli.project.SOURCES", SOURCES)

    def command(*arguments: object) -> tuple[int, str, str]:
        code, out, err = suqiu(*arguments)
        return code, out, err

    return command


def manifest(index: Path) -> Manifest:
    return Manifest.read(index / current_build(index))


def test_the_setting_names_the_model_of_the_next_build(
    run: Run, index: Path, own_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUQIU_EMBEDDER", str(own_model))
    assert run("kb", "build")[0] == 0
    assert (manifest(index).embedder, manifest(index).dimension) == (str(own_model), 32)
    built = manifest(index).build
    code, out, _ = run("ask", QUESTION, "--json")
    assert (code, json.loads(out)["entries"][0]["id"]) == (0, "wages-unpaid")
    assert manifest(index).build == built
    findings = {f["what"]: f for f in json.loads(run("doctor", "--json")[1])["findings"]}
    assert findings["guidance index"]["state"] == "ok"
    assert findings["embedding model"]["detail"] == f"{own_model}, 32 numbers"


def test_the_option_wins_over_the_setting_and_says_what_to_set(
    run: Run, index: Path, own_model: Path
) -> None:
    code, _, err = run("kb", "build", "--embedder", own_model)
    assert code == 0
    assert f"set SUQIU_EMBEDDER={own_model}" in err
    assert manifest(index).embedder == str(own_model)
    findings = {f["what"]: f for f in json.loads(run("doctor", "--json")[1])["findings"]}
    assert findings["guidance index"]["state"] == "missing"
    assert (
        f"made with the embedding model {own_model}, not built-in"
        in (findings["guidance index"]["detail"])
    )


def test_a_model_that_is_not_there_is_one_sentence_and_the_old_index_serves(
    run: Run, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    monkeypatch.setenv("SUQIU_EMBEDDER", str(gone))
    built = manifest(index).build
    sentence = f"the embedding model '{gone}' is not a folder"
    code, out, err = run("kb", "build")
    assert (code, out) == (2, "")
    assert err.splitlines()[-1] == f"suqiu: {sentence}"
    assert "Traceback" not in err
    code, out, err = run("ask", QUESTION, "--json")
    assert (code, json.loads(out)["entries"][0]["id"]) == (0, "wages-unpaid")
    assert f"guidance index: {sentence}; the old index keeps serving" in err
    assert manifest(index).build == built
    findings = {f["what"]: f for f in json.loads(run("doctor", "--json")[1])["findings"]}
    assert findings["embedding model"]["state"] == "missing"
    assert findings["embedding model"]["detail"] == sentence


def test_without_any_index_a_model_that_is_not_there_ends_the_command(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUQIU_INDEX_DIR", str(tmp_path / "none"))
    monkeypatch.setenv("SUQIU_EMBEDDER", str(tmp_path / "gone"))
    code, out, err = run("ask", QUESTION, "--json")
    assert (code, out) == (2, "")
    assert "is not a folder" in err.splitlines()[-1]


def test_a_model_of_another_dimension_is_told_and_the_index_made_anew(
    run: Run, index: Path, own_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUQIU_EMBEDDER", str(own_model))
    run("kb", "build")
    running = Guidance.open(index)
    other = make_transformer(tmp_path / "16", 16)
    shutil.rmtree(own_model)
    shutil.copytree(other, own_model)
    # Who runs already has the old model in memory and goes on with it.
    running.reload_if_changed()
    assert running.ask(QUESTION).outcome != "unavailable"
    code, _, err = run("kb", "build")
    assert code == 0
    assert f"has vectors of 32 numbers, the embedding model '{own_model}' now makes 16" in err
    assert manifest(index).dimension == 16


def test_a_running_server_keeps_its_index_when_the_new_ones_model_is_gone(
    index: Path, own_model: Path
) -> None:
    running = Guidance.open(index)
    build(SOURCES, index, embedder=str(own_model))
    shutil.rmtree(own_model)
    assert running.reload_if_changed() is False
    assert running.trouble == f"the embedding model '{own_model}' is not a folder"
    answer = running.ask(QUESTION)
    assert [entry.id for entry in answer.entries][:1] == ["wages-unpaid"]
