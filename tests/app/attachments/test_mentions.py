from __future__ import annotations

import pytest

from learnchat.app.attachments.mentions import mentions, written


def names(text: str) -> list[str]:
    return [mention.names[-1] for mention in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("look at @src/main.py", ["src/main.py"]),
        ("@README.md, please", ["README.md"]),
        ("(see @docs/)", ["docs/"]),
        ('read @"my notes.txt" and @b.py', ["my notes.txt", "b.py"]),
        ("mail me@example.org", []),
        ("a decorator `@app.route` and\n```\n@dataclass\n```\nhere", []),
        ('import "@scope/lib.js"', []),
        ("a.b@c/d.py and x:@y.py", []),
        ("[@a.py,@b.py]", ["a.py", "b.py"]),
        ("no mention at all", []),
        ("@ alone", []),
    ],
)
def test_words_that_may_name_a_file(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_name_may_itself_end_in_a_full_stop() -> None:
    [mention] = mentions("open @strange.")
    assert mention.names == ("strange.", "strange")


@pytest.mark.parametrize("text", ["@./x", "@../x", "@~/x", "@/etc/hosts", "@src/mian.py", '@"x"'])
def test_what_can_only_be_a_file_is_certain(text: str) -> None:
    assert next(mentions(text)).certain


@pytest.mark.parametrize("text", ["@bob", "@types/node", "@dataclass", "@app.route"])
def test_a_person_a_scope_or_a_decorator_is_not(text: str) -> None:
    assert not next(mentions(text)).certain


@pytest.mark.parametrize("path", ["src/main.py", "my notes.txt", "it's.txt", "odd)", "docs/"])
def test_what_is_written_is_read_again(path: str) -> None:
    assert path in next(mentions(f"see {written(path)}")).names
