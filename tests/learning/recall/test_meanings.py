from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.learning.recall.bearing import BEARS, MemoryBearings
from learnchat.learning.recall.meanings import FusedBearings, Meanings
from support.insights import LARGE, make_insight

CAR = make_insight("The car waits outside", id="car")
KNOWN = [CAR, *LARGE]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of five words of two dimensions, in which an automobile is a car."""
    model2vec = pytest.importorskip("model2vec")
    numpy = pytest.importorskip("numpy")
    tokenizers = pytest.importorskip("tokenizers")
    words = {"[UNK]": 0, "car": 1, "automobile": 2, "bucket": 3, "the": 4}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.normalizer = tokenizers.normalizers.Lowercase()
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    vectors = numpy.array([[0, 0], [1, 0.1], [1, 0.0], [0, 1], [0, 0]], dtype="float32")
    folder = tmp_path_factory.mktemp("model")
    model2vec.StaticModel(vectors, tokenizer).save_pretrained(folder)
    return folder


def test_what_shares_no_word_is_found_by_its_meaning(model: Path) -> None:
    meanings = Meanings(model, lambda: KNOWN)
    assert meanings.load()
    found = FusedBearings(MemoryBearings(KNOWN), meanings).find("an automobile")

    assert MemoryBearings(KNOWN).find("an automobile") == []
    assert found[0].id == "car"
    assert found[0].confidence >= BEARS
    assert all(each.confidence < BEARS for each in found[1:])


def test_what_words_and_meaning_both_find_comes_first(model: Path) -> None:
    both = make_insight("The automobile in the yard", id="both")
    known = [make_insight("The yard", id="yard"), CAR, both, *LARGE]
    meanings = Meanings(model, lambda: known)
    meanings.load()

    assert FusedBearings(MemoryBearings(known), meanings).find("the automobile in the yard")[0].id == "both"


def test_what_is_learned_is_found_after_an_update(model: Path) -> None:
    known = [*LARGE]
    meanings = Meanings(model, lambda: known)
    meanings.load()
    assert "car" not in [name for name, _ in meanings.find("automobile")]

    known.append(CAR)
    meanings.update()

    assert meanings.find("automobile")[0][0] == "car"


@pytest.mark.parametrize("damage", ["missing", "empty", "broken"])
def test_without_a_model_words_find_alone(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "model"
    if damage != "missing":
        folder.mkdir()
    if damage == "broken":
        (folder / "model.safetensors").write_bytes(b"no model")
        (folder / "tokenizer.json").write_text("{", encoding="utf-8")
        (folder / "config.json").write_text("{", encoding="utf-8")
    meanings = Meanings(folder, lambda: KNOWN)

    assert not meanings.load()
    fused = FusedBearings(MemoryBearings(KNOWN), meanings)
    assert fused.find("which database do we use for orders?") == MemoryBearings(KNOWN).find(
        "which database do we use for orders?"
    )
