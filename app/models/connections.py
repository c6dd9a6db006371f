"""What connections to services trust, and what they load when there is the first."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl

FILE, FOLDER = "SSL_CERT_FILE", "SSL_CERT_DIR"
"""What says where certificates are; the first comes before the second, and either in place of those that we bring."""


@cache
def trusted() -> ssl.SSLContext:
    """The certificates that httpx trusts, read once: 20 ms, which a client for one request would take for each.

    For a thread. Where they are looked for can be said with `SSL_CERT_FILE` and `SSL_CERT_DIR`.
    """
    import httpx

    return httpx.create_ssl_context()


def unreadable_certificates(environment: Mapping[str, str]) -> str:
    """The variable that names certificates which can't be read, and what it names; empty where all is well.

    No service is reached then, and what the libraries say of it names neither.
    """
    import ssl  # 10 ms

    if file := environment.get(FILE):
        try:
            ssl.create_default_context(cafile=file)
        except (OSError, ValueError):
            return f"{FILE} names {file}"
    elif (folder := environment.get(FOLDER)) and not Path(folder).is_dir():
        return f"{FOLDER} names {folder}"
    return ""


def warm() -> None:
    """Load what the first connection would load on the event loop, in 40 ms: for a thread."""
    import anyio

    trusted()
    # It chooses its other half, which knows asyncio, when it is first used.
    anyio.run(anyio.sleep, 0)
