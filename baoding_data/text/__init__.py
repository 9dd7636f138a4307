"""A report's text and the numbers printed in it; knows no table."""
