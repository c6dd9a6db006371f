from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from learnchat.app.configuration import load, project_model, read_early, remember_project_model
from learnchat.app.locations import Locations
from learnchat.app.settings import Configuration

NO_SETTING = "there is no such setting"
NO_BINDING = "there is no binding of this name"


@pytest.fixture
def locations(tmp_path: Path) -> Locations:
    (tmp_path / "configuration").mkdir()
    return Locations(tmp_path / "configuration", tmp_path / "data")


def write(locations: Locations, text: str) -> None:
    locations.configuration_file.write_text(text, encoding="utf-8")


def project_with(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "shop" / ".learnchat"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return folder


def told(configuration: Configuration) -> list[tuple[str, int | None, str]]:
    return [(problem.key, problem.line, problem.sentence) for problem in configuration.problems]


def test_without_a_file_it_is_as_shipped(locations: Locations) -> None:
    configuration = load(locations)

    assert configuration == Configuration()
    assert (configuration.asking.countdown, configuration.asking.per_hour, configuration.asking.pause) == (30, 5, 120)
    assert configuration.recall.budget == 1500


def test_everything_can_be_set(locations: Locations) -> None:
    write(
        locations,
        """
        model = "ollama/llama3.3"
        theme = "paper"
        [asking]
        countdown = 60
        per_hour = 3
        pause = 300
        quiet = true
        [detectors]
        disabled = ["edge_case", "bug_fixed"]
        [recall]
        budget = 800
        [keys]
        "toast.remember" = "f2"
        """,
    )

    configuration = load(locations)

    assert configuration.problems == ()
    assert (configuration.model, configuration.theme) == ("ollama/llama3.3", "paper")
    asking = configuration.asking
    assert (asking.countdown, asking.per_hour, asking.pause, asking.quiet) == (60, 3, 300, True)
    assert configuration.detectors.disabled == ("edge_case", "bug_fixed")
    assert configuration.recall.budget == 800
    assert configuration.keys == {"toast.remember": "f2"}


def test_a_bad_key_is_named_with_file_key_line_and_the_nearest_and_the_rest_holds(locations: Locations) -> None:
    write(locations, 'theme = "paper"\n\n[asking]\ncountdwn = 60\nper_hour = 3\n')

    configuration = load(locations)

    [problem] = configuration.problems
    assert (problem.file, problem.key, problem.line) == (locations.configuration_file, "asking.countdwn", 4)
    assert problem.sentence == "there is no such setting; the nearest is asking.countdown"
    assert str(problem).startswith(f"{locations.configuration_file}, line 4: asking.countdwn: ")
    assert (configuration.theme, configuration.asking.per_hour, configuration.asking.countdown) == ("paper", 3, 30)


@pytest.mark.parametrize(
    ("text", "key", "line", "sentence"),
    [
        ("[asking]\ncountdown = 4", "asking.countdown", 2, "it should be between 5 and 600"),
        ("[asking]\ncountdown = 601", "asking.countdown", 2, "it should be between 5 and 600"),
        ("[asking]\npause = nan", "asking.pause", 2, "it should be between 0 and 3600"),
        ("[asking]\npause = inf", "asking.pause", 2, "it should be between 0 and 3600"),
        ("[asking]\nper_hour = 99999999999999999999", "asking.per_hour", 2, "it should be between 0 and 60"),
        ('[asking]\ncountdown = "30"', "asking.countdown", 2, "it should be a valid integer"),
        ("asking.quiet = 1", "asking.quiet", 1, "it should be a valid boolean"),
        ("[recall]\n\nbudget = -1", "recall.budget", 3, "it should be between 0 and 100000"),
        ('[detectors]\ndisabled = ["a", 7]', "detectors.disabled", 2, "it should be a valid string"),
        ('asking = "loud"', "asking", 1, "it should be an object"),
        ("countdown = 30", "countdown", 1, f"{NO_SETTING}; the nearest is asking.countdown"),
        ('[them]\nname = "x"', "them", 1, f"{NO_SETTING}; the nearest is theme"),
        ("[asking.quiet]\nyes = true", "asking.quiet", 1, "it should be a valid boolean"),
        ("zzzzzz = 1", "zzzzzz", 1, "there is no such setting"),
        ("problems = []", "problems", 1, "there is no such setting"),
        ('[keys]\n"toast.skip" = "n"', "keys.toast.skip", 2, '"n" belongs to the prompt: take a chord such as ctrl+y'),
        ('[keys]\n"toast.skp" = "f2"', "keys.toast.skp", 2, f"{NO_BINDING}; the nearest is toast.skip"),
        ('[keys]\n"toast.skip" = 2', "keys.toast.skip", 2, "it should be a valid string"),
    ],
)
def test_what_is_wrong_is_said(locations: Locations, text: str, key: str, line: int, sentence: str) -> None:
    write(locations, text)

    assert told(load(locations)) == [(key, line, sentence)]


@pytest.mark.parametrize(
    ("text", "line"), [("theme =", 1), ('\n\ntheme = "a\n', 3), ('theme = "a"\ntheme = "b"', 2), ("[asking\n", 1)]
)
def test_what_is_no_toml_is_named_with_its_line(locations: Locations, text: str, line: int) -> None:
    write(locations, text)

    [problem] = load(locations).problems

    assert (problem.key, problem.line) == ("", line)
    assert problem.sentence.startswith("this is not TOML: ")


def test_several_mistakes_are_all_named(locations: Locations) -> None:
    write(locations, "[asking]\ncountdown = 1\npause = -1\nnoise = 1\n[rcall]\nbudget = 1\n")

    assert {key for key, _, _ in told(load(locations))} == {
        "asking.countdown",
        "asking.pause",
        "asking.noise",
        "rcall",
    }


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"a = " + b"[" * 5000, b"#" * 300_000, b"theme = \x00"])
def test_a_file_that_is_none_is_one_problem_and_the_program_goes_on(locations: Locations, data: bytes) -> None:
    locations.configuration_file.write_bytes(data)

    configuration = load(locations)

    assert len(configuration.problems) == 1
    assert configuration.asking == Configuration().asking
    assert read_early(locations).theme is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_place_of_the_file_does_not_hang_it(locations: Locations) -> None:
    os.mkfifo(locations.configuration_file)

    assert load(locations).problems[0].sentence == "this is no ordinary file"


