"""Settings: read once, refused with one sentence."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from casework.settings import ROOT, SettingsError, load, unknown_variables

KEY43 = "a" * 43


def test_everything_has_a_default_that_works_on_one_machine(tmp_path: Path) -> None:
    settings = load(data_dir=tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path}/suqiu.db"
    assert settings.key_file == tmp_path / "keys.json"
    assert settings.rasa_url == "http://127.0.0.1:5005"
    assert settings.petition_system == "ledger"
    assert settings.bureau_file.exists()


def test_addresses_follow_the_ports_unless_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUQIU_RASA_PORT", "6005")
    monkeypatch.setenv("SUQIU_ACTIONS_PORT", "6055")
    monkeypatch.setenv("SUQIU_PUBLIC_URL", "https://bureau.example.cn/")
    settings = load()
    assert settings.rasa_url == "http://127.0.0.1:6005"
    assert settings.action_url == "http://127.0.0.1:6055/webhook"
    assert settings.public_url == "https://bureau.example.cn"
    assert settings.secure_cookies


def test_an_embedding_model_is_a_folder_or_a_name(tmp_path: Path) -> None:
    assert load().embedder == "built-in"
    assert load(embedder="BAAI/bge-small-zh-v1.5").embedder == "BAAI/bge-small-zh-v1.5"
    assert load(embedder=str(tmp_path)).embedder == str(tmp_path)
    assert load(embedder="./models/mine").embedder == str(ROOT / "models" / "mine")
    assert load(embedder="knowledge_base").embedder == str(ROOT / "knowledge_base")


def test_an_empty_variable_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUQIU_REDIS_URL", "")
    monkeypatch.setenv("SUQIU_GATEWAY_PORT", "")
    assert load().redis_url is None
    assert load().gateway_port == 8000


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"GATEWAY_PORT": "eighty"}, "SUQIU_GATEWAY_PORT: "),
        ({"GATEWAY_PORT": "70000"}, "SUQIU_GATEWAY_PORT: "),
        ({"DATABASE_URL": "mysql://x"}, "SUQIU_DATABASE_URL: must begin with sqlite:/// or"),
        ({"REDIS_URL": "localhost"}, "SUQIU_REDIS_URL: must begin with"),
        ({"PUBLIC_URL": "bureau.cn"}, "SUQIU_PUBLIC_URL: must begin with http"),
        ({"PASSIVE_REPLY_SECONDS": "6"}, "SUQIU_PASSIVE_REPLY_SECONDS: "),
        ({"JURISDICTION": "浙江"}, "SUQIU_JURISDICTION: "),
        ({"WORDING_URL": "127.0.0.1:11434"}, "SUQIU_WORDING_URL: must begin with http"),
        ({"WORDING_URL": "http://127.0.0.1:1/v1"}, "SUQIU_WORDING_URL needs SUQIU_WORDING_MODEL"),
        (
            {"WORDING_URL": "http://a:b@127.0.0.1/v1", "WORDING_MODEL": "m"},
            "SUQIU_WORDING_URL: must name a machine, and no user",
        ),
        (
            {"WORDING_URL": "https://203.0.113.9/v1", "WORDING_MODEL": "m"},
            "SUQIU_WORDING_URL: is no address of your own networks",
        ),
        (
            {
                "WORDING_URL": "http://203.0.113.9/v1",
                "WORDING_MODEL": "m",
                "WORDING_ANYWHERE": "true",
            },
            "SUQIU_WORDING_URL: outside of your own networks only https",
        ),
        ({"WORDING_SECONDS": "0"}, "SUQIU_WORDING_SECONDS: "),
        ({"WECHAT_MODE": "aes"}, "needs SUQIU_WECHAT_AES_KEY"),
        ({"WECHAT_AES_KEY": KEY43, "WECHAT_APP_ID": "wx1"}, "SUQIU_WECHAT_MODE is plain"),
        (
            {"WECHAT_MODE": "aes", "WECHAT_AES_KEY": "short", "WECHAT_APP_ID": "wx1"},
            "43 letters and digits",
        ),
        ({"PETITION_SYSTEM": "http"}, "needs SUQIU_PETITION_ENDPOINT"),
        (
            {
                "PETITION_SYSTEM": "http",
                "PETITION_ENDPOINT": "http://127.0.0.1:1/",
                "PETITION_SECRET": "tooshort",
            },
            "at least 16",
        ),
    ],
)
def test_what_cannot_be_right_is_refused_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], words: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"SUQIU_{name}", value)
    with pytest.raises(SettingsError) as refused:
        load()
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_refusal_does_not_repeat_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUQIU_PETITION_SYSTEM", "http")
    monkeypatch.setenv("SUQIU_PETITION_SECRET", "pa55w0rd")
    monkeypatch.setenv("SUQIU_DATABASE_URL", "mysql://me:s3cret@host/db")
    with pytest.raises(SettingsError) as refused:
        load()
    assert "s3cret" not in str(refused.value)
    assert "pa55w0rd" not in str(refused.value)


def test_settings_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "suqiu.env"
    file.write_text("SUQIU_GATEWAY_PORT=9000\nSUQIU_RASA_PORT=9005\n", encoding="utf-8")
    monkeypatch.setenv("SUQIU_SETTINGS_FILE", str(file))
    monkeypatch.setenv("SUQIU_RASA_PORT", "9105")
    settings = load()
    assert (settings.gateway_port, settings.rasa_port) == (9000, 9105)


def test_a_wrong_name_in_the_file_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "suqiu.env"
    file.write_text("SUQIU_DATABSE_URL=sqlite:///x\n", encoding="utf-8")
    monkeypatch.setenv("SUQIU_SETTINGS_FILE", str(file))
    with pytest.raises(SettingsError, match="suqiu_databse_url: no such setting"):
        load()
    monkeypatch.setenv("SUQIU_SETTINGS_FILE", str(tmp_path / "nowhere.env"))
    with pytest.raises(SettingsError, match="is not a file"):
        load()


def test_a_mistyped_variable_is_found_with_what_it_may_have_meant() -> None:
    environ = {"SUQIU_DATABSE_URL": "", "SUQIU_DATA_DIR": "", "HOME": "", "SUQIU_TEST_BROWSER": ""}
    assert unknown_variables(environ) == {"SUQIU_DATABSE_URL": "SUQIU_DATABASE_URL"}


def test_processes_that_start_at_once_share_one_rasa_token(tmp_path: Path) -> None:
    settings = load(data_dir=tmp_path / "var")
    with ThreadPoolExecutor(8) as pool:
        tokens = set(pool.map(lambda _: settings.shared_rasa_token(), range(32)))
    assert len(tokens) == 1
    assert len(tokens.pop()) >= 32
    path = tmp_path / "var" / "rasa_token"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["rasa_token"]


def test_a_given_rasa_token_is_used_and_nothing_written(tmp_path: Path) -> None:
    settings = load(data_dir=tmp_path / "var", rasa_token="given")
    assert settings.shared_rasa_token() == "given"
    assert not (tmp_path / "var").exists()


def test_secrets_do_not_print() -> None:
    shown = repr(load(rasa_token="s3cret", petition_secret="s3cret-as-well"))
    assert "s3cret" not in shown
