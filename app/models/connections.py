"""What connections to services trust, and what they load when there is the first."""

from __future__ import annotations

import ssl
from functools import cache


@cache
def trusted() -> ssl.SSLContext:
    """The certificates that httpx trusts, read once: 20 ms, which a client for one request would take for each.

    For a thread. Where they are looked for can be said with `SSL_CERT_FILE` and `SSL_CERT_DIR`.
    """
    import httpx

    return httpx.create_ssl_context()


def warm() -> None:
    """Load what the first connection would load on the event loop, in 40 ms: for a thread."""
    import anyio

    trusted()
    # It chooses its other half, which knows asyncio, when it is first used.
    anyio.run(anyio.sleep, 0)
