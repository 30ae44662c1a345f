"""The company that words keep."""
