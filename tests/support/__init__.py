"""What several test folders share: a model server, a terminal, clocks. Imported as `support`."""
