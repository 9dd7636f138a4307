"""The forms in which numbers are printed, and the words around them that say what is counted and
how exactly. Each form is a rule with examples, as in `rules`; no number begins where none does.
"""

import re

from baoding_data.patterns import lazy_pattern
from baoding_data.text import inventory
from baoding_data.text.characters import NUMERAL_LIKE
from baoding_data.text.numerals import CHINESE, ONES
from baoding_data.text.rules import Rule, written
from baoding_data.words import Pair

FORMS = [
    Rule(
        "digits",
        "value",
        Pair(
            "阿拉伯数字，连同紧挨着的十百千万亿、多余、百分号，整段一起读",
            "digits, with the multipliers, words for more and per cent signs that follow: one run",
        ),
        "(?P<head>(?:(?<![{chars}第届]){ch}*[十百千万亿]{apart})?)(?P<figures>{digits})(?P<tail>{tail})"
        "(?<![ \\n])(?P<percent>成{nopart}|(?:{b}[%‰‱])?)",
        {"受理1,206人": "1,206", "投入8千4百万元": "8千4百万", "近2.3 万人次": "2.3 万"},
    ),
    Rule(
        "alike",
        "letters",
        Pair(
            "量词前面像数字的字母和符号",
            "letters and signs that look like a number, before a measure word",
        ),
        "(?<![A-Za-z0-9{like}])(?:[{like}]+|[lIOo]+)(?={b}(?:(?![类期批本段])(?:{some})|[%‰万亿]))",
        {"受理③件": "③", "败诉l件": "l", "受理ニ件": "ニ"},
        ("Ⅲ类水质", "APP个数"),
    ),
    Rule(
        "all",
        "value",
        Pair("百分百", "百分百, all"),
        "百分百",
        {"实现百分百覆盖": "百分百"},
    ),
    Rule(
        "parts",
        "value",
        Pair("百分之、千分之、万分之", "parts of a hundred, a thousand, ten thousand"),
        "(?P<of>[百千万])分之(?P<share>{ch}+(?:点{ch}+)?|{digits})(?P<share_more>[多余]?)",
        {"百分之三十一点三": "百分之三十一点三", "百分之90多": "百分之90多"},
    ),
    Rule(
        "tenths",
        "value",
        Pair("几成", "tenths"),
        "(?P<tenth>(?<![{chars}第]){ones})成(?P<half>[半一二三四五六七八九]?)"
        "(?P<tenth_more>[多余]?){nopart}",
        {"超九成": "九成", "九成五": "九成五"},
        ("三成立即",),
    ),
    Rule(
        "vague",
        "vague",
        Pair(
            "数、几带十百千万亿，几成，成千上万",
            "数 or 几 with a multiplier, and other vague words",
        ),
        "(?<!{ch})[数几](?:[十百千万亿]+[多余]?(?={b}(?:{some}))|[百千万亿]+[多余]?(?![{chars}家]))"
        "|十数(?={b}(?:{some}))|(?<!{ch}){ones}{2}成{nopart}|成千上万|成百上千|数以[十百千万亿]+计",
        {"数千人次": "数千", "几十家": "几十", "六七成": "六七成", "成百上千人": "成百上千"},
        ("十几家",),
    ),
    Rule(
        "fraction_in_words",
        "fraction",
        Pair("汉字写的分数", "a fraction in words"),
        "(?<![{chars}第]){ch}+分之{ch}+|一半|过半|半数",
        {"三分之二以上": "三分之二", "减少一半": "一半"},
    ),
    Rule(
        "times_in_words",
        "vague",
        Pair("翻番、一倍；没有数字的上亿、千亿", "doubled; billions without a digit"),
        "翻了?近?{ones}*番|一倍(?!以)|上亿(?!{b}(?:{some}))"
        "|(?<![{chars}第])[十百千万]亿(?={b}(?:{any}))(?<![破逾过上近超成][十百千万]亿)",
        {"翻了一番": "翻了一番", "千亿斤": "千亿"},
        ("突破万亿元",),
    ),
    Rule(
        "per_cent_of_numeral",
        "numeral",
        Pair("汉字数字后面的百分号", "a per cent sign behind a Chinese numeral"),
        "(?<![{chars}第届]){ch}+(?={b}[%‰])",
        {"达到〇%": "〇"},
    ),
    Rule(
        "numeral",
        "value",
        Pair("量词前面的汉字数字", "a Chinese numeral before a measure word"),
        "(?<![{chars}第届])(?P<chinese>{ch}+(?:点[零〇一二三四五六七八九]+(?:万亿|[万亿])?)?)"
        "(?P<more>(?:[多余来几][万亿]*)?)(?=(?:{to}{ch}+)?{b}(?:{some}))",
        {"一百二十多家": "一百二十多", "两部": "两", "共廿三件": "廿三"},
        ("一个部门", "第九次会议", "前三名"),
    ),
]