def test_a_byte_order_mark_is_no_problem(locations: Locations) -> None:
    locations.configuration_file.write_bytes(b'\xef\xbb\xbftheme = "paper"\r\n')

    assert load(locations).theme == "paper"


def test_a_project_can_make_it_quieter(locations: Locations, tmp_path: Path) -> None:
    write(locations, '[asking]\nper_hour = 4\npause = 60\n[detectors]\ndisabled = ["mine"]')
    folder = project_with(
        tmp_path,
        """
        [asking]
        per_hour = 2
        pause = 600
        quiet = true
        [detectors]
        disabled = ["theirs"]
        [recall]
        budget = 100
        """,
    )

    configuration = load(locations, folder)

    assert configuration.problems == ()
    asking = configuration.asking
    assert (asking.per_hour, asking.pause, asking.quiet) == (2, 600, True)
    assert configuration.detectors.disabled == ("mine", "theirs")
    assert configuration.recall.budget == 100


def test_a_project_cannot_make_it_louder(locations: Locations, tmp_path: Path) -> None:
    write(locations, "[asking]\nquiet = true\nper_hour = 1\npause = 900\n[recall]\nbudget = 200")
    folder = project_with(
        tmp_path,
        "[asking]\nquiet = false\nper_hour = 60\npause = 0\n[recall]\nbudget = 90000\n[detectors]\ndisabled = []",
    )

    assert load(locations, folder) == load(locations)


def test_a_project_that_says_nothing_leaves_the_users_settings(locations: Locations, tmp_path: Path) -> None:
    write(locations, "[asking]\nper_hour = 20\npause = 1\n[recall]\nbudget = 9000")

    assert load(locations, project_with(tmp_path, "[asking]\n")) == load(locations)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('model = "openai/gpt-5"', "model"),
        ('theme = "paper"', "theme"),
        ('[keys]\n"toast.remember" = "f2"', "keys.toast.remember"),
        ("[asking]\ncountdown = 600", "asking.countdown"),
        ('base_url = "http://example.invalid"', "base_url"),
        ('command = "rm"', "command"),
    ],
)
def test_a_project_cannot_name_anything_else(locations: Locations, tmp_path: Path, text: str, key: str) -> None:
    folder = project_with(tmp_path, text)

    configuration = load(locations, folder)

    assert [(problem.file, problem.key) for problem in configuration.problems] == [(folder / "config.toml", key)]
    assert configuration == Configuration(problems=configuration.problems)


def test_the_first_paint_needs_theme_model_and_keys(locations: Locations, tmp_path: Path) -> None:
    write(locations, 'theme = "paper"\nmodel = "offline"\n[keys]\n"toast.skip" = "f3"\n"toast.remember" = "y"\nbad = 1')

    early = read_early(locations, tmp_path, {})

    assert (early.theme, early.model, early.project_model) == ("paper", "offline", None)
    assert early.keys == {"toast.skip": "f3"}


def test_the_environment_goes_before_the_file(locations: Locations) -> None:
    write(locations, 'theme = "paper"')

    assert read_early(locations, environment={"LEARNCHAT_THEME": "night"}).theme == "night"


@pytest.mark.parametrize("text", ["theme = 7\nmodel = []\nkeys = 3", "theme =", ""])
def test_before_the_first_paint_nothing_is_complained_about(locations: Locations, text: str) -> None:
    write(locations, text)

    early = read_early(locations, environment={})

    assert (early.theme, early.model, early.keys) == (None, None, {})


def test_reading_early_costs_no_pydantic() -> None:
    program = (
        "import sys; from learnchat.app.configuration import read_early; from learnchat.app.locations import Locations;"
        "read_early(Locations.find());"
        "print([name for name in ('pydantic', 'textual', 'platformdirs') if name in sys.modules])"
    )

    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert printed.strip() == "[]"


def test_a_model_chosen_for_a_project_is_known_in_its_folders(locations: Locations, tmp_path: Path) -> None:
    shop, other = tmp_path / "shop", tmp_path / "other"
    (shop / "src").mkdir(parents=True)
    other.mkdir()

    remember_project_model(locations, shop, "ollama/llama3.3")
    remember_project_model(locations, other, "offline")

    assert project_model(locations, shop / "src") == "ollama/llama3.3"
    assert read_early(locations, shop).project_model == "ollama/llama3.3"
    assert project_model(locations, tmp_path) is None
    assert stat.S_IMODE(locations.model_choices.stat().st_mode) == 0o600

    remember_project_model(locations, shop, None)
    assert project_model(locations, shop) is None
    assert project_model(locations, other) == "offline"


@pytest.mark.parametrize("data", [b"", b"[1]", b"{", b"\xff", b'{"/": 7}'])
def test_a_damaged_list_of_choices_has_none_and_takes_new_ones(
    locations: Locations, tmp_path: Path, data: bytes
) -> None:
    locations.model_choices.write_bytes(data)

    assert project_model(locations, tmp_path) is None
    remember_project_model(locations, tmp_path, "offline")
    assert project_model(locations, tmp_path) == "offline"
