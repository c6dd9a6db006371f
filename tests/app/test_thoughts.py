import json
from pathlib import Path

from learnchat.learning.transcripts.session import list_sessions
from support.chat import open_chat
from support.model_server import ModelServer, Reply

MODEL = "anthropic/claude-test"
TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0" * 2


async def test_what_a_model_thought_is_folded_and_unfolds_in_its_place(project: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("Four.",), reasoning=("Two and two, ", "so [bold]four[/bold].")))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("/thoughts")
        await chat.until(lambda: "No model here has thought aloud." in chat.said)
        await chat.send("two and two?")
        await chat.until(lambda: "· thought" in chat.said and "‹show›" in chat.said, "the reply")
        assert "Two and two" not in chat.said
        await chat.send("/thoughts")
        await chat.until(lambda: "Two and two, so [bold]four[/bold]." in chat.said)
        assert chat.said.index("Two and two, so") < chat.said.index("Four.")
        await chat.send("/thoughts")
        await chat.until(lambda: "Two and two, so" not in chat.said, "it folded again")


async def test_a_resumed_conversation_has_its_thoughts_without_the_secrets(project: Path, server: ModelServer) -> None:
    thought = f"Two and two.\nThe key is {TOKEN}."
    server.will(Reply(pieces=("Four.",), reasoning=(thought,)))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("two and two?")
        await chat.until(lambda: "‹show›" in chat.said, "the reply")
        folder = chat.app.engine.call_now(lambda parts: parts.data.sessions)
    [file] = list_sessions(folder)
    assert TOKEN not in file.path.read_text()
    async with open_chat(project, model=MODEL, resume=file) as chat:
        await chat.until(lambda: "Four." in chat.said and "‹show›" in chat.said, "the reply")
        assert "Two and two." not in chat.said
        await chat.send("/thoughts")
        await chat.until(lambda: "Two and two." in chat.said, "what was thought")
        await chat.send("go on")
        await chat.until(lambda: "Hello, world." in chat.said)
    # It is shown, and not sent.
    assert "Two and two." not in json.dumps(server.chats[-1].body)
