"""docs/settings.md says what the fields say."""

from __future__ import annotations

from casework.settings import Settings
from casework.settings_table import PAGE, written_into


def test_every_setting_is_described() -> None:
    bare = [name for name, field in Settings.model_fields.items() if not field.description]
    assert bare == []


def test_the_table_of_settings_is_up_to_date() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == written_into(page), "run: python -m casework.settings_table"
