"""What short messages mean while facts are collected."""

from __future__ import annotations

import pytest

from casework.domain.intake.words import Move
from tests.unit.casework.intake.parts import LOADED

WORDS = LOADED.words


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("确认提交", Move.AFFIRM),
        ("没问题，就这样提交", Move.AFFIRM),
        ("没有要改的了，提交吧", Move.AFFIRM),
        ("对的对的", Move.AFFIRM),
        ("ＯＫ", Move.AFFIRM),
        ("同意。", Move.AFFIRM),
        ("不同意", Move.DENY),
        ("不对", Move.DENY),
        ("没有", Move.DENY),
        ("跳过吧", Move.SKIP),
        ("不知道", Move.SKIP),
        ("记不清了", Move.SKIP),
        ("好的，跳过", Move.SKIP),
        ("不方便", Move.REFUSE),
        ("不想留电话", Move.REFUSE),
        ("为什么要问这个？", Move.WHY),
        ("上一步", Move.BACK),
        ("先不填了", Move.CANCEL),
        ("取消！", Move.CANCEL),
        ("不对，取消", Move.CANCEL),
        ("修改", Move.CORRECT),
        ("看看填了什么", Move.REVIEW),
        ("没有了", Move.NOTHING_MORE),
        ("就这些", Move.NOTHING_MORE),
        ("嗯", Move.EMPTY),
        ("？？？", Move.EMPTY),
        ("。。。", Move.EMPTY),
        ("😀", Move.EMPTY),
    ],
)
def test_a_short_message_is_known_by_its_words_alone(text: str, move: Move) -> None:
    for intent in ("inform", "nlu_fallback", "affirm", "cancel"):
        assert WORDS.move(text, intent) is move


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("合同取消了，钱不退", "cancel"),
        ("是的，不过电话要改一下", "affirm"),
        ("对了我还有录音", "affirm"),
        ("可以提交吗？", "affirm"),
        ("拆迁", "affirm"),
        ("我不知道他叫什么但是他在工地上管事，大家都喊他老刘", "skip"),
        ("返回的押金一直没给", "go_back"),
        ("电话错了", "correct"),
    ],
)
def test_the_dialogue_alone_cannot_turn_an_answer_into_a_command(text: str, intent: str) -> None:
    assert WORDS.move(text, intent) is Move.ANSWER


@pytest.mark.parametrize(
    ("text", "intent", "move"),
    [
        ("这个我真记不太清楚了", "skip", Move.SKIP),
        ("我先不弄这个了", "cancel", Move.CANCEL),
        ("你问这个干嘛用", "why", Move.WHY),
        ("嗯嗯确认没错", "affirm", Move.AFFIRM),
    ],
)
def test_where_words_and_dialogue_agree_the_move_is_made(
    text: str, intent: str, move: Move
) -> None:
    assert WORDS.move(text, intent) is move


def test_a_bare_number_is_what_the_button_behind_it_means() -> None:
    assert WORDS.move("1", "affirm") is Move.AFFIRM
    assert WORDS.move("2", "inform") is Move.ANSWER


@pytest.mark.parametrize("text", ["公司拖欠我三个月工资怎么办", "邻居盖房子把我家的出路堵了"])
def test_a_trouble_told_before_may_begin_the_story(text: str) -> None:
    assert WORDS.tells(text)


@pytest.mark.parametrize(
    "text", ["你好", "公证遗嘱要带什么材料", "我要查一下进度", "我反映的事多久给答复"]
)
def test_questions_of_procedure_do_not(text: str) -> None:
    assert not WORDS.tells(text)


@pytest.mark.parametrize("text", ["我要撤回同意", "取消我的授权", "我不同意你们保存我的信息"])
def test_taking_consent_back_is_understood(text: str) -> None:
    assert WORDS.withdraws(text)
    assert not WORDS.withdraws("我同意")
