"""JupyterLab in a real browser: `primer lab` for a folder, a page that records its console, what a person does there.

    with running_lab(root, home) as lab, chromium() as browser, lab.opened(browser) as page:
        notebook = page.notebook()
        notebook.run_all()
        assert "not answered yet" in notebook.output("double-check")
        assert not page.errors()

While `chromium()` is open an event loop runs in this thread: what needs one of its own (nbclient, nbgrader's
API) runs in a process of its own meanwhile. Where no Chromium is found the test is skipped.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe

START, STEP, RUN = 90, 60, 240  # seconds: for a server, for what a page does at once, for a whole lesson
NEEDED = (
    "Chromium drives these tests; install one: `apt-get install chromium`, or `playwright install chromium`"
)

# What stands on the console as an error where all is well, each with its reason.
HARMLESS = (
    (
        "Blocked script execution in 'blob:",
        "JupyterLab shows an HTML file, such as feedback, without its scripts",
    ),
    (
        "cdnjs.cloudflare.com/ajax/libs/mathjax",
        "nbgrader's feedback asks the network for MathJax; none is there",
    ),
)

INDICATOR = ".jp-Notebook-ExecutionIndicator"
# Records on a notebook's panel what its indicator of the kernel says, also what it says for a moment only.
WATCH = """(panel, indicator) => {
    const look = () => {
        panel.status = panel.querySelector(indicator)?.dataset.status;
        panel.wasBusy ||= panel.status !== 'idle';
    };
    panel.wasBusy = false;
    panel.watching ??= new MutationObserver(look);
    const where = {subtree: true, childList: true, attributes: true, attributeFilter: ['data-status']};
    panel.watching.observe(panel.querySelector('.jp-NotebookPanel-toolbar'), where);
}"""
# The prompts of the code cells of a panel that hold code and are not folded.
PROMPTS = """panel => [...panel.querySelectorAll('.jp-CodeCell')]
    .filter(cell => cell.querySelector('.cm-content')?.textContent.trim())
    .map(cell => cell.querySelector('.jp-InputArea-prompt').textContent)"""


def barriers(page, include, exclude=()):
    """What axe-core finds in parts of a page that keeps people out: `rule: element` for each place."""
    context = {"include": [[part] for part in include], "exclude": [[part] for part in exclude]}
    found = Axe().run(page, context, {"resultTypes": ["violations"]}).response["violations"]
    return [f"{rule['id']}: {place['html'][:300]}" for rule in found for place in rule["nodes"]]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def chromium():
    """A Chromium without a window; skips where there is none."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
        found = next(filter(None, map(shutil.which, names)), playwright.chromium.executable_path)
        if not os.path.exists(found):
            pytest.skip(NEEDED)
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def running_lab(root, home, *arguments, settings=None, environment=None):
    """`primer lab --no-browser ARGUMENTS` in the folder `root`, of a person whose settings are in `home`.

    `settings` are JupyterLab's, by plugin: `{"@jupyterlab/apputils-extension:themes": {...}}`. All that was
    started is ended with it, kernels too.
    """
    own = {
        "HOME": home,
        "IPYTHONDIR": home / "ipython",
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "OMP_NUM_THREADS": "1",
    }
    home.mkdir(parents=True, exist_ok=True)
    for plugin, values in (settings or {}).items():
        package, _, name = plugin.partition(":")
        path = home / "config" / "lab" / "user-settings" / package / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    command = [sys.executable, "-m", "torchprimer", "lab", "--no-browser", f"--port={free_port()}"]
    log = home / "lab.log"
    with log.open("w") as written:
        process = subprocess.Popen(
            [*command, *arguments],
            cwd=root,
            env={**os.environ, **{name: str(value) for name, value in own.items()}, **(environment or {})},
            stdout=written,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
    try:
        yield Lab(Path(root), _address(process, log), log)
    finally:
        _end(process)


def _address(process, log):
    """The address that the lab prints for a browser."""
    until = time.monotonic() + START
    while time.monotonic() < until:
        said = log.read_text(encoding="utf-8")
        found = re.findall(r"http://\S+token=\w+", said)
        if found:
            return found[0]
        assert process.poll() is None, f"primer lab ended:\n{said}"
        time.sleep(0.2)
    raise AssertionError(
        f"primer lab printed no address in {START} seconds:\n{log.read_text(encoding='utf-8')}"
    )


def _end(process):
    """End a server and what it started, and nothing else."""
    if process.poll() is not None:
        return
    started = [process, *psutil.Process(process.pid).children(recursive=True)]
    process.terminate()
    _, left = psutil.wait_procs(started[1:], timeout=15)
    for one in left:
        one.kill()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(15)


@dataclass
class Lab:
    """A JupyterLab that runs: its folder, the address it printed, and the file with what it prints."""

    root: Path
    address: str
    log: Path

    def url(self, path, workspace):
        """The address of a notebook, or of any path, in a workspace of its own: no tabs of others are open there."""
        start = urlsplit(self.address)
        return f"{start.scheme}://{start.netloc}/lab/workspaces/{workspace}/tree/{quote(str(path))}?reset&{start.query}"

    @contextmanager
    def opened(self, browser, path=None, width=1280, height=900):
        """A page with a path open in it; without one, with the address that the lab printed.

        At its end no error may stand on its console.
        """
        path = path if path is None else Path(path).as_posix()
        context = browser.new_context(viewport={"width": width, "height": height})
        try:
            page = Page(self, context.new_page(), path)
            page.go(self.address if path is None else self.url(path, f"w{time.monotonic_ns()}"))
            yield page
            assert not page.errors(), page.errors()
        finally:
            context.close()


@dataclass
class Page:
    """A page of the lab, and what stood on its console."""

    lab: Lab
    page: object  # Playwright's
    path: str | None = None
    console: list = field(default_factory=list)

    def __post_init__(self):
        self.page.set_default_timeout(STEP * 1000)
        self.page.on("pageerror", lambda error: self.console.append(f"page error: {error}"))
        self.page.on(
            "console",
            lambda said: (
                said.type == "error" and self.console.append(f"{said.text} ({said.location.get('url')})")
            ),
        )

    def go(self, url):
        self.page.goto(url)
        self.page.wait_for_selector("#jp-main-dock-panel", timeout=START * 1000)
        self.page.wait_for_selector(".jp-LabShell", state="visible")

    def errors(self):
        """What stands on the console as an error and is not harmless."""
        return [said for said in self.console if not any(re.search(known, said) for known, _ in HARMLESS)]

    def menu(self, *labels):
        """Choose from the menus at the top: `menu("Run", "Run All Cells")`."""
        self.page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{labels[0]}$")).click()
        for label in labels[1:]:
            entry = self.page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{re.escape(label)}…?$"))
            entry.last.click()

    def theme(self, name):
        """Choose a theme by the menus: `theme("JupyterLab Dark")`."""
        self.menu("Settings", "Theme", name)
        self.page.wait_for_selector(f'body[data-jp-theme-name="{name}"]', state="attached")

    def notebook(self, path=None):
        """The notebook that is open, once its cells and its kernel are there."""
        path = path or self.path or re.search(r"/tree/([^?]+)", self.page.url or self.lab.address)[1]
        notebook = Notebook(
            self, [c["id"] for c in json.loads((self.lab.root / path).read_text("utf-8"))["cells"]]
        )
        # JupyterLab sets up the cells that are out of sight one after another.
        notebook.cells.nth(len(notebook.names) - 1).wait_for(state="attached", timeout=START * 1000)
        notebook.wait_for_kernel()
        return notebook


@dataclass
class Notebook:
    """The notebook in front; its cells are called by their ids."""

    on: Page
    names: list

    @property
    def panel(self):
        return self.on.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    @property
    def cells(self):
        return self.panel.locator(".jp-Notebook .jp-Cell")

    def cell(self, name):
        """A cell, where it can be seen."""
        cell = self.cells.nth(self.names.index(name))
        cell.scroll_into_view_if_needed()
        return cell

    def prompt(self, name):
        """What stands before a code cell that is not folded: `[3]:`, `[*]:`, `[ ]:`."""
        cell = self.cells.nth(self.names.index(name))
        return cell.locator(".jp-InputArea-prompt").first.text_content().strip()

    def wait_for_kernel(self):
        self.panel.locator(f'{INDICATOR}[data-status="idle"]').wait_for(timeout=START * 1000)

    @contextmanager
    def running(self, seconds=STEP):
        """Do something that runs cells, and go on when they have run."""
        self.panel.evaluate(WATCH, INDICATOR)
        yield
        self.on.page.wait_for_function(
            "panel => panel.wasBusy && panel.status === 'idle'",
            arg=self.panel.element_handle(),
            timeout=seconds * 1000,
        )

    def run_all(self):
        """Run All, by the menu, to the end."""
        with self.running(RUN):
            self.on.menu("Run", "Run All Cells")
        self.wait_for_numbers()

    def restart_and_run_all(self):
        """Restart the kernel and run all cells, by the menu and its question, to the end."""
        with self.running(RUN):
            self.on.menu("Kernel", "Restart Kernel and Run All Cells")
            self.on.page.locator(".jp-Dialog button.jp-mod-warn").click()
            self.panel.get_by_text("[*]:").first.wait_for()
        self.wait_for_numbers()

    def wait_for_numbers(self, seconds=RUN):
        """Until every code cell that is not folded has run."""
        self.on.page.wait_for_function(
            f"panel => ({PROMPTS})(panel).every(prompt => /\\d/.test(prompt))",
            arg=self.panel.element_handle(),
            timeout=seconds * 1000,
        )
        self.wait_for_kernel()

    def run(self, name):
        """Run one cell by Shift+Enter; a folded one stays folded."""
        cell = self.cell(name)
        if self.is_folded(name):
            cell.click(position={"x": 3, "y": 3})  # its edge: it is selected and stays folded
        else:
            self.editor(name)
        with self.running():
            self.on.page.keyboard.press("Shift+Enter")

    def is_folded(self, name):
        return self.cell(name).locator(".jp-InputPlaceholder").count() > 0

    def editor(self, name):
        """Where a cell's code is written, unfolded and with the cursor in it."""
        cell = self.cell(name)
        if self.is_folded(name):
            cell.locator(".jp-InputPlaceholder").click()
        cell.locator(".cm-content").first.click()
        return cell.locator(".cm-content").first

    def write(self, name, source):
        """Put a source in place of a cell's, as by paste."""
        editor = self.editor(name)
        editor.press("ControlOrMeta+a")
        self.on.page.keyboard.insert_text(source)

    def outputs(self, name):
        """Where a cell's outputs are, scrolled to."""
        return self.cell(name).locator(".jp-Cell-outputArea")

    def output(self, name):
        """The text of a cell's outputs, as a person reads it."""
        found = self.outputs(name)
        # What has just come into sight has its text a moment later.
        self.on.page.wait_for_function(
            "o => o.innerText.trim() || !o.textContent.trim()", arg=found.element_handle()
        )
        return found.inner_text()

    def everything(self):
        """Per cell the text of its outputs, run together, and whether an error is among them."""
        read = """cells => cells.map(cell => [
            cell.querySelector('.jp-Cell-outputArea')?.textContent ?? '',
            [...cell.querySelectorAll('.jp-OutputArea-output[data-mime-type$="stderr"]')].some(
                output => /^\\w*(Error|Interrupt)\\b/m.test(output.textContent)),
        ])"""
        return dict(zip(self.names, self.cells.evaluate_all(read), strict=True))

    def save(self):
        """Save the notebook, by the keyboard."""
        self.on.page.keyboard.press("ControlOrMeta+s")
        self.on.page.locator(".lm-TabBar-tab.lm-mod-current.jp-mod-dirty").wait_for(state="detached")
