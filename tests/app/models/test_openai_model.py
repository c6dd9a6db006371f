from __future__ import annotations

import subprocess
import sys

from learnchat.app.models.model import Done, ReasoningPiece, TextPiece, Usage
from learnchat.app.models.openai_model import _read
from support.model_server import unused_address

CHECK = """
import asyncio
import sys
from contextlib import suppress
from learnchat.app.models.model import ModelError, Request, Turn
from learnchat.app.models.openai_model import OpenaiModel

async def ask():
    with suppress(ModelError):
        async for event in model.stream(Request((Turn("user", "x"),))):
            pass

model = OpenaiModel("gpt-x")
model.warm()
before = set(sys.modules)
asyncio.run(ask())
NEEDED = ("openai", "httpx", "httpcore", "h11", "anyio", "ssl", "certifi")
new = sorted(name for name in set(sys.modules) - before if name.startswith(NEEDED))
assert not new, new
assert "openai.resources.chat" not in sys.modules
"""


def test_a_piece_is_read_as_it_stands_in_the_stream() -> None:
    choice = {"delta": {"content": "Hi", "reasoning_content": "hm"}, "finish_reason": "content_filter"}
    usage = {"prompt_tokens": 7, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": 5}}
    assert _read({"choices": [choice]}) == [ReasoningPiece("hm"), TextPiece("Hi"), Done("refusal")]
    assert _read({"choices": [], "usage": usage}) == [Usage(7, 2, 5)]


def test_what_a_server_leaves_out_or_sends_as_null_is_not_there() -> None:
    assert _read({}) == _read({"choices": None, "usage": None}) == []
    assert _read({"choices": [{"delta": None, "finish_reason": None}]}) == []
    assert _read({"choices": [{"delta": {"content": None}}], "usage": {"prompt_tokens": 3}}) == [Usage(3, 0, 0)]


def test_what_is_no_text_and_no_number_is_not_there() -> None:
    delta = {"content": [{"type": "text"}], "reasoning_content": {}}
    usage = {"prompt_tokens": "7", "completion_tokens": 2.5, "prompt_tokens_details": {"cached_tokens": []}}
    assert _read({"choices": [{"delta": delta, "finish_reason": []}], "usage": usage}) == [Usage(0, 0, 0)]


def test_warming_imports_all_that_a_request_needs_and_not_the_rest_of_the_sdk() -> None:
    environment = {"OPENAI_API_KEY": "x", "OPENAI_BASE_URL": f"{unused_address()}/v1", "PATH": ""}
    done = subprocess.run([sys.executable, "-c", CHECK], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
