import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from support.commands import CommandLine
from support.model_server import ModelServer, Reply
from support.terminal import LEARNCHAT, Terminal

MODEL = "anthropic/claude-test"
SWITCH = "We're switching from Bootstrap to Tailwind CSS for the dashboard"
TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"


def sent(server: ModelServer, number: int = -1) -> str:
    return json.dumps(server.chats[number].body)


def test_a_question_is_answered_on_standard_output(learnchat: CommandLine, server: ModelServer) -> None:
    result = learnchat("ask", "--model", MODEL, "how", "do we deploy?")
    assert (result.code, result.out, result.err) == (0, "Hello, world.\n", "")
    assert "how do we deploy?" in sent(server)


def test_what_comes_by_a_pipe_goes_along_as_data_and_is_not_heard(learnchat: CommandLine, server: ModelServer) -> None:
    result = learnchat("ask", "--model", MODEL, "summarise this", stdin=SWITCH)
    assert result.code == 0
    assert SWITCH in sent(server)
    assert result.err == ""
    assert learnchat("inbox", "--json").json == []


def test_what_a_file_says_is_not_heard(learnchat: CommandLine, server: ModelServer, shop: Path) -> None:
    (shop / "notes.txt").write_text(SWITCH)
    assert learnchat("ask", "--model", MODEL, "sum up @notes.txt").code == 0
    assert SWITCH in sent(server)
    assert learnchat("inbox", "--json").json == []


@pytest.mark.parametrize(("question", "heard"), [(f"{SWITCH}\n", 1), (f"{SWITCH}\nWe moved from npm to pnpm\n", 0)])
def test_a_question_of_several_lines_by_a_pipe_is_not_heard(
    learnchat: CommandLine, server: ModelServer, question: str, heard: int
) -> None:
    assert learnchat("ask", "--model", MODEL, stdin=question).code == 0
    assert len(learnchat("inbox", "--json").json) == heard


@pytest.mark.parametrize(
    ("question", "heard"), [(f"{SWITCH}. {'It was a long day. ' * 15}", 1), (f"Look:\n{SWITCH}\nAnd?", 0)]
)
def test_what_a_shell_puts_into_the_question_is_not_heard(
    learnchat: CommandLine, server: ModelServer, question: str, heard: int
) -> None:
    assert learnchat("ask", "--model", MODEL, question).code == 0
    assert len(learnchat("inbox", "--json").json) == heard


@pytest.mark.parametrize("words", [(SWITCH,), ("is", "it", "so?")], ids=["typed", "asked"])
def test_beside_a_pipe_only_the_words_of_the_question_are_heard(
    learnchat: CommandLine, server: ModelServer, words: tuple[str, ...]
) -> None:
    log = "We moved from npm to pnpm for all packages.\nOur team decided to use Kafka instead of RabbitMQ.\n"
    assert learnchat("ask", "--model", MODEL, *words, stdin=log).code == 0
    assert [waiting["statement"] for waiting in learnchat("inbox", "--json").json] == [SWITCH] * (words == (SWITCH,))


def test_of_much_by_a_pipe_the_beginning_goes_along_and_that_is_said(
    learnchat: CommandLine, server: ModelServer, shop: Path
) -> None:
    (shop / "notes.txt").write_text("b" * 2000)
    result = learnchat("ask", "--model", MODEL, "sum up, with @notes.txt", stdin="a" * 3_000_000)
    assert result.code == 0
    assert result.err.splitlines() == [
        "learnchat: 2.9 MB came by standard input: only its first 400 KB go along (attachments.message_kb).",
        "learnchat: notes.txt finds no room: with one message go 400 KB of text at most.",
    ]
    assert 400 * 1024 <= len(sent(server)) < 450 * 1024


def test_how_much_goes_along_is_the_users(learnchat: CommandLine, server: ModelServer) -> None:
    assert learnchat("config", "set", "attachments.message_kb", "1").code == 0
    assert "only its first 1 KB" in learnchat("ask", "--model", MODEL, "sum up", stdin="é" * 1000).err
    assert sent(server).count("\\u00e9") == 512


def test_a_question_as_long_as_a_book_is_refused(learnchat: CommandLine, server: ModelServer) -> None:
    result = learnchat("ask", "--model", MODEL, "--json", "-", stdin="a" * 500_000)
    assert (result.code, server.chats) == (2, [])
    assert "The question is 488 KB long" in result.err
    assert "The question is 488 KB long" in result.json["error"]
    assert result.json["outcome"] == "not_asked"


