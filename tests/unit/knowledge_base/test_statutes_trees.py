import numpy as np

from knowledge_base.statutes.trees import Trees


def test_trees_read_with_numpy_say_what_the_learned_ones_say():
    """By hand: the first split on one feature, then leaves that lead to themselves."""
    trees = Trees(
        feature=np.array([1, 0, 0]),
        threshold=np.array([0.5, 0, 0], dtype=np.float32),
        left=np.array([1, 1, 2]),
        right=np.array([2, 1, 2]),
        value=np.array([0, -1, 2], dtype=np.float32),
        roots=np.array([0]),
    )
    rows = np.array([[9, 0.5], [9, 0.6]], dtype=np.float32)
    assert trees.scores(rows).tolist() == [-1, 2]


def test_trees_learn_that_two_features_count_only_together():
    chance = np.random.default_rng(1)
    rows = chance.random((2000, 3)).astype(np.float32)
    answers = (rows[:, 0] > 0.5) & (rows[:, 2] > 0.5)
    trees = Trees.learn(rows, answers)
    asked = np.array([[0.9, 0, 0.9], [0.9, 0, 0.1], [0.1, 0, 0.9]], dtype=np.float32)
    both, *one = trees.scores(asked).tolist()
    assert all(both > other + 3 for other in one)
