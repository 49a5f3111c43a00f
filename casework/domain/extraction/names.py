"""Names of people where the text says that a name is coming, and names given as an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casework.domain.extraction import bare_names, surnames
from casework.domain.extraction.entity import NAME, Entity

_HAN = "\u4e00-\u9fff\u3400-\u4dbf"
_SELF = re.compile(
    r"(?:我的?(?:名字|姓名|真名|大名)(?:就?是|叫|为)?|(?:本人|我)(?:的?名字)?(?:叫做?|名叫|姓名)|(?:姓\s{0,3}名|名\s{0,3}字|申请人|反映人|咨询人|信访人|联系人|本人姓名)"
    r"(?:是|为|叫)?|(?<![对别])本人|(?<![不他她它们别])我是|(?:可以|就)?叫我)[ ]{0,2}[::，,]?[ ]{0,2}"
)
_OTHER = re.compile(
    r"(?:(?:名叫|叫做?|(?:被反映人|被投诉人|被告人?|原告|[甲乙丙]方:|(?:收件|经办|承办|签收)人|(?:签字|签名|署名)[)]?:|上诉人|第三人|被执行人|受害人|死者|嫌疑人|患者|户主|监护人|代理人|担保人|保证人|出借人|举报人|投诉人|(?:当事人|家属|业主|对方(?:当事人)?)(?!方)|村民|负责人|法人(?:代表)?|法定代表人|债务人|借款人|欠款人|包工头|老板|经理|房东|"
    r"中介|主任|书记|村长|支书|队长|局长|所长|镇长|乡长|院长|校长|医生|医师|律师|法官|警官|教授|护士|工头|丈夫|妻子|老公|老婆|前夫|前妻|父亲|母亲|儿子|女儿|哥哥|弟弟|姐姐|妹妹|"
    r"邻居|同事|朋友|亲戚|同学|司机|肇事者|肇事司机|借给|证人)(?:名字|姓名)?(?:是|叫做?|为)?)[ ]?[::]?[ ]?)"
)
# 安某某是一名…, 安某某，28岁: a person presented at the beginning of a clause.
_PRESENTED = re.compile(r"^|(?<=[。!?\n;])")
# 鱼小满，28岁 and 鱼小满是一位28岁的…: a name whatever its first character, unless it says who one is.
_AGED = re.compile(
    rf"(?:^|(?<=[。!?\n;]))([{_HAN}]{{2,4}})(?=(?:[,，]|是一[名位个])\d{{1,3}}岁(?:的?[男女]|,|，))"
)
_NO_NAME = re.compile(
    "[我你他她它们的了是在今现已年岁人方者员生工]|老[公婆大]|[丈前]夫|妻子|[父母]亲|爸|妈|爷|奶|[儿孙]子|[儿孙]女|女儿|哥|弟|姐|妹|叔|伯|婶|孩|邻居|同[事学]|朋友|亲戚|房东|老板|司机|学生|老师|业主|居民|村民|男[性孩]|女[性孩]|某"
)
_LISTED = re.compile(r"(?<=[,、(:])")
_PARTICULARS = re.compile(
    r"[,，( ]{1,2}(?:[男女](?![人儿孩朋友方])|(?:汉|回|满|壮|苗|彝|土家|蒙古|维吾尔|藏)族|身份证|公民身份|(?:19|20)\d{2}年\d{1,2}月)"
)
_PRESENTS = re.compile(r"是一(?:名|位|个)|[,，(][ ]?(?:\d{1,3}岁|男|女|一[名位])")
# Titles that follow a whole name and little else: 张明远医生, but 康复医生 is no name.
_RANKED = re.compile(r"(?:主治|主任|副主任|住院)?(?:医生|医师|法官|检察官|警官|教授|律师)")
_DEPARTMENT = frozenset("科部级院村班")
_TITLE_WORDS = re.compile(
    "老板|老师|经理|主任|书记|律师|医生|师傅|先生|女士|[队局所校镇村科处院]长|警官|法官|同志"
)
_TITLED = re.compile(r"(?:先生|女士|小姐|同志|老师|师傅|阿姨|大爷|大妈|大姐|大哥)")
_ANSWER_NOISE = re.compile(
    r"^(?:(?:你好|您好|嗯+|哦+|好的?|行)[,。!！ ]{0,2})?(?:[我俺咱]的?(?:名字|姓名)?(?:叫|是|姓)?|姓名|名字|称呼|本人|叫|是|免贵|姓|就?叫我|可以叫我|您?可以称呼我(?:为)?)*[:：是为 ]{0,2}"
)
_ENOUGH = re.compile(r"(?:吧|就行|就好|就可以|就得了|即可|就成)[了吧啊]?$")
_CALLED = re.compile(rf"[小阿][{_HAN}]")  # 叫我阿杰: no surname is needed where one is called so
_PIECES = re.compile(r"[,。;、!?\n~ ]+")
_SHORT = re.compile(rf"(?:[老小大阿][{_HAN}]|[{_HAN}]某{{1,2}}|[{_HAN}](?:{_TITLED.pattern}))")
_LATIN = re.compile(r"[A-Za-z][A-Za-z.'-]{1,40}")
_NEVER_GIVEN = frozenset(
    "的了吗呢吧啊呀嘛么哦我你他她它们这那哪什怎谁不没是某说叫请打欠骗姓嫂婶伯叔爷奶哥姐妹弟"
)
# 阿依古丽·买买提: the second part ends where the sentence goes on, which no table of names tells.
_ETHNIC = re.compile(
    rf"[{_HAN}]{{1,12}}[·•・](?:(?![是在的了和与说被欠跟把]|先生|女士|[男女][性,，]|电话|手机|身份证)[{_HAN}]){{1,12}}"
)


def find(text: str) -> Iterator[Entity]:
    """Names in folded text: ``self`` for the one who writes, ``other``, or ``unknown`` whose.

    A name that was found once is found wherever it stands again.
    """
    found = list(_announced(text))
    taken = {entity.start for entity in found}
    found += (
        Entity(NAME, start, end, text[start:end], text[start:end], "unknown")
        for start, end in bare_names.find(text)
        if start not in taken
    )
    yield from found
    for said in {
        entity.text: entity for entity in reversed(found) if len(entity.text) > 1
    }.values():
        at = text.find(said.text)
        while at >= 0:
            yield Entity(NAME, at, at + len(said.text), said.text, said.value, said.detail)
            at = text.find(said.text, at + len(said.text))


def _announced(text: str) -> Iterator[Entity]:
    for match in _SELF.finditer(text):
        found = _name_at(text, match.end(), strict=match.group().rstrip(" :,") in ("我是", "本人"))
        if found:
            yield Entity(
                NAME,
                match.end(),
                found,
                text[match.end() : found],
                text[match.end() : found],
                "self",
            )
    for match in _OTHER.finditer(text):
        found = _name_at(text, match.end(), strict=True)
        outright = match.group()[-1] in "叫是为:" or match.group().endswith("叫做")
        never = text[match.end() : match.end() + 1] in surnames.NEVER
        if found and ((outright and not never) or not _is_wordy(text, match.end(), found)):
            said = text[match.end() : found]
            yield Entity(NAME, match.end(), found, said, said, "other")
    for match in _PRESENTED.finditer(text):
        found = _name_at(text, match.end(), strict=False)
        wordy = text[match.end() : match.end() + 1] in surnames.NEVER | surnames.WORDY
        if found and _PRESENTS.match(text, found) and not (wordy and found - match.end() < 3):
            said = text[match.end() : found]
            yield Entity(NAME, match.end(), found, said, said, "other")
    for match in _AGED.finditer(text):
        said = match.group(1)
        if not _NO_NAME.search(said):
            yield Entity(NAME, match.start(1), match.end(1), said, said, "other")
    for match in _LISTED.finditer(text):
        found = _name_at(text, match.end(), strict=True)
        if found and _PARTICULARS.match(text, found) and not _is_wordy(text, match.end(), found):
            said = text[match.end() : found]
            yield Entity(NAME, match.end(), found, said, said, "other")
    for match in _RANKED.finditer(text):
        said = text[max(0, match.start() - 3) : match.start()]
        wordy = said[:1] in surnames.NEVER | surnames.WORDY or said[-1:] in _DEPARTMENT
        if len(said) == 3 and _is_whole_name(said) and not wordy:
            yield Entity(NAME, match.start() - 3, match.start(), said, said, "other")
    for match in _TITLED.finditer(text):
        start = _surname_before(text, match.start())
        if start is not None and start < match.start():
            said = text[start : match.start()]
            if len(said) > 1:
                yield Entity(NAME, start, match.start(), said, said, "other")


def from_answer(text: str) -> str | None:
    """The name in an answer to "what is your name?": ``我叫王小明``, ``王小明``, ``姓王``, ``老王``.

    None where the answer does not look like a name or a form of address.
    """
    given = [name for piece in _PIECES.split(text) if (name := _in_piece(piece))]
    # 免贵姓王，王建国: the fuller one
    return max(given, key=len, default=None)


def in_answer(text: str) -> Iterator[Entity]:
    """The names that an answer to "what is your name?" gives, with their places in the text."""
    at = 0
    for piece in _PIECES.split(text):
        at = text.find(piece, at)
        name = _in_piece(piece)
        if name and len(name) > 1:
            start = at + piece.find(name)
            yield Entity(NAME, start, start + len(name), name, name, "self")
        at += len(piece)


def _in_piece(piece: str) -> str | None:
    rest = _ENOUGH.sub("", _ANSWER_NOISE.sub("", piece)).strip()
    if not rest:
        return None
    if "姓" in piece and len(rest) > 2 and rest[0] == rest[1]:
        rest = rest[1:]  # 我姓方方小琴, as it is spoken
    ethnic = _ETHNIC.match(rest)
    if ethnic:
        return ethnic.group()
    if _is_whole_name(rest):
        return rest
    end = _name_at(rest, 0, strict=False)
    if end:
        title = _TITLED.match(rest, end)
        return rest[: title.end()] if title else rest[:end]
    short = _SHORT.match(rest)
    if short and any(c in surnames.SINGLE for c in short.group()):
        return short.group()
    if "叫" in piece and _CALLED.fullmatch(rest):
        return rest
    if len(rest) == 1 and rest in surnames.SINGLE and "姓" in piece:
        return rest
    if _LATIN.fullmatch(rest):
        return rest
    return None


def _is_whole_name(rest: str) -> bool:
    """Whether it is all one name: 王大年, though 年 would end a name in a sentence."""
    given = rest[_surname_length(rest, 0) :]
    return (
        given != rest
        and re.fullmatch(f"[{_HAN}]{{1,2}}", given) is not None
        and not any(char in _NEVER_GIVEN for char in given)
        and not _TITLED.search(rest)
        and not {rest, rest[:2]} & surnames.NO_NAMES
    )


def _is_wordy(text: str, start: int, end: int) -> bool:
    """Whether what follows a role is a word rather than a name: 老板都…, 班主任代课."""
    return text[start] in surnames.NEVER or (text[start] in surnames.WORDY and end - start < 3)


def _surname_length(text: str, at: int) -> int:
    if text[at : at + 2] in surnames.COMPOUND:
        return 2
    return 1 if text[at : at + 1] in surnames.SINGLE else 0


def _name_at(text: str, at: int, strict: bool) -> int | None:
    """Where the name that starts at ``at`` ends. ``strict``: only if something ends it clearly."""
    ethnic = _ETHNIC.match(text, at)
    if ethnic:
        return ethnic.end()
    family = _surname_length(text, at)
    if not family or _TITLE_WORDS.match(text, at + family):
        return None
    given = 0
    position = at + family
    while given < 2 and position < len(text):
        char = text[position]
        if not re.match(f"[{_HAN}]", char):
            break
        if given == 0 and char == "某":
            return None  # 王某: already hidden by the writer
        if char in surnames.NOT_GIVEN:
            last = char in surnames.LAST_GIVEN and not re.match(f"[{_HAN}]", text[position + 1 :])
            if last:
                position, given = position + 1, given + 1
            break
        if given and (text.startswith(surnames.FOLLOWING, position) or _SUM.match(text, position)):
            break
        if _TITLED.match(text, position):
            break
        given += 1
        position += 1
    if not given:
        return None
    if strict and not _ends_here(text, position):
        return None
    if text[at:position] in surnames.NO_NAMES or text[at : at + 2] in surnames.NO_NAMES:
        return None
    return position


_SUM = re.compile("[一二三四五六七八九十两几]{1,3}[百千万]")


def _ends_here(text: str, at: int) -> bool:
    if at >= len(text) or not re.match(f"[{_HAN}]", text[at]):
        return True
    if _SUM.match(text, at):
        return True
    if text[at] in "省市县区镇乡村州":
        return False  # 我是安阳市人
    return text[at] in surnames.NOT_GIVEN or text.startswith(surnames.FOLLOWING, at)


def _surname_before(text: str, end: int) -> int | None:
    """Where the name that ends at ``end`` begins (王小明先生, 王先生)."""
    for length in (3, 2, 1):
        start = end - length
        if start < 0:
            continue
        family = _surname_length(text, start)
        given = text[start + family : end]
        if not family or length < family or any(c in surnames.NOT_GIVEN for c in given):
            continue
        wordy = text[start] in surnames.NEVER | surnames.WORDY
        begins = start == 0 or not re.match(f"[{_HAN}]", text[start - 1])
        if text[start : start + 2] in surnames.NO_NAMES:
            continue
        if length > 1 and wordy and not (begins and length == 3):
            continue
        if re.fullmatch(f"[{_HAN}]+", text[start:end]) and text[start:end] not in surnames.NO_NAMES:
            return start
    return None
