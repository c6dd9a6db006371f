from __future__ import annotations

import base64
import hashlib
import random
import string
import uuid
from pathlib import Path

import pytest

from learnchat.learning import training
from learnchat.learning.secrets.finding import SecretFound, find_secrets, is_touched, masked, masked_places

EXAMPLES = sorted(Path(training.__file__).parent.glob("examples_*.txt"))
RANDOM = random.Random(7)


def made(length: int, alphabet: str = string.ascii_letters + string.digits) -> str:
    return "".join(RANDOM.choice(alphabet) for _ in range(length))


# Put together at run time, so that no scanner of the repository takes them for real.
TOKENS = {
    "AWS access key": ["AKIA" + made(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")],
    "GitHub token": ["ghp_" + made(36), "gho_" + made(36), "github_pat_" + made(82)],
    "GitLab token": ["glpat-" + made(20)],
    "Slack token": ["xoxb-" + made(12, string.digits) + "-" + made(24)],
    "Slack webhook": ["https://hooks.slack.com/services/T" + made(8) + "/B" + made(8) + "/" + made(24)],
    "Stripe key": ["sk_live_" + made(24), "rk_test_" + made(24)],
    "OpenAI key": ["sk-" + made(48), "sk-proj-" + made(60)],
    "Anthropic key": ["sk-ant-api03-" + made(93)],
    "Google key": ["AIza" + made(35)],
    "npm token": ["npm_" + made(36)],
    "PyPI token": ["pypi-" + made(90)],
    "Hugging Face token": ["hf_" + made(34, string.ascii_letters)],
    "SendGrid key": ["SG." + made(22) + "." + made(43)],
    "JSON web token": ["eyJ" + made(30) + ".eyJ" + made(60) + "." + made(43)],
    "private key": [f"-----BEGIN {kind}PRIVATE KEY-----" for kind in ("", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED ")],
    "authorization header": ["Authorization: Bearer " + made(32) + "1", "bearer " + made(39) + "2"],
    "password in an address": [
        "postgres://bob:" + made(9) + "7@db.example.org/shop",
        "redis://:" + made(9) + "7@host:6379",
    ],
    "password in a command": ["curl -u admin:" + made(10) + "7 host.example.org"],
    "password": [
        'password = "' + made(9) + '7x"',
        "DB_PASSWORD=Aa7" + made(8),
        '"passwd": "' + made(9) + '7x"',
        "my password is hunter2x!",
        "the password is hunter2",
        "we switched to postgres, password = dragon99",
    ],
    "secret in an assignment": [
        "AWS_SECRET_ACCESS_KEY=" + made(39) + "1",
        "api_key: '" + made(31) + "1'",
        "the token is " + made(31) + "1",
        "client_secret => " + made(31) + "1",
    ],
}


@pytest.mark.parametrize(("name", "token"), [(name, token) for name, tokens in TOKENS.items() for token in tokens])
def test_secrets_are_found_where_they_stand(name: str, token: str) -> None:
    text = f"deploy it with {token} please"
    (found,) = find_secrets(text)
    assert found.name == name
    assert text[found.start : found.end] in token
    assert found.end - found.start >= 8


@pytest.mark.parametrize(
    "text",
    [
        hashlib.sha1(b"commit", usedforsecurity=False).hexdigest(),
        hashlib.sha256(b"layer").hexdigest(),
        f"token: {uuid.UUID(int=5 << 100)}",
        "v1.2.3-beta.4+build.99",
        "data:image/png;base64," + base64.b64encode(RANDOM.randbytes(900)).decode(),
        "integrity sha512-" + base64.b64encode(RANDOM.randbytes(64)).decode(),
        "password = os.environ['DB_PASSWORD_2']",
        "password: <your password here>",
        "password=password",
        "the password must be at least 8 characters",
        "the primary key is user_id_2024",
        "sk-learn and sk-button-primary-large",
        "max_tokens: 4096",
        "api_key=YOUR_API_KEY_HERE_123",
        "secret: my-kubernetes-secret-name-1",
        "const token = await getToken(user2)",
        "postgres://postgres:postgres@localhost/db",
        "postgres://user:${DB_PASS}@host/x",
        "http://localhost:8080/a@b",
        "bearer token authentication",
        "the token is refreshed every 15 minutes",
        "foreign_key: users_2024_table_id",
        "secret sauce, SKU12345",
    ],
)
def test_what_only_looks_random_is_none(text: str) -> None:
    assert find_secrets(text) == ()


def test_no_example_the_gate_learned_from_is_taken_for_a_secret() -> None:
    examples = [line for path in EXAMPLES for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(examples) > 1000
    assert [line for line in examples if find_secrets(line)] == []


def test_several_are_given_in_order_without_overlaps() -> None:
    first, second = TOKENS["GitHub token"][0], TOKENS["npm token"][0]
    found = find_secrets(f"token = {first} and {second}")
    assert [one.name for one in found] == ["secret in an assignment", "npm token"]


@pytest.mark.parametrize(
    ("start", "end", "touched"), [(0, 10, False), (0, 11, True), (15, 16, True), (20, 30, False), (35, 99, True)]
)
def test_words_are_touched_by_a_secret_that_overlaps_them(start: int, end: int, touched: bool) -> None:
    assert is_touched([SecretFound("a", 10, 20), SecretFound("b", 30, 40)], start, end) is touched


def test_a_letter_whose_small_form_is_longer_moves_no_place() -> None:
    said = ["PassWord = 'Hunter22x!'", "API_KEY: " + made(31) + "1"]
    text = "İİİ " + " and ".join(said)
    assert [text[one.start : one.end] for one in find_secrets(text)] == said


def test_a_path_with_the_cue_of_a_token_hides_no_token_after_it() -> None:
    token = "M" + made(23) + "." + made(6) + "." + made(27)
    (found,) = find_secrets(f"see src/components/settings.page.tsx, it has {token}")
    assert found.name == "Discord token"


def test_places_are_found_again_once_the_secrets_are_masked() -> None:
    token = "ghp_" + made(36)
    text = f"ab {token} cd {token} ef"
    secrets = find_secrets(text)
    kept = masked(text, secrets)
    begins, ends = [one.start for one in secrets], [one.end for one in secrets]

    def places(*spans: tuple[int, int]) -> list[str]:
        return [kept[start:end] for start, end in masked_places(spans, secrets)]

    assert places((0, 2), (ends[0] + 1, ends[0] + 3), (len(text) - 2, len(text))) == ["ab", "cd", "ef"]
    assert places((0, ends[0]), (ends[0] + 1, len(text))) == ["ab [GitHub token]", "cd [GitHub token] ef"]
    # Of a secret that is only partly in a place, its whole name is.
    assert places((0, begins[0] + 4), (begins[1] + 4, len(text))) == ["ab [GitHub token]", "[GitHub token] ef"]
    assert masked_places([(0, 2)], ()) == ((0, 2),)
