"""The agent shows something: in a kernel, kept in the notebook."""

import base64

from limits import UNHURRIED

SET_UP = """
import base64, io
import nemo_widgets as nemo
from PIL import Image
from nemo_widgets.testing import FastClock, ScriptedBackend

out = io.BytesIO()
Image.new("RGB", (600, 90), (90, 20, 30)).save(out, "PNG")
blob = {"mimeType": "image/png", "data": base64.b64encode(out.getvalue()).decode(), "displayName": "the kiss"}
backend = ScriptedBackend().open()
s = nemo.connect(url=backend.url, settings=nemo.ClientSettings(clock=FastClock(), **UNHURRIED))
s.upload(nemo.sample("scenes"))
shown = {"content": {"parts": [{"inlineData": blob}], "role": "model"}}
backend.reply("Cut it.", events=[shown])
""".replace("UNHURRIED", str(UNHURRIED))


def test_what_was_shown_stays_in_the_notebook(kernel):
    """The answer, then the picture with its words, as plain outputs; the run has its bytes."""
    assert kernel.run(SET_UP).error is None
    shown = kernel.run("%nemo edit -o run remove the kiss")
    assert shown.error is None
    answer, picture = shown.bundles
    assert "Cut it." in answer["text/markdown"]
    assert picture["text/plain"] == "[the kiss]"
    assert base64.b64decode(picture["image/png"]).startswith(b"\x89PNG")
    told = kernel.run(
        "run.pictures[0].data == out.getvalue(), run.stream.meaning.str.contains('picture').any()"
    )
    assert told.text.strip() == "(True, np.True_)"
