"""Files, folders, pictures and piped input that go along with a message: `@path`."""
