"""A screen with a conversation through which one moves by key."""

from __future__ import annotations

from learnchat.app.screens.bindings import binding
from learnchat.app.screens.speaking import SpeakingScreen

NONE_LONG = "No message in view is long enough to be folded."


class MovingScreen(SpeakingScreen):
    """Scrolls its conversation, and jumps to messages and code blocks in it."""

    BINDINGS = [
        # The prompt passes them on while all of it is in view.
        binding("chat.page_up", "scroll_conversation('page_up')", priority=False),
        binding("chat.page_down", "scroll_conversation('page_down')", priority=False),
        binding("chat.beginning", "scroll_conversation('home')"),
        binding("chat.end", "scroll_conversation('end')"),
        binding("chat.message_before", "jump('message', -1)"),
        binding("chat.message_after", "jump('message', 1)"),
        binding("chat.code_before", "jump('code', -1)"),
        binding("chat.code_after", "jump('code', 1)"),
        binding("chat.fold", "fold"),
    ]

    def action_scroll_conversation(self, how: str) -> None:
        getattr(self.conversation, f"scroll_{how}")(animate=False)

    def action_fold(self) -> None:
        """Fold the long messages and replies in view; where one of them is folded, show them in full."""
        from learnchat.widgets.folding import fold, in_view

        long = in_view(self.conversation)
        if long:
            fold(self.conversation, long, not any(each.view.folded for each in long))
        else:
            self.tell(NONE_LONG)

    def action_jump(self, what: str, direction: int) -> None:
        """Scroll so that the next message or code block in a direction begins at the top."""
        from learnchat.widgets.landmarks import next_code, next_message

        conversation = self.conversation
        find = next_code if what == "code" else next_message
        top = find(conversation, conversation.scroll_offset.y, direction)
        if top is not None:
            conversation.scroll_to(y=top, animate=False)
        elif direction > 0 and what == "message":
            conversation.scroll_end(animate=False)
