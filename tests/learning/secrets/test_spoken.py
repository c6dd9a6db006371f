from __future__ import annotations

import time

import pytest

from learnchat.learning.secrets.finding import find_secrets, masked

# Put together at run time, so that no scanner of the repository takes them for real.
STRONG = "Tr0ub4" + "dor&3"
LETTERS_AND_DIGITS = "hunter2" * 2
SHORT = "admin" + "123"
SUMMER = "Sommer" + "2026!"

TOLD = [
    "the admin password for staging is {}",
    "The staging admin's password is {}.",
    "the password is: {}",
    "password for staging: {}",
    "password for the staging database on db1: {}",
    "use the password {} for the admin",
    "please log in with password {}",
    "the staging login is admin, password {}",
    "user admin password {}",
    "staging root pw is {}",
    "PW: {}",
    "my password is {}",
    "the password is now {}",
    "the password was `{}`",
    'the password for root is "{}"',
    "passphrase for the key: {}",
    "das Passwort ist {}",
    "das Passwort für den Server lautet {}",
    "Datenbankpasswort: {}",
    "mit dem Kennwort {} geht es",
    "le mot de passe est {}",
    "le mot de passe pour la base : {}",
    "la contraseña es {}",
    "la contraseña para staging es {}",
    "login with admin / {}",
    "log in as admin:{}",
    "Login for staging: admin / {}",
    "the credentials are bob / {}",
    "creds: admin/{}",
    "the password was changed to {}",
    "logged in with bob@example.org / {}",
    "Zugangsdaten: admin / {}",
]


@pytest.mark.parametrize("password", [STRONG, LETTERS_AND_DIGITS, SHORT, SUMMER])
@pytest.mark.parametrize("sentence", TOLD)
def test_a_password_in_a_sentence_is_found_and_masked(sentence: str, password: str) -> None:
    text = "We deploy at night. " + sentence.format(password)
    found = find_secrets(text)
    assert [one.name for one in found] == ["password"]
    assert password.rstrip("!") not in masked(text, found)


@pytest.mark.parametrize(
    "sentence",
    [
        "basic auth kim:{}",
        "basic auth for staging: kim:{}",
        "basic auth (kim:{})",
        "login kim / {}",
        "user kim pass {}",
        "username: kim, pass: {}",
        "credentials: kim {}",
        "the credentials for staging are kim {}.",
    ],
)
@pytest.mark.parametrize("password", [STRONG, "blumen" + "kohl7", "geheim" + "123"])
def test_a_password_beside_somebodys_name_is_found_and_masked(sentence: str, password: str) -> None:
    text = sentence.format(password)
    found = find_secrets(text)
    assert [one.name for one in found] == ["password"]
    assert password not in masked(text, found)


@pytest.mark.parametrize(
    "text",
    [
        "login with github",
        "user kim passes the test",
        "user kim passed 12tests",
        "user tests pass python3.12",
        "the user can pass options2024",
        "pass the user id to login",
        "username and pass are required",
        "login kim / staging",
        "login left / right2",
        "login works / dashboard2",
        "login page / checkout2024",
        "login test / example2024",
        "login or signup / checkout2",
        "credentials: see vault2024",
        "credentials: use staging2024",
        "credentials: kim blumenkohl7 knows them",
        "credentials are kept locally",
        "basic auth on staging: see README",
        "basic auth user:password",
    ],
)
def test_what_stands_beside_somebodys_name_is_none(text: str) -> None:
    assert find_secrets(text) == ()


@pytest.mark.parametrize(
    "sentence", ["the admin password {}", "DB password {} if asked", "I changed the password to {}"]
)
def test_what_only_follows_the_word_must_look_like_little_else(sentence: str) -> None:
    assert find_secrets(sentence.format(STRONG))
    assert not find_secrets(sentence.format("Argon2Hasher"))


@pytest.mark.parametrize(
    "password",
    [
        "k8s-" + "hunter",
        "k8s-secret-" + "42",
        "k9s-" + "secret",
        "K8s-" + "secret1",
        "k8s-secret" + "!",
        "k8s" + "secret",
    ],
)
def test_what_is_only_like_a_name_is_a_password(password: str) -> None:
    assert find_secrets(f"the password is {password}")
    assert find_secrets(f"password: {password}")


