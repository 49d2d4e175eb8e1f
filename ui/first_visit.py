"""The first visit to a new server: ``python -m ui.first_visit PORT`` waits for it and has it run `app.py` once.

Until then Streamlit takes the folder ``pages/`` for pages of its own and answers a bookmark of one of our screens with
"page not found". It also brings in the libraries that the first person would otherwise wait for.
"""

import sys
import time
import urllib.error
import urllib.request

PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.1


def visit(address: str) -> bool:
    """Whether the server at ``address`` has run the app; an app that fails has been run, too."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/script-health-check", timeout=PATIENCE_SECONDS):
                return True
        except urllib.error.HTTPError:
            return True
        except (urllib.error.URLError, OSError):
            time.sleep(PAUSE_SECONDS)
    return False


if __name__ == "__main__":
    sys.exit(not visit(f"http://localhost:{sys.argv[1]}"))
