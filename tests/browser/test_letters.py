"""Letters of every script in a film, beside the same sentence drawn by Chromium with the same fonts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from clips import clip, coloured, timeline
from PIL import Image

from nemo_widgets.fonts.faces import bundled
from nemo_widgets.studio.render import Output, make_plan, render

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, HEIGHT, SIZE = 1024, 144, 48
SENTENCES = {
    "English": "All the world's a stage",
    "Polish": "Zażółć gęślą jaźń",
    "Czech": "Příliš žluťoučký kůň úpěl",
    "Turkish": "Şişli'de ağaçlı İğne ışığı",
    "Croatian": "Čvrst đak žuri šumom",
    "Vietnamese": "Tiếng Việt: phở bò ở Huế",
    "Vietnamese, decomposed": "Tie\u0302\u0301ng Vie\u0323\u0302t",
    "marks without a composed letter": "x\u0302 + m\u0304 = q\u0301",
    "Greek": "Ελληνικά: καλημέρα κόσμε",
    "Russian": "Съешь ещё этих мягких булок",
    "Ukrainian": "Відео про Київ: їжак, ґанок, є",
    "simplified Chinese": "春江潮水连海平，海上明月共潮生",
    "traditional Chinese": "這是一個中文標題測試，體驗臺灣",
    "Japanese": "日本語のタイトル：映画を編集する",
    "Korean": "한국어 자막: 안녕하세요",
    "Arabic": "مرحبا بالعالم",
    "Arabic, mixed": "فيلم Video رقم 123",
    "Persian": "می‌خواهم فیلم ببینم",
    "Hebrew": "שלום עולם",
    "Hebrew, mixed": "סרט video (12:30) חדש",
    "Hebrew, made to stand from the left": "\u202dשלום\u202c abc",
    "Hindi": "हिन्दी में शीर्षक क्षत्रिय",
    "Bengali": "বাংলা শিরোনাম প্রথম",
    "Tamil": "தமிழ் தலைப்பு",
    "Telugu": "తెలుగు శీర్షిక",
    "Thai": "ภาษาไทย น้ำใจ ที่นี่",
    "Lao": "ພາສາລາວ",
    "Khmer": "ភាសាខ្មែរ",
    "Burmese": "မြန်မာစာ",
    "Georgian": "ქართული ენა",
    "Armenian": "Հայերեն լեզու",
    "Amharic": "አማርኛ ቋንቋ",
    "emoji": "👩‍👩‍👧‍👦 🇵🇱 👍🏽 ❤️ 🎬",
    "Polish without ź": "Zażółć gęślą jań",
    "Ukrainian without ї": "Відео про Кив: їжак, ґанок, є",
    "Arabic, not joined": "م‌ر‌ح‌ب‌ا ب‌ا‌ل‌ع‌ا‌ل‌م",
    "Hebrew, the other way": "םלוע םולש",
}
BROKEN = {
    "Polish without ź": "Polish",
    "Ukrainian without ї": "Ukrainian",
    "Arabic, not joined": "Arabic",
    "Hebrew, the other way": "Hebrew",
}
"""Sentences with something wrong in them, and those that they ought to be."""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> dict[str, np.ndarray]:
    """Every sentence as the studio draws it: the one frame that has it, in colours."""
    folder = tmp_path_factory.mktemp("letters")
    Image.new("RGB", (WIDTH, HEIGHT)).save(folder / "black.png")
    look = {"animation": "none", "position": "center", "size": SIZE * 1080 / HEIGHT}
    titles = [
        {"d": 200, "m": {"start": 200 * n, "text": text, **look}} for n, text in enumerate(SENTENCES.values())
    ]
    draft = timeline([clip("black.png", 0, 0, 200 * len(titles))], titles=titles, size=(WIDTH, HEIGHT), fps=5)
    target = folder / "film.mp4"
    render(make_plan(draft, lambda name: folder / name, Output(preset="ultrafast", quality="high")), target)
    frames = coloured(target)
    return {name: frames[(2 * n + 1) * len(frames) // (2 * len(titles))] for n, name in enumerate(SENTENCES)}


@pytest.fixture(scope="module")
def pages(context) -> dict[str, np.ndarray]:
    """Every sentence as Chromium draws it, which finds the font for each letter itself."""
    page, faces = context.new_page(), {f"F{n}": face.path for n, face in enumerate(bundled())}
    faces |= {"JP": bundled(japanese=True)[0].path}
    page.route("**/*", lambda route: route.fulfill(**_answer(route.request.url, faces)))
    page.goto("http://letters.test/")
    page.evaluate("document.fonts.ready")
    seen = {}
    for n, name in enumerate(SENTENCES):
        png = page.locator(f"#s{n}").screenshot()
        seen[name] = cv2.cvtColor(
            cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB
        )
    page.close()
    return seen


def _answer(url: str, faces: dict[str, Path]) -> dict[str, object]:
    name = url.rpartition("/")[2]
    if name in faces:
        return {"path": faces[name]}
    fonts = "".join(f"@font-face {{ font-family: {n}; src: url({n}) }}" for n in faces)
    usual, first = (
        ", ".join(n for n in faces if n != "JP"),
        {"Japanese": "JP, ", "emoji": f"F{len(bundled()) - 1}, "},
    )
    rows = "".join(
        f'<div id="s{n}" dir="auto" style="font-family: {first.get(name, "") + usual}">{escape(text)}</div>'
        for n, (name, text) in enumerate(SENTENCES.items())
    )
    style = (
        f"div {{ width: {WIDTH}px; height: {HEIGHT}px; line-height: {HEIGHT}px; font-size: {SIZE}px; "
        "background: #000; color: #fff; text-align: center; white-space: pre; overflow: hidden; }"
    )
    page = f'<!doctype html><meta charset="utf-8"><style>{fonts} {style} body {{ margin: 0 }}</style>{rows}'
    return {"body": page, "content_type": "text/html; charset=utf-8"}


def ink(picture: np.ndarray) -> np.ndarray:
    """How bright the letters are, 0 to 1, cut to where they are."""
    light = picture.max(axis=2).astype(np.float32) / 255
    rows, columns = np.nonzero(light > 0.5)
    return light[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def parts(letters: np.ndarray) -> int:
    """How many pieces of ink there are."""
    return cv2.connectedComponents((letters > 0.5).astype(np.uint8))[0] - 1


def differences(ours: np.ndarray, theirs: np.ndarray) -> list[str]:
    """In what two pictures of a sentence are not the same letters; a browser may set them a little wider."""
    one, other = ink(ours), ink(theirs)
    high, wide = (abs(a - b) for a, b in zip(one.shape, other.shape, strict=True))
    pieces, share = (parts(one), parts(other)), one.sum() / other.sum()
    as_wide = cv2.resize(other, (one.shape[1], other.shape[0]))
    room = 6 + max(0, *(a - b for a, b in zip(one.shape, other.shape, strict=True)))
    ways = [np.pad(way, room) for way in (other, as_wide)]
    match = max(cv2.matchTemplate(way, one, cv2.TM_CCORR_NORMED).max() for way in ways)
    told = {
        f"{high} pixels higher or lower": high > 3,
        f"{wide} pixels of {one.shape[1]} wider or narrower": wide > 2 + 0.01 * one.shape[1],
        f"a match of {match:.3f}": match < 0.91,
        f"{pieces[0]} pieces for {pieces[1]}": abs(pieces[0] - pieces[1]) > 1 and match < 0.99,
        f"{share:.3f} of the ink": abs(share - 1) > 0.035,
    }
    return [words for words, wrong in told.items() if wrong]


@pytest.mark.parametrize("name", [name for name in SENTENCES if name not in BROKEN])
def test_a_sentence_in_a_film_is_the_one_that_a_browser_draws(film, pages, name: str) -> None:
    """In every script: as wide and as high, with as many pieces and as much ink, and of the same shape."""
    told = differences(film[name], pages[name])
    assert not told


@pytest.mark.parametrize("name", BROKEN)
def test_a_letter_that_is_missing_or_wrong_is_seen(film, pages, name: str) -> None:
    """The comparison sees a letter that is gone, letters that are not joined, a line the wrong way round."""
    told = differences(film[name], pages[BROKEN[name]])
    assert told


def test_emoji_have_their_colours(film, pages) -> None:
    """Families, flags, skin tones and hearts are one picture each, and the one that a browser shows."""
    ours, theirs = (
        picture[:, np.flatnonzero(picture.max(axis=(0, 2)) > 60)]
        for picture in (film["emoji"], pages["emoji"])
    )
    assert ours.shape[1] == pytest.approx(theirs.shape[1], rel=0.02)
    rows = [np.flatnonzero(picture.max(axis=(1, 2)) > 60) for picture in (ours, theirs)]
    ours, theirs = (
        p[r.min() : r.max() + 1].astype(np.float32) for p, r in zip((ours, theirs), rows, strict=True)
    )
    theirs = cv2.resize(theirs, ours.shape[1::-1])
    assert np.abs(ours - theirs).mean() < 20
    assert np.ptp(ours, axis=2).max() > 150
