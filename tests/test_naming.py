"""What title and issuer of a report say of its place and its year."""

import pytest
from conftest import everything

import baoding_data as bd
from baoding_data.checks.audit import check
from baoding_data.checks.examples import Changed
from baoding_data.checks.rule import change, reworded
from baoding_data.curation.add import add
from baoding_data.errors import BaodingError
from baoding_data.tables.names import place_of
from baoding_data.tables.naming import told_of, years_in
from baoding_data.tables.seeds import Seeds

MORE = (
    ("130100", "石家庄市", "130000"),
    ("130104", "桥西区", "130100"),
    ("130703", "桥西区", "130700"),
    ("130633", "易县", "130600"),
    ("130690", "保定国家高新技术产业开发区", "130600"),
    ("131028", "大厂回族自治县", "131000"),
    ("152921", "阿拉善左旗", "150000"),
)
BODY = "　　全县共受理行政复议案件316件，其中2023年以前1件。\n"


@pytest.fixture(scope="module")
def wider(seeds):
    """The seeds with more places, two of them of one name."""
    [one] = [row for row in seeds.places if row.place == "130631"]
    more = [one._replace(place=code, name_zh=name, parent=up) for code, name, up in MORE]
    codes = {code for code, _, _ in MORE}
    return seeds.replaced(places=[row for row in seeds.places if row.place not in codes] + more)


@pytest.mark.parametrize(
    "place, words",
    [
        ("130631", "望都县人民政府关于2023年法治政府建设情况的报告"),
        ("130631", "望都2023年法治政府建设情况"),
        ("130631", "河 北 省保定市\u3000望都县人民政府"),
        ("130631", "保定市司法局关于望都县2023年法治政府建设的报告"),
        ("130600", "保定市城市管理综合行政执法局2023年"),
        ("130600", "保定市各县（市、区）法治政府建设"),
        ("130633", "易县司法局"),
        ("130690", "保定国家高新技术产业开发区管委会2023年度"),
        ("131028", "大厂回族自治县人民政府"),
        ("131028", "大厂县2023年"),
        ("152921", "内蒙古阿拉善盟阿拉善左旗人民政府"),
        ("130104", "河北省石家庄市桥西区人民政府"),
        ("130104", "桥西区人民政府"),
        ("130703", "张家口市桥西区人民政府"),
        ("660000", "新疆生产建设兵团2023年"),
    ],
)
def test_a_place_is_named_in_full_or_in_short(wider, place, words):
    """By its name, also without its rank, with or without those above it, and whatever blanks."""
    assert told_of(wider, wider.where[place], words).own


@pytest.mark.parametrize(
    "place, words, other",
    [
        ("130631", "曲阳县人民政府关于2023年", "曲阳县"),
        ("130631", "2023年涞源县法治政府建设情况的报告", "涞源县"),
        ("130631", "廊坊市大厂回族自治县人民政府", "廊坊市大厂回族自治县"),
        ("130600", "望都县人民政府2023年", "望都县"),
        ("130600", "保定市望都县人民政府2023年", "保定市望都县"),
        ("130600", "保定市莲池区人民政府2023年", "保定市莲池区"),
        ("130600", "保定市高新区管委会2023年", "保定市高新区"),
        ("130800", "承德县人民政府2023年", "承德县"),
        ("130104", "张家口市桥西区人民政府", "张家口市桥西区"),
        ("130104", "兰州市桥西区人民政府", "兰州市桥西区"),
        ("152921", "阿拉善右旗人民政府", "阿拉善右旗"),
    ],
)
def test_another_place_is_another_on_file_or_not(wider, place, words, other):
    """Also one that is below the place, of its name elsewhere, or in no table."""
    told = told_of(wider, wider.where[place], words)
    assert not told.own and told.other and told.other.words == other


@pytest.mark.parametrize(
    "words", ["2022年法治政府建设工作报告", "市司法局", "全县", "河北省2023年"]
)
def test_other_words_name_no_place(wider, words):
    """Nor does what stands above a place."""
    assert told_of(wider, wider.where["130631"], words) == (False, None)


@pytest.mark.parametrize(
    "words, years",
    [
        ("关于2022年度法治政府建设情况的报告（2023年3月1日）", [2022]),
        ("二○二二年报告", [2022]),
        ("2021—2023年", [2021, 2022, 2023]),
        ("2021年、2022年", [2021, 2022]),
        ("年度报告（2022）", [2022]),
        ("保政〔2023〕5号", []),
        ("落实《实施纲要（2021－2025年）》的报告", []),
    ],
)
def test_the_years_of_a_title(words, years):
    """In digits or in numerals, from one to another; those of a day or of a document are none."""
    assert years_in(words) == years


def text(folder, title, issuer="望都县人民政府", day="2024年3月1日"):
    file = folder / "text.txt"
    file.write_text(f"{title}\n\n{BODY}\n{issuer}\n{day}\n", encoding="utf-8", newline="")
    return file


