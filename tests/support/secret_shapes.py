"""Synthetic secrets, and what only looks like one. All of it is put together at run time from parts, so that no scanner
takes this file for a leak.
"""

from __future__ import annotations

import base64
import hashlib
import json
import random
import string
import uuid
from collections.abc import Iterator
from pathlib import Path

HEX = "0123456789abcdef"
UPPER = string.ascii_uppercase + string.digits
ALL = string.ascii_letters + string.digits
URL = ALL + "-_"


def made(length: int, alphabet: str = ALL, seed: object = 0) -> str:
    source = random.Random(f"{length} {alphabet} {seed}")
    return "".join(source.choice(alphabet) for _ in range(length))


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


# Name of a shape -> the parts of a token of it, joined without anything between them.
PARTS: dict[str, tuple[str, ...]] = {
    "AWS access key": ("AKIA", made(16, UPPER)),
    "AWS session key": ("ASIA", made(16, UPPER)),
    "AWS secret key": ("AWS_SECRET_ACCESS_KEY=", made(40, ALL + "/+"), "7"),
    "Google API key": ("AIza", made(35, URL)),
    "Google OAuth secret": ("GOCSPX-", made(28, URL)),
    "Google OAuth token": ("ya29.", made(80, URL)),
    "Azure client secret": ("abc", "8Q~", made(34, ALL)),
    "Azure storage key": ("AccountName=shop;AccountKey=", made(86, ALL + "+/"), "=="),
    "Azure shared access": ("?sv=2022-11-02&sig=", made(43, ALL), "%3D"),
    "DigitalOcean": ("dop_v1_", made(64, HEX)),
    "Alibaba": ("LTAI", made(20)),
    "Tencent": ("AKID", made(32)),
    "Heroku": ("HRKU-", made(60, URL)),
    "Netlify": ("nfp_", made(40)),
    "Fly.io": ("fm2_", made(100, ALL + "+/")),
    "Cloudflare origin": ("v1.0-", made(24, HEX), "-", made(146, HEX)),
    "Supabase": ("sbp_", made(40, HEX)),
    "PlanetScale": ("pscale_tkn_", made(43, URL)),
    "Databricks": ("dapi", made(32, HEX)),
    "Tailscale": ("tskey-auth-", made(12), "-", made(32)),
    "GitHub personal": ("ghp_", made(36)),
    "GitHub OAuth": ("gho_", made(36)),
    "GitHub app": ("ghs_", made(36)),
    "GitHub refresh": ("ghr_", made(76)),
    "GitHub fine-grained": ("github_pat_", made(82, ALL + "_")),
    "GitLab personal": ("glpat-", made(20, URL)),
    "GitLab runner": ("glrt-", made(20, URL)),
    "Atlassian": ("ATATT3", made(186, URL)),
    "Bitbucket": ("ATBB", made(32)),
    "npm": ("npm_", made(36)),
    "PyPI": ("pypi-", "AgEIcHlwaS5vcmc", made(90, URL)),
    "RubyGems": ("rubygems_", made(48, HEX)),
    "crates.io": ("cio", made(32)),
    "NuGet": ("oy2", made(43, string.ascii_lowercase + string.digits)),
    "Docker": ("dckr_pat_", made(27, URL)),
    "JFrog": ("AKCp", made(69)),
    "SonarQube": ("sqp_", made(40, HEX)),
    "CircleCI": ("CCIPAT_", made(22), "_", made(40, HEX)),
    "Pulumi": ("pul-", made(40, HEX)),
    "Terraform": (made(14), ".atlasv1.", made(67, URL)),
    "Vault": ("hvs.", made(90, URL)),
    "Doppler": ("dp.pt.", made(43)),
    "1Password": ("ops_", "eyJ", made(250, ALL)),
    "age": ("AGE-SECRET-KEY-1", made(58, UPPER)),
    "Postman": ("PMAK-", made(24, HEX), "-", made(34, HEX)),
    "Figma": ("figd_", made(43, URL)),
    "Grafana": ("glsa_", made(32), "_", made(8, HEX)),
    "Sentry": ("sntryu_", made(64, HEX)),
    "New Relic": ("NRAK-", made(27, UPPER)),
    "Dynatrace": ("dt0c01.", made(24, UPPER), ".", made(64, UPPER)),
    "Slack bot": ("xoxb-", made(12, string.digits), "-", made(24)),
    "Slack app": ("xapp-1-", made(11, UPPER), "-", made(13, string.digits), "-", made(64, HEX)),
    "Slack webhook": ("https://hooks.slack", ".com/services/T", made(8, UPPER), "/B", made(8, UPPER), "/", made(24)),
    "Discord bot": ("M", made(23), ".", made(6), ".", made(38, URL)),
    "Discord webhook": ("https://discord.com/api", "/webhooks/", made(18, "123456789"), "/", made(68, URL)),
    "Telegram": (made(9, "123456789"), ":AA", made(33, URL)),
    "SendGrid": ("SG.", made(22, URL), ".", made(43, URL)),
    "Mailgun": ("key-", made(32, HEX)),
    "Mailchimp": (made(32, HEX), "-us", "14"),
    "Brevo": ("xkeysib-", made(64, HEX), "-", made(16)),
    "Resend": ("re_", made(8), "_", made(24)),
    "Twilio": ("SK", made(32, HEX)),
    "Linear": ("lin_api_", made(40)),
    "Notion": ("ntn_", made(46)),
    "Airtable": ("pat", made(14), ".", made(64, HEX)),
    "Dropbox": ("sl.", made(140, URL)),
    "Okta": ("Authorization: SSWS ", made(42, URL)),
    "Facebook": ("EAA", made(120)),
    "Stripe live": ("sk_live_", made(24)),
    "Stripe restricted": ("rk_live_", made(99)),
    "Stripe webhook": ("whsec_", made(32)),
    "Square": ("sq0csp-", made(43, URL)),
    "Shopify": ("shpat_", made(32, HEX)),
    "Razorpay": ("rzp_live_", made(14)),
    "Plaid": ("access-production-", str(uuid.UUID(made(32, HEX)))),
    "OpenAI": ("sk-", made(20), "T3Blbk", "FJ", made(20)),
    "OpenAI project": ("sk-proj-", made(120, URL)),
    "OpenRouter": ("sk-or-v1-", made(64, HEX)),
    "DeepSeek": ("sk-", made(32, HEX)),
    "Anthropic": ("sk-ant-api03-", made(93, URL), "AA"),
    "Hugging Face": ("hf_", made(34, string.ascii_letters)),
    "Groq": ("gsk_", made(52)),
    "xAI": ("xai-", made(80)),
    "Perplexity": ("pplx-", made(48)),
    "Replicate": ("r8_", made(37)),
    "Pinecone": ("pcsk_", made(6), "_", made(63)),
    "LangSmith": ("lsv2_pt_", made(32, HEX), "_", made(10, HEX)),
    "ElevenLabs": ("sk_", made(48, HEX)),
    "JSON web token": (encoded({"alg": "HS256"}), ".", encoded({"sub": "1234567890"}), ".", made(43, URL)),
    "private key": ("-----BEGIN ", "PRIVATE KEY-----"),
    "RSA key": ("-----BEGIN RSA ", "PRIVATE KEY-----"),
    "OpenSSH key": ("-----BEGIN OPENSSH ", "PRIVATE KEY-----"),
    "PGP key": ("-----BEGIN PGP ", "PRIVATE KEY BLOCK-----"),
    "PuTTY key": ("PuTTY-User-", "Key-File-3: ssh-ed25519"),
    "bearer": ("Authorization: Bearer ", made(40), "7"),
    "basic": ("Authorization: Basic ", base64.b64encode(b"admin:" + made(12).encode() + b"7").decode()),
    "database address": ("postgres://shop:", made(12), "7@db.example.org/shop"),
    "MongoDB address": ("mongodb+srv://shop:", made(12), "7@cluster0.example.net"),
    "proxy address": ("https://bob:", made(12), "7@proxy.example.org:3128"),
    "curl login": ("curl -u bob:", made(12), "7 https://example.org"),
    "netrc": ("machine example.org login bob password ", made(12), "7"),
    "password in code": ('password = "', made(12), '7!"'),
    "password in YAML": ("db_password: Aa7!", made(10)),
    "password said": ("my password is hun", "ter2x!Q"),
    "connection string": ("Server=db;User Id=sa;Password=Aa7!", made(8), ";"),
    "API key in JSON": ('{"api_key": "', made(32, HEX), '"}'),
    "secret in environment": ("CLIENT_SECRET=", made(40), "7"),
    "token said": ("the token is ", made(40), "7"),
    "header": ("X-Api-Key: ", made(32), "7"),
    "one-time secret": ("otpauth://totp/x?secret=", made(31, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), "7"),
}

