"""The colours of charts and workbook."""

INK, GREY, RULE, PAPER = "#1d2733", "#6b7684", "#d9dee4", "#ffffff"
BLUE, MID, LIGHT, RED = "#1f5f99", "#5b93c7", "#9dc3e6", "#b4362c"
