"""Fills a template; the page stands alone."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from knowledge_base.wording import day as day_in_words
from knowledge_base.yaml_files import read_yaml

_HERE = Path(__file__).parent


@cache
def words() -> dict[str, Any]:
    """What the reports say, read once."""
    found: dict[str, Any] = read_yaml(_HERE / "words.yml")
    return found


def page(template: str, day: date, **values: Any) -> str:
    """The page of a template (guidance, statutes) with its figures."""
    style = (_HERE / "templates" / "style.css").read_text(encoding="utf-8")
    foot = words()["foot"].format(day=day_in_words(day))
    return (
        _environment()
        .get_template(f"{template}.html")
        .render(
            words=words()[template],
            title=words()[template]["title"],
            style=Markup(style),  # noqa: S704 - our own file
            foot=foot,
            **values,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.filters["percent"] = percent
    environment.filters["figure"] = figure
    return environment


def percent(share: float) -> str:
    """.634 as 63%, .004 as 0.4%."""
    return f"{share:.1%}" if 0 < share < 0.095 else f"{share:.0%}"


def figure(value: float, name: str, signed: bool = False) -> str:
    """A measure as people write it: .526, or 18.7 where it is milliseconds."""
    digits = 1 if name.endswith("_ms") else 3
    return f"{value:+.{digits}f}" if signed else f"{value:.{digits}f}"
