"""From a message to detections with a probability, and to proposals: evidence, gate, watcher."""
