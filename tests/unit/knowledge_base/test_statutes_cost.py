"""Libraries of other sizes for measuring what the search costs."""

from knowledge_base.statutes.cost import resized
from knowledge_base.statutes.library import Row

ROWS = [Row(n, f"法{n % 3}", str(n), f"第{n}条的文字") for n in range(10)]


def test_a_smaller_library_is_drawn_from_the_given_one_the_same_every_time() -> None:
    drawn = resized(ROWS, 4)
    assert len(drawn) == len(set(drawn)) == 4
    assert set(drawn) <= set(ROWS)
    assert drawn == resized(ROWS, 4)


def test_a_larger_one_repeats_it_under_titles_of_their_own() -> None:
    grown = resized(ROWS, 25)
    assert [row.text for row in grown[:10]] == [row.text for row in grown[10:20]]
    assert len({row.id for row in grown}) == 25
    assert {row.law for row in grown} == {
        f"法{n}{c}" for n in range(3) for c in ("", "（1）", "（2）")
    }
