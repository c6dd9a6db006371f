import json
import re
import subprocess
from pathlib import Path

import pytest

from learnchat.app.locations import Locations
from learnchat.app.plain.questions import Answer, parse_answer
from learnchat.learning.hearing.own_words import kept_pastes
from learnchat.learning.transcripts.session import read_session
from support.commands import CommandLine
from support.model_server import ModelServer, Reply
from support.terminal import LEARNCHAT, Terminal, leave

SWITCH = "We're switching from Bootstrap to Tailwind CSS for the dashboard"
OTHER = "I always use four spaces in Python, never tabs"
MODEL = "anthropic/claude-test"
TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"

pytestmark = pytest.mark.terminal


def plain(shop: Path, *arguments: str, term: str = "xterm-256color") -> Terminal:
    return Terminal(["--plain", *arguments], shop, (100, 60), environment={"TERM": term})


def statements(learnchat: CommandLine) -> list[str]:
    return [each["statement"] for each in learnchat("insights", "--json").json]


def test_a_question_is_asked_at_the_end_of_the_turn_and_answered_by_number(
    shop: Path, learnchat: CommandLine, server: ModelServer
) -> None:
    with plain(shop, "--model", MODEL) as terminal:
        terminal.wait_for("You:")
        terminal.send(SWITCH + "\r")
        terminal.wait_for(f"{MODEL}: Hello, world.")
        terminal.wait_for(f"Remember this? 1. {SWITCH} (Switch, this project)")
        terminal.wait_for("No answer saves nothing.")
        terminal.send("1 y\r")
        terminal.wait_for(f"Learned: {SWITCH}")
        leave(terminal)
        assert terminal.wait_for_end() == 0
    assert statements(learnchat) == [SWITCH]
    assert len(server.chats) == 1


def test_silence_saves_nothing_and_leaves_it_in_the_inbox(shop: Path, learnchat: CommandLine) -> None:
    with plain(shop) as terminal:
        terminal.wait_for("You:")
        terminal.send(SWITCH + "\r")
        terminal.wait_for("Remember this?")
        terminal.send("and what else?\r")
        terminal.wait(lambda: terminal.text.count("offline:") == 2, "the second reply")
        leave(terminal)
        terminal.wait_for("Answer, or press Enter to leave:")
        terminal.send("\r")
        terminal.wait_for("waits in the inbox")
        assert terminal.wait_for_end() == 0
    assert statements(learnchat) == []
    assert [each["state"] for each in learnchat("inbox", "--json").json] == ["pending"]


def test_what_was_not_answered_is_asked_once_more_at_the_end(shop: Path, learnchat: CommandLine) -> None:
    with plain(shop) as terminal:
        terminal.wait_for("You:")
        terminal.send(SWITCH + "\r")
        terminal.wait_for("Remember this?")
        leave(terminal)
        terminal.wait_for("Answer, or press Enter to leave:")
        terminal.send("1 r We use Tailwind for the dashboard\r")
        terminal.wait_for("Learned: We use Tailwind for the dashboard")
        assert terminal.wait_for_end() == 0
    assert statements(learnchat) == ["We use Tailwind for the dashboard"]


@pytest.mark.parametrize(("answer", "state"), [("1 n", "skipped"), ("1 never", "never")])
def test_no_is_kept(shop: Path, answer: str, state: str) -> None:
    with plain(shop) as terminal:
        terminal.wait_for("You:")
        terminal.send(SWITCH + "\r")
        terminal.wait_for("Remember this?")
        terminal.send(answer + "\r")
        terminal.wait_for("Skipped:" if state == "skipped" else "Never asked again:")
        terminal.send("/quit\r")
        assert terminal.wait_for_end() == 0
    log = subprocess.run([LEARNCHAT, "log", "--json"], cwd=shop, capture_output=True, text=True, check=True)
    assert json.loads(log.stdout)[0]["act"] == state


def test_what_was_not_put_is_not_answered_by_its_number(
    shop: Path, learnchat: CommandLine, server: ModelServer
) -> None:
    with plain(shop, "--quiet", "--model", MODEL) as terminal:
        terminal.wait_for("You:")
        terminal.send(SWITCH + "\r")
        terminal.wait_for("heard and not asked")
        terminal.send("1 y\r")
        terminal.wait_for("Question 1 was not put yet: /inbox puts it.")
        assert statements(learnchat) == []
        terminal.send("/inbox\r")
        terminal.wait_for(f"1. {SWITCH}")
        terminal.send("1 y\r")
        terminal.wait_for(f"Learned: {SWITCH}")
        terminal.send("1 n\r")
        terminal.wait_for("Question 1 is answered")
        terminal.send("7 n\r")
        terminal.wait(lambda: terminal.text.count(f"{MODEL}:") == 2, "the reply")
        leave(terminal)
        assert terminal.wait_for_end() == 0
    assert statements(learnchat) == [SWITCH]
    assert len(server.chats) == 2


