import json
import sys
from typing import Any

import pytest

from tests import audit


def packages(*found: dict[str, Any]) -> str:
    return json.dumps({"dependencies": list(found), "fixes": []})


GOOD: dict[str, Any] = {"name": "a", "version": "1.0", "vulns": []}
BAD: dict[str, Any] = {
    "name": "b",
    "version": "2.0",
    "vulns": [
        {"id": "CVE-1", "fix_versions": ["2.1", "3.0"], "description": "Bad."},
        {"id": "CVE-2", "fix_versions": []},
    ],
}
UNKNOWN: dict[str, Any] = {"name": "c", "skip_reason": "Not found."}
TOLD = ["b 2.0: CVE-1, mended in 2.1 or 3.0", "b 2.0: CVE-2, not mended yet"]
NONE = "Not audited: no service that knows weaknesses of packages answered."
NOBODY = "Not audited: the service that answered knows none of the packages."
CASES: dict[str, tuple[str, list[str], int, int]] = {
    "all good": (packages(GOOD), [], 0, 0),
    "a weakness": (packages(GOOD, BAD), TOLD, 1, 1),
    "a weakness beside an unknown one": (
        packages(BAD, UNKNOWN),
        [*TOLD, "Not audited: c; the service does not know them."],
        1,
        1,
    ),
    "an unknown one": (
        packages(GOOD, UNKNOWN),
        ["Not audited: c; the service does not know them."],
        0,
        1,
    ),
    "many unknown": (
        packages(GOOD, *[UNKNOWN | {"name": f"c{n}"} for n in range(7)]),
        ["Not audited: c0, c1, c2, c3, c4 and 2 more; the service does not know them."],
        0,
        1,
    ),
    "all unknown": (packages(UNKNOWN), [NOBODY], 0, 1),
    "no answer": ("", [NONE], 0, 1),
    "no sense": ("Error 503", [NONE], 0, 1),
    "another form": ("[]", [NONE], 0, 1),
}


@pytest.mark.parametrize(("text", "lines", "status", "strict"), CASES.values(), ids=CASES)
def test_only_a_weakness_fails_where_nobody_answers(
    text: str,
    lines: list[str],
    status: int,
    strict: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(audit, "answer", lambda: text)
    assert audit.main([]) == status
    assert capsys.readouterr().out.splitlines() == lines
    assert audit.main(["--strict"]) == strict


@pytest.mark.parametrize(
    ("code", "printed"),
    [("print('{}')", "{}\n"), ("raise SystemExit(1)", ""), ("while True: pass", "")],
    ids=["prints", "fails", "hangs"],
)
def test_it_ends_whatever_the_service_does(code: str, printed: str) -> None:
    seconds = 0.2 if "while" in code else 30
    assert audit.answer([sys.executable, "-c", code], seconds) == printed
