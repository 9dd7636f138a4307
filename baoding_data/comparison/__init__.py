"""Like with like: shares of two counts, and one indicator beside those of other places and years."""
