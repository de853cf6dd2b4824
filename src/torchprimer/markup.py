"""Sentences about answers as HTML."""

from __future__ import annotations

import html
import re


def marked_up(sentence: str) -> str:
    """A sentence as HTML: what stands between backticks is code, a word between stars emphasis, all else text."""
    escaped = html.escape(sentence, quote=False)
    # Words between stars are emphasis; `w * x` and what stands in code is not.
    parts = re.split(r"`([^`]+)`", escaped)
    parts[1::2] = [f"<code>{code}</code>" for code in parts[1::2]]
    parts[::2] = [
        re.sub(r"(?<![\w*])\*(\w[\w ]*(?<! ))\*(?![\w*])", r"<em>\1</em>", prose) for prose in parts[::2]
    ]
    return "".join(parts).replace("\n", "<br>")
