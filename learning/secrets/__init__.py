"""Keys, tokens and passwords: found by their shapes, and by a kept scanner."""
