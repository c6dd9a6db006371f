"""Trains and measures the gate: offline only, with scikit-learn (the extra `train`)."""
