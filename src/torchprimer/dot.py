"""Graphviz from a wheel: torchviz's pictures with no system package.

torchviz draws through the package ``graphviz``, which runs a program called ``dot`` for every picture.
`use_bundled_graphviz` makes it run this file instead, with the interpreter of the kernel; the file then
draws with the Graphviz that the wheel of pygraphviz carries. It is a process of its own because Graphviz
writes remarks straight to stderr, and nbgrader takes a cell that writes there for failed.

Nobody has to call it: IPython runs ``startup.py``, installed as ``etc/ipython/startup/50-torchprimer.py``,
in every kernel of the environment.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Sequence

FONTS = {"monospace": "DejaVu Sans Mono", "Courier": "DejaVu Sans Mono", "Times": "STIXGeneral"}
"""Which of the fonts that matplotlib carries stands for a family that a graph asks for."""


def use_bundled_graphviz() -> None:
    """Let the package ``graphviz`` draw with the bundled library; a second call changes nothing.

    A system ``dot`` is passed over, so that pictures are alike everywhere. Whoever sets
    ``graphviz.backend.dot_command.DOT_BINARY`` to a path gets that program.
    """
    from graphviz.backend import execute

    run_program = execute.run_check
    if run_program.__module__ == __name__:
        return

    class DotError(execute.CalledProcessError):
        """What is wrong with a graph, in one sentence."""

        def __str__(self) -> str:
            return explain(self.stderr)

    def run_check(
        cmd: Sequence[os.PathLike[str] | str], *, quiet: bool = False, **kwargs: object
    ) -> subprocess.CompletedProcess:
        if os.fspath(cmd[0]) != "dot":
            return run_program(cmd, quiet=quiet, **kwargs)
        try:
            return run_program([sys.executable, "-P", "-X", "utf8", __file__, *cmd[1:]], quiet=True, **kwargs)
        except execute.CalledProcessError as error:
            raise DotError(*error.args) from None

    execute.run_check = run_check


def explain(stderr: bytes | str | None) -> str:
    """Say in one sentence why Graphviz drew nothing, from what it wrote to stderr."""
    text = stderr.decode(errors="replace") if isinstance(stderr, bytes) else stderr or ""
    if found := re.search(r"syntax error in line \d+(?: near '.*')?", text):
        return f"This is not a graph in the DOT language: {found[0]}."
    if found := re.search(r'Format: "(.*?)" not recognized', text):
        return f"The bundled Graphviz cannot write the format {found[1]!r}; 'svg', 'png' and 'pdf' work."
    if found := re.search(r"(lib\S+\.so\S*): cannot open shared object file", text):
        return (
            f"Graphviz cannot draw here: the system lacks {found[1]}; on Debian and Ubuntu, "
            "`apt-get install libexpat1 libglib2.0-0 libxext6 libxrender1` brings all that it needs."
        )
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("Fontconfig")]
    reason = lines[-1].strip().rstrip(".") if lines else "it stopped without a reason"
    return f"Graphviz could not draw this graph: {reason}."


def draw(source: str, format: str, engine: str = "dot") -> bytes:
    """Draw a graph in the DOT language with the library of pygraphviz; the process should end soon after.

    What the layout took is not given back: Graphviz 14.1.5 crashes there when a label has an empty line,
    as that of every unnamed output of torchviz does.
    """
    from tempfile import TemporaryDirectory

    import pygraphviz
    from pygraphviz import graphviz as library

    source = source.replace("\r\n", "\n")  # Windows adds \r to a pipe, and labels have line ends inside
    if sys.platform == "darwin":  # where no font is called monospace, and letters would overflow their box
        source = re.sub(r'\bfontname="?monospace"?', "fontname=Courier", source)
    with TemporaryDirectory() as folder:
        os.environ["FONTCONFIG_FILE"] = os.fspath(write_font_list(Path(folder)))
        context = library.gvContextWithBuiltins()  # first: it sets what a node without a label is called
        graph = pygraphviz.AGraph(string=source)
        if library.gvLayout(context, graph.handle, engine.encode()):
            raise ValueError(f"the layout {engine!r} failed")
        match library.gvRenderData(context, graph.handle, format.encode()):
            case [0, bytes(picture)]:
                return picture
        raise ValueError(f"writing {format!r} failed")


def write_font_list(folder: Path) -> Path:
    """Write a configuration of fontconfig that knows the fonts of matplotlib and no others.

    Boxes are as wide as their text: with the same fonts they are the same on every Linux, also on one
    that has no fonts at all, and no time goes into searching the fonts of the system.
    """
    from importlib.util import find_spec

    spec = find_spec("matplotlib")
    package = spec.submodule_search_locations[0] if spec and spec.submodule_search_locations else "."
    aliases = "".join(
        f"<alias binding='same'><family>{asked}</family><prefer><family>{ours}</family></prefer></alias>"
        for asked, ours in FONTS.items()
    )
    path = folder / "fonts.conf"
    path.write_text(
        "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig>"
        f"<dir>{Path(package, 'mpl-data', 'fonts', 'ttf')}</dir><cachedir prefix='xdg'>fontconfig</cachedir>"
        f"{aliases}<match><edit name='family' mode='append_last'><string>DejaVu Sans</string></edit></match>"
        "</fontconfig>",
        encoding="utf-8",
    )
    return path


def main() -> int:
    """Do what ``dot`` does for the package ``graphviz``: ``-K -T -n -o -O -V`` and a file or a pipe."""
    from argparse import ArgumentParser

    parser = ArgumentParser(prog="dot")
    parser.add_argument("-K", dest="engine", default="dot")
    parser.add_argument("-T", dest="format", default="svg")
    parser.add_argument("-n", dest="positions", choices=["1", "2"])
    parser.add_argument("-o", dest="output", type=Path)
    parser.add_argument("-O", dest="beside", action="store_true")
    parser.add_argument("-V", dest="version", action="store_true")
    parser.add_argument("file", type=Path, nargs="?")
    asked = parser.parse_args()
    if asked.version:
        import pygraphviz

        print(
            "dot - graphviz version",
            pygraphviz.__graphviz_version__,
            "from pygraphviz",
            pygraphviz.__version__,
        )
        return 0
    engine = {None: asked.engine, "1": "nop", "2": "nop2"}[asked.positions]
    output = asked.output
    if asked.beside:
        suffix = ".".join(reversed(asked.format.split(":")))
        output = asked.file.with_name(f"{asked.file.name}.{suffix}")
    try:
        data = asked.file.read_bytes() if asked.file else sys.stdin.buffer.read()
        picture = draw(data.decode(), asked.format, engine)
        if output:
            output.write_bytes(picture)
        else:
            sys.stdout.buffer.write(picture)
    except Exception as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
