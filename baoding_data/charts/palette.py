"""The colours of charts and workbook, and what they stand for."""

INK, GREY, RULE, PAPER = "#1d2733", "#6b7684", "#d9dee4", "#ffffff"
BLUE, MID, LIGHT, RED = "#1f5f99", "#5b93c7", "#9dc3e6", "#b4362c"
PARTS = (BLUE, MID, LIGHT, GREY, INK)  # neighbours differ in grey print too
ROLES = {
    "main": BLUE,
    "second": MID,
    "light": LIGHT,
    "lost": RED,
    "derived": BLUE,
    "peer": GREY,
    "near": GREY,
}
OUTLINED = ("derived", "near")  # derived figures, and peers that differ in one thing
