"""Articles become columns, a pattern becomes hits."""
