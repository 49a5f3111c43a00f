"""Lawyers and clerks at work, in a real browser beside the citizen's."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from casework.domain.people import Role
from tests.browser.conftest import PHONE, House
from tests.browser.test_widget import bubbles, say
from tests.fakes.office import CODE, PASSWORD

Window = Callable[..., Page]


def test_a_lawyer_takes_over_and_both_talk_in_real_time(
    house: House, window: Window, staff_window: Window
) -> None:
    citizen = window(viewport=PHONE)
    citizen.goto(f"{house.url}/chat")
    lawyer = staff_window(Role.LAWYER, name="王敏")
    expect(lawyer.get_by_text("现在没有人等候")).to_be_visible()

    say(citizen, "公司拖欠工资三个月")
    expect(citizen.get_by_text("《劳动合同法》第三十条")).to_be_visible()
    citizen.get_by_role("button", name="找人工").click()
    # The list finds the newcomer by itself.
    expect(lawyer.get_by_text("公司拖欠工资三个月")).to_be_visible(timeout=15_000)
    expect(lawyer).to_have_title("（1）接谈 · 示例县司法局工作台")
    lawyer.get_by_role("button", name="接谈").click()
    expect(lawyer.get_by_text("《劳动合同法》第三十条")).to_be_visible()
    expect(citizen.get_by_text("值班律师王敏已接入")).to_be_visible()
    expect(citizen.locator("#who")).to_have_text("正在和您对话：值班律师 王敏")

    box = lawyer.get_by_label("对来访者说")
    lawyer.get_by_text("常用语").click()
    lawyer.get_by_role("button", name="请问这件事最早是什么时候发生的").click()
    expect(box).to_have_value("请问这件事最早是什么时候发生的？有没有书面的材料？")
    box.press("Enter")
    expect(citizen.get_by_text("请问这件事最早是什么时候发生的")).to_be_visible()
    asked = len(house.office.dialogue.asked)
    say(citizen, "八月份，有考勤表")
    expect(lawyer.get_by_text("八月份，有考勤表")).to_be_visible()
    box.fill("好的，请拍照留好")
    box.press("Enter")
    expect(citizen.get_by_text("好的，请拍照留好")).to_be_visible()
    assert len(house.office.dialogue.asked) == asked, "the bot is silent while a person talks"
    expect(lawyer.locator(".pending")).to_have_count(0)
    assert bubbles(lawyer)[-3:] == bubbles(citizen)[-3:]

    lawyer.once("dialog", lambda dialog: dialog.accept())
    lawyer.get_by_role("button", name="交回助手").click()
    expect(lawyer.get_by_text("没有正在进行的接谈")).to_be_visible()
    expect(citizen.get_by_text("接下来由智能助手继续为您服务")).to_be_visible()
    expect(citizen.locator("#who")).to_have_text("自动助手为您服务")
    say(citizen, "谢谢")
    expect(citizen.get_by_text("收到：谢谢")).to_be_visible()


def test_what_a_lawyer_writes_without_a_connection_arrives_once(
    house: House, staff_window: Window
) -> None:
    id_ = house.office.says("转人工")
    lawyer = staff_window(Role.LAWYER, name="王敏")
    lawyer.get_by_role("button", name="接谈").click()
    lawyer.wait_for_url(f"**/desk/{id_}")
    expect(lawyer.locator("#state")).to_have_text("实时连接")
    lawyer.context.set_offline(True)
    box = lawyer.get_by_label("对来访者说")
    box.fill("断线时说的")
    box.press("Enter")
    expect(lawyer.get_by_text("没有发出去")).to_be_visible()
    house.office.says("断线时来访者说的")
    lawyer.context.set_offline(False)
    expect(lawyer.locator(".pending, .failed")).to_have_count(0, timeout=20_000)
    expect(lawyer.get_by_text("断线时来访者说的")).to_be_visible(timeout=20_000)
    lawyer.wait_for_timeout(800)
    assert bubbles(lawyer).count("断线时说的") == 1
    said = [line.text for line in house.office.conversations.transcript(id_)]
    assert said.count("断线时说的") == 1


def test_a_conversation_taken_by_a_colleague_says_so(house: House, staff_window: Window) -> None:
    id_ = house.office.says("转人工")
    lawyer = staff_window(Role.LAWYER, name="王敏")
    lawyer.get_by_role("link", name="先看看").click()
    expect(lawyer.get_by_text("接谈以后才能说话")).to_be_visible()
    colleague = house.office.accounts.add("second", "李律师", Role.LAWYER)
    house.office.handover.take(colleague, id_)
    expect(lawyer.get_by_text("不由您接待")).to_be_visible(timeout=15_000)


def test_a_conversation_taken_while_the_page_was_still_opening_says_so_too(
    house: House, staff_window: Window
) -> None:
    id_ = house.office.says("转人工")
    lawyer = staff_window(Role.LAWYER, name="王敏")
    colleague = house.office.accounts.add("quicker", "李律师", Role.LAWYER)

    late: list[Route] = []

    def take_first(route: Route) -> None:
        if not late:
            house.office.handover.take(colleague, id_)
        late.append(route)
        route.continue_()

    lawyer.route("**/stream?*", take_first)
    lawyer.get_by_role("link", name="先看看").click()
    expect(lawyer.get_by_text("不由您接待")).to_be_visible(timeout=15_000)


def test_a_clerk_moves_a_matter_on_and_the_citizen_sees_it(
    house: House, window: Window, staff_window: Window
) -> None:
    matter = house.office.matter()
    clerk = staff_window(Role.CLERK, name="李卫国")
    expect(clerk.get_by_role("cell", name="张**")).to_be_visible()
    assert "张建军" not in clerk.content()
    clerk.get_by_role("link", name=matter.number).click()
    expect(clerk.get_by_text("张建军")).to_be_visible()
    expect(clerk.locator("#status-now")).to_have_text("已提交，等待登记")
    clerk.get_by_label("变更为").select_option(label="已登记")
    clerk.get_by_label("说明", exact=True).fill("已登记，转自然资源局核查")
    clerk.get_by_role("button", name="保存").click()
    expect(clerk.locator("#status-now")).to_have_text("已登记")
    expect(clerk.get_by_text("李卫国").first).to_be_visible()

    citizen = window(viewport=PHONE)
    citizen.goto(house.url)
    citizen.get_by_label("事项编号").fill(matter.number)
    citizen.get_by_label("查询码").fill(CODE)
    citizen.get_by_role("button", name="查进度").click()
    found = citizen.get_by_role("status")
    expect(found).to_contain_text("已登记：已登记，转自然资源局核查")
    expect(found).to_contain_text("十五日")


def test_the_first_sign_in_leads_to_a_password_and_then_to_work(
    house: House, window: Window
) -> None:
    ticket = house.office.accounts.ticket(house.office.accounts.add("wang", "王敏", Role.LAWYER))
    page = window()
    page.goto(f"{house.url}/console/first?ticket={ticket}")
    page.get_by_role("button", name="登录并设置密码").click()
    page.get_by_label("新密码").fill(PASSWORD)
    page.get_by_label("再输一次").fill(PASSWORD)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name="接谈", exact=True)).to_be_visible()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", name="工作人员登录")).to_be_visible()


def test_a_supervisor_opens_a_sealed_matter_with_a_reason(
    house: House, staff_window: Window
) -> None:
    sealed = house.office.matter(sealed=True, narrative="举报某人收钱")
    page = staff_window(Role.SUPERVISOR)
    page.get_by_label("按编号打开").fill(sealed.number)
    page.get_by_role("button", name="打开").click()
    expect(page.get_by_text("第三十条")).to_be_visible()
    page.get_by_label("打开的理由").fill("督办核实")
    page.get_by_role("button", name="写明理由并打开").click()
    expect(page.get_by_text("举报某人收钱")).to_be_visible()
