"""The reader of numbers: its rules, its inventory, and that nothing of a number is left over."""

import re
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import IN_FULL
from hypothesis import given, settings
from hypothesis import strategies as st

from baoding_data.text import forms, inventory, rules, rules_page
from baoding_data.text.characters import plain
from baoding_data.text.numbers import LONGEST, numbers_in
from baoding_data.text.numerals import mixed
from baoding_data.text.report import Report
from baoding_data.writing import sealed

ROOT = Path(__file__).resolve().parents[1]
# The fuzz invents more of the same.
examples = settings(
    max_examples=400 if IN_FULL else 60, deadline=None, database=None, derandomize=True
)
WORDS = [entry for kind in inventory.entries().values() for entry in kind if entry.kind != "alike"]
RULES = [*rules.RULES, *rules.AT_HEAD, *forms.FORMS]


def short(text):
    """Each number of a text in short: value, unit, bound; or its kind, and the doubt of an unclear
    one.
    """
    return [
        f"{n.value:f} {n.unit} {n.bound}" if n.kind == "value" else n.doubt or n.kind
        for n in Report(text).numbers
    ]


# --- rules and inventory


@pytest.mark.parametrize("entry", WORDS, ids=lambda entry: f"{entry.kind} {entry.word}")
def test_every_word_has_examples_that_hold(entry):
    """Each word of the inventory is read in its first example and is another word in its second."""
    assert entry.word in entry.reads

    def holds(text):
        """Whether the word does in a text what its kind says."""
        found = numbers_in(text)
        if entry.kind == "name":
            return not found
        if entry.kind == "line":
            return [number.kind for number in found] == ["name"]
        if entry.kind in ("before", "after"):
            return [number.bound for number in found] == [entry.code]
        return [number.unit for number in found] == [entry.word]

    assert holds(entry.reads)
    assert bool(entry.unless) <= bool(entry.leaves)
    assert not entry.leaves or not holds(entry.leaves)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_reads_its_examples_and_leaves_the_others(rule):
    """A rule takes all numbers of the texts that it is to read, and none of those it leaves."""
    kind = rule.kind if rule.kind in ("value", "date", "ordinal", "name") else "unclear"
    assert rule.reads
    for text, printed in rule.reads.items():
        found = [n for n in numbers_in(text) if n.kind == kind]
        whole = {number.printed for number in found}
        assert printed in whole or {*printed.split(" ")} <= whole
        assert kind != "unclear" or rule.kind in {n.doubt for n in found}
    for text in rule.leaves:
        if rule.kind == "value":
            assert not numbers_in(text)
        else:
            assert rule.kind not in {n.doubt or n.kind for n in numbers_in(text)}


@pytest.mark.parametrize("rule", forms.WORDS, ids=lambda rule: rule.name)
def test_words_with_numerals_hold_no_number(rule):
    """What a rule of words leaves out holds no number."""
    assert rule.leaves and not [n for text in rule.leaves for n in numbers_in(text)]


PROSE = "各部门依法办事，办事便民。" * 30


def test_what_stands_far_away_changes_nothing():
    """Every example of the rules and of the inventory is read as it is alone before a long
    paragraph, and between two.
    """
    texts = [text for rule in (*RULES, *forms.WORDS) for text in (*rule.reads, *rule.leaves)]
    texts += [text for entry in WORDS for text in (entry.reads, entry.leaves)]
    for text in texts:
        assert numbers_in(f"{text}\n{PROSE}") == numbers_in(text)
        before = f"{PROSE}\n"
        places = ((n.start, n.end, n.unit_end) for n in numbers_in(text))
        moved = [tuple(len(before) + place for place in of_one) for of_one in places]
        assert numbers_in(f"{before}{text}\n{PROSE}") == [
            n._replace(start=start, end=end, unit_end=unit_end)
            for n, (start, end, unit_end) in zip(numbers_in(text), moved, strict=True)
        ]


