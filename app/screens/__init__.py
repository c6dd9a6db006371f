"""The screens: the chat, and the dialogs that open over it."""
