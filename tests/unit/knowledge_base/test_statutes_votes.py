"""What known questions say about a new one, over a tiny library."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from knowledge_base.statutes import kernel, links
from knowledge_base.statutes.lessons import Lesson
from knowledge_base.statutes.library import read_library
from knowledge_base.statutes.prepared import Prepared
from knowledge_base.statutes.read import Reading
from knowledge_base.statutes.similar import Similar, answer_numbers
from knowledge_base.statutes.votes import Register
from knowledge_base.words import Analyzer
from tests.fakes.statutes_library import write_library

PAY, DEPOSIT, RENT, NOISE = 3, 6, 7, 12
GUIDANCE = [
    Lesson("老板拖欠工资怎么办", (PAY,), "wages:cn"),
    Lesson("公司不发工资", (PAY,), "wages:cn"),
    Lesson("押金不退怎么办", (DEPOSIT, RENT), "rent:cn", answer="租期满了，房东应当返还押金。"),
]
OWN = [
    Lesson("房东不退押金", (DEPOSIT,), "own:房东不退押金", own=True),
    Lesson("房东赖着押金不退", (DEPOSIT,), "own:房东赖着押金不退", own=True),
    Lesson("楼上半夜蹦迪", (NOISE,), "own:楼上半夜蹦迪", own=True),
    Lesson("楼上半夜蹦迪", (RENT,), "own:楼上半夜蹦迪", own=True),
]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    return Prepared.build(read_library(write_library(tmp_path_factory.mktemp("l") / "l.jsonl")))


def _votes(prepared, lessons, question):
    similar, _ = Similar.learn(Analyzer(), lessons)
    register = Register.learn(prepared, lessons)
    return register, register.votes(
        similar.ask(question), Reading.learn(Analyzer(), lessons).scores(question)
    )


def test_ridge_regression_is_solved_as_the_formula_says():
    chance = np.random.default_rng(3)
    questions = csr_matrix(chance.random((7, 4)).astype(np.float32))
    ridge = chance.random(7).astype(np.float32) + np.float32(0.5)
    targets = chance.random((7, 2)).astype(np.float32)
    expected = np.linalg.inv((questions @ questions.T).toarray() + np.diag(ridge)) @ targets
    assert kernel.coefficients(questions, ridge, targets) == pytest.approx(expected, abs=1e-3)


def test_questions_of_one_entry_are_one_answer_and_own_questions_are_each_their_own():
    assert answer_numbers([*GUIDANCE, *OWN]) == [0, 0, 1, 2, 3, 4, 5]


def test_lessons_may_come_in_any_order(prepared):
    mixed = [GUIDANCE[0], OWN[0], GUIDANCE[2], OWN[2], GUIDANCE[1]]
    ordered = [GUIDANCE[0], GUIDANCE[1], OWN[0], GUIDANCE[2], OWN[2]]
    for question in ("公司不发工资", "押金"):
        one, other = (_votes(prepared, lessons, question)[1] for lessons in (mixed, ordered))
        assert one.all.articles == pytest.approx(other.all.articles, abs=0.002)
        assert one.all.nearest == pytest.approx(other.all.nearest)


def test_a_question_points_to_what_its_like_cite_and_who_said_so_is_told_apart(prepared):
    register, votes = _votes(prepared, [*GUIDANCE, *OWN], "房东不退押金")
    assert register.cited.tolist() == [PAY, DEPOSIT, RENT, NOISE]
    assert int(votes.all.articles.argmax()) == 1
    assert votes.own.nearest[1] == pytest.approx(1, abs=1e-4)
    assert 0 < votes.guidance.nearest[1] < 1
    assert votes.own.nearest[0] == 0
    assert votes.own.likest == pytest.approx(1, abs=1e-4)
    both = votes.own.laws + votes.guidance.laws
    assert both.tolist() == votes.all.laws.tolist()
    assert int(both.argmax()) == prepared.law_of[DEPOSIT]
    assert int((prepared.senses @ votes.sense).argmax()) == DEPOSIT


def test_a_reviewed_answer_is_found_by_its_own_words_and_shares_its_score_out(prepared):
    lessons = [*OWN[:1], *GUIDANCE, *OWN[1:]]
    reading = Reading.learn(Analyzer(), lessons)
    scores = reading.scores("租期满了返还")
    # The entry on rents is the third answer; a bureau's own questions are no texts.
    assert scores.argmax() == 2
    assert scores[2] == 1
    assert reading.scores(OWN[0].question)[[0, 3, 4, 5]].tolist() == [0] * 4
    _, votes = _votes(prepared, lessons, "租期满了返还")
    assert votes.read[[1, 2]].tolist() == [1, 1]
    assert votes.shared[1] == votes.shared[2] > votes.shared[0]
    assert votes.shared[0] + votes.shared[1] == pytest.approx(1)
    assert votes.shared[3] == 0
    _, unknown = _votes(prepared, lessons, "xyz")
    assert not unknown.read.any()
    assert not unknown.shared.any()


def test_a_vote_reaches_the_articles_beside_it_in_the_same_law_alone(prepared):
    _, votes = _votes(prepared, GUIDANCE[:2], "公司不发工资")
    near, around, far = votes.beside
    # Article 2 of three is voted for: its law has one article before it and one after it.
    assert near[[PAY - 1, PAY + 1]].tolist() == pytest.approx([near[PAY - 1]] * 2)
    assert near[PAY - 1] == pytest.approx(votes.all.articles[0] * np.exp(-1), abs=1e-6)
    assert near[PAY - 1] < around[PAY - 1] < far[PAY - 1]
    assert np.flatnonzero(far).tolist() == [PAY - 1, PAY + 1]


def test_articles_that_read_alike_are_linked_and_none_to_itself(prepared):
    starts, to, shares = links.alike(prepared, np.array([PAY]))
    found = dict(zip(to[starts[0] : starts[1]].tolist(), shares[0].tolist(), strict=True))
    assert PAY not in found
    # The older version of the same article differs in two characters.
    assert max(found, key=found.get) == 1
    assert 0.5 < found[1] < 1


def test_no_question_is_judged_with_the_help_of_its_own_answer(prepared):
    lessons = [*GUIDANCE, *OWN]
    first = list(Similar.learn(Analyzer(), lessons)[1])
    assert len(first) == len(OWN)
    for number, lesson in enumerate(OWN):
        group = [row for row in lessons if row.group == lesson.group]
        rest = [row for row in lessons if row not in group]
        similar, _ = Similar.learn(Analyzer(), rest)
        asked = similar.ask(lesson.question)
        kept = [n for n, row in enumerate([GUIDANCE[0], GUIDANCE[2], *OWN]) if row not in group]
        gone = [n for n in range(len(first[number].scores)) if n not in kept]
        # Rarity is counted with the group in one case and without it in the other: nearly the same.
        assert first[number].scores[kept] == pytest.approx(asked.scores, abs=0.08)
        assert first[number].likeness[kept] == pytest.approx(asked.likeness, abs=0.15)
        assert first[number].scores[gone].tolist() == [0] * len(gone)
        assert first[number].likeness[gone].tolist() == [0] * len(gone)


def test_an_answer_that_changes_leaves_what_the_others_say_as_it_was(prepared):
    changed = [*GUIDANCE, Lesson(OWN[0].question, (NOISE,), OWN[0].group, own=True), *OWN[1:]]
    heard = [next(Similar.learn(Analyzer(), rows)[1]) for rows in ([*GUIDANCE, *OWN], changed)]
    votes = [
        Register.learn(prepared, rows).votes(one, Reading.learn(Analyzer(), rows).scores("押金"))
        for rows, one in zip(([*GUIDANCE, *OWN], changed), heard, strict=True)
    ]
    assert votes[0].all.articles == pytest.approx(votes[1].all.articles, abs=0.002)
    assert votes[0].all.laws == pytest.approx(votes[1].all.laws, abs=0.002)
    assert votes[0].all.nearest == pytest.approx(votes[1].all.nearest)
    assert max(votes[0].all.articles) > 0.1


def test_a_text_is_covered_by_the_rare_terms_it_has_however_often(prepared):
    cover = prepared.by_pair.cover(["·押金", "·租赁", "·没有"])
    log = np.log(len(prepared.library) / np.array([1, 3, 1]))
    assert cover[DEPOSIT] == pytest.approx((log[0] + log[1]) / log.sum(), abs=1e-4)
    assert cover[PAY] == 0
    assert prepared.by_pair.cover(["·没有"]).max() == 0
