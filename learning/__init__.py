"""The engine: transcripts, detectors, gate, proposals, profile, recall. No Textual, no network."""
