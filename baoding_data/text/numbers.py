"""The numbers printed in a Chinese text: where each stands, how many or how much it says, and how
exactly.

Nothing here knows a report or a table. What is no count is told apart by grammar; what is a number,
but cannot be read for certain, is listed with the doubt and never guessed.
"""

import re
from decimal import Decimal
from typing import NamedTuple

CHINESE = "零〇一二两三四五六七八九十百千万亿"

# A Chinese numeral counts something only before one of these; what follows any number is its unit.
# What follows in brackets would make another word of it: 3项目, 5处罚.
MEASURES = [
    "平方公里",
    "平方千米",
    "平方米",
    "立方米",
    "公里",
    "千米",
    "公顷",
    "公斤",
    "小时",
    "分钟",
    "学时",
    "课时",
    "人次",
    "件次",
    "家次",
    "户次",
    "场次",
    "批次",
    "车次",
    "班次",
    "篇次",
    "项次",
    "条次",
    "部门",
    "部委",
    "工作日",
    "个工作日",
    "个月",
    "周年",
    "个百分点",
    "美元",
    "欧元",
    "元",
    "件",
    "宗",
    "起(?!诉(?!讼))",
    "名(?!单(?!位)|录|称|誉)",
    "人(?!民|均|大|社)",
    "位",
    "份",
    "项(?!目(?!标))",
    "个",
    "家",
    "条(?!例)",
    "篇",
    "次(?!序)",
    "场(?!所|馆|景)",
    "期(?!间|限)",
    "部(?!署|分|长|级)",
    "处(?!罚|理|置|分|级)",
    "所(?!属|有|谓|涉|需)",
    "支(?!持|部|撑|付)",
    "户(?!籍)",
    "台(?!账)",
    "套(?!路)",
    "册",
    "本(?!级|市|省|县|区|地|年|次|着|辖|部)",
    "卷",
    "辆",
    "吨",
    "亩",
    "米",
    "天",
    "年",
    "岁",
    "倍(?!增)",
    "种",
    "类(?!型|别)",
    "批(?!准|评|复|示)",
    "座(?!谈)",
    "张(?!贴)",
    "笔",
    "例",
    "轮",
    "讲(?!话)",
    "堂",
    "款",
    "幅",
    "枚",
    "面(?!对|向|临|积)",
    "间(?!接)",
    "栋",
    "组(?!织|成|建)",
    "队(?!伍)",
    "节",
    "桩",
    "单(?!位)",
    "分(?![之钟别类级工布析])",
]

# These count only after digits: 三县 and 两市 are mostly parts of names.
AFTER_DIGITS = [
    "县(?!级|直|域)",
    "市(?!场|民|级|直|长|政|本|委)",
    "区(?!域|间|划|级)",
    "省(?!级|直|委|内|外|时)",
    "国(?!家|务|有|际|道)",
    "乡镇",
    "乡(?!村)",
    "镇",
    "村(?!民|级)",
    "街道",
    "社区",
    "校",
    "日(?!常|均|前|益|程)",
    "周(?!期|边|年)",
    "季度",
    "秒",
    "字",
    "页",
    "门(?!户|诊|槛)",
    "头",
    "只",
    "株",
    "棵",
    "艘",
    "架",
    "尾",
    "箱",
    "块(?!链)",
    "层(?!面|级|次)",
    "幢",
    "封",
    "票",
    "通(?!过|知|报|道|告|办|关|行|用|信)",
    "台套",
    "根(?!据|本)",
    "盏",
    "瓶",
    "袋",
    "席(?!位)",
    "集(?!体|中|团)",
    "档",
    "千瓦时",
    "克",
    "斤",
    "度",
]

# Numerals inside a fixed name count nothing; such names are few and known.
NAMES_WITH_NUMERALS = [
    "三项制度",
    "三大攻坚战",
    "五公开",
    "两个列席",
    "万人助万企",
    "两个确立",
    "两个维护",
    "四个意识",
    "四个自信",
    "四个全面",
    "四个伟大",
    "五位一体",
    "两个结合",
    "两个毫不动摇",
    "六个必须坚持",
    "三个代表",
    "三个务必",
    "两个大局",
    "两个一百年",
    "八项规定",
    "三个规定",
    "三个区分开来",
    "四个最严",
    "两个责任",
]