@pytest.mark.parametrize("term", ["dumb", "xterm-256color"])
def test_there_is_no_code_and_no_box_in_what_is_written(shop: Path, server: ModelServer, term: str) -> None:
    server.will(Reply(pieces=("# Title\n\n", "**bold** \x1b[31mred\n", "| a | b |\n")))
    with plain(shop, "--model", MODEL, term=term) as terminal:
        terminal.wait_for("You:")
        terminal.send(SWITCH + "\r")
        terminal.wait_for("Remember this?")
        terminal.send("/help\r")
        terminal.wait_for("Ctrl+D leaves.")
        terminal.send("/inbox\r")
        terminal.send("1 y\r")
        terminal.wait_for("Learned:")
        leave(terminal)
        assert terminal.wait_for_end() == 0
        written = terminal.raw.decode()
    assert "**bold** red" in written
    # That pastes are marked is asked of terminals that know of it.
    assert "\x1b" not in (written if term == "dumb" else re.sub(r"\x1b\[\?2004[hl]", "", written))
    assert re.search("[\u2500-\u257f\u2800-\u28ff]", written) is None


def test_a_dumb_terminal_gets_it_unasked(shop: Path) -> None:
    with Terminal([], shop, environment={"TERM": "dumb"}) as terminal:
        terminal.wait_for("learnchat, plain.")
        leave(terminal)
        assert terminal.wait_for_end() == 0
        assert b"\x1b" not in terminal.raw


def test_ctrl_c_stops_a_reply_and_keeps_what_came(shop: Path, server: ModelServer, learnchat: CommandLine) -> None:
    server.will(Reply(pieces=("The first half",), ends="stalled"))
    with plain(shop, "--model", MODEL) as terminal:
        terminal.wait_for("You:")
        terminal.send("tell me\r")
        terminal.wait_for("The first half")
        terminal.send("\x03")
        terminal.wait_for("Stopped.")
        terminal.send("go on\r")
        terminal.wait_for("Hello, world.")
        leave(terminal)
        assert terminal.wait_for_end() == 0
    assert "The first half" in json.dumps(server.chats[1].body)


def test_a_secret_is_sent_after_a_yes_alone(shop: Path, server: ModelServer) -> None:
    with plain(shop, "--model", MODEL) as terminal:
        terminal.wait_for("You:")
        terminal.send(f"why is {TOKEN} refused?\r")
        terminal.wait_for("Send it? y or n:")
        terminal.send("\r")
        terminal.wait_for("Not sent.")
        assert server.chats == []
        terminal.send(f"why is {TOKEN} refused?\r")
        terminal.wait(lambda: terminal.text.count("Send it? y or n:") == 2, "the question again")
        terminal.send("y\r")
        terminal.wait_for("Hello, world.")
        leave(terminal)
        assert terminal.wait_for_end() == 0
    assert TOKEN in json.dumps(server.chats[0].body)


def test_a_failure_is_one_sentence_and_the_chat_goes_on(shop: Path, server: ModelServer) -> None:
    server.will(Reply(status=401, message="invalid x-api-key"))
    with plain(shop, "--model", MODEL) as terminal:
        terminal.wait_for("You:")
        terminal.send("hello?\r")
        terminal.wait_for("Anthropic does not accept the key.")
        terminal.send("/retry\r")
        terminal.wait_for("Hello, world.")
        terminal.send("/undo\r")
        terminal.wait_for("Nothing to undo.")
        terminal.send("/reveiw\r")
        terminal.wait_for("Did you mean /review?")
        terminal.send("/review\r")
        terminal.wait_for("`learnchat review` does it.")
        leave(terminal)
        assert terminal.wait_for_end() == 0


def test_a_reply_that_broke_off_is_continued(shop: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("The first half",), ends="dropped"), Reply(pieces=(" and the second",)))
    with plain(shop, "--model", MODEL) as terminal:
        terminal.wait_for("You:")
        terminal.send("/continue\r")
        terminal.wait_for("There is no reply that could go on.")
        terminal.send("tell me\r")
        terminal.wait_for("/continue goes on from there")
        terminal.send("/continue\r")
        terminal.wait_for("and the second")
        leave(terminal)
        assert terminal.wait_for_end() == 0
    assert "The first half" in json.dumps(server.chats[1].body)


def test_it_reads_a_script_of_lines(shop: Path, learnchat: CommandLine) -> None:
    said = f"{SWITCH}\n1 y\n/remember we use pnpm\n/insights\n"
    talk = subprocess.run([LEARNCHAT, "--plain"], cwd=shop, input=said, capture_output=True, text=True)
    assert talk.returncode == 0
    assert talk.stderr == ""
    assert "2 known here." in talk.stdout
    assert sorted(statements(learnchat)) == sorted([SWITCH, "we use pnpm"])


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("1 y", Answer(1, "yes")),
        (" 12. No ", Answer(12, "no")),
        ("2) never", Answer(2, "never")),
        ("3 r We use pnpm", Answer(3, "reword", "We use pnpm")),
        ("3 r", None),
        ("1 yes please do", None),
        ("1 more thing", None),
        ("y", None),
    ],
)
def test_an_answer_is_a_number_and_a_word(line: str, answer: Answer | None) -> None:
    assert parse_answer(line) == answer


