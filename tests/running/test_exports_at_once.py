"""Exports together, or one after another that is unknown: no job twice, no file written by two of them."""

from contextlib import suppress
from types import SimpleNamespace

import pytest
from limits import UNHURRIED
from waiting import until

from nemo_widgets.client import AsyncClient, ClientSettings
from nemo_widgets.draft import Draft
from nemo_widgets.errors import Cancelled, NemoError, RenderUnknown, ServerError, UsageError
from nemo_widgets.journal import Journal, Place
from nemo_widgets.loop import blocking, submit
from nemo_widgets.magics.actions import perform
from nemo_widgets.run_words import headline
from nemo_widgets.running import Connection, ExportRun
from nemo_widgets.running.targets import writer
from nemo_widgets.session_base import SessionBase
from nemo_widgets.testing import FastClock, ScriptedBackend

SUBMIT = "POST /api/render/proxy/lambda"
DRAFT = {"t": [{"tt": 0, "sg": [{"d": 9000, "m": {"src": "s", "name": "talk", "in": 0, "out": 9000}}]}]}
OTHER = {"t": [{"tt": 0, "sg": [{"d": 8000, "m": {"src": "s", "name": "talk", "in": 0, "out": 8000}}]}]}


@pytest.fixture
def exports(tmp_path, monkeypatch):
    """A backend on which nothing is ever rendered to its end, and a function that begins an export there."""
    monkeypatch.chdir(tmp_path)
    clock, begun = FastClock(100), []
    with ScriptedBackend(clock=clock) as backend:

        async def opened():
            settings = ClientSettings(clock=clock, poll_s=1, **UNHURRIED)
            client = AsyncClient(base_url=backend.url, token="nmv_usr_given", settings=settings)
            made = await client.create_session("en")
            backend.draft = DRAFT
            place = Place(backend.url, made.session_id, made.task_id)
            return Connection(client, made.session_id, place, Journal(tmp_path / "runs"))

        link = blocking(submit(opened()))

        def export(name=None, statuses=(10,), **options):
            backend.render(statuses)
            begun.append(ExportRun(link, name, **options))
            return begun[-1]

        export.client, export.journal = link.client, link.journal

        yield backend, export
        for run in begun:
            run.cancel()
            with suppress(NemoError):
                run.result()
        blocking(submit(link.client.aclose()))


def test_the_same_export_twice_is_one_job(exports):
    """A file that is being exported is not exported beside that: the second is refused, unsent."""
    backend, export = exports
    first = export("a.mp4")
    with pytest.raises(UsageError, match=rf"a\.mp4 is being exported already, by {first.id}\."):
        export("./a")
    until(lambda: backend.renders)
    assert len(backend.requests_to(SUBMIT)) == 1
    first.cancel()
    with pytest.raises(Cancelled, match=r"Cancelled: no file was written\."):
        first.result()
    export("a.mp4")
    until(lambda: len(backend.renders) == 2)


def test_a_film_that_is_still_being_made_is_told_apart_from_none(exports, tmp_path, monkeypatch):
    """Who would play it learns that it comes, and by which run."""
    _, export = exports
    run = export("a.mp4")
    assert writer(tmp_path / "a.mp4") == run.id
    assert not writer(tmp_path / "b.mp4")
    with pytest.raises(UsageError, match=rf"a\.mp4 is still being exported, by {run.id}"):
        SessionBase.play(SimpleNamespace(_video=None), "a.mp4")
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    for name in (str(tmp_path / "a.mp4"), "../a.mp4"):
        monkeypatch.chdir(folder)
        with pytest.raises(UsageError, match=rf"a\.mp4 is still being exported, by {run.id}"):
            perform(SimpleNamespace(user_ns={}), f"play {name}", None)


def test_exports_without_a_name_write_two_files(exports):
    """The name that an export takes for itself is none that another one is about to write."""
    backend, export = exports
    runs = [export(), export()]
    until(lambda: len(backend.renders) == 2)
    assert sorted(run.target.name for run in runs) == ["talk-edited-2.mp4", "talk-edited.mp4"]
    assert [request.json["draft"] for request in backend.requests_to(SUBMIT)] == [DRAFT] * 2


