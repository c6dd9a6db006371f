"""The sub-commands of `learnchat`, one module each."""
