"""Citizens with troubles of every topic, each a program that knows only what it wants to say."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import pytest

from cli import project
from cli.bench.playing.person import Person, load
from cli.bench.playing.player import MOST_TURNS, Life, live
from cli.bench.playing.verdict import misplaced, wrong
from cli.chat_client import ChatClient
from cli.system.plan import Plan
from cli.system.supervisor import Supervisor

PEOPLE = load(Path(__file__).parent / "citizens")
AT_ONCE = 4


@pytest.fixture(scope="module")
def lives(plan: Plan, system: Supervisor) -> Iterator[dict[str, Life]]:
    """All of them have talked, a few at a time, with one running system."""

    def of(person: Person) -> Life:
        return live(person, ChatClient(plan.settings.public_url))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield dict(zip([person.name for person in PEOPLE], pool.map(of, PEOPLE), strict=True))


@pytest.mark.parametrize("who", [person.name for person in PEOPLE])
def test_a_citizen_is_served_to_the_end_with_nothing_lost(lives: dict[str, Life], who: str) -> None:
    life = lives[who]
    said = [words for words, _ in life.talk]
    assert not wrong(life), said
    assert len(said) < MOST_TURNS


def test_what_is_told_stands_in_the_field_of_its_name(lives: dict[str, Life]) -> None:
    elsewhere = {who: found for who, life in lives.items() if (found := misplaced(life))}
    assert len(elsewhere) <= len(lives) * 0.05, elsewhere


def test_half_of_the_citizens_are_asked_six_questions_at_most(
    lives: dict[str, Life], capsys: pytest.CaptureFixture[str]
) -> None:
    counts = sorted(len(life.questions) for life in lives.values() if life.person.kind)
    with capsys.disabled():
        print(f"\n{len(counts)} citizens: median of questions asked {median(counts)}, {counts}")
    assert median(counts) <= 6


def test_there_is_a_citizen_for_every_topic_and_sixty_in_all() -> None:
    topics = {path.stem for path in (project.ROOT / "casework/intakes/topics").glob("*.yml")}
    assert topics <= {person.topic for person in PEOPLE}
    assert len(PEOPLE) >= 60
    assert len({person.name for person in PEOPLE}) == len(PEOPLE)
