"""An index that does not fit is refused with one sentence, and the old one keeps serving."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from knowledge_base import index as index_module
from knowledge_base.build import build, is_current
from knowledge_base.errors import EmbedderError, IndexMismatch, IndexMissing, SourceError
from knowledge_base.index import Index
from knowledge_base.service import Guidance
from knowledge_base.storage import current_build

from .conftest import SOURCES  # type: ignore[import-not-found]


def build_dir(index_dir: Path) -> Path:
    return index_dir / current_build(index_dir)


def edit(path: Path, how: Callable[[dict], object]) -> None:  # type: ignore[type-arg]
    content = json.loads(path.read_text(encoding="utf-8"))
    how(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def test_a_missing_index_is_unavailable_not_no_match(tmp_path: Path) -> None:
    with capture_logs() as logs:
        guidance = Guidance.open(tmp_path / "nowhere")
        answer = guidance.ask("公司拖欠工资怎么办")
    assert not guidance.healthy()
    assert (answer.outcome, answer.entries) == ("unavailable", [])
    assert answer.message
    assert "there is no index in" in guidance.trouble
    assert [entry["event"] for entry in logs] == ["guidance_unusable"]


def test_an_index_that_comes_later_is_found(index_dir: Path, tmp_path: Path) -> None:
    guidance = Guidance.open(tmp_path / "index")
    assert guidance.ask("公司拖欠工资怎么办").outcome == "unavailable"
    shutil.copytree(index_dir, tmp_path / "index")
    assert guidance.reload_if_changed()
    assert guidance.ask("公司拖欠工资怎么办").outcome == "answered"
    assert guidance.trouble == ""


def test_an_index_of_other_sources_is_refused(index_dir: Path, sources: Path) -> None:
    path = sources / "entries" / "loan.yml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
    with pytest.raises(IndexMismatch, match=r"was not made from the sources in .*: run the build"):
        Index.load(index_dir, sources_dir=sources)
    guidance = Guidance.open(index_dir, sources_dir=sources)
    assert guidance.ask("公司拖欠工资怎么办").outcome == "unavailable"


def test_sources_that_are_gone_are_named(index_dir: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="the sources cannot be read"):
        Index.load(index_dir, sources_dir=tmp_path / "gone")


def test_an_index_made_with_another_model_is_refused(index_dir: Path) -> None:
    with pytest.raises(IndexMismatch, match="made with the embedding model 'built-in', not with"):
        Index.load(index_dir, embedder="BAAI/bge-small-zh-v1.5")


@pytest.mark.parametrize("name", ["entries.json", "vectors.faiss", "decision.json"])
def test_a_changed_file_is_found_out(name: str, own_index: Path) -> None:
    path = build_dir(own_index) / name
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(IndexMismatch, match=f"the file {name} of the index"):
        Index.load(own_index)


def test_a_missing_file_is_found_out(own_index: Path) -> None:
    next((build_dir(own_index) / "words-whole").iterdir()).unlink()
    with pytest.raises(IndexMismatch, match="the file words-whole/"):
        Index.load(own_index)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("format", 99, "has format 99, this version reads"),
        ("library", "0.0", "was built by version 0.0 of the library"),
        ("dimension", 7, "the index has vectors of 7 numbers, the embedding model 'built-in' now"),
    ],
)
def test_an_index_of_another_version_or_size_is_refused(
    field: str, value: object, sentence: str, own_index: Path
) -> None:
    edit(build_dir(own_index) / "manifest.json", lambda raw: raw.update({field: value}))
    with pytest.raises(IndexMismatch, match=sentence):
        Index.load(own_index)


def test_a_manifest_that_is_no_manifest_is_refused(own_index: Path) -> None:
    (build_dir(own_index) / "manifest.json").write_text("[]")
    with pytest.raises(IndexMismatch, match=r"the manifest of the index in .* is unreadable"):
        Index.load(own_index)


def test_an_empty_folder_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="run the build"):
        Index.load(tmp_path)


@pytest.mark.parametrize("model", ["/nowhere/model", "./nowhere", "~/nowhere"])
def test_a_missing_model_is_named_before_anything_is_built(model: str, tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="is not a folder") as caught:
        build(SOURCES, tmp_path / "index", embedder=model)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "index").exists()


def test_a_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    with pytest.raises(EmbedderError, match="cannot be loaded") as caught:
        build(SOURCES, tmp_path / "index", embedder=str(model))
    assert "\n" not in str(caught.value)


def test_a_new_build_is_taken_up_without_a_pause(own_index: Path, sources: Path) -> None:
    guidance = Guidance.open(own_index)
    before = guidance.ask("公司拖欠工资怎么办").entries[0].text
    path = sources / "entries" / "labour.yml"
    text = path.read_text(encoding="utf-8").replace("单位拖欠工资是违法的", "拖欠工资是违法行为")
    path.write_text(text, encoding="utf-8")
    assert not guidance.reload_if_changed()
    build(sources, own_index)
    assert guidance.ask("公司拖欠工资怎么办").entries[0].text == before
    assert guidance.reload_if_changed()
    assert guidance.ask("公司拖欠工资怎么办").entries[0].text.startswith("拖欠工资是违法行为")


def test_questions_themselves_bring_a_new_build_in(
    own_index: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guidance = Guidance.open(own_index, follow_seconds=0)
    started: list[threading.Thread] = []
    start = threading.Thread.start

    def noted(thread: threading.Thread) -> None:
        started.append(thread)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", noted)
    assert guidance.ask("公司拖欠工资怎么办").outcome == "answered"
    assert started == []
    build(sources, own_index)
    assert guidance.ask("公司拖欠工资怎么办").outcome == "answered"
    started[0].join()
    assert guidance.healthy()
    assert not guidance.reload_if_changed()


def test_a_new_build_that_is_broken_leaves_the_old_one_serving(
    own_index: Path, sources: Path
) -> None:
    guidance = Guidance.open(own_index)
    build(sources, own_index)
    (build_dir(own_index) / "entries.json").write_text("[]")
    with capture_logs() as logs:
        assert not guidance.reload_if_changed()
    assert guidance.healthy()
    assert guidance.ask("公司拖欠工资怎么办").outcome == "answered"
    assert "entries.json" in guidance.trouble
    assert logs[0]["old_serves"] is True


def test_a_failing_build_leaves_the_old_index(own_index: Path, sources: Path) -> None:
    name = current_build(own_index)
    (sources / "entries" / "labour.yml").write_text("topic: [", encoding="utf-8")
    with pytest.raises(SourceError, match="YAML"):
        build(sources, own_index)
    assert current_build(own_index) == name
    assert Guidance.open(own_index).ask("信访多久有结果").outcome == "answered"


def test_an_index_knows_whether_it_is_current(own_index: Path, sources: Path) -> None:
    assert is_current(sources, own_index)
    assert not is_current(sources, own_index, embedder="other")
    (sources / "lexicon.yml").write_text("工资: [工钱]\n", encoding="utf-8")
    assert not is_current(sources, own_index)
    assert not is_current(sources, own_index / "nowhere")


def test_a_search_that_breaks_is_unavailable_and_logged_without_the_question(
    index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guidance = Guidance.open(index_dir)

    def broken(self: object, question: str) -> None:
        raise IndexError(question)

    monkeypatch.setattr(index_module.Retrieval, "search", broken)
    with capture_logs() as logs:
        answer = guidance.ask("我叫王小明，公司拖欠工资")
    assert answer.outcome == "unavailable"
    assert logs[0]["event"] == "guidance_failed"
    assert "王小明" not in str(logs)


def test_the_build_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    manifest = build(SOURCES, tmp_path, lambda *step: told.append(step))
    assert told[0][0] == "check"
    assert told[-1] == ("done", 1, 1)
    assert {step for step, *_ in told} == {"check", "trials", "index", "done"}
    assert all(0 <= done <= total for _, done, total in told)
    assert manifest.entries == 10
    assert set(manifest.figures) >= {"held_out", "unknown", "out_of_scope", "thresholds"}


def test_serving_the_built_in_embedding_loads_neither_torch_nor_scikit_learn(
    index_dir: Path,
) -> None:
    code = (
        "import sys; from knowledge_base.service import Guidance;"
        f"a = Guidance.open({str(index_dir)!r}).ask('公司拖欠工资怎么办');"
        "print(a.outcome, *(m for m in ('torch', 'sklearn', 'sentence_transformers', 'transformers')"
        " if m in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stderr.strip().splitlines()[-1] == "answered"