SECRETS = {name: "".join(parts) for name, parts in PARTS.items()}


def innocents(root: Path) -> Iterator[str]:
    """What is no secret: hashes, UUIDs, versions, images, lock files, ordinary code and prose."""
    source = random.Random(4)
    for number in range(60):
        data = source.randbytes(64)
        yield f"fixed in {hashlib.sha1(data, usedforsecurity=False).hexdigest()}"
        yield f"commit {hashlib.sha1(data, usedforsecurity=False).hexdigest()[:9]} broke it"
        yield f"the digest is sha256:{hashlib.sha256(data).hexdigest()}"
        yield f"md5 {hashlib.md5(data, usedforsecurity=False).hexdigest()}"
        yield f'"integrity": "sha512-{base64.b64encode(hashlib.sha512(data).digest()).decode()}",'
        yield f"request {uuid.UUID(bytes=data[:16])} failed"
        yield f'{{"id": "{uuid.UUID(bytes=data[16:32])}", "token_count": {number}}}'
        yield f"upgrade to v{number % 7}.{number}.{number * 3}-rc.{number % 4}+build.{data[:4].hex()}"
        yield "data:image/png;base64,iVBORw0KGgo" + base64.b64encode(source.randbytes(400)).decode()
        yield f"![logo](data:image/gif;base64,R0lGOD{base64.b64encode(source.randbytes(150)).decode()})"
        yield f"ssh-ed25519 {base64.b64encode(source.randbytes(51)).decode()} bob@laptop"
        yield f"at 0x{data[:8].hex()} in frame_{number} (+{number}:{number * 7})"
        yield f"image: registry.example.org/shop/api@sha256:{data[:32].hex()}"
        yield f"arn:aws:iam::{source.randrange(10**11, 10**12)}:role/deploy-{number}"
    for path in sorted((root / "learning").rglob("*.py"))[:40]:
        yield path.read_text(encoding="utf-8")[:4000]
    yield from PROSE


