"""The directory of hotlines: the only place phone numbers in answers come from."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from knowledge_base.errors import SourceError
from knowledge_base.yaml_files import read_yaml

FILE = "hotlines.yml"


class Hotline(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    number: Annotated[str, BeforeValidator(str)]
    name: str
    purpose: str
    hours: str
    urgent: bool = False
    reviewed: date


def load_hotlines(path: Path) -> dict[str, Hotline]:
    """The directory by number. Raises ``SourceError`` when the file is missing or broken."""
    try:
        raw = read_yaml(path)
        lines = [Hotline.model_validate(item) for item in raw["hotlines"]]
    except (OSError, yaml.YAMLError, ValidationError, KeyError, TypeError) as error:
        raise SourceError(f"the directory of hotlines {path} cannot be read: {error}") from error
    return {line.number: line for line in lines}
