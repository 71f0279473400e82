"""The image's check of its own health: ``python -m deploy.health`` fails unless the atlas is well.

It asks at the settings HOST and PORT, by the first name that HOSTS lists, as any reader does.
"""

import runpy
import sys
from http.client import HTTPConnection
from pathlib import Path

SETTINGS = Path(__file__).parents[1] / "data" / "settings.py"
"""Run by itself: with all of ``data`` comes pandas, too much for a check every ten seconds."""
SECONDS = 2


def is_well() -> bool:
    """Tell whether ``/healthz`` answers as it should; raises OSError where nothing answers."""
    told = runpy.run_path(str(SETTINGS))
    name = told["setting"]("HOSTS").partition(",")[0].strip().lstrip(".")
    connection = HTTPConnection(told["setting"]("HOST"), told["whole"]("PORT"), timeout=SECONDS)
    connection.request("GET", "/healthz", headers={"Host": name} if name else {})
    well = connection.getresponse().status == 200
    connection.close()
    return well


if __name__ == "__main__":
    sys.exit(not is_well())
