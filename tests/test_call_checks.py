"""Arguments of another type than a public call takes: one line that says what to pass, and nothing sent."""

from __future__ import annotations

import asyncio

import pytest

import nemo_widgets as nemo
from nemo_widgets.errors import NemoError, UsageError
from nemo_widgets.languages import speaking
from nemo_widgets.testing import ScriptedBackend


@pytest.fixture(scope="module")
def backend(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch, ScriptedBackend() as server:
        patch.setenv("NEMO_JOURNAL", str(tmp_path_factory.mktemp("journal")))
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        yield server


@pytest.fixture(scope="module")
def session(backend):
    session = nemo.connect(url=backend.url, token="made-up", language="en")
    yield session
    session.disconnect()


CALLS = {
    "edit": lambda s: [s.edit(None), s.edit(3)],
    "strict": lambda s: s.edit("cut it", stric=True),
    "nothing": lambda s: s.edit(),
    "start": lambda s: s.start(b"cut it"),
    "export": lambda s: s.export(3),
    "start_export": lambda s: s.start_export(["a.mp4"]),
    "export draft": lambda s: s.export("a.mp4", draft={"t": []}),
    "export fps": lambda s: s.export("a.mp4", fps=[25]),
    "export resolution": lambda s: s.export("a.mp4", resolution=720),
    "two names": lambda s: s.export("a.mp4", "b.mp4"),
    "upload": lambda s: s.upload(5),
    "upload none": lambda s: s.upload(None),
    "upload bytes": lambda s: s.upload(b"a.mp4"),
    "upload list": lambda s: s.upload(["a.mp4", 5]),
    "upload table": lambda s: s.upload({"a.mp4": 1}),
    "start_upload": lambda s: s.start_upload(5),
    "answer": lambda s: s.answer(3.5),
    "undo": lambda s: s.undo("two"),
    "play": lambda s: s.play(3),
    "frame": lambda s: s.frame(1, draft=5),
    "exported": lambda s: s.exported(None),
    "again": lambda s: s.again(3),
    "connect media": lambda _: nemo.connect(media=3.5),
    "connect place": lambda _: nemo.connect("solar"),
    "connect language": lambda _: nemo.connect(local=True, language=3),
    "connect data": lambda _: nemo.connect(local=True, data=3),
    "connect url": lambda _: nemo.connect(url=3),
    "connect settings": lambda s: nemo.connect(url=s._connection.place.server, settings={"poll_s": 1}),
    "connect session": lambda _: nemo.connect(session=3.5),
    "attach": lambda _: nemo.attach(3),
    "forget": lambda _: nemo.forget(None),
    "delete_session": lambda _: nemo.delete_session(3),
    "sample": lambda _: nemo.sample(None),
    "sample folder": lambda _: nemo.sample("scenes", 3),
    "sessions": lambda _: nemo.sessions(3),
    "runs": lambda _: nemo.runs(3),
    "models": lambda _: nemo.models(3),
    "clean": lambda _: nemo.clean(yess=True),
    "skill": lambda _: nemo.skills.get(3),
    "settings": lambda _: nemo.ClientSettings(poll_s="often"),
    "settings name": lambda _: nemo.ClientSettings(poll=1),
    "client": lambda _: nemo.AsyncClient("http://127.0.0.1:9"),
    "state": lambda s: asyncio.run(awaited(lambda: s._connection.client.state(None))),
    "client upload": lambda s: asyncio.run(awaited(lambda: s._connection.client.upload("1", 3))),
    "awaited start": lambda s: asyncio.run(awaited(lambda: s.start(None))),
}


async def awaited(make):
    return await make()


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("call", CALLS)
def test_what_to_pass_is_said_in_a_line(call, language, session, backend):
    """Of every public call that waits or is awaited, and in the language that is spoken."""
    before, runs = len(backend.requests), len(session.runs)
    with speaking(language), pytest.raises(UsageError) as caught:
        CALLS[call](session)
    assert "\n" not in str(caught.value)
    assert any(letter >= "\u4e00" for letter in str(caught.value)) == (language == "zh-CN")
    assert (len(backend.requests), len(session.runs)) == (before, runs)


def test_a_rate_may_be_a_fraction_in_words_and_none_asks_for_nothing(session, backend, tmp_path):
    """An export is sent what was asked for; an option that is None goes as if it were left out."""
    one = {"d": 1000, "m": {"id": "v1", "src": "a.mp4"}}
    draft = nemo.Draft({"t": [{"tt": 0, "sg": [one]}]})
    session.export(tmp_path / "a.mp4", draft=draft, fps="30000/1001", crf=None, codec=None)
    assert backend.renders[-1].output == {"format": "mp4", "quality": "high", "fps": "30000/1001"}


def test_a_run_says_that_it_takes_nothing(session, backend):
    """`result(5)` and `cancel("now")` of a run are no exceptions."""
    backend.reply("I can't do that.")
    run = session.start("cut it")
    for work in (lambda: run.result(5), lambda: run.cancel("now"), lambda: run.result(timeout=3)):
        with pytest.raises(UsageError, match=r"It takes nothing\.$"):
            work()
    run.result()


def test_a_token_of_another_type_is_not_shown(backend):
    """Its type is said, not what it is."""
    with pytest.raises(NemoError) as caught:
        nemo.connect(url=backend.url, token=b"canary-5512")
    assert "`token` of `connect` is text, not bytes." in str(caught.value)
    assert "canary" not in str(caught.value)
