"""The chat models: one protocol, the providers behind it, and how one is chosen."""
