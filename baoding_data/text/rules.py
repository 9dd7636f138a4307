"""The rules by which a run of digits is told: a date, an ordinal, a name, or a number that nobody
may read for certain. Each has a name, a sentence, examples that it reads and others that it leaves.

A rule is matched where the run begins; the first that matches is taken. What none of them takes is
a value, unless something that could belong to it is left over.
"""

import re
from functools import cache
from typing import NamedTuple

from baoding_data.text import inventory
from baoding_data.text.numerals import CHINESE, ONES
from baoding_data.words import Pair


class Rule(NamedTuple):
    """A rule: what it tells (date, ordinal, name; else the doubt of an unclear number), its pattern
    in `re.VERBOSE`, texts that it reads with the numbers of its kind, and texts that it leaves.
    """

    name: str
    kind: str
    what: Pair
    pattern: str
    reads: dict[str, str]
    leaves: tuple[str, ...] = ()


# Parts of patterns, by the names under which rules ask for them.
PARTS = {
    "b": "[ ]?\\n?[ ]?",  # a blank, a line end or both
    "to": "[-—–~至到]{1,2}",
    "and": "(?:[-—–~至到、,，和及与]{1,2}[ ]{0,2})",
    "century": "(?:19|20)[0-9]{2}",
    "month": "(?:1[0-2]|0?[1-9])",
    "day": "(?:[12][0-9]|3[01]|0?[1-9])",
    "decimal": r"[0-9]+(?:\.[0-9]+)?",
    "end": "(?![0-9.%万亿])",
    "time": "[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?",
    "ch": f"[{CHINESE}]",
    "kilo": "千(?![瓦伏帕卡克米赫焦])",  # not of 千瓦
    "ones": f"[{ONES}]",
}


def _after(words: str) -> str:
    """Places behind one of some words, with or without a colon, and with blanks between."""
    marks = ("", ":", "：", "[ ]", "[:：][ ]", "[ ][:：]", "[ ][:：][ ]")
    spelled = [*words.split(), *("[ ]".join(word) for word in words.split())]
    return "|".join(f"(?<={word}{mark})" for word in spelled for mark in marks)


