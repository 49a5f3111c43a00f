"""Facts about the laws: which exist, in which version, with how many articles, still in force or not."""
