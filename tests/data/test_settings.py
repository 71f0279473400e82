import ast
import re
from pathlib import Path

import pytest

from data.settings import SETTINGS, SettingError, check_settings, number, setting, whole

ROOT = Path(__file__).parents[2]
CODE = [
    *("app.py", "callbacks", "data", "geo", "layouts"),
    *(name for name in ("deploy",) if (ROOT / name).is_dir()),
]
NOT_OURS = {"WEB_CONCURRENCY"}
"""Read by gunicorn."""


def table() -> list[tuple[str, ...]]:
    """Give the rows of the README's table of settings."""
    part = (ROOT / "README.md").read_text("utf-8").split("## Settings")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("| `")]
    return [tuple(cell.strip() for cell in row) for row in rows]


def test_the_readme_tells_every_setting_and_no_other() -> None:
    told = [
        (f"`{one.name}`", one.said or f"`{one.default}`", one.meaning) for one in SETTINGS.values()
    ]
    assert table() == told


def asked_names(path: Path) -> set[str]:
    """Give the names of environment variables that a file reads."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func).rpartition(".")
            if called[2] in ("setting", "number", "whole", "getenv") or called[0].endswith(
                "environ"
            ):
                found.add(str(node.args[0].value))
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("environ"):
            found.add(ast.literal_eval(node.slice))
    return found


def test_the_code_reads_no_setting_that_is_not_listed() -> None:
    files = [
        file
        for part in CODE
        for file in ([ROOT / part] if part.endswith(".py") else (ROOT / part).rglob("*.py"))
    ]
    read = set().union(*map(asked_names, files))
    assert {"PORT", "TABLES", "UPLOADS", "EMBED"} <= read
    assert read - NOT_OURS <= set(SETTINGS)


def test_the_data_read_the_environment_in_one_place() -> None:
    files = [file for file in (ROOT / "data").rglob("*.py") if "environ" in file.read_text("utf-8")]
    told = {str(file.relative_to(ROOT)): asks_environment(file) for file in files}
    assert {name for name, asks in told.items() if asks} == {"data/settings.py"}


def asks_environment(path: Path) -> bool:
    """Tell whether a file names the environment of the process itself."""
    found = (ast.unparse(node) for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    return any(text in ("os.environ", "os.getenv", "environ") for text in found)


@pytest.mark.parametrize("name", SETTINGS)
def test_blank_is_the_default(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "  ")
    assert setting(name) == SETTINGS[name].default
    check_settings()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "eighty", "PORT is “eighty”; write a whole number, as in 8050."),
        ("PORT", "80.5", "PORT is “80.5”; write a whole number, as in 8050."),
        ("PROXIES", "-1", "PROXIES is “-1”; write a whole number, as in 0."),
        ("MAX_UPLOAD_MB", "nan", "MAX_UPLOAD_MB is “nan”; write a number, as in 300."),
        ("MAX_UPLOAD_MB", "inf", "MAX_UPLOAD_MB is “inf”; write a number, as in 300."),
        ("RATE_LIMIT", "on", "RATE_LIMIT is “on”; write a whole number, as in 120."),
        ("UPLOADS", "yes", "UPLOADS is “yes”; write on or off."),
        ("METRICS", "1", "METRICS is “1”; write on or off."),
        ("REQUEST_LOG", "all", "REQUEST_LOG is “all”; write on or off or address."),
    ],
)
def test_a_bad_setting_is_told_in_one_sentence(
    name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError) as error:
        check_settings()
    assert str(error.value) == said


def test_numbers_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAX_UPLOAD_MB", " 0.5 ")
    assert number("MAX_UPLOAD_MB") == 0.5
    monkeypatch.setenv("RATE_LIMIT", "off")
    assert whole("RATE_LIMIT") == 0


def test_every_default_has_words() -> None:
    for one in SETTINGS.values():
        assert one.default or one.said, one.name
        assert one.meaning[0] != one.meaning[0].upper() or one.meaning[0] == "`"
        assert not re.search(r"\.$", one.meaning)
