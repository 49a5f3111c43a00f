"""What the law texts do not say themselves: usual short names, repeals, days of commencement.

Kept in ``notes.yml`` beside the table, each fact with its source, so that an editor can add one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from knowledge_base.errors import SourceError
from knowledge_base.statutes.names import key
from knowledge_base.yaml_files import read_yaml

if TYPE_CHECKING:
    from knowledge_base.statutes.laws import Law

NOTES = Path(__file__).parent / "notes.yml"


@dataclass(frozen=True)
class Ending:
    on: date
    by: str


@dataclass
class Notes:
    aliases: dict[str, str] = field(default_factory=dict)
    """Key of a usual name to the title of the law."""
    repealed: dict[str, Ending] = field(default_factory=dict)
    effective: dict[tuple[str, date], date] = field(default_factory=dict)
    supplement: list[Law] = field(default_factory=list)
    regions: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path = NOTES) -> Notes:
        """Reads the notes. Raises ``SourceError`` when the file is missing or broken."""
        from knowledge_base.statutes.laws import Law

        try:
            raw: dict[str, Any] = read_yaml(path)
            return cls(
                aliases={
                    key(alias): title
                    for title, aliases in raw["aliases"].items()
                    for alias in aliases
                },
                repealed={
                    key(title): Ending(item["since"], item["by"])
                    for item in raw["repealed"]
                    for title in item["titles"]
                },
                effective={
                    (key(item["title"]), item["version"]): item["effective"]
                    for item in raw["effective"]
                },
                supplement=[
                    Law(
                        title=item["title"],
                        full_title=item.get("full_title", item["title"]),
                        level=item["level"],
                        region="000000",
                        version=item["version"],
                        effective=item["effective"],
                        articles=item.get("articles", 0),
                        inserted="",
                        status="in_force",
                    )
                    for item in raw["supplement"]
                ],
                regions={str(name): str(code) for name, code in raw["regions"].items()},
            )
        except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise SourceError(f"the notes on the laws {path} cannot be read: {error}") from error

    def region(self, title: str) -> str:
        """Administrative code of the place a local law is named after; 410000 for the province."""
        return next(
            (code for name, code in self.regions.items() if title.startswith(name)), "410000"
        )