# Digits that name a thing: telephone lines of the government.
NAMES_IN_DIGITS = (
    "12345",
    "12348",
    "12315",
    "12388",
    "110",
    "12333",
    "12366",
    "12309",
    "12329",
    "12328",
    "12336",
    "12358",
    "12369",
    "12320",
    "12378",
    "12393",
    "12396",
    "12305",
    "12318",
    "12331",
    "12337",
    "12338",
    "12340",
    "12341",
    "12350",
    "12351",
    "12355",
    "12371",
    "12380",
)

# What full-width and traditional characters are read as; one for one, so that every place stays
# where it is.
FULL_WIDTH = "０１２３４５６７８９．％：／～－＋＞＜＝\u00a0\u3000\t\u2002\u2003\u2009\u202f"
_AS_PLAIN = "0123456789.%:/~-+><=       "
TRADITIONAL = "萬億餘兩數幾個項條處戶臺冊輛噸畝歲種類場張門間棟筆單頁頭隻輪講點時鐘學課頃號屆週鄉鎮縣區國組隊節樁盞約達過於滿內將僅來從訴訟"
_SIMPLIFIED = "万亿余两数几个项条处户台册辆吨亩岁种类场张门间栋笔单页头只轮讲点时钟学课顷号届周乡镇县区国组队节桩盏约达过于满内将仅来从诉讼"
_PLAIN = str.maketrans(FULL_WIDTH + TRADITIONAL, _AS_PLAIN + _SIMPLIFIED)
_NOT_PLAIN = re.compile(f"[{FULL_WIDTH}{TRADITIONAL}]")
_TRADITIONAL = re.compile(f"[{TRADITIONAL}]")
_FULL_COMMA = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")


def _longest_first(words):
    return "|".join(sorted(words, key=lambda word: len(word.partition("(")[0]), reverse=True))


_B = "[ \n]{0,2}"
_CH = f"[{CHINESE}]"
_TO = "[-—–~至到]{1,2}"
_UNIT = _longest_first(MEASURES)
_UNIT_AFTER = re.compile(rf"{_B}\+?({_longest_first(MEASURES + AFTER_DIGITS)})")
_NO_SHARE = "(?!立|员|果|本|功|效|为|长|都|熟|绩|年|品|就|分|因|型|交|人)"
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_NUMBER = re.compile(
    rf"(?=[0-9数几{CHINESE}])(?:(?P<digits>{_DIGITS})(?P<times>{_B}[多余来]?(?:[百千](?!瓦|克|米))?[万亿]*(?:(?<=[亿万])(?P<rest>[0-9]{{1,4}}(?:[百千]?万|(?<=[0-9])[百千](?!瓦|克|米))))?[多余]?)(?<!["
    rf" \n])(?P<percent>成{_NO_SHARE}|(?:{_B}[%‰‱])?)"
    rf"|(?P<all>百分百)"
    rf"|(?P<of>[百千万])分之(?P<parts>{_CH}+(?:点{_CH}+)?|{_DIGITS})(?P<parts_more>[多余]?)"
    rf"|(?P<tenths>(?<![{CHINESE}第])[一二两三四五六七八九])成(?P<half>[半一二三四五六七八九]?)(?P<tenths_more>[多余]?){_NO_SHARE}"
    rf"|(?P<vague>(?<![{CHINESE}])[数几](?:[十百千万亿]+[多余]?(?={_B}(?:{_UNIT}))|[百千万亿]+[多余]?(?![{CHINESE}家]))|(?<![{CHINESE}第]){_CH}+分之{_CH}+)"
    rf"|(?<![{CHINESE}第届])(?P<chinese>{_CH}+(?:点[零〇一二三四五六七八九]+[万亿]?)?)(?P<more>(?:[多余来几][万亿]*)?)(?={_B}(?:{_UNIT})|{_TO}{_CH}+{_B}(?:{_UNIT})))"
)

