"""A machine's wording for staff: asked for after the handover, checked, kept apart, never sent on."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from casework.adapters.store import SqlStore
from casework.adapters.wording_file import load_vocabulary
from casework.adapters.wording_http import HttpDrafter
from casework.domain.errors import NotAllowed, UnknownMatter
from casework.domain.matter import Matter, MatterKind
from casework.domain.people import Role, Staff
from casework.domain.wording.proposal import Proposal, ProposalState
from casework.matters import Matters
from casework.ports import Drafted
from casework.texts import Texts
from casework.wording import Wording
from tests.fakes.clock import FakeClock
from tests.fakes.wording_machine import WordingMachine
from tests.integration.casework.conftest import member, on_both_databases
from tests.integration.casework.intake.town_hall import LABOUR, ROAD, Citizen, open_intake

MODEL = "small-model"
SECRETS = ("王建国", "13812345678")
PLACES = ("柳河镇", "张庄村")
GOOD = (
    "来访者〔姓名1〕自述在青河县宏达建材有限公司工作两年，6月到8月的工资一直没发，合计18000元。",
    ["一共欠我一万八千块"],
    ["m1"],
)
LIE = ("来访者称对方一共欠三万元。", ["一共欠我一万八千块"], ["m1"])


@pytest.fixture
def machine() -> Iterator[WordingMachine]:
    server = WordingMachine()
    server.writes(GOOD)
    yield server
    server.close()


@pytest.fixture
def wording(
    casework_store: SqlStore, clock: FakeClock, texts: Texts, machine: WordingMachine
) -> Wording:
    return make(casework_store, clock, texts, HttpDrafter(machine.address, MODEL, None, 5.0))


def make(store: SqlStore, clock: FakeClock, texts: Texts, drafter: Any) -> Wording:
    return Wording(store, clock, texts, load_vocabulary(), drafter, PLACES)


@pytest.fixture
def matter(casework_store: SqlStore, clock: FakeClock, texts: Texts) -> Matter:
    return handed_over(casework_store, clock, texts)


def handed_over(store: SqlStore, clock: FakeClock, texts: Texts, sender: str = "wang") -> Matter:
    citizen = Citizen(open_intake(store, clock, texts), store, clock, sender=sender)
    citizen.begins(MatterKind.CONSULTATION)
    citizen.tells(*LABOUR, "确认提交")
    citizen.submits()
    return citizen.matters[0]


def accusation(store: SqlStore, clock: FakeClock, texts: Texts) -> Matter:
    citizen = Citizen(open_intake(store, clock, texts), store, clock, sender="accuser")
    citizen.begins(MatterKind.PETITION, "我要反映问题")
    citizen.tells(*ROAD, "确认提交")
    citizen.submits()
    matter = citizen.matters[0]
    with store() as work:  # as the sealed path of the intake leaves it
        matter.sealed = True
        work.matters.save(matter)
        work.commit()
    return matter


def kept(store: SqlStore, matter: Matter) -> Proposal | None:
    with store.reading() as work:
        return work.proposals.for_matter(matter.id)


def reason(store: SqlStore, matter: Matter) -> tuple[ProposalState, str]:
    found = kept(store, matter)
    assert found is not None
    return found.state, found.reason


@on_both_databases
def test_what_passes_the_checks_is_kept_for_staff(
    casework_store: SqlStore, wording: Wording, matter: Matter, clock: FakeClock, lawyer: Staff
) -> None:
    clock.advance(60)
    assert wording.propose_due() == 1
    opened = Matters(casework_store, clock).open(lawyer, matter.number)
    assert opened.proposal is not None
    (paragraph,) = opened.proposal.paragraphs
    assert paragraph.text == GOOD[0].replace("〔姓名1〕", "王建国")
    assert paragraph.quotes == ("一共欠我一万八千块",)
    assert paragraph.messages == (matter.summary["quotes"][0]["source"],)
    assert (opened.proposal.model, opened.proposal.made_at) == (MODEL, clock.now())
    assert opened.matter.summary == matter.summary
    assert wording.propose_due() == 0


def test_the_machine_sees_no_name_and_no_number(
    wording: Wording, matter: Matter, machine: WordingMachine
) -> None:
    wording.propose_due()
    (asked,) = machine.asked
    everything = json.dumps(asked, ensure_ascii=False)
    shown = json.loads(asked["messages"][1]["content"])
    for secret in (*SECRETS, matter.number, matter.code, matter.id, matter.conversation_id):
        assert secret not in everything
    assert "我叫〔姓名1〕，手机〔手机号1〕" in shown["messages"][0]["text"]
    assert shown["way"].startswith("申请仲裁：")


def test_a_lie_is_dropped_and_the_rest_stays(
    casework_store: SqlStore, wording: Wording, matter: Matter, machine: WordingMachine
) -> None:
    machine.writes(LIE, GOOD, ("老板赵大勇说没钱。", [], ["m1"]))
    with capture_logs() as logs:
        wording.propose_due()
    found = kept(casework_store, matter)
    assert found is not None
    assert [one.text[:3] for one in found.paragraphs] == ["来访者"]
    assert found.dropped == 2
    line = next(one for one in logs if one["event"] == "wording checked")
    assert (line["kept"], line["number"], line["name"]) == (1, 1, 1)


def test_where_nothing_is_left_there_is_no_proposal_and_the_reason_is_a_code(
    casework_store: SqlStore,
    wording: Wording,
    matter: Matter,
    machine: WordingMachine,
    clock: FakeClock,
    lawyer: Staff,
) -> None:
    machine.writes(LIE)
    with capture_logs() as logs:
        assert wording.propose_due() == 1
    assert reason(casework_store, matter) == (ProposalState.NONE, "nothing_left")
    assert {"event": "no wording", "reason": "nothing_left"}.items() <= logs[-1].items()
    assert "三万" not in json.dumps(logs, ensure_ascii=False, default=str)
    assert Matters(casework_store, clock).open(lawyer, matter.number).proposal is None
    clock.advance(days=1)
    assert wording.propose_due() == 0
    assert len(machine.asked) == 1


@on_both_databases
def test_a_service_that_fails_is_asked_again_later_and_then_no_more(
    casework_store: SqlStore,
    wording: Wording,
    matter: Matter,
    machine: WordingMachine,
    clock: FakeClock,
) -> None:
    machine.says({}, 503)
    for asked, wait in enumerate((30, 300, 1800), start=1):
        assert wording.propose_due() == 1
        assert reason(casework_store, matter) == (ProposalState.WANTED, "503")
        clock.advance(wait - 1)
        assert wording.propose_due() == 0
        assert len(machine.asked) == asked
        clock.advance(2)
    assert wording.propose_due() == 1
    assert reason(casework_store, matter) == (ProposalState.NONE, "503")
    clock.advance(days=1)
    assert wording.propose_due() == 0


def test_a_service_that_has_recovered_is_read(
    casework_store: SqlStore,
    wording: Wording,
    matter: Matter,
    machine: WordingMachine,
    clock: FakeClock,
) -> None:
    machine.content("好的，这是您要的摘要：工资没发。")
    wording.propose_due()
    assert reason(casework_store, matter) == (ProposalState.WANTED, "not_json")
    clock.advance(31)
    machine.writes(GOOD)
    wording.propose_due()
    assert reason(casework_store, matter) == (ProposalState.MADE, "")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("[]", "no_paragraphs"),
        ('{"paragraphs": {}}', "no_paragraphs"),
        ("[" * 50_000, "not_json"),
        ("x" * 300_000, "bad_answer"),
    ],
)
def test_an_answer_of_another_form_is_a_failure(
    casework_store: SqlStore,
    wording: Wording,
    matter: Matter,
    machine: WordingMachine,
    content: str,
    code: str,
) -> None:
    machine.content(content)
    wording.propose_due()
    assert reason(casework_store, matter) == (ProposalState.WANTED, code)


def test_a_slow_service_holds_up_nobody_who_writes(
    casework_store: SqlStore,
    clock: FakeClock,
    texts: Texts,
    wording: Wording,
    matter: Matter,
    machine: WordingMachine,
) -> None:
    asked, go_on = threading.Event(), threading.Event()
    answer = machine.answer

    def slowly(handler: Any) -> None:
        asked.set()
        go_on.wait(20)
        answer(handler)

    machine.answer = slowly
    worker = threading.Thread(target=wording.propose_due)
    worker.start()
    assert asked.wait(20)
    other = handed_over(casework_store, clock, texts, sender="li")  # a whole intake meanwhile
    assert kept(casework_store, other) is None
    go_on.set()
    worker.join(20)
    assert reason(casework_store, matter) == (ProposalState.MADE, "")


class Broken:
    model = MODEL

    def draft(self, instructions: str, material: str) -> Drafted:
        raise RuntimeError("王建国")


def test_one_that_breaks_stops_nobody_and_says_no_word(
    casework_store: SqlStore, clock: FakeClock, texts: Texts, matter: Matter
) -> None:
    with capture_logs() as logs:
        assert make(casework_store, clock, texts, Broken()).propose_due() == 1
    assert reason(casework_store, matter) == (ProposalState.WANTED, "broken")
    assert "王建国" not in json.dumps(logs, ensure_ascii=False, default=str)


def test_without_a_service_nothing_is_asked(
    casework_store: SqlStore, clock: FakeClock, texts: Texts, matter: Matter
) -> None:
    off = make(casework_store, clock, texts, None)
    assert not off.is_on
    assert off.propose_due() == 0
    assert kept(casework_store, matter) is None


def test_a_sealed_matter_is_never_sent(
    casework_store: SqlStore,
    clock: FakeClock,
    texts: Texts,
    wording: Wording,
    machine: WordingMachine,
) -> None:
    accusation(casework_store, clock, texts)
    assert wording.propose_due() == 0
    assert machine.seen == []


def test_a_matter_that_was_sealed_after_it_was_chosen_is_not_sent_either(
    casework_store: SqlStore,
    clock: FakeClock,
    wording: Wording,
    matter: Matter,
    machine: WordingMachine,
) -> None:
    machine.says({}, 503)
    wording.propose_due()
    asked = len(machine.seen)
    with casework_store() as work:
        matter = work.matters.get(matter.id)
        matter.sealed = True
        work.matters.save(matter)
        work.commit()
    clock.advance(31)
    machine.writes(GOOD)
    wording.propose_due()
    assert len(machine.seen) == asked
    assert reason(casework_store, matter) == (ProposalState.NONE, "sealed")


def test_matters_of_long_ago_are_not_asked_about(
    wording: Wording, matter: Matter, machine: WordingMachine, clock: FakeClock
) -> None:
    clock.advance(days=8)
    assert wording.propose_due() == 0
    assert machine.seen == []


@on_both_databases
def test_of_two_workers_one_asks(
    casework_store: SqlStore,
    clock: FakeClock,
    texts: Texts,
    matter: Matter,
    machine: WordingMachine,
) -> None:
    now = clock.now()
    with casework_store() as work:
        assert work.proposals.claim(matter.id, now, now + timedelta(seconds=300)) == 1
        work.commit()
    with casework_store() as work:
        assert work.proposals.claim(matter.id, now, now + timedelta(seconds=300)) is None
    drafter = HttpDrafter(machine.address, MODEL, None, 5.0)
    other = make(casework_store, clock, texts, drafter)
    assert other.propose_due() == 0
    clock.advance(301)  # the first one has died
    assert other.propose_due() == 1


@on_both_databases
def test_what_a_slower_worker_brings_changes_nothing(
    casework_store: SqlStore, wording: Wording, matter: Matter, clock: FakeClock
) -> None:
    wording.propose_due()
    with casework_store() as work:
        work.proposals.keep(Proposal(matter.id, ProposalState.NONE, reason="timeout"), clock.now())
        work.commit()
    assert reason(casework_store, matter) == (ProposalState.MADE, "")


@on_both_databases
def test_in_the_database_it_is_not_readable(
    casework_store: SqlStore, wording: Wording, matter: Matter
) -> None:
    wording.propose_due()
    with casework_store.engine.connect() as connection:
        row = connection.execute(text("SELECT * FROM proposals")).mappings().one()
    content = bytes(row["content"])
    assert content
    assert "王建国".encode() not in content
    assert "宏达".encode() not in content
    assert "王" not in str({name: value for name, value in row.items() if name != "content"})


def test_neither_the_petition_system_nor_the_citizen_gets_it(
    casework_store: SqlStore, wording: Wording, matter: Matter
) -> None:
    with casework_store.reading() as work:
        before = (
            work.outbox.for_matter(matter.id),
            work.transcript.since(matter.conversation_id, 0),
            work.matters.events(matter.id),
            work.matters.get(matter.id),
        )
    wording.propose_due()
    with casework_store.reading() as work:
        after = (
            work.outbox.for_matter(matter.id),
            work.transcript.since(matter.conversation_id, 0),
            work.matters.events(matter.id),
            work.matters.get(matter.id),
        )
    assert after == before
    assert "自述" not in json.dumps(before[0][0].payload, ensure_ascii=False)


def test_it_is_written_down_that_it_was_asked_copied_and_discarded(
    casework_store: SqlStore, wording: Wording, matter: Matter, lawyer: Staff, clock: FakeClock
) -> None:
    wording.propose_due()
    wording.copied(lawyer, matter.number)
    wording.discard(lawyer, f" {matter.number.lower()}")
    with casework_store.reading() as work:
        lines = [(by, what, detail) for _, by, what, detail in work.audit.about(matter.id)]
    assert lines[1:] == [
        ("system", "asked for wording", MODEL),
        (lawyer.id, "copied wording", ""),
        (lawyer.id, "discarded wording", ""),
    ]
    found = kept(casework_store, matter)
    assert found == Proposal(matter.id, ProposalState.DISCARDED, attempts=1)
    clock.advance(days=1)
    assert wording.propose_due() == 0
    for again in (wording.copied, wording.discard):
        with pytest.raises(UnknownMatter):
            again(lawyer, matter.number)


def test_only_those_who_work_on_a_matter_decide_on_its_wording(
    casework_store: SqlStore, wording: Wording, matter: Matter, lawyer: Staff
) -> None:
    wording.propose_due()
    operator = member(casework_store, "孙管理", Role.OPERATOR)
    for act in (wording.copied, wording.discard):
        with pytest.raises(NotAllowed):
            act(operator, matter.number)
        with pytest.raises(UnknownMatter):
            act(lawyer, "ZX20990101-0001")
    assert reason(casework_store, matter) == (ProposalState.MADE, "")
