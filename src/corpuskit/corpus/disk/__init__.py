"""A corpus on disk: generations that never change, and one pointer."""
