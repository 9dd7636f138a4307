"""The charts of the workbook: which figures each shows, what it is called, and its finding as a
formula that follows the cells.
"""

import re
from typing import NamedTuple

from baoding_data.words import PLACE


class Drawing(NamedTuple):
    """One chart: a topic, figures of one unit that stand below each other on its sheet, its
    subject, and its finding.

    In a finding `{a}` stands for a figure's number and `{a / b}` for one as a share of another.
    """

    key: str
    topic: str
    figures: tuple
    title: tuple
    finding: tuple


DRAWINGS = (
    Drawing(
        "licensing",
        "permissions",
        (
            "licensing_items_central",
            "licensing_items_ministries",
            "licensing_items_central_bodies",
            "licensing_items_provincial",
            "licensing_items_province_entrusted",
        ),
        ("行政许可事项，按设定或委托的层级", "Licensing items by who set or entrusted them"),
        (
            (
                "行政许可事项{licensing_items}项，其中中央层面设定{licensing_items_central}项，"
                "占{licensing_items_central / licensing_items}。"
            ),
            (
                "Of {licensing_items} licensing items, {licensing_items_central} are set by central"
                " authorities: {licensing_items_central / licensing_items}."
            ),
        ),
    ),
    Drawing(
        "suits",
        "disputes",
        ("litigation_cases", "litigation_concluded", "litigation_lost"),
        ("以本级政府为被告的行政诉讼案件", "Suits against the government itself"),
        (
            (
                "案件{litigation_cases}件，审结{litigation_concluded}件，"
                "败诉{litigation_lost}件；败诉占审结的{litigation_lost / litigation_concluded}。"
            ),
            (
                "{litigation_cases} suits, {litigation_concluded} concluded, {litigation_lost}"
                " lost: {litigation_lost / litigation_concluded} of those concluded."
            ),
        ),
    ),
    Drawing(
        "connected",
        "enforcement",
        (
            "connected_central_provincial",
            "connected_city_departments",
            "connected_county_departments",
            "connected_townships",
        ),
        (
            "已实现数据互联互通的部门和乡镇（街道）",
            "Departments, townships and subdistricts whose data are connected",
        ),
        (
            (
                "县直执法部门{connected_county_departments}个、"
                "乡镇（街道）{connected_townships}个、市直执法部门{connected_city_departments}个、"
                "中省驻保部门{connected_central_provincial}个，均已互联互通。"
            ),
            (
                "Connected: {connected_county_departments} county departments,"
                " {connected_townships} townships and subdistricts, {connected_city_departments}"
                " city departments, {connected_central_provincial} central and provincial bodies."
            ),
        ),
    ),
)


def worded(finding, values):
    """A finding with its numbers, as the formula gives it.

    >>> worded("{a} of {b}: {a / b}", {"a": 1, "b": 45})
    '1 of 45: 2.2%'
    """

    def put(match):
        part, _, whole = match[1].partition(" / ")
        return f"{100 * values[part] / values[whole]:.1f}%" if whole else f"{values[part]:,}"

    return PLACE.sub(put, finding)


def formula(findings, refs):
    """The findings, one below the other, as a formula; `refs` says in which cell a figure stands.

    >>> formula(["{a} of {b}"], "{}1".format)
    '=TEXT(a1,"#,##0")&" of "&TEXT(b1,"#,##0")'
    """
    found = []
    for number, finding in enumerate(findings):
        found += ["CHAR(10)"] * bool(number)
        for text, place in re.findall(r"([^{}]*)(?:\{([^{}]*)\})?", finding):
            part, _, whole = place.partition(" / ")
            found += ['"%s"' % text.replace('"', '""')] * bool(text)
            if place:
                found.append(
                    f'TEXT({refs(part)}/{refs(whole)},"0.0%")'
                    if whole
                    else f'TEXT({refs(part)},"#,##0")'
                )
    return "=" + "&".join(found)
