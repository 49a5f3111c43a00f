"""Scripts and styles: small, for old phones, from nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CHANNELS = Path(__file__).parents[4] / "channels"
STATIC = [CHANNELS / "static", CHANNELS / "widget" / "static", CHANNELS / "console" / "static"]
SCRIPTS = sorted(file for folder in STATIC for file in folder.glob("*.js"))
STYLES = sorted(file for folder in STATIC for file in folder.glob("*.css"))
TEMPLATES = sorted(
    file
    for folder in ("templates", "widget/templates", "console/templates", "api/templates")
    for file in (CHANNELS / folder).rglob("*.html")
)

# What a phone with a browser of 2017 (ES2017) does not understand.
TOO_NEW = [
    r"\?\.(?!\d)",  # optional chaining
    r"\?\?",  # nullish coalescing
    r"\bcatch\s*\{",  # catch without a binding
    r"\{\s*\.\.\.",  # object spread
    r"\bfor\s+await\b",
    r"\.(flat|flatMap|matchAll|replaceAll|at|fromEntries|finally)\(",
    r"\bstatic\s*\{",
    r"(?<![\w'\"])#[a-z]\w*\s*[=(;]",  # private fields
    r"^\s*(import|export)\b",
    r"\b\d[\d_]*_\d",  # numeric separators
    r"\?\?=|\|\|=|&&=",
]


def test_there_are_files_to_look_at() -> None:
    assert len(SCRIPTS) >= 6
    assert len(STYLES) >= 4
    assert len(TEMPLATES) >= 12


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda file: file.name)
def test_scripts_are_understood_by_old_phones(script: Path) -> None:
    code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", script.read_text(encoding="utf-8"), flags=re.S)
    for pattern in TOO_NEW:
        found = re.search(pattern, code, re.M)
        assert not found, f"{found[0]!r} at {code[max(0, found.start() - 40) : found.end() + 20]!r}"


def test_what_a_citizen_loads_is_under_forty_kilobytes() -> None:
    names = ("static/display.js", "static/line.js", "static/talk.js", "widget/static/chat.js",
             "widget/static/widget.js", "widget/static/widget.css", "widget/static/chat.css")  # fmt: skip
    assert sum((CHANNELS / name).stat().st_size for name in names) < 40 * 1024


@pytest.mark.parametrize("file", [*SCRIPTS, *STYLES, *TEMPLATES], ids=lambda file: file.name)
def test_nothing_comes_from_another_host(file: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.S)
    text = text.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"(https?:)?//[a-z0-9-]+\.[a-z]", text)
    assert "@import" not in text
    assert "url(" not in text.replace("url_for(", "").replace("_url(", "")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda file: file.name)
def test_scripts_put_no_words_of_people_into_markup(script: Path) -> None:
    code = script.read_text(encoding="utf-8")
    assert "eval(" not in code
    assert "insertAdjacentHTML" not in code
    assert "document.write" not in code
    for value in re.findall(r"\.innerHTML\s*=\s*([^;]+);", code):
        # Emptying, our own picture, or a fragment that the server has rendered and escaped.
        assert value in ('""', "html") or value.startswith("'<svg"), value


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_templates_never_switch_escaping_off(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape", text)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", text)


@pytest.mark.parametrize("style", STYLES, ids=lambda file: file.name)
def test_whoever_wants_no_motion_gets_none(style: Path) -> None:
    text = style.read_text(encoding="utf-8")
    if "@keyframes" in text and style.name != "chat.css":  # chat.css stands on base.css
        assert "prefers-reduced-motion" in text
    assert "prefers-reduced-motion" in (CHANNELS / "static" / "base.css").read_text("utf-8")


LIGHT = re.compile(r":root \{(.*?)\n\}", re.S)
DARK = re.compile(r':root\[data-theme="dark"\] \{(.*?)\n\}', re.S)
AUTO = re.compile(r':root:not\(\[data-theme="light"\]\) \{(.*?)\n  \}', re.S)


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", block))


def _contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("block", [LIGHT, DARK, AUTO], ids=["light", "dark", "dark by system"])
def test_colours_are_readable_in_every_theme(block: re.Pattern[str]) -> None:
    base = (CHANNELS / "static" / "base.css").read_text(encoding="utf-8")
    found = block.search(base)
    assert found
    colours = _colours(found[1])
    pairs = [(ink, ground) for ink in ("--ink", "--ink-2", "--ink-3", "--brand", "--seal")
             for ground in ("--paper", "--surface")]  # fmt: skip
    pairs += [("--on-brand", "--brand-fill"), ("--on-brand", "--brand-hover")]
    pairs += [("--brand", "--brand-soft"), ("--seal", "--seal-soft"), ("--amber", "--amber-soft")]
    pairs += [("--blue", "--blue-soft"), ("--ink-2", "--sunken"), ("--ink", "--seal-soft")]
    for ink, ground in pairs:
        assert _contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    assert _contrast(colours["--focus"], colours["--surface"]) >= 3
    assert _contrast(colours["--line-strong"], colours["--surface"]) >= 3


def test_the_two_ways_to_a_dark_page_have_the_same_colours() -> None:
    base = (CHANNELS / "static" / "base.css").read_text(encoding="utf-8")
    by_hand, by_system = DARK.search(base), AUTO.search(base)
    assert by_hand
    assert by_system
    assert _colours(by_hand[1]) == _colours(by_system[1])
