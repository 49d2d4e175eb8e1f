"""The Chromium that browser tests drive: the one that is there, else one that is installed.

``python -m tests.browser.chromium`` installs what is missing and says which browser the tests will take.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPLICATIONS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk")

# A camera that shows a moving test picture, and nobody asked whether it may be used.
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")

# No sandbox, because containers and root do not allow it and only our own pages are opened. The others keep the browser
# from calling its maker, and from drawing by a graphics card that a server does not have.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    *CAMERA,
)


def find() -> Path | None:
    """A Chromium on this machine: on PATH, among the applications, or playwright's own."""
    on_path = [Path(found) for found in map(shutil.which, COMMANDS) if found]
    present = [path for path in [*on_path, *MAC_APPLICATIONS, _of_playwright()] if path.exists()]
    return present[0] if present else None


def install() -> None:
    """Installs a Chromium: Debian's package where that is possible, else playwright's own."""
    if _is_debian_root():
        _install_debian(*DEBIAN_PACKAGES)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def missing() -> str:
    """What to say where there is none."""
    return (
        "No Chromium was found for the browser tests: not as "
        f"{', '.join(COMMANDS)} on PATH, not in /Applications, not playwright's own. "
        "Run `make test`, which installs one, or on Debian: apt install " + " ".join(DEBIAN_PACKAGES)
    )


def _of_playwright() -> Path:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _is_debian_root() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install_debian(*packages: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", *packages]):
        subprocess.run(["apt-get", "-qq", *command], env=environment, stdout=subprocess.DEVNULL, check=True)


def _has_korean_font() -> bool:
    if shutil.which("fc-list") is None:
        return True  # a system that finds its fonts in another way, such as macOS
    return bool(subprocess.run(["fc-list", ":lang=ko"], capture_output=True, check=True).stdout)


def main() -> int:
    if find() is None:
        print("Installing Chromium for the browser tests", flush=True)
        try:
            install()
        except subprocess.CalledProcessError as error:
            print(f"{missing()} ({error})", file=sys.stderr)
            return 1
    if not _has_korean_font() and _is_debian_root():
        print("Installing a font with Korean letters", flush=True)
        _install_debian("fonts-noto-cjk")
    browser = find()
    print(f"Browser tests take {browser}." if browser else missing())
    return 0 if browser else 1


if __name__ == "__main__":
    sys.exit(main())