# From a run of digits on: days, months and years, and what else is no count.
_NEXT = r"(?:[-—–~至到、,，和及与]{1,2} {0,2})"
_NO_COUNT = re.compile(
    "(?P<date>"
    rf"(?:[0-9]{{4}}{_B}年?度?{_B}{_NEXT}){{1,8}}[0-9]{{4}}{_B}(?=年)"
    rf"|(?:19|20)[0-9]{{2}}{_B}[-—–~至到]{{1,2}}{_B}(?:19|20)[0-9]{{2}}(?![0-9.])(?!{_B}(?:{_UNIT}))"
    r"|(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?![0-9.%万亿])"
    rf"|(?:19|20)[0-9]{{2}}\.[0-9]{{1,2}}{_B}[-—–~至到]{{1,2}}{_B}(?:19|20)[0-9]{{2}}\.[0-9]{{1,2}}(?![0-9.%万亿])"
    rf"|(?:(?:1[0-2]|0?[1-9]){_B}月?{_B}{_NEXT}){{1,11}}(?:1[0-2]|0?[1-9]){_B}(?=月)"
    rf"|(?<=月)(?:(?:[12][0-9]|3[01]|0?[1-9]){_B}[日号]?{_B}{_NEXT}){{0,9}}(?:[12][0-9]|3[01]|0?[1-9]){_B}(?=[日号])"
    r"|(?<=月"
    rf" )(?:(?:[12][0-9]|3[01]|0?[1-9]){_B}[日号]?{_B}{_NEXT}){{0,9}}(?:[12][0-9]|3[01]|0?[1-9]){_B}(?=[日号])"
    rf"|[0-9]{{1,2}}{_B}时{_B}[0-9]{{1,2}}{_B}分|[0-9]{{1,2}}{_B}时(?![间段长效隔刻候代期限])|[0-9]{{1,2}}:[0-9]{{2}}{_B}[-—–~至到]{{1,2}}{_B}[0-9]{{1,2}}:[0-9]{{2}}"
    r"|(?:(?<=[午晚晨天日])|(?<=[早晚]上))[0-9]{1,2}(?:点(?:[0-9]{1,2}(?=分))?|:[0-9]{2})|(?<=[(（\[〔【])(?:19|20)[0-9]{2}(?=[)）\]〕】](?!"
    r" {0,2}第?[0-9]+ {0,2}号))"
    r"|[0-9]{1,2}[·•][0-9]{1,2}(?![0-9.%万亿])"
    rf"|[0-9]{{1,2}}\.[0-9]{{1,2}}(?=[”\"]?{_B}(?:国家|宪法|全国|全民|世界|国际|消费|知识产权|禁毒|宣传|法制|法治))"
    ")|(?P<name>"
    rf"[0-9]+(?:[+×*][0-9A-Za-z]+)+|0[0-9]{{2,3}}[-—][0-9]{{7,8}}(?![0-9])|(?:0[0-9]+|1[3-9][0-9]{{9}})(?![0-9.])(?!{_B}(?:{_UNIT}|[万亿百千多余%‰]))"
    rf"|(?<=[〔\[(（【])[0-9]{{4}}{_B}[〕\])）】]{_B}第?[0-9]+{_B}(?=号)"
    r"|(?:[0-9]+\.[0-9]+|(?:19|20)[0-9]{2})(?=版)|[5-9]0(?=后(?!续))"
    ")|(?P<ordinal>(?<=[(（])[0-9]{1,2}(?=[)）]))"
)

# From a run of digits on: a number, but one that nothing here may read. Each with the code of its
# doubt.
_UNSURE = re.compile(
    rf"(?P<fraction>[0-9]+/[0-9]+(?![0-9/]))"
    rf"|(?P<ratio>[0-9]+(?:\.[0-9]+)?(?:{_B}[:∶]{_B}|比)[0-9]+(?:\.[0-9]+)?(?![0-9]|{_B}[年月]))"
    r"|(?P<dots>[0-9]+(?:\.[0-9]+){2,})"
    rf"|(?P<comma>[0-9]{{1,3}}(?:，[0-9]{{3}})+(?![0-9])(?={_B}(?:{_UNIT}|[万亿%])))"
    rf"|(?P<blank>[0-9]{{1,3}}(?: [0-9]{{3}})+(?![0-9])(?={_B}(?:{_UNIT}|[万亿%])))"
    r"|(?P<line>[0-9.]+(?:(?<=[^\s0-9.][0-9])|(?<=[^\s0-9.][0-9]{2})|(?<=[^\s0-9.][0-9]{3})|(?<=[^\s0-9.][0-9]{4}))\r?\n[0-9]+(?![0-9]*[.、"
    r"](?![0-9]))(?=[^\s]))"
)
# Only before these can a run of digits be one of the above, or one that begins with 0 or has the
# length of a telephone number.
_MAY_BE_OTHER = re.compile(
    r"[ \n]{0,2}[年月日号时点版后度/:∶比.·•,，、和及与至到—–~+×*)）\]〕】-]| [0-9]|\r?\n"
)
_RUN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_YEAR = re.compile("[0-9]{4}[ \n]{0,2}年")
_NAME_SPANS = re.compile(
    "|".join(NAMES_WITH_NUMERALS)
    + rf"|(?<=届)(?:全国|中央|[省市县区]|政协|人大|人民代表大会|常委会|委员会|委){{0,4}}{_CH}+(?=次(?:全会|会议|全体))"
)
_ITEM = re.compile(r"^[ \t]*[0-9]+[.、](?![0-9])", re.M)
_POINT_AFTER = re.compile("[.、](?![0-9])")

