from pathlib import Path

from support.chat import open_chat
from support.model_server import ModelServer, Reply

MODEL = "anthropic/claude-test"


async def test_what_a_model_thought_is_folded_and_can_be_read(project: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("Four.",), reasoning=("Two and two, ", "so [bold]four[/bold].")))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("/thoughts")
        await chat.until(lambda: "No model here has thought aloud." in chat.said)
        await chat.send("two and two?")
        await chat.until(lambda: "Four." in chat.said and "· thought" in chat.said, "the reply")
        assert "Two and two" not in chat.said
        await chat.send("/thoughts")
        await chat.until(lambda: "Two and two, so [bold]four[/bold]." in chat.said)


async def test_a_click_on_the_line_below_unfolds_it(project: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("Four.",), reasoning=("Two and two.",)), Reply(pieces=("Five.",), reasoning=("Wrong.",)))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("two and two?")
        await chat.until(lambda: "· thought" in chat.said)
        await chat.send("two and three?")
        await chat.until(lambda: chat.said.count("· thought") == 2)
        await chat.app.chat.run_action("thoughts(0)")
        await chat.until(lambda: "Two and two." in chat.said)
        assert "Wrong." not in chat.said
