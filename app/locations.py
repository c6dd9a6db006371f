"""Where learnchat keeps what belongs to the user: the configuration directory and the data directory."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from learnchat.learning.disk.user_data import UserData

CONFIGURATION_VARIABLE = "LEARNCHAT_CONFIG_DIR"
DATA_VARIABLE = "LEARNCHAT_DATA_DIR"


@dataclass(frozen=True, slots=True)
class Locations:
    """The user's two directories, and what lies in them. Paths only: nothing here is read or made."""

    configuration: Path
    data: Path

    @classmethod
    def find(cls, environment: Mapping[str, str] | None = None) -> Locations:
        """The directories that the environment names, else those of the platform.

        Linux keeps to the XDG directories, macOS to `~/Library/Application Support`, Windows to `%LOCALAPPDATA%`.
        """
        environment = os.environ if environment is None else environment
        configuration = environment.get(CONFIGURATION_VARIABLE)
        data = environment.get(DATA_VARIABLE)
        if configuration and data:
            return cls(_absolute(configuration), _absolute(data))
        # 7 ms, and only where a directory is not named.
        from platformdirs import PlatformDirs

        platform = PlatformDirs("learnchat", appauthor=False)
        return cls(
            _absolute(configuration or platform.user_config_dir),
            _absolute(data or platform.user_data_dir),
        )

    @property
    def configuration_file(self) -> Path:
        return self.configuration / "config.toml"

    @property
    def themes(self) -> Path:
        """Folder of the user's own themes, one TOML file each."""
        return self.configuration / "themes"

    @property
    def roles(self) -> Path:
        """Folder of the user's roles, one Markdown file each."""
        return self.configuration / "roles"

    @property
    def model_choices(self) -> Path:
        """Which model the user chose for which project. Never in the project: its files name no model."""
        return self.configuration / "models.json"

    @property
    def keys(self) -> Path:
        """Keys of model services that `learnchat login` keeps; for the user's eyes alone."""
        return self.configuration / "keys.json"

    @property
    def detector_switches(self) -> Path:
        """Detectors and kinds switched by `learnchat detectors`. Beside the configuration file, which people write."""
        return self.configuration / "detectors.json"

    @property
    def judge_consent(self) -> Path:
        """What the user said about the judge with `/judge`."""
        return self.configuration / "judge.json"

    @property
    def user_data(self) -> UserData:
        return UserData(self.data)

    def describe(self) -> list[tuple[str, Path]]:
        """Every path that does not depend on a project, with a name for scripts."""
        return [
            ("configuration", self.configuration),
            ("configuration-file", self.configuration_file),
            ("themes", self.themes),
            ("roles", self.roles),
            ("model-choices", self.model_choices),
            ("keys", self.keys),
            ("detector-switches", self.detector_switches),
            ("judge-consent", self.judge_consent),
            ("data", self.data),
            ("personal-profile", self.user_data.personal_profile),
            ("logs", self.user_data.logs),
        ]


def expand(text: str) -> Path:
    """The path that a person wrote, `~` read as their home; `~nobody` stays as it is, and is then not found."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def _absolute(text: str) -> Path:
    return expand(text).absolute()
