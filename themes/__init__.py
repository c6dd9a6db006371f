"""Theme files (TOML), the style sheet, and their loader."""
