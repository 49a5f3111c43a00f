"""`suqiu statutes` over a tiny library, through the real command."""

import json
import shutil
import sys

import pytest

from cli.main import main
from knowledge_base.errors import IndexMismatch
from knowledge_base.statutes import storage
from knowledge_base.statutes.laws import Laws
from knowledge_base.statutes.lessons import Lesson
from knowledge_base.statutes.library import read_library
from knowledge_base.statutes.mentions import Mentions
from knowledge_base.statutes.prepared import Prepared
from knowledge_base.statutes.ranker import Ranker
from knowledge_base.statutes.search import Statutes
from knowledge_base.words import Analyzer
from tests.fakes.statutes_library import ARTICLES, write_library

PAY, DEPOSIT, NOISE = 103, 106, 112
ANSWERED = [
    ("老板跑路血汗钱没给", PAY),
    ("老板跑路了咋弄", PAY),
    ("血汗钱要不回来", PAY),
    ("房东赖账不认人", DEPOSIT),
    ("房东赖着押的钱", DEPOSIT),
    ("楼上半夜蹦迪", NOISE),
    ("半夜蹦迪吵死了", NOISE),
]


@pytest.fixture
def library(tmp_path):
    return write_library(tmp_path / "library.jsonl")


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Runs the command; gives (exit code, lines of stdout, stderr)."""
    monkeypatch.setenv("SUQIU_DATA_DIR", str(tmp_path / "var"))

    def command(*arguments):
        monkeypatch.setattr(sys, "argv", ["suqiu", "statutes", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        out, err = capsys.readouterr()
        return code, [json.loads(x) for x in out.splitlines() if x.startswith("{")], err

    return command


def _lines(path, rows):
    text = "\n".join(r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in rows)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _answers(path):
    return _lines(path, [{"question": q, "relevant": [row]} for q, row in ANSWERED])


def test_every_question_gets_its_line_and_a_bad_one_says_what_is_wrong(run, library, tmp_path):
    asked = _lines(
        tmp_path / "q.jsonl",
        [
            {"id": "a", "question": "租赁期满押金不返还"},
            "no json",
            {"id": "b"},
            {"id": 7, "question": "飞船碰撞谁赔偿"},
            {"id": "empty", "question": " "},
        ],
    )
    code, lines, _ = run("search", "--library", library, "--file", asked, "--top", 3)
    assert code == 0
    assert lines[0]["id"] == "a"
    assert lines[0]["hits"][0] == DEPOSIT
    assert len(lines[0]["hits"]) == 3
    assert lines[0]["ms"] >= 0
    assert "JSON" in lines[1]["error"]
    assert "question" in lines[2]["error"]
    assert lines[3]["hits"][0] == 109
    assert lines[4]["hits"] == []


def test_an_unreadable_library_is_one_sentence_and_exit_code_2(run, tmp_path):
    asked = _lines(tmp_path / "q.jsonl", [{"question": "押金"}])
    broken = _lines(tmp_path / "broken.jsonl", ["{"])
    for library in (tmp_path / "missing.jsonl", broken):
        code, lines, err = run("search", "--library", library, "--file", asked)
        assert (code, lines) == (2, [])
        assert len(err.strip().splitlines()) == 1
        assert "library" in err


def test_answered_questions_teach_words_that_no_law_has(run, library, tmp_path):
    answers, model = _answers(tmp_path / "a.jsonl"), tmp_path / "model"
    asked = _lines(tmp_path / "q.jsonl", [{"id": 1, "question": "血汗钱咋弄"}])
    _, (before,), _ = run("search", "--library", library, "--file", asked)
    assert before["hits"][0] != PAY
    code, (report,), _ = run("learn", "--library", library, "--file", answers, "--out", model)
    assert code == 0
    assert report["learned"] == len(ANSWERED)
    _, (after,), _ = run("search", "--library", library, "--file", asked, "--model", model)
    assert after["hits"][0] == PAY


def test_answers_that_name_no_row_of_the_library_are_left_out_and_told(run, library, tmp_path):
    rows = [{"question": "房东", "relevant": [DEPOSIT]}, {"question": "船", "relevant": [999]}]
    answers = _lines(tmp_path / "a.jsonl", rows)
    _, (report,), err = run(
        "learn", "--library", library, "--file", answers, "--out", tmp_path / "m"
    )
    assert (report["learned"], report["left_out"]) == (1, 1)
    assert "no row 999" in err


def test_a_folder_with_other_things_in_it_is_not_overwritten(run, library, tmp_path):
    (tmp_path / "mine").mkdir()
    keep = _lines(tmp_path / "mine" / "letter.txt", ["keep me"])
    answers = _answers(tmp_path / "a.jsonl")
    code, _, _ = run("learn", "--library", library, "--file", answers, "--out", keep.parent)
    assert code == 2
    assert keep.exists()


def test_evaluation_measures_bm25_in_the_same_run(run, library, tmp_path):
    answers, model = _answers(tmp_path / "a.jsonl"), tmp_path / "model"
    run("learn", "--library", library, "--file", answers, "--out", model)
    arguments = ("--library", library, "--questions", answers, "--model", model, "--json")
    _, (figures,), _ = run("evaluate", *arguments)
    assert figures["questions"] == len(ANSWERED)
    assert figures["ranking"]["mrr_at_10"] > figures["bm25"]["mrr_at_10"]


def _learned(tmp_path):
    library = read_library(write_library(tmp_path / "l.jsonl"))
    prepared = Prepared.build(library)
    places = library.positions
    lessons = [Lesson(q, (places[row],), q, own=True) for q, row in ANSWERED]
    return prepared, Ranker.learn(prepared, Analyzer(), lessons), lessons


def test_an_article_named_with_its_law_comes_first_whatever_was_learned(tmp_path):
    prepared, ranker, _ = _learned(tmp_path)
    statutes = Statutes(prepared, ranker, Laws.load())
    question = "老板跑路血汗钱没给，星河航路法第2条之一管不管"
    assert statutes.search("老板跑路血汗钱没给", 5)[0] == PAY
    assert statutes.search(question, 5)[0] == 110


def test_a_law_that_is_named_is_on_the_first_page(tmp_path):
    library = read_library(write_library(tmp_path / "l.jsonl"))
    mentions = Mentions(library, Laws.load())
    ranked = [place for place, row in enumerate(ARTICLES) if row[0] != "星河邻里法"]
    order = mentions.put_first("星河邻里法怎么说噪声", ranked, lambda: [12, 11])
    assert 12 in order[:10]
    assert mentions.put_first("噪声", ranked, lambda: [12, 11]) == ranked


def test_a_model_survives_the_disk_and_fits_its_library_alone(tmp_path):
    prepared, ranker, _ = _learned(tmp_path)
    storage.save(ranker, tmp_path / "m", {"own": 1})
    again = storage.load(tmp_path / "m", prepared)
    for question, _ in ANSWERED:
        assert again.search(question, 10) == ranker.search(question, 10)
    other = tmp_path / "other.jsonl"
    other.write_text('{"id": 1, "law": "别法", "article": "第一条", "text": "别的。"}', "utf-8")
    with pytest.raises(IndexMismatch, match="another library"):
        storage.load(tmp_path / "m", Prepared.build(read_library(other)))
    (tmp_path / "m" / "prior" / "laws.npy").write_bytes(b"")
    with pytest.raises(IndexMismatch, match="cannot be read"):
        storage.load(tmp_path / "m", prepared)


def test_a_prepared_library_is_read_again_and_a_broken_one_is_made_anew(tmp_path):
    library = read_library(write_library(tmp_path / "l.jsonl"))
    steps = []
    Prepared.open(library, tmp_path / "c", lambda *step: steps.append(step))
    made = len(steps)
    assert made > 0
    Prepared.open(library, tmp_path / "c", lambda *step: steps.append(step))
    assert len(steps) == made
    shutil.rmtree(next((tmp_path / "c").iterdir()) / "words")
    Prepared.open(library, tmp_path / "c", lambda *step: steps.append(step))
    assert len(steps) > made
