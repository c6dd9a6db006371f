from __future__ import annotations

from pathlib import Path

from support.chat import open_chat


async def test_a_theme_that_is_none_is_answered_with_the_nearest_and_the_list(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.send("/theme nigth")
        await chat.until(lambda: "There is no theme “nigth”." in chat.said, "that there is none")
        assert "Did you mean night? There are night," in " ".join(chat.said.split())
