"""The explorers answer to their controls, and are pictures where there are no widgets."""

import base64
import html
import importlib.util
import itertools
import re
import sys

import pytest
import torch

from torchprimer import draw, explore
from torchprimer.explore import panel


def image_alt(explorer):
    """The alternative text of the image that the widget shows."""
    return html.unescape(re.search(r'<img [^>]*alt="([^"]*)"', explorer._image.value)[1])


def test_strides_starts_with_the_transpose():
    explorer = explore.strides()
    assert explorer.controls["view"].value == "x.T"
    explorer.controls["i"].value, explorer.controls["j"].value = 2, 1
    assert "x.T[2, 1] is at offset 0 + 2·1 + 1·4 = 6 in the storage." in explorer.sentence
    assert "x and x.T share the same memory" in image_alt(explorer)


@pytest.mark.parametrize(
    ("view", "sentence", "shares"),
    [
        ("x", "x[1, 1] is at offset 0 + 1·4 + 1·1 = 5", None),
        ("x[1:, 1:]", "x[1:, 1:][1, 1] is at offset 5 + 1·4 + 1·1 = 10", True),
        ("x[:, ::2]", "x[:, ::2][1, 1] is at offset 0 + 1·4 + 1·2 = 6", True),
        ("x.reshape(2, 6)", "x.reshape(2, 6)[1, 1] is at offset 0 + 1·6 + 1·1 = 7", True),
        ("x[1]", "x[1][1] is at offset 4 + 1·1 = 5", True),
        ("x[:1].expand(3, -1)", "x[:1].expand(3, -1)[1, 1] is at offset 0 + 1·0 + 1·1 = 1", True),
        ("x.flip(0)", "x.flip(0)[1, 1] is at offset 0 + 1·4 + 1·1 = 5", False),
        ("x.T.reshape(2, 6)", "x.T.reshape(2, 6)[1, 1] is at offset 0 + 1·6 + 1·1 = 7", False),
    ],
)
def test_strides_tells_the_address(view, sentence, shares):
    explorer = explore.strides()
    before = explorer._image.value
    explorer.controls["view"].value = view
    assert sentence in explorer.sentence
    assert ("a write to one shows in the other" in explorer.sentence) == (shares is True)
    assert ("a copy" in explorer.sentence) == (shares is False)
    assert ("share the same memory" in explorer.picture.alt) == (shares is True)
    assert explorer._image.value != before


def test_every_address_holds_the_element():
    x = torch.arange(12).reshape(3, 4) * 10
    for name, view in explore.views_of(x).items():
        size = view.untyped_storage().nbytes() // 8
        flat = view.as_strided((size,), (1,), 0)
        for at in itertools.product(*map(range, view.shape)):
            total = int(re.search(r"(\d+) in the storage", explore.address(name, view, at))[1])
            assert flat[total] == view[at]


def test_sliders_keep_within_the_view_and_hide_when_not_needed():
    explorer = explore.strides()
    view, i, j = (explorer.controls[name] for name in ("view", "i", "j"))
    i.value, j.value = 3, 2
    view.value = "x[1:, 1:]"
    assert (i.value, i.max, j.value, j.max) == (1, 1, 2, 2)
    view.value = "x[1]"
    assert i.max == 3 and j.layout.display == "none"
    view.value = "x"
    assert j.layout.display != "none" and j.value == 2


def test_the_picture_is_drawn_once_for_a_change(monkeypatch):
    explorer = explore.strides()
    drawn = []
    monkeypatch.setattr(
        draw, "storage", lambda *args, real=draw.storage, **kw: drawn.append(1) or real(*args, **kw)
    )
    explorer.controls["i"].value = 3
    explorer.controls["view"].value = "x[1:, 1:]"  # moves both sliders as well
    assert len(drawn) == 2


