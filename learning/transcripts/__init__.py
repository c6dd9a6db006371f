"""The format of session files, and the readers of them."""
