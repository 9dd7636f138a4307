"""The reading edition: a static site of the reports, their figures and the notebooks' pages."""
