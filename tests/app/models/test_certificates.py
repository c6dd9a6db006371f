from __future__ import annotations

import os
import ssl
from pathlib import Path

import certifi
import pytest

from learnchat.app.models.connections import trusted, unreadable_certificates
from learnchat.app.models.failures import explain
from learnchat.app.models.listing import list_models
from support.commands import CommandLine

REFUSED = "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate"


@pytest.fixture(autouse=True)
def forget_what_is_trusted() -> None:
    trusted.cache_clear()


def chained(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def test_what_can_not_be_read_is_named_with_its_variable(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pem"
    broken.write_text("none of these is a certificate")
    good = certifi.where()
    for environment, named in (
        ({}, ""),
        ({"SSL_CERT_FILE": good}, ""),
        ({"SSL_CERT_FILE": good, "SSL_CERT_DIR": "/nowhere"}, ""),
        ({"SSL_CERT_DIR": str(tmp_path)}, ""),
        ({"SSL_CERT_FILE": "/nowhere/ca.pem"}, "SSL_CERT_FILE names /nowhere/ca.pem"),
        ({"SSL_CERT_FILE": str(broken)}, f"SSL_CERT_FILE names {broken}"),
        ({"SSL_CERT_DIR": "/nowhere"}, "SSL_CERT_DIR names /nowhere"),
    ):
        assert unreadable_certificates(environment) == named


@pytest.mark.parametrize("provider", ["anthropic", "openai"])
def test_a_question_that_fails_for_it_says_so(
    learnchat: CommandLine, provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{provider.upper()}_API_KEY", "a-key-of-the-tests")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    result = learnchat("ask", "--model", f"{provider}/a-model", "hi")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("learnchat: SSL_CERT_FILE names /nowhere/ca.pem, and no certificates can be read")
    said = list_models(provider, os.environ).error
    assert said is not None
    assert "SSL_CERT_FILE" in said.title
    found = learnchat("doctor", "--offline", "--json").json["findings"]
    assert [each["state"] for each in found if each["subject"] == "certificates"] == ["wrong"]


def test_a_certificate_that_nobody_vouches_for_is_no_lack_of_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    error = chained(type("ConnectError", (Exception,), {})(REFUSED), ssl.SSLCertVerificationError(REFUSED))
    said = explain(error, "anthropic", "claude-x")
    assert said.title == "The certificate that Anthropic shows is not trusted."
    assert "SSL_CERT_FILE" in said.hint
    monkeypatch.setenv("SSL_CERT_DIR", "/nowhere")
    assert explain(error, "anthropic", "claude-x").title.startswith("SSL_CERT_DIR names /nowhere,")


def test_what_a_service_answered_has_nothing_to_do_with_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    refused = Exception("no")
    refused.status_code = 401  # type: ignore[attr-defined]
    assert explain(refused, "gemini", "gemini-x").kind == "refused_key"
    nobody = type("ConnectError", (Exception,), {})("refused")
    assert "ollama serve" in explain(nobody, "ollama", "llama3").hint
