"""The errors that a person reads, for the program's own modules."""

from learnchat.learning.errors import LearnchatError

__all__ = ["LearnchatError"]
