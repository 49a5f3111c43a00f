"""Addresses resolved against the divisions of China: a table of what people write."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.adapters.divisions import FORMER, around, china
from casework.domain.addresses import Address, resolve
from casework.domain.bureau import Place
from casework.domain.divisions import Level, level_of, short_name

# text, province, city, county, street, village, code
TABLE = [
    ("河南省许昌市魏都区文峰街道建设路12号", "河南省", "许昌市", "魏都区", "文峰街道", None, "411002011"),
    ("河南许昌魏都", "河南省", "许昌市", "魏都区", None, None, "411002"),
    ("杭州 余杭", "浙江省", "杭州市", "余杭区", None, None, "330110"),
    ("广西 南宁", "广西壮族自治区", "南宁市", None, None, None, "450100"),
    ("广西省南宁市", "广西壮族自治区", "南宁市", None, None, None, "450100"),
    ("余杭区", "浙江省", "杭州市", "余杭区", None, None, "330110"),
    ("长葛市坡胡镇", "河南省", "许昌市", "长葛市", "坡胡镇", None, "411082101"),
    ("北京市朝阳区望京街道", "北京市", "北京市", "朝阳区", "望京街道", None, "110105026"),
    ("上海市上海市浦东新区花木街道", "上海市", "上海市", "浦东新区", "花木街道", None, "310115016"),
    ("内蒙古呼和浩特市和林格尔县盛乐镇", "内蒙古自治区", "呼和浩特市", "和林格尔县", "盛乐镇", None, "150123101"),
    ("广东省东莞市虎门镇太沙路", "广东省", "东莞市", None, "虎门镇", None, "441900121"),
    ("河南省济源市承留镇", "河南省", None, "济源市", "承留镇", None, "419001103"),
    ("云南省红河州金平县", "云南省", "红河哈尼族彝族自治州", "金平县", None, None, "532530"),
    ("宁波镇海区", "浙江省", "宁波市", "镇海区", None, None, "330211"),
    ("鼓楼区", None, None, "鼓楼区", None, None, None),
    ("南京鼓楼区", "江苏省", "南京市", "鼓楼区", None, None, "320106"),
    ("浙江省-金华市-义乌市-佛堂镇", "浙江省", "金华市", "义乌市", "佛堂镇", None, "330782100"),
    ("義烏市佛堂鎮", "浙江省", "金华市", "义乌市", "佛堂镇", None, "330782100"),
    ("辽宁省沈阳市和平区南湖街道", "辽宁省", "沈阳市", "和平区", "南湖街道", None, "210102019"),
    ("重庆市-市辖区-渝中区", "重庆市", "重庆市", "渝中区", None, None, "500103"),
    ("台湾省台北市", "台湾省", None, None, None, None, "710000"),
    ("海南", "海南省", None, None, None, None, "460000"),
    ("上海路15号", None, None, None, None, None, None),
    ("", None, None, None, None, None, None),
]  # fmt: skip


def told(address: Address) -> tuple[str | None, ...]:
    return (
        address.province,
        address.city,
        address.county,
        address.street,
        address.village,
        address.code,
    )


@pytest.mark.parametrize(("text", "province", "city", "county", "street", "village", "code"), TABLE)
def test_an_address_is_resolved_to_its_divisions(
    text: str,
    province: str | None,
    city: str | None,
    county: str | None,
    street: str | None,
    village: str | None,
    code: str | None,
) -> None:
    assert told(resolve(text, china())) == (province, city, county, street, village, code)


def test_a_county_of_old_keeps_its_name_and_is_given_the_code_of_today() -> None:
    found = resolve("浙江省奉化市锦屏街道", china())
    assert (found.county, found.street) == ("奉化市", "锦屏街道")
    assert (found.code, found.official) == ("330213001", "浙江省宁波市奉化区锦屏街道")


def test_a_county_that_was_merged_gives_the_code_of_what_took_its_place() -> None:
    found = resolve("杭州市下城区朝晖路8号", china())
    assert (found.city, found.county, found.rest) == ("杭州市", "下城区", "朝晖路8号")
    assert (found.code, found.official) == ("330105", "浙江省杭州市拱墅区")


def test_a_county_that_was_divided_gives_the_code_of_its_city() -> None:
    found = resolve("邯郸县城关镇", china())
    assert (found.city, found.county, found.code) == ("邯郸市", "邯郸县", "130400")


def test_every_former_name_resolves_to_a_division_of_today() -> None:
    with FORMER.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 300
    assert [row for row in rows if row["now"] and row["now"] not in china()] == []
    named = {row["name"]: resolve(row["name"], china()) for row in rows}
    assert [name for name, found in named.items() if not found.county and not found.city] == []


def test_a_street_that_the_table_does_not_have_is_named_under_its_county() -> None:
    found = resolve("许昌市建安区新桃园镇小李庄村", china())
    assert told(found) == ("河南省", "许昌市", "建安区", "新桃园镇", "小李庄村", "411003")


def test_what_follows_the_divisions_is_the_rest_as_written() -> None:
    assert resolve("许昌市魏都区，文峰路１２号", china()).rest == "文峰路１２号"


def test_the_second_of_two_addresses_counts_where_the_first_is_interrupted() -> None:
    found = resolve("安徽省宿州市萧县浙江省温州市瑞安市塘下镇", china())
    assert told(found)[:4] == ("浙江省", "温州市", "瑞安市", "塘下镇")


def test_an_address_is_found_in_a_sentence() -> None:
    found = resolve("我家住在河南省许昌市魏都区文峰街道，房子被拆了", china())
    assert told(found)[:4] == ("河南省", "许昌市", "魏都区", "文峰街道")


@pytest.mark.parametrize(
    "text", ["欠款的是杭州老王食品有限公司", "公司不给我发工资怎么办", "他在外面借了很多钱"]
)
def test_a_sentence_that_tells_of_no_place_resolves_to_nothing(text: str) -> None:
    assert told(resolve(text, china())) == (None,) * 6


OWN = Place(
    "411003",
    "建安区",
    (
        Place("411003101", "五女店镇", (Place("411003101201", "东王村"),)),
        Place("411003900", "城关镇"),
    ),
)


def test_a_village_of_the_bureau_is_known_by_its_code_and_its_county_is_implied() -> None:
    divisions = around(OWN)
    found = resolve("家住五女店镇东王村3组", divisions, divisions["411003"])
    assert told(found) == ("河南省", "许昌市", "建安区", "五女店镇", "东王村", "411003101201")
    assert found.rest == "3组"


def test_of_townships_of_one_name_the_one_at_home_is_meant() -> None:
    assert resolve("城关镇人民路1号", china()).county is None
    divisions = around(OWN)
    assert resolve("城关镇人民路1号", divisions, divisions["411003"]).code == "411003900"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("杭州市", "杭州"),
        ("恩施土家族苗族自治州", "恩施"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("浦东新区", "浦东"),
        ("沙县", "沙县"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("人民路街道", "人民路"),
    ],
)
def test_a_short_name_is_what_people_say(name: str, short: str) -> None:
    assert short_name(name) == short


def test_the_level_of_a_code_follows_from_its_digits() -> None:
    codes = ["410000", "411000", "411003", "411003101", "411003101201", "41", "4110"]
    assert [level_of(code) for code in codes] == [1, 2, 3, 4, 5, Level.PROVINCE, Level.CITY]
    with pytest.raises(ValueError, match="no administrative code"):
        level_of("41100")


WORDS = st.sampled_from(
    ["浙江省", "浙江", "杭州", "杭州市", "余杭", "鼓楼区", "城关镇", "西湖路", "3号", "中国", "-", "市辖区", "村", "镇", "東莞"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map("".join)))
def test_any_text_resolves_and_its_levels_agree_with_its_code(text: str) -> None:
    found = resolve(text, china())
    assert found.rest in text
    if found.code:
        path = china().path(china()[found.code])
        assert found.official == "".join(one.name for one in path)
        assert found.province == path[0].name


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ["浙江省", "镇", "杭州", "-", "西湖区", "村社区"])
def test_a_hundred_thousand_characters_of_anything_resolve(unit: str) -> None:
    resolve(unit * (100_000 // len(unit)), china())
