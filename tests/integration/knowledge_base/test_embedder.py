"""Any SentenceTransformer runs the whole path: here a tiny one that is made on the spot."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.build import build
from knowledge_base.embedder import BUILT_IN, TermVectors, Transformer, load
from knowledge_base.errors import EmbedderError, IndexMismatch
from knowledge_base.index import Index
from knowledge_base.service import Guidance
from knowledge_base.sources import read
from knowledge_base.storage import current_build
from knowledge_base.words import Analyzer

from .conftest import SOURCES  # type: ignore[import-not-found]


def make_transformer(folder: Path, size: int) -> Path:
    """A random BERT of two layers whose vocabulary is the characters of the small guidance."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(7)
    folder.mkdir(parents=True)
    sources = read(SOURCES)
    characters = sorted({c for entry in sources.entries for c in entry.document if not c.isspace()})
    vocabulary = folder / "vocab.txt"
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    vocabulary.write_text("\n".join([*special, *characters]), encoding="utf-8")
    tokenizer = BertTokenizerFast(vocab_file=str(vocabulary))
    config = BertConfig(
        vocab_size=len(special) + len(characters),
        hidden_size=size,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=2 * size,
        max_position_embeddings=128,
    )
    BertModel(config).save_pretrained(folder / "bert")
    tokenizer.save_pretrained(folder / "bert")
    word = modules.Transformer(str(folder / "bert"), max_seq_length=128)
    SentenceTransformer(modules=[word, modules.Pooling(size)], device="cpu").save(
        str(folder / "model")
    )
    return folder / "model"


@pytest.fixture(scope="module")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_transformer(tmp_path_factory.mktemp("transformer") / "32", 32)


@pytest.fixture(scope="module")
def index_of_transformer(transformer: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("transformer-index")
    build(SOURCES, folder, embedder=str(transformer))
    return folder


def test_a_transformer_runs_the_whole_path(index_of_transformer: Path, transformer: Path) -> None:
    guidance = Guidance.open(index_of_transformer, sources_dir=SOURCES, embedder=str(transformer))
    assert guidance.trouble == ""
    answer = guidance.ask("公司拖欠工资怎么办")
    assert [entry.id for entry in answer.entries] == ["wages-unpaid"]
    assert guidance.ask("今天天气怎么样").outcome in {"out_of_scope", "no_match"}
    manifest = Index.load(index_of_transformer).manifest
    assert (manifest.embedder, manifest.dimension) == (str(transformer), 32)
    assert not (index_of_transformer / current_build(index_of_transformer) / "embedding").exists()


def test_a_model_that_makes_vectors_of_another_size_is_refused(
    index_of_transformer: Path, transformer: Path, tmp_path: Path
) -> None:
    saved = shutil.copytree(transformer, tmp_path / "saved")
    other = make_transformer(tmp_path / "16", 16)
    shutil.rmtree(transformer)
    shutil.copytree(other, transformer)
    try:
        with pytest.raises(IndexMismatch, match=r"vectors of 32 numbers.* now makes 16"):
            Index.load(index_of_transformer)
        guidance = Guidance.open(index_of_transformer)
        assert guidance.ask("公司拖欠工资怎么办").outcome == "unavailable"
    finally:
        shutil.rmtree(transformer)
        shutil.copytree(saved, transformer)


def test_a_model_that_has_gone_is_named(
    index_of_transformer: Path, transformer: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "moved"
    transformer.rename(moved)
    try:
        with pytest.raises(EmbedderError, match="is not a folder"):
            Index.load(index_of_transformer)
    finally:
        moved.rename(transformer)


def test_the_built_in_embedding_loads_as_a_sentence_transformer_with_the_same_vectors(
    index_dir: Path,
) -> None:
    from sentence_transformers import SentenceTransformer

    folder = index_dir / current_build(index_dir) / "embedding"
    analyzer = Analyzer(read(SOURCES).lexicon)
    ours = TermVectors.load(folder, analyzer)
    theirs = SentenceTransformer(str(folder), device="cpu")
    texts = ["公司拖欠工资怎么办", "楼上漏水泡了我家", "朋友借钱不还没有借条"]
    lines = [" ".join(dict.fromkeys(analyzer.terms(text))) for text in texts]
    expected = theirs.encode(lines, normalize_embeddings=True, show_progress_bar=False)
    np.testing.assert_allclose(ours.encode(texts), expected, atol=1e-5)


def test_vectors_have_length_one_and_a_text_without_known_terms_has_none(
    index_dir: Path,
) -> None:
    embedder = load(index_dir / current_build(index_dir) / "embedding", Analyzer())
    assert embedder.name == BUILT_IN
    rows = embedder.encode(["公司拖欠工资", "xyz", ""])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), [1, 0, 0], atol=1e-6)


def test_words_that_belong_to_one_entry_are_near_each_other(index_dir: Path) -> None:
    embedder = load(
        index_dir / current_build(index_dir) / "embedding", Analyzer(read(SOURCES).lexicon)
    )
    wages, arrears, leak = embedder.encode(["血汗钱", "欠薪投诉", "天花板渗水"])
    assert wages @ arrears > wages @ leak + 0.3


def test_a_damaged_embedding_is_named(index_dir: Path, tmp_path: Path) -> None:
    folder = Path(
        shutil.copytree(index_dir / current_build(index_dir) / "embedding", tmp_path / "e")
    )
    (folder / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(EmbedderError, match=r"the embedding in .* cannot be read"):
        load(folder)


def test_a_transformer_uses_one_thread(transformer: Path) -> None:
    import torch

    Transformer(str(transformer))
    assert torch.get_num_threads() == 1
