"""What the slash commands do: a module for each subject, composed in `commands`."""
