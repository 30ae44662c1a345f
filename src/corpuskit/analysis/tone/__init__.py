"""The tone round a node."""
