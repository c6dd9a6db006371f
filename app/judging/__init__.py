"""The judge in the program: which models are asked, in which order, for how much, and with whose consent."""