@pytest.mark.parametrize(
    "x",
    [
        torch.tensor(3.0), torch.empty(0), torch.empty(0, 3), torch.ones(1, 1), torch.arange(6), torch.arange(24).reshape(2, 3, 4),
        torch.randn(30, 40), torch.ones(2, 3, requires_grad=True), torch.arange(12).reshape(3, 4).T, torch.eye(2).to_sparse(),
        torch.empty(2, device="meta"), torch.tensor([[True, False], [False, True]]), torch.ones(3).expand(2, 3),
    ],
)  # fmt: skip
def test_strides_of_odd_tensors(x, capfd):
    explorer = explore.strides(x)
    if isinstance(explorer, explore.Explorer):
        assert explorer.sentence
        explorer.controls["view"].value = explorer.controls["view"].options[-1]
        assert explorer.sentence
    assert explorer._repr_mimebundle_()[0]["image/png"]
    assert capfd.readouterr() == ("", "")


def test_broadcast_answers_to_its_boxes():
    explorer = explore.broadcast()
    assert explorer.sentence == "(3, 1) and (4,) fit: the result has shape (3, 4)."
    explorer.controls["b"].value = "(2, 1, 4)"
    assert explorer.sentence == "(3, 1) and (2, 1, 4) fit: the result has shape (2, 3, 4)."
    assert "b, shape (2, 1, 4)" in image_alt(explorer)
    explorer.controls["a"].value = "3"
    assert (
        explorer.sentence
        == "(3,) and (2, 1, 4) do not fit: 3 and 4 meet, and neither is 1. PyTorch raises an error."
    )
    assert "clash" in image_alt(explorer)
    explorer.controls["a"].value = ""
    assert explorer.sentence == "() and (2, 1, 4) fit: the result has shape (2, 1, 4)."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3;x", "is not a shape"),
        ("1.5", "is not a shape"),
        ("3,,1", "is not a shape"),
        ("--1", "is not a shape"),
        ("9" * 5000, "is not a shape"),
        ("<b>", "is not a shape"),
        ("-1, 2", "negative"),
        ("1,1,1,1,1", "5 dimensions"),
        ("3,9", "a size over 8"),
    ],
)
def test_bad_shapes_get_a_sentence_and_leave_the_picture(text, words, capfd):
    explorer = explore.broadcast((2, 1), (3,))
    picture, shown = explorer.picture, explorer._image.value
    explorer.controls["a"].value = text
    assert words in explorer.sentence and words in explorer._line.value
    assert "<b>" not in explorer._line.value
    assert explorer.picture is picture and explorer._image.value == shown
    explorer.controls["a"].value = " 2 , 3 "
    assert explorer.sentence.startswith("(2, 3) and (3,) fit") and explorer._image.value != shown
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("3,1", (3, 1)),
        ("(3, 1)", (3, 1)),
        ("(4,)", (4,)),
        ("4", (4,)),
        ("()", ()),
        (" ", ()),
        ("0,2", (0, 2)),
    ],
)
def test_parse_shape(text, shape):
    assert explore.parse_shape(text) == (shape, "")


def test_a_start_that_cannot_be_drawn_still_shows_a_picture():
    assert "a size over 8" in explore.broadcast((100,), (1,)).sentence
    assert explore.broadcast((100,), (1,))._repr_mimebundle_()[0]["image/png"]


@pytest.mark.parametrize("make", [explore.strides, explore.broadcast])
def test_the_bundle_has_a_view_a_picture_and_words(make):
    explorer = make()
    data, metadata = explorer._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == explorer.widget.model_id
    assert base64.b64decode(data["image/png"]) == explorer.picture.png()
    assert metadata["image/png"]["alt"] == explorer.picture.alt
    assert data["text/plain"].startswith(explorer.picture.alt) and data["text/plain"].endswith(explore.STILL)


@pytest.mark.parametrize("make", [explore.strides, explore.broadcast])
def test_the_widget_can_be_used_without_sight_or_mouse(make):
    explorer = make()
    assert image_alt(explorer) == explorer.picture.alt
    assert 'aria-live="polite"' in explorer._line.value
    for control in explorer.controls.values():
        assert control.description and control.style.description_width == "initial"
        assert not control.disabled


def test_without_ipywidgets_there_is_a_picture(monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)  # an import of it now fails
    spec = importlib.util.spec_from_file_location("panel_without_widgets", panel.__file__)
    bare = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bare)
    monkeypatch.setattr(panel, "widgets", bare.widgets)
    assert isinstance(explore.strides(), draw.Picture) and "x and x.T" in explore.strides().alt
    assert explore.broadcast().alt.startswith("a, shape (3, 1), and b, shape (4,)")
