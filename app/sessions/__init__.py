"""Conversations that were held before: found, taken up, printed for other programs."""