DATES = [
    Rule(
        "years",
        "date",
        Pair("几个年份共用一个“年”字", "several years that share one 年"),
        "(?:[0-9]{4}{b}年?度?{b}{and}){1,8}[0-9]{4}{b}(?=年)",
        {"2021、2022年": "2021 2022", "2020年、2021年和2022年": "2020 2021 2022"},
        ("2021件、2022件",),
    ),
    Rule(
        "year",
        "date",
        Pair("四位数后面是“年”“学年”“届”或“级”", "four digits before 年, 学年, 届 or 级"),
        "[12][0-9]{3}(?={b}(?:学?年|[届级]))|(?<=公元前)[0-9]{1,4}(?={b}年)",
        {"2022年": "2022", "2023届毕业生": "2023", "公元前221年": "221"},
        ("2022件", "12020年"),
    ),
    Rule(
        "two_years",
        "date",
        Pair("两个年份之间一道连接号", "two years with a dash between them"),
        "{century}{b}(?:{to}|/){b}{century}(?![0-9./])(?!{b}(?:{some}))",
        {"2021—2025": "2021 2025", "2020/2021学年": "2020 2021"},
        ("2021—2025件",),
    ),
    Rule(
        "decade",
        "date",
        Pair("年代和世纪", "decades and centuries"),
        "[0-9]{1,4}(?={b}(?:年代|世纪))",
        {"上世纪80年代": "80", "21世纪": "21"},
        ("80年",),
    ),
    Rule(
        "day_in_signs",
        "date",
        Pair("以横线、斜线或点隔开的年月日", "year, month and day with dashes, slashes or points"),
        r"{century}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?:[ ]{1,2}{time})?{end}",
        {"2024-05-06": "2024 05 06", "2024.5.6 17:06": "2024 5 6 17 06"},
    ),
    Rule(
        "year_and_month",
        "date",
        Pair("以点或横线隔开的年月", "year and month with a point or a dash between them"),
        r"(?<=[自从于至]){century}\.{month}(?=[起至前后以止])"
        r"|{century}-(?:0[1-9]|1[0-2])(?![0-9.%万亿-])(?!{b}(?:{some}))"
        r"|{century}\.(?:0[1-9]|1[0-2])(?:{b}{to}{b}{century}\.(?:0[1-9]|1[0-2]))?"
        "(?![0-9.%万亿])(?!{b}(?:{some}))",
        {
            "自2021.12起施行": "2021.12",
            "自2021.1起": "2021.1",
            "2021.01-2021.12": "2021.01 2021.12",
            "2021-05": "2021 05",
        },
        ("2021.12元",),
    ),
    Rule(
        "months",
        "date",
        Pair("“月”前面的数", "numbers before 月"),
        "(?:{month}{b}月?{b}{and}){0,11}{month}{b}(?=月)",
        {"1-12月": "1 12", "8月份": "8"},
        ("15月",),
    ),
    Rule(
        "days",
        "date",
        Pair("“月”后面的日子", "days after 月"),
        "(?:(?<=月)|(?<=月[ ]))(?:{day}{b}[日号]?{b}{and}){0,9}{day}{b}(?=[日号])",
        {"3月10—15日": "10 15", "每月10日": "10"},
        ("15日",),
    ),
    Rule(
        "hours",
        "date",
        Pair("几时，几时几分", "hours, with minutes or without"),
        "[0-9]{1,2}{b}时(?:{b}[0-9]{1,2}{b}分|(?![间段长效隔刻候代期限]))",
        {"9时30分": "9 30"},
        ("9时间",),
    ),
    Rule(
        "clock",
        "date",
        Pair("以冒号隔开的时刻", "times of day with colons"),
        "(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})|0[0-9]:[0-5][0-9])(?![0-9:])"
        "|[0-9]{1,2}:[0-9]{2}{b}{to}{b}[0-9]{1,2}:[0-9]{2}",
        {"09:03:41": "09 03 41", "9:00-17:00": "9 00 17 00", "08:30": "08 30"},
    ),
    Rule(
        "oclock",
        "date",
        Pair("上午、下午等词后面的钟点", "hours after words for parts of the day"),
        "(?:(?<=[午晚晨天日])|(?<=[午晚晨][ ])|(?<=[早晚]上)|(?<=日[ ]))[0-9]{1,2}"
        "(?:[ ]?点(?:{to}[0-9]{1,2}(?=点))?(?:[0-9]{1,2}(?=分))?|:[0-9]{2})"
        "|[0-9]{1,2}(?=点[半钟整])",
        {"下午3点30分": "3 30", "下午5点到6点": "5 6", "9点半": "9"},
        ("5点建议",),
    ),
    Rule(
        "year_in_brackets",
        "date",
        Pair("括号里的年份", "a year in brackets"),
        "(?<=[(（\\[〔【]){century}(?=[)）\\]〕】](?![ ]{0,2}第?[0-9]+[ ]{0,2}号))",
        {"（2022）冀01行初15号": "2022"},
    ),
    Rule(
        "festival",
        "date",
        Pair("以日期命名的日子", "days that are named by their date"),
        r"[0-9]{1,2}[·•][0-9]{1,2}{end}(?!{b}(?:{some}))"
        r"|[0-9]{1,2}\.[0-9]{1,2}(?=[”\"]?{b}(?:国家|宪法|全国|全民|世界|国际|消费"
        "|知识产权|禁毒|宣传|法制|法治|妇女|劳动|青年|植树|消防))|(?<=双)1[12](?![0-9.%万亿])",
        {"12·4国家宪法日": "12 4", "4.15全民国家安全教育日": "4.15", "“双11”": "11"},
        ("4.15万件",),
    ),
]

