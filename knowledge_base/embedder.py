"""Turns texts into vectors. The only module that imports sentence_transformers and torch.

Two kinds, one way to load them:

* any SentenceTransformer, from a folder or by its name on the hub;
* the built-in embedding, a table of term vectors made at build time (``term_vectors.py``). It lies
  on disk as a SentenceTransformer too (``StaticEmbedding``), but is read with numpy alone, so that
  a process that answers questions starts without torch.

The built-in one sees a text as terms joined by spaces (``words.Analyzer``); ``suqiu.json`` in its
folder says so.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge_base.errors import EmbedderError
from knowledge_base.words import Analyzer

Vectors = NDArray[np.float32]
BUILT_IN = "built-in"
_MARK = "suqiu.json"
_FORMAT = 1


class Embedder(Protocol):
    """Vectors of length 1, one row a text; a text without any known term is a row of zeros."""

    name: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> Vectors: ...


def load(model: str | Path, analyzer: Analyzer | None = None) -> Embedder:
    """The model in a folder or of a name. Raises ``EmbedderError`` with one clear sentence."""
    path = Path(model)
    if path.is_dir():
        if (path / _MARK).is_file():
            return TermVectors.load(path, analyzer or Analyzer())
        return Transformer(str(model))
    if path.is_absolute() or str(model).startswith((".", "~")):
        raise EmbedderError(f"the embedding model {str(model)!r} is not a folder")
    return Transformer(str(model))


class TermVectors:
    """The built-in embedding: the sum of the vectors of a text's terms."""

    name = BUILT_IN

    def __init__(self, vocabulary: dict[str, int], vectors: Vectors, analyzer: Analyzer) -> None:
        self._vocabulary = vocabulary
        self._vectors = vectors
        self._analyzer = analyzer
        self.dimension = int(vectors.shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        return self.encode_terms([self._analyzer.terms(text) for text in texts])

    def encode_terms(self, texts: Sequence[Sequence[str]]) -> Vectors:
        """The vectors of texts that are already terms."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, terms in enumerate(texts):
            once = dict.fromkeys(terms)
            known = [self._vocabulary[term] for term in once if term in self._vocabulary]
            if known:
                rows[row] = self._vectors[known].sum(axis=0)
        return unit(rows)

    def save(self, folder: Path) -> None:
        """Writes a folder that ``SentenceTransformer(folder)`` loads as well."""
        from safetensors.numpy import save_file
        from tokenizers import Tokenizer
        from tokenizers.models import WordLevel
        from tokenizers.pre_tokenizers import WhitespaceSplit

        folder.mkdir(parents=True, exist_ok=True)
        unknown = "[UNK]"
        shifted = {term: row + 1 for term, row in self._vocabulary.items()}
        tokenizer = Tokenizer(WordLevel({unknown: 0, **shifted}, unknown))
        tokenizer.pre_tokenizer = WhitespaceSplit()
        tokenizer.save(str(folder / "tokenizer.json"))
        table = np.vstack([np.zeros((1, self.dimension), np.float32), self._vectors])
        save_file({"embedding.weight": table}, str(folder / "model.safetensors"))
        module = "sentence_transformers.models.StaticEmbedding"
        (folder / "modules.json").write_text(
            json.dumps([{"idx": 0, "name": "0", "path": "", "type": module}]), encoding="utf-8"
        )
        (folder / _MARK).write_text(
            json.dumps({"format": _FORMAT, "input": "terms joined by spaces"}), encoding="utf-8"
        )

    @classmethod
    def load(cls, folder: Path, analyzer: Analyzer) -> TermVectors:
        from safetensors.numpy import load_file

        try:
            mark = json.loads((folder / _MARK).read_text(encoding="utf-8"))
            if mark["format"] != _FORMAT:
                raise EmbedderError(f"the embedding in {folder} has format {mark['format']}")
            tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
            vocabulary: dict[str, int] = tokenizer["model"]["vocab"]
            table = load_file(str(folder / "model.safetensors"))["embedding.weight"]
        except Exception as error:
            if isinstance(error, EmbedderError):
                raise
            raise EmbedderError(f"the embedding in {folder} cannot be read: {error}") from error
        shifted = {term: row - 1 for term, row in vocabulary.items() if row}
        return cls(shifted, table[1:], analyzer)


class Transformer:
    """Any SentenceTransformer, on one thread of the processor."""

    def __init__(self, name: str) -> None:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        try:
            import torch
            from sentence_transformers import SentenceTransformer

            torch.set_num_threads(1)
            self._model: Any = SentenceTransformer(name, device="cpu")
            self.dimension = int(self._model.encode(["一"], show_progress_bar=False).shape[1])
        except Exception as error:  # the library raises whatever its dozens of parts raise
            reason = (str(error).strip() or repr(error)).splitlines()[0]
            raise EmbedderError(
                f"the embedding model {name!r} cannot be loaded: {reason}"
            ) from error
        self.name = name

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = self._model.encode(list(texts), show_progress_bar=False, convert_to_numpy=True)
        return unit(np.asarray(rows, dtype=np.float32))


class Remembering:
    """Encodes each text once: a transformer is slow, and measuring asks for the same texts often."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}
        self.name = embedder.name
        self.dimension = embedder.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._embedder.encode(new), strict=True))
        return np.array([self._known[text] for text in texts], dtype=np.float32).reshape(
            len(texts), self.dimension
        )


def unit(rows: Vectors) -> Vectors:
    """The rows at length 1; rows of zeros stay zeros."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)
