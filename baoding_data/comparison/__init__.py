"""Like with like: shares of two counts, and one indicator beside others of its kind."""