NAMES = [
    Rule(
        "sum",
        "name",
        Pair("以加号连起来的名称，“7×24小时”", "names joined by plus, and 7×24 hours"),
        r"[0-9]+(?:\+[0-9A-Za-z]+)+(?![0-9A-Za-z.万亿千百十%‰])"
        "|[0-9]{1,2}[×*][0-9]{1,2}(?={b}小时)",
        {"“1+4+N”": "1 4", "7×24小时": "7 24"},
        ("2×35万千瓦",),
    ),
    Rule(
        "telephone",
        "name",
        Pair("电话号码", "telephone numbers"),
        "0[0-9]{2,3}[ ]?[-—][ ]?[0-9]{3,4}[ ]?[0-9]{4}(?![0-9])"
        "|(?:(?<=0[0-9]{2}[)）])|(?<=0[0-9]{3}[)）]))[ ]?[0-9]{7,8}(?![0-9])"
        "|[48]00-[0-9]{3,4}-[0-9]{3,4}(?![0-9])"
        "|1[3-9][0-9][ -][0-9]{4}[ -][0-9]{4}(?![0-9])"
        "|1[3-9][0-9]{9}(?![0-9.])(?!{b}(?:{some}|[万亿百千多余%‰]))",
        {
            "0312-3088888": "0312 3088888",
            "13812345678": "13812345678",
            "拨打400-800-8888": "400 800 8888",
        },
        ("13000000000件",),
    ),
    Rule(
        "postcode",
        "name",
        Pair(
            "邮编、电话、证号等词后面的号码",
            "numbers after words for postcodes, telephones, papers",
        ),
        "(?=[0-9]{5,18}(?![0-9.,]))"
        f"(?:{_after('邮编 编码 电话 手机 传真 账号 证号 QQ')})[0-9]{{5,18}}"
        "(?!{b}(?:{any}|[万亿%多余]))",
        {"邮编：100081": "100081", "邮 编 ： 100081": "100081", "联系电话：3088888": "3088888"},
        ("受理电话12345件",),
    ),
    Rule(
        "address",
        "name",
        Pair(
            "门牌号之后的楼、单元、室", "building, entrance and room behind the number of a house"
        ),
        "(?=[0-9]{1,5}[楼栋幢座单层室])(?:(?<=号)[0-9]{1,4}(?=楼|栋|幢|座|单元|层|室)"
        "|(?:(?<=[楼栋幢座层号])|(?<=单元))[0-9]{1,5}(?=单元|室)"
        "|(?<=号楼)[0-9]{1,3}(?=层))",
        {"长平西街46号242室": "242", "3号楼2单元501室": "2 501", "12号5幢401室": "5 401"},
        ("小区新建楼5幢",),
    ),
    Rule(
        "mail",
        "name",
        Pair("电子邮箱", "addresses of mail"),
        "[0-9]+(?=[A-Za-z0-9._-]{0,30}@[A-Za-z0-9])",
        {"邮箱12345@example.cn": "12345"},
    ),
    Rule(
        "standard",
        "name",
        Pair("标准的编号", "numbers of standards"),
        "(?:(?<=GB)|(?<=GB[ ])|(?<=/T)|(?<=/T[ ])|(?<=ISO)|(?<=ISO[ ]))"
        r"[0-9]{3,5}(?:\.[0-9]+)?(?:[-—:]{century})?(?![0-9.%万亿])(?!{b}(?:{some}))",
        {"GB/T 19001-2016标准": "19001 2016"},
    ),
    Rule(
        "quoted",
        "name",
        Pair("引号里只有数字的名称", "names in quotation marks that are digits alone"),
        '(?<=[“「『‘"])[0-9]+(?:\\.[0-9]+)?(?=[”」』’"])(?!.{b}(?:{any}))',
        {"“1310”部署": "1310", "围绕“416”布局": "416"},
        ("“316”件",),
    ),
    Rule(
        "document",
        "name",
        Pair("文号", "numbers of documents"),
        "(?<=[〔\\[(（【])[0-9]{4}{b}[〕\\])）】]{b}第?[0-9]+{b}(?=号)|[0-9]+(?={b}号)"
        "|(?<=〔)[0-9]+(?=〕)",
        {"冀政字(2022)15号": "2022 15"},
    ),
    Rule(
        "version",
        "name",
        Pair("版本", "versions"),
        r"(?:[0-9]+\.[0-9]+|{century})(?=版)",
        {"政务服务2.0版": "2.0"},
    ),
    Rule(
        "generation",
        "name",
        Pair("“80后”", "people by the decade of their birth"),
        "(?:(?:[5-9]0|00)后?[、和]){0,4}(?:[5-9]0|00)(?=[ ]?后(?!续))",
        {"90后干部": "90", "70、80后": "70 80"},
    ),
    Rule(
        "best",
        "name",
        Pair("“500强”“985高校”等名称", "rankings and lists by their number"),
        "[0-9]{2,4}(?={b}强(?![化制调度势力劲行]))|(?:985|211)(?=[高院大工、])",
        {"入选500强企业": "500", "985高校": "985"},
        ("20强化训练",),
    ),
    Rule(
        "generation_of_network",
        "name",
        Pair("5G 等固定写法", "5G and other fixed writings"),
        "(?<![A-Za-z0-9])(?:[2-6]G(?![A-Za-z])|[1-5]A(?![A-Za-z0-9])|4S(?=店)"
        "|[23]D(?![A-Za-z0-9])|[48]K(?![A-Za-z0-9]))"
        "|(?:(?<=PM)|(?<=PM_))(?:2\\.5|10)(?![0-9])|(?<=货币M)[0-2]|(?<=T)[1-5][A-F]?(?=航站楼)",
        {"建设5G基站": "5", "PM2.5浓度": "2.5", "5A级景区": "5"},
        ("5GB",),
    ),
    Rule(
        "road",
        "name",
        Pair("道路和车型、用纸等编号", "numbers of roads, paper and the like"),
        "(?<=[GSXYC])[0-9]{1,4}(?=[ ]?(?:国道|省道|县道|高速|线|峰会))|(?<=A)[345](?=纸|幅面|版面)",
        {"G107国道": "107", "A4纸": "4"},
    ),
    Rule(
        "line",
        "name",
        Pair("政府热线", "telephone lines of the government"),
        "(?:(?:{lines})(?![0-9.,%])(?!{b}(?:{units}|[万亿]))|1(?:10|19|20|22)(?=[”警报急接联指热火消]|平台))",
        {"加强12345政务服务": "12345", "受理12345来电": "12345", "120急救中心": "120"},
        ("12345件",),
    ),
    Rule(
        "leading_zero",
        "name",
        Pair("以零开头的编号", "codes that begin with a nought"),
        r"0[0-9]+(?![0-9.])(?!{b}(?:{some}|[万亿百千多余%‰]))",
        {"邮编071000": "071000"},
        ("0.5%",),
    ),
]

