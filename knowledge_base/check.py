"""Checks the sources before they are served: what an editor runs, and what the build runs first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from knowledge_base.entries import NATIONAL, Entry
from knowledge_base.hotlines import FILE as HOTLINES
from knowledge_base.likeness import near_pairs
from knowledge_base.problems import Problem, problem
from knowledge_base.sources import NOT_COVERED, OUT_OF_SCOPE, Sources, read
from knowledge_base.statutes.laws import Laws
from knowledge_base.text import count_chinese, normalise

LEAST_CHARACTERS, MOST_CHARACTERS = 120, 350
LEAST_PARAPHRASES = 8
NEAR = 0.8
"""Share of character pairs from which two questions of different entries count as too alike."""
COVERED = 0.55
"""From this share an entry is taken to answer a question that is listed as not covered."""

# Numbers one could dial: short codes of five or six digits, mobile and fixed lines, 400 and 800.
_PHONE = re.compile(
    r"(?<![\d.])(?:12\d{3}|96\d{3,4}|95\d{3,4}|1[3-9]\d{9}|0\d{2,3}-\d{7,8}|[48]00-?\d{3}-?\d{4})"
    r"(?![\d.]|[元万亿年月日天个平亩条号%])"
)


def check(
    sources_dir: Path, *, today: date | None = None, laws: Laws | None = None
) -> list[Problem]:
    """Everything wrong or doubtful in the sources, in the order of the files. Never raises for a
    mistake of an editor: each becomes a problem."""
    return check_sources(read(sources_dir), today=today, laws=laws)


def check_sources(
    sources: Sources, *, today: date | None = None, laws: Laws | None = None
) -> list[Problem]:
    """The problems of sources already read."""
    day = today or date.today()  # noqa: DTZ011 - review dates are days of the editor's calendar
    table = laws or Laws.load()
    found = list(sources.problems)
    ids = {entry.id for entry in sources.entries}
    for entry in sources.entries:
        file = sources.files[entry.id, entry.jurisdiction]
        found += _answer(entry, file, sources)
        found += _citations(entry, file, table, day)
        found += _dates(entry, file, day)
        for other in entry.related:
            if other not in ids:
                found.append(problem("unknown_related", file, entry.id, other=other))
        local = entry.jurisdiction != NATIONAL and (entry.id, NATIONAL) in sources.files
        if len(entry.paraphrases) < LEAST_PARAPHRASES and not local:
            count = len(entry.paraphrases)
            found.append(
                problem("few_paraphrases", file, entry.id, count=count, least=LEAST_PARAPHRASES)
            )
    found += _alike(sources)
    found += _covered_by_now(sources)
    for line in sources.hotlines.values():
        if line.reviewed < day - timedelta(days=366):
            found.append(
                problem("hotline_review", HOTLINES, number=line.number, reviewed=line.reviewed)
            )
    return found


def _answer(entry: Entry, file: str, sources: Sources) -> Iterator[Problem]:
    pieces = entry.answer.pieces()
    text = "\n".join(pieces)
    every = sum(len("".join(piece.split())) for piece in pieces)
    if every < LEAST_CHARACTERS:
        yield problem("too_short", file, entry.id, count=every, least=LEAST_CHARACTERS)
    if (count := count_chinese(text)) > MOST_CHARACTERS:
        yield problem("too_long", file, entry.id, count=count, most=MOST_CHARACTERS)
    for pattern in sources.banned:
        if match := pattern.expression.search(text):
            yield problem("banned", file, entry.id, phrase=match[0], reason=pattern.reason)
    for number in [*entry.hotlines, *_PHONE.findall(text)]:
        if number not in sources.hotlines:
            yield problem("unknown_hotline", file, entry.id, number=number)


def _citations(entry: Entry, file: str, laws: Laws, day: date) -> Iterator[Problem]:
    if not entry.citations:
        yield problem("no_citation", file, entry.id)
    for citation in entry.citations:
        newest = laws.resolve(citation.law)
        if newest is None:
            yield problem("unknown_law", file, entry.id, law=citation.law)
            continue
        law = laws.on(citation.law, day)
        if law is None:
            if newest.status == "repealed":
                yield problem(
                    "repealed",
                    file,
                    entry.id,
                    law=newest.title,
                    day=newest.ended,
                    by=newest.ended_by,
                )
            else:
                yield problem("not_yet", file, entry.id, law=newest.title, day=newest.effective)
        elif not law.has_article(citation.article):
            code = "no_article" if law.articles else "articles_unknown"
            yield problem(
                code, file, entry.id, law=law.title, article=citation.article, last=law.articles
            )


def _dates(entry: Entry, file: str, day: date) -> Iterator[Problem]:
    if entry.review_by <= entry.reviewed:
        yield problem(
            "review_order", file, entry.id, review_by=entry.review_by, reviewed=entry.reviewed
        )
    elif entry.review_by < day:
        yield problem("review_due", file, entry.id, review_by=entry.review_by)
    if entry.reviewed > day:
        yield problem("reviewed_ahead", file, entry.id, reviewed=entry.reviewed)


def _covered_by_now(sources: Sources) -> Iterator[Problem]:
    """Questions written down as not covered that an entry answers: they would keep it silent."""
    listed = sources.out_of_scope.get(NOT_COVERED, [])
    asked = [(entry, text) for entry in sources.entries for text in entry.questions]
    texts = [normalise(text) for _, text in asked] + [normalise(text) for text in listed]
    told: set[int] = set()
    for one, other in near_pairs(texts, COVERED):
        number = other - len(asked)
        if one < len(asked) and number >= 0 and number not in told:
            told.add(number)
            entry, text = asked[one]
            question = listed[number]
            yield problem("now_covered", OUT_OF_SCOPE, question, other=entry.id, question=text)


def _alike(sources: Sources) -> Iterator[Problem]:
    texts: list[str] = []
    owners: list[Entry] = []
    seen: dict[str, Entry] = {}
    reported: dict[tuple[str, str], int] = defaultdict(int)
    for entry in sources.entries:
        for question in entry.questions:
            text = normalise(question)
            first = seen.setdefault(text, entry)
            if first.id != entry.id:
                file = sources.files[entry.id, entry.jurisdiction]
                yield problem("same_question", file, entry.id, question=question, other=first.id)
            texts.append(text)
            owners.append(entry)
    for one, other in near_pairs(texts, NEAR):
        first, second = owners[one], owners[other]
        if first.id == second.id or texts[one] == texts[other]:
            continue
        if reported[first.id, second.id] == 0:
            yield problem(
                "near_question",
                sources.files[second.id, second.jurisdiction],
                second.id,
                question=texts[other],
                other=first.id,
                other_question=texts[one],
            )
        reported[first.id, second.id] += 1