# Words with a numeral that count nothing, and are no fixed names either.
WORDS = [
    Rule(
        "plan",
        "word",
        Pair("第几个五年规划", "a five-year plan by its number"),
        "第{ch}+个{ch}+(?=年)",
        {},
        ("第十四个五年规划",),
    ),
    Rule(
        "session",
        "word",
        Pair("几届几次全会", "the session of a congress"),
        "届(?:全国|中央|[省市县区]|政协|人大|人民代表大会|常委会|委员会|委){0,4}{ch}+次?"
        "(?:、{ch}+)*(?=次?(?:全会|会议|全体))",
        {},
        ("十四届全国人大三次会议", "八届二次、三次全会"),
    ),
    Rule(
        "very",
        "word",
        Pair("作副词的“十分”", "十分 as an adverb"),
        "十分(?!(?:之|钟(?!情)|[以左，。、；]|$))(?<![得满扣加打]十分)",
        {},
        ("任务十分繁重",),
    ),
    Rule(
        "quoted_name",
        "word",
        Pair(
            "引号里以汉字数字开头的简称",
            "a short name in quotation marks that begins with a numeral",
        ),
        "(?<=[“「『])(?!百分){ch}{1,3}(?!{ch})(?:(?!百分)[\u4e00-\u9fff]){1,8}[”」』]",
        {},
        ("发挥“三个作用”", "“十个全覆盖”工程"),
    ),
]

DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
# Behind digits: multipliers that begin no unit, what may follow them, and 多 or 余.
TAIL = (
    "(?:{b}[多余来]?(?:[十百](?!分)|{kilo}|[万亿])"
    r"|(?<=[十百千万亿多余零〇]){apart}(?![0-9]{4}{b}年)[0-9]+(?:\.[0-9]+)?"
    "|(?<=[十百千万亿多余])[零〇一二两三四五六七八九](?=[十百千万亿0-9])"
    "|[多余几]|[ ][多余](?={b}(?:{any}))|来(?={b}(?:{some})))*"
)
_PARTS = {
    "chars": CHINESE,
    "like": NUMERAL_LIKE,
    "digits": DIGITS,
    "tail": TAIL,
    "apart": "(?:[ ](?=[0-9.]+[ ]?[十百千万亿]))?",  # 3 亿 2000 万 is one number
    "nopart": "(?!立|员|果|本|功|效|为|长|都|熟|绩|年|品|就|分|因|型|交|人|群)",
    "any": inventory.some("measure", "counted"),
}


def _pattern(source: str) -> re.Pattern[str]:
    """A pattern with its parts put in, which may ask for others."""

    def with_parts() -> str:
        found = source
        for part, words in _PARTS.items():
            found = found.replace(f"{{{part}}}", words)
        return written(found)

    return lazy_pattern(with_parts, re.VERBOSE)


def _one_of(rules: list[Rule]) -> str:
    return "|".join(f"(?P<{rule.name}>{rule.pattern})" for rule in rules)


NUMBER = _pattern(f"(?=[0-9数几过半翻上成{CHINESE}lIOo{NUMERAL_LIKE}])(?:{_one_of(FORMS)})")
KINDS = {rule.name: rule.kind for rule in FORMS}
_FIRST = "".join(sorted({word[0] for word in inventory.words("name")} | set(CHINESE)))
_FIXED = "|".join(map(re.escape, inventory.words("name")))
NAMES = _pattern(f"(?=[第十届{_FIRST}])(?:{_FIXED}|{_one_of(WORDS)})")

# --- what is counted

_UNITS = inventory.longest("measure", "counted")
UNIT = _pattern(rf"{{b}}(?:\[[0-9]{{1,3}}\][ ]?)?\+?((?:{_UNITS})(?:/(?:月|{_UNITS}))?)")
# 31G件 may be 316件.
LATIN = _pattern(rf"[ ]?({inventory.longest('latin')})(?![A-Za-z0-9]|(?<=[Gg])(?:{{some}}))")
TEN_THOUSAND = _pattern("[wW](?={b}(?:{some}))")
INSIDE = _pattern("{b}个多(百分点|千分点|月|小时|工作日|学期|季度|星期)")  # 3个多月

