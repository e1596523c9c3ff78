"""Answering a question of the agent in a real browser: by click, by keyboard, busy, twice, narrow, later."""

import json

import pytest
from browser.harness import Notebook, write
from browser.lost import lose_a_widget, only_that_is_lost

MAKE = """\
import pathlib, time
from nemo_widgets.question import Question
from nemo_widgets.widgets import QuestionView
answers = []
def ask(*questions, title="", on_answer=answers.append):
    answers.clear()
    args = {"title": title, "questions": list(questions)}
    return QuestionView(Question.from_args(args), on_answer)
def fails_twice(text):
    answers.append(text)
    if len(answers) < 3:
        raise RuntimeError("no session")
which = {"prompt": "Which transition should stand between the *two* shots?",
         "options": ["crossfade", "dip to black", "plain cut ($5 to $9)"]}
where = {"prompt": "Where?", "options": ["start", "middle", "end"], "allow_multiple": True}
name = {"prompt": "What should the title say?"}
long = "what is seen there: the street at night, its neon signs, a tram, and all the people who walk by"
shots = [f"Shot {n}: {long if n % 3 else 'x' * 90}" for n in range(1, 13)]
"""
BACKEND = """\
%load_ext nemo_widgets
import nemo_widgets as nemo
from nemo_widgets.testing import ScriptedBackend
args = {"questions": [{"prompt": "How shall they be joined?", "options": ["crossfade", "hard cut"]}]}
call = {"functionCall": {"id": "q", "name": "ask_question", "args": args}}
backend = ScriptedBackend().open()
backend.reply(events=[{"content": {"parts": [call], "role": "model"}}])
backend.reply("Joined. Click the Export button to download it.")
s = nemo.connect(url=backend.url, token="made-up")
"""
CELLS = {
    "make": MAKE,
    "told": "print(answers)",
    "one": "view = ask(which)\nview.show()",
    "several": "ask(which, where, name, title='Before I start').show()",
    "two views": "view = ask(which)\ndisplay(view)\ndisplay(view)",
    "busy": "print('busy', flush=True)\nwhile not pathlib.Path('free').exists(): time.sleep(0.02)",
    "fails": "ask(which, on_answer=fails_twice).show()",
    "elsewhere": "view.close_view('a slow wipe')",
    "backend": BACKEND,
    "edit": "%%nemo edit\njoin the parts",
    "sent": "print(backend.messages)",
    "many": "ask({'prompt': 'Which should go?', 'options': shots, 'allow_multiple': True}).show()",
}
NAMES = list(CELLS)
ASK = ".nemo-ask"
BUTTON = ".nemo-ask-choice"
COVERED = "() => document.querySelector('.jp-RenderedMarkdown .nemo-ask')"
SAVED = "() => !window.jupyterapp.shell.currentWidget.context.model.dirty"
FOCUSED = """() => {
  const at = document.activeElement;
  return at.closest('.nemo-ask') ? `${at.type} ${at.closest('label')?.textContent ?? at.textContent}` : '';
}"""
KERNEL = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
RESTART = f"() => {KERNEL}.restart()"
COMMS = f"mode => {{ {KERNEL}.commsOverSubshells = mode; }}"
READY = f"""async () => {{
  while ({KERNEL}.connectionStatus !== 'connected' || {KERNEL}.status !== 'idle')
    await new Promise(done => setTimeout(done, 50));
}}"""
THEME = "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})"


@pytest.fixture(scope="module")
def shared(lab, context):
    """One open notebook, its first cell run, for all tests."""
    page = context.new_page()
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    write(lab.root / "question.ipynb", *CELLS.values())
    notebook = Notebook(page, lab, "question.ipynb")
    notebook.command("application:toggle-left-area")
    assert notebook.run(0)
    yield notebook
    notebook.shutdown()
    page.close()


@pytest.fixture
def notebook(shared):
    """The shared notebook without outputs; nothing may go wrong in its page."""
    shared.page.set_viewport_size({"width": 1200, "height": 1000})
    yield shared
    shared.command("notebook:clear-all-cell-outputs")
    assert not shared.page.wrong


def run(notebook, cell):
    assert notebook.run(NAMES.index(cell))


def opened(notebook, cell):
    """Run the cell that asks; the question is there when it covers the Markdown of its own output."""
    run(notebook, cell)
    notebook.page.wait_for_function(COVERED)
    return notebook.page


def told(notebook):
    run(notebook, "told")
    return notebook.outputs(NAMES.index("told"))[0].strip()


def closed(page):
    page.wait_for_selector(ASK, state="detached")


