"""What the reader of numbers knows: measure words, fixed names, words of bound, and patterns.

What follows a word in brackets would make another word of it: 3项目, 5处罚.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

CHINESE = "零〇一二两三四五六七八九十百千万亿"
ONES = "一二两三四五六七八九"

# A Chinese numeral counts something only before one of these; what follows any number is its unit.
MEASURES = """
    平方公里 平方千米 平方米 立方米 公里 千米 公顷 公斤 小时 分钟 学时 课时
    人次 件次 家次 户次 场次 批次 车次 班次 篇次 项次 条次 部门 部委 工作日 个工作日 个月 周年 个百分点
    美元 欧元 元 件 宗 起(?!诉(?!讼)) 名(?!单(?!位)|录|称|誉) 人(?!民|均|大|社) 位 份
    项(?!目(?!标)) 个 家 条(?!例) 篇 次(?!序) 场(?!所|馆|景) 期(?!间|限) 部(?!署|分|长|级)
    处(?!罚|理|置|分|级) 所(?!属|有|谓|涉|需) 支(?!持|部|撑|付) 户(?!籍) 台(?!账) 套(?!路) 册
    本(?!级|市|省|县|区|地|年|次|着|辖|部) 卷 辆 吨 亩 米 天 年 岁 倍(?!增) 种 类(?!型|别)
    批(?!准|评|复|示) 座(?!谈) 张(?!贴) 笔 例 轮 讲(?!话) 堂 款 幅 枚 面(?!对|向|临|积) 间(?!接) 栋
    组(?!织|成|建) 队(?!伍) 节 桩 单(?!位) 分(?![之钟别类级工布析])
""".split()

# These count only after digits: 三县 and 两市 are mostly parts of names.
AFTER_DIGITS = """
    县(?!级|直|域) 市(?!场|民|级|直|长|政|本|委) 区(?!域|间|划|级) 省(?!级|直|委|内|外|时)
    国(?!家|务|有|际|道) 乡镇 乡(?!村) 镇 村(?!民|级) 街道 社区 校 日(?!常|均|前|益|程)
    周(?!期|边|年) 季度 秒 字 页 门(?!户|诊|槛) 头 只 株 棵 艘 架 尾 箱 块(?!链) 层(?!面|级|次)
    幢 封 票 通(?!过|知|报|道|告|办|关|行|用|信) 台套 根(?!据|本) 盏 瓶 袋 席(?!位) 集(?!体|中|团)
    档 千瓦时 克 斤 度
""".split()

# Numerals inside a fixed name count nothing; such names are few and known.
NAMES_WITH_NUMERALS = """
    三项制度 三大攻坚战 五公开 两个列席 万人助万企 两个确立 两个维护 四个意识 四个自信 四个全面
    四个伟大 五位一体 两个结合 两个毫不动摇 六个必须坚持 三个代表 三个务必 两个大局 两个一百年
    八项规定 三个规定 三个区分开来 四个最严 两个责任
""".split()

# Digits that name a thing: telephone lines of the government.
NAMES_IN_DIGITS = """
    12345 12348 12315 12388 110 12333 12366 12309 12329 12328 12336 12358 12369 12320 12378 12393
    12396 12305 12318 12331 12337 12338 12340 12341 12350 12351 12355 12371 12380