def test_a_password_before_a_bracket_is_one() -> None:
    assert find_secrets(f"the password is {STRONG}(for now)")
    assert find_secrets("PASSWORD=" + "Winter" + "2025!(x)")


def test_what_is_masked_is_the_password_alone() -> None:
    text = f"the admin password for staging is {STRONG}, ask Bob"
    assert masked(text, find_secrets(text)) == "the admin password for staging is [password], ask Bob"


@pytest.mark.parametrize(
    "text",
    [
        # Each beside one of the sentences above.
        "the admin password for staging is in 1Password",
        "the admin password for staging is required",
        "the password for staging: see the wiki",
        "the password for staging: config/db2.yml",
        "use the password field for the admin",
        "use the password reset for the admin",
        "the staging login is admin, password on request",
        "the password is hashed with bcrypt",
        "the password is argon2id-hashed",
        "the password is base64-encoded",
        "the password is sha512 with a salt",
        "the password is SHA-256-hashed",
        "the password is AES-256-GCM",
        "the password bug is fixed, the password is PROJ-1234 still",
        "the password is k8s-secret",
        "the password for the database is k8s-prod-secret.",
        "das Passwort ist k8s-secret",
        "password: k8s-secret",
        "password = 'k8s-secret'",
        "the password is s3-bucket",
        "the password is i18n-key",
        "the password is called foo-bar",
        "the token is called foo-bar",
        "the token is called k8s-secret",
        "password = faker.password2()",
        "self.password = make_hash2(pw)",
        "the password must be 12 characters",
        "the password is 12-characters long",
        "the password is 64bytes at most",
        "the password is case-sensitive!",
        "the password is required!",
        "the password is somebody's",
        "reset the password for staging",
        "reset the password for user2024",
        "password is required",
        "the password field is red",
        "the password is DB_PASSWORD_2 in the environment",
        "the password is admin_password2 there",
        "the password was changed on 2026-11-21",
        "the password is bob@example.org's",
        "the password is /run/secrets/db2",
        "the password is settings.py2",
        "the password is <staging-password-1>",
        "the password is ${DB_PASS1}",
        "the password is v2.10.3-only",
        "password OAuth2Client is the class",
        "with password hashing",
        "login with password auth0",
        "use the password to log in, the rule is step2b",
        "use the password in 2024.1-style files",
        "the pwd is /home/user2/shop",
        "2 tests pass: login2 and login3",
        "the password policy: 12 characters, 1 digit, 1 sign",
        "das Passwort ist zu kurz",
        "das Passwort ist 8-stellig",
        "das Kennwort wird mit bcrypt gehasht",
        "le mot de passe est obligatoire !",
        "la contraseña es obligatoria",
        "the password is correct.&quot;);",
        "login with admin / bob",
        "the login route is admin/users2",
        "and password reset2 flow",
        "the password was changed to snake_case2",
        "login with google/oauth2",
        "login via http/2 on staging1/staging2",
        "login: src/login2.py:120",
        "log in as admin: first2 steps",
        "the login page / login2 page",
        "the credentials are in vault/staging2",
        "logging: root:handlers2",
    ],
)
def test_what_is_said_of_passwords_is_none(text: str) -> None:
    assert find_secrets(text) == ()


def test_a_letter_whose_small_form_is_longer_moves_no_place() -> None:
    text = f"İİİ the admin Password for staging is {STRONG}"
    (found,) = find_secrets(text)
    assert text[found.start : found.end] == STRONG


@pytest.mark.parametrize(
    "unit",
    [
        "password for ",
        "password ",
        "pw: ",
        "login a ",
        "login with a/",
        "passwort,",
        "user kim pass ",
        "credentials for ",
        "basic auth a",
    ],
)
def test_a_text_made_to_be_slow_is_not(unit: str) -> None:
    began = time.process_time()
    find_secrets(unit * (100_000 // len(unit)))
    assert time.process_time() - began < 1.0
