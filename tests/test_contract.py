"""Rules about the project's own files."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]

TEXT_SUFFIXES = {".py", ".js", ".css", ".md", ".toml", ".csv"}
TEXT_NAMES = {"Makefile", ".ci/run", "requirements.txt", "requirements-dev.txt"}

# The patterns are written so that they do not match themselves.
UNWANTED = {
    "package registry": re.compile(
        r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org|anaconda\.org", re.I
    ),
    # The folder of a web address follows a host, so it does not count.
    "path of one machine": re.compile(r"(?<![\w.~%-])/(?:work|root|home|Users)/"),
    "private folder": re.compile(r"\.\./shared"),
}


def project_files() -> list[str]:
    """List the files that are committed or could be, as paths from the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout
    return sorted({name for name in listed.split("\0") if name and (ROOT / name).is_file()})


def text_lines() -> Iterator[tuple[str, str]]:
    """Give every line of the project's text files with its place."""
    for name in project_files():
        if name in TEXT_NAMES or Path(name).suffix in TEXT_SUFFIXES:
            text = (ROOT / name).read_text(encoding="utf-8")
            for number, line in enumerate(text.splitlines(), start=1):
                yield f"{name}:{number}", line


def strings_in(path: Path) -> Iterator[tuple[int, str]]:
    """Give every string of a Python file with its line number."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def test_imports_keep_the_rules(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    exit_code = lint_imports(config_filename="pyproject.toml", no_cache=True, no_logo=True)
    assert exit_code == 0, capsys.readouterr().out


@pytest.mark.parametrize("what", UNWANTED)
def test_no_file_names_a(what: str) -> None:
    found = [f"{place}: {line}" for place, line in text_lines() if UNWANTED[what].search(line)]
    assert found == []


def test_javascript_lives_in_files() -> None:
    found = [
        f"{name}:{line}"
        for name in project_files()
        if name.startswith(("layouts/", "callbacks/")) and name.endswith(".py")
        for line, text in strings_in(ROOT / name)
        if "function(" in text
    ]
    assert found == []
