"""What can be found in a file: every code, its reason, its remedy."""
