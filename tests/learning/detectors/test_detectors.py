from __future__ import annotations

import pytest

from learnchat.learning.detection import Message
from learnchat.learning.detectors.registry import BUILT_IN, built_in_detectors
from learnchat.learning.hearing.analysis import Analysis, default_analyser
from learnchat.learning.kinds import Kind

ANALYSER = default_analyser(plugins=False)


def analyse(text: str) -> Analysis:
    return ANALYSER.analyse(Message(text))


def slots(text: str, kind: Kind) -> dict[str, str]:
    return next(dict(one.slots) for one in analyse(text).detections if one.kind is kind)


def kinds(text: str) -> set[Kind]:
    return {one.kind for one in analyse(text).detections}


MUST_BE_HEARD = [
    ("We're switching from Bootstrap to Tailwind", Kind.SWITCHING, {"from": "Bootstrap", "to": "Tailwind"}),
    ("we decided to use GraphQL", Kind.DECIDED_TO_USE, {"subject": "GraphQL"}),
    ("no longer use Jest", Kind.NO_LONGER, {"subject": "Jest"}),
    ("now using PostgreSQL", Kind.NOW_USING, {"subject": "PostgreSQL"}),
    ("implement this change", Kind.IMPLEMENT_CHANGE, {"subject": "change"}),
    ("the query is too slow", Kind.PERFORMANCE_ISSUE, {"subject": "query"}),
    ("fixed a bug", Kind.BUG_FIXED, {"subject": "bug"}),
    ("refactoring services", Kind.ARCHITECTURE_CHANGE, {"subject": "services"}),
    ("avoid MongoDB", Kind.REJECTED_IDEA, {"subject": "MongoDB"}),
    ("watch out for timezones", Kind.EDGE_CASE, {"subject": "timezones"}),
]
MUST_NOT_BE_HEARD = [
    "are we switching from Bootstrap to Tailwind?",
    "if we decided to use Rust, what would break?",
    "we are not switching to Vue",
    "skip the intro",
    "fix this bug",
]


# Whether the others deserve a toast is the gate's to say: they rarely do in real messages.
ASKED = {
    Kind.SWITCHING,
    Kind.DECIDED_TO_USE,
    Kind.NO_LONGER,
    Kind.NOW_USING,
    Kind.REJECTED_IDEA,
    Kind.EDGE_CASE,
}


@pytest.mark.parametrize(("text", "kind", "expected"), MUST_BE_HEARD)
def test_the_first_ten_are_heard_with_their_slots(text: str, kind: Kind, expected: dict[str, str]) -> None:
    analysis = analyse(text)
    (detection,) = analysis.detections
    assert (detection.kind, dict(detection.slots)) == (kind, expected)
    assert detection.statement == detection.quote == text
    assert analysis.prompt or kind not in ASKED


@pytest.mark.parametrize("text", MUST_NOT_BE_HEARD)
def test_what_only_sounds_like_them_is_not(text: str) -> None:
    analysis = analyse(text)
    assert analysis.detections == ()
    assert not analysis.prompt
    assert analysis.confidence == 0.0


def test_every_detector_is_in_the_list_of_what_must_be_heard() -> None:
    assert {kind.value for kind in HEARD} == set(BUILT_IN)
    assert {kind for _, kind, *_ in MUST_BE_HEARD} | OTHERS.keys() == HEARD.keys()
    assert [detector.name for detector in built_in_detectors()] == list(BUILT_IN)