""".split()

# What full-width and traditional characters are read as; one for one, so that every place stays
# where it is.
_FULL_WIDTH = "０１２３４５６７８９．％：／～－＋＞＜＝\u00a0\u3000\t\u2002\u2003\u2009\u202f"
_AS_PLAIN = "0123456789.%:/~-+><=       "
_TRADITIONAL = (
    "萬億餘兩數幾個項條處戶臺冊輛噸畝歲種類場張門間棟筆單頁頭隻輪講點時鐘學課頃號屆週鄉鎮縣區國組隊節"
    "樁盞約達過於滿內將僅來從訴訟"
)
_SIMPLIFIED = (
    "万亿余两数几个项条处户台册辆吨亩岁种类场张门间栋笔单页头只轮讲点时钟学课顷号届周乡镇县区国组队节"
    "桩盏约达过于满内将仅来从诉讼"
)
AS_PLAIN = str.maketrans(_FULL_WIDTH + _TRADITIONAL, _AS_PLAIN + _SIMPLIFIED)
NOT_PLAIN = re.compile(f"[{_FULL_WIDTH}{_TRADITIONAL}]")
TRADITIONAL = re.compile(f"[{_TRADITIONAL}]")
FULL_COMMA = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")

# The words around a number that say it is not exact; 不超过 begins before 超过 and is therefore found
# first.
_NO_LACK = ("问题", "短板", "查找", "查摆", "存在", "整改", "发现", "弥补", "补齐")
_LACK = "".join(f"(?<!{word})" for word in _NO_LACK) + "不足"
_INCLUDING = "(?:[（(]含[^()（）]{0,8}[)）])?及?其?"
BOUNDS_BEFORE = {
    "at_least": r"不得?[少低小]于|不下|不止|大于等于|(?:至少|起码)[\u4e00-\u9fff]{0,4}|达到或超过|[≥≧]|>=",
    "at_most": r"[不未](?:得|能|曾)?超过?|没有超过|不得?[多高大]于|小于等于|至多|最多|[≤≦]|<=",
    "more_than": r"超过|突破|逾|(?<!治)超|[多高大]于|>",
    "less_than": rf"(?:{_LACK}|不到|未达到|不及)(?:[\u4e00-\u9fff]{{1,8}}的)?|不满|未满|[少低小]于|<",
    "about": r"大约|大概|(?<![签节预特履违合公契守集续解邀])约[占有为计]?|将近|(?<![最附邻就走靠临])近|接近",
}
BOUNDS_AFTER = {
    "at_least": f"{_INCLUDING}以上",
    "at_most": f"{_INCLUDING}以下|[以之]内|内(?![容部外设涵控资勤业科地陆])",
    "about": "左右|上下(?![联级游班楼])",
    "more_than": r"[多余](?=月|小时|来|[,，。;；、)）\n]|$)|\+(?![0-9A-Za-z])",
}


def _named(patterns: Iterable[tuple[str, str]]) -> str:
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in patterns)


def _some_one(words: Sequence[str]) -> str:
    """A pattern that says whether one of the words follows, and not which: one that begins with
    another is found by it.
    """
    single = "".join(word for word in words if len(word) == 1)
    return "|".join([f"[{single}]", *(word for word in words if word[0] not in single)])


def _longest_first(words: Sequence[str]) -> str:
    return "|".join(sorted(words, key=lambda word: len(word.partition("(")[0]), reverse=True))


BLANKS = "[ \n]{0,2}"
TO = "[-—–~至到]{1,2}"
_CH = f"[{CHINESE}]"
_UNIT = _some_one(MEASURES)
_BEFORE_UNIT = f"{BLANKS}(?:{_UNIT})"
UNIT_AFTER = re.compile(rf"{BLANKS}\+?({_longest_first(MEASURES + AFTER_DIGITS)})")

BEFORE = re.compile(f"(?:{_named(BOUNDS_BEFORE.items())})[了到]?{BLANKS}$")
MAY_BOUND = re.compile("[于下少码过超逾破多≤≦≥≧<>足到满约近概]")
AFTER = re.compile(f"{BLANKS}(?:{_named(BOUNDS_AFTER.items())})")
# Before a bare 百, 千, 万: 上千件, 近百家. 以上 and 通过 are other words.
BARE_BEFORE = re.compile("(?<!以)上$|(?<![通经超])过$|超过?$|逾$|破$|(?<![最附邻就])近$|成$")


class Alone(NamedTuple):
    """What may stand around the one number of a cell: words before it, words after it and its unit;
    and where the latter begin.
    """

    before: list[re.Pattern[str]]
    after: list[re.Pattern[str]]
    ending: re.Pattern[str]


@cache
def alone() -> Alone:
    """The patterns of cells; made when first asked for, as a report's text needs none of them."""
    after = list(BOUNDS_AFTER.values())[:3]
    return Alone(
        [re.compile(words) for words in BOUNDS_BEFORE.values()],
        [re.compile(words) for words in after],
        re.compile(f"(?:{'|'.join(after)})$"),
    )


