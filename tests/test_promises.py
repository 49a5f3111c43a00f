"""Promises that the whole repository keeps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml
from flask import Flask
from pydantic import SecretStr

from actions.server import executor
from casework.adapters.store import SqlStore
from casework.settings import ROOT, Settings
from channels import access, csrf
from channels.app import create_app
from knowledge_base.check import check
from tests.fakes.clock import FakeClock
from tests.fakes.office import Office


@pytest.fixture
def gateway(sqlite_settings: Settings, sqlite_store: SqlStore, clock: FakeClock) -> Iterator[Flask]:
    """The gateway with every channel switched on."""
    settings = sqlite_settings.model_copy(
        update={"wechat_token": SecretStr("token-of-wechat"), "wechat_app_id": "wx0123456789abcdef"}
    )
    office = Office.open(settings, sqlite_store, clock)
    yield create_app(container=office)  # type: ignore[arg-type]
    office.conversations.close()


def test_every_route_is_authenticated_or_listed_as_public(gateway: Flask) -> None:
    undeclared = {
        rule.endpoint: rule.rule
        for rule in gateway.url_map.iter_rules()
        if access.kind_of(gateway, rule.endpoint) is None
    }
    assert undeclared == {}, "declare them in channels/access.py or on the view"


def test_what_is_listed_as_public_exists_and_says_why(gateway: Flask) -> None:
    endpoints = {rule.endpoint for rule in gateway.url_map.iter_rules()}
    for name, reason in access.PUBLIC.items():
        assert any(e == name or (name.endswith(".") and e.startswith(name)) for e in endpoints), (
            name
        )
        assert len(reason) > 20, name


def test_no_route_of_the_console_but_signing_in_is_public(gateway: Flask) -> None:
    public = {
        rule.endpoint
        for rule in gateway.url_map.iter_rules()
        if rule.rule.startswith("/console") and access.kind_of(gateway, rule.endpoint) != "staff"
    }
    assert public == {"console.sign_in", "console.first", "console.static"}


def test_a_stranger_is_refused_on_every_route_that_is_not_public(gateway: Flask) -> None:
    client = gateway.test_client()
    for rule in gateway.url_map.iter_rules():
        if access.kind_of(gateway, rule.endpoint) == "public":
            continue
        path = rule.rule.replace("<conversation_id>", "x").replace("<number>", "x")
        path = path.replace("<item_id>", "x")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            answer = client.open(path, method=method, json={} if method == "POST" else None)
            assert answer.status_code in (400, 401), f"{method} {path}: {answer.status_code}"


def test_a_route_that_nobody_declared_is_refused(gateway: Flask) -> None:
    gateway.add_url_rule("/forgotten", view_func=lambda: "secret", endpoint="forgotten")
    answer = gateway.test_client().get("/forgotten")
    assert answer.status_code == 403
    assert "secret" not in answer.get_data(as_text=True)


def test_every_changing_route_is_checked_for_who_sent_it(gateway: Flask) -> None:
    changing = {
        rule.endpoint
        for rule in gateway.url_map.iter_rules()
        if (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}
    }
    exempt = {name for name in changing if name.startswith(csrf.EXEMPT_PREFIXES)}
    assert exempt == {"wechat.deliver"}
    assert changing >= csrf.JSON_ENDPOINTS
    client = gateway.test_client()
    for rule in gateway.url_map.iter_rules():
        if (
            rule.endpoint in changing - exempt
            and access.kind_of(gateway, rule.endpoint) == "public"
        ):
            answer = client.post(rule.rule, data={"x": "y"})
            assert answer.status_code == 400, rule.rule


def test_every_action_of_the_dialogue_is_registered_with_the_action_server() -> None:
    named: set[str] = set()
    for file in (ROOT / "bot" / "domain").glob("*.yml"):
        domain = yaml.safe_load(file.read_text(encoding="utf-8"))
        named |= set(domain.get("actions") or [])
    assert named
    assert named == set(executor().actions)


def test_every_citation_of_the_guidance_is_in_the_table_of_laws_and_in_force() -> None:
    problems = check(ROOT / "knowledge_base" / "sources")
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