@pytest.mark.parametrize("kinds", [("measure", "counted"), ("measure",), ("latin",)])
def test_a_part_of_a_measure_word_is_none(kinds):
    """Of the characters of measure words, only those are found that are such a word themselves."""
    words = inventory.words(*kinds)
    found = re.compile(inventory.some(*kinds))
    assert all(found.match(word) for word in words)
    first = {word for word in "".join(words) if found.match(word)}
    assert first == {word for word in words if len(word) == 1}


def test_blanks_of_any_width_and_wide_letters_are_read_as_narrow_ones():
    """Every blank of Unicode but that of Ogham, and a tab, is read as a blank; every wide letter
    and digit as the narrow one that Unicode says it is.
    """
    every = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    blanks = {sign for sign in every if unicodedata.category(sign) == "Zs"} - {"\u1680"} | {"\t"}
    assert {sign for sign in every if plain(sign) == " "} == blanks
    wide = [chr(code) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))]
    assert [plain(sign) for sign in wide] == [unicodedata.normalize("NFKC", one) for one in wide]


def test_the_page_of_rules_is_current():
    """docs/numbers.md is what the rules and the inventory give."""
    assert (ROOT / "docs/numbers.md").read_bytes() == sealed(rules_page.page().encode(), "page")


def test_what_is_read_as_another_is_one_character():
    """Characters that are read as others are one each, so that every place in the text stays."""
    for entry in inventory.entries()["alike"]:
        assert len(entry.word) == len(entry.code) == len(plain(f"1{entry.word}")) - 1 == 1


# --- nothing is left over

POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
PARTS = st.lists(
    st.sampled_from([*POWERS, "3", "12", "5000", "7.5", "二", "九", "多", "余"]),
    min_size=1,
    max_size=6,
).map(lambda parts: _apart(["8", *parts]))


def _apart(parts):
    """Digits that stand side by side, as the one number that they are."""
    joined = []
    for part in parts:
        if joined and part[0].isdigit() and joined[-1][-1].isdigit():
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def added_up(parts):
    """What parts add up to, each multiplier taking what stands before it and is smaller; None where
    two numbers stand side by side or a word for more is not the last but multipliers.
    """
    total, section, number = Decimal(0), Decimal(0), None
    said = False
    for part in parts:
        if part in ("多", "余"):
            if said:
                return None
            said = True
        elif part in POWERS:
            power = POWERS[part]
            if power < 10**4:
                section, number = section + (number or 1) * power, None
            else:
                below = section + (number or 0)
                if not below and not total:
                    return None
                total = (total + below) * power if power == 10**8 else total + below * power
                section, number = Decimal(0), None
        elif number is not None or said or part.count(".") > 1:
            return None
        else:
            number = Decimal("零一二三四五六七八九".find(part)) if part in "二九" else Decimal(part)
    return total + section + (number or 0)


@examples
@given(PARTS)
def test_a_number_is_what_its_parts_add_up_to_or_unclear(parts):
    """Whatever parts of numbers stand in whatever order, a value is their sum and takes in all of
    them; else the whole is listed as unclear, and no piece of it is a value.
    """
    run = "".join(parts)
    found = numbers_in(f"投入{run}元，")
    assert found
    values = [number for number in found if number.kind == "value"]
    if values:
        [value] = found
        assert value.printed == run and value.value == added_up(parts)
    else:
        many = run.isdecimal() and len(run) > LONGEST  # no count, but a code
        assert {number.kind for number in found} == {"name" if many else "unclear"}


