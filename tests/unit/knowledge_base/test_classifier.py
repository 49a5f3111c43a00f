from pathlib import Path

import numpy as np
import pytest

from knowledge_base.classifier import Classifier, Training
from knowledge_base.corpus import Target
from knowledge_base.errors import IndexMismatch
from knowledge_base.words import Analyzer

ANALYZER = Analyzer()
TARGETS = [
    Target("wages", "labour", ("老板拖欠工资", "工钱不给怎么要", "三个月没发薪水"), ""),
    Target("overtime", "labour", ("加班费怎么算", "周末加班不给钱", "天天熬夜干活"), ""),
    Target("leak", "neighbour", ("楼上漏水", "天花板渗水泡坏墙", "卫生间防水坏了"), ""),
]


def best(classifier: Classifier, question: str) -> int:
    return int(classifier.scores(ANALYZER.terms(question))[0].argmax())


@pytest.fixture(scope="module")
def training() -> Training:
    return Training(TARGETS, ANALYZER)


@pytest.mark.parametrize(
    ("question", "entry"), [("薪水三个月没发", 0), ("熬夜加班", 1), ("墙被渗水泡了", 2)]
)
def test_a_question_belongs_where_its_words_do(
    question: str, entry: int, training: Training
) -> None:
    assert best(training.fit(TARGETS), question) == entry


def test_neighbours_of_one_topic_share_its_score(training: Training) -> None:
    _, topics = training.fit(TARGETS).scores(ANALYZER.terms("拖欠工资"))
    assert topics[0] == topics[1] > topics[2]


def test_a_question_that_is_held_out_teaches_nothing(training: Training) -> None:
    asked = ANALYZER.terms("薪水")
    whole = training.fit(TARGETS).scores(asked)[0]
    without = training.fit([TARGETS[0].without(["三个月没发薪水"]), *TARGETS[1:]]).scores(asked)[0]
    assert whole[0] > 0.05
    assert abs(without[0]) < 0.02


def test_an_entry_that_is_held_out_is_no_column(training: Training) -> None:
    entries, topics = training.fit(TARGETS[1:]).scores(ANALYZER.terms("楼上漏水"))
    assert len(entries) == len(topics) == 2
    assert entries.argmax() == 1


def test_a_question_without_a_known_word_belongs_nowhere(training: Training) -> None:
    entries, topics = training.fit(TARGETS).scores(ANALYZER.terms("xyz"))
    assert not entries.any()
    assert not topics.any()


def test_it_survives_being_stored(tmp_path: Path, training: Training) -> None:
    classifier = training.fit(TARGETS)
    classifier.save(tmp_path)
    terms = ANALYZER.terms("楼上漏水，老板拖欠工资")
    stored, fresh = Classifier.load(tmp_path).scores(terms), classifier.scores(terms)
    assert np.allclose(stored[0], fresh[0])
    assert np.allclose(stored[1], fresh[1])


@pytest.mark.parametrize("name", ["classifier.json", "classifier.npz"])
def test_a_broken_file_is_refused_with_a_sentence(
    name: str, tmp_path: Path, training: Training
) -> None:
    training.fit(TARGETS).save(tmp_path)
    (tmp_path / name).write_bytes(b"{")
    with pytest.raises(IndexMismatch, match="classifier"):
        Classifier.load(tmp_path)
