"""The clerk's ledger: matters listed masked, opened with a record, moved on."""

from __future__ import annotations

from typing import Any

import pytest

from casework.domain.matter import MatterKind, MatterStatus
from casework.domain.people import Role
from tests.fakes.clock import FakeClock
from tests.fakes.office import Office
from tests.integration.channels.gateway.conftest import TOKEN, Browser


@pytest.fixture
def clerk(signed_in: Any) -> Browser:
    browser: Browser = signed_in(Role.CLERK, name="李卫国")
    return browser


def test_the_list_masks_names_and_numbers(clerk: Browser, office: Office) -> None:
    matter = office.matter()
    page = clerk.get("/console/ledger").get_data(as_text=True)
    assert matter.number in page
    assert "张**" in page
    assert "张建军" not in page
    assert "13900001234" not in page
    assert "修路占了我家三分地" in page


def test_the_list_is_filtered_and_paged(clerk: Browser, office: Office) -> None:
    petitions = [office.matter() for _ in range(31)]
    other = office.matter(MatterKind.CONSULTATION)
    everything = clerk.get("/console/ledger").get_data(as_text=True)
    assert "共 32 件" in everything
    assert "第 1 / 2 页" in everything
    assert petitions[0].number in clerk.get("/console/ledger?page=2").get_data(as_text=True)
    filtered = clerk.get("/console/ledger?kind=consultation").get_data(as_text=True)
    assert other.number in filtered
    assert petitions[0].number not in filtered
    assert "没有符合条件" in clerk.get("/console/ledger?status=closed").get_data(as_text=True)


@pytest.mark.parametrize(
    "query", ["kind=x", "status=x", "page=x", "page=-1", "page=", "page=99", "page=９"]
)
def test_a_strange_filter_is_no_error(clerk: Browser, query: str) -> None:
    assert clerk.get(f"/console/ledger?{query}").status_code == 200


def test_opening_shows_everything_and_is_written_down(clerk: Browser, office: Office) -> None:
    conversation_id = office.says("村里修路占了我家的地，没给钱")
    matter = office.matter(conversation_id=conversation_id)
    page = clerk.get(f"/console/matters/{matter.number}").get_data(as_text=True)
    for shown in ("张建军", "13900001234", "村里修路占了我家的地，没给钱", "待送达", "李卫国"):
        assert shown in page
    assert matter.code not in page
    with office.store.reading() as work:
        member = work.staff.by_username("clerk")
        assert member is not None
        assert [(by, what) for _, by, what, _ in work.audit.about(matter.id)] == [
            (member.id, "opened")
        ]


def test_a_changed_status_is_seen_by_whoever_holds_the_code(
    clerk: Browser, office: Office, clock: FakeClock
) -> None:
    matter = office.matter()
    address = f"/console/matters/{matter.number}"
    clock.advance(days=1)
    clerk.post(
        f"{address}/status", page=address, status="registered", note="已转自然资源局", public="yes"
    )
    clock.advance(days=1)
    clerk.post(f"{address}/status", page=address, status="accepted", note="内部：催一下")
    page = clerk.get(address).get_data(as_text=True)
    assert "已转自然资源局" in page
    assert "内部：催一下" in page
    told = clerk.client.post(
        "/api/progress", json={"number": matter.number, "code": matter.code}
    ).get_json()
    assert told["status"] == "accepted"
    assert [event["text"] for event in told["events"]] == ["已登记：已转自然资源局", "已受理"]
    assert "催一下" not in str(told)


def test_only_what_may_follow_is_offered_and_taken(clerk: Browser, office: Office) -> None:
    matter = office.matter()
    address = f"/console/matters/{matter.number}"
    page = clerk.get(address).get_data(as_text=True)
    assert 'value="registered"' in page
    assert 'value="closed"' not in page
    refused = clerk.post(f"{address}/status", page=address, status="closed")
    assert refused.status_code == 409
    assert clerk.post(f"{address}/status", page=address, status="nonsense").status_code == 400
    with office.store.reading() as work:
        assert work.matters.get(matter.id).status is MatterStatus.SUBMITTED


def test_a_note_is_for_colleagues_unless_it_says_otherwise(clerk: Browser, office: Office) -> None:
    matter = office.matter()
    address = f"/console/matters/{matter.number}"
    clerk.post(f"{address}/note", page=address, note="给自己看的")
    clerk.post(f"{address}/note", page=address, note="请带上土地证", public="yes")
    told = clerk.client.post(
        "/api/progress", json={"number": matter.number, "code": matter.code}
    ).get_json()
    assert [event["text"] for event in told["events"]] == ["请带上土地证"]


def test_a_number_leads_to_its_matter(clerk: Browser, office: Office) -> None:
    matter = office.matter()
    found = clerk.get(f"/console/matters?number=%20{matter.number.lower()}%20")
    assert found.headers["Location"].endswith(f"/console/matters/{matter.number}")
    assert clerk.get("/console/matters?number=").headers["Location"].endswith("/console/ledger")
    missing = clerk.get("/console/matters/XF20990101-0001")
    assert missing.status_code == 404


