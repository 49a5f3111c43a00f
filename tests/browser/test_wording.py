"""A machine's wording on the page of a matter, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from casework.domain.people import Role
from casework.domain.wording.proposal import Paragraph
from tests.browser.conftest import DESK, PHONE, House
from tests.browser.test_accessible import examine

Window = Callable[..., Page]


@pytest.mark.parametrize(
    ("viewport", "theme"), [(PHONE, "light"), (DESK, "dark")], ids=["360", "1440"]
)
def test_a_clerk_copies_a_machines_wording_with_its_label_and_throws_it_away(
    house: House, staff_window: Window, viewport: dict[str, int], theme: str
) -> None:
    matter = house.office.matter()
    source = house.office.conversations.transcript(matter.conversation_id)[0].message_id
    assert source
    house.office.worded(
        matter,
        Paragraph("来访者反映，村里修路占用了自家的地。", ("占了我家的地",), (source,)),
        Paragraph("来访者希望得到补偿。", (), (source,)),
        dropped=1,
    )
    page = staff_window(Role.CLERK, viewport=viewport, color_scheme=theme, reduced_motion="reduce")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{house.url}/console/matters/{matter.number}")
    box = page.get_by_role("region", name="机器草拟，未经核对")
    expect(box).to_contain_text("small-model")
    examine(page)

    box.get_by_role("button", name="复制文字").click()
    expect(box.get_by_role("status")).to_have_text("已复制。")
    label, first, second = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert label.startswith("（机器草拟，未经核对：small-model")
    assert (first, second) == ("来访者反映，村里修路占用了自家的地。", "来访者希望得到补偿。")

    page.once("dialog", lambda dialog: dialog.accept())
    box.get_by_role("button", name="丢弃").click()
    expect(box).to_have_count(0)
    with house.office.store.reading() as work:
        done = [line[2] for line in work.audit.about(matter.id)]
    assert [one for one in done if "wording" in one] == ["copied wording", "discarded wording"]
