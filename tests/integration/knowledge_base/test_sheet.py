"""The guidance as a workbook: out and back without loss, and nothing written unless all is well."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from knowledge_base.entries import AnswerText, Citation, Entry
from knowledge_base.errors import SourceError
from knowledge_base.sheet import house_yaml
from knowledge_base.sheet.export import export
from knowledge_base.sheet.importing import Taken, take_in
from knowledge_base.sheet.layout import layout
from knowledge_base.sources import DEFAULT, read
from knowledge_base.yaml_files import read_yaml
from tests.fakes.command import Suqiu

ROW = 5
"""A row of an entry without local versions."""
Edit = Callable[[Workbook], None]


@pytest.fixture
def book(sources: Path, tmp_path: Path) -> Path:
    """The small guidance as a workbook."""
    path = tmp_path / "guidance.xlsx"
    export(sources, path)
    return path


@pytest.fixture
def edited(sources: Path, book: Path) -> Callable[..., Taken]:
    """Edits the workbook and takes it in."""

    def apply(edit: Edit, **options: bool) -> Taken:
        opened = load_workbook(book)
        edit(opened)
        opened.save(book)
        return take_in(sources, book, **options)

    return apply


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def page(book: Workbook, sheet: str) -> Worksheet:
    found = book[layout().sheets[sheet].title]
    assert isinstance(found, Worksheet)
    return found


def put(book: Workbook, sheet: str, row: int, column: str, value: object) -> None:
    place = list(layout().sheets[sheet].columns).index(column) + 1
    page(book, sheet).cell(row, place).value = value  # type: ignore[assignment]


def test_out_and_back_changes_nothing(sources: Path, book: Path) -> None:
    before = tree(sources)
    taken = take_in(sources, book)
    assert taken == Taken(warnings=taken.warnings)
    assert tree(sources) == before


def test_the_whole_guidance_comes_back_the_same_from_the_workbook_alone(tmp_path: Path) -> None:
    """Every entry is changed before the import, so that every file is written anew."""
    folder = Path(shutil.copytree(DEFAULT, tmp_path / "sources"))
    export(folder, tmp_path / "all.xlsx")
    for path in (folder / "entries").glob("*.yml"):
        path.write_text(path.read_text("utf-8").replace("question: ", "question: 旧", 1), "utf-8")
    before = read(DEFAULT)
    (folder / "lexicon.yml").write_text("{工资: [工钱]}", encoding="utf-8")
    (folder / "hotlines.yml").write_text(
        (folder / "hotlines.yml").read_text("utf-8").replace("name: ", "name: 旧", 1), "utf-8"
    )
    taken = take_in(folder, tmp_path / "all.xlsx", force=True)
    assert taken.problems == []
    after = read(folder)
    assert after.entries == before.entries
    assert after.files == before.files
    assert list(after.hotlines.items()) == list(before.hotlines.items())
    assert list(after.lexicon.items()) == list(before.lexicon.items())
    assert {p.name for p in folder.rglob("*")} == {p.name for p in DEFAULT.rglob("*")}


def test_no_part_of_an_entry_is_left_out_of_the_workbook() -> None:
    columns = set(layout().sheets["entries"].columns)
    fields = {*Entry.model_fields, *AnswerText.model_fields} - {"answer", "topic", "paraphrases"}
    assert fields == columns - {"file"}
    assert set(Citation.model_fields) == {"law", "article"}


def test_an_edited_answer_is_written_in_the_layout_of_the_house(
    sources: Path, edited: Callable[..., Taken]
) -> None:
    untouched = (sources / "entries" / "loan.yml").read_bytes()
    names = [entry.id for entry in read(sources).entries]
    row = names.index("wages-unpaid") + 2
    taken = edited(lambda book: put(book, "entries", row, "conclusion", "拖欠工资违法: 可以要。"))
    assert (taken.problems, taken.changed, taken.files) == ([], 1, ["entries/labour.yml"])
    text = (sources / "entries" / "labour.yml").read_text(encoding="utf-8")
    assert "    conclusion: '拖欠工资违法: 可以要。'\n" in text
    assert '  - {law: 劳动法, article: "50"}\n' in text or "  - {law: " in text
    assert '  jurisdiction: "000000"\n' in text
    assert (sources / "entries" / "loan.yml").read_bytes() == untouched
    assert [entry.id for entry in read(sources).entries] == names


def test_what_a_spreadsheet_does_to_numbers_dates_and_formulas_does_no_harm(
    sources: Path, edited: Callable[..., Taken]
) -> None:
    from datetime import datetime

    first = read(sources).entries[0]

    def edit(book: Workbook) -> None:
        put(book, "entries", 2, "jurisdiction", 0)
        put(book, "entries", 2, "reviewed", datetime(2026, 11, 20))
        put(book, "entries", 2, "review_by", "2027/1/5")
        for row in page(book, "paraphrases").iter_rows(min_row=2):
            if (row[0].value, row[1].value) == (first.id, "000000"):
                row[1].value = 0.0
        put(book, "entries", 2, "question", "  两头有空格的问题\r\n")

    assert edited(edit).problems == []
    entry = read(sources).entries[0]
    assert (entry.id, entry.jurisdiction) == (first.id, "000000")
    assert (str(entry.reviewed), str(entry.review_by)) == ("2026-11-20", "2027-01-05")
    assert entry.question == "两头有空格的问题"
    assert entry.paraphrases == first.paraphrases


def test_a_question_that_looks_like_a_formula_stays_a_question(
    sources: Path, tmp_path: Path
) -> None:
    path = sources / "entries" / "loan.yml"
    content = path.read_text(encoding="utf-8")
    path.write_text(
        content.replace("  paraphrases:\n", '  paraphrases:\n  - "=1+1算不算"\n', 1), "utf-8"
    )
    export(sources, tmp_path / "g.xlsx")
    kept = load_workbook(tmp_path / "g.xlsx")
    cells = [
        c for row in page(kept, "paraphrases").iter_rows() for c in row if c.value == "=1+1算不算"
    ]
    assert [cell.data_type for cell in cells] in (["s"], ["inlineStr"])
    before = tree(sources)
    assert take_in(sources, tmp_path / "g.xlsx").problems == []
    assert tree(sources) == before


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (lambda b: put(b, "entries", ROW, "id", "坏编号"), "“条目”表第 {row} 行：“编号”这一项不对（现在是“坏编号”）。"),
        (lambda b: put(b, "entries", ROW, "question", None), "“条目”表第 {row} 行：“问题”是空的。"),
        (lambda b: put(b, "entries", ROW, "citations", "劳动法第五十条"), "依据“劳动法第五十条”应当写成"),
        (lambda b: put(b, "entries", ROW, "citations", "没有的法 3"), "“条目”表第 {row} 行：.*查不到"),
        (lambda b: put(b, "entries", ROW, "citations", "劳动法 999"), "“条目”表第 {row} 行：.*没有第 999 条"),
        (lambda b: put(b, "entries", ROW, "next_step", "somewhere"), "“下一步”这一项不对（现在是“somewhere”）"),
        (lambda b: put(b, "entries", ROW, "reviewed", "上周"), "“审核日期”这一项不对"),
        (lambda b: put(b, "entries", ROW, "file", "nowhere"), "文件名“nowhere”没有写在“文件”表里"),
        (lambda b: put(b, "entries", ROW, "hotlines", "99999"), "“条目”表第 {row} 行：.*99999"),
        (lambda b: put(b, "entries", ROW, "conclusion", "保证胜诉"), "“条目”表第 {row} 行：.*不能用的说法"),
        (lambda b: put(b, "entries", ROW, "related", "no-such-entry"), "“条目”表第 {row} 行：.*no-such-entry"),
        (lambda b: put(b, "paraphrases", 4, "id", "nobody"), "“问法”表第 4 行：问法的编号“nobody”"),
        (lambda b: put(b, "paraphrases", 4, "question", None), "“问法”表第 4 行：“问法”是空的。"),
        (lambda b: put(b, "files", 2, "topic", "nothing"), "“文件”表第 2 行：.*nothing"),
        (lambda b: put(b, "files", 2, "file", "../x"), "“文件”表第 2 行：文件名“../x”只能用"),
        (lambda b: put(b, "hotlines", 2, "urgent", "maybe"), "“热线”表第 2 行：“紧急”只能写“是”"),
        (lambda b: put(b, "lexicon", 2, "expression", "钱"), "“词语”表第 2 行：说法“钱”至少要两个字"),
        (lambda b: put(b, "lexicon", 2, "sense", None), "“词语”表第 2 行：“法律用语”是空的"),
        (lambda b: b.remove(page(b, "hotlines")), "工作簿里没有“热线”这张表"),
        (lambda b: page(b, "entries").cell(1, 2, "别的名字"), "“条目”表没有“编号”这一列"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_by_sheet_and_row_and_nothing_is_written(
    sources: Path, edited: Callable[..., Taken], edit: Edit, sentence: str
) -> None:
    import re

    before = tree(sources)
    sentence = sentence.replace("{row}", str(ROW))
    taken = edited(edit)
    assert any(re.search(sentence, problem) for problem in taken.problems), taken.problems
    assert all("\n" not in problem for problem in taken.problems)
    assert tree(sources) == before


def test_an_entry_that_stands_twice_is_named(edited: Callable[..., Taken]) -> None:
    def edit(book: Workbook) -> None:
        entries = page(book, "entries")
        entries.append([cell.value for cell in entries[2]])

    assert any("与第 2 行重复" in problem for problem in edited(edit).problems)


def test_a_mistake_in_an_entry_with_local_versions_names_all_their_rows(
    edited: Callable[..., Taken],
) -> None:
    taken = edited(lambda book: put(book, "entries", 3, "conclusion", "保证胜诉"))
    assert taken.problems[0].startswith("“条目”表第 2、3 行：wages-unpaid ")


def test_an_expression_under_two_senses_is_named(edited: Callable[..., Taken]) -> None:
    def edit(book: Workbook) -> None:
        rows = list(page(book, "lexicon").iter_rows(min_row=2, values_only=True))
        other = next(sense for sense, _ in rows if sense != rows[0][0])
        page(book, "lexicon").append([other, rows[0][1]])

    assert any("只能留一个" in problem for problem in edited(edit).problems)


def test_entries_vanish_only_when_it_is_said(sources: Path, edited: Callable[..., Taken]) -> None:
    gone = read(sources).entries[-1]

    def edit(book: Workbook) -> None:
        for sheet in ("entries", "paraphrases"):
            where = 2 if sheet == "entries" else 1
            for row in reversed(list(page(book, sheet).iter_rows(min_row=2))):
                if row[where - 1].value == gone.id:
                    page(book, sheet).delete_rows(row[0].row)

    with pytest.raises(
        SourceError, match="1 entries of the guidance are missing from the workbook"
    ):
        edited(edit)
    taken = edited(lambda book: None, delete=True)
    assert (taken.problems, taken.removed) == ([], 1)
    assert gone.id not in {entry.id for entry in read(sources).entries}


def test_what_changed_since_the_export_is_not_overwritten(sources: Path, book: Path) -> None:
    lexicon = sources / "lexicon.yml"
    lexicon.write_text(lexicon.read_text("utf-8") + "新词: [新说法]\n", encoding="utf-8")
    with pytest.raises(SourceError, match="changed since this workbook was exported"):
        take_in(sources, book)
    assert take_in(sources, book, force=True).files == ["lexicon.yml"]
    assert "新词" not in lexicon.read_text("utf-8")


def test_comments_at_the_head_stay_and_lost_ones_are_told(sources: Path, tmp_path: Path) -> None:
    path = sources / "entries" / "loan.yml"
    path.write_text("# 借钱\n" + path.read_text("utf-8") + "# 最后\n", encoding="utf-8")
    export(sources, tmp_path / "g.xlsx")
    opened = load_workbook(tmp_path / "g.xlsx")
    row = [entry.topic for entry in read(sources).entries].index("loan") + 2
    put(opened, "entries", row, "question", "换了一个问题怎么写")
    opened.save(tmp_path / "g.xlsx")
    taken = take_in(sources, tmp_path / "g.xlsx")
    assert taken.comments_lost == ["entries/loan.yml"]
    text = path.read_text("utf-8")
    assert text.startswith("# 借钱\ntopic: ")
    assert "最后" not in text


def test_a_file_that_cannot_be_written_leaves_all_as_it_was(
    sources: Path, edited: Callable[..., Taken], monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    before = tree(sources)
    real, calls = os.replace, []

    def fail_second(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device", str(target))
        real(source, target)

    monkeypatch.setattr("knowledge_base.sheet.importing.os.replace", fail_second)

    def edit(book: Workbook) -> None:
        for row in range(2, page(book, "entries").max_row + 1):
            put(book, "entries", row, "time_limit", "三年内")

    with pytest.raises(OSError, match="No space"):
        edited(edit)
    assert len(calls) == 2
    assert tree(sources) == before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no", b"id,question\n"])
def test_what_is_no_workbook_is_said_in_a_sentence(
    sources: Path, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(SourceError, match="is not an xlsx workbook"):
        take_in(sources, path)
    with pytest.raises(SourceError, match="cannot be read: No such file"):
        take_in(sources, tmp_path / "none.xlsx")


def test_the_command_tells_what_it_did(
    sources: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suqiu: Suqiu,
) -> None:
    monkeypatch.setattr("cli.project.SOURCES", sources)

    def run(*arguments: object) -> tuple[int, str, str]:
        code, out, err = suqiu("kb", *arguments)
        return code, out, err

    path = tmp_path / "g.xlsx"
    code, out, _ = run("export", path)
    assert code == 0
    assert out.startswith(f"{len(read(sources).entries)} entries, ")
    opened = load_workbook(path)
    put(opened, "entries", 2, "time_limit", "三年")
    opened.save(path)
    code, out, _ = run("import", path)
    assert code == 0
    assert out.startswith("0 entries added, 1 changed, 0 removed\n  entries/")
    opened = load_workbook(path)
    put(opened, "entries", 2, "id", "")
    opened.save(path)
    code, out, err = run("import", path, "--force")
    assert (code, out) == (2, "")
    assert "“条目”表第 2 行" in err
    assert err.splitlines()[-1].startswith("suqiu: nothing was written: ")
    code, _, err = run("export", tmp_path / "no" / "where.xlsx")
    assert code == 2
    assert "cannot write" in err


@pytest.mark.parametrize(
    "text", ["110", "a: b", "# c", "- x", "4s店", "“引”", "yes", "null", "x, y", "{", ""]
)
def test_texts_come_back_from_the_yaml_of_the_house(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.yml"
    path.write_text(
        f"a: {house_yaml.scalar(text)}\nb: {house_yaml.quoted(text)}\n"
        f"{house_yaml.lexicon_file({'用语': [text]})}",
        encoding="utf-8",
    )
    assert read_yaml(path) == {"a": text, "b": text, "用语": [text]}
