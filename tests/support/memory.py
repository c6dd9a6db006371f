"""A place with a memory, for tests: a project of its own, the user's data beside it, and what is proposed there."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from learnchat.learning.detection import Detection
from learnchat.learning.disk.project import Project, find_project
from learnchat.learning.disk.user_data import ProfileData, UserData
from learnchat.learning.identifiers import new_identifier
from learnchat.learning.kinds import Kind
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.proposal import Proposal, Source
from support.clock import FakeClock


def git(folder: Path, *arguments: str) -> str:
    answer = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return answer.stdout


@dataclass
class Place:
    """A project, its user's data, and a clock that is moved by hand."""

    root: Path
    data_root: Path
    clock: FakeClock = field(default_factory=FakeClock)

    @property
    def user_data(self) -> UserData:
        return UserData(self.data_root)

    @property
    def project(self) -> Project:
        return find_project(self.root)

    @property
    def data(self) -> ProfileData:
        return self.user_data.project(self.project.root)

    @property
    def insights_file(self) -> Path:
        return self.root / ".learnchat" / "insights.json"

    @property
    def markdown(self) -> Path:
        return self.root / ".learnchat" / "LEARNED_INSIGHTS.md"

    def open(self) -> Profiles:
        """As another process would: nothing is kept in memory from before."""
        return Profiles.open(self.project, self.user_data, self.clock)

    def proposal(self, statement: str, **fields: Any) -> Proposal:
        kind = fields.pop("kind", Kind.SWITCHING)
        identifier = new_identifier()
        message = fields.pop("message", f"message-1-{identifier}")
        source = Source(quote=fields.pop("quote", statement), session="session-1", message=message, start=3, end=9)
        fields.setdefault("created", self.clock.now())
        return Proposal(identifier, kind, statement, source, confidence=0.9, **fields)

    def propose(self, profiles: Profiles, statement: str, *, shown: bool = True, **fields: Any) -> Proposal:
        """A proposal in the inbox, which a toast has shown unless `shown` is false."""
        proposal = self.proposal(statement, **fields)
        profiles.add([proposal])
        if shown:
            profiles.inbox.mark_asked(proposal.id)
        return proposal

    def documents(self) -> list[dict[str, Any]]:
        """As any other program would read them: the entries, without schema and profile id."""
        documents = json.loads(self.insights_file.read_text(encoding="utf-8"))["documents"]
        return [document for document in documents if document and document["id"] not in ("schema", "profile")]

    def write_line(self, document: dict[str, Any]) -> None:
        """Add a line to insights.json, as an editor or a merge would."""
        text = self.insights_file.read_text(encoding="utf-8")
        line = json.dumps(document, ensure_ascii=False)
        self.insights_file.write_text(text.replace("\nnull]}", f"\n{line},\nnull]}}"), encoding="utf-8", newline="\n")

    def change(self, old: str, new: str) -> None:
        """Change the text of insights.json, as an editor would."""
        text = self.insights_file.read_text(encoding="utf-8")
        assert old in text
        self.insights_file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def make_place(folder: Path, *, in_git: bool = False) -> Place:
    root = folder / "shop"
    root.mkdir(parents=True)
    if in_git:
        git(root, "init", "-q")
    return Place(root, folder / "data")


def detection(statement: str) -> Detection:
    return Detection(Kind.SWITCHING, statement, statement, 0, len(statement), 0.9)
