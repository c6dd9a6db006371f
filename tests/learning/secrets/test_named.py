from __future__ import annotations

import time

import pytest

from learnchat.learning.secrets.finding import find_secrets, masked

# Put together at run time, so that no scanner of the repository takes them for real.
SHORT = "9f8d7c" + "6b5a4e"
LONG = SHORT + "3f2d" + "1c0b"
MIXED = "3kf9" + "d8s7Qx"
CHOSEN = "blaBla" + "99zz"
FEW = "f00ba4" * 3
SERIAL = "ABCD-EFGH" + "-1234-5678"


@pytest.mark.parametrize(
    ("sentence", "secret", "name"),
    [
        ("my api key is {}", SHORT, "key"),
        ("my api key is {}", LONG, "key"),
        ("the API key is Ab3d{}", "EfGhIjKl", "key"),
        ("api key: {}", LONG, "key"),
        ("The API key for staging is {}, ask Bob", SHORT, "key"),
        ("use the api key {}", LONG, "key"),
        ("the stripe key is {}", SHORT, "key"),
        ("the key is {}", LONG, "key"),
        ("the api key is: {}", SHORT, "key"),
        ("the key for the stripe account is {}", SHORT, "key"),
        ("Stripe's key is {}", LONG, "key"),
        ("our API key is {}", "3f2504e0-4f89-41d3" + "-9a0c-0305e82c3301", "key"),
        ("the aws secret access key is {}", "wJalrXUtnFEMI" + "/K7MDENG/bPxRfiCYzzzKEY12", "key"),
        ("the license key is {}", SERIAL, "key"),
        ("license key: {}", SERIAL.lower(), "key"),
        ("der API-Schlüssel ist {}", SHORT, "key"),
        ("Lizenzschlüssel: {}", SERIAL, "key"),
        ("the github token is {}", SHORT, "token"),
        ("client secret is {}", MIXED, "secret"),
        ("our jwt secret is {}", CHOSEN, "secret"),
        ("JWT_SECRET={}", CHOSEN, "secret"),
        ("signing secret: {}", FEW, "secret"),
        ("the webhook secret for prod is now {}", MIXED, "secret"),
    ],
)
def test_a_key_that_is_named_in_a_sentence_is_found_and_masked(sentence: str, secret: str, name: str) -> None:
    text = "We deploy at night. " + sentence.format(secret)
    found = find_secrets(text)
    assert [one.name for one in found] == [name]
    assert secret not in masked(text, found)


@pytest.mark.parametrize(
    "text",
    [
        "the key is to keep it simple",
        "the primary key is user_id",
        "the api key is in the vault",
        "the secret is rotated monthly",
        "the client secret is called STRIPE_SECRET",
        "the cache key is tenant:id",
        "press the key A",
        "the foreign key is order_id",
        "the license key is checked at start",
        # Each beside one of the sentences above.
        f"the cache key is {LONG}",
        f"the idempotency key is {LONG}",
        f"the public key is {LONG}",
        f"duplicate key {SHORT} in the table",
        f"unexpected token {SHORT}",
        f"the key {LONG} is not in the map",
        f"the key is {SHORT}",
        f"the key for the row is {SHORT}",
        f"the search's key is {LONG}",
        "the tenant key is 3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "the api key is 11111111-2222-3333-4444-555555555555",
        "the key is user2024orders",
        "the redis key is user:42:orders",
        "the s3 key is uploads/2024/" + SHORT + ".png",
        "the stripe key is STRIPE_SECRET_KEY",
        "the stripe key is in .env.local",
        "the api key goes into config/settings2.toml",
        "the api key header is X-Api-Key",
        "our api keys are rotated every 90days",
        "the ssh key is id_ed25519_work",
        "the encryption key is AES-256-GCM",
        "the model key is gpt-4o-2024-08-06",
        "the model key is claude-3-5-sonnet-20241022",
        "the issue key is PROJ-1234",
        "license key: XXXX-XXXX-XXXX-XXXX",
        "the license key format is AAAA-BBBB-CCCC",
        "the jwt secret is HS256-signed",
        "the client secret is base64-encoded",
        "the client secret is 32-characters long",
        "the test secret is e2e-test-secret-for-ci",
        "the kubernetes secret is db-access2",
        "the github secret is DEPLOY_TOKEN2",
        "client_secret = make_secret2()",
        "webhook_secret: ${WEBHOOK_SECRET}",
        "api_key: Optional[str] = None",
        "the token is a JWT, it expires in 15min",
        "der Primärschlüssel ist user_id2",
        "der Schlüssel ist die Mail-Adresse",
    ],
)
def test_what_is_said_of_keys_is_none(text: str) -> None:
    assert find_secrets(text) == ()


def test_a_letter_whose_small_form_is_longer_moves_no_place() -> None:
    text = f"İİİ my API Key is {SHORT}"
    (found,) = find_secrets(text)
    assert text[found.start : found.end] == SHORT


@pytest.mark.parametrize(
    "unit", ["key for ", "api key is ", "secret: ", "schlüssel ", "-key-", "license key is A1B2-", "key=A1B2-C3D4-"]
)
def test_a_text_made_to_be_slow_is_not(unit: str) -> None:
    began = time.process_time()
    find_secrets(unit * (100_000 // len(unit)))
    assert time.process_time() - began < 1.0
