"""What extraction finds, told as a table: the words, and the value they stand for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casework.domain.extraction import Entity, extract
from casework.domain.extraction.typos import MISTAKES

SUNDAY = date(2026, 11, 22)


def found(text: str, kind: str) -> list[tuple[str, Any]]:
    return [(e.text, e.value) for e in extract(text, SUNDAY) if e.kind == kind]


PHONES = [
    ("13812345678", "13812345678"),
    ("电话是138 1234 5678", "13812345678"),
    ("手机：138-1234-5678", "13812345678"),
    ("+86 13812345678", "13812345678"),
    ("８６１３８１２３４５６７８", "13812345678"),
    ("１３８１２３４５６７８打这个", "13812345678"),
    ("0374-2334567", "0374-2334567"),
    ("(0374)2334567", "0374-2334567"),
    ("010 62345678", "010-62345678"),
    ("02088887777转801", "020-88887777-801"),
    ("座机2334567", "2334567"),
    ("400-820-8820", "4008208820"),
    ("一三八一二三四五六七八", "13812345678"),
    ("幺三八一二三四五六七八", "13812345678"),
    ("我叫王明手机13812345678在家", "13812345678"),
]


@pytest.mark.parametrize(("text", "digits"), PHONES)
def test_a_phone_number_is_read_as_digits(text: str, digits: str) -> None:
    assert [value for _, value in found(text, "phone")] == [digits]


@pytest.mark.parametrize(
    "text",
    ["138123456789", "1381234567", "23812345678", "赔了12000000元", "20241105120000", "12348"],
)
def test_other_numbers_are_no_phones(text: str) -> None:
    assert found(text, "phone") == []


def test_a_number_of_the_other_side_is_told_apart_from_ones_own() -> None:
    entities = extract("对方电话13900001111，我的是13812345678", SUNDAY)
    assert [(e.value, e.detail) for e in entities] == [
        ("13900001111", "other"),
        ("13812345678", "self"),
    ]


IDS = [
    ("身份证号是11010519491231002X", "11010519491231002X", ""),
    ("11010519491231002x", "11010519491231002X", ""),
    ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X", ""),
    ("110105 19491231 002X", "11010519491231002X", ""),
    ("身份证110105194912310021", "110105194912310021", "checksum"),
    ("110105195002300024", "110105195002300024", "checksum"),
    ("护照号E12345678", "E12345678", ""),
    ("老身份证110105491231002", "110105491231002", ""),
    ("身份证号码：4101231990010112345", "4101231990010112345", "checksum"),
]


@pytest.mark.parametrize(("text", "value", "detail"), IDS)
def test_an_id_number_is_found_and_its_checksum_judged(text: str, value: str, detail: str) -> None:
    entities = [e for e in extract(text, SUNDAY) if e.kind == "id_number"]
    assert [(e.value, e.detail) for e in entities] == [(value, detail)]


@pytest.mark.parametrize("text", ["110105194913310021", "订单号110105999912310021888"])
def test_digits_that_hold_no_birthday_are_no_id(text: str) -> None:
    assert found(text, "id_number") == []


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("卡号6222020200112233445", "6222020200112233445"),
        ("账号 1234 5678 9012 3456", "1234567890123456"),
        ("4111111111111111", "4111111111111111"),
        ("转到工商银行6222020200112233441", "6222020200112233441"),
    ],
)
def test_a_bank_card_is_known_by_its_word_or_its_check_digit(text: str, digits: str) -> None:
    assert [value for _, value in found(text, "bank_card")] == [digits]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("abc@example.com", "abc@example.com"),
        ("邮箱Zhang.San+1@mail.qq.com谢谢", "zhang.san+1@mail.qq.com"),
        ("发到a_b@163.com。", "a_b@163.com"),
    ],
)
def test_an_e_mail_address_is_found_between_chinese_words(text: str, value: str) -> None:
    assert [v for _, v in found(text, "email")] == [value]


NAMES = [
    ("我叫王小明", "王小明", "self"),
    ("我是李娜，在超市上班", "李娜", "self"),
    ("本人张伟，男", "张伟", "self"),
    ("姓名：欧阳娜娜", "欧阳娜娜", "self"),
    ("我叫王明手机13812345678", "王明", "self"),
    ("我叫阿依古丽·买买提", "阿依古丽·买买提", "self"),
    ("我的名字是赵铁柱。", "赵铁柱", "self"),
    ("联系人：孙丽", "孙丽", "self"),
    ("我叫王建国欠我钱的是他", "王建国", "self"),
    ("老板刘强跑了", "刘强", "other"),
    ("包工头王大力不给钱", "王大力", "other"),
    ("被告是赵四", "赵四", "other"),
    ("丈夫陈勇天天喝酒", "陈勇", "other"),
    ("借给朋友刘伟三万五", "刘伟", "other"),
    ("邻居李大山把路堵了", "李大山", "other"),
    ("陈晓燕，28岁，住在县城", "陈晓燕", "other"),
    ("慕晓月，28岁，女", "慕晓月", "other"),
    ("我儿子名叫张昊元，今年上学", "张昊元", "other"),
    ("林达·奥斯丁是一名工程师", "林达·奥斯丁", "other"),
    ("原告：周志远，男，1980年3月生", "周志远", "other"),
    ("他们两口子，孙玉兰，女，汉族", "孙玉兰", "other"),
    ("由郑明远医生负责", "郑明远", "other"),
    ("村民冯水生的地被占了", "冯水生", "other"),
    ("負責人張建國不給錢", "張建國", "other"),
    ("我和赵大勇是邻居", "赵大勇", "unknown"),
    ("周国强于2021年向我借款", "周国强", "unknown"),
    ("后来李伟把我打伤了", "李伟", "unknown"),
    ("鱼小满，28岁女性，会计", "鱼小满", "other"),
    ("参加的还有陈晓燕、等人", "陈晓燕", "unknown"),
]


@pytest.mark.parametrize(("text", "name", "whose"), NAMES)
def test_a_name_is_found_where_it_is_announced(text: str, name: str, whose: str) -> None:
    entities = [e for e in extract(text, SUNDAY) if e.kind == "name"]
    assert [(e.text, e.detail) for e in entities] == [(name, whose)]


@pytest.mark.parametrize(
    "text",
    [
        "我是农民工",
        "我是被告",
        "我是一名教师",
        "我是安阳市人",
        "我是高中生",
        "高利贷违法吗",
        "房东不退押金",
        "对方全责怎么赔",
        "父亲房产怎么继承",
        "和解协议有效吗",
        "老板万一跑了怎么办",
        "中介费用能退吗",
        "班主任代课老师",
        "村民方面不同意",
        "邻居楼顶漏水",
        "医生由国家派来",
        "家属方最后同意了",
        "患者高血压住院",
        "负责人解释说没有钱",
        "康复医生怎么说",
        "联系承包人田老板",
        "我自己来自农村",
        "小王欠我钱，张某作证",
        "李先生和牛学生",
        "老婆，28岁女性",
        "受害者，28岁男性",
        "张大了嘴",
        "王老板和陈女士",
    ],
)
def test_ordinary_words_that_begin_like_a_name_are_left_alone(text: str) -> None:
    assert found(text, "name") == []


def test_a_name_that_was_announced_is_found_wherever_it_stands_again() -> None:
    text = "包工头王大力欠我钱，王大力说没有钱"
    assert [t for t, _ in found(text, "name")] == ["王大力", "王大力"]


DATES = [
    ("2024年5月1日", "2024-05-01"),
    ("2024年5月", "2024-05"),
    ("2024-05-01", "2024-05-01"),
    ("2024/5/1", "2024-05-01"),
    ("2024.5.1", "2024-05-01"),
    ("20240501", "2024-05-01"),
    ("２０２４年５月１日", "2024-05-01"),
    ("二〇二四年五月一日", "2024-05-01"),
    ("24年5月", "2024-05"),
    ("98年3月", "1998-03"),
    ("5月1日", "2026-05-01"),
    ("12月5号", "2025-12-05"),
    ("今年三月", "2026-03"),
    ("今年三月五号", "2026-03-05"),
    ("去年3月5号", "2025-03-05"),
    ("去年腊月", "2026-02~"),
    ("农历去年十月", "2025-12~"),
    ("去年腊月二十三", "2026-02-10"),
    ("農曆臘月二十三", "2026-02-10"),
    ("正月初五", "2026-02-21"),
    ("2024年农历三月初三", "2024-04-11"),
    ("阴历八月廿五", "2026-10-05"),
    ("闰六月初三", "2025-07-27"),
    ("大年三十", "2026-02-16"),
    ("去年大年初二", "2025-01-30"),
    ("去年中秋那天", "2025-10-06"),
    ("去年中秋节", "2025-10~"),
    ("双十一那天", "2026-11-11"),
    ("去年双12买的", "2025-12~"),
    ("腊月二十三前后", "2026-02-10~"),
    ("今年春节", "2026-02~"),
    ("前年", "2024"),
    ("大前年夏天", "2023-22"),
    ("去年年底", "2025-12~"),
    ("2024年底", "2024-12~"),
    ("去年上半年", "2025-01/2025-06"),
    ("今天上午", "2026-11-22"),
    ("昨天晚上", "2026-11-21"),
    ("前天", "2026-11-20"),
    ("大前天", "2026-11-19"),
    ("上周三", "2026-11-11"),
    ("上星期天", "2026-11-15"),
    ("本周一", "2026-11-16"),
    ("上上周五", "2026-11-06"),
    ("上周", "2026-11-09/2026-11-15"),
    ("上个月15号", "2026-10-15"),
    ("上个月", "2026-10"),
    ("这个月", "2026-11"),
    ("三个月前", "2026-08~"),
    ("半年前", "2026-05~"),
    ("两年前", "2024~"),
    ("一年半前", "2025-05~"),
    ("一个星期前", "2026-11-15~"),
    ("10天前", "2026-11-12"),
    ("几天前", "2026-11-19~"),
    ("大概去年三月左右", "2025-03~"),
    ("春节前", "2026-02~"),
    ("2月30日", "2026-02"),
    ("2023年3月到2024年5月", "2023-03/2024-05"),
    ("从今年6月到8月", "2026-06/2026-08"),
    ("3月份", "2026-03"),
    ("3-6月", "2026-03/2026-06"),
    ("2026年1-3月", "2026-01/2026-03"),
    ("去年11月到2月", "2025-11/2026-02"),
    ("12月到3月", "2025-12/2026-03"),
    ("去年3月到6月的工资", "2025-03/2025-06"),
    ("今年五六月份", "2026-05/2026-06"),
    ("3月5日到8日", "2026-03-05/2026-03-08"),
    ("2019至2021年", "2019/2021"),
    ("两三年前", "2024~"),
]


@pytest.mark.parametrize(("text", "value"), DATES)
def test_a_date_is_normalised_against_today(text: str, value: str) -> None:
    assert [v for _, v in found(text, "date")] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "三个月工资",
        "第三个月",
        "今年35岁",
        "打工三年",
        "一年",
        "2024元",
        "第二十一那天",
        "两三个月",
        "3-5月龄的羊",
        "我有11年工龄没算进去",
        "干了12年",
    ],
)
def test_lengths_of_time_and_other_numbers_are_no_dates(text: str) -> None:
    assert found(text, "date") == []


AMOUNTS = [
    ("5000元", 5000),
    ("5000块钱", 5000),
    ("三万五", 35000),
    ("3万5", 35000),
    ("5万多", 50000),
    ("1.2万元", 12000),
    ("12,000元", 12000),
    ("１２０００元", 12000),
    ("每月4500", 4500),
    ("月薪六千", 6000),
    ("欠我一万八千块", 18000),
    ("一共一万三千五", 13500),
    ("十几万", 100000),
    ("几千块", 3000),
    ("借了他2万", 20000),
    ("35块5", 35.5),
    ("¥500", 500),
    ("两百万", 2000000),
    ("押金2000", 2000),
    ("两千三", 2300),
    ("三万零五块", 30005),
    ("壹万贰仟元", 12000),
    ("1亿元", 100000000),
    ("5w", 50000),
    ("两三万", 20000),
    ("三四千块", 3000),
    ("欠我一万二三", 12000),
    ("5000到8000元", 5000),
    ("3-5万", 30000),
    ("8000到1万", 8000),
    ("4500一个月", 4500),
    ("4500/月", 4500),
    ("一万出头", 10000),
    ("一月四百二", 420),
    ("二百五十块", 250),
]


@pytest.mark.parametrize(("text", "value"), AMOUNTS)
def test_a_sum_is_read_in_yuan(text: str, value: float) -> None:
    assert [v for _, v in found(text, "amount")] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "三亩地",
        "一万人",
        "20天",
        "5号楼",
        "第二次",
        "千万不要",
        "万一不行",
        "15岁",
        "3小时",
        "12348",
        "三个人",
    ],
)
def test_other_quantities_are_no_sums(text: str) -> None:
    assert found(text, "amount") == []


@pytest.mark.parametrize(
    "text",
    ["大概2万", "两三万", "3-5万", "一万出头", "差不多三万块", "5万多", "几千块", "将近十万元"],
)
def test_a_sum_that_is_not_exact_says_so(text: str) -> None:
    assert [e.detail for e in extract(text, SUNDAY) if e.kind == "amount"] == ["about"]


def test_a_sum_per_month_says_so() -> None:
    entities = extract("每月工资4500，一天300块", SUNDAY)
    assert [(e.value, e.detail) for e in entities if e.kind == "amount"] == [
        (4500, "month"),
        (300, "day"),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三个月", "P3M"),
        ("一年半", "P1Y6M"),
        ("两年多", "P2Y"),
        ("半年", "P6M"),
        ("20天", "P20D"),
        ("十来天", "P10D"),
        ("3小时", "PT3H"),
        ("两个星期", "P2W"),
        ("半个月", "P15D"),
        ("五六个月", "P5M"),
    ],
)
def test_a_length_of_time_is_an_iso_duration(text: str, value: str) -> None:
    assert [v for _, v in found(text, "duration")] == [value]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("20多个工人", 20),
        ("我们12户", 12),
        ("三十多人", 30),
        ("一家四口", 4),
        ("俩人", 2),
        ("五名家长", 5),
        ("一百多户", 100),
        ("一万人", 10000),
        ("二三十人", 20),
    ],
)
def test_people_and_households_are_counted(text: str, count: int) -> None:
    assert [v for _, v in found(text, "people")] == [count]


@pytest.mark.parametrize("text", ["第二个人", "一名教师", "一个人住", "三个月", "别人"])
def test_who_is_not_how_many(text: str) -> None:
    assert found(text, "people") == []


PLACES = [
    ("柳河镇张庄村", "place", "柳河镇张庄村"),
    ("我住在城关镇人民路", "place", "城关镇人民路"),
    ("事情发生在青河县城关镇工业路", "place", "青河县城关镇工业路"),
    ("东城街道人民路社区", "place", "东城街道人民路社区"),
    ("张庄村村民", "place", "张庄村"),
    ("去年柳河镇张庄村的事", "place", "柳河镇张庄村"),
    ("成都市武侯区", "place", "成都市武侯区"),
    ("内蒙古自治区", "place", "内蒙古自治区"),
    ("十里铺村的地", "place", "十里铺村"),
    ("许昌市建安区五女店镇东王村3组", "address", "许昌市建安区五女店镇东王村3组"),
    (
        "河南省许昌市魏都区文峰路12号院3号楼2单元501室",
        "address",
        "河南省许昌市魏都区文峰路12号院3号楼2单元501室",
    ),
    ("家住阳光花园小区5号楼", "address", "阳光花园小区5号楼"),
    ("郑州市金水区花园路", "place", "郑州市金水区花园路"),
    ("现居吉林省长春市朝阳区红旗街12号", "address", "吉林省长春市朝阳区红旗街12号"),
    ("住沈阳市和平区南京街12号", "address", "沈阳市和平区南京街12号"),
    ("八一路东段12号院3号楼2单元502", "address", "八一路东段12号院3号楼2单元502"),
    ("文三路4113号假日公寓A座506室", "address", "文三路4113号假日公寓A座506室"),
]


@pytest.mark.parametrize(("text", "kind", "words"), PLACES)
def test_a_place_is_read_to_its_last_part(text: str, kind: str, words: str) -> None:
    assert [t for t, _ in found(text, kind)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "我住在县城",
        "我们小区漏水",
        "去超市买东西",
        "上街买菜",
        "市场价格",
        "有什么区别",
        "在路上",
        "我要举报村里",
        "农村户口",
        "去年十月村里修路占了地",
        "他们堵路",
        "修好二组的水泥路",
        "一座花园式的城",
    ],
)
def test_words_that_end_like_a_place_are_none(text: str) -> None:
    assert found(text, "place") == []


def test_names_that_the_bureau_knows_need_no_suffix() -> None:
    entities = extract("我在十里铺摔伤了", SUNDAY, ("十里铺",))
    assert [(e.kind, e.text) for e in entities] == [("place", "十里铺")]


@pytest.mark.parametrize(
    ("text", "words", "detail"),
    [
        ("许昌宏达建筑有限公司把我辞退了", "许昌宏达建筑有限公司", ""),
        ("我在宏达公司上班", "宏达公司", ""),
        ("公司拖欠工资", "公司", "vague"),
        ("县人民医院误诊", "县人民医院", ""),
        ("柳河镇张庄村村委会", "柳河镇张庄村村委会", ""),
        ("去派出所报案", "派出所", "office"),
        ("村委会占了我的地", "村委会", "office"),
        ("东关小学要求交费", "东关小学", ""),
        ("在工地干活", "工地", "vague"),
    ],
)
def test_a_body_is_found_and_one_without_a_name_is_vague(
    text: str, words: str, detail: str
) -> None:
    bodies = [e for e in extract(text, SUNDAY) if e.kind == "organisation"]
    assert [(e.text, e.detail) for e in bodies] == [(words, detail)]


@pytest.mark.parametrize(
    ("text", "number", "code"),
    [
        ("XF20261122-0007", "XF20261122-0007", None),
        ("xf20261122 0007", "XF20261122-0007", None),
        ("ＸＦ２０２６１１２２－０００７", "XF20261122-0007", None),
        ("编号ZX20261123-0001查询码4T98-F5SP", "ZX20261123-0001", "4T98-F5SP"),
        ("4t98f5sp", None, "4T98-F5SP"),
        ("k7qm 3xpd", None, "K7QM-3XPD"),
        ("password", None, None),
        ("23456789", None, None),
    ],
)
def test_matter_numbers_and_query_codes_are_read_as_they_were_issued(
    text: str, number: str | None, code: str | None
) -> None:
    assert [v for _, v in found(text, "matter_number")] == ([number] if number else [])
    assert [v for _, v in found(text, "query_code")] == ([code] if code else [])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("(2024)豫1003民初123号判决书", "(2024)豫1003民初123号"),
        ("（2019）最高法民终12号", "(2019)最高法民终12号"),
        ("我收到许劳人仲案字[2024]第123号裁决", "许劳人仲案字[2024]第123号"),
        ("许公（建）行罚决字〔2023〕第456号", "许公(建)行罚决字〔2023〕第456号"),
        ("(2012)许民初字第 89 号", "(2012)许民初字第89号"),
    ],
)
def test_a_case_or_document_number_is_read_whole(text: str, number: str) -> None:
    assert [v for _, v in found(text, "case_number")] == [number]


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("车牌号豫K12345", "豫K12345"),
        ("豫KD12345新能源车", "豫KD12345"),
        ("被豫A·88Q66撞了", "豫A88Q66"),
        ("蘇a1234掛", "苏A1234挂"),
    ],
)
def test_a_number_plate_is_read_with_or_without_its_dot(text: str, plate: str) -> None:
    assert [v for _, v in found(text, "plate")] == [plate]


@pytest.mark.parametrize("text", ["2023年闽南", "我在云A站台", "豫政办文件", "京ABCDEF"])
def test_a_province_before_letters_is_no_plate_and_no_case(text: str) -> None:
    assert found(text, "plate") + found(text, "case_number") == []


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("微信号chen_zg1988", "chen_zg1988"),
        ("我QQ是123456789", "123456789"),
        ("加vx:ab12345", "ab12345"),
    ],
)
def test_an_account_is_read_after_its_word(text: str, account: str) -> None:
    assert [v for _, v in found(text, "account")] == [account]


@pytest.mark.parametrize("text", ["微信transfer", "QQ群里说的", "加我微信"])
def test_a_word_for_an_account_alone_is_none(text: str) -> None:
    assert found(text, "account") == []


@pytest.mark.parametrize(
    ("text", "kind", "words", "value"),
    [
        ("托欠工姿三千快钱", "amount", "三千快钱", 3000),
        ("我的性名：王小明", "name", "王小明", "王小明"),
        ("身分证110105194912310021", "id_number", "110105194912310021", "110105194912310021"),
        ("老扳刘强跑了", "name", "刘强", "刘强"),
        ("文峰衔道前进社区", "place", "文峰衔道前进社区", "文峰街道前进社区"),
    ],
)
def test_a_common_word_that_is_mistyped_is_read_all_the_same(
    text: str, kind: str, words: str, value: Any
) -> None:
    assert found(text, kind) == [(words, value)]


def test_every_mistake_is_as_long_as_its_word() -> None:
    assert [wrong for wrong, right in MISTAKES.items() if len(wrong) != len(right)] == []


def test_a_traditional_name_stays_as_it_is_written() -> None:
    text = "我叫張建國，手機13812345678，住在義烏市佛堂鎮，欠薪兩萬塊錢"
    values = {e.kind: (e.text, e.value) for e in extract(text, SUNDAY)}
    assert values == {
        "name": ("張建國", "張建國"),
        "phone": ("13812345678", "13812345678"),
        "place": ("義烏市佛堂鎮", "义乌市佛堂镇"),
        "amount": ("兩萬塊錢", 20000),
    }


def test_a_story_gives_all_its_facts() -> None:
    story = (
        "我叫王建国，手机13812345678，我在青河县宏达建材有限公司干了两年，"
        "从今年6月到8月的工资一直没发，一共欠我一万八千块"
    )
    kinds = {e.kind: e.value for e in extract(story, SUNDAY)}
    assert kinds == {
        "name": "王建国",
        "phone": "13812345678",
        "organisation": "青河县宏达建材有限公司",
        "duration": "P2Y",
        "date": "2026-06/2026-08",
        "amount": 18000,
    }


def test_an_entity_keeps_the_words_as_they_were_written() -> None:
    entity = extract("电话１３８１２３４５６７８", SUNDAY)[0]
    assert entity == Entity("phone", 2, 13, "１３８１２３４５６７８", "13812345678", "self")


def test_words_that_go_on_a_story_are_no_part_of_a_name_of_a_company() -> None:
    entities = extract("我怀孕了然后公司把我开除了，后来宏达公司也不管", SUNDAY)
    bodies = [(e.text, e.detail) for e in entities if e.kind == "organisation"]
    assert bodies == [("公司", "vague"), ("宏达公司", "")]
