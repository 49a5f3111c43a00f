"""Which button a typed message means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.choices import FREE_KINDS, resolve
from casework.domain.messages import Button

YES, NO, WHY = Button("是的", "/affirm"), Button("不是", "/deny"), Button("为什么要问？", "/why")
OFFERED = (YES, NO, WHY)


@pytest.mark.parametrize(
    ("typed", "button"),
    [
        ("是的", YES), (" 是的。", YES), ("“是的”", YES), ("为什么要问", WHY), ("为什么要问?", WHY),
        ("1", YES), ("2", NO), ("３", WHY), ("1.", YES), ("2、", NO), ("（2）", NO), ("③", WHY), ("03", WHY),
        ("0", None), ("4", None), ("-1", None), ("1 2", None), ("12", None), ("一", None),
        ("是的？", None), ("是的，但是", None), ("", None), ("。", None), ("1元", None), ("第1个", YES), ("第二个", NO), ("选3", WHY), ("我选第三项。", WHY),
        ("第四个", None), ("二", None), ("2个", None), ("第二个是我弟弟", None), ("/affirm", None),
    ],
)  # fmt: skip
def test_a_label_or_its_number_names_a_button(typed: str, button: Button | None) -> None:
    assert resolve(typed, OFFERED) == button


@pytest.mark.parametrize("kind", sorted(FREE_KINDS))
def test_a_number_is_the_answer_itself_where_numbers_are_asked_for(kind: str) -> None:
    assert resolve("2", OFFERED, kind) is None
    assert resolve("不是", OFFERED, kind) == NO


@pytest.mark.parametrize("kind", [None, "choice", "yesno"])
def test_a_number_picks_where_a_choice_is_asked_for(kind: str | None) -> None:
    assert resolve("2", OFFERED, kind) == NO


def test_the_first_of_two_equal_labels_is_meant() -> None:
    assert resolve("甲", (Button("甲", "/a"), Button("甲", "/b"))) == Button("甲", "/a")


def test_a_label_that_is_a_number_wins_over_its_place() -> None:
    offered = (Button("2", "/two"), Button("3", "/three"))
    assert resolve("3", offered) == offered[1]
    assert resolve("2", offered, "number") == offered[0]


@given(st.text(max_size=30))
def test_only_what_was_offered_can_come_out(typed: str) -> None:
    assert resolve(typed, OFFERED) in (None, *OFFERED)
    assert resolve(typed, ()) is None
