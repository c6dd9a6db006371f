from __future__ import annotations

import ast
import tempfile
from dataclasses import MISSING, fields
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from learnchat.learning.disk.files import read_json_lines
from learnchat.learning.kinds import Scope
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.insight import Insight, Means
from learnchat.learning.profile.trust import content_hash
from support.memory import make_place

# Few and much alike, so that what is known, refused and remembered again meets.
STATEMENTS = [
    f"{verb} {thing}" for verb in ("We use", "We never use") for thing in ("pnpm", "Vite 5", "Vite 6", "tabs")
]
MEANS = st.sampled_from([Means.TOAST, Means.INBOX])
SCOPES = st.sampled_from(list(Scope))


class Memory(RuleBasedStateMachine):
    """Two windows on one project, in any order of acts; a window may end and be opened again at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.place = make_place(Path(self.folder.name))
        self.windows = [self.place.open(), self.place.open()]
        self.expected: dict[str, str] = {}
        self.before: list[dict[str, str]] = []

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(window=st.integers(0, 1))
    def open_again(self, window: int) -> None:
        self.windows[window] = self.place.open()

    @rule(window=st.integers(0, 1), statement=st.sampled_from(STATEMENTS), scope=SCOPES)
    def propose(self, window: int, statement: str, scope: Scope) -> None:
        self.place.propose(self.windows[window], statement, scope=scope)

    @rule(window=st.integers(0, 1), means=MEANS)
    def confirm(self, window: int, means: Means) -> None:
        for proposal in self.windows[window].inbox.pending()[:1]:
            act = self.windows[window].confirm(proposal, means)
            assert act.insight is not None
            self.before.append(dict(self.expected))
            # An undone replacement waits again, and still replaces.
            self.expected.pop(act.insight.entry.replaces or "", None)
            self.expected[act.insight.id] = proposal.statement

    @rule(window=st.integers(0, 1), means=MEANS, answer=st.sampled_from(["skip", "never"]))
    def refuse(self, window: int, means: Means, answer: str) -> None:
        for proposal in self.windows[window].inbox.pending()[:1]:
            getattr(self.windows[window], answer)(proposal, means)
            self.before.append(dict(self.expected))

    @rule(window=st.integers(0, 1), statement=st.sampled_from(STATEMENTS), scope=SCOPES)
    def remember(self, window: int, statement: str, scope: Scope) -> None:
        try:
            act = self.windows[window].remember(statement, scope=scope)
        except ProfileError:
            assert statement in self.expected.values()
            return
        assert act.insight is not None
        self.before.append(dict(self.expected))
        self.expected[act.insight.id] = statement

    @rule(window=st.integers(0, 1), number=st.integers(0, 3))
    def forget(self, window: int, number: int) -> None:
        for insight in self.windows[window].insights()[number : number + 1]:
            self.windows[window].forget(insight.id, Means.COMMAND)
            self.before.append(dict(self.expected))
            del self.expected[insight.id]

    @rule(window=st.integers(0, 1), number=st.integers(0, 3), statement=st.sampled_from(STATEMENTS))
    def edit(self, window: int, number: int, statement: str) -> None:
        for insight in list(self.windows[window].insights())[number : number + 1]:
            try:
                self.windows[window].edit(insight.id, Means.COMMAND, statement=statement)
            except ProfileError:
                assert statement in self.expected.values()
                return
            self.before.append(dict(self.expected))
            self.expected[insight.id] = statement

    @rule(window=st.integers(0, 1), number=st.integers(0, 3))
    def pin_or_unpin(self, window: int, number: int) -> None:
        for insight in list(self.windows[window].insights())[number : number + 1]:
            act = self.windows[window].unpin if insight.entry.pinned else self.windows[window].pin
            act(insight.id, Means.COMMAND)
            self.before.append(dict(self.expected))

    @rule(window=st.integers(0, 1), statement=st.sampled_from(STATEMENTS))
    def replace_the_newest(self, window: int, statement: str) -> None:
        for old in list(self.windows[window].insights())[:1]:
            profiles = self.windows[window]
            proposal = self.place.propose(profiles, statement, scope=old.scope, replaces=old.id)
            act = profiles.confirm(proposal, Means.TOAST)
            assert act.insight is not None
            assert act.insight.entry.replaces == old.id
            self.before.append(dict(self.expected))
            del self.expected[old.id]
            self.expected[act.insight.id] = statement

    @rule(window=st.integers(0, 1), scope=SCOPES)
    def merge(self, window: int, scope: Scope) -> None:
        same = [insight for insight in self.windows[window].insights() if insight.scope is scope]
        if len(same) > 1:
            self.windows[window].merge(same[0].id, same[1].id, Means.COMMAND)
            self.before.append(dict(self.expected))
            del self.expected[same[1].id]

    @rule(window=st.integers(0, 1), number=st.integers(0, 2))
    def restore(self, window: int, number: int) -> None:
        for entry in self.windows[window].restorable()[number : number + 1]:
            act = self.windows[window].restore(entry.id, Means.COMMAND)
            assert act.insight is not None
            self.before.append(dict(self.expected))
            self.expected[entry.id] = entry.statement

    @rule(window=st.integers(0, 1))
    def undo(self, window: int) -> None:
        act = self.windows[window].undo()
        assert (act is None) == (not self.before)
        if self.before:
            self.expected = self.before.pop()

    @rule(seconds=st.sampled_from([1.0, 60.0, 600.0]))
    def wait(self, seconds: float) -> None:
        self.place.clock.advance(seconds)

    @invariant()
    def every_window_knows_exactly_what_was_confirmed(self) -> None:
        for window in self.windows:
            assert {insight.id: insight.statement for insight in window.insights()} == self.expected
            assert window.unaccepted() == []

    @invariant()
    def no_insight_is_without_its_recorded_decision(self) -> None:
        said = {"confirmed", "remembered", "edited", "merged", "restored"}
        for data in (self.place.data, self.place.user_data.personal):
            records = read_json_lines(data.journal)[0]
            decisions = {record["id"] for record in records if record["event"] in said}
            for insight in self.windows[0].insights():
                home = self.place.data if insight.scope is Scope.PROJECT else self.place.user_data.personal
                if home == data:
                    assert insight.decision.id in decisions
                    mark = [r["mark"] for r in read_json_lines(data.trust)[0] if r["id"] == insight.id][-1]
                    assert mark["hash"] == content_hash(insight.entry)

    @invariant()
    def nothing_is_wrong_with_the_files(self) -> None:
        assert self.windows[1].health() == []


TestMemory = Memory.TestCase
TestMemory.settings = settings(
    max_examples=15, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_an_insight_is_made_in_one_module_alone_and_never_without_its_decision() -> None:
    root, makers = Path(__file__).parents[2], set()
    for folder in ("app", "learning", "widgets"):
        for path in (root / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Insight":
                    makers.add(path.name)
    assert makers == {"weighing.py"}
    assert [field.name for field in fields(Insight) if field.default is MISSING] == ["entry", "decision", "scope"]
