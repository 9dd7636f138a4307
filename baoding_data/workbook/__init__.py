"""The workbook for meetings, and the flat table."""
