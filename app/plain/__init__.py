"""The chat without a screen: `learnchat ask`, and `learnchat --plain`."""
