"""Every topic file that ships can be read and keeps the rules of docs/intakes.md."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from casework.adapters.directory_file import load_directory
from casework.domain.calculators import deadlines
from casework.domain.topics.legal_topic import LegalTopic, Priority
from casework.intakes import topics as shipping
from casework.settings import load
from knowledge_base.numerals import from_chinese
from knowledge_base.statutes.laws import Laws

SHIPPED = shipping.load()
LAWS = Laws.load()
REVIEWED = date(2026, 11, 22)
EVERY = (*SHIPPED.topics, *SHIPPED.common)
COMMON_IDS = {wanted.id for file in SHIPPED.common for wanted in file.facts}
STORIES = yaml.safe_load((Path(__file__).parent / "stories.yml").read_text(encoding="utf-8"))


def _patterns(topic: LegalTopic) -> list[re.Pattern[str]]:
    conditions = [e.condition for e in (*topic.facts, *topic.clocks, *topic.routes)]
    found = [sign.match for sign in topic.signs] + [proof.match for proof in topic.evidence]
    found += [sign.match for sign in topic.safety]
    found += [p for c in conditions for p in (c.when, c.also, c.unless, *c.given.values()) if p]
    return found + [p for fact in topic.facts for p in (fact.told, fact.urgent) if p]


def _sentences(topic: LegalTopic) -> list[str]:
    said = [text for fact in topic.facts for text in (fact.ask, fact.full, fact.then, fact.why)]
    said += [text for route in topic.routes for text in (route.why, route.keeps)]
    said += [clock.note for clock in topic.clocks] + [sign.say for sign in topic.safety]
    return [text for text in said if text]


@pytest.mark.parametrize("topic", SHIPPED.topics, ids=lambda topic: topic.id)
def test_a_topic_can_be_recognised_asked_about_and_sent_somewhere(topic: LegalTopic) -> None:
    assert any(sign.weight >= topic.least for sign in topic.signs)
    assert sum(fact.priority is Priority.DECISIVE for fact in topic.facts) >= 3
    assert any(fact.chat for fact in topic.facts)
    assert topic.evidence
    assert any(route.condition.when is None for route in topic.routes)


@pytest.mark.parametrize("topic", EVERY, ids=lambda topic: topic.id)
def test_what_a_file_says_is_plain_chinese_in_whole_sentences(topic: LegalTopic) -> None:
    for text in _sentences(topic):
        assert text.endswith(("。", "？", "！")), text
        assert not re.search(r"TODO|XXX|\btodo\b", text), text
    for fact in topic.facts:
        assert "？" in fact.ask, fact.id
        assert len(fact.ask) <= 45, f"{fact.id}: too long for a conversation"
        assert len(fact.why) <= 80, fact.id


@pytest.mark.timeout(30)  # a pattern that backtracks does not come back at all
@pytest.mark.parametrize("topic", EVERY, ids=lambda topic: topic.id)
def test_every_pattern_is_written_for_folded_text_and_comes_back(topic: LegalTopic) -> None:
    hard = "我借了钱他不还打了欠条房子" * 1500
    for pattern in _patterns(topic):
        assert not re.search("[，！？：；（）０-９]", pattern.pattern), pattern.pattern
        pattern.search(hard)


@pytest.mark.parametrize("topic", EVERY, ids=lambda topic: topic.id)
def test_every_clock_and_every_common_question_that_is_named_exists(topic: LegalTopic) -> None:
    for clock in topic.clocks:
        assert clock.rule in deadlines.rules(), clock.rule
    if COMMON_IDS:
        for fact in topic.facts:
            assert set(fact.covers) <= COMMON_IDS, fact.id


@pytest.mark.parametrize("topic", EVERY, ids=lambda topic: topic.id)
def test_every_article_that_is_cited_is_of_a_law_in_force(topic: LegalTopic) -> None:
    cited = [text for text in _sentences(topic) if "《" in text]
    for text in [*cited, *(route.cite for route in topic.routes)]:
        for title, article in re.findall(
            r"《([^《》]+)》第([一二三四五六七八九十百千零]+)条", text
        ):
            law = LAWS.on(title, REVIEWED)
            assert law is not None, title
            assert law.has_article(str(from_chinese(article))), f"{title} {article}"


@pytest.mark.parametrize("topic", EVERY, ids=lambda topic: topic.id)
def test_every_number_is_in_the_directory(topic: LegalTopic) -> None:
    directory = load_directory(load().directory_file)
    for text in _sentences(topic):
        text.format(tel=directory, said="", word="")


def test_every_topic_has_a_story_to_be_recognised_from() -> None:
    assert {topic.id for topic in SHIPPED.topics} <= set(STORIES)