def test_a_lawyer_sees_consultations_and_no_petitions(signed_in: Any, office: Office) -> None:
    lawyer = signed_in(Role.LAWYER)
    petition, question = office.matter(), office.matter(MatterKind.CONSULTATION)
    page = lawyer.get("/console/ledger").get_data(as_text=True)
    assert question.number in page
    assert petition.number not in page
    assert lawyer.get(f"/console/matters/{petition.number}").status_code == 403
    assert lawyer.get("/console/ledger?kind=petition").status_code == 403


class TestSealed:
    """检举控告 (信访工作条例 30)."""

    def test_it_is_in_nobodys_list(self, signed_in: Any, office: Office) -> None:
        sealed = office.matter(sealed=True)
        for role in (Role.CLERK, Role.SUPERVISOR, Role.LAWYER):
            page = signed_in(role).get("/console/ledger").get_data(as_text=True)
            assert sealed.number not in page

    def test_for_a_clerk_it_does_not_even_exist(self, clerk: Browser, office: Office) -> None:
        sealed = office.matter(sealed=True)
        answer = clerk.get(f"/console/matters/{sealed.number}")
        missing = clerk.get("/console/matters/XF20990101-0001")
        assert answer.status_code == missing.status_code == 404
        assert answer.get_data() == missing.get_data()
        token = TOKEN.findall(clerk.get("/console/ledger").get_data(as_text=True))[0]
        forced = clerk.client.post(
            f"/console/matters/{sealed.number}/unseal",
            data={"csrf": token, "reason": "好奇"}, headers={"Accept": "text/html"},
        )  # fmt: skip
        assert forced.status_code == 404

    def test_a_supervisor_opens_it_for_a_reason_that_is_written_down(
        self, signed_in: Any, office: Office
    ) -> None:
        sealed = office.matter(sealed=True, narrative="举报某人收钱")
        supervisor = signed_in(Role.SUPERVISOR)
        address = f"/console/matters/{sealed.number}"
        asked = supervisor.get(address).get_data(as_text=True)
        assert "写明理由" in asked
        assert "举报某人收钱" not in asked
        assert supervisor.post(f"{address}/unseal", page=address, reason=" ").status_code == 403
        opened = supervisor.post(f"{address}/unseal", page=address, reason="督办核实")
        assert "举报某人收钱" in opened.get_data(as_text=True)
        with office.store.reading() as work:
            assert [entry[3] for entry in work.audit.about(sealed.id)] == ["督办核实"]

    def test_on_the_desk_only_its_number_is_shown(self, signed_in: Any, office: Office) -> None:
        waiting = office.says("转人工")
        sealed = office.matter(sealed=True, conversation_id=waiting, narrative="举报某人收钱")
        page = signed_in(Role.LAWYER).get(f"/console/desk/{waiting}").get_data(as_text=True)
        assert sealed.number in page
        assert "举报某人收钱" not in page


class TestDeadLetters:
    def dead(self, office: Office, **options: Any) -> Any:
        matter = office.matter(**options)
        with office.store() as work:
            item = work.outbox.for_matter(matter.id)[0]
            work.outbox.dead(item.id, "422: unknown_kind", office.clock.now())
            work.commit()
        return matter, item

    def test_it_is_visible_where_the_matter_is(self, clerk: Browser, office: Office) -> None:
        matter, _ = self.dead(office)
        page = clerk.get(f"/console/matters/{matter.number}").get_data(as_text=True)
        assert "未能送达" in page
        assert "422: unknown_kind" in page

    def test_an_operator_sends_it_again(self, signed_in: Any, office: Office) -> None:
        _, item = self.dead(office)
        operator = signed_in(Role.OPERATOR)
        assert "422: unknown_kind" in operator.get("/console/system").get_data(as_text=True)
        operator.post(f"/console/deliveries/{item.id}/revive", page="/console/system")
        assert "422: unknown_kind" not in operator.get("/console/system").get_data(as_text=True)
        assert office.delivery.deliver_due() == 1
        assert list(office.petitions.matters) == [item.key]

    def test_an_operator_does_not_learn_what_is_in_it(self, signed_in: Any, office: Office) -> None:
        matter, _ = self.dead(office)
        page = signed_in(Role.OPERATOR).get("/console/system").get_data(as_text=True)
        assert "张" not in page
        assert matter.number not in page

    def test_a_letter_that_is_not_dead_cannot_be_revived(
        self, signed_in: Any, office: Office
    ) -> None:
        matter = office.matter()
        with office.store.reading() as work:
            item = work.outbox.for_matter(matter.id)[0]
        operator = signed_in(Role.OPERATOR)
        answer = operator.post(f"/console/deliveries/{item.id}/revive", page="/console/system")
        assert answer.status_code == 403
