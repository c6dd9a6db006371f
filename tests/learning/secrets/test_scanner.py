from __future__ import annotations

import logging
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import from_regex

from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.secrets import scanner
from learnchat.learning.secrets.finding import find_secrets
from learnchat.learning.secrets.scanner import find_all_secrets, warm
from support.memory import make_place
from support.secret_shapes import SECRETS, innocents, made

ROOT = Path(__file__).parents[3]


def test_the_list_of_shapes_is_as_long_as_it_should_be() -> None:
    assert len(set(SECRETS.values())) >= 60


@pytest.mark.parametrize("name", SECRETS)
def test_each_shape_is_found_by_the_fast_look_and_by_the_thorough_one(name: str) -> None:
    text = f"We deploy with {SECRETS[name]} on staging"
    for look in (find_secrets, find_all_secrets):
        found = look(text)
        assert found
        assert any(text[each.start : each.end] in SECRETS[name] for each in found)


@pytest.mark.parametrize("look", [find_secrets, find_all_secrets])
def test_of_hashes_versions_images_and_code_at_most_two_in_a_hundred_are_taken_for_secrets(look) -> None:
    texts = list(innocents(ROOT))
    alarms = [text for text in texts if look(text)]
    assert len(texts) >= 500
    assert len(alarms) <= 0.02 * len(texts), alarms[:5]


def test_the_scanner_knows_shapes_that_ours_do_not() -> None:
    text = "jfrog has AP6" + made(70)
    assert not find_secrets(text)
    assert [each.name for each in find_all_secrets(text)] == ["Artifactory Credentials"]


@pytest.mark.parametrize("pattern", [pattern for rule in scanner._rules() for pattern in rule.denylist])
def test_no_rule_finds_anything_where_none_is_asked(pattern: re.Pattern[str]) -> None:
    @settings(max_examples=25, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(from_regex(pattern))
    def check(text: str) -> None:
        assert scanner._PLACE.search(text)

    check()


def test_most_of_what_is_remembered_is_saved_without_the_scanner() -> None:
    code = (
        "import sys\n"
        "from learnchat.learning.secrets.scanner import find_all_secrets\n"
        "find_all_secrets('We use pnpm, not npm: configuration and documentation live in docs/')\n"
        "assert 'detect_secrets' not in sys.modules\n"
        "find_all_secrets('jfrog has AP6abcdefgh1')\n"
        "assert 'detect_secrets' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_nothing_is_verified_and_nothing_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with caplog.at_level(logging.DEBUG):
        for secret in SECRETS.values():
            find_all_secrets(secret)
    out, err = capfd.readouterr()
    assert not any(secret in caplog.text + out + err for secret in SECRETS.values())


@pytest.mark.parametrize("unit", ["eyJ", "artif ", "aws key ", "cloudant_pwd=", "AC", "-us", "BEGIN PRIVATE KEY"])
def test_a_text_made_to_be_slow_is_not(unit: str) -> None:
    warm()
    began = time.process_time()
    find_all_secrets((unit * 4000)[:4000])
    assert time.process_time() - began < 0.5


def test_a_secret_across_two_parts_of_a_long_text_is_found() -> None:
    secret = "jfrog has AP6" + made(70)
    assert find_all_secrets("x " * 1980 + secret + " y" * 100)


def test_nothing_loads_the_scanner_before_something_is_saved() -> None:
    code = (
        "import sys, learnchat.learning.hearing.analysis, learnchat.learning.memory.profiles, learnchat.app.engine\n"
        "assert 'detect_secrets' not in sys.modules and 'requests' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("name", ["GitHub personal", "database address", "private key", "password said", "Mailchimp"])
def test_no_way_saves_a_secret_and_no_refusal_repeats_it(tmp_path: Path, name: str) -> None:
    place = make_place(tmp_path)
    profiles, secret = place.open(), SECRETS[name]
    ways = [
        lambda: profiles.remember(f"We deploy with {secret}"),
        lambda: profiles.remember("We deploy at night", tags=[secret]),
        lambda: profiles.confirm(place.proposal(f"We deploy with {secret}"), "toast"),
        lambda: profiles.confirm(place.proposal("We deploy at night", quote=f"at night with {secret}"), "toast"),
        lambda: profiles.confirm(place.proposal("We deploy at night", because=secret), "toast"),
    ]
    for number, way in enumerate(ways):
        if number == 1 and name != "GitHub personal":
            continue  # a tag keeps letters and digits only
        with pytest.raises(ProfileError) as refusal:
            way()
        assert "looks like a secret" in refusal.value.title
        assert secret not in f"{refusal.value.title} {refusal.value.hint}"
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert secret.encode() not in kept
