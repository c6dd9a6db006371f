"""What can be set in `config.toml`, with its bounds and its meaning.

Plain dataclasses, so that having them costs nothing; pydantic checks a file against them when one is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from learnchat.learning.text import one_line

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

# What pydantic is told about every table: a name it does not know is an error, and "30" is no number.
STRICT = {"extra": "forbid", "strict": True}


@dataclass(frozen=True)
class Between:
    """The bounds of a number, both included. Ours, because `annotated_types` alone takes 8 ms to import."""

    low: float
    high: float

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        def check(value: float) -> float:
            if not self.low <= value <= self.high:
                raise ValueError(f"it should be between {self.low:g} and {self.high:g}")
            return value

        return core_schema.no_info_after_validator_function(check, handler(source))


@dataclass(frozen=True, kw_only=True)
class AskingSettings:
    """`[asking]`: when and for how long a toast asks "Remember this?"."""

    __pydantic_config__ = STRICT

    countdown: Annotated[int, Between(5, 600)] = 30
    """Seconds that a toast waits for an answer. No answer saves nothing; the proposal stays in the inbox for 7 days."""
    per_hour: Annotated[int, Between(0, 60)] = 5
    """Toasts an hour at most, over all windows of a project. What exceeds it goes to the inbox unseen; 0 never asks."""
    pause: Annotated[float, Between(0, 3600)] = 120.0
    """Seconds between two toasts at least."""
    quiet: bool = False
    """No toasts at all: what is heard goes to the inbox. `/quiet` does the same for a while, `--quiet` for one run."""


@dataclass(frozen=True, kw_only=True)
class DetectorSettings:
    """`[detectors]`: what learnchat listens for."""

    __pydantic_config__ = STRICT

    disabled: tuple[str, ...] = ()
    """Names of detectors that are switched off; `learnchat detect --explain` names those at work."""


@dataclass(frozen=True, kw_only=True)
class RecallSettings:
    """`[recall]`: how much of the profile the model is given."""

    __pydantic_config__ = STRICT

    budget: Annotated[int, Between(0, 100_000)] = 1500
    """Tokens of insights in a request at most, estimated as UTF-8 bytes / 3; 0 gives the model none."""
    semantic: str = ""
    """The folder of a model2vec model, with which insights are found by meaning too; empty: by words alone."""

    @property
    def model_folder(self) -> Path | None:
        """The same as a path; None where there is none."""
        return Path(self.semantic).expanduser() if self.semantic else None


@dataclass(frozen=True, kw_only=True)
class SessionSettings:
    """`[sessions]`: the transcripts of conversations."""

    __pydantic_config__ = STRICT

    keep_days: Annotated[int, Between(0, 36_500)] = 0
    """Days that a transcript is kept after its last message; 0 keeps all."""


@dataclass(frozen=True, kw_only=True)
class AttachmentSettings:
    """`[attachments]`: what goes along with a message by `@path`. 100 KB of text are about 30,000 tokens."""

    __pydantic_config__ = STRICT

    file_kb: Annotated[int, Between(1, 10_000)] = 100
    """KB of one file at most; a longer one is given by its beginning, and the message says so."""
    message_kb: Annotated[int, Between(1, 10_000)] = 400
    """KB of text with one message at most, over all its files."""
    image_kb: Annotated[int, Between(1, 20_000)] = 4096
    """KB of one picture at most; a larger one is refused. Services refuse more than about 5,000."""


@dataclass(frozen=True, kw_only=True)
class JudgeSettings:
    """`[judge]`: the model that reads along and may only propose."""

    __pydantic_config__ = STRICT

    enabled: bool = True
    """Off, nobody reads along: no model and no rules. A model that is not on this machine is asked only after
    `/judge on`."""
    model: str | None = None
    """The model, such as `ollama/qwen2.5:3b`; else a small one of the chat's provider, else one of a running Ollama."""
    tokens_per_day: Annotated[int, Between(0, 100_000_000)] = 500_000
    """Tokens that models elsewhere may take in a day."""
    cost_per_day: Annotated[float, Between(0, 1000)] = 0.25
    """US dollars that they may cost in a day, by the list of prices that comes with litellm."""
    deadline: Annotated[float, Between(0, 30)] = 2.0
    """Seconds that a toast of which the gate is not sure waits for the judge's opinion; 0 does not ask for it."""


@dataclass(frozen=True, kw_only=True)
class ModelParameters:
    """`[parameters."anthropic/claude-sonnet-5-5"]`: how a model replies; under `"*"`, how all of them do."""

    __pydantic_config__ = STRICT

    temperature: Annotated[float, Between(0, 2)] | None = None
    """0 says the likeliest, more is more daring. Anthropic's models take none, nor `top_p`."""
    top_p: Annotated[float, Between(0, 1)] | None = None
    """Of the likely words, those that make up this share."""
    max_tokens: Annotated[int, Between(1, 1_000_000)] | None = None
    """A reply ends at so many tokens."""
    reasoning: Literal["low", "medium", "high"] | None = None
    """How long a model that can reason thinks before it replies."""
    context: Annotated[int, Between(1_000, 100_000_000)] | None = None
    """Tokens that fit into its context, where litellm's table does not know the model."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that can stand in `config.toml`."""

    __pydantic_config__ = STRICT

    model: str | None = None
    """The model to talk to: `anthropic/…`, `openai/…`, `gemini/…`, `ollama/…` or `offline`. In a project where one was
    chosen with `/model`, that one."""
    theme: str | None = None
    """The name of a shipped theme, or of a file in the folder `themes` beside this file. `auto`: `night`, or `day`
    where the terminal's background is light."""
    asking: AskingSettings = field(default_factory=AskingSettings)
    detectors: DetectorSettings = field(default_factory=DetectorSettings)
    recall: RecallSettings = field(default_factory=RecallSettings)
    sessions: SessionSettings = field(default_factory=SessionSettings)
    attachments: AttachmentSettings = field(default_factory=AttachmentSettings)
    judge: JudgeSettings = field(default_factory=JudgeSettings)
    aliases: dict[str, str] = field(default_factory=dict)
    """`[aliases]`: names of yours for models, such as `fast = "gemini/gemini-3.8-flash"`."""
    parameters: dict[str, ModelParameters] = field(default_factory=dict)
    """`[parameters."provider/model"]`: temperature, top_p, max_tokens, reasoning and context of a model; `"*"` for
    all."""
    keys: dict[str, str] = field(default_factory=dict)
    """`[keys]`: id of a binding to its keys, such as `"toast.remember" = "f2"`; several are separated by commas."""


@dataclass(frozen=True)
class Problem:
    """Something in a configuration file that was left out, and why."""

    file: Path
    key: str
    """Dotted, as a person would write it; empty where the file as a whole can't be read."""
    line: int | None
    """Counted from 1; None where it can't be told."""
    sentence: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else str(self.file)
        # Path and key are whatever somebody called them.
        return one_line(f"{place}: {self.key}: {self.sentence}" if self.key else f"{place}: {self.sentence}")


@dataclass(frozen=True, kw_only=True)
class Configuration(Settings):
    """The settings in force, and what of the files was left out."""

    problems: tuple[Problem, ...] = ()
