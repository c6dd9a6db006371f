"""Commands that try to make the profile lose something: `python -m torture.kills`, `torture.writers`,
`torture.merges`, `torture.damage`, `torture.swaps`.

Run them in the tests' folder. The test suite runs the same at a smaller size.
"""