PARAPHRASES = [
    (Kind.SWITCHING, "we moved from npm to pnpm", {"from": "npm", "to": "pnpm"}),
    (Kind.SWITCHING, "we went back to npm, pnpm was too slow in CI", {"to": "npm"}),
    (Kind.SWITCHING, "we're back on npm", {"to": "npm"}),
    (Kind.SWITCHING, "replaced Jest with Vitest", {"from": "Jest", "to": "Vitest"}),
    (Kind.SWITCHING, "We have replaced our REST API with GraphQL", {"from": "REST API", "to": "GraphQL"}),
    (Kind.SWITCHING, "Jest has been replaced by Vitest", {"from": "Jest", "to": "Vitest"}),
    (Kind.SWITCHING, "we're migrating over to Kubernetes", {"to": "Kubernetes"}),
    (Kind.SWITCHING, "I swapped Redux for Zustand", {"from": "Redux", "to": "Zustand"}),
    (Kind.SWITCHING, "we migrated the API from Express to Fastify", {"from": "Express", "to": "Fastify"}),
    (Kind.SWITCHING, "We moved off Heroku to Fly.io last month", {"from": "Heroku", "to": "Fly.io"}),
    (Kind.SWITCHING, "they are moving from a monolith to microservices", {"from": "monolith", "to": "microservices"}),
    (Kind.SWITCHING, "the team ditched Webpack in favour of Vite", {"from": "Webpack", "to": "Vite"}),
    (Kind.SWITCHING, "from now on use pnpm instead of npm", {"from": "npm", "to": "pnpm"}),
    (Kind.SWITCHING, "We're switching from Bootstrap to Tailwind CSS for the dashboard", {"to": "Tailwind CSS"}),
    (Kind.SWITCHING, "Finally made the switch from Webpack to Vite", {"from": "Webpack", "to": "Vite"}),
    (Kind.SWITCHING, "I rewrote the CLI in Rust", {"area": "CLI", "to": "Rust"}),
    (Kind.SWITCHING, "we've gone from REST to gRPC", {"from": "REST", "to": "gRPC"}),
    (Kind.SWITCHING, "switched our CI over to GitHub Actions", {"area": "CI", "to": "GitHub Actions"}),
    (Kind.DECIDED_TO_USE, "Decision: use Kafka", {"subject": "Kafka"}),
    (Kind.DECIDED_TO_USE, "after some back and forth we opted for gRPC", {"subject": "gRPC"}),
    (Kind.DECIDED_TO_USE, "let's go with FastAPI", {"subject": "FastAPI"}),
    (Kind.DECIDED_TO_USE, "we settled on Postgres", {"subject": "Postgres"}),
    (Kind.DECIDED_TO_USE, "We went with Redis for the queue", {"subject": "Redis"}),
    (Kind.DECIDED_TO_USE, "I've chosen Tailwind over Bootstrap", {"subject": "Tailwind"}),
    (Kind.DECIDED_TO_USE, "we're going with Postgres and Redis", {"subject": "Postgres and Redis"}),
    (Kind.DECIDED_TO_USE, "the team agreed on trunk-based development", {"subject": "trunk-based development"}),
    (Kind.DECIDED_TO_USE, "Postgres it is.", {"subject": "Postgres"}),
    (Kind.NO_LONGER, "I've dropped Python 3.8", {"subject": "Python 3.8"}),
    (Kind.NO_LONGER, "we don't use Redux any more", {"subject": "Redux"}),
    (Kind.NO_LONGER, "we stopped using Docker Compose", {"subject": "Docker Compose"}),
    (Kind.NO_LONGER, "We're ditching Webpack", {"subject": "Webpack"}),
    (Kind.NO_LONGER, "we are getting rid of jQuery", {"subject": "jQuery"}),
    (Kind.NO_LONGER, "dropped support for Node 16", {"subject": "Node 16"}),
    (Kind.NO_LONGER, "IE11 is no longer supported", {"subject": "IE11"}),
    (Kind.NO_LONGER, "We have moved away from Redux", {"subject": "Redux"}),
    (Kind.NO_LONGER, "we're sunsetting the legacy API", {"subject": "legacy API"}),
    (Kind.NO_LONGER, "we haven't used Jest since March", {"subject": "Jest"}),
    (Kind.NO_LONGER, "We're done with Jenkins", {"subject": "Jenkins"}),
    (Kind.NOW_USING, "going forward we'll be on Node 22", {"subject": "Node 22"}),
    (Kind.NOW_USING, "our tests now run on Vitest", {"subject": "Vitest"}),
    (Kind.NOW_USING, "we use pnpm", {"subject": "pnpm"}),
    (Kind.NOW_USING, "the project uses Poetry", {"subject": "Poetry"}),
    (Kind.NOW_USING, "we started using Storybook", {"subject": "Storybook"}),
    (Kind.PERFORMANCE_ISSUE, "the dashboard query takes forever", {"subject": "dashboard query"}),
    (Kind.PERFORMANCE_ISSUE, "page load is way too slow on mobile", {"subject": "page load"}),
    (Kind.PERFORMANCE_ISSUE, "there is a memory leak in the importer", {"subject": "importer"}),
    (Kind.PERFORMANCE_ISSUE, "Compilation takes 10 minutes", {"subject": "Compilation", "time": "10"}),
    (Kind.ARCHITECTURE_CHANGE, "moving to a hexagonal architecture", {"subject": "hexagonal"}),
    (Kind.ARCHITECTURE_CHANGE, "We split the monolith into three services", {"to": "three services"}),
    (Kind.ARCHITECTURE_CHANGE, "we're restructuring the billing module", {"subject": "billing module"}),
    (Kind.IMPLEMENT_CHANGE, "we implemented rate limiting with Redis", {"using": "Redis"}),
    (Kind.BUG_FIXED, "I fixed the login bug by clearing the cookie", {"subject": "login bug"}),
    (Kind.BUG_FIXED, "The crash was caused by a stale lock file", {"cause": "stale lock file"}),
    (Kind.BUG_FIXED, "the root cause was a race condition in the cache", {"cause": "race condition"}),
    (Kind.BUG_FIXED, "turns out the bug was in the date parser", {"cause": "date parser"}),
    (Kind.EDGE_CASE, "be careful with naive datetimes", {"subject": "naive datetimes"}),
    (Kind.EDGE_CASE, "Edge case: carts without items", {"subject": "carts"}),
    (Kind.REJECTED_IDEA, "we decided against microservices", {"subject": "microservices"}),
    (Kind.REJECTED_IDEA, "we rejected the idea of microservices", {"subject": "microservices"}),
    (Kind.REJECTED_IDEA, "Not going with Firebase", {"subject": "Firebase"}),
    (Kind.REJECTED_IDEA, "we won't be using Docker", {"subject": "Docker"}),
    (Kind.REJECTED_IDEA, "GraphQL isn't worth it", {"subject": "GraphQL"}),
    (Kind.REJECTED_IDEA, "let's not use MongoDB", {"subject": "MongoDB"}),
    (Kind.REJECTED_IDEA, "Kubernetes is overkill for this", {"subject": "Kubernetes"}),
    (Kind.REJECTED_IDEA, "I would avoid global state", {"subject": "global state"}),
    (Kind.REJECTED_IDEA, "never use moment.js", {"subject": "moment.js"}),
]


