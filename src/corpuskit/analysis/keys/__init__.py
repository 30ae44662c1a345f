"""Words that one corpus uses more than another."""
