"""Charts in the house style: each takes a tidy table and a heading."""
