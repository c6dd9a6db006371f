"""Answers written down, and given again: so that a run can be repeated without a model.

JSON lines of the request's hash, the request and the answer.
"""

from __future__ import annotations

from pathlib import Path

from learnchat.app.judging.asking_model import Answer
from learnchat.app.judging.chain import Ask
from learnchat.app.models.model import ModelError
from learnchat.learning.disk.files import append_json_lines, read_json_lines
from learnchat.learning.errors import LearnchatError
from learnchat.learning.judging.request import Question


class Recorder:
    """Asks, and writes down what was answered.

    Args:
        ask: how a model is asked.
        path: the file that is appended to.
    """

    def __init__(self, ask: Ask, path: Path) -> None:
        self._ask = ask
        self._path = path

    async def __call__(self, name: str, question: Question, patience: float, *, structured: bool = True) -> Answer:
        """Ask a model.

        Raises:
            ModelError: it did not answer; that is not written down.
            OSError: the answer can't be written down.
        """
        answer = await self._ask(name, question, patience, structured=structured)
        record = {
            "request": question.key,
            "model": name,
            "instructions": question.instructions,
            "data": question.data,
            "answer": answer.text,
            "input_tokens": answer.input_tokens,
            "output_tokens": answer.output_tokens,
        }
        append_json_lines(self._path, [record], durable=False)
        return answer


class Replayer:
    """Gives the answers of a file.

    Args:
        path: what a recorder wrote.

    Raises:
        LearnchatError: it can't be read, or holds no answer.
    """

    def __init__(self, path: Path) -> None:
        try:
            records, _ = read_json_lines(path)
        except OSError as error:
            raise LearnchatError(f"{path} can't be read: {error.strerror or error}.") from None
        self._answers = {
            each["request"]: Answer(each["answer"], _count(each.get("input_tokens")), _count(each.get("output_tokens")))
            for each in records
            if isinstance(each.get("request"), str) and isinstance(each.get("answer"), str)
        }
        self.model = next((str(each["model"]) for each in records if "model" in each), "")
        """Whose answers they are."""
        if not self._answers:
            raise LearnchatError(f"{path} holds no recorded answer.", "`learnchat evaluate --record FILE` writes them.")

    async def __call__(self, name: str, question: Question, patience: float, *, structured: bool = True) -> Answer:
        """What was answered to this question; whoever is asked.

        Raises:
            ModelError: it was not asked then.
        """
        answer = self._answers.get(question.key)
        if answer is None:
            raise ModelError("This was not recorded.", kind="other")
        return answer


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0