ORDINALS = [
    Rule(
        "in_brackets",
        "ordinal",
        Pair("括号里的一两位数", "one or two digits in brackets"),
        "(?<=[(（])[0-9]{1,2}(?=[)）])|(?<=\\[)[0-9]{1,3}(?=\\])",
        {"(1)检查": "1", "共316[1]件": "1"},
    ),
    Rule(
        "rank",
        "ordinal",
        Pair("“第”“届”后面的数，“前三名”", "numbers after 第, 届 and 前"),
        "(?:(?<=第)|(?<=第[ ])|(?<=届)|(?<=№)|(?<=[Nn][Oo]\\.)){decimal}"
        "|(?<=前)[0-9]+(?={b}(?:[名位强，。、；,;\\n]|$))",
        {"第3次会议": "3", "全省前3名": "3", "第2、3条": "2 3", "No.5": "5"},
    ),
    Rule(
        "table",
        "ordinal",
        Pair("表、图、附件的号码", "numbers of tables, figures and annexes"),
        "(?:(?<=[见如下上、和及与(（|>\\n图][表图])|(?<=^[表图])|(?<=附[表件图录])|(?<=附[表件图录][ ])|(?<=图表[ ]))"
        "[ ]?[0-9]{1,2}(?:[-—.][0-9]{1,2})?(?![0-9.万亿%])(?!{b}(?:{some}))",
        {
            "见表3": "3",
            "附件2": "2",
            "\n表1：各部门": "1",
            "（见表1、表2）": "1 2",
            "如表2所示": "2",
        },
        ("附件2份",),
    ),
    Rule(
        "item_in_cell",
        "ordinal",
        Pair("单元格里的序号", "the number of an item in a cell"),
        "(?<=[ ]{2})[0-9]{1,2}(?=[.、][ ]?[\u4e00-\u9fff“《])",
        {"（三）      4.保护权益": "4"},
        ("共计  316、",),
    ),
]

