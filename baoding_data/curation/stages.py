"""What became of a case, by the nearest verb: received, accepted, handled, concluded, in which
instance. Indicators that differ in it alone are told apart by it, and by nothing else.
"""

import re
from functools import cached_property
from typing import NamedTuple

from baoding_data.curation.around import Around
from baoding_data.curation.wordings import family_of
from baoding_data.tables.records import Indicator
from baoding_data.tables.seeds import Seeds
from baoding_data.text.pairs import HAN

_VERBS = {
    "mediated": "经?(?:调解|协调|和解)[^，,；;。、0-9]{0,12}撤回(?:申请)?",
    # These come before those whose words they hold: 不予受理.
    "refused": "不予?受理|未受理",
    "before": "受理前",
    "reconciled": "(?:调解|和解)[^，,；;。、0-9]{0,4}终止|和解",
    "upheld": "维持",
    "corrected": "撤销|变更|纠错|纠正|确认违法|责令|履行",
    "rejected": "驳回",
    "pending": "待审|未审结|未结",
    "carried": "结?转[至到]?下一?年度?(?:继续)?(?:办理)?|结转",
    "prevented": "预防",
    "against": "被申请人",
    "found": "排查",
    "answered": "予以公开|部分公开|不予公开|无法提供|不予处理|其他(?:方式)?处理",
    # Of these the codebook has no indicator.
    "other": "转送|移送|提出|不服|第三人|上诉|再议|申请执行|发回|改判|占受|防止|避免|制止|申报",
    "fee": "收取|计收",
    "settled": "(?:调解|调处|化解)成功|成功(?:调解|调处|化解)?|调成",
    "mediation": "调解|调处|化解",
    "withdrawn": "撤回(?:[^，,；;。、0-9]{0,5}终止)?|撤诉",
    "terminated": "终止(?:方式|形式|决定)?(?:结案|审结|办结)?",
    "lost": "败诉",
    "won": "胜诉",
    "concluded": "审结|办结|结案|答复(?:依申请公开|[^，,；;。、0-9]{0,8}申请)",
    "new": "新收",
    "received": "收到|接收|接到|收案|共收|收各",
    "accepted": "受理|立案",
    "handled": "办理|承办",
    # Two outcomes in one count: 废止或失效, 制定、修改和废止.
    "ended": "废止(?:[、和或及]|或者)?(?:宣布|认定)?失效|失效(?:[、和或及]|或者)?废止"
    "|(?:制定|制发|修改|修订)(?:[、和或及]|或者)(?:制定|修改|修订|废止|失效)(?:[、和或及]*(?:废止|失效))?",
    "lapsed": "失效",
    "revised": "拟[作予]?修[订改]|修订计划",
    "amended": "修改",
    "certified": "持证|持有?[^，,；;。、0-9]{0,8}证",
    "trained": "培训|轮训|参训",
    "issued": "制发|制定|出台|印发",
    "repealed": "废止",
    "cleared": "清理",
}


def _words(pattern: str) -> re.Pattern[str]:
    """A pattern that begins with one of its Chinese characters, tried at no other: that is fast."""
    begins = "".join(sorted(set("".join(HAN.findall(pattern)))))
    return re.compile(f"(?=[{begins}])(?:{pattern})")