_NO_SHARE = "(?!立|员|果|本|功|效|为|长|都|熟|绩|年|品|就|分|因|型|交|人)"
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_THOUSANDS = "[百千](?!瓦|克|米)"
_REST = rf"[0-9]{{1,4}}(?:[百千]?万|(?<=[0-9]){_THOUSANDS})"
_TIMES = rf"{BLANKS}[多余来]?(?:{_THOUSANDS})?[万亿]*(?:(?<=[亿万])(?P<rest>{_REST}))?[多余]?"
_VAGUE = (
    rf"(?<![{CHINESE}])[数几](?:[十百千万亿]+[多余]?(?={_BEFORE_UNIT})"
    rf"|[百千万亿]+[多余]?(?![{CHINESE}家]))"
    rf"|(?<![{CHINESE}第]){_CH}+分之{_CH}+"
)
NUMBER = re.compile(
    rf"(?=[0-9数几{CHINESE}])(?:"
    rf"(?P<digits>{_DIGITS})(?P<times>{_TIMES})(?<![ \n])"
    rf"(?P<percent>成{_NO_SHARE}|(?:{BLANKS}[%‰‱])?)"
    rf"|(?P<all>百分百)"
    rf"|(?P<of>[百千万])分之(?P<parts>{_CH}+(?:点{_CH}+)?|{_DIGITS})(?P<parts_more>[多余]?)"
    rf"|(?P<tenths>(?<![{CHINESE}第])[{ONES}])成(?P<half>[半一二三四五六七八九]?)"
    rf"(?P<tenths_more>[多余]?){_NO_SHARE}"
    rf"|(?P<vague>{_VAGUE})"
    rf"|(?<![{CHINESE}第届])(?P<chinese>{_CH}+(?:点[零〇一二三四五六七八九]+[万亿]?)?)"
    rf"(?P<more>(?:[多余来几][万亿]*)?)(?=(?:{TO}{_CH}+)?{_BEFORE_UNIT}))"
)

# From a run of digits on: days, months and years, and what else is no count.
_NEXT = r"(?:[-—–~至到、,，和及与]{1,2} {0,2})"
_CENTURY = "(?:19|20)[0-9]{2}"
_SPAN = rf"{BLANKS}[-—–~至到]{{1,2}}{BLANKS}"
_YEAR_MONTH = rf"{_CENTURY}\.[0-9]{{1,2}}"
_MONTH = "(?:1[0-2]|0?[1-9])"
_DAY = "(?:[12][0-9]|3[01]|0?[1-9])"
_DAYS = rf"(?:{_DAY}{BLANKS}[日号]?{BLANKS}{_NEXT}){{0,9}}{_DAY}{BLANKS}(?=[日号])"
_NO_FIGURE = "(?![0-9.%万亿])"
_OCCASION = "国家|宪法|全国|全民|世界|国际|消费|知识产权|禁毒|宣传|法制|法治"
_DATES = (
    rf"(?:[0-9]{{4}}{BLANKS}年?度?{BLANKS}{_NEXT}){{1,8}}[0-9]{{4}}{BLANKS}(?=年)",
    rf"{_CENTURY}{_SPAN}{_CENTURY}(?![0-9.])(?!{_BEFORE_UNIT})",
    rf"{_CENTURY}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}{_NO_FIGURE}",
    rf"{_YEAR_MONTH}{_SPAN}{_YEAR_MONTH}{_NO_FIGURE}",
    rf"(?:{_MONTH}{BLANKS}月?{BLANKS}{_NEXT}){{1,11}}{_MONTH}{BLANKS}(?=月)",
    rf"(?<=月){_DAYS}",
    rf"(?<=月 ){_DAYS}",
    rf"[0-9]{{1,2}}{BLANKS}时{BLANKS}[0-9]{{1,2}}{BLANKS}分",
    rf"[0-9]{{1,2}}{BLANKS}时(?![间段长效隔刻候代期限])",
    rf"[0-9]{{1,2}}:[0-9]{{2}}{_SPAN}[0-9]{{1,2}}:[0-9]{{2}}",
    r"(?:(?<=[午晚晨天日])|(?<=[早晚]上))[0-9]{1,2}(?:点(?:[0-9]{1,2}(?=分))?|:[0-9]{2})",
    rf"(?<=[(（\[〔【]){_CENTURY}(?=[)）\]〕】](?! {{0,2}}第?[0-9]+ {{0,2}}号))",
    rf"[0-9]{{1,2}}[·•][0-9]{{1,2}}{_NO_FIGURE}",
    rf"[0-9]{{1,2}}\.[0-9]{{1,2}}(?=[”\"]?{BLANKS}(?:{_OCCASION}))",
)
_NAMES = (
    r"[0-9]+(?:[+×*][0-9A-Za-z]+)+",
    r"0[0-9]{2,3}[-—][0-9]{7,8}(?![0-9])",
    rf"(?:0[0-9]+|1[3-9][0-9]{{9}})(?![0-9.])(?!{BLANKS}(?:{_UNIT}|[万亿百千多余%‰]))",
    rf"(?<=[〔\[(（【])[0-9]{{4}}{BLANKS}[〕\])）】]{BLANKS}第?[0-9]+{BLANKS}(?=号)",
    r"(?:[0-9]+\.[0-9]+|(?:19|20)[0-9]{2})(?=版)",
    r"[5-9]0(?=后(?!续))",
)
NO_COUNT = re.compile(
    _named(
        (
            ("date", "|".join(_DATES)),
            ("name", "|".join(_NAMES)),
            ("ordinal", "(?<=[(（])[0-9]{1,2}(?=[)）])"),
        )
    )
)

