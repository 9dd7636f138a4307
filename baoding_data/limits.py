"""How large what is read may be: far above anything that a report or its tables need, and small
enough that an answer comes within seconds. docs/scale.md has these lines as a table.
"""

FILE = 50_000_000  # bytes of any file: a table of 100,000 rows has fewer
TEXT = 1_000_000  # bytes of a report's text: that of a year has about 20,000
SENTENCE = 10_000  # characters of a sentence, or of a row of a table in a text: most have 100
NUMBERS = 5_000  # numbers in a text: the report of a year prints about 100
ROWS = 100_000  # rows of a table or draft: 30 years of all governments from county level up
CELL = 20_000  # characters of a cell: spreadsheet programs take 32,767
WORKBOOK = 50_000_000  # bytes that a draft in a workbook unpacks to: that of a year has 400,000
EXPORT = 250_000_000  # bytes that an export in a workbook unpacks to: that of a year has 200,000
MERGED = 100_000  # cells under merged cells and links of a workbook: they are made one by one
LEVELS = 10  # places above one another: from a village to the nation there are six
NEAR = 500  # characters on either side of a number that are asked what it is: farther on is another
CLAUSES = 40  # clauses of a quote: most have one, none on file more than five
PASSES = 20  # times that mark-up is taken out of mark-up: a page within a page needs two
FINDINGS = 200  # findings that are printed: nobody mends more before looking again
SHOWN = 500  # characters of what a finding found or wants: the rest is in the table
LINE = 3_000  # characters of a line of a message: of a longer one the middle is left out
DRAWN = 500  # rows of a chart: about three seconds, and two metres of paper
MARKS = 5_000  # rows of a chart of one line or one text, where each is a mark: a second
LABEL = 2_000  # characters of a cell of a chart: about a second, and more than a page
AMOUNT = 1_000_000_000_000_000_000  # of a number in a chart, its inverse at least: axes fail beyond
LIKENED = 20_000  # names compared for advice on the unknown codes of a column: about a second
