from __future__ import annotations

from learnchat.app.said import NOT_ANSWERED, Turns
from learnchat.learning.transcripts.session import Utterance


def test_what_learnchat_answered_by_itself_is_not_sent_as_a_models_words() -> None:
    path = [
        Utterance("1", "user", "hello"),
        Utterance("2", "assistant", "No language model is set up.", facts={"model": "offline"}),
        Utterance("3", "user", "hello again"),
        Utterance("4", "assistant", "Hello.", facts={"model": "openai/its-model"}),
    ]

    sent = [(said.turn.role, said.turn.text) for said in Turns().along(path)]

    assert sent == [("user", "hello"), ("assistant", NOT_ANSWERED), ("user", "hello again"), ("assistant", "Hello.")]