_VERB = _words("|".join(f"(?P<{stage}>{verbs})" for stage, verbs in _VERBS.items()))
# Of these cases the codebook speaks of the first only.
_KIND = re.compile("行政|民事|刑事|商事|海事|知识产权|执行案|减刑")
# A number of one of these is none of both: 办理的建议提案.
_PAPERS = re.compile("建议(?!书)|提案")
_INSTANCE = re.compile("一审|二审|再审")
# What a source may say instead is told in a definition so: 来源写作收到、接收或办理的.
_ALSO = re.compile("来源写作([^，；。]+)")
# What a clean-up went through is no count of all in force, nor of those of a year; after it those
# of the whole year may be told.
_CLEARED = re.compile("清理(?!.*(?:全年|年内|本年))")
_AFTER_CLEARED = re.compile("清理.*(?:全年|年内|本年)")
_OF_A_YEAR = re.compile("(?:制发|废止|现行有效)的(?:规章|行政规范性文件)")
# What a number may be without a word for it; outcomes have to be said.
_PLAIN = {"new", "received", "accepted", "handled", "concluded"}
_ACTS = {"issued", "repealed", "cleared", "trained", "certified"}
_OUTCOMES = _VERBS.keys() - _PLAIN - _ACTS
# Suits against the government itself, and those against any body: the last that is said counts.
_PARTY = _words(
    "(?P<one>政府(?:为|作为|是|做|当)?(?:被告|被诉|应诉|败诉|胜诉))"
    "|(?P<all>全[省市县区]法院|(?:各级|各|区县|县区)[^，,；;。、0-9]{0,4}政府|机关(?!负责人)|部门)"
)
_ONE = re.compile("以(?:本级|市)政府为被告")
_ALL = re.compile("各级行政机关|全市法院")
# Where something is published: what counts the website does not count these.
_MEDIUM = re.compile("微博|微信|公众号|新媒体|客户端|抖音|短视频")
# Whose acts are contested; a number of two of them is of neither.
_RESPONDENT = re.compile(
    "(?P<town>乡镇|乡、镇|街道)|(?P<body>部门)|(?P<government>[市县区]政府(?!各?(?:工作)?部门))"
)
# Parts of a count that stands before them: the verb of the whole is theirs.
_PART = re.compile("其中|包括|含|分别")


_LISTED = re.compile(r"\s*[、和与及]")


class Said(NamedTuple):
    """The stage, the instance and the kind of case that a number's words tell; "" for none. Of
    deputies' suggestions and CPPCC proposals, which of them; whether of a clean-up, or of the
    year after one was told; where it is published, if not on a website; whether of several kinds
    of respondent; of suits, whether against `one` body, the government itself, or `all`.
    """

    stage: str = ""
    instance: str = ""
    kind: str = ""
    papers: frozenset[str] = frozenset()
    cleared: bool = False
    after_cleared: bool = False
    medium: str = ""
    lumped: bool = False
    party: str = ""


class Stages:
    """Which stages and instances each indicator has, gathered once from the codebook."""

    def __init__(self, tables: Seeds):
        self.tables = tables

    @cached_property
    def _of(self) -> dict[str, frozenset[str]]:
        """The stages of each indicator: where it has one, those of its other sources too."""
        found = {name: _stages(book) for name, book in self.tables.codebook.items()}
        for row in self.tables.observations:
            if found.get(row.indicator):
                found[row.indicator] |= _all_stages(row.label)
        # 新收 is 收到, unless what the family calls 受理 may be said so too.
        accepted = {
            family_of(name)
            for name, stages in found.items()
            if stages >= {"accepted", "received"} and "受理" in self.tables.codebook[name].label_zh
        }
        for name, stages in found.items():
            if "new" in stages and family_of(name) not in accepted:
                found[name] = stages | {"received"}
        return found

    @cached_property
    def _cases(self) -> dict[tuple[str, str], frozenset[str]]:
        """The stages that a family of indicators tells apart, in each unit."""
        found: dict[tuple[str, str], frozenset[str]] = {}
        for name, book in self.tables.codebook.items():
            family = family_of(name), book.unit
            found[family] = found.get(family, frozenset()) | self._of[name]
        return found

    @cached_property
    def _of_one(self) -> set[str]:
        """The families that count suits against the government itself only."""
        books = self.tables.codebook.items()
        texts = (
            (name, f"{book.label_zh}，{book.context}，{book.definition_zh}") for name, book in books
        )
        return {family_of(name) for name, text in texts if _ONE.search(text)}

    def told(self, name: str, said: Said) -> bool:
        """Whether it is said whose suits are counted, where an indicator counts one body's."""
        return said.party == "one" or family_of(name) not in self._of_one

    def fits(self, name: str, said: Said) -> bool:
        """Whether an indicator can be that of a number of which this is said."""
        book = self.tables.codebook[name]
        if said.cleared and _OF_A_YEAR.search(book.label_zh):
            return False
        if said.after_cleared and "清理" in book.context:
            return False
        if (said.papers or said.medium or said.lumped) and _speaks_of_others(book, said):
            return False
        if said.party == "all" and family_of(name) in self._of_one:
            return False
        if said.party == "one" and _ALL.search(book.definition_zh):
            return False
        if book.measure != "count":
            return True
        if said.instance and not _instance_fits(book, said.instance):
            return False
        if said.kind not in ("", "行政") and "行政" in book.definition_zh:
            return False
        stages, family = self._of[name], self._cases[family_of(name), book.unit]
        stage = "received" if said.stage == "new" and "new" not in family else said.stage
        if not stage or not family:
            return not stages or not stages <= _OUTCOMES
        if stages:
            return stage in stages
        return stage not in family and (stage not in _OUTCOMES or len(family) < 2)


