"""The machine that the figures are from."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench.chrome import chromium
from tests.bench.serve import ROOT

PACKAGES = ("dash", "plotly", "pandas", "geopandas", "gunicorn")


def describe() -> dict[str, str]:
    """Describe processor, system, versions and day."""
    with chromium() as browser:
        chromium_version = browser.version
    return {
        "day": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": f"{os.cpu_count()} x {processor()}",
        "load": " ".join(f"{part:.1f}" for part in os.getloadavg()),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "chromium": chromium_version,
        "packages": ", ".join(f"{name} {version(name)}" for name in PACKAGES),
        "code": code(),
    }


def processor() -> str:
    """Name the processor, as the system does."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text("utf-8").splitlines() if told.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def code() -> str:
    """Name the commit that is measured, and say whether files differ from it."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True
    )
    return done.stdout.strip() or "not under git"