# The words around a number that say it is not exact; 不超过 begins before 超过 and is therefore found
# first.
_BOUNDS_BEFORE = {
    "at_least": (
        r"不得?[少低小]于|不下|不止|大于等于|(?:至少|起码)[\u4e00-\u9fff]{0,4}|达到或超过|[≥≧]|>="
    ),
    "at_most": r"[不未](?:得|能|曾)?超过?|没有超过|不得?[多高大]于|小于等于|至多|最多|[≤≦]|<=",
    "more_than": r"超过|突破|逾|(?<!治)超|[多高大]于|>",
    "less_than": (
        r"(?:(?<!问题)(?<!短板)(?<!查找)(?<!查摆)(?<!存在)(?<!整改)(?<!发现)(?<!弥补)(?<!补齐)不足|不到|未达到|不及)(?:[\u4e00-\u9fff]{1,8}的)?|不满|未满|[少低小]于|<"
    ),
    "about": (
        r"大约|大概|(?<![签节预特履违合公契守集续解邀])约[占有为计]?|将近|(?<![最附邻就走靠临])近|接近"
    ),
}
_BEFORE = re.compile(
    "(?:"
    + "|".join(f"(?P<{bound}>{words})" for bound, words in _BOUNDS_BEFORE.items())
    + f")[了到]?{_B}$"
)
_MAY_BOUND = re.compile("[于下少码过超逾破多≤≦≥≧<>足到满约近概]")
_BOUNDS_AFTER = {
    "at_least": "(?:[（(]含[^()（）]{0,8}[)）])?及?其?以上",
    "at_most": (
        "(?:[（(]含[^()（）]{0,8}[)）])?及?其?以下|[以之]内|内(?![容部外设涵控资勤业科地陆])"
    ),
    "about": "左右|上下(?![联级游班楼])",
    "more_than": r"[多余](?=月|小时|来|[,，。;；、)）\n]|$)|\+(?![0-9A-Za-z])",
}
_AFTER = re.compile(
    _B + "(?:" + "|".join(f"(?P<{bound}>{words})" for bound, words in _BOUNDS_AFTER.items()) + ")"
)
# Before a bare 百, 千, 万: 上千件, 近百家. 以上 and 通过 are other words.
_BARE_BEFORE = re.compile("(?<!以)上$|(?<![通经超])过$|超过?$|逾$|破$|(?<![最附邻就])近$|成$")

_WORD_ALONE = (
    [re.compile(words) for words in _BOUNDS_BEFORE.values()],
    [re.compile(words) for words in list(_BOUNDS_AFTER.values())[:3]],
)
_ALONE_AFTER = re.compile(f"(?:{'|'.join(list(_BOUNDS_AFTER.values())[:3])})$")


class Number(NamedTuple):
    """One printed number: where it stands and what it says. `end` is after the printed form,
    `unit_end` after its unit.

    `kind` is value, date, ordinal, name or unclear. An unclear one has a `doubt` and no value, unit
    or bound.
    """

    start: int
    end: int
    unit_end: int
    printed: str
    value: Decimal | None
    unit: str
    bound: str
    kind: str
    doubt: str = ""


def traditional(text):
    """Whether a text holds traditional characters of numerals, units or words of bound: they are
    read as the simplified ones.

    >>> traditional("受理行政復議案件十二萬餘件")
    True
    """
    return bool(_TRADITIONAL.search(text))


def plain(text):
    """The text with half-width digits and simplified numerals and units, character for
    character.
    """
    if not _NOT_PLAIN.search(text):
        return text
    if "，" in text:
        text = _FULL_COMMA.sub(",", text)
    return text.translate(_PLAIN)


