"""A pattern becomes hits."""
