"""Articles that repeat each other."""