# These are asked only of digits that begin a line, or stand behind a colon or in a cell.
AT_HEAD = [
    Rule(
        "item",
        "ordinal",
        Pair("列表的序号", "the number of a list's item"),
        "[0-9]{1,3}(?:-[0-9]{1,2})?(?=[.、](?![0-9]))",
        {
            "\n1.健全制度": "1",
            "如下：1.属于国家秘密": "1",
            "## 10. 数字": "10",
            "\n1-2. 组织": "1 2",
        },
        ("达316、",),
    ),
    Rule(
        "page",
        "ordinal",
        Pair("页码", "the number of a page"),
        "[0-9]{1,3}(?=[ ]?[-—–][ ]*(?:\\n|\\x0c|$))",
        {"\n      - 5 -\n": "5"},
    ),
]

UNCLEAR = [
    Rule(
        "fraction",
        "fraction",
        Pair("分数，或以斜杠隔开的两个数", "a fraction, or two numbers with a slash between them"),
        "(?=[0-9.]+{b}[/分])(?!{century}/(?:{century}|[0-9]{1,2}/[0-9]{1,2})(?![0-9/]))"
        "{decimal}{b}(?:(?:/{b}[0-9]+){1,9}(?![0-9/])|分之(?:{decimal}|{ch}+))",
        {"3/4的乡镇": "3/4", "3分之2以上": "3分之2"},
    ),
    Rule(
        "ratio",
        "ratio",
        Pair("比例", "a ratio"),
        "{decimal}(?:(?:{b}[:∶]{b}|比){decimal}){1,9}(?![0-9]|{b}[年月])",
        {"按5:1的比例": "5:1", "3.6∶48∶48.4": "3.6∶48∶48.4"},
    ),
    Rule(
        "dots",
        "dots",
        Pair("含多个小数点", "more than one decimal point"),
        r"[0-9]+(?:\.[0-9]+){2,}",
        {"1.2.3件": "1.2.3"},
    ),
    Rule(
        "wrapped",
        "line",
        Pair("数字被换行断开", "digits on both sides of a line end"),
        r"[0-9]{1,12}(?:[.,][0-9]{1,6})?(?m:(?<!^[0-9])(?<!^[0-9]{2})(?<!^[0-9]{3}))"
        r"(?:[ ]?\r?\n|\.\n|\n\.)[0-9]+"
        r"(?![0-9]*[.、](?![0-9]))(?=[^\s])(?!{year})",
        {"受理31\n6件": "31\n6", "增长3.\n5%": "3.\n5"},
    ),
    Rule(
        "comma",
        "comma",
        Pair("全角逗号可能是千位分隔符", "a full-width comma that may group thousands"),
        r"[0-9]{1,3}(?:，[0-9]{3})+(?![0-9])(?:\.[0-9]+|(?={b}(?:{some}|[万亿%‰])))"
        "|(?<=[\u4e00-\u9fff])[0-9]{1,3}，[0-9]{1,2}(?={b}(?:{some}|[万亿%‰]))",
        {"186，402件": "186，402", "占2，22%": "2，22"},
        ("2021，402件",),
    ),
    Rule(
        "blank",
        "blank",
        Pair("空格可能是千位分隔符", "a blank that may group thousands"),
        r"[0-9]{1,3}(?:[ ][0-9]{3})+(?![0-9])(?={b}(?:{some}|[万亿%]))",
        {"20 563件": "20 563"},
    ),
    Rule(
        "spaced",
        "blank",
        Pair("一位一位以空格隔开的数字", "digits with a blank between each and the next"),
        "[0-9](?:[ ][0-9]){1,9}(?![0-9.])(?={b}[年月])"
        "|[0-9](?:[ ][0-9]){2,9}(?![0-9.])(?={b}(?:{some}))",
        {"2 0 2 2年": "2 0 2 2"},
        ("2022年",),
    ),
    Rule(
        "grouping",
        "leftover",
        Pair("逗号没有按三位一组隔开", "commas that do not part groups of three"),
        r"(?![0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9]|,[0-9]))[0-9]{1,3}(?:,[0-9]+){1,9}"
        "(?={b}(?:{some}|[万亿%‰]))",
        {"12,345,67元": "12,345,67"},
        ("12,345元",),
    ),
    Rule(
        "parted",
        "leftover",
        Pair("以空格、撇号、间隔号等断开的数", "a number parted by a blank, an apostrophe, a dot"),
        "(?:{decimal}[ ]?[·･・'’_`!！｜^°;；\"“”\\\\][ ]?[0-9]+"
        "|(?<=[\u4e00-\u9fff]){decimal}[ ]{decimal}"
        "|[0-9]+(?:[ ][.,][0-9]+|\\.[ ][0-9]+|[ ]?,[ ][0-9]{3}(?![0-9])|。[0-9]+|口[0-9]+))"
        "(?={b}(?:{some}|[万亿%‰]))",
        {"12 .5%": "12 .5", "1'200人": "1'200", "12·5元": "12·5", "受理3 16件": "3 16"},
        ("12.5%", "3·15"),
    ),
    Rule(
        "product",
        "leftover",
        Pair("以乘号、加号连起来的数", "numbers joined by times or plus"),
        r"{decimal}(?:[+×*]{decimal}(?:[十百万亿]|{kilo})*){1,9}",
        {"2×35万千瓦机组": "2×35万"},
        ("7×24小时",),
    ),
    Rule(
        "letters",
        "letters",
        Pair("数字中间夹着像数字的字母", "a letter among digits that looks like one"),
        "[0-9]+(?:[.,][0-9]{0,3})?[lIOo|]+(?:[0-9][0-9lIOo|]*|(?={b}(?:{some}|[万亿%])))",
        {"受理3l6件": "3l6"},
    ),
    Rule(
        "five_digits",
        "leftover",
        Pair("五位以上的数字后面是“年”“月”", "too many digits for a year or a month"),
        "[0-9]{5,}(?={b}年)|[0-9]{3,}(?={b}月(?!球))",
        {"共12020年度案件": "12020"},
    ),
    Rule(
        "bare_year",
        "year",
        Pair(
            "像年份的四位数，没有“年”，也没有量词", "four digits like a year, without 年 or a unit"
        ),
        "(?<![近约超逾过达])(?!(?:19|20)00){century}"
        "(?:(?=[\u4e00-\u9fff])(?!{any}|[万亿千百十多余来以左上内之几和与及至到、])"
        "|(?<=[\u4e00-\u9fff][ ]{century})(?=[)）]))"
        "|{century}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9.,%])(?!{b}(?:[万亿多余]|{any}))",
        {"举办2024论坛": "2024", "（某某 2016）": "2016", "编于20191231": "20191231"},
        ("2022件", "受理2022，", "近2018职工", "2000职工"),
    ),
]

