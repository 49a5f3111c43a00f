"""Sorting texts under labels: what is learnt, what is kept of it, and what broken files say."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.classify import storage
from knowledge_base.classify.classifier import Classifier
from knowledge_base.classify.learning import learn
from knowledge_base.classify.petitions import CATEGORIES, as_text, labelled, learn_petitions
from knowledge_base.classify.shipped import Labels
from knowledge_base.classify.topics import TOPICS
from knowledge_base.errors import ClassifierError, SourceError
from knowledge_base.sources import DEFAULT, read

TEXTS = {
    "道路": [
        "村口的路坏了没人修",
        "公路坑洼，车子过不去",
        "桥断了绕路半年",
        "路灯不亮，路面塌了一块",
    ],
    "学校": ["学校乱收补课费", "孩子上学分不到学位", "老师体罚学生", "幼儿园学费一学期八千"],
    "河水": ["工厂往河里排污水", "河水发臭，井水不能喝", "猪粪流到河里", "半夜偷排废水，鱼死了"],
}
PETITIONS = [(text, label) for label, texts in TEXTS.items() for text in texts]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    texts, labels = zip(*PETITIONS, strict=True)
    return learn(texts, labels, least=1)[0]


@pytest.fixture
def saved(classifier: Classifier, tmp_path: Path) -> Path:
    storage.save(classifier, tmp_path / "model", "petition", {"petitions": 12})
    return tmp_path / "model"


@pytest.mark.parametrize(
    ("text", "label"), [("路面塌了", "道路"), ("学费太贵", "学校"), ("污水排到河里", "河水")]
)
def test_a_text_it_has_not_seen_is_sorted_by_its_words(
    classifier: Classifier, text: str, label: str
) -> None:
    assert classifier.sort(text).label == label


def test_the_scores_are_probabilities_of_all_labels_best_first(classifier: Classifier) -> None:
    found = classifier.sort("学校门口的路坏了")
    scores = [found.score, *(score for _, score in found.alternatives)]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1)
    assert {found.label, *(label for label, _ in found.alternatives)} == set(TEXTS)


def test_a_text_of_unknown_words_is_sorted_without_trust(classifier: Classifier) -> None:
    assert classifier.sort("qwerty").score < 0.6


@pytest.mark.parametrize("text", ["", " \n", "！？…"])
def test_a_text_without_words_is_not_sorted(classifier: Classifier, text: str) -> None:
    with pytest.raises(ValueError, match="nothing to read"):
        classifier.sort(text)


def test_two_labels_are_enough_and_one_is_not() -> None:
    texts = [*TEXTS["道路"], *TEXTS["学校"]]
    two, _ = learn(texts, ["道路"] * 4 + ["学校"] * 4, least=1)
    assert [two.sort(text).label for text in texts] == ["道路"] * 4 + ["学校"] * 4
    with pytest.raises(ValueError, match="at least two labels"):
        learn(texts, ["道路"] * 8)


def test_a_label_that_stands_only_once_is_learned_too() -> None:
    texts, labels = zip(*PETITIONS, ("低保被取消了", "民政"), strict=True)
    assert learn(texts, labels, least=1)[0].sort("低保取消").label == "民政"


def test_paraphrases_of_one_group_are_held_back_together() -> None:
    """Two labels, each with one sentence said five times over: nothing else tells them apart."""
    texts = ["村口的路坏了"] * 5 + ["学校乱收费"] * 5
    labels = ["道路"] * 5 + ["学校"] * 5
    _, easy = learn(texts, labels, least=1)
    _, honest = learn(texts, labels, least=1, groups=["a"] * 5 + ["b"] * 5)
    assert easy.accuracy == 1
    assert honest.accuracy < 1


def test_the_same_texts_teach_the_same(classifier: Classifier) -> None:
    texts, labels = zip(*PETITIONS, strict=True)
    again, _ = learn(texts, labels, least=1)
    for one, other in zip(classifier.weights, again.weights, strict=True):
        np.testing.assert_array_equal(one, other)


def test_what_is_kept_sorts_alike(classifier: Classifier, saved: Path) -> None:
    loaded = storage.load(saved, "petition")
    for text, _ in PETITIONS:
        assert loaded.sort(text) == classifier.sort(text)


def test_what_one_person_wrote_is_not_kept(tmp_path: Path) -> None:
    """A term stands in the model only when several messages have it."""
    secret = ("王二麻子家门口的路坏了", "道路")
    learn_petitions([*PETITIONS, secret], tmp_path / "model")
    kept = "".join(path.read_text("utf-8") for path in (tmp_path / "model").glob("*.json"))
    assert "路" in kept
    assert "麻" not in kept


def test_nothing_kept_is_code(saved: Path) -> None:
    assert {path.suffix for path in saved.iterdir()} == {".json", ".npy"}
    for path in saved.glob("*.npy"):
        np.load(path, allow_pickle=False)


def test_a_folder_without_a_classifier_is_named(tmp_path: Path) -> None:
    with pytest.raises(ClassifierError, match="there is no classifier in"):
        storage.load(tmp_path / "nowhere", "petition")


def test_a_classifier_of_another_kind_is_refused(saved: Path) -> None:
    with pytest.raises(ClassifierError, match="holds a classifier for petition, not topic"):
        storage.load(saved, "topic")


@pytest.mark.parametrize("name", ["words-terms.json", "characters-weights.npy"])
def test_a_changed_file_is_named(saved: Path, name: str) -> None:
    (saved / name).write_bytes(b"[]")
    with pytest.raises(ClassifierError, match=f"{name} of the classifier .* is not the one"):
        storage.load(saved, "petition")


def test_a_missing_file_is_named(saved: Path) -> None:
    (saved / "words-rarity.npy").unlink()
    with pytest.raises(ClassifierError, match="cannot be read"):
        storage.load(saved, "petition")


def _changed(saved: Path, key: str, value: object) -> None:
    about = json.loads((saved / storage.ABOUT).read_text(encoding="utf-8"))
    about[key] = value
    (saved / storage.ABOUT).write_text(json.dumps(about), encoding="utf-8")


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("format", 99, "of another version"),
        ("labels", ["道路"], "do not fit"),
        ("shares", [1.0], "do not fit"),
        ("files", {"../escape": "x"}, "is not the one learned"),
        ("bias", "no", "cannot be read"),
    ],
)
def test_a_classifier_that_does_not_fit_together_is_refused(
    saved: Path, key: str, value: object, sentence: str
) -> None:
    _changed(saved, key, value)
    with pytest.raises(ClassifierError, match=sentence):
        storage.load(saved, "petition")


def test_an_about_file_that_is_no_json_is_refused(saved: Path) -> None:
    (saved / storage.ABOUT).write_text("[1]", encoding="utf-8")
    with pytest.raises(ClassifierError, match="is no object"):
        storage.load(saved, "petition")


def test_the_title_of_a_petition_is_read_too() -> None:
    assert as_text({"title": "路灯", "text": "不亮"}) == "路灯\n路灯\n不亮"
    assert as_text({"text": "不亮"}).strip() == "不亮"
    with pytest.raises(ValueError, match="must be strings"):
        as_text({"title": "路灯", "text": None})


@pytest.mark.parametrize(
    "row", [{"text": "不亮"}, {"text": "不亮", "label": " "}, {"text": "", "label": "x"}]
)
def test_a_petition_without_label_or_words_teaches_nothing(row: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        labelled(row)


@pytest.mark.parametrize(("path", "count", "each"), [(TOPICS, 20, 40), (CATEGORIES, 16, 8)])
def test_every_shipped_label_has_questions_of_its_own(path: Path, count: int, each: int) -> None:
    labels = Labels.read(path)
    assert len(labels.labels) == count
    asked = Counter(q for parts in labels.labels.values() for q in parts["questions"])
    assert [q for q, times in asked.items() if times > 1] == []
    for label, parts in labels.labels.items():
        assert len(parts["questions"]) >= each, label
        assert len(parts["words"]) == len(set(parts["words"])), label


@pytest.mark.parametrize("path", [TOPICS, CATEGORIES])
def test_every_topic_of_the_guidance_teaches_a_label_or_says_that_it_does_not(path: Path) -> None:
    labels = Labels.read(path)
    taught = [topic for parts in labels.labels.values() for topic in parts["guidance"]]
    assert len(taught) == len(set(taught))
    assert {*taught, *labels.elsewhere} == set(read(DEFAULT).topics)


def test_a_file_of_labels_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        Labels.read(tmp_path / "none.yml")
    (tmp_path / "labels.yml").write_text(
        "guidance_counts: 1\nentries: {x: c}\n"
        "labels: {a: {about: b, guidance: [], words: [], questions: []}}\n"
    )
    with pytest.raises(SourceError, match="send entries to c, which is no label"):
        Labels.read(tmp_path / "labels.yml")
