"""Commands that try to make the profile lose something: `python -m torture.kills`, `python -m torture.writers`.

Run them in the tests' folder. The test suite runs the same at a smaller size.
"""