PROSE = (
    "password = os.environ['DB_PASSWORD_2']", "password: <your password here>", "password=password",
    "the password must be at least 8 characters", "the primary key is user_id_2024", "max_tokens: 4096",
    "sk-learn and sk-button-primary-large", "api_key=YOUR_API_KEY_HERE_123", "const token = await getToken(user2)",
    "secret: my-kubernetes-secret-name-1", "postgres://postgres:postgres@localhost/db", "postgres://u:${DB_PASS}@h/x",
    "http://localhost:8080/a@b", "bearer token authentication", "the token is refreshed every 15 minutes",
    "foreign_key: users_2024_table_id", "secret sauce, SKU12345", "token: {{ .Values.token }}",
    "API_TOKEN=$(vault read -field=token secret/ci)", "passwd: files systemd", "set the SECRET_KEY in settings.py",
    "ghp_" + "x" * 36 + " is how they look", "AKIA is what they begin with", "use sk_test_ keys on staging",
    "the key is the email address", "key: value", "sort_key=created_at_desc_2", "cache_key = f'{user}:{page}'",
    "We store passwords as argon2id hashes", "The access token expires after 3600 seconds",
    "login form, password field",
    "git@github.com:shop/shop.git", "user@example.org", "https://example.org/a?b=c&d=e#f", "key-value store",
    "the secret is to ask rarely", "docker login -u bob --password-stdin", "curl -u $USER:$PASS https://example.org",
)  # fmt: skip
