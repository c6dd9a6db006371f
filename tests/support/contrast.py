"""How well a text can be read on its ground, by the formula of WCAG 2.2 (1.4.3, "contrast ratio")."""

from __future__ import annotations

from textual.color import Color


def luminance(colour: Color) -> float:
    """From 0, black, to 1, white."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part / 255) for part in colour.rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(text: str, background: str) -> float:
    """From 1, the same, to 21, black on white."""
    under = Color.parse(background)
    over = under + Color.parse(text)
    light, dark = sorted((luminance(over), luminance(under)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
