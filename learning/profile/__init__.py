"""The profile: the confirmed insights, their files, and the decisions behind them."""
