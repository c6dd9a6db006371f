from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from learnchat.app.locations import Locations


def test_the_environment_names_the_directories(tmp_path: Path) -> None:
    locations = Locations.find(
        {"LEARNCHAT_CONFIG_DIR": str(tmp_path / "settings"), "LEARNCHAT_DATA_DIR": str(tmp_path / "memory")}
    )

    assert locations.configuration_file == tmp_path / "settings" / "config.toml"
    assert locations.user_data.root == tmp_path / "memory"


def test_a_relative_directory_or_a_home_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    locations = Locations.find({"LEARNCHAT_CONFIG_DIR": "settings", "LEARNCHAT_DATA_DIR": "~/memory"})

    assert locations.configuration == tmp_path / "settings"
    assert locations.data == Path.home() / "memory"


def test_without_the_environment_it_is_where_the_platform_keeps_such_things(
    isolation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LEARNCHAT_CONFIG_DIR", "LEARNCHAT_DATA_DIR"):
        monkeypatch.delenv(name)

    locations = Locations.find()

    assert locations.configuration.is_relative_to(isolation)
    assert locations.data.is_relative_to(isolation)
    assert (locations.configuration.name, locations.data.name) == ("learnchat", "learnchat")
    if sys.platform == "linux":
        assert locations.configuration == isolation / ".config" / "learnchat"
        assert locations.data == isolation / ".local" / "share" / "learnchat"


def test_finding_them_makes_nothing(isolation: Path) -> None:
    names = [path for _, path in Locations.find().describe()]

    assert len(set(names)) == len(names)
    assert not any(path.exists() for path in names)


def test_named_directories_cost_no_import_of_platformdirs() -> None:
    program = (
        "import sys; from learnchat.app.locations import Locations;"
        "Locations.find(); print('platformdirs' in sys.modules)"
    )

    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert printed.strip() == "False"
