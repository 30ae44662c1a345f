"""Results in the real JupyterLab, in a real Chromium: hostile text and dollars stay text."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
PAYLOADS = [
    "<script>window.fired = 1</script>",
    "<img src=x onerror='window.fired = 2'>",
    "<svg onload='window.fired = 3'>",
    "<iframe srcdoc='<script>parent.fired = 4</script>'></iframe>",
    "<a href='javascript:window.fired = 5'>partner</a>",
    "<style>body { display: none }</style>",
    "</td></table><script>window.fired = 6</script>",
]
SOURCE = f"""\
import corpuskit as ck
texts = {PAYLOADS!r}
money = "$5 million to $10 million"
rows = [
    dict(id=t, outlet=t, headline=t, byline=t, date=t, text=f"{{t}} partner {{t}} {{money}}")
    for t in texts
]
corpus = ck.Corpus.from_frame(rows)
hits = corpus.find("partner")"""
VIEWS = [
    "ck.kwic(hits)",
    "ck.rates(hits, by='outlet')",
    "corpus.card()",
    "corpus.sentences()",
    "ck.frequency_list(corpus, by='headline')",
    "ck.kwic(corpus.find('<script> | partner'))",
]
LOOK = """() => ({
    fired: window.fired ?? null,
    maths: document.querySelectorAll('mjx-container').length,
    tables: document.querySelectorAll('.jp-OutputArea-output table').length,
    live: [...document.querySelectorAll('.jp-OutputArea-output *')]
        .filter(e => /^(script|img|svg|iframe|style|a)$/i.test(e.tagName)).length,
    text: document.querySelector('.jp-Notebook').innerText
})"""

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium here; install one to test this")


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a notebook of results over hostile articles, run and saved."""
    folder = tmp_path_factory.mktemp("lab")
    cells = [nbformat.v4.new_code_cell(source) for source in (SOURCE, *VIEWS)]
    made = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(made, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()
    nbformat.write(made, folder / "hostile.ipynb")
    return folder / "hostile.ipynb"


@contextmanager
def _lab(folder: Path) -> Iterator[str]:
    """Run JupyterLab on a free port of the loopback and yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.news_url=None",
    ]
    address = f"http://127.0.0.1:{port}"
    log = (folder / "server.log").open("wb")
    command = [sys.executable, "-m", "jupyterlab", *options]
    server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env=dict(os.environ))
    try:
        _wait_for(f"{address}/api", server)
        yield address
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + 90
    while time.monotonic() < until:
        assert server.poll() is None, "JupyterLab ended before it answered"
        try:
            opener.open(address, timeout=5).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    pytest.fail("JupyterLab did not answer within 90 seconds")


@contextmanager
def _page(outside: list[str], fired: list[str]) -> Iterator[Any]:
    """Yield a page of a fresh browser that notes dialogs and requests to other machines."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.on("dialog", lambda dialog: (fired.append(dialog.message), dialog.dismiss()))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith(
                    ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
                )
                else outside.append(request.url)
            ),
        )
        yield page
        browser.close()


def _run_all(page: Any) -> None:
    """Run every cell of the open notebook through the menu, and wait for the last one."""
    page.locator(".lm-MenuBar-item", has_text="Run").first.click()
    page.locator(".lm-Menu-item", has_text="Run All Cells").first.click()
    last = page.locator(".jp-CodeCell .jp-InputPrompt").last
    page.wait_for_function(
        "n => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]"
        ".some(e => e.textContent.includes(`[${n}]`))",
        arg=len(VIEWS) + 1,
        timeout=90_000,
    )
    last.scroll_into_view_if_needed()


def test_hostile_text_is_inert_and_dollars_are_dollars(notebook: Path) -> None:
    outside: list[str] = []
    fired: list[str] = []
    with _lab(notebook.parent) as address, _page(outside, fired) as page:
        page.goto(f"{address}/lab/tree/hostile.ipynb?reset")
        page.wait_for_selector(".jp-OutputArea-output table", timeout=90_000)
        for trusted in (False, True):  # as opened from elsewhere, then as run here
            if trusted:
                _run_all(page)
            page.wait_for_timeout(1500)
            found = page.evaluate(LOOK)
            assert found["fired"] is None
            assert found["maths"] == 0
            assert found["live"] == 0
            assert found["tables"] >= 1
            assert "$5 million to $10 million" in found["text"]
            assert "<script>" in found["text"]
    assert fired == []
    assert outside == []