@pytest.mark.parametrize(("kind", "text", "expected"), PARAPHRASES)
def test_other_words_for_the_same_are_heard_too(kind: Kind, text: str, expected: dict[str, str]) -> None:
    heard = slots(text, kind)
    assert {name: heard.get(name) for name in expected} == expected


# For every detector: a sentence, and in what surroundings the same words say nothing.
HEARD = {
    Kind.SWITCHING: "we switched from npm to pnpm",
    Kind.DECIDED_TO_USE: "we settled on Postgres",
    Kind.NO_LONGER: "we stopped using Jest",
    Kind.NOW_USING: "we are now using PostgreSQL",
    Kind.IMPLEMENT_CHANGE: "we implemented the cache with Redis",
    Kind.PERFORMANCE_ISSUE: "the report query is too slow",
    Kind.ARCHITECTURE_CHANGE: "we restructured the billing services",
    Kind.BUG_FIXED: "we fixed the login bug",
    Kind.EDGE_CASE: "watch out for timezones",
    Kind.REJECTED_IDEA: "we ruled out MongoDB",
    Kind.PREFERENCE: "you keep adding emojis, stop that",
    Kind.CORRECTION: "that's not how it works, invoices are never deleted",
    Kind.FACT: "our users are dentists",
    Kind.WORKAROUND: "the workaround is to clear the cache by hand",
    Kind.PROCEDURE: "you can run the tests with make check",
}
SURROUNDINGS = {
    "in a condition": "if {}, tell me",
    "quoted": 'the page says "{}" in bold',
    "in a quoted line": "> {}",
    "in a code span": "`{}`",
    "in a fenced block": "```\n{}\n```",
    "in an unclosed fence": "look:\n```text\n{}",
    "in a shell's line": "$ echo {}",
    "in a log": "2026-04-01 09:00:00 INFO {}",
    "in a comment": "// {}",
    "in a diff": "diff --git a/x b/x\n@@ -1 +1 @@\n+{}",
    "in a traceback": 'Traceback (most recent call last):\n  File "x.py", line 1\n{}\nValueError: no',
    "in a table": "| {} | yes |",
    "said by others": "the vendor claims {}",
    "asked indirectly": "tell me whether {}",
    "asked": "is it true that {}?",
    "in a tool's frame": "│ {}",
    "in a numbered listing": "12 | {}",
    "said by others, after something else": "the vendor claims that the old plan was too small for them, and that {}",
    "asked indirectly, after something else": "tell me whether the importer is really that slow, and whether {}",
}
NEGATED = {
    Kind.SWITCHING: "we never switched from npm to pnpm",
    Kind.DECIDED_TO_USE: "we haven't settled on Postgres",
    Kind.NO_LONGER: "we haven't stopped using Jest",
    Kind.NOW_USING: "we are not now using PostgreSQL",
    Kind.IMPLEMENT_CHANGE: "we haven't implemented the cache with Redis",
    Kind.PERFORMANCE_ISSUE: "I don't think the report query is too slow",
    Kind.ARCHITECTURE_CHANGE: "we didn't restructure the billing services",
    Kind.BUG_FIXED: "we have not fixed the login bug",
    Kind.EDGE_CASE: "no need to watch out for timezones",
    Kind.REJECTED_IDEA: "we haven't ruled out MongoDB",
    Kind.PREFERENCE: "I could not care less about emojis",
    Kind.CORRECTION: "that is how it works",
    Kind.FACT: "I have never met a dentist",
    Kind.WORKAROUND: "nothing I tried gets round it",
    Kind.PROCEDURE: "the tests did not run at all",
}
# What developers also say that lasts, beside the first ten.
OTHERS = {
    Kind.PREFERENCE: [
        "always run the linter before committing",
        "never commit generated files",
        "from now on use pnpm",
        "I prefer small commits with one change each",
    ],
    Kind.CORRECTION: ["no, it's called workspace not project", "that's not how it works, invoices are never deleted"],
    Kind.FACT: ["our users are dentists", "this project is a command line tool for dentists"],
    Kind.WORKAROUND: ["the workaround is to restart the worker after each deploy"],
    Kind.PROCEDURE: ["you can run the tests with make check"],
}


