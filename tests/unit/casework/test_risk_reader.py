"""The second reader of risk: what it hears that the lexicon has no words for, and what it lets pass."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.adapters import risk_learning, risk_reader
from casework.adapters.risk_file import load_risk
from casework.adapters.risk_reader import (
    CONCEPTS,
    EXAMPLES,
    is_built,
    load_reader,
    read_examples,
)
from casework.bootstrap import risk_assessor
from casework.domain.conversation import RiskLevel
from casework.domain.risk import RiskAssessor
from casework.domain.risk_concepts import Concepts
from casework.settings import load
from tests.unit.casework.test_risk import NONE, ORANGE, RED, YELLOW

ASSESSOR = risk_assessor(load())

QUIET = [
    "药我都数好了，够睡很久很久",
    "猫送人了，房间也收拾干净了，我可以走了",
    "睡前都求老天别让我再醒过来",
    "我就是个累赘，没有我大家都轻松",
    "好想从窗户飞出去，再也不落地",
    "活着只剩下疼，求求你们放我走吧",
    "有没有一起离开的，我在洛阳，一个人害怕",
    "又划了一道，血流出来的时候心里才安静",
    "妈妈对不起，女儿撑不到天亮了",
    "这份判决就是要我的命，我不活了",
]
OTHER_KINDS = [
    ("隔壁那家老人天天被儿子打，身上都是伤", "有人受到虐待"),
    ("我今晚就去把他的店点了", "矛盾激化"),
    ("他又喝多了在砸门，我带着孩子躲在阳台", "遭受暴力并感到害怕"),
]
LIGHT = [
    "门诊的病历和没吃完的药瓶",
    "庄稼都旱死了",
    "池子里的鱼一夜之间全死了",
    "终于放假了，累到只想躺平",
    "我妈做的红烧肉，想死我了",
    "结束",
    "到此为止吧，谢谢",
    "没有了，就这些",
    "老板拖着工资不给，我真的很难受",
    "丈夫死了，存款我能取吗",
    "有人在我家地里埋了坟，怎么让他迁走",
    "跑完马拉松，腿都不是自己的了",
    "自杀身亡，意外险赔不赔",
]


@pytest.mark.parametrize("text", QUIET)
def test_despair_without_the_usual_words_is_orange(text: str) -> None:
    assert ASSESSOR.assess(text).urgent


@pytest.mark.parametrize(("text", "signal"), OTHER_KINDS)
def test_violence_threats_and_abuse_have_signals_of_their_own(text: str, signal: str) -> None:
    found = ASSESSOR.assess(text)
    assert found.level is RiskLevel.ORANGE
    assert signal in found.signals


@pytest.mark.parametrize("text", LIGHT)
def test_tiredness_figures_of_speech_and_questions_pass(text: str) -> None:
    assert ASSESSOR.assess(text).level in {RiskLevel.NONE, RiskLevel.YELLOW}


@pytest.mark.parametrize(
    ("texts", "level"),
    [
        (RED, RiskLevel.RED),
        (ORANGE, RiskLevel.ORANGE),
        (YELLOW, RiskLevel.YELLOW),
        (NONE, RiskLevel.NONE),
    ],
)
def test_the_reader_changes_no_level_that_the_lexicon_is_tested_for(
    texts: list[str], level: RiskLevel
) -> None:
    assert {text: ASSESSOR.assess(text).level for text in texts} == dict.fromkeys(texts, level)


def test_what_the_reader_alone_hears_is_never_red() -> None:
    quiet = RiskAssessor({"negation": ["不"], "frames": {}, "signals": []}, reader())
    levels = {quiet.assess(text).level for text in [*RED, *QUIET]}
    assert levels <= {RiskLevel.ORANGE, RiskLevel.NONE}
    assert RiskLevel.ORANGE in levels


def test_a_headline_or_a_forwarded_post_is_not_taken_for_ones_own_words() -> None:
    said = "真的好累，活着只剩下疼"
    assert ASSESSOR.assess(said).urgent
    for passed_on in (f"【网友留言】{said}", f"//@某某: {said}", f"{said} https://example.org/1"):
        assert not ASSESSOR.assess(passed_on).urgent


def test_one_sentence_of_despair_does_not_drown_in_a_long_story() -> None:
    story = "去年三月我在工地干活，老板说年底结账，到现在一分钱没有给。" * 12
    assert not ASSESSOR.assess(story).urgent
    assert ASSESSOR.assess(story + "昨晚我在楼顶坐了很久，我真的好想从上面跳下去。" + story).urgent


def test_a_bare_denial_is_believed() -> None:
    for text in ("我不想死", "我不会自杀的", "没有要跳楼"):
        assert ASSESSOR.assess(text).level is RiskLevel.NONE


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text_gets_a_level(text: str) -> None:
    assert ASSESSOR.assess(text).level in RiskLevel


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ["我好累", "死", "跳 ", "。", "a", "离开这个世界,"])
def test_twenty_thousand_characters_do_not_stop_the_reader(unit: str) -> None:
    reader().signals(unit * (20_000 // len(unit)))


def test_no_line_is_an_example_of_two_kinds_or_twice() -> None:
    lines = [
        line for files in read_examples(EXAMPLES).values() for f in files.values() for line in f
    ]
    assert len(lines) == len(set(lines))


def test_there_are_examples_enough_of_both() -> None:
    examples = read_examples(EXAMPLES)
    ordinary = sum(map(len, examples.pop("none").values()))
    assert ordinary >= 2500
    assert sum(len(lines) for files in examples.values() for lines in files.values()) >= 1200


# Building, keeping and doing without.


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few of the examples, so that learning is quick."""
    folder = tmp_path_factory.mktemp("examples")
    for file in EXAMPLES.glob("*/*.txt"):
        lines = file.read_text(encoding="utf-8").splitlines()[:25]
        (folder / file.parent.name).mkdir(exist_ok=True)
        (folder / file.parent.name / file.name).write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture
