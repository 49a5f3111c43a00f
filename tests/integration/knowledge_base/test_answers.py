"""The whole path over a small guidance: what is asked, and what comes back."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.answer import Answer
from knowledge_base.errors import UnknownEntry
from knowledge_base.service import Guidance

HENAN, JIANAN = "410000", "411003"


def shown(answer: Answer) -> list[str]:
    return [entry.id for entry in answer.entries]


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("公司拖欠工资怎么办", "wages-unpaid"),
        ("公司拖欠我三个月工资怎么办", "wages-unpaid"),
        ("请问老板不发工资咋办？？", "wages-unpaid"),
        ("信访多久有结果", "petition-reply"),
        ("楼上漏水把我家泡了", "neighbour-leak"),
        ("没有欠条，借出去的钱怎么要", "loan-no-iou"),
    ],
)
def test_a_question_of_the_guidance_is_answered(
    question: str, entry: str, guidance: Guidance
) -> None:
    answer = guidance.ask(question)
    assert answer.outcome == "answered"
    assert shown(answer) == [entry]
    assert answer.message == ""


def test_the_text_is_complete_and_cites_the_law(guidance: Guidance) -> None:
    (entry,) = guidance.ask("公司拖欠工资怎么办").entries
    lines = entry.text.splitlines()
    assert lines[0] == "单位拖欠工资是违法的，可以向劳动监察投诉，也可以申请劳动仲裁。"
    assert lines[2].startswith("1. 先书面催要")
    assert "电话：12333（人社服务热线）" in lines
    cited = "依据：《劳动合同法》第三十条、第八十五条；《劳动争议调解仲裁法》第二十七条"
    assert cited in lines
    assert [(c.law, c.article, c.in_force) for c in entry.citations] == [
        ("劳动合同法", "30", True),
        ("劳动合同法", "85", True),
        ("劳动争议调解仲裁法", "27", True),
    ]
    assert entry.next_step == "consultation"


def test_a_law_that_ends_after_the_build_is_marked(index_dir: Path) -> None:
    before = Guidance.open(index_dir, today=lambda: date(2007, 1, 1))
    (entry,) = before.ask("信访多久给答复").entries
    assert {c.in_force for c in entry.citations} == {False}
    assert "该法律已有变动" in entry.text


def test_a_question_that_nothing_covers_has_no_match(guidance: Guidance) -> None:
    answer = guidance.ask("专利申请被驳回了怎么复审")
    assert (answer.outcome, answer.entries) == ("no_match", [])
    assert "转人工" in answer.message


@pytest.mark.parametrize("question", ["今天天气怎么样", "讲个笑话", "帮我写一段Python爬虫代码"])
def test_what_is_no_legal_question_is_out_of_scope(question: str, guidance: Guidance) -> None:
    assert guidance.ask(question).outcome == "out_of_scope"


def test_a_question_with_several_readings_offers_them(guidance: Guidance) -> None:
    answers = [
        guidance.ask(q) for q in ("信访的事", "邻居太过分了", "借款利息和借条的问题", "信访答复")
    ]
    offered = [a for a in answers if a.outcome == "choices"]
    assert offered
    for answer in offered:
        assert 1 <= len(answer.entries) <= 3
        assert answer.message
        assert all(entry.title and 0 < entry.score <= 1 for entry in answer.entries)


def test_danger_is_never_answered_with_law(index_dir: Path) -> None:
    words = "请马上拨打 110"
    listening = Guidance.open(index_dir, danger=lambda said: words if "不想活" in said else None)
    for question in ("公司拖欠工资，我不想活了", "欠我工资" + "不还" * 2000 + "我不想活了"):
        answer = listening.ask(question)
        assert (answer.outcome, answer.message, answer.entries) == ("crisis", words, [])
    assert listening.ask("公司拖欠工资怎么办").outcome == "answered"


def test_danger_is_heard_without_an_index(tmp_path: Path) -> None:
    listening = Guidance.open(tmp_path, danger=lambda _: "请马上拨打 110")
    assert listening.ask("我不想活了").outcome == "crisis"


def test_a_judgement_of_danger_that_breaks_is_no_answer(index_dir: Path) -> None:
    def broken(_: str) -> str | None:
        raise ValueError

    assert Guidance.open(index_dir, danger=broken).ask("公司拖欠工资").outcome == "unavailable"


def test_guidance_of_a_place_takes_the_place_of_the_national_one(guidance: Guidance) -> None:
    national, local = guidance.ask("公司拖欠工资怎么办"), guidance.ask("公司拖欠工资怎么办", JIANAN)
    assert shown(national) == shown(local) == ["wages-unpaid"]
    assert local.entries[0].text.startswith("在河南")
    assert not national.entries[0].text.startswith("在河南")
    elsewhere = guidance.ask("公司拖欠工资怎么办", "320100")
    assert elsewhere.entries[0].text == national.entries[0].text


def test_guidance_for_one_place_only_is_not_shown_elsewhere(guidance: Guidance) -> None:
    question = "河南的信访接待大厅在哪里"
    assert shown(guidance.ask(question, HENAN)) == ["petition-henan-desk"]
    assert "petition-henan-desk" not in shown(guidance.ask(question))
    assert "petition-henan-desk" not in shown(guidance.ask(question, "320100"))


def test_an_entry_is_given_by_its_id(guidance: Guidance) -> None:
    assert guidance.entry("loan-interest").title == "民间借贷利息多高合法"
    assert guidance.entry("wages-unpaid", JIANAN).text.startswith("在河南")
    with pytest.raises(UnknownEntry, match="no entry 'nobody'"):
        guidance.entry("nobody")
    with pytest.raises(UnknownEntry):
        guidance.entry("petition-henan-desk", "320100")


def test_the_json_has_the_promised_shape(guidance: Guidance) -> None:
    raw = json.loads(json.dumps(guidance.ask("公司拖欠工资怎么办").as_json()))
    assert raw["question"] == "公司拖欠工资怎么办"
    assert raw["outcome"] == "answered"
    assert raw["ms"] > 0
    entry = raw["entries"][0]
    assert {"id", "title", "score", "text", "citations"} <= entry.keys()
    assert entry["citations"][0] == {"law": "劳动合同法", "article": "30", "in_force": True}


def test_many_threads_get_the_answers_one_would(guidance: Guidance) -> None:
    questions = [
        "公司拖欠工资怎么办",
        "信访多久有结果",
        "楼上漏水把我家泡了",
        "今天天气怎么样",
    ] * 25
    alone = [(a.outcome, shown(a)) for a in map(guidance.ask, questions)]
    with ThreadPoolExecutor(8) as pool:
        together = [(a.outcome, shown(a)) for a in pool.map(guidance.ask, questions)]
    assert together == alone


def test_the_same_sources_give_the_same_answers(index_dir: Path, tmp_path: Path) -> None:
    from knowledge_base.build import build

    from .conftest import SOURCES  # type: ignore[import-not-found]

    build(SOURCES, tmp_path)
    one, other = Guidance.open(index_dir), Guidance.open(tmp_path)
    for question in ("老板欠我钱", "邻居太吵", "没有借条"):
        first, second = one.ask(question), other.ask(question)
        assert [(e.id, e.score) for e in first.entries] == [(e.id, e.score) for e in second.entries]


def test_an_answer_that_is_not_certain_names_the_question_it_answers(
    guidance: Guidance, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "公司拖欠工资怎么办"
    certain = guidance.ask(question).entries[0]
    monkeypatch.setattr("knowledge_base.service.CERTAIN", 1.01)
    likely = guidance.ask(question).entries[0]
    assert (
        likely.text
        == f"您问的像是“{likely.title}”。不是的话，换个说法再问，或者转人工。\n{certain.text}"
    )
    assert guidance.entry(certain.id).text == certain.text