def test_what_comes_by_a_pipe_may_be_no_utf_8(learnchat: CommandLine, server: ModelServer) -> None:
    assert learnchat("ask", "--model", MODEL, "summarise this", stdin="-café\n".encode("latin-1")).code == 0
    assert json.dumps("-café")[1:-1] in sent(server)


def test_binary_by_a_pipe_is_refused(learnchat: CommandLine, server: ModelServer) -> None:
    result = learnchat("ask", "--model", MODEL, "summarise this", stdin=b"\0\1\2" * 10)
    assert (result.code, server.chats) == (2, [])
    assert "binary" in result.err


@pytest.mark.parametrize("arguments", [(), ("-",)], ids=["nothing", "a dash"])
def test_the_question_may_come_by_the_pipe(
    learnchat: CommandLine, server: ModelServer, arguments: tuple[str, ...]
) -> None:
    assert learnchat("ask", "--model", MODEL, *arguments, stdin="what is this?\n").code == 0
    assert "what is this?" in sent(server)


def test_without_a_question_it_says_how_to_ask(learnchat: CommandLine) -> None:
    result = learnchat("ask")
    assert result.code == 2
    assert "there is no question" in result.err


def test_what_is_heard_waits_in_the_inbox_and_one_line_says_so(learnchat: CommandLine, server: ModelServer) -> None:
    result = learnchat("ask", "--model", MODEL, SWITCH)
    assert result.code == 0
    assert result.err.splitlines() == [
        "learnchat: 1 thing that may be worth remembering waits in the inbox; `learnchat inbox` decides."
    ]
    assert [waiting["statement"] for waiting in learnchat("inbox", "--json").json] == [SWITCH]


def test_what_is_known_is_given_to_the_model_and_named_in_json(learnchat: CommandLine, server: ModelServer) -> None:
    learnchat("remember", "We deploy with Fly.io from the main branch")
    known = learnchat("insights", "--json").json[0]["id"]
    answer = learnchat("ask", "--model", MODEL, "--json", "how do we deploy?").json
    assert answer["reply"] == "Hello, world."
    assert answer["model"] == MODEL
    assert answer["recalled"] == [known]
    assert answer["usage"]["output"] > 0
    assert answer["error"] is None
    assert (answer["outcome"], answer["stopped"]) == ("answered", False)
    assert [each["id"] for each in learnchat("sessions", "--json").json] == [answer["session"]]
    assert "Fly.io" in sent(server)


def test_nothing_is_recalled_where_that_is_not_wanted(learnchat: CommandLine, server: ModelServer) -> None:
    learnchat("remember", "We deploy with Fly.io from the main branch")
    answer = learnchat("ask", "--model", MODEL, "--json", "--no-recall", "how do we deploy?").json
    assert answer["recalled"] == []
    assert "Fly.io" not in sent(server)


@pytest.mark.parametrize("place", ["question", "pipe"])
def test_a_secret_is_not_sent_unless_that_is_said(learnchat: CommandLine, server: ModelServer, place: str) -> None:
    question, piped = (f"why is {TOKEN} refused?", None) if place == "question" else ("why?", f"token: {TOKEN}")
    result = learnchat("ask", "--model", MODEL, question, stdin=piped)
    assert result.code == 3
    assert "--allow-secrets" in result.err
    assert TOKEN not in result.err
    assert server.chats == []
    assert learnchat("sessions", "--json").json == []
    assert learnchat("ask", "--model", MODEL, "--allow-secrets", question, stdin=piped).code == 0
    assert TOKEN in sent(server)


def test_a_secret_may_go_to_a_model_on_this_machine(learnchat: CommandLine) -> None:
    assert learnchat("ask", "--model", "offline", f"why is {TOKEN} refused?").code == 0


def test_without_a_model_what_was_confirmed_answers_or_nothing_does(learnchat: CommandLine) -> None:
    learnchat("remember", "We deploy with Fly.io from the main branch")
    answered = learnchat("ask", "how do we deploy?", stdin="diff")
    assert answered.code == 0
    assert "We deploy with Fly" in answered.out
    result = learnchat("ask", "write a commit message", stdin="diff")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("learnchat: No model is set up.\n`learnchat login` takes a key")
    assert "--model offline" in result.err
    facts = learnchat("ask", "--json", SWITCH)
    assert facts.code == 1
    assert (facts.json["reply"], facts.json["model"]) == ("", None)
    assert facts.json["error"].startswith("No model is set up.")
    assert (facts.json["outcome"], facts.json["stopped"]) == ("not_asked", False)
    assert learnchat("ask", "--json", "how do we deploy?").json["outcome"] == "answered"
    assert len(learnchat("inbox", "--json").json) == 1


