"""Every text colour on every background it stands on, by the formula of WCAG 2.2."""

from __future__ import annotations

import pytest

from learnchat.themes.loader import load_theme, theme_names
from support.contrast import contrast

TEXTS = (
    "foreground",
    "text",
    "text-muted",
    "text-primary",
    "text-secondary",
    "text-accent",
    "text-warning",
    "text-error",
    "text-success",
    "user-mark",
    "toast-title",
    "toast-key",
    "markdown-h1-color",
    "markdown-h2-color",
    "markdown-h3-color",
    "markdown-h6-color",
    "footer-key-foreground",
    "link-color",
)
BACKGROUNDS = ("background", "surface", "panel", "user-background", "toast-background")
# On the marked row of a list.
ON_MARKED = ("foreground", "text-muted")


def variables(name: str) -> dict[str, str]:
    theme = load_theme(name)
    return {**theme.to_color_system().generate(), **theme.variables}


def test_the_formula_gives_what_the_standard_says() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", theme_names())
def test_text_can_be_read(name: str, text: str, background: str) -> None:
    colours = variables(name)
    least = 7.0 if name == "contrast" else 4.5
    assert contrast(colours[text], colours[background]) >= least


@pytest.mark.parametrize("name", theme_names())
def test_what_is_selected_and_what_the_cursor_covers_can_be_read(name: str) -> None:
    colours = variables(name)
    least = 7.0 if name == "contrast" else 4.5
    assert contrast(colours["block-cursor-foreground"], colours["block-cursor-background"]) >= least
    assert contrast(colours["background"], colours["foreground"]) >= least


@pytest.mark.parametrize("border", ["border", "border-blurred", "toast-border", "scrollbar"])
def test_in_high_contrast_every_edge_can_be_seen(border: str) -> None:
    colours = variables("contrast")
    assert contrast(colours[border], colours["background"]) >= 3


@pytest.mark.parametrize("text", ON_MARKED)
@pytest.mark.parametrize("name", theme_names())
def test_the_marked_row_of_a_list_can_be_read(name: str, text: str) -> None:
    colours = variables(name)
    assert contrast(colours[text], colours["marked"]) >= (7.0 if name == "contrast" else 4.5)
