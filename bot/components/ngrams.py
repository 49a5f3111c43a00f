"""Features of a message and the linear model over them: numpy only, so that serving stays light.

scikit-learn fits the model (``fit``), and is imported there alone. A fitted model is two arrays and
a word list; it is stored as ``.npz`` and JSON, never as a pickle.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from components.text import Folds, load, normalise, without_opening

_FOLDS = Folds(load("folds.yml"))
_SIGN = re.compile(r"[a-z]+|.", re.DOTALL)

_LENGTHS = (4, 8, 14, 24)  # characters: very short, short, a clause, a sentence, a story


def signs(plain: str) -> list[str]:
    """The characters; a word in Latin letters is one sign: cancel and can have nothing in common."""
    return _SIGN.findall(plain)


def grams(plain: str, lengths: Sequence[int] = (2, 3)) -> list[str]:
    """The signs, and their n-grams with the ends marked."""
    alone = signs(plain)
    framed = ["^", *alone, "$"]
    return alone + ["".join(framed[i : i + n]) for n in lengths for i in range(len(framed) - n + 1)]


def cues(plain: str, groups: Mapping[str, Sequence[str]]) -> list[str]:
    """Names of the word groups that occur, and how long the message is."""
    found = [
        f"#{name}"
        for name, terms in groups.items()
        if (
            plain.endswith(tuple(terms))
            if name.startswith("tail_")
            else any(term in plain for term in terms)
        )
    ]
    return [*found, f"#length{sum(len(plain) > limit for limit in _LENGTHS)}"]


def plain_words(text: str) -> str:
    """What is learned from a text: letters and digits alone, without its greeting, folded."""
    words = without_opening(normalise(text))
    return _FOLDS.bare(_FOLDS.fold("".join(c for c in words if c.isalnum() or c in "〔〕")))


@dataclass
class IntentModel:
    """tf-idf over characters beside word groups, and a softmax over intents.

    ``weights`` has a row for each feature and a column for each intent.
    """

    intents: list[str]
    vocabulary: dict[str, int]
    idf: np.ndarray
    weights: np.ndarray
    bias: np.ndarray
    groups: dict[str, list[str]]
    cue_weight: float

    def predict(self, text: str) -> list[tuple[str, float]]:
        """Intents with confidences, best first. All confidences are 0 for words never seen."""
        columns, values = self._features(plain_words(text))
        known = self._known(plain_words(text))
        if known == 0.0:
            return [(intent, 0.0) for intent in self.intents]
        scores = values @ self.weights[columns] + self.bias
        scores = np.exp(scores - scores.max())
        scores *= known / scores.sum()
        order = np.argsort(-scores, kind="stable")
        return [(self.intents[i], float(scores[i])) for i in order]

    def _known(self, plain: str) -> float:
        """1.0 for familiar words, less where under a third of the character pairs are known."""
        alone = signs(plain)
        if not any(sign in self.vocabulary for sign in alone):
            return 0.0
        pairs = grams(plain, (2,))[len(alone) :]
        return min(1.0, 3 * sum(pair in self.vocabulary for pair in pairs) / len(pairs))

    def _features(self, plain: str) -> tuple[np.ndarray, np.ndarray]:
        return _row(plain, self.vocabulary, self.idf, self.groups, self.cue_weight)

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        intents: Sequence[str],
        groups: Mapping[str, Sequence[str]],
        strength: float,
        cue_weight: float,
    ) -> IntentModel:
        """Learn from labelled messages. The same input gives the same model."""
        from scipy.sparse import csr_matrix
        from sklearn.linear_model import LogisticRegression

        plain = [plain_words(text) for text in texts]
        groups = {name: [_FOLDS.fold(term) for term in terms] for name, terms in groups.items()}
        seen: Counter[str] = Counter()
        for words in plain:
            seen.update(set(grams(words)))
        # Three signs that stand together once teach nothing, and are most of what there is.
        names = sorted(name for name in seen if seen[name] > 1 or len(signs(name)) < 3)
        idf = [math.log((1 + len(plain)) / (1 + seen[name])) + 1 for name in names]
        all_cues = [f"#{name}" for name in groups] + [f"#length{i}" for i in range(5)]
        vocabulary = {name: i for i, name in enumerate([*names, *all_cues])}
        weights_of_terms = np.array(idf + [1.0] * len(all_cues), dtype=np.float32)

        indices: list[np.ndarray] = []
        data: list[np.ndarray] = []
        starts = [0]
        for words in plain:
            columns, values = _row(words, vocabulary, weights_of_terms, groups, cue_weight)
            indices.append(columns)
            data.append(values)
            starts.append(starts[-1] + len(columns))
        matrix = csr_matrix(
            (np.concatenate(data), np.concatenate(indices), starts),
            shape=(len(plain), len(vocabulary)),
        )
        model = LogisticRegression(C=strength, class_weight="balanced", max_iter=3000)
        model.fit(matrix, list(intents))
        coefficients, bias = model.coef_, model.intercept_
        if len(bias) == 1:  # of two intents scikit-learn keeps the second one's side only
            coefficients = np.vstack([np.zeros_like(coefficients), coefficients])
            bias = np.concatenate([np.zeros(1), bias])
        return cls(
            intents=[str(name) for name in model.classes_],
            vocabulary=vocabulary,
            idf=weights_of_terms,
            weights=np.ascontiguousarray(coefficients.T, dtype=np.float32),
            bias=bias.astype(np.float32),
            groups=groups,
            cue_weight=cue_weight,
        )

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            folder / "arrays.npz", idf=self.idf, weights=self.weights, bias=self.bias
        )
        words = {
            "intents": self.intents,
            "vocabulary": sorted(self.vocabulary, key=self.vocabulary.__getitem__),
            "groups": self.groups,
            "cue_weight": self.cue_weight,
        }
        (folder / "words.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        words = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
            return cls(
                intents=words["intents"],
                vocabulary={name: i for i, name in enumerate(words["vocabulary"])},
                idf=arrays["idf"],
                weights=arrays["weights"],
                bias=arrays["bias"],
                groups=words["groups"],
                cue_weight=words["cue_weight"],
            )


def _row(
    plain: str,
    vocabulary: Mapping[str, int],
    idf: np.ndarray,
    groups: Mapping[str, Sequence[str]],
    cue_weight: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Columns and values of one message: sublinear tf-idf of length 1, then the cues."""
    counts = Counter(name for name in grams(plain) if name in vocabulary)
    columns = [vocabulary[name] for name in counts]
    values = np.array([1 + math.log(n) for n in counts.values()], dtype=np.float32) * idf[columns]
    length = float(np.sqrt((values**2).sum()))
    if length:
        values = values / length
    found = [vocabulary[name] for name in cues(plain, groups) if name in vocabulary]
    columns = np.array(columns + found, dtype=np.int32)
    values = np.concatenate([values, np.full(len(found), cue_weight, dtype=np.float32)])
    return columns, values.astype(np.float32)
