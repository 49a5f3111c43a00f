from pathlib import Path

import pytest

from knowledge_base.errors import IndexMissing
from knowledge_base.storage import current_build, new_build


def test_a_finished_build_becomes_the_current_one(tmp_path: Path) -> None:
    with new_build(tmp_path, "one") as folder:
        (folder / "file").write_text("1")
    assert current_build(tmp_path) == "one"
    assert (tmp_path / "one" / "file").read_text() == "1"


def test_a_build_that_fails_changes_nothing(tmp_path: Path) -> None:
    with new_build(tmp_path, "one"):
        pass
    with pytest.raises(RuntimeError, match="broke"), new_build(tmp_path, "two"):
        raise RuntimeError("broke")
    assert current_build(tmp_path) == "one"
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == ["one"]


def test_while_building_the_old_one_serves(tmp_path: Path) -> None:
    with new_build(tmp_path, "one"):
        pass
    with new_build(tmp_path, "two"):
        assert current_build(tmp_path) == "one"
    assert current_build(tmp_path) == "two"


def test_the_build_before_is_kept_for_readers_and_older_ones_go(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        with new_build(tmp_path, name):
            pass
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == ["three", "two"]


def test_an_empty_folder_has_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match=r"there is no index in .*: run the build"):
        current_build(tmp_path)


@pytest.mark.parametrize("name", ["gone", "../elsewhere", "", "/etc"])
def test_a_pointer_to_nowhere_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "CURRENT").write_text(name)
    with pytest.raises(IndexMissing):
        current_build(tmp_path)
