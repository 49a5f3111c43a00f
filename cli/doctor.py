"""``suqiu doctor``: what is set up, what is missing, and how to mend it."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import click
import requests

from casework.domain.errors import CannotStart
from casework.settings import Settings, SettingsError, load, unknown_variables
from cli import builds, project
from cli.failures import Unusable
from cli.jsonl import emit


@dataclass(frozen=True)
class Finding:
    """One thing looked at. ``mend`` is what to do where it is not as it should be."""

    what: str
    state: str  # "ok" | "missing" | "off"
    detail: str
    mend: str = ""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object with all findings.")
def doctor(as_json: bool) -> None:
    """Look at everything; exit code 1 if something needed is missing."""
    findings = list(_examine())
    healthy = all(finding.state != "missing" for finding in findings)
    if as_json:
        emit({"healthy": healthy, "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            mark = {"ok": "✓", "missing": "✗", "off": "·"}[finding.state]
            click.echo(f"{mark} {finding.what:20} {finding.detail}")
            if finding.mend:
                click.echo(f"  {'':20} → {finding.mend}")
    sys.exit(0 if healthy else 1)


def _examine() -> Iterator[Finding]:
    yield _service_environment()
    yield _bot_environment()
    try:
        settings = load()
    except SettingsError as error:
        yield Finding("settings", "missing", str(error), "see docs/settings.md")
        return
    yield _settings(settings)
    yield _model()
    yield _index(settings)
    yield _embedder(settings)
    yield _risk(settings)
    yield _database(settings)
    yield _wechat(settings)
    yield _petition_system(settings)
    yield _wording(settings)
    yield from _processes(settings)


def _service_environment() -> Finding:
    version = importlib.metadata.version("flask")
    return Finding("service environment", "ok", f"Python {sys.version.split()[0]}, flask {version}")


def _bot_environment() -> Finding:
    try:
        python = project.bot_python()
        found = subprocess.run(  # noqa: S603 - our own interpreter
            [python, "-c", "import importlib.metadata as m; print(m.version('rasa'))"],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
    except (Unusable, OSError, subprocess.SubprocessError):
        return Finding("dialogue environment", "missing", "rasa cannot be run", "make setup")
    return Finding("dialogue environment", "ok", f"rasa {found.stdout.strip()}")


def _settings(settings: Settings) -> Finding:
    strangers = unknown_variables(os.environ)
    if strangers:
        name, meant = next(iter(strangers.items()))
        hint = f"did you mean {meant}?" if meant else "see docs/settings.md"
        return Finding("settings", "missing", f"{name} is no setting", hint)
    return Finding("settings", "ok", f"data in {settings.data_dir}")


def _model() -> Finding:
    if not project.MODEL.exists():
        return Finding("dialogue model", "missing", "not trained", "suqiu setup")
    if not builds.model_is_current():
        return Finding("dialogue model", "missing", "older than its sources", "suqiu setup")
    return Finding("dialogue model", "ok", "trained from the present sources")


def _index(settings: Settings) -> Finding:
    from knowledge_base.build import is_current
    from knowledge_base.errors import KnowledgeError
    from knowledge_base.manifest import Manifest
    from knowledge_base.storage import current_build

    if is_current(project.SOURCES, settings.index_dir, embedder=settings.embedder):
        return Finding("guidance index", "ok", "matches its sources")
    try:
        made = Manifest.read(settings.index_dir / current_build(settings.index_dir)).embedder
    except KnowledgeError:
        made = settings.embedder
    if made != settings.embedder:
        detail = f"made with the embedding model {made}, not {settings.embedder}; it serves on"
        return Finding("guidance index", "missing", detail, "suqiu kb build")
    return Finding("guidance index", "missing", "absent or of other sources", "suqiu setup")


def _embedder(settings: Settings) -> Finding:
    from knowledge_base.embedder import BUILT_IN
    from knowledge_base.embedder import load as load_model
    from knowledge_base.errors import EmbedderError

    if settings.embedder == BUILT_IN:
        return Finding("embedding model", "ok", "built-in, made with the index")
    try:
        dimension = load_model(settings.embedder).dimension
    except EmbedderError as error:
        return Finding("embedding model", "missing", str(error), "see SUQIU_EMBEDDER")
    return Finding("embedding model", "ok", f"{settings.embedder}, {dimension} numbers")


def _risk(settings: Settings) -> Finding:
    from casework.adapters.risk_reader import is_built

    if is_built(settings.risk_dir):
        return Finding("risk reader", "ok", "learnt from the present examples")
    return Finding("risk reader", "missing", "not learnt from the present examples", "suqiu setup")


def _database(settings: Settings) -> Finding:
    from casework.adapters.database import check_keys, is_current, open_engine
    from casework.adapters.vault import Vault
    from casework.bootstrap import read_keys

    kind = settings.database_url.split(":", 1)[0]
    if kind == "sqlite" and not (settings.data_dir / "suqiu.db").exists():
        return Finding("database", "missing", "not set up", "suqiu setup")
    try:
        engine = open_engine(settings)
        if not is_current(engine):
            return Finding("database", "missing", "of another version", "suqiu setup")
        check_keys(engine, Vault(read_keys(settings)))
    except CannotStart as error:
        return Finding("database", "missing", str(error))
    except Exception as error:  # its text may hold a password of the address
        return Finding("database", "missing", type(error).__name__, "see SUQIU_DATABASE_URL")
    return Finding("database", "ok", f"{kind}, up to date, keys fit")


def _wechat(settings: Settings) -> Finding:
    if settings.wechat_token is None:
        return Finding("wechat", "off", "no account set (the practice phone works without)")
    return Finding("wechat", "ok", f"account {settings.wechat_app_id}, {settings.wechat_mode}")


def _petition_system(settings: Settings) -> Finding:
    where = settings.petition_endpoint or "built-in ledger"
    return Finding("petition system", "ok", where)


def _wording(settings: Settings) -> Finding:
    from casework.bootstrap import drafter

    machine = drafter(settings)
    if machine is None:
        return Finding("wording", "off", "no machine words summaries for staff")
    where = f"{settings.wording_model} at {settings.wording_url}"
    answer = machine.reachable()
    if not answer.ok:
        mend = {
            "not_own": "it is outside of your own networks: see SUQIU_WORDING_ANYWHERE",
            "401": "see SUQIU_WORDING_KEY",
            "403": "see SUQIU_WORDING_KEY",
        }.get(answer.code, "start it, or see SUQIU_WORDING_URL")
        return Finding("wording", "missing", f"{where}: {answer.code}", mend)
    outside = ", which may be outside of your own networks" if settings.wording_anywhere else ""
    return Finding("wording", "ok", where + outside)


def _processes(settings: Settings) -> Iterator[Finding]:
    addresses = {
        "gateway": f"http://127.0.0.1:{settings.gateway_port}/healthz",
        "rasa": f"{settings.rasa_url}/webhooks/suqiu/health",
        "actions": settings.action_url.removesuffix("/webhook") + "/health",
    }
    for name, address in addresses.items():
        try:
            up = requests.get(address, timeout=2).status_code == 200
        except requests.RequestException:
            up = False
        yield Finding(name, "ok" if up else "off", "running" if up else "not running")