# From a run of digits on: a number, but one that nothing here may read. Each with the code of its
# doubt.
_FEW_ON_A_LINE = "|".join(
    rf"(?<=[^\s0-9.][0-9]{'' if length == 1 else f'{{{length}}}'})" for length in range(1, 5)
)
_DECIMAL = r"[0-9]+(?:\.[0-9]+)?"
_THREES = _named((("comma", "(?:，[0-9]{3})+"), ("blank", "(?: [0-9]{3})+")))
_OTHERS = (
    ("fraction", "[0-9]+/[0-9]+(?![0-9/])"),
    ("ratio", rf"{_DECIMAL}(?:{BLANKS}[:∶]{BLANKS}|比){_DECIMAL}(?![0-9]|{BLANKS}[年月])"),
    ("dots", r"[0-9]+(?:\.[0-9]+){2,}"),
    ("line", rf"[0-9.]+(?:{_FEW_ON_A_LINE})\r?\n[0-9]+(?![0-9]*[.、](?![0-9]))(?=[^\s])"),
)
UNSURE = re.compile(
    rf"{_named(_OTHERS)}|[0-9]{{1,3}}(?:{_THREES})(?![0-9])(?={BLANKS}(?:{_UNIT}|[万亿%]))"
)
# Only before these can a run of digits be one of the above, or one that begins with 0 or has the
# length of a telephone number.
MAY_BE_OTHER = re.compile(
    r"[ \n]{0,2}[年月日号时点版后度/:∶比.·•,，、和及与至到—–~+×*)）\]〕】-]| [0-9]|\r?\n"
)
RUN = re.compile(_DECIMAL)
YEAR = re.compile("[0-9]{4}[ \n]{0,2}年")
_BODIES = "(?:全国|中央|[省市县区]|政协|人大|人民代表大会|常委会|委员会|委)"
NAME_SPANS = re.compile(
    "|".join(NAMES_WITH_NUMERALS) + rf"|(?<=届){_BODIES}{{0,4}}{_CH}+(?=次(?:全会|会议|全体))"
)
ITEM = re.compile(r"^[ \t]*[0-9]+[.、](?![0-9])", re.M)
POINT_AFTER = re.compile("[.、](?![0-9])")

# Between the two numbers of a range, and before the first of two that are none: 从45件到50件.
RANGE = re.compile(f"{BLANKS}{TO}{BLANKS}")
TAIL = re.compile(r"([0-9.]+|[一二两三四五六七八九])[ \n]?([百千万亿]+)")
FROM = re.compile("[从由自][^，,。；;0-9]{0,8}$")

# 二 is no count before these, as 两 would be, but the second: 二期, 二次.
IN_TURN = ("期", "次", "部", "处", "组", "队", "类", "批")