def test_the_twins_cover_every_detector() -> None:
    assert {kind.value for kind in HEARD} == {kind.value for kind in NEGATED} == set(BUILT_IN)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in OTHERS.items() for text in texts])
def test_the_other_kinds_are_heard(kind: Kind, text: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize("text", ["let's go with option 2", "option B, server-side"])
def test_a_decision_needs_no_word_for_it(text: str) -> None:
    assert Kind.DECIDED_TO_USE in kinds(text)


def test_a_wish_against_something_rules_it_out() -> None:
    analysis = analyse("I don't want vertical scaling of the text")
    assert [one.kind for one in analysis.detections] == [Kind.REJECTED_IDEA]
    assert analysis.prompt


@pytest.mark.parametrize(
    ("told", "done"),
    [
        ("make sure you are always using pnpm, never npm", "you are now using pnpm for this project"),
        ("I want you to always replace Jest with Vitest in our packages", "you replaced Jest with Vitest"),
    ],
)
def test_what_the_assistant_is_told_may_be_a_rule_and_what_it_did_is_not(told: str, done: str) -> None:
    assert analyse(told).prompt
    assert not any(one.slots for one in analyse(told).detections)
    assert kinds(done) == set()


@pytest.mark.parametrize("kind", HEARD)
def test_the_plain_sentence_is_heard(kind: Kind) -> None:
    assert kind in kinds(HEARD[kind])


@pytest.mark.parametrize("surroundings", SURROUNDINGS)
@pytest.mark.parametrize("kind", HEARD)
def test_its_unheard_twin_is_not(kind: Kind, surroundings: str) -> None:
    analysis = analyse(SURROUNDINGS[surroundings].format(HEARD[kind]))
    assert kind not in {one.kind for one in analysis.detections}
    assert not analysis.prompt


@pytest.mark.parametrize("kind", NEGATED)
def test_its_negation_is_not(kind: Kind) -> None:
    analysis = analyse(NEGATED[kind])
    assert kind not in {one.kind for one in analysis.detections}
    assert not analysis.prompt


@pytest.mark.parametrize(
    "text",
    [
        "avoid mistakes",
        "skip the tests",
        "remove the button",
        "please switch to the main branch",
        "move the settings menu to the right of the user name",
        "replace the header with the new logo",
        "I'm dropping the ball here",
        "go with your recommendation",
        "let's go with 2",
        "you removed Jest",
        "did you replace Jest with Vitest",
        "can you refactor services?",
        "implement the plan",
        "make sure it is now using PostgreSQL",
        "maybe we should switch to Vue",
        "we might switch from npm to pnpm",
        "switching to Vue would break everything",
        "we'll switch to Vue if the spike works out",
        "Now using node v20.20.1 (npm v10.8.2)",
        "fix: replaced Jest with Vitest",
        "We switched from npm to pnpm, right?",
    ],
)
def test_tasks_doubts_and_the_model_s_doings_are_not_asked_about(text: str) -> None:
    analysis = analyse(text)
    assert not any(one.slots for one in analysis.detections)
    assert not analysis.prompt


# What is said once and for all, and what only sounds like it.
PLAIN_AND_TWIN = [
    ("remember: we deploy on Fridays only", "remember when we deployed on Fridays?"),
    ("remember that we deploy on Fridays only", "do you remember that we deploy on Fridays?"),
    ("please remember our staging database is read-only", "please remember to check our staging database"),
    ("for future reference: the tests need redis running", "the tests need redis running again"),
    ("don't forget: prod runs on arm64", "don't forget to add the tests"),
    ("from now on, answer in German", "now answer in German"),
    ("please always respond in Thai", "please respond in Thai"),
    ("never squash commits", "never mind the commits"),
    ("stop adding comments to my code", "stop the server and try again"),
    ("use uv instead of pip in this project", "use the blue button instead of the red one"),
    ("no, it's pnpm not npm", "no, it's the second one not the first"),
    ("nope, the port is 8080, not 5000", "is the port 8080, not 5000?"),
    ("remember that CI needs the DB_URL secret", "remember that time when CI needed the DB_URL secret?"),
    ("don't forget that Bob is on holiday until Friday", "don't forget to ask Bob"),
    ("whenever you change the API, update docs/api.md too", "whenever I change the API, it crashes"),
    ("in this project branch names are feat/xyz", "in this project, where are the branch names?"),
    ("we don't mock the database in tests", "we don't mock this yet"),
    ("stop using print, we have a logger", "stop the server, we have a logger"),
    ("please always show me the diff first", "please show me the diff first"),
    ("don't write docstrings for tests", "don't write any code yet"),
    ("remember, prices are net", "remember me tomorrow, prices are up"),
    ("note: prices are net", "note the prices in the table"),
    ("please note that the worker runs twice a day", "can you note that down?"),
    ("save this: the vat rate is 21%", "save this as vat.md"),
    ("can you remember that the vat rate is 21%?", "can you remember when the vat rate was 21%?"),
    ("could you please remember that we deploy on Thursdays", "could you please deploy on Thursdays"),
    ("keep in mind that prices are always in cents", "let's say that prices are always in cents"),
    ("whenever you add a hook, add a story too", "whenever I add a hook, it crashes"),
    ("never add a field without a comment", "I never added a field there"),
    ("if you change the schema, bump the version", "if you change the schema, does it still work?"),
    ("if you add a hook, add a story too", "if you add this hook, add a story too"),
    ("ask before adding dependencies", "ask me before deleting it"),
    ("keep answers under 10 lines", "keep the comments in the code"),
    ("run pnpm gen after changing the openapi spec", "run it again after pushing this"),
    ("run the tests before committing", "run the tests before committing this"),
    ("no no no. NEVER delete the lockfile.", "no no no. delete the lockfile."),
]


@pytest.mark.parametrize(("plain", "twin"), PLAIN_AND_TWIN)
def test_what_is_said_once_and_for_all_is_asked_about_and_its_twin_is_not(plain: str, twin: str) -> None:
    assert analyse(plain).prompt
    assert not analyse(twin).prompt


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("remember: we deploy on Fridays only", "we deploy on Fridays only"),
        ("ok, please remember that we deploy on Fridays only", "we deploy on Fridays only"),
        ("don't forget that prod runs on arm64", "prod runs on arm64"),
        ("for future reference: the tests need redis running", "the tests need redis running"),
        ("I told you already: no emojis in commit messages", "no emojis in commit messages"),
        ("keep in mind that the API is rate limited to 10 rps", "the API is rate limited to 10 rps"),
        ("could you please remember that we deploy on Thursdays?", "we deploy on Thursdays"),
        ("learn this: never push to main", "never push to main"),
        ("No. Never delete the lockfile.", "Never delete the lockfile"),
        ("actually wait, prices are in cents here", "prices are in cents here"),
    ],
)
def test_what_is_to_be_remembered_is_offered_without_the_request(text: str, statement: str) -> None:
    assert [one.statement for one in analyse(text).detections] == [statement]


def test_a_name_is_captured_whole() -> None:
    assert slots("avoid MongoDB", Kind.REJECTED_IDEA)["subject"] == "MongoDB"
    assert slots("we stopped using `react-query`", Kind.NO_LONGER)["subject"] == "react-query"
    assert slots("we moved from C# to C++", Kind.SWITCHING) == {"from": "C#", "to": "C++"}


def test_capitals_and_typographic_apostrophes_make_no_difference() -> None:
    assert kinds("WE'RE SWITCHING FROM BOOTSTRAP TO TAILWIND") == {Kind.SWITCHING}
    assert kinds("We’re switching from Bootstrap to Tailwind") == {Kind.SWITCHING}
    assert kinds("we don’t use Redux any more") == {Kind.NO_LONGER}


def test_a_request_after_the_statement_is_not_part_of_it() -> None:
    text = "ok so btw we moved from npm to pnpm, can you update the README?"
    (detection,) = analyse(text).detections
    assert detection.statement == "we moved from npm to pnpm"
    assert text[detection.start : detection.end] == detection.quote
