"""The program, started as a person starts it on the sample, with a script that watches it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pmo_desktop.operations.sample import load_sample
from pmo_desktop.store.opening import create_store

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds


def run_program(script: str, folder: Path, pane: str = "home") -> subprocess.CompletedProcess[str]:
    """Run a script that starts the program on `folder/sample.pmo`, its first argument; it opens on a pane."""
    portfolio, config = folder / "sample.pmo", folder / "config"
    store = create_store(portfolio)
    load_sample(store)
    store.close()
    config.mkdir()
    (config / "window.ini").write_text(f"[window]\npane={pane}\n", encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-c", script, str(portfolio)],
        cwd=ROOT,
        env=os.environ | {"PMO_DESKTOP_CONFIG": str(config), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
