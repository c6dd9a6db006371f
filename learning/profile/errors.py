"""What a profile refuses, and why."""

from learnchat.learning.errors import LearnchatError


class ProfileError(LearnchatError):
    """A refusal of the profile that a person reads."""
