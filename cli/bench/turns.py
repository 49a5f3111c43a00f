"""``suqiu bench turns``: the time of a turn, beside a stock Rasa project in the same run."""

from __future__ import annotations

import click

from cli.bench.measure import Citizen, Figures, hold, sum_up
from cli.bench.stock_system import stock_system
from cli.chat import scratch_system
from cli.chat_client import ChatClient
from cli.jsonl import emit
from cli.setup import say

#: One greeting and five turns of a petition form on each side. Ours spends one of the five on the
#: consent that the law asks for; the baseline has no consent and asks for one fact more.
OURS = (
    "你好",
    "我要反映问题",
    "同意",
    "去年十月村里修路占了我家三分地，还砍了二十多棵树，说好给补偿到现在没给",
    "柳河镇东街村村委会",
    "柳河镇东街村",
)
STOCK = (
    "你好",
    "我要反映问题",
    "去年十月村里修路占了我家三分地，还砍了二十多棵树，说好给补偿到现在没给",
    "去年十月",
    "柳河镇东街村",
    "柳河镇东街村村委会",
)
AT_ONCE = (1, 8, 32)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--conversations", default=64, help="Conversations a side at each level.")
def turns(as_json: bool, conversations: int) -> None:
    """Turn times at 1, 8 and 32 conversations at once, and their ratio to the baseline.

    Both systems run on this machine; rounds alternate between them, so that a busy moment of the
    machine falls on both.
    """
    levels = []
    # What one visitor or address may send in a minute is no part of what is measured.
    with stock_system() as stock, scratch_system({"SUQIU_LIMIT_FACTOR": "100000"}) as url:
        ours: Citizen = lambda: ChatClient(url).say  # noqa: E731 - a maker of citizens, like stock
        hold(ours, OURS, 2, 1)  # the first turns of a process load what later ones find loaded
        hold(stock, STOCK, 2, 1)
        for at_once in AT_ONCE:
            say(f"{at_once} conversations at once …")
            levels.append(_level(ours, stock, at_once, max(2, conversations // at_once)))
    if as_json:
        emit({"conversation": {"ours": OURS, "stock": STOCK}, "levels": levels})
        return
    _print_table(levels)


def _level(ours: Citizen, stock: Citizen, at_once: int, rounds: int) -> dict[str, object]:
    mine: list[list[float]] = []
    theirs: list[list[float]] = []
    for _ in range(rounds):
        mine += hold(ours, OURS, at_once, 1)
        theirs += hold(stock, STOCK, at_once, 1)
    a, b = sum_up(mine), sum_up(theirs)
    return {
        "conversations_at_once": at_once,
        "suqiu": a.as_json(),
        "stock": b.as_json(),
        "ratio": _ratio(a, b),
    }


def _ratio(a: Figures, b: Figures) -> dict[str, float]:
    """suqiu over stock: below 1 is quicker for times, above 1 is more for turns per second."""
    return {
        "median": round(a.median_ms / b.median_ms, 2),
        "p95": round(a.p95_ms / b.p95_ms, 2),
        "turns_per_second": round(a.turns_per_second / b.turns_per_second, 2),
    }


def _print_table(levels: list[dict[str, object]]) -> None:
    click.echo(f"{'at once':>8} {'':8} {'median ms':>10} {'p95 ms':>8} {'turns/s':>8}")
    for level in levels:
        for side in ("suqiu", "stock"):
            f = level[side]
            assert isinstance(f, dict)  # noqa: S101 - built above
            click.echo(
                f"{level['conversations_at_once']!s:>8} {side:8} {f['median_ms']:>10} "
                f"{f['p95_ms']:>8} {f['turns_per_second']:>8}"
            )
        click.echo(f"{'':8} {'ratio':8} {level['ratio']}")