ARTICLE = "Our team decided to use Kafka instead of RabbitMQ.\nWe moved from npm to pnpm for all packages."


def pasted(text: str) -> str:
    return f"\x1b[200~{text}\x1b[201~".replace("\n", "\r")


@pytest.mark.parametrize("text", [ARTICLE, f"{OTHER}. {'It was a long day. ' * 15}"])
def test_what_is_pasted_is_one_message_and_not_listened_to(shop: Path, server: ModelServer, text: str) -> None:
    with plain(shop, "--model", MODEL) as terminal:
        terminal.wait_for("You:")
        terminal.send(f"is it so? {pasted(text)}\r")
        terminal.wait_for("Hello, world.")
        terminal.send("/why-not\r")
        terminal.wait_for("What you pasted is not listened to")
        terminal.send("/quit\r")
        assert terminal.wait_for_end() == 0
    (request,) = server.chats
    assert json.dumps(f"is it so? {text.strip()}")[1:-1] in json.dumps(request.body)
    (transcript,) = Locations.find().user_data.project(shop).sessions.glob("*.jsonl")
    (said,) = [each for each in read_session(transcript) if each.role == "user"]
    assert kept_pastes(said) == (text.strip(),)


def test_what_is_typed_before_a_paste_is_asked_about(shop: Path, server: ModelServer, learnchat: CommandLine) -> None:
    with plain(shop, "--model", MODEL) as terminal:
        terminal.wait_for("You:")
        terminal.send(f"{SWITCH}. {pasted(ARTICLE)}\r")
        terminal.wait_for("Remember this?")
        terminal.send(pasted("1 y") + "\r")
        terminal.wait_for("Learned:")
        terminal.send("/quit\r")
        assert terminal.wait_for_end() == 0
    assert statements(learnchat) == [SWITCH]


def test_a_paste_that_up_brings_back_is_still_one(shop: Path, server: ModelServer) -> None:
    with plain(shop, "--model", MODEL) as terminal:
        terminal.wait_for("You:")
        terminal.send(pasted(ARTICLE) + "\r")
        terminal.wait_for("Hello, world.")
        terminal.send("/quit\r")
        assert terminal.wait_for_end() == 0
    with plain(shop, "--model", MODEL) as terminal:
        terminal.wait_for("You:")
        terminal.send("\x1b[A\r")
        terminal.wait_for("Hello, world.")
        terminal.send("/why-not\r")
        terminal.wait_for("What you pasted is not listened to")
        terminal.send("/quit\r")
        assert terminal.wait_for_end() == 0
    assert json.dumps(ARTICLE)[1:-1] in json.dumps(server.chats[1].body)


def test_a_sentence_behind_an_exclamation_mark_is_sent_and_a_command_of_the_shell_is_not(
    shop: Path, server: ModelServer
) -> None:
    with plain(shop, "--model", MODEL) as terminal:
        terminal.wait_for("You:")
        terminal.send("!ls -l\r")
        terminal.wait_for("`ls` is a command of the shell: it is not run here.")
        terminal.send("!no-such-program\r")
        terminal.wait_for(f"{MODEL}: Hello, world.")
        leave(terminal)
    assert "no-such-program" in json.dumps(server.chats[0].body)


@pytest.mark.parametrize("line", ["1 why", "1y", "1", "1 r", "1 yes please", "y", "no thanks", "y 1"])
def test_a_mistyped_answer_is_not_sent_and_the_question_comes_again(
    shop: Path, learnchat: CommandLine, server: ModelServer, line: str
) -> None:
    with plain(shop, "--model", MODEL) as terminal:
        terminal.wait_for("You:")
        terminal.send(SWITCH + "\r")
        terminal.wait_for("No answer saves nothing.")
        terminal.send(line + "\r")
        terminal.wait_for("That is no answer to it. To send it as a message, begin with a space.")
        terminal.wait(lambda: terminal.text.count("No answer saves nothing.") == 2, "the question again")
        terminal.send("1 y\r")
        terminal.wait_for(f"Learned: {SWITCH}")
    assert len(server.chats) == 1


@pytest.mark.parametrize("line", ["2 why", "1 more thing: run the tests", "now run the tests", " y", "run it"])
def test_a_message_after_a_question_is_sent(shop: Path, server: ModelServer, line: str) -> None:
    with plain(shop, "--model", MODEL) as terminal:
        terminal.wait_for("You:")
        terminal.send(SWITCH + "\r")
        terminal.wait_for("No answer saves nothing.")
        terminal.send(line + "\r")
        terminal.wait(lambda: len(server.chats) == 2, "the message")


def test_a_yes_to_the_model_later_on_is_sent(shop: Path, server: ModelServer) -> None:
    with plain(shop, "--model", MODEL) as terminal:
        terminal.wait_for("You:")
        terminal.send(SWITCH + "\r")
        terminal.wait_for("No answer saves nothing.")
        for line, sent in (("and what about the tests?", 2), ("yes", 3)):
            terminal.send(line + "\r")
            terminal.wait(lambda sent=sent: len(server.chats) == sent, line)
