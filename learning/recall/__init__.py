"""Finding the insights that bear on a message, and giving them to the model."""