def _speaks_of_others(book: Indicator, said: Said) -> bool:
    """Whether a number is of other papers, of another medium, or of more respondents."""
    papers = said.papers and said.papers != _papers(book.label_zh, said.papers)
    medium = said.medium and "网站" in book.label_zh and said.medium not in book.definition_zh
    return bool(papers or medium or said.lumped and "被申请人" in book.context)


def said_of(around: Around) -> Said:
    """What is said of a number: by its own words, else, for instance and kind, by the last before
    them in its sentence. A part has the stage of its whole.
    """
    own, behind, sentence = around.before(90), around.after, around.so_far
    # 另有2件撤回申请: behind the number, where there is nothing before it.
    last = _last_stage(behind)
    stage = _last_stage(own) or last
    if not stage and (_PART.search(own) or _LISTED.match(own)):
        stage = _last_stage(sentence)
    if stage in ("", "issued") and last == "cleared":
        stage = "cleared"
    instance, kind = _last_said(_INSTANCE, own, sentence), _last_said(_KIND, own, sentence)
    papers = frozenset(_PAPERS.findall(own if _LISTED.match(behind) else own + behind))
    party = [found.lastgroup or "" for found in _PARTY.finditer(sentence)][-1:]
    cleared = bool(_CLEARED.search(sentence + behind))
    after = bool(_AFTER_CLEARED.search(sentence))
    medium = [*_MEDIUM.findall(own), ""][0]
    contested, respondent, _ = own.partition("被申请人")
    lumped = respondent and len({one.lastgroup for one in _RESPONDENT.finditer(contested)}) > 1
    return Said(stage, instance, kind, papers, cleared, after, medium, bool(lumped), *party)


def _last_said(words: re.Pattern[str], own: str, sentence: str) -> str:
    """The last of some words that is said among a number's own, else in its sentence."""
    said = words.findall(sentence)  # which ends with its own words
    return (words.findall(own) or said)[-1] if said else ""


def _papers(label: str, said: frozenset[str]) -> frozenset[str]:
    """The papers that a label names; a label of none is of whatever is said."""
    return frozenset(_PAPERS.findall(label)) or said


def _last_stage(words: str) -> str:
    last = None
    for last in _VERB.finditer(words):  # noqa: B007
        pass
    return last.lastgroup or "" if last else ""


def _stages(book: Indicator) -> frozenset[str]:
    """The stages that an indicator's label, else its keyword, names, and a source's other words."""
    also = _ALSO.search(book.definition_zh)
    named = _all_stages(book.label_zh) or _all_stages(book.keyword)
    return named | _all_stages(also[1] if also else "")


def _all_stages(words: str) -> frozenset[str]:
    return frozenset(match.lastgroup or "" for match in _VERB.finditer(words))


def _instance_fits(book: Indicator, instance: str) -> bool:
    """A count of one instance is of no other; one that does not tell them apart is of none."""
    if "审级" in book.definition_zh:
        return False
    named = _INSTANCE.findall(book.label_zh)
    return instance in named if named else instance == "一审"
