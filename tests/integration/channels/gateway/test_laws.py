"""The text of the law behind an answer: in the chat, on a page, and nowhere without an import."""

from __future__ import annotations

import uuid
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from channels.laws.sources import _as_named
from channels.laws.texts import Shown
from tests.fakes.law_texts import LAW, import_texts
from tests.fakes.office import Office
from tests.integration.channels.gateway.conftest import Visitor

PAGE = f"/law/{quote(LAW)}/30"


@pytest.fixture
def library(office: Office) -> None:
    """The law texts have been imported."""
    import_texts(office.settings.data_dir)


def ask(visitor: Visitor) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = visitor.send(text="公司拖欠工资怎么办").get_json()[
        "utterances"
    ]
    return lines


@pytest.mark.usefixtures("library")
def test_an_answer_names_the_articles_it_relied_on_and_where_they_are(visitor: Visitor) -> None:
    citizen, answer, offer = ask(visitor)
    assert answer["laws"] == [
        {
            "name": f"《{LAW}》{name}",
            "page": f"/law/{quote(LAW)}/{number}",
            "text": f"/widget/law/{quote(LAW)}/{number}",
        }
        for number, name in (("26", "第二十六条"), ("30", "第三十条"))
    ]
    assert (citizen["laws"], offer["laws"]) == ([], [])


def test_the_articles_stand_in_the_order_in_which_the_answer_names_the_laws() -> None:
    laws = [
        Shown(name, "1", f"《{name}》第一条", "", "", "") for name in ("民法典", "劳动法", "刑法")
    ]
    ordered = _as_named(laws, "依据：《劳动法》第一条；《民法典》第一条")
    assert [one.law for one in ordered] == ["劳动法", "民法典", "刑法"]


@pytest.mark.usefixtures("library")
def test_the_text_of_an_article_is_had_by_the_chat_and_as_a_page(
    visitor: Visitor, client: FlaskClient
) -> None:
    laws = ask(visitor)[1]["laws"]
    assert isinstance(laws, list)
    found = client.get(laws[1]["text"]).get_json()
    assert found == {
        "name": "《劳动合同法》第三十条",
        "text": "用人单位应当按照约定，及时足额支付劳动报酬。\n拖欠的，劳动者可以申请支付令。",
        "version": "2012年12月28日公布的文本",
        "note": "",
    }
    page = client.get(laws[1]["page"])
    assert page.status_code == 200
    assert "拖欠的，劳动者可以申请支付令。" in page.get_data(as_text=True)
    assert "以国家机关正式公布的为准" in page.get_data(as_text=True)


@pytest.mark.usefixtures("library")
def test_a_page_shows_all_articles_of_one_answer_and_nothing_of_the_conversation(
    visitor: Visitor, client: FlaskClient
) -> None:
    message_id = ask(visitor)[0]["message_id"]
    page = client.get(f"/law/of/{message_id}").get_data(as_text=True)
    assert page.index("第二十六条") < page.index("第三十条")
    assert "公司拖欠" not in page
    assert "劳动监察" not in page


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    "path",
    [
        f"/law/of/{uuid.uuid4().hex}", "/law/of/x", f"/law/{quote(LAW)}/99", f"/law/{quote(LAW)}/x",
        "/law/没有的法/1", f"/law/{'长' * 101}/1", f"/widget/law/{quote(LAW)}/99", "/law/",
        "/law/..%2f..%2fetc/1",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "Traceback" not in answer.get_data(as_text=True)


@pytest.mark.usefixtures("library")
def test_a_change_since_the_review_is_told(
    office: Office, visitor: Visitor, client: FlaskClient
) -> None:
    message_id = ask(visitor)[0]["message_id"]
    assert "有了变动" not in client.get(f"/law/of/{message_id}").get_data(as_text=True)
    import_texts(office.settings.data_dir, ("2026-11-10", "第三十条", "新的第三十条。"))
    page = client.get(f"/law/of/{message_id}").get_data(as_text=True)
    assert "新的第三十条。" in page
    assert "有了变动" in page


def test_without_imported_texts_an_answer_is_as_it_was(
    visitor: Visitor, client: FlaskClient
) -> None:
    assert [line["laws"] for line in ask(visitor)] == [[], [], []]
    assert client.get(PAGE).status_code == 404


@pytest.mark.usefixtures("library")
def test_texts_that_cannot_be_read_take_nothing_from_the_answer(
    office: Office, visitor: Visitor, client: FlaskClient
) -> None:
    (office.settings.data_dir / "statutes" / "texts.json").write_text("broken", encoding="utf-8")
    lines = ask(visitor)
    assert "劳动仲裁" in str(lines[1]["text"])
    assert lines[1]["laws"] == []
    assert client.get(PAGE).status_code == 404


@pytest.mark.usefixtures("library")
def test_the_chat_without_script_links_to_the_articles(visitor: Visitor) -> None:
    ask(visitor)
    page = visitor.client.get("/chat", headers={"Accept": "text/html"}).get_data(as_text=True)
    assert "法条原文（2 条）" in page
    assert f'href="{PAGE}"' in page
