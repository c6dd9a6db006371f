"""What is drawn: prompt, conversation, toast, status, lists. No files, no network."""
