"""Files become articles, with an honest account of what was not read."""