RULES = [*UNCLEAR[:1], *DATES, *NAMES, *ORDINALS, *UNCLEAR[1:]]


def written(pattern: str) -> str:
    """A pattern with its parts put in: {b}, {some}, {units}, {lines}, {year} and those of PARTS."""
    parts = {
        **PARTS,
        "some": inventory.some("measure"),
        "any": inventory.some("measure", "counted"),
        "units": inventory.longest("measure", "counted"),
        "lines": "|".join(inventory.words("line")),
        "year": "[0-9]{4}[ \\n]{0,2}年",
    }
    return re.sub(r"\{([a-z]+)\}", lambda match: parts[match[1]], pattern)


def _together(several: list[Rule]) -> re.Pattern[str]:
    """Some rules as one pattern, each a group named after it."""
    found = "|".join(f"(?P<{rule.name}>{written(rule.pattern)})" for rule in several)
    return re.compile(found, re.VERBOSE)


@cache
def told() -> re.Pattern[str]:
    """The rules that are asked anywhere."""
    return _together(RULES)


@cache
def told_at_head() -> re.Pattern[str]:
    """The rules that are asked of digits that begin a line."""
    return _together(AT_HEAD)


@cache
def kinds() -> dict[str, str]:
    """What each rule tells, by its name."""
    return {rule.name: rule.kind for rule in (*RULES, *AT_HEAD)}