def numbers_in(text):
    """Every number in a text, in its order: values, and dates, ordinals, names and unclear ones
    told apart from them.

    >>> [(number.printed, number.value, number.unit, number.bound) for number in numbers_in("近2.3万人次")]
    [('2.3万', Decimal('23000'), '人次', 'about')]
    """
    read = plain(text)
    names = [match.span() for match in _NAME_SPANS.finditer(read)]
    items = {match.end() for match in _ITEM.finditer(read)}
    found, at, name_at = [], 0, 0
    search = _NUMBER.search
    while match := search(read, at):
        start, at = match.span()
        while name_at < len(names) and names[name_at][1] <= start:
            name_at += 1
        if name_at < len(names) and names[name_at][0] <= start:
            at = max(at, names[name_at][1]) if not match["digits"] else at
            if not match["digits"]:
                continue
        if match["digits"]:
            at = _from_digits(text, read, match, items, found)
        elif not _stands_for_a_word(read, match):
            found.append(_from_words(text, read, match))
            at = found[-1].end
    return _ranges(read, found)


def _from_digits(text, read, match, items, found):
    """Add the number, or the numbers of the date or name, that begin with these digits; returns
    where to go on.
    """
    start, end = match.span()
    digits = match["digits"]
    may_be_other = (
        digits[0] == "0"
        or "." in digits
        or len(digits) == 11
        or _MAY_BE_OTHER.match(read, match.end("digits"))
    )
    other = may_be_other and _NO_COUNT.match(read, start)
    if other:
        found += [
            Number(
                *run.span(),
                run.end(),
                text[slice(*run.span())],
                _digits(run[0]),
                "",
                "exact",
                other.lastgroup,
            )
            for run in _RUN.finditer(read, start, other.end())
        ]
        return other.end()
    unsure = may_be_other and _UNSURE.match(read, start)
    if unsure:
        found.append(_unclear(text[start : unsure.end()], start, unsure.lastgroup))
        return unsure.end()
    if (
        read[start - 1 : start] == "-"
        and match["percent"]
        and not (found and found[-1].unit_end == start - 1)
    ):
        found.append(_unclear(text[start:end], start, "minus"))
        return end
    if match["times"] and re.match("零?[0-9]", read[end : end + 2]) and not _YEAR.match(read, end):
        found.append(_unclear(text[start : _RUN.search(read, end).end()], start, "numeral"))
        return found[-1].end
    if "\n" in match[0]:
        found.append(_unclear(text[start:end], start, "line"))
        return end
    unit, unit_end = _unit(read, match)
    # Most numbers have a unit, and nothing before them that makes another thing of them.
    if (
        not unit
        or may_be_other
        or not "\u4e00" <= read[start - 1 : start] <= "\u9fff"
        or read[start - 1] in "第届前"
    ):
        kind = _kind(read, match, items)
        if kind != "value":
            found.append(Number(start, end, end, text[start:end], _value(match), "", "exact", kind))
            return end
    found.append(
        _unless_half(
            read,
            Number(
                start,
                end,
                unit_end,
                text[start:end],
                _value(match),
                unit,
                _bound(read, match, unit_end),
                "value",
            ),
        )
    )
    return end


def _unclear(printed, start, doubt):
    """A number that cannot be read for certain."""
    end = start + len(printed)
    return Number(start, end, end, printed, None, "", "", "unclear", doubt)


def _from_words(text, read, match):
    """The number that a match of Chinese numerals stands for."""
    start, end = match.span()
    numeral = match["chinese"]
    if read[start - 1 : start] == "\n" and read[start - 2 : start - 1] in tuple(CHINESE):
        return _unclear(text[start:end], start, "line")
    if match["vague"]:
        return _unclear(text[start:end], start, "fraction" if "分之" in match["vague"] else "vague")
    if (
        numeral
        and len(numeral) == 4
        and _POSITIONAL.fullmatch(numeral)
        and read.startswith("年", end)
    ):
        return Number(
            start, end, end, text[start:end], Decimal(chinese(numeral)), "", "exact", "date"
        )
    spoken = numeral or (match["parts"] if match["parts"] and match["parts"][0] in CHINESE else "")
    if (
        spoken
        and not _well_formed(spoken.partition("点")[0])
        and not (numeral and _APPROXIMATE.fullmatch(numeral))
    ):
        return _unclear(text[start:end], start, "numeral")
    unit, unit_end = _unit(read, match)
    return _unless_half(
        read,
        Number(
            start,
            end,
            unit_end,
            text[start:end],
            _value(match),
            unit,
            _bound(read, match, unit_end),
            "value",
        ),
    )


