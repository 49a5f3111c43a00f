"""Makes the table of facts ``laws.csv`` from a folder of law texts and ``notes.yml``.

The table holds no text: title, dates, number of articles and status only. It lets every citation
of the guidance be checked without the texts at hand.

A law is ``amended`` when the folder has a newer text of the same title, and ``repealed`` when a
later text says that it is (…同时废止), when it interprets a repealed law, or when ``notes.yml``
says so with its source.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from knowledge_base.errors import SourceError
from knowledge_base.numerals import CHARACTERS, from_chinese
from knowledge_base.statutes.laws import COLUMNS, Law, write_ranges
from knowledge_base.statutes.names import key
from knowledge_base.statutes.notes import Notes
from knowledge_base.statutes.texts import LawText, days_in, read_folder

LEVELS = {
    "宪法": "law",
    "宪法相关法": "law",
    "刑法": "law",
    "民法典": "law",
    "民法商法": "law",
    "行政法": "law",
    "经济法": "law",
    "社会法": "law",
    "诉讼与非诉讼程序法": "law",
    "行政法规": "regulation",
    "司法解释": "interpretation",
    "部门规章": "rule",
    "DLC": "local",
}
_CHINESE_DAY = re.compile(
    rf"([{CHARACTERS}]{{4}})年([{CHARACTERS}]{{1,2}})月([{CHARACTERS}]{{1,3}})日"
)
_IN_FORCE_FROM = re.compile(r"自([^，。；《]{4,30}?)起?(?:正式)?(?:施行|实施|生效)")
_AT_ONCE = re.compile(r"自(?:本\w{1,3})?(?:公布|发布|颁布|通过)(?:之日)?起(?:施行|实施|生效)")
_REPEALS = re.compile(r"[^。]*?废止")
_TITLE = re.compile(r"《([^《》]+)》(?:（[^）]*）)?(第[^《》]{1,12}[条款项])?")
_INTERPRETS = re.compile(r"适用《([^《》]+)》")


@dataclass
class _Row:
    law: Law
    text: LawText


def make_table(root: Path, notes: Notes) -> list[Law]:
    """The facts of every law under ``root``, newest version of each title first."""
    rows = _rows(read_folder(root), notes)
    _mark_older_versions(rows)
    _mark_repealed(rows)
    for row in rows:
        _apply_notes(row.law, notes)
    laws = [row.law for row in rows] + [law for law in notes.supplement if not _known(law, rows)]
    return sorted(laws, key=lambda law: (law.region, law.title, -law.version.toordinal()))


def write_table(laws: Iterable[Law], path: Path) -> None:
    """Writes the table as CSV, one law a line."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(law.as_row() for law in laws)


def _rows(texts: Iterable[LawText], notes: Notes) -> list[_Row]:
    best: dict[tuple[str, date], _Row] = {}
    for text in texts:
        level = LEVELS.get(text.folder.split("/")[0])
        if level is None or text.version is None:
            continue
        numbers = sorted({a.number for a in text.articles if not a.inserted})
        inserted = write_ranges((a.number, a.inserted) for a in text.articles if a.inserted)
        law = Law(
            title=text.title.replace("最高人民法院 最高", "最高人民法院、最高").replace(" ", ""),
            full_title=text.full_title,
            level=level,
            region=notes.region(text.title) if level == "local" else "000000",
            version=text.version,
            effective=_effective(text),
            articles=numbers[-1] if numbers else 0,
            inserted=inserted,
            status="in_force",
        )
        known = best.get((key(law.title), law.version))
        if known is None or known.law.articles < law.articles:
            best[key(law.title), law.version] = _Row(law, text)
    if not best:
        raise SourceError("no law text was found in the folder")
    return list(best.values())


def _effective(text: LawText) -> date | None:
    """The day from which this version applies, or None where its text does not tell.

    The last article of an amended law keeps the day of the law's first version: such a day lies
    before the version and is not used.
    """
    version = text.version or date.min
    found: list[date] = []
    for line in text.info.splitlines():
        if line.strip().endswith("施行") and (days := days_in(line)):
            found.append(days[-1])
    for article in text.articles[-3:]:
        for match in _IN_FORCE_FROM.finditer(article.text):
            found += days_in(match[1]) + _chinese_days(match[1])
    later = [day for day in found if day >= version]
    if later:
        return max(later)
    ending = "".join(article.text for article in text.articles[-2:])
    return version if _AT_ONCE.search(ending) and "修" not in text.info else None


def _chinese_days(text: str) -> list[date]:
    days = []
    for year, month, day in _CHINESE_DAY.findall(text):
        try:
            days.append(date(from_chinese(year), from_chinese(month), from_chinese(day)))
        except ValueError:
            continue
    return days


def _mark_older_versions(rows: list[_Row]) -> None:
    versions: dict[str, list[Law]] = defaultdict(list)
    for row in rows:
        versions[key(row.law.title)].append(row.law)
    for laws in versions.values():
        laws.sort(key=lambda law: law.version)
        for older, newer in pairwise(laws):
            older.status = "amended"
            older.ended = newer.effective or newer.version
            older.ended_by = newer.title


def _mark_repealed(rows: list[_Row]) -> None:
    by_key: dict[str, list[Law]] = defaultdict(list)
    for row in rows:
        by_key[key(row.law.title)].append(row.law)
    for row in rows:
        for name in _repealed_names(row.text):
            for law in by_key.get(key(name), []):
                later = row.law.effective or row.law.version
                if key(law.title) != key(row.law.title) and law.version < row.law.version:
                    _end(law, later, row.law.title)
    for row in rows:
        match = _INTERPRETS.search(row.text.title)
        bases = by_key.get(key(match[1]), []) if match else []
        if bases and all(base.status == "repealed" for base in bases) and bases[0].ended:
            _end(row.law, bases[0].ended, bases[0].ended_by)


def _repealed_names(text: LawText) -> list[str]:
    names = []
    for article in text.articles[-3:]:
        for sentence in _REPEALS.findall(article.text):
            names += [name for name, part in _TITLE.findall(sentence) if not part]
    return names


def _end(law: Law, day: date, by: str) -> None:
    if law.status != "repealed":
        law.status, law.ended, law.ended_by = "repealed", day, by


def _apply_notes(law: Law, notes: Notes) -> None:
    if ending := notes.repealed.get(key(law.title)):
        _end(law, ending.on, ending.by)
    if law.effective is None:
        law.effective = notes.effective.get((key(law.title), law.version))


def _known(law: Law, rows: list[_Row]) -> bool:
    return any(
        key(row.law.title) == key(law.title) and row.law.version >= law.version for row in rows
    )
