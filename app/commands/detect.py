"""`learnchat detect`: what would be asked about a text. Scripts depend on its output.

All built-in detectors, the shipped thresholds, no plugins, no configuration, no profile, no network. `--explain` is for
people and says what the chat would do here: with their answers, their switches and the plugins.
"""

from __future__ import annotations

import io
import json
import math
import os
import sys
from collections.abc import Iterator
from typing import Annotated, Any, BinaryIO, TextIO

import typer

from learnchat.app.exit_codes import UsageError
from learnchat.learning.asking.dial import moved
from learnchat.learning.detection import Message
from learnchat.learning.detectors.registry import BUILT_IN
from learnchat.learning.hearing.analysis import Analyser, Analysis, default_analyser, told_apart
from learnchat.learning.secrets.finding import is_touched
from learnchat.learning.text import one_line, shorten

# A line of `--jsonl` may be this long, in bytes; what is longer is answered as an error instead of filling the memory.
LINE_LIMIT = 64 * 1024 * 1024
# As much of a quote as helps to find it in a terminal.
SHOWN = 100


def detect_command(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT...]", help="The text; without it, standard input.")
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Each input line is {"id": …, "text": …}; one line out for each.')
    ] = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Say in plain words why the chat would ask or not, here and by your answers."),
    ] = False,
) -> None:
    """Say, as JSON, what would be asked about a text: one that is given, or standard input."""
    if words and jsonl:
        raise UsageError("--jsonl reads standard input, and no text beside it.", "Leave one of them out.")
    stdin = io.BytesIO(" ".join(words).encode("utf-8", "surrogateescape")) if words else sys.stdin.buffer
    analyser = _analyser_of_the_chat() if explain else None
    raise typer.Exit(detect(jsonl=jsonl, explain=explain, stdin=stdin, stdout=sys.stdout, analyser=analyser))


def detect(*, jsonl: bool, explain: bool, stdin: BinaryIO, stdout: TextIO, analyser: Analyser | None = None) -> int:
    """Answer for standard input.

    Args:
        jsonl: the input is JSON lines; one line is written and flushed for each, in order.
        explain: words for people instead of JSON.
        stdin: read as UTF-8; bytes that are not UTF-8 are read as the replacement character.
        stdout: where the answers go.
        analyser: another than the shipped one.

    Returns:
        The exit code: always 0, as lines that can't be read are answered too.
    """
    if isinstance(stdout, io.TextIOWrapper):
        stdout.reconfigure(encoding="utf-8", newline="\n", errors="backslashreplace")
    analyser = analyser or default_analyser(plugins=False)
    write = explanation if explain else json_answer
    try:
        for identifier, message in _lines(stdin) if jsonl else [(None, Message(_decoded(stdin.read())))]:
            if isinstance(message, Message):
                stdout.write(write(identifier, analyser.analyse(message)))
            else:
                stdout.write(_json({"id": None, "error": message}))
            stdout.flush()
    except BrokenPipeError:
        # Whoever reads along has enough (`| head`). Python flushes once more when it exits: that may go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())
    return 0


def _analyser_of_the_chat() -> Analyser:
    """As a chat in this directory has it."""
    from learnchat.app.commands.workplace import enter
    from learnchat.app.configuration import load
    from learnchat.app.listening import open_analyser
    from learnchat.learning.asking.switches import SwitchFile

    place = enter()
    configuration = load(place.locations, place.project.folder if place.project.has_project else None)
    return open_analyser(SwitchFile(place.locations.detector_switches), configuration, place.profiles)


def _lines(stdin: BinaryIO) -> Iterator[tuple[Any, Message | str]]:
    """The id and the message of each line, or why it has none."""
    while line := stdin.readline(LINE_LIMIT):
        if len(line) == LINE_LIMIT and not line.endswith(b"\n"):
            while (rest := stdin.readline(LINE_LIMIT)) and not rest.endswith(b"\n"):
                pass
            yield None, f"the line is longer than {LINE_LIMIT} bytes"
            continue
        try:
            yield _read(line)
        except ValueError as error:
            yield None, str(error)


def _read(line: bytes) -> tuple[Any, Message]:
    """The id and the message in a line.

    Raises:
        ValueError: it is no such object; the message says what is wrong and where, and never repeats the text.
    """
    try:
        record = json.loads(_decoded(line), parse_constant=_no_number, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(record, dict):
        raise ValueError("not an object")
    text, context = record.get("text"), record.get("context")
    if not isinstance(text, str):
        raise ValueError("it has no text" if text is None else "text is not a string")
    if context is not None and not isinstance(context, str):
        raise ValueError("context is not a string")
    return record.get("id"), Message(text, context=context or "")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace")


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _finite(digits: str) -> float:
    # Python reads 1e999 as infinity, which is not JSON and could not be written back.
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number


def json_answer(identifier: Any, analysis: Analysis) -> str:
    """One line of JSON: the id, whether it would be asked, and what was heard."""
    return _json(
        {
            "id": identifier,
            "prompt": analysis.prompt,
            "confidence": analysis.confidence,
            "detections": [
                {
                    "kind": one.kind.value,
                    "statement": one.statement,
                    "quote": one.quote,
                    "start": one.start,
                    "end": one.end,
                    "confidence": one.confidence,
                    "slots": dict(one.slots),
                }
                for one in analysis.detections
            ],
        }
    )


def _json(value: dict[str, Any]) -> str:
    # ASCII: half a surrogate pair, which JSON can hold and UTF-8 can't, goes through unharmed.
    return json.dumps(value, allow_nan=False) + "\n"


def explanation(identifier: Any, analysis: Analysis) -> str:
    """The same for people: what would happen, what was heard, what was only overheard and why."""
    lines = [_verdict(analysis) if identifier is None else f"{one_line(str(identifier))}: {_verdict(analysis)}"]
    if analysis.detections and (best := max(analysis.detections, key=lambda one: one.confidence)).offset:
        before = moved(best.confidence, -best.offset)
        lines.append(
            f"  Your answers moved it by {best.offset:+.2f} in log-odds, from {before:.2f}: see `learnchat detectors`."
        )
    for one in analysis.detections:
        slots = ", ".join(f"{name} {value}" for name, value in one.slots.items())
        heard = f"{one.kind.value} with confidence {one.confidence:.2f}" + (f" ({slots})" if slots else "")
        touched = is_touched(analysis.secrets, one.start, one.end)
        lines.append(f"  Heard {heard}: " + ("words that hold a secret." if touched else _quoted(one.statement) + "."))
    for remark in analysis.remarks:
        where = _quoted(remark.quote) if remark.quote else f"what stands at {remark.start} to {remark.end}"
        lines.append(f"  Not {remark.kind.value if remark.kind else 'to be asked'}: {where} {remark.reason}.")
    if not analysis.detections and not analysis.remarks:
        lines.append(f"  None of the detectors heard anything: {', '.join(BUILT_IN)}.")
    return "\n".join(lines) + "\n"


def _quoted(words: str) -> str:
    return f"“{shorten(words, SHOWN)}”"


def _verdict(analysis: Analysis) -> str:
    if analysis.prompt:
        return f"Would be asked: confidence {analysis.confidence:.2f}, asked from {analysis.threshold:.2f} on."
    if analysis.secrets:
        return "Would not be asked: the message contains a secret."
    if analysis.detections:
        confidence, threshold = told_apart(analysis.confidence, analysis.threshold)
        return f"Would not be asked: confidence {confidence}, asked from {threshold} on."
    return "Would not be asked: nothing was heard."