def _unless_half(read, number):
    """两个半小时 is not two: the number is listed as unclear."""
    if (
        read.startswith("半", number.unit_end)
        and number.unit
        and number.unit != "%"
        and not read.startswith(("半年", "半数", "半径"), number.unit_end)
    ):
        return _unclear(number.printed, number.start, "half")
    return number


_RANGE = re.compile(f"{_B}{_TO}{_B}")
_TAIL = re.compile(r"([0-9.]+|[一二两三四五六七八九])[ \n]?([百千万亿]+)")
_FROM = re.compile("[从由自][^，,。；;0-9]{0,8}$")


def _ranges(read, found):
    """3至5名 is at least 3 and at most 5, both 名; 第3至5名 are ranks, and 从45件到50件 is a change."""
    for i in range(1, len(found)):
        first, second = found[i - 1], found[i]
        if second.start - first.unit_end > 6 or not _RANGE.fullmatch(
            read, first.unit_end, second.start
        ):
            continue
        if first.kind == "ordinal" and second.kind == "value":
            found[i] = second._replace(kind="ordinal", unit="", unit_end=second.end, bound="exact")
        elif (
            first.kind == second.kind == "value"
            and first.unit in ("", second.unit)
            and not (
                read[second.start - 1] in "至到"
                and _FROM.search(read, max(0, first.start - 10), first.start)
            )
        ):
            # 3-5万 is 30,000 to 50,000, and 三至五百 300 to 500; in 5000-1万 each number stands for
            # itself.
            low, tail = first.value, _TAIL.fullmatch(read, second.start, second.end)
            power = (
                _times(tail[2])
                if tail and not first.unit and not _times(read[first.start : first.end])
                else 0
            )
            if power and first.value < second.value.scaleb(-power):
                low = _plain_decimal(first.value.scaleb(power))
            if low < second.value:
                found[i - 1] = first._replace(value=low, unit=second.unit, bound="at_least")
                found[i] = second._replace(bound="at_most")
    return found


def alone(printed, unit):
    """The one number that a printed form consists of, with nothing around it but one word that says
    how exact it is; None for any other form.

    >>> alone("95%以上", "%").bound
    'at_least'
    """
    # The unit stands between the number and a word that follows it: 95件以上.
    after = _ALONE_AFTER.search(printed)
    end = after.start() if after else len(printed)
    text = printed if unit == "%" else printed[:end] + unit + printed[end:]
    numbers = numbers_in(text)
    if printed != printed.strip() or len(numbers) != 1 or numbers[0].kind != "value":
        return None
    before, after, inside = (
        text[: numbers[0].start],
        text[numbers[0].unit_end :],
        re.findall("[多余]", numbers[0].printed),
    )
    known = all(
        not words or any(pattern.fullmatch(words) for pattern in patterns)
        for words, patterns in zip((before, after), _WORD_ALONE)
    )
    return numbers[0] if known and bool(before) + bool(after) + len(inside) <= 1 else None


def meaning(printed, value, bound):
    """The lowest and highest number that a printed number can mean, given its precision and its
    bound.

    >>> meaning("2.22%", Decimal("2.22"), "exact")
    (Decimal('2.215'), Decimal('2.225'))
    """
    value = Decimal(value)
    half = _half_step(plain(printed))
    if bound in ("at_least", "more_than"):
        return value, Decimal("Infinity")
    if bound in ("at_most", "less_than"):
        return Decimal(0), value
    if bound == "about":
        half = max(half, value / 20)
    return value - half, value + half


def _half_step(printed):
    """Half of the last digit's weight where a number was rounded to be printed: with decimals, 万,
    亿, % or in tenths.
    """
    if "分之" in printed:
        return Decimal(1).scaleb(-len(re.split("[点.]", f"{printed}.")[1])) / 2
    if "成" in printed:
        return Decimal(5)
    if _APPROXIMATE.fullmatch(printed):
        # 七八个 may be either, so that its meaning reaches from the one to the other.
        return _between(printed)
    digits = re.match(r"[0-9,]+(?:\.([0-9]+))?", printed)
    if not digits:
        return Decimal(0)
    times = _times(re.split("[0-9]", printed)[-1])
    if times == 0 and not digits[1] and printed[-1] not in "%‰‱":
        return Decimal(0)
    return Decimal(1).scaleb(times - len(digits[1] or "")) / 2


