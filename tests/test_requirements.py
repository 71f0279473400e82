"""What the app imports is listed and pinned, and so is what guards it unseen."""

import ast
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OWN = ["app", "callbacks", "data", "geo", "layouts", *["deploy"] * (ROOT / "deploy").is_dir()]
LINE = re.compile(r"([\w.-]+)(?:\[\w+\])?==([\w.]+)(?:;.*)?")


def plain(name: str) -> str:
    return name.lower().replace("_", "-")


def pins(name: str) -> dict[str, str]:
    """Give the versions in a list of packages, by name."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    told = [LINE.fullmatch(line) for line in lines if line and line[0] not in "#-"]
    return {plain(one[1]): one[2] for one in told if one}


def imported() -> Iterator[str]:
    """Give the packages that the app's code imports by name."""
    for part in OWN:
        for file in [ROOT / f"{part}.py"] if part == "app" else (ROOT / part).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    yield from (name.name.partition(".")[0] for name in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    yield node.module.partition(".")[0]


def test_what_the_app_imports_is_listed() -> None:
    names = set(imported()) - set(OWN) - sys.stdlib_module_names
    homes = packages_distributions()
    listed = pins("requirements.txt")
    assert {name for name in names if not {plain(home) for home in homes[name]} & set(listed)} == (
        set()
    )


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_what_is_listed_is_what_is_tested(name: str) -> None:
    found = pins(name)
    assert {package: version(package) for package in found} == found
    assert list(found) == sorted(found, key=lambda package: (package == "defusedxml", package))


def test_workbooks_are_read_with_the_guarded_parser() -> None:
    import openpyxl
    from openpyxl.xml import DEFUSEDXML

    assert DEFUSEDXML
    plain, evil = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(plain)
    with zipfile.ZipFile(plain) as archive, zipfile.ZipFile(evil, "w") as made:
        for name in archive.namelist():
            text = archive.read(name).decode()
            if name.startswith("xl/worksheets/"):
                text = '<!DOCTYPE a [<!ENTITY b "ha">]>' + text.partition("?>")[2]
            made.writestr(name, text)
    with pytest.raises(ValueError, match="could not read worksheets") as error:
        openpyxl.load_workbook(evil, read_only=True)
    assert "EntitiesForbidden" in str(error.value.__context__)
