from __future__ import annotations

import importlib

import pytest

from tests.bench.__main__ import BENCHES


@pytest.mark.parametrize("name", BENCHES)
def test_every_bench_can_be_loaded_and_run(name: str) -> None:
    assert callable(importlib.import_module(f"tests.bench.{name}").main)