def test_without_a_model_it_names_the_one_that_a_key_is_for(
    learnchat: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "test-key")
    result = learnchat("ask", "how do we deploy?")
    assert result.code == 1
    assert "ANTHROPIC_API_KEY is set: --model anthropic/" in result.err


@pytest.mark.parametrize("place", ["option", "variable", "configuration"])
def test_offline_answers_whoever_chose_it(learnchat: CommandLine, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    learnchat("remember", "We deploy with Fly.io from the main branch")
    if place == "variable":
        monkeypatch.setenv("LEARNCHAT_MODEL", "offline")
    elif place == "configuration":
        assert learnchat("config", "set", "model", "offline").code == 0
    result = learnchat("ask", *(["-m", "offline"] if place == "option" else []), "how do we deploy?")
    assert (result.code, result.err) == (0, "")
    assert "We deploy with Fly" in result.out


@pytest.mark.parametrize("known", [0, 1])
def test_offline_names_what_can_be_typed_in_a_shell(learnchat: CommandLine, known: int) -> None:
    if known:
        learnchat("remember", "We deploy with Fly.io from the main branch")
    said = learnchat("ask", "-m", "offline", "what is the tallest mountain?").out
    assert "`--model provider/model` asks one" in said
    assert ("`learnchat insights`" if known else "`learnchat remember") in said
    assert " `/" not in said


def test_what_is_configured_and_is_no_model_answers_nothing(learnchat: CommandLine) -> None:
    file = Path(learnchat("config", "path").lines[0])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('model = "claude"\n')
    result = learnchat("ask", "how do we deploy?")
    assert (result.code, result.out) == (1, "")
    assert "names no provider" in result.err


def test_a_failure_names_what_can_be_typed_in_a_shell(learnchat: CommandLine, server: ModelServer) -> None:
    server.will(Reply(status=404, message="no such model"))
    result = learnchat("ask", "--model", MODEL, "hello?")
    assert "another with --model" in result.err
    assert "/model" not in result.err.replace("--model", "").replace("anthropic/", "")


def test_a_failure_is_one_sentence_and_the_code_1(learnchat: CommandLine, server: ModelServer) -> None:
    server.will(Reply(status=401, message="invalid x-api-key"))
    result = learnchat("ask", "--model", MODEL, "hello?")
    assert result.code == 1
    assert result.out == ""
    assert result.err.startswith("learnchat: Anthropic does not accept the key.")
    assert "test-key" not in result.err


@pytest.mark.parametrize(
    ("reply", "error"), [(Reply(status=401, message="no"), "the key"), (Reply(pieces=()), "an empty reply")]
)
def test_what_nothing_came_of_has_failed_and_is_not_stopped(
    learnchat: CommandLine, server: ModelServer, reply: Reply, error: str
) -> None:
    server.will(reply)
    facts = learnchat("ask", "--model", MODEL, "--json", "hello?").json
    assert (facts["outcome"], facts["stopped"], facts["reply"]) == ("failed", False, "")
    assert error in facts["error"]


def test_a_broken_off_reply_is_printed_and_kept(learnchat: CommandLine, server: ModelServer) -> None:
    server.will(Reply(pieces=("The first half",), ends="dropped"))
    result = learnchat("ask", "--model", MODEL, "--json", "tell me")
    assert result.code == 1
    assert result.json["reply"] == "The first half"
    assert (result.json["outcome"], result.json["stopped"]) == ("stopped", True)
    assert "broke off" in result.json["error"]
    shown = learnchat("sessions", "show", result.json["session"], "--json").json
    assert [(each["role"], each["text"]) for each in shown] == [("user", "tell me"), ("assistant", "The first half")]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--model", "claude", "hi"), "names no provider"),
        (("--project", "nowhere", "hi"), "There is no folder nowhere."),
        (("--modle", "x", "hi"), "No such option"),
    ],
)
def test_a_command_line_that_can_not_be_understood_has_the_code_2(
    learnchat: CommandLine, arguments: tuple[str, ...], sentence: str
) -> None:
    result = learnchat("ask", *arguments)
    assert sentence in result.err
    assert result.code == 2


