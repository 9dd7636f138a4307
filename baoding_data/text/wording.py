"""A figure as a sentence says it, in Chinese and in English."""

from baoding_data.text.numbers import alone


def chinese(row):
    """A number as a Chinese sentence says it: 316件, 2万多名, 99%以上.

    >>> chinese({"printed": "99%", "value": 99, "unit": "%", "bound": "at_least"})
    '99%以上'
    """
    unit = "" if row["unit"] == "%" else row["unit"]
    printed = row["printed"] or f"{row['value']}"
    number = (
        printed
        + (
            "%"
            if row["unit"] == "%" and "%" not in printed and not printed.startswith("百分")
            else ""
        )
        + unit
    )
    stated = alone(printed, row["unit"])
    if row["bound"] == "exact" or stated and stated.bound == row["bound"]:
        return number
    if row["bound"] == "at_least":
        return f"{number}以上" if row["unit"] == "%" else f"不少于{number}"
    if row["bound"] == "more_than":
        return f"超过{number}"
    return {"about": "约", "less_than": "不足", "at_most": "不超过"}[row["bound"]] + number


def english(tables, row):
    """A number as an English sentence says it: 316, more than 20,000, at least 99 %.

    >>> english(None, {"value": 20405, "unit": "件", "bound": "exact"})
    '20,405'
    """
    number = f"{row['value']:,}" + (" %" if row["unit"] == "%" else "")
    return (
        number
        if row["bound"] == "exact"
        else f"{tables.words[('bound', row['bound'])]['en']} {number}"
    )