def no_learning(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def learn(*_: object) -> None:
        raise AssertionError("learnt although it was kept")

    with monkeypatch.context() as patch:
        patch.setattr(risk_learning, "learn", learn)
        yield


def reader(folder: Path | None = None) -> risk_reader.Reader:
    found = load_reader(folder or load().risk_dir)
    assert found is not None
    return found


def test_it_is_learnt_once_and_then_read(few: Path, tmp_path: Path) -> None:
    assert not is_built(tmp_path, few)
    first = load_reader(tmp_path, few)
    assert is_built(tmp_path, few)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(risk_learning, "learn", lambda *_: pytest.fail("learnt again"))
        second = load_reader(tmp_path, few)
    assert first is not None
    assert second is not None
    assert first.sure("我想从楼上跳下去") == second.sure("我想从楼上跳下去")


def test_a_changed_example_leads_to_a_new_one_and_the_old_one_goes(
    few: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "examples"
    shutil.copytree(few, changed)
    built = tmp_path / "built"
    load_reader(built, changed)
    (old,) = built.iterdir()
    with (changed / "none" / "chat.txt").open("a", encoding="utf-8") as file:
        file.write("\n一句新的话\n")
    assert not is_built(built, changed)
    load_reader(built, changed)
    (new,) = built.iterdir()
    assert new != old


def test_half_a_file_is_learnt_anew(few: Path, tmp_path: Path) -> None:
    load_reader(tmp_path, few)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for broken in (whole[: len(whole) // 2], b"", b"{}"):
        file.write_bytes(broken)
        assert load_reader(tmp_path, few) is not None
        assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_costs_the_file_not_the_reader(
    few: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert load_reader(tmp_path / "file", few) is not None


def test_without_the_library_the_lexicon_works_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    alone = load_risk(tmp_path)
    assert alone.assess("我现在就去跳楼").level is RiskLevel.RED
    assert alone.assess("药我都数好了，够睡很久很久").level is RiskLevel.NONE
    assert "lexicon alone" in "".join(capsys.readouterr())


def test_a_kind_that_names_an_unknown_group_is_refused() -> None:
    data = yaml.safe_load(CONCEPTS.read_text(encoding="utf-8"))
    data["kinds"]["self_harm"]["hinting"] = ["nowhere"]
    with pytest.raises(ValueError, match="nowhere"):
        Concepts(data)
