"""The detectors: each hears one kind of statement."""