@pytest.mark.parametrize(
    "title, asked, said, cure",
    [
        (
            "望都县2023年法治政府建设情况的报告",
            {"year": 2021},
            "says 2023; wanted 2021",
            {"year": 2023},
        ),
        (
            "望都县2024年法治政府建设情况的报告",
            {"published": None, "day": ""},
            "name --year 2024, or --published",
            {"published": "2024-03-01"},
        ),
        (
            "望都县人民政府2023年法治政府建设情况的报告",
            {"place": "廊坊市"},
            "says 望都县; wanted 廊坊市 (131000), as --place says; name --place 130631",
            {"place": "130631"},
        ),
        (
            "2023年法治政府建设情况的报告",
            {"issuer": "县司法局"},
            "found no 望都县 (130631) in “2023年法治政府建设情况的报告” and “县司法局”",
            {"issuer_zh": "望都县司法局"},
        ),
        (
            "法治政府建设情况的报告",
            {"year": 2020},
            "found no 2020 in “法治政府建设情况的报告” and “望都县人民政府”, nor a text of then",
            {"year": 2023},
        ),
        (
            "法治政府建设情况的报告",
            {"year": 2022},
            "nor a text of then, published 2024-03-01",
            {"title_zh": "望都县2022年法治政府建设情况的报告"},
        ),
    ],
)
def test_what_is_said_to_be_another_is_refused_with_a_cure(folder, title, asked, said, cure):
    """A wrong place or year is named with what the text says, nothing is written, and the cure
    registers the text.
    """
    given = {"place": "望都县", "year": 2023, "report": "wangdu-new"} | asked
    file = text(
        folder, title, given.pop("issuer", "望都县人民政府"), given.pop("day", "2024年3月1日")
    )
    before = everything(folder)
    with pytest.raises(BaodingError) as caught:
        add(file, seeds=folder, **given)
    assert said in str(caught.value) and str(caught.value).count("\n") == 0
    assert everything(folder) == before
    add(file, seeds=folder, **(given | cure))
    assert "wangdu-new" in Seeds(folder).source


def test_a_place_that_is_in_no_table_gets_a_row(folder):
    """Another county's text is refused, and its row of places.csv and its code cure that."""
    file = text(folder, "曲阳县2023年法治政府建设情况的报告", "曲阳县人民政府")
    with pytest.raises(BaodingError, match=r"give 曲阳县 a row in places.csv and name its code"):
        add(file, "望都县", 2023, folder)
    with (folder / "places.csv").open("a", encoding="utf-8", newline="") as places:
        places.write("130634,曲阳县,Quyang County,county,130600,,,,,,\n")
    assert add(file, "130634", 2023, folder)[0] == "quyang-2023"


def test_a_doubt_accepts_a_title_that_names_nothing():
    """What `place_and_year` finds is accepted by the row that its advice names; another place or
    year is not.
    """
    silent = (
        reworded("澄平县人民政府关于2023年", "关于"),
        reworded("澄平县人民政府\n\n2024年", "县政府\n\n2024年"),
    )
    cells = {"title_zh": "关于法治政府建设情况的报告", "issuer_zh": "县政府"}
    silent += (change("reports", "chengping-2023", **cells),)
    [found] = check(Changed(silent).seeds())
    assert found.rule == "place_and_year" and "doubts.csv, with place_and_year" in found.advice
    doubts = Changed(silent)
    table = doubts._text("doubts.csv") + (
        "chengping-2023,whose,,,无地名,No place,地方据网页。,The place is the page's.,,place_and_year\n"
    )
    doubts.files["doubts.csv"] = table.encode()
    assert check(doubts.seeds()) == []
    other = change("reports", "chengping-2023", title_zh="澄平县人民政府关于2021年")
    assert "of_another" in {one.rule for one in check(Changed((other,)).seeds())}


QIAOXI = """\
130100,石家庄市,Shijiazhuang,city,130000,,,,,,
130104,桥西区,"Qiaoxi District, Shijiazhuang",county,130100,,,,,,
130703,桥西区,"Qiaoxi District, Zhangjiakou",county,130700,,,,,,
"""


@pytest.mark.parametrize("name", ["桥西区", " 桥西 区", "桥\u3000西区"])
def test_of_two_places_of_one_name_the_code_is_wanted(wider, name):
    """Wherever a place is asked by its name, both codes and what is above each are named; the code,
    and the name after that of the city, mean one.
    """
    asking = (
        lambda: place_of(wider, name),
        lambda: bd.change("litigation_lost", place=name, seeds=wider),
        lambda: bd.report("baoding-2022", seeds=wider).beside(
            "reconsideration_accepted", per_head=True, named=[name]
        ),
    )
    for ask in asking:
        with pytest.raises(BaodingError) as caught:
            ask()
        told = "130104 桥西区, 石家庄市; 130703 桥西区, 张家口市: name the code"
        assert told in str(caught.value)
    assert place_of(wider, "130104") == place_of(wider, "石家庄市 桥西区") == "130104"


def test_reports_of_two_places_of_one_name_have_codes_of_their_own(folder):
    """The name alone is refused; the codes register both, the second under the code that the
    refusal names; the text of one is not that of the other.
    """
    table = (folder / "places.csv").read_text(encoding="utf-8")
    new = "".join(line for line in QIAOXI.splitlines(True) if line[:6] not in table)
    (folder / "places.csv").write_text(table + new, encoding="utf-8", newline="")
    file = text(folder, "桥西区2023年法治政府建设报告", "桥西区人民政府")
    with pytest.raises(BaodingError, match="2 places: 130104 桥西区, 石家庄市; 130703"):
        add(file, "桥西区", 2023, folder)
    assert add(file, "130104", 2023, folder)[0] == "qiaoxi-2023"
    file = text(folder, "张家口市桥西区2023年法治政府建设报告", "桥西区人民政府")
    with pytest.raises(BaodingError, match="as --report qiaoxi-zhangjiakou-2023"):
        add(file, "130703", 2023, folder)
    with pytest.raises(BaodingError, match="says 张家口市桥西区; .*name --place 130703"):
        add(file, "130104", 2023, folder, report="qiaoxi-2023-2")
    name, _ = add(file, "130703", 2023, folder, report="qiaoxi-zhangjiakou-2023")
    assert Seeds(folder).source[name].place == "130703"