def test_control_characters_of_a_reply_reach_no_terminal(learnchat: CommandLine, server: ModelServer) -> None:
    server.will(Reply(pieces=("a\x1b[31m", "b\u202e", "[red]c[/red]")))
    assert learnchat("ask", "--model", MODEL, "hi").out == "ab[red]c[/red]\n"


def test_who_reads_may_leave(shop: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("x" * 70_000, "y" * 70_000, "z")))
    command = [LEARNCHAT, "ask", "--model", MODEL, "hi"]
    with subprocess.Popen(
        command, cwd=shop, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as asking:
        assert asking.stdout is not None
        assert asking.stderr is not None
        asking.stdout.read(1)
        asking.stdout.close()
        assert asking.stderr.read() == b""


def test_interrupted_it_keeps_what_came(shop: Path, server: ModelServer, learnchat: CommandLine) -> None:
    server.will(Reply(pieces=("The first half",), ends="stalled"))
    command = [LEARNCHAT, "ask", "--model", MODEL, "tell me"]
    with subprocess.Popen(
        command, cwd=shop, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as asking:
        assert asking.stdout is not None
        assert asking.stderr is not None
        assert asking.stdout.read(len("The first half")) == b"The first half"
        asking.send_signal(signal.SIGINT)
        assert asking.wait(20) == 130
        assert asking.stdout.read() == b"\n"
        assert asking.stderr.read() == b""
    session = learnchat("sessions", "--json").json[0]["id"]
    said = learnchat("sessions", "show", session, "--json").json
    assert said[-1]["text"] == "The first half"
    assert said[-1]["stopped"]


def test_on_a_terminal_the_answer_is_drawn_as_markdown(shop: Path, server: ModelServer) -> None:
    server.will(
        Reply(pieces=("## Dep", "loying\n\nUse **make", " deploy**:\n\n- one\n- t", "wo\n\n```\na = 1\n\nb\n```\n"))
    )
    with Terminal(["ask", "--model", MODEL, "how?"], shop) as terminal:
        assert terminal.wait_for_end() == 0
        assert "Use make deploy:" in terminal.text
        assert "• one • two" in terminal.text
        assert "**" not in terminal.text
        assert "```" not in terminal.text
        assert "Deploying" in terminal.text
        assert terminal.text.count("a = 1") == 1


def test_on_a_dumb_terminal_it_is_plain(shop: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("Use **make deploy**.",)))
    with Terminal(["ask", "--model", MODEL, "how?"], shop, environment={"TERM": "dumb"}) as terminal:
        assert terminal.wait_for_end() == 0
        assert terminal.raw.strip() == b"Use **make deploy**."


def test_it_starts_without_a_screen_or_an_sdk(shop: Path) -> None:
    program = """
import sys
sys.argv = ["learnchat", "ask", "--model", "offline", "hi"]
from learnchat.app.main import main
try:
    main()
except SystemExit:
    pass
print([name for name in ("textual", "rich.markdown", "litellm", "anthropic") if name in sys.modules])
"""
    asked = subprocess.run(
        [sys.executable, "-c", program],
        cwd=shop,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert asked.stdout.splitlines()[-1] == "[]", asked.stderr


def test_a_conversation_is_gone_on_with(learnchat: CommandLine, server: ModelServer) -> None:
    first = learnchat("ask", "--model", MODEL, "--json", "what is one and one?").json["session"]
    other = learnchat("ask", "--model", MODEL, "--json", "something else").json["session"]
    last = learnchat("ask", "--model", MODEL, "--json", "-c", "and then?")
    assert last.json["session"] == other
    assert "something else" in sent(server)
    again = learnchat("ask", "--model", MODEL, "--json", "--session", first[:6], "in one word?")
    assert again.json["session"] == first
    assert "what is one and one?" in sent(server)
    assert "something else" not in sent(server)
    assert len(learnchat("sessions", "--json").json) == 2


def test_a_conversation_that_is_none_can_not_be_gone_on_with(learnchat: CommandLine) -> None:
    assert learnchat("ask", "-c", "and then?").code == 2
    assert "no conversation" in learnchat("ask", "--session", "nonesuch", "and then?").err
    assert learnchat("ask", "-c", "--session", "abc", "and then?").code == 2


def test_a_file_that_is_not_there_is_said(learnchat: CommandLine, server: ModelServer) -> None:
    result = learnchat("ask", "--model", MODEL, "what does @nowhere.py do?")
    assert result.code == 0
    assert "learnchat: There is no nowhere.py here" in result.err
