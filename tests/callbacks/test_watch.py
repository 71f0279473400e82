import json
import re
from typing import Any

import pytest

from app import create_app

ADDRESS = {"REMOTE_ADDR": "192.0.2.7"}


def made(monkeypatch: pytest.MonkeyPatch, **told: str) -> Any:
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    return create_app().server.test_client()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_nothing_is_logged_by_itself(client: Any, capsys: pytest.CaptureFixture[str]) -> None:
    client.get("/healthz").close()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("setting", ["on", "address"])
def test_each_request_is_one_line(
    setting: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    client = made(monkeypatch, REQUEST_LOG=setting)
    capsys.readouterr()
    answer = client.get(
        "/series/check?file=secret&measure=x", headers={"X-Request-ID": "a-1"}, environ_base=ADDRESS
    )
    size = len(answer.get_data())
    answer.close()
    (told,) = lines(capsys)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]{12}\+00:00", told.pop("time"))
    assert told.pop("ms") >= 0
    assert told.pop("address", None) == ("192.0.2.7" if setting == "address" else None)
    assert told == {
        "id": "a-1",
        "method": "GET",
        "path": "/series/check",
        "asked": ["file", "measure"],
        "status": 200,
        "bytes": size,
    }


def test_a_line_cannot_be_forged(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    client = made(monkeypatch, REQUEST_LOG="on")
    capsys.readouterr()
    paths = ['/a%0a{"status":%20200}', "/%00%1b[31m", "/" + "a" * 5000, "/?%0a%0d=1"]
    for path in paths:
        client.get(path).close()
    told = lines(capsys)
    assert len(told) == len(paths)
    assert max(len(json.dumps(one)) for one in told) < 500


def test_what_is_sent_compressed_is_told_as_sent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    client = made(monkeypatch, REQUEST_LOG="on")
    capsys.readouterr()
    answer = client.get("/_dash-dependencies", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    size = len(answer.get_data())
    answer.close()
    assert [told["bytes"] for told in lines(capsys)] == [size]


def test_no_measurements_by_themselves(client: Any) -> None:
    assert client.get("/metrics").status_code == 404


def test_measurements_count_every_answer(facts: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = made(monkeypatch, METRICS="on")
    paths = ["/", "/nowhere", "/county/37051", "/download/adoption.csv", "/kept/x"]
    for path in paths:
        client.get(path).close()
    client.open("/healthz", method="MADEUP").close()
    answer = client.get("/metrics")
    assert answer.mimetype == "text/plain"
    samples = dict(
        line.rsplit(" ", 1) for line in answer.text.splitlines() if not line.startswith("#")
    )
    count = 'atlas_requests_total{{method="{}",route="{}",status="{}"}}'
    assert samples[count.format("GET", "/", 200)] == "1.0"
    assert samples[count.format("GET", "/<path:path>", 200)] == "1.0"
    assert samples[count.format("GET", "/<path:path>", 404)] == "1.0"
    assert samples[count.format("other", "none", 405)] == "1.0"
    assert samples['atlas_answer_seconds_count{route="/"}'] == "1.0"
    assert samples["atlas_in_flight"] == "1.0"
    assert float(samples["atlas_memory_bytes"]) > 1e7
    assert samples[f'atlas_edition{{edition="{facts.edition}",number=""}}'] == "1"
    assert samples["atlas_stale"] == "0"


def test_two_apps_measure_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = made(monkeypatch, METRICS="on"), made(monkeypatch, METRICS="on")
    first.get("/healthz").close()
    assert 'route="/healthz"' in first.get("/metrics").text
    assert 'route="/healthz"' not in second.get("/metrics").text
