"""Cue tables: what the words of a statement say about whether it will still matter in weeks.

A table names each cue and gives the pattern that gives it away, matched on the statement in small letters with straight
apostrophes. No pattern holds nested or adjacent open-ended repeats, so that matching is linear.
"""
