"""Every text colour on every background it stands on, by the formula of WCAG 2.2."""

from __future__ import annotations

import pytest
from textual.color import Color

from learnchat.themes.loader import load_theme, theme_names

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


def variables(name: str) -> dict[str, str]:
    theme = load_theme(name)
    return {**theme.to_color_system().generate(), **theme.variables}


def luminance(colour: Color) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part / 255) for part in colour.rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(text: str, background: str) -> float:
    under = Color.parse(background)
    over = under + Color.parse(text)
    light, dark = sorted((luminance(over), luminance(under)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


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
