"""Common words as they are mistyped, most by a pinyin keyboard: put right before anything is read.

Every word has the length of its mistake, so that spans still point into the text as written. Only
mistakes that are no words of their own are here, or that cannot be in the words around them.
"""

from __future__ import annotations

import re

MISTAKES = {
    "身分证": "身份证", "生份证": "身份证", "身份征": "身份证", "名子": "名字", "性名": "姓名",
    "电花": "电话", "手鸡": "手机", "联糸": "联系", "话好码": "话号码", "机好码": "机号码", "证好码": "证号码",
    "银行咔": "银行卡", "工姿": "工资", "托欠": "拖欠", "脱欠": "拖欠", "施欠": "拖欠", "仲才": "仲裁",
    "派处所": "派出所", "派出锁": "派出所", "衔道": "街道", "单园": "单元", "单圆": "单元", "礼败": "礼拜", "上各月": "上个月",
    "彩里": "彩礼", "采礼": "彩礼", "离昏": "离婚", "押今": "押金", "赔尝": "赔偿", "陪偿": "赔偿", "补尝": "补偿",
    "房冬": "房东", "老扳": "老板", "责人公司": "责任公司", "有线公司": "有限公司", "有限工司": "有限公司",
}  # fmt: skip
# 五千快钱, 3万块前: only after a number.
_MONEY = re.compile(r"(?<=[\d百千万一二三四五六七八九十])(?:快钱|块前(?![面方后天门排挡轮]))")
_ALL = re.compile("|".join(sorted(MISTAKES, key=len, reverse=True)))


def mend(text: str) -> str:
    """Folded text with such words put right; ``len(mend(t)) == len(t)``."""
    text = _ALL.sub(lambda match: MISTAKES[match.group()], text)
    return _MONEY.sub("块钱", text)