# --- how exactly

INCLUDING = "(?:[（(]不?含[^()（）]{0,8}[)）])?及?其?"
EXCLUDING = lazy_pattern("[（(]不含")
# A negation turns a word of bound round: 不应超过 is at most, 不能低于 at least.
NOT = lazy_pattern("(?:不|未|没有?)(?:能够?|得|应当?|会|宜|要|可[以能]?|准|许|允许|曾|再)?$")
TURNED = {
    "more_than": "at_most",
    "at_most": "more_than",
    "less_than": "at_least",
    "at_least": "less_than",
    "about": "about",
}
BEFORE = _pattern(f"(?:{inventory.bounds('before')})(?P<gap>[为是有了到占计达]?){{b}}\\Z")
LEAST = _pattern("(?:至少|起码)[\u4e00-\u9fff]{1,4}{b}$")
LESS = _pattern("(?:不足|不到|未达到|不及)[\u4e00-\u9fff]{1,8}的{b}$")
_LAST = {word[-1] for word in inventory.words("before")}
MAY_BOUND = lazy_pattern(f"[{''.join(sorted(_LAST))}]")
AFTER = _pattern(
    f"{{b}}{INCLUDING}(?:{inventory.bounds('after')})"
    r"|[ \n]{0,2}(?P<more>[多余](?=[月小来的前后里间时以历,，。;；、)）\n]|$)|\+(?![0-9A-Za-z]))"
)
_FIRST_AFTER = {word[0] for word in inventory.words("after")} | set(" \n（(及其多余+")
MAY_FOLLOW = lazy_pattern(f"[{''.join(map(re.escape, sorted(_FIRST_AFTER)))}]")
# A word of bound may stand behind the noun: 30万吨标准煤左右.
_NOUN = f"(?:(?![的以上下内在为是有对和及与或等级市省县区{CHINESE}])[\u4e00-\u9fff]){{1,4}}"
FURTHER = lazy_pattern(
    rf"{_NOUN}(?:(?P<about>左右)|(?P<at_least>以上)(?=[的，。；、,;)）\n]|$)"
    r"|(?P<at_most>以下|以内)(?=[的，。；、,;)）\n]|$))"
)
BREAKING = lazy_pattern("突破了?$")
BARE_BEFORE = lazy_pattern("(?<!以)上$|(?<![通经超])过$|超过?$|逾$|破$|(?<![最附邻就])近$|成$")
ONE_COUNTS = _pattern(
    f"(?:{{b}}(?:{_UNITS}))?{{to}}(?:{{ch}}|[0-9])"
    f"|{{b}}(?:{_UNITS}){INCLUDING}以[上下内](?![率海级报])"
)

# --- what may not be beside a number

SIGN = lazy_pattern("零下$|(?<![减税担自欠胜背亏肩重债抱辜])负$|±$")
# 一206 may be 1206, unless the word ends so; l,206 may be 1,206.
ONE = lazy_pattern("(?<![统之唯专归划同合单万逐如不第周十期进于选])一$")
BEHIND_POINT = lazy_pattern(f"[{CHINESE}]点$")  # 三点二十万
BEHIND_A_LETTER = lazy_pattern("(?<![A-Za-z])(?:[A-Za-z百千万亿]\\.|[lIOo],)$")
LEFT = _pattern(
    "[.,多余]?(?:[0-9二三四五六七八九两十百万亿零〇廿卅]|一(?:[0-9]|[件人名次个元%])|{kilo})"
    "(?:[0-9.一二三四五六七八九两十百万亿零〇多余]|{kilo})*"
)

# --- two numbers

RANGE = _pattern("{b}{to}{b}")
BETWEEN = _pattern("{b}[和与至到、-]{b}")
AND = lazy_pattern("[、,，和及与]")
NUMBERED = lazy_pattern("第[ ]?[0-9、,，和及与-]{0,40}$")
FROM = lazy_pattern("[从由自][^,，。;；0-9]{0,8}$")
SHARE_TO = _pattern("{to}({ch}+(?:点{ch}+)?)(?!{ch}|分之|{b}(?:{some}))")
POWER = lazy_pattern(rf"([0-9.]+|[{CHINESE}]*?[{ONES}十])[ \n]?([百千万亿]+)")
