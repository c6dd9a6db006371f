"""Insights to and from other places: files of learnchat's own, of other tools, and of people."""