def _times(printed):
    """The power of ten that the signs after a number stand for: 4 for 万, 8 for 亿."""
    return sum(_POWERS.get(sign, 0) for sign in printed)


_POWERS = {"百": 2, "千": 3, "万": 4, "亿": 8}


def _stands_for_a_word(read, match):
    """一 alone before a measure word is an article, 前三名 are ranks, and 百 or 万 alone is no count
    unless a word before or after says so.
    """
    numeral = match["chinese"]
    if not numeral or match["more"]:
        return False
    if numeral == "二" and read[match.end() : match.end() + 1] in _IN_TURN:
        return True
    if numeral in ("百", "千", "万", "亿"):
        return not _BARE_BEFORE.search(read, max(0, match.start() - 3), match.start())
    return (
        numeral in ("一", "零")
        or read[match.start() - 1 : match.start()] == "前"
        and read[match.end() : match.end() + 1] in ("名", "位")
    )


# 二 is no count before these, as 两 would be, but the second: 二期, 二次.
_IN_TURN = ("期", "次", "部", "处", "组", "队", "类", "批")


def _kind(read, match, items):
    """What a run of digits that is no date is: value, date, ordinal or name."""
    start, end = match.span("digits")
    adjacent, after = read[start - 1 : start], read[match.end() : match.end() + 3]
    before = read[max(0, start - 3) : start].rstrip(" ")[-1:] if adjacent == " " else adjacent
    letter = (
        adjacent.isascii() and adjacent.isalpha() or after[:1].isascii() and after[:1].isalpha()
    )
    after = after.lstrip(" \n")
    whole = match[0].isdigit()
    if whole and len(match[0]) < 8:
        number = int(match[0])
        if (
            after.startswith(("年", "届", "学年"))
            and len(match[0]) == 4
            and 1000 <= number < 3000
            or after[:1] == "月"
            and 1 <= number <= 12
        ):
            return "date"
        if (
            match[0] in NAMES_IN_DIGITS
            and not _UNIT_AFTER.match(read, end)
            and (len(match[0]) > 3 or after[:1] in tuple("”警报急接联指平热"))
            or after[:1] == "号"
            or before + after[:1] == "〔〕"
        ):
            return "name"
    if letter and not match["times"].strip():
        return "name"
    if before in ("第", "届") or whole and _POINT_AFTER.match(read, end) and end + 1 in items:
        return "ordinal"
    if before == "前" and (not after or after[0] in "名位强，。、；,;"):
        return "ordinal"
    return "value"


def _unit(read, match):
    """The unit of a match, and where it ends."""
    if match["of"]:
        return {"百": "%", "千": "‰", "万": "‱"}[match["of"]], match.end()
    if match["percent"] or match["all"] or match["tenths"]:
        sign = (match["percent"] or "").strip()
        return sign if sign in ("‰", "‱") else "%", match.end()
    after = _UNIT_AFTER.match(read, match.end())
    return (after[1], after.end()) if after else ("", match.end())


def _value(match):
    if match["digits"]:
        if not match["times"] and match["percent"] != "成":
            return _digits(match["digits"])
        if match["rest"]:
            before, rest = (
                match["times"].partition(match["rest"])[0],
                re.match("[0-9]+", match["rest"])[0],
            )
            return _plain_decimal(
                _digits(match["digits"]).scaleb(_times(before))
                + Decimal(rest).scaleb(_times(match["rest"]))
            )
        power = _times(match["times"]) + (match["percent"] == "成")
        return (
            _plain_decimal(_digits(match["digits"]).scaleb(power))
            if power
            else _digits(match["digits"])
        )
    if match["all"]:
        return Decimal(100)
    if match["parts"]:
        return (
            _digits(match["parts"])
            if match["parts"][0] not in CHINESE
            else _with_point(match["parts"])
        )
    if match["tenths"]:
        return Decimal(
            10 * chinese(match["tenths"])
            + (5 if match["half"] == "半" else chinese(match["half"] or "零"))
        )
    if _APPROXIMATE.fullmatch(match["chinese"]):
        return Decimal(
            chinese(match["chinese"][:1] + match["chinese"][2:])
            if match["chinese"][0] in _ONES
            else chinese(match["chinese"][:-1])
        )
    times = _times(match["more"])
    return (
        _plain_decimal(_with_point(match["chinese"]).scaleb(times))
        if times
        else _with_point(match["chinese"])
    )


