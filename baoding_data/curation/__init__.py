"""A new report on its way into the tables."""
