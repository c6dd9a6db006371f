from __future__ import annotations

from pathlib import Path

from learnchat.app.keymap import KEYS
from support.commands import CommandLine


def configure(isolation: Path, text: str) -> Path:
    file = isolation / "configuration" / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def test_every_key_is_listed_with_its_id_and_meaning(learnchat: CommandLine) -> None:
    rows = [line.split("\t") for line in learnchat("keys").lines]
    assert [row[0] for row in rows] == [key.id for key in KEYS]
    assert ["toast.remember", "ctrl+y", "shipped", "Save what the toast shows."] in rows
    assert ["prompt.earlier", "up", "fixed", "In the first line: the message sent before."] in rows


def test_the_users_own_is_named_with_its_line(learnchat: CommandLine, isolation: Path) -> None:
    configure(isolation, '# mine\n[keys]\n"toast.remember" = "f2,ctrl+b"\n')
    [row] = [each for each in learnchat("keys", "--json").json["keys"] if each["id"] == "toast.remember"]
    assert (row["keys"], row["shipped"], row["origin"]) == (["f2", "ctrl+b"], ["ctrl+y"], "config.toml, line 3")


def test_what_clashes_is_reported_with_file_and_line(learnchat: CommandLine, isolation: Path) -> None:
    file = configure(isolation, '[keys]\n"toast.remember" = "ctrl+c"\n"toast.skp" = "f3"\n')
    result = learnchat("keys")
    assert result.code == 0
    assert result.err.splitlines() == [
        f"{file}, line 3: keys.toast.skp: there is no binding of this name; the nearest is toast.skip; "
        "the shipped key holds",
        f"{file}, line 2: keys.toast.remember: ctrl+c is the key of chat.quit; the shipped key holds",
    ]
    assert len(learnchat("keys", "--json").json["problems"]) == 2


def test_a_file_that_is_not_toml_leaves_the_shipped_keys(learnchat: CommandLine, isolation: Path) -> None:
    configure(isolation, "[keys\n")
    result = learnchat("keys")
    assert len(result.lines) == len(KEYS)
    assert "this is not TOML" in result.err


def test_on_a_terminal_it_fits_the_width(learnchat: CommandLine) -> None:
    assert all(len(line) <= 110 for line in learnchat.on_terminal("keys").lines)


def test_an_id_may_stand_there_without_quotation_marks(learnchat: CommandLine, isolation: Path) -> None:
    configure(isolation, '[keys]\ntoast.remember = "f2"\n')
    [row] = [each for each in learnchat("keys", "--json").json["keys"] if each["id"] == "toast.remember"]
    assert (row["keys"], row["origin"]) == (["f2"], "config.toml, line 2")
    assert learnchat("config", "check").code == 0


def test_what_is_no_text_is_named(learnchat: CommandLine, isolation: Path) -> None:
    file = configure(isolation, '[keys]\n"chat.stop" = 5\n')
    assert f"{file}, line 2: keys.chat.stop: it is no text" in learnchat("keys").err
