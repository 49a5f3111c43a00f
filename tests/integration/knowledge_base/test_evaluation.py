from knowledge_base.evaluation import evaluate

from .conftest import SOURCES  # type: ignore[import-not-found]

SHARES = ("top_1", "top_3", "mrr", "answered", "wrong", "choices", "abstained")


def test_the_figures_are_shares_of_questions_the_index_had_not_seen() -> None:
    told: list[str] = []
    figures = evaluate(SOURCES, progress=lambda step, done, total: told.append(step))
    assert (figures["entries"], figures["held_out"]["questions"]) == (10, 73)
    assert all(0 <= figures[name] <= 1 for name in SHARES)
    assert figures["top_1"] <= figures["mrr"] <= figures["top_3"]
    every = figures["answered"] + figures["wrong"] + figures["choices"] + figures["abstained"]
    assert abs(every - 1) < 0.001
    assert set(figures["by_topic"]) == {"labour", "loan", "neighbour", "petition"}
    assert told


def test_a_small_guidance_is_found_again_by_unseen_paraphrases() -> None:
    assert evaluate(SOURCES)["top_3"] > 0.85


def test_nothing_unseen_is_held_for_certain_beyond_what_is_right() -> None:
    figures = evaluate(SOURCES)
    assert figures["unknown"]["answered_right"] == 0
    assert figures["out_of_scope"]["answered_right"] == 0
    for row in figures["reliability"]:
        assert row["from"] <= row["said"] <= row["from"] + 0.1


def test_entries_taken_for_each_other_are_counted() -> None:
    figures = evaluate(SOURCES)
    held_out = figures["held_out"]["questions"]
    missed = sum(row["questions"] for row in figures["confusions"])
    assert missed == round((1 - figures["top_1"]) * held_out)
    for row in figures["confusions"]:
        assert row["right"] != row["taken"]
        assert 0 < row["questions"] <= row["of"]
