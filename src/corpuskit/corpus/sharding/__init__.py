"""Many stores, one answer."""
