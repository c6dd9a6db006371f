"""The judge: a language model that reads along and may only propose."""