_ONES = "一二两三四五六七八九"
# 七八个 is seven or eight, 三四十 thirty or forty, 十七八 seventeen or eighteen.
_APPROXIMATE = re.compile(f"[{_ONES}]{{2}}[十百千万亿]?|[{_ONES}]?十[{_ONES}]{{2}}")
_POSITIONAL = re.compile("[〇零一二三四五六七八九]+")
_SECTION = f"(?:[{_ONES}]千)?(?:[零〇]?[{_ONES}]百)?(?:[零〇]?[{_ONES}]?十)?(?:[零〇]?[{_ONES}])?"
_WELL_FORMED = re.compile(
    f"(?:(?:{_SECTION}|[百千])万?亿)?[零〇]?(?:(?:{_SECTION}|[百千])万)?[零〇]?(?:{_SECTION}|[百千](?<=^.))"
)
_ELLIPSIS = re.compile(f"[百千万亿][{_ONES}]$")


def _well_formed(numeral):
    """Whether a numeral is written as schools teach it: not 三百二, which leaves out a word, nor
    百十.
    """
    return bool(_WELL_FORMED.fullmatch(numeral)) and not _ELLIPSIS.search(numeral)


def _between(printed):
    """How far apart the two numbers of 七八 or 三四十 are."""
    ones = [c for c in printed if c in _ONES][-2:]
    return Decimal(chinese(ones[1]) - chinese(ones[0])) * 10 ** (
        _times(printed[-1:]) or (1 if printed[-1] == "十" else 0)
    )


def _with_point(numeral):
    """A numeral that may have a decimal point, and 万 or 亿 after it: 一点二万."""
    whole, point, part = numeral.partition("点")
    if not point:
        return Decimal(chinese(numeral))
    times = _times(part[-1])
    digits = "".join(str(chinese(c)) for c in (part[:-1] if times else part))
    return _plain_decimal(Decimal(f"{chinese(whole)}.{digits}").scaleb(times))


def _digits(digits):
    return Decimal(digits.replace(",", ""))


def _plain_decimal(value):
    """The same number written without an exponent."""
    return Decimal(f"{value:f}")


def _bound(read, match, unit_end):
    """How exact a number is, by its own signs, the words after its unit and those before it."""
    more = match["times"] or match["more"] or match["parts_more"] or match["tenths_more"] or ""
    if "多" in more or "余" in more or "几" in more:
        return "more_than"
    if "来" in more or match["chinese"] and _APPROXIMATE.fullmatch(match["chinese"]):
        return "about"
    if read.startswith("+", match.end()) and unit_end > match.end():
        return "more_than"
    after = _AFTER.match(read, unit_end)
    if after:
        return after.lastgroup
    window = max(0, match.start() - 12)
    before = _MAY_BOUND.search(read, window, match.start()) and _BEFORE.search(
        read, window, match.start()
    )
    if not before:
        bare = (
            match["chinese"]
            and match["chinese"][0] in "百千万亿"
            and _BARE_BEFORE.search(read, max(0, match.start() - 3), match.start())
        )
        return (
            ("at_least" if bare[0] == "上" else "exact" if bare[0] == "成" else "more_than")
            if bare
            else "exact"
        )
    # 近三年 is the last three years, not about three.
    last_years = (
        before.lastgroup == "about"
        and before[0].rstrip().endswith("近")
        and read[match.end() : unit_end].strip() in ("年", "个月", "天")
    )
    return "exact" if last_years else before.lastgroup


def chinese(numeral):
    """A Chinese numeral as a number: `一百二十` is 120, `两` is 2.

    >>> chinese("一百二十")
    120
    """
    digits = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
    if len(numeral) > 1 and all(c in digits for c in numeral):
        return int("".join(str(digits[c]) for c in numeral))
    total = section = digit = 0
    for c in numeral:
        if c in digits:
            digit = digits[c]
        elif c in "十百千":
            section += (digit or 1) * 10 ** ("十百千".index(c) + 1)
            digit = 0
        elif c == "万":
            total += (section + digit or 1) * 10**4
            section = digit = 0
        else:
            total = (total + section + digit or 1) * 10**8
            section = digit = 0
    return total + section + digit
