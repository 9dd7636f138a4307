"""The audit: the rules that hold tables and texts together."""
