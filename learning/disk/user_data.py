"""Where this user's data about a project lies. Paths only: nothing here reads or writes.

<data>/projects/<name>-<hash of the path>/
    project.json        the project's path and the profile ids seen there
    journal.jsonl       this user's decisions, with their full text
    inbox.jsonl         proposals and what became of them
    older-inbox.jsonl   the same of those that were decided or lapsed more than a month ago
    tombstones.jsonl    salted hashes of what was refused for good or forgotten
    trust.jsonl         hashes of the entries this user confirmed or accepted
    outline.json        ids in their order, so that a large profile opens without being read
    rendered.json       what stood in the profile's files when they were written last, as hashes
    asks.jsonl          when toasts were shown: the budget holds over all processes
    usage.jsonl         how often insights were given to a model, and what was said of them: ids, no text
    draft.json          what was written and not sent when the chat was left, and where pastes stand in it
    search.sqlite       what is searched, by its words: derived from profile and transcripts, made again when it is gone
    sessions/           transcripts, and beside each what went along with its messages
    judged/             what a judge has read of each session, as hashes; a day long
    lock                taken before anything above is written, and before the profile folder's own lock; beside it
                        `lock.next`, at which the next one to take it waits
<data>/answers.jsonl    answers to proposals of all projects, without their words: what the dial is computed from
<data>/judge.jsonl      what judges have cost and how they failed, without words
<data>/personal/        the same files for the personal profile, which lies in `profile/` there
<data>/asked-before     there once the first toast of all was shown
<data>/logs/
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

# Twelve hexadecimal digits: 2**48 paths; a folder name that a person can still read.
HASH_LENGTH = 12


@dataclass(frozen=True, slots=True)
class ProfileData:
    """The user's side of one profile: everything about it that does not lie in the profile folder."""

    folder: Path

    @property
    def project_file(self) -> Path:
        return self.folder / "project.json"

    @property
    def journal(self) -> Path:
        return self.folder / "journal.jsonl"

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox.jsonl"

    @property
    def older_inbox(self) -> Path:
        return self.folder / "older-inbox.jsonl"

    @property
    def tombstones(self) -> Path:
        return self.folder / "tombstones.jsonl"

    @property
    def trust(self) -> Path:
        return self.folder / "trust.jsonl"

    @property
    def rendered(self) -> Path:
        return self.folder / "rendered.json"

    @property
    def outline(self) -> Path:
        return self.folder / "outline.json"

    @property
    def asks(self) -> Path:
        return self.folder / "asks.jsonl"

    @property
    def usage(self) -> Path:
        return self.folder / "usage.jsonl"

    @property
    def draft(self) -> Path:
        return self.folder / "draft.json"

    @property
    def older_draft(self) -> Path:
        """Where it lay while only its text was kept."""
        return self.folder / "draft.txt"

    @property
    def search(self) -> Path:
        return self.folder / "search.sqlite"

    @property
    def sessions(self) -> Path:
        return self.folder / "sessions"

    @property
    def judged(self) -> Path:
        return self.folder / "judged"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"


@dataclass(frozen=True, slots=True)
class UserData:
    """The user's data directory."""

    root: Path

    def project(self, root: Path) -> ProfileData:
        """The data about the project at this (resolved) root, bound to its path."""
        import hashlib  # a library of 2 ms, which the chat's first paint need not wait for

        name = re.sub(r"[^a-z0-9]+", "-", root.name.lower()).strip("-")[:40] or "root"
        digest = hashlib.sha256(str(root).encode("utf-8", "surrogateescape")).hexdigest()[:HASH_LENGTH]
        return ProfileData(self.projects / f"{name}-{digest}")

    @property
    def projects(self) -> Path:
        return self.root / "projects"

    @property
    def answers(self) -> Path:
        return self.root / "answers.jsonl"

    @property
    def answers_lock(self) -> Path:
        return self.root / "answers.lock"

    @property
    def judge_ledger(self) -> Path:
        return self.root / "judge.jsonl"

    @property
    def judge_lock(self) -> Path:
        return self.root / "judge.lock"

    @property
    def personal(self) -> ProfileData:
        return ProfileData(self.root / "personal")

    @property
    def personal_profile(self) -> Path:
        return self.root / "personal" / "profile"

    @property
    def asked_before(self) -> Path:
        return self.root / "asked-before"

    @property
    def logs(self) -> Path:
        return self.root / "logs"
