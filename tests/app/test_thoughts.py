from pathlib import Path

from support.chat import open_chat
from support.model_server import ModelServer, Reply

MODEL = "anthropic/claude-test"


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
