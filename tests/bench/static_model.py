"""Makes a model2vec model of the word vectors that a package carries, for finding by meaning where no hub is reached.

`pip install wordllama && python -m tests.bench.static_model FOLDER`. WordLlama (MIT) has 32,000 vectors of 256 numbers,
made from the input embeddings of language models, and their tokenizer; both are files of the package.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

WEIGHTS = "weights/l2_supercat_256.safetensors"
TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"


def make(package: Path, folder: Path) -> tuple[int, int]:
    """Write the model. Returns how many vectors it has, and of how many numbers."""
    from model2vec import StaticModel
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    (vectors,) = load_file(package / WEIGHTS).values()
    tokenizer = Tokenizer.from_file(str(package / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    StaticModel(vectors.astype("float32"), tokenizer, normalize=True).save_pretrained(folder)
    return vectors.shape


def main(arguments: Sequence[str] = ()) -> None:
    if len(arguments) != 1:
        sys.exit("python -m tests.bench.static_model FOLDER")
    package = find_spec("wordllama")
    if package is None or package.origin is None:
        sys.exit("Install it first: pip install wordllama")
    count, dimensions = make(Path(package.origin).parent, Path(arguments[0]))
    print(f"{count:,} vectors of {dimensions} numbers in {arguments[0]}")  # noqa: T201 - it is what this is for


if __name__ == "__main__":
    main(sys.argv[1:])