def test_a_click_answers(lab, notebook, screen):
    """One click on a choice: the callback has the text, the page shows it, the notebook keeps words only."""
    page = opened(notebook, "one")
    notebook.save()
    page.wait_for_function(SAVED)
    saved = json.loads((lab.root / "question.ipynb").read_text())["cells"][NAMES.index("one")]
    (output,) = saved["outputs"]
    assert set(output["data"]) == {"text/plain", "text/markdown"}
    assert page.locator(f"{ASK} mjx-container").count() == 0, "two prices are no formula"
    for theme, tag in (("JupyterLab Dark", "-dark"), ("JupyterLab Light", "")):
        page.evaluate(THEME, theme)
        page.locator(BUTTON).nth(1).hover()
        page.wait_for_timeout(300)
        screen(page, tag)
    page.locator(BUTTON).nth(1).click()
    closed(page)
    assert told(notebook) == "['dip to black']"
    assert "Answered: dip to black" in notebook.cell(NAMES.index("one")).inner_text()
    screen(page, "-answered")


def test_the_keyboard_is_enough(notebook, screen):
    """Tab, arrows, Space and Enter fill in three questions and send them; no key is the notebook's."""
    page = opened(notebook, "several")
    cells = page.locator(".jp-CodeCell").count()
    notebook.cell(NAMES.index("several")).focus()
    for _ in range(40):
        if page.evaluate(FOCUSED):
            break
        page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "radio crossfade"
    press(page, "Space", "ArrowDown")
    assert page.evaluate(FOCUSED) == "radio dip to black"
    press(page, "Tab", "Tab")
    assert page.evaluate(FOCUSED) == "checkbox start"
    press(page, "Enter")
    assert page.locator(".nemo-ask-send").is_disabled(), "nothing is sent before all is answered"
    press(page, "Space", "Tab", "Tab", "Space", "Tab", "Tab", "Tab")
    page.keyboard.type("Rome, aa bb dd 00")
    press(page, "Tab")
    assert page.evaluate(FOCUSED) == "button Send"
    screen(page)
    assert page.locator(".jp-CodeCell").count() == cells
    press(page, "Enter")
    closed(page)
    which = "Which transition should stand between the *two* shots: dip to black"
    said = f"{which}\nWhere: start, end\nWhat should the title say: Rome, aa bb dd 00"
    assert told(notebook) == repr([said])


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_own_words_and_enter(notebook):
    """Something else is typed into the field and sent by Enter; an empty field sends nothing."""
    page = opened(notebook, "one")
    field = page.get_by_label("Something else")
    field.press("Enter")
    field.fill(" a slow wipe ")
    field.press("Enter")
    closed(page)
    assert told(notebook) == "['a slow wipe']"


def test_two_views_send_once(notebook, screen):
    """Of a double click, and of clicks in two views of one question, one answer is sent; both show it."""
    page = notebook.page
    run(notebook, "two views")
    page.wait_for_function("() => document.querySelectorAll('.nemo-ask').length === 2")
    page.evaluate("""() => { const [one, two] = document.querySelectorAll('.nemo-ask');
        const press = (view, i) => view.querySelectorAll('.nemo-ask-choice')[i].click();
        press(one, 0); press(one, 1); press(two, 2); press(one, 0); }""")
    page.wait_for_selector(f"{ASK}[data-state=answered] >> nth=1")
    assert page.locator(".nemo-ask-answer").all_inner_texts() == ["Answered: crossfade"] * 2
    assert page.locator(BUTTON).first.is_hidden()
    assert told(notebook) == "['crossfade']"
    screen(page)


def test_a_busy_kernel_is_said(lab, notebook, screen):
    """Inside a blocking cell the view says that the answer goes out later, and later it does."""
    notebook.page.evaluate(COMMS, "disabled")
    try:
        page = opened(notebook, "one")
        notebook.start(NAMES.index("busy"))
        notebook.cell(NAMES.index("busy")).get_by_text("busy", exact=True).wait_for()
        page.locator(BUTTON).first.click()
        page.wait_for_selector(".nemo-ask-note:text('kernel is busy')")
        screen(page)
        assert page.locator(f"{BUTTON}:enabled").count() == 0
    finally:
        (lab.root / "free").touch()
        notebook.page.evaluate(COMMS, "perCommTarget")
    assert notebook.ended()["ok"]
    closed(page)
    assert told(notebook) == "['crossfade']"


def test_an_error_is_shown_and_it_can_be_answered_again(notebook, screen):
    """What the callback raises stands under the question, the focus is back, another click goes through."""
    page = opened(notebook, "fails")
    for _ in range(2):
        page.locator(BUTTON).first.click()
        page.wait_for_selector(f"{ASK}[data-state=open] .nemo-ask-error:text('no session')")
        page.wait_for_function("() => document.activeElement.textContent === 'crossfade'")
    screen(page)
    page.locator(BUTTON).nth(1).click()
    closed(page)
    assert told(notebook) == "['crossfade', 'crossfade', 'dip to black']"


