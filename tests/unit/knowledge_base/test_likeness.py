import pytest

from knowledge_base.likeness import likeness, near_pairs


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("公司拖欠工资怎么办", "请问公司拖欠工资怎么办?"),
        ("信访多久给答复", "信访多久答复"),
        ("离婚后孩子归谁", "离婚孩子归谁"),
    ],
)
def test_courtesies_do_not_make_another_question(one: str, other: str) -> None:
    assert likeness(one, other) >= 0.75


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("对方同意离婚", "对方不同意离婚"),
        ("公司拖欠工资", "公司拖欠货款"),
        ("工资", "工伤"),
        ("", ""),
    ],
)
def test_what_differs_in_the_matter_is_another_question(one: str, other: str) -> None:
    assert likeness(one, other) < 0.75


def test_near_questions_are_found_and_others_are_not() -> None:
    texts = ["公司拖欠工资怎么办", "邻居噪音扰民", "公司拖欠工资咋办", "楼上漏水"]
    assert list(near_pairs(texts, 0.5)) == [(0, 2)]
