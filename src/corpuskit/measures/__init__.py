"""Numbers in, numbers out: the formulas of the field on numpy arrays, without any corpus."""