def test_an_answer_from_elsewhere_closes_it(notebook):
    """Answered by other means, the view gives way to the answer."""
    page = opened(notebook, "one")
    run(notebook, "elsewhere")
    closed(page)
    assert "Answered: a slow wipe" in notebook.cell(NAMES.index("one")).inner_text()
    assert told(notebook) == "[]"


@pytest.mark.parametrize("width", [1200, 480])
def test_many_long_choices_fit(notebook, screen, width):
    """Twelve long choices wrap inside the output, on a wide page and on a narrow one."""
    page = opened(notebook, "many")
    page.set_viewport_size({"width": width, "height": 1400})
    page.wait_for_function("wide => document.querySelector('.jp-OutputArea').clientWidth < wide", arg=width)
    screen(page)
    around = page.locator(ASK).bounding_box()
    edge = around["x"] + around["width"]
    area = notebook.cell(NAMES.index("many")).locator(".jp-OutputArea-output").bounding_box()
    assert edge <= area["x"] + area["width"] + 1
    parts = page.locator(f"{ASK} :is(.nemo-ask-label, input, button, legend)").all()
    assert len(parts) > 25
    assert all((box := part.bounding_box())["x"] + box["width"] <= edge for part in parts)


def test_a_restarted_kernel_is_asked_nothing(notebook, screen):
    """When the kernel that asked has gone, every view of its question says so, and how to answer in words."""
    page = opened(notebook, "one")
    run(notebook, "two views")
    page.wait_for_function("() => document.querySelectorAll('.nemo-ask').length === 3")
    page.evaluate(RESTART)
    page.wait_for_selector(f"{ASK}[data-state=closed] .nemo-ask-said:text('The kernel stopped') >> nth=2")
    assert page.locator(".nemo-ask-said code:last-child").all_inner_texts() == ["%nemo edit dip to black"] * 3
    assert page.locator(f"{BUTTON}:visible").count() == 0
    screen(page)
    page.evaluate(READY)
    run(notebook, "make")
    opened(notebook, "one").locator(BUTTON).first.click()
    page.wait_for_function("() => !document.querySelector('.jp-RenderedMarkdown .nemo-ask')")
    assert told(notebook) == "['crossfade']"


def test_the_agents_question_is_answered_by_the_next_message(notebook):
    """A click on what the agent asked goes out as the next message, and its run stands below the question."""
    ran = notebook.run(NAMES.index("backend"))
    assert ran, notebook.outputs(NAMES.index("backend"))
    page = opened(notebook, "edit")
    page.locator(BUTTON).filter(has_text="crossfade").click()
    closed(page)
    page.wait_for_selector("text=Joined. Export it with")
    run(notebook, "sent")
    assert notebook.outputs(NAMES.index("sent"))[0].strip() == "['join the parts', 'crossfade']"
    shown = "\n".join(notebook.outputs(NAMES.index("edit")))
    assert shown.index("How shall they be joined?") < shown.index("crossfade") < shown.index("Joined.")


def test_it_is_there_again_after_a_reload(lab, notebook, screen):
    """Reloaded while the kernel lives it can be answered; without the kernel it is Markdown, never a hole.

    What comes of the answer stands in the notebook as without a reload: the answer, and who asked back.
    """
    page = opened(notebook, "one")
    assert notebook.run(NAMES.index("backend"))
    run(notebook, "edit")
    page.wait_for_function(f"() => ({COVERED})() && document.querySelectorAll('{ASK}').length === 2")
    notebook.save()
    page.wait_for_function(SAVED)
    lose_a_widget(lab, "question.ipynb", "later.ipynb")
    page.goto(lab.url("question.ipynb"))
    page.wait_for_function(COVERED)
    page.locator(BUTTON).nth(1).click()
    page.wait_for_selector(f"{ASK}[data-state=answered]")
    assert told(notebook) == "['dip to black']"
    page.locator(BUTTON).filter(has_text="hard cut").click()
    page.wait_for_selector("text=Joined. Export it with")
    shown = "\n".join(notebook.outputs(NAMES.index("edit")))
    assert "asked back" in shown
    assert "waits for your answer" not in shown
    assert shown.index("How shall they be joined?") < shown.index("hard cut") < shown.index("Joined.")
    page.goto(lab.url("later.ipynb"))
    only_that_is_lost(page)
    page.wait_for_selector(".jp-RenderedMarkdown code:text('%nemo answer 2')")
    screen(page)
    assert page.locator(ASK).count() == 0
