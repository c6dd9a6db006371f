"""Whether and how to ask: what is known already, the budget of toasts, the user's answers, the inbox."""
