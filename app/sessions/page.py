"""A conversation as one HTML page that needs nothing else: no script, no picture, no style from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from learnchat.learning.clock import local
from learnchat.learning.text import neutralise, one_line
from learnchat.learning.transcripts.session import Utterance

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
article { margin: 1.5rem 0; padding-left: 1rem; border-left: 3px solid #8884; }
article.user { border-color: #37c; }
header { font-size: .85rem; opacity: .7; }
pre { overflow-x: auto; padding: .75rem; background: #8882; }
.said { white-space: pre-wrap; overflow-wrap: anywhere; }
:root { color-scheme: light dark; }
"""
# Nothing is loaded or run, should anything in a text ever get past the escaping.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page_of(title: str, said: Sequence[Utterance]) -> str:
    """The page. The user's words are shown as they are; replies are set as Markdown, HTML in them as the text it is."""
    articles = "\n".join(map(_article, said))
    heading = escape(one_line(title))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{heading}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{heading}</h1>\n"
        f"{articles}\n</body>\n</html>\n"
    )


def _article(message: Utterance) -> str:
    user = message.role == "user"
    speaker = "You" if user else one_line(str(message.facts.get("model") or "Model"))
    at = f" · {local(message.at):%Y-%m-%d %H:%M}" if message.at is not None else ""
    stopped = " · stopped" if message.facts.get("stopped") else ""
    text = neutralise(message.text).encode("utf-8", "replace").decode()
    body = f'<div class="said">{escape(text)}</div>' if user else _set(text)
    return f'<article class="{message.role}">\n<header>{escape(speaker + at + stopped)}</header>\n{body}\n</article>'


def _set(text: str) -> str:
    from markdown_it import MarkdownIt

    # No pictures: they would be loaded from wherever a model says. Links that run something are refused by the parser.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    return str(parser.render(text)).strip()