def _lost(exports, monkeypatch, **options):
    """An export whose job the server has, and of which nobody knows what became."""
    backend, export = exports
    with monkeypatch.context() as broken:
        broken.setattr(export.client, "wait_render", _ill)
        run = export("a.mp4", [50, "completed"], **options)
        with pytest.raises(ServerError):
            run.result()
    assert run.outcome == "unknown"
    assert len(backend.renders) == 1
    return run


async def _ill(*_, **__):
    raise ServerError("The server has a fault of its own.")


@pytest.mark.parametrize("name", ["a.mp4", "b.mp4", None])
@pytest.mark.parametrize("output", [None, {"quality": "high", "format": "mp4"}])
def test_an_export_after_one_that_is_unknown_fetches_its_film(exports, monkeypatch, name, output):
    """Whatever its name: the film is the same, and paid for already."""
    backend, export = exports
    lost = _lost(exports, monkeypatch)
    run = export(name, ["failed"], output=output).result()
    assert len(backend.requests_to(SUBMIT)) == 1
    assert run.render_id == lost.render_id
    assert run.video.path.is_file()
    assert lost.id in run.text
    with pytest.raises(UsageError, match=f"{lost.id} is over: cancelled. {run.id} went on with it"):
        export.journal.take(lost.id)


def test_an_export_tells_of_an_ending_that_nobody_makes(exports, tmp_path):
    """The line at its end says that the name has become longer, and why."""
    _, export = exports
    run = export(tmp_path / "rel.xyz", statuses=(10, "completed")).result()
    assert run.video.path == tmp_path / "rel.xyz.mp4"
    assert headline(run).endswith(". There is no .xyz export, so it is called rel.xyz.mp4.")


OTHERS = [{"output": {"quality": "low"}}, {"anyway": True}, {"draft": Draft(OTHER)}]


@pytest.mark.parametrize("folder", ["", "films"])
def test_what_the_unknown_export_had_fetched_is_not_left_over(exports, monkeypatch, tmp_path, folder):
    """Whoever goes on with its job goes on with its download, too."""
    _, export = exports
    lost = _lost(exports, monkeypatch)
    (tmp_path / folder).mkdir(exist_ok=True)
    part = tmp_path / f".a.mp4.{lost.id}.part"
    part.write_bytes(b"half")
    export(tmp_path / folder / "b.mp4").result()
    assert [path.name for path in tmp_path.rglob("*.part*")] == []


@pytest.mark.parametrize("options", OTHERS)
def test_another_film_than_the_unknown_one_is_a_job_of_its_own(exports, monkeypatch, options):
    """So is one that is wanted whatever became of the other, which stays there to be attached to."""
    backend, export = exports
    lost = _lost(exports, monkeypatch)
    export("b.mp4", ["completed"], **options).result()
    assert [request.path for request in backend.requests_to(SUBMIT)] == [SUBMIT.partition(" ")[2]] * 2
    assert [record.id for record in export.journal.left()] == [lost.id]


def test_an_unknown_job_that_the_server_has_forgotten_is_made_anew(exports, monkeypatch):
    """Nothing can come of it any more, and who says export wants a film."""
    backend, export = exports
    lost = _lost(exports, monkeypatch)
    backend._routes.renders.clear()
    run = export("a.mp4", ["completed"]).result()
    assert len(backend.requests_to(SUBMIT)) == 2
    assert run.render_id != lost.render_id
    assert run.video.path.is_file()


def test_an_export_of_which_the_server_tells_nothing_submits_nothing(exports, monkeypatch):
    """It ends as unknown as the one before, and says how to have a film in any case."""
    backend, export = exports
    _lost(exports, monkeypatch)
    backend.error("GET /api/render/", status=503, times=100)
    run = export("a.mp4")
    with pytest.raises(RenderUnknown, match="--anyway"):
        run.result()
    assert run.outcome == "unknown"
    assert len(backend.requests_to(SUBMIT)) == 1