@examples
@given(st.text("0123456789十百千万亿零二两三五多余几lIO○负-−.,，%％w壹佰半个元件年", max_size=12))
def test_no_piece_of_a_number_is_a_value(run):
    """Next to a value stands nothing that could belong to it: no digit, no multiplier, no word for
    more.
    """
    read = plain(f"共{run}。")
    for number in numbers_in(f"共{run}。"):
        if number.kind == "value" and number.printed[0] in "0123456789":
            before = read[number.start - 1]
            assert before not in "0123456789十百千万亿"
            assert before != "-" or read[number.start - 2] != "共"
            assert number.unit or read[number.end] not in "0123456789十百千万亿二两三五零多余"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("其余20个县", ["20 个 exact"]),
        ("剩余15件", ["15 件 exact"]),
        ("统一3个标准", ["3 个 exact"]),
        ("减负2500亿元", ["250000000000 元 exact"]),
        ("税负3亿元", ["300000000 元 exact"]),
        ("\n- 5 -\n", ["ordinal"]),
        ("\n            -12-\n", ["ordinal"]),
        ("受理\n316\n审结\n45\n", ["316  exact", "45  exact"]),
        ("老百姓3件", ["3 件 exact"]),
        ("增幅为负0.5%", ["minus"]),
        ("气温零下5度", ["minus"]),
        ("结余−3.5亿元", ["minus"]),
        ("第二十3件", ["leftover"]),
        ("花费3个多亿元", ["leftover"]),
        ("受理31二件", ["leftover"]),
        ("办理2l6件", ["letters"]),
        ("经C919验证", ["letters"]),
    ],
)
def test_prose_does_not_pay_for_the_guard(text, found):
    """What only stands beside a number leaves it alone, and what could belong to it does not."""
    assert short(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("贷款余额达6万多亿元", ["6000000000000 元 more_than"]),
        ("拨付3千多万元", ["30000000 元 more_than"]),
        ("惠及1亿2千多万人次", ["120000000 人次 more_than"]),
        ("投运220千伏线路", ["220 千伏 exact"]),
        ("新增90万千瓦以上", ["900000 千瓦 at_least"]),
        ("安排6千2百万元", ["62000000 元 exact"]),
        ("共二十亿5000万元", ["2050000000 元 exact"]),
        ("罚款叁佰五十元", ["350 元 exact"]),
        ("罚款贰万陆仟元", ["26000 元 exact"]),
        ("4分之3以上代表", ["fraction"]),
        ("赔偿71，306.50元", ["comma"]),
        ("占比5.1∶40∶54.9", ["ratio"]),
        ("涉及三十六七个社区", ["36 个 about"]),
        ("处十至五十万元罚款", ["100000 元 at_least", "500000 元 at_most"]),
        ("占百分之四十至六十", ["40 % at_least", "60 % at_most"]),
        ("处一至五倍罚款", ["1 倍 at_least", "5 倍 at_most"]),
        ("一年以上未结", ["1 年 at_least"]),
        ("下降一半以上", ["fraction"]),
        ("产量翻了一番", ["vague"]),
        ("工作十分扎实", []),
        ("考核得十分", ["10 分 exact"]),
        ("利润两位数增长", []),
        ("第十五个五年规划", []),
        ("进入百强县500强", ["name"]),
        ("拨打12345反映", ["name"]),
        ("邮编：071051", ["name"]),
        ("详见表5", ["ordinal"]),
        ("上世纪90年代", ["date"]),
        ("自2023.01起施行", ["date"]),
        ("下午2点到4点", ["date", "date"]),
        ("发布时间10:05:59 ", ["date"] * 3),
        ("发电2.5GWh", ["2.5 GWh exact"]),
        ("新建130km", ["130 km exact"]),
        ("建筑面积900m²", ["900 m² exact"]),
        ("服务3.5w人次", ["35000 人次 exact"]),
        ("读者12w余", ["letters"]),
        ("年满16周岁", ["16 周岁 exact"]),
        ("标准620元/月", ["620 元/月 exact"]),
        ("上升3个多百分点", ["3 个百分点 more_than"]),
        ("历时4个多月", ["4 个月 more_than"]),
        ("替代20万吨标准煤左右", ["200000 吨标准煤 about"]),
        ("7天（含）以内办结", ["7 天 at_most"]),
        ("大于或等于80分", ["80 分 at_least"]),
        ("最多为6件，最少2件", ["6 件 at_most", "2 件 at_least"]),
        ("介于20%与30%之间", ["20 % at_least", "30 % at_most"]),
        ("新增万亿斤产能", ["vague"]),
        ("落实五方面举措", ["5 方面 exact"]),
        ("结案62\n\n市某局", ["62  exact"]),
        ("同比提高4\n38%", ["line"]),
        ("共廿六件", ["26 件 exact"]),
        ("二○二一年度", ["date"]),
        ("选派2〜4名", ["2 名 at_least", "4 名 at_most"]),
        ("共204[2]件", ["204 件 exact", "ordinal"]),
        ("5⽉2⽇", ["date", "date"]),
        ("共32021年度案件", ["leftover"]),
    ],
)
def test_what_official_texts_print(text, found):
    """Kinds of numbers on which readings fell short in official texts, each read or listed as it is
    to be.
    """
    assert short(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("百分之五至百分之十", ["5 % at_least", "10 % at_most"]),
        ("负百分之五", ["minus"]),
        ("不能低于30件", ["30 件 at_least"]),
        ("不应超过30件", ["30 件 at_most"]),
        ("尚未达到5%", ["5 % less_than"]),
        ("没达到5%", ["5 % less_than"]),
        ("50万元（不含）以下", ["500000 元 less_than"]),
        ("3人以上（不含3人）", ["3 人 more_than", "3 人 exact"]),
        ("两个多月", ["2 个月 more_than"]),
        ("三年多时间", ["3 年 more_than"]),
        ("30有余", ["30  more_than"]),
        ("至少一次", ["1 次 at_least"]),
        ("不超过一年", ["1 年 at_most"]),
        ("一年至三年", ["1 年 at_least", "3 年 at_most"]),
        ("突破了一批技术", []),
        ("近一年来", []),
        ("存在的不足\n一年来", []),
        ("九八年抗洪", ["numeral"]),
        ("上世纪七十年代", []),
        ("七年级学生", []),
        ("一○三人", ["numeral"]),
        ("一九九○年", ["date"]),
        ("3仟元", ["3000 元 exact"]),
        ("五佰元", ["500 元 exact"]),
        ("共卄三件", ["23 件 exact"]),
        ("2×66万千瓦机组", ["leftover"]),
        ("7×24小时", ["name", "name"]),
        ("12 .5%", ["leftover"]),
        ("1'200人", ["leftover"]),
        ("12,34人", ["leftover"]),
        ("12, 345件", ["leftover"]),
        ("12。5万元", ["leftover"]),
        ("2 0 2 2年", ["blank"]),
        ("增长3.\n5%", ["line"]),
        ("受理I06件", ["letters"]),
        ("共l00件", ["letters"]),
        ("K123次列车", ["letters"]),
        ("索引号XJ/202303", ["letters"]),
        ("人均GDP3万元", ["30000 元 exact"]),
        ("400-800-8888", ["name"] * 3),
        ("3-5-7件", ["leftover"] * 3),
        ("(010)12345678", ["name", "name"]),
        ("邮 编 ： 071051", ["name"]),
        ("电话：3088888", ["name"]),
        ("受理电话3088件", ["3088 件 exact"]),
        ("abc@126.com", ["name"]),
        ("http://www.example.cn/12/3", ["name", "name"]),
        ("GB/T 19001-2016", ["name", "name"]),
        ("“1310”部署", ["name"]),
        ("“316”件", ["316  exact"]),
        ("发挥“三个作用”", []),
        ("实现“三个百分百”", ["3 个 exact", "100 % exact"]),
        ("落实“三个80%”", ["3 个 exact", "80 % exact"]),
        ("举办2024长江论坛", ["year"]),
        ("收到2024件", ["2024 件 exact"]),
        ("收到2024，审结", ["2024  exact"]),
        ("第2、3条", ["ordinal", "ordinal"]),
        ("第5批、32个", ["ordinal", "32 个 exact"]),
        ("如表2所示", ["ordinal"]),
        ("\n表1：各部门", ["ordinal"]),
        ("各类报表2份", ["2 份 exact"]),
        ("No.5", ["ordinal"]),
        ("\n## 10. 数字", ["ordinal"]),
        ("（三）      4.保护权益", ["ordinal"]),
        ("共计      316、其他", ["316  exact"]),
        ("2020-03-31 17:06", ["date"] * 5),
        ("2019.12.31", ["date"] * 3),
        ("自2021.1起", ["date"]),
        ("公元前221年", ["date"]),
        ("成百上千人", ["vague"]),
        ("六七成", ["vague"]),
        ("翻了近一番", ["vague"]),
        ("根据二十四节气", []),
        ("区医院120急救中心", ["name"]),
        ("建筑120平方米", ["120 平方米 exact"]),
        ("不可能超过5%", ["5 % at_most"]),
        ("高于一本线", []),
        ("近2018职工", ["2018  about"]),
        ("花了3.5个亿", ["leftover"]),
        ("花了两个亿", ["leftover"]),
        ("万八千元", ["numeral"]),
        ("三五成群", []),
    ],
)
def test_what_other_texts_print(text, found):
    """Kinds of numbers of news, penalties, tables and copied pages, each read or listed as it is to
    be.
    """
    assert short(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("百分之六点十", ["numeral"]),
        ("占百分之三十至五点百", ["30 % exact", "numeral"]),
        ("二亿万项", ["numeral"]),
        ("一亿零万吨", ["numeral"]),
        ("零零十次", ["numeral"]),
        ("亿几万年", ["numeral"]),
        ("一亿多万人", ["numeral"]),
        ("5亿w项", ["letters"]),
        ("5w项", ["50000 项 exact"]),
        ("办结十分钟以内", ["10 分钟 at_most"]),
        ("19640518 万件", ["196405180000 件 exact"]),
        ("投入87.57.5多十元，", ["dots"]),
        ("755月", ["leftover"]),
        ("1\n16", ["1  exact", "16  exact"]),
        ("2A", ["name"]),
        ("达到94分之内，", ["94 分 at_most"]),
        ("将近三年", ["3 年 about"]),
        ("近三年", ["3 年 exact"]),
        ("共“一百七十二篇”，", ["172 篇 exact"]),
        ("占“百分之二十一”，", ["21 % exact"]),
        ("总投资一点三万亿元", ["1300000000000 元 exact"]),
        ("共十点二十万人", ["leftover"]),
        ("投资 3 亿 2000 万元", ["320000000 元 exact"]),
        ("投资三亿 2000 万元", ["320000000 元 exact"]),
        ("分别为3亿元 2000万元", ["300000000 元 exact", "20000000 元 exact"]),
        ("共 2 千 2 百万册", ["22000000 册 exact"]),
        ("受理 433 多件", ["433 件 more_than"]),
        ("购置 9 余箱，", ["9 箱 more_than"]),
        ("见附件 2，", ["ordinal"]),
        ("上午 9 点，", ["date"]),
        ("开通G107 国道", ["name"]),
        ("受理 12345 万件", ["123450000 件 exact"]),
        ("90 后干部", ["name"]),
    ],
)
def test_what_was_read_amiss_in_invented_texts(text, found):
    """Kinds of numbers that the fuzz has shown to be read wrongly, or not as elsewhere."""
    assert short(text) == found


def test_the_day_of_a_date_is_a_number_of_its_own():
    """2019.12.31 is a year, a month and a day, and 2.5 in a name one number."""
    assert [n.printed for n in numbers_in("2019.12.31")] == ["2019", "12", "31"]
    assert [n.printed for n in numbers_in("PM2.5浓度")] == ["2.5"]


def test_mixed_numbers_need_words_for_every_part():
    """What lacks a word is no number: it may be one or another."""
    lacking = (
        "3千5 1亿2千 12万345 2万五 8千0百 5百30十 5百10十 3万10千 1亿10000万 2.5万3千 3百百 3万多5"
    )
    assert [run for run in lacking.split() if mixed(run) is not None] == []
    whole = {
        "2万5千": 25000,
        "1,200万": 12_000_000,
        "1亿9999万": 199_990_000,
        "5百3十": 530,
        "百万": 10**6,
        "3多万": 30000,
    }
    assert {run: mixed(run) for run in whole} == whole
