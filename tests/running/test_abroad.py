"""What an agent says in other languages: a refusal without a no, an apology for what is over, questions, clicks."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

from dataclasses import fields

import pytest

from nemo_widgets.client import TextEvent, Transcript
from nemo_widgets.gui_talk import awaited
from nemo_widgets.phrasebook import LANGUAGES
from nemo_widgets.running.outcome import Timeline, answer_of, decide

SAYINGS = {
    # language: (what alone it can do, beyond that; sorry for the wait but done; a question, a demand; done)
    "en": ("I am only able to edit video.", "That is beyond what I do.", "Sorry for the wait - the intro is gone now.", "Which clip do you mean?", "Please specify the clip.", "I only cut the first clip."),
    "zh": ("抱歉，我只能剪辑视频。", "这不在我的能力范围内。", "抱歉让您久等了，片头已经删除。", "您想删除哪一段？", "请告诉我要剪掉哪一段。", "现在只能听到音乐了。"),
    "de": ("Ich kann nur Videos schneiden.", "Das liegt außerhalb meiner Möglichkeiten.", "Entschuldige die Wartezeit, das Intro ist jetzt weg.", "Welchen Clip meinst du?", "Bitte sag mir, welchen Clip du meinst.", "Ich habe nur den ersten Clip geschnitten."),
    "fr": ("Je peux seulement monter des vidéos.", "Cela dépasse mes capacités.", "Désolé pour l'attente, l'intro a disparu.", "Quel clip voulez-vous dire ?", "Veuillez préciser le clip.", "J'ai seulement coupé le premier clip."),
    "es": ("Solo puedo editar vídeos.", "Eso está fuera de mi alcance.", "Perdón por la espera, la intro ya no está.", "¿Qué clip quieres?", "Indícame el clip.", "Solo corté el primer clip."),
    "pt": ("Só posso editar vídeos.", "Isso está fora do meu alcance.", "Desculpe pela demora, a introdução saiu.", "Qual clipe você quer remover?", "Indique o clipe.", "Só cortei o primeiro clipe."),
    "it": ("Posso solo montare video.", "Questo va oltre le mie capacità.", "Scusa per l'attesa, l'intro non c'è più.", "Quale clip intendi?", "Indica il clip.", "Ho tagliato solo il primo clip."),
    "nl": ("Ik kan alleen video's bewerken.", "Dat valt buiten wat ik doe.", "Sorry voor het wachten, de intro is weg.", "Welke clip bedoel je?", "Geef aan welke clip het is.", "Ik heb alleen de eerste clip geknipt."),
    "sv": ("Jag kan bara redigera video.", "Det ligger utanför vad jag gör.", "Ursäkta för väntan, introt är borta nu.", "Vilken klipp menar du?", "Ange vilket klipp.", "Jag klippte bara den första."),
    "ru": ("Я могу только монтировать видео.", "Это выходит за рамки моих возможностей.", "Извините за ожидание, вступление убрано.", "Какой клип вы имеете в виду?", "Уточните, какой клип.", "Я вырезал только первый клип."),
    "uk": ("Я можу лише монтувати відео.", "Це виходить за межі моїх можливостей.", "Вибачте за очікування, вступ прибрано.", "Який кліп ви маєте на увазі?", "Уточніть, який кліп.", "Я вирізав лише перший кліп."),
    "pl": ("Mogę tylko montować wideo.", "To wykracza poza moje możliwości.", "Przepraszam za oczekiwanie, intro usunięte.", "Który klip masz na myśli?", "Proszę podać klip.", "Wyciąłem tylko pierwszy klip."),
    "cs": ("Umím jen stříhat video.", "To je mimo mé možnosti.", "Omlouvám se za zdržení, intro je pryč.", "Který klip myslíte?", "Upřesněte, který klip.", "Vystřihl jsem jen první klip."),
    "tr": ("Yalnızca video düzenleyebilirim.", "Bu, yeteneklerimin dışında.", "Özür dilerim, beklettim, giriş artık yok.", "Hangi klibi silmemi istersiniz?", "Lütfen klibi belirtin.", "Sadece ilk klibi kestim."),
    "ar": ("يمكنني فقط تحرير الفيديو.", "هذا خارج نطاق قدراتي.", "أعتذر عن التأخير، تمت إزالة المقدمة.", "أي مقطع تقصد؟", "يرجى تحديد المقطع.", "قصصت المقطع الأول فقط."),
    "vi": ("Tôi chỉ có thể chỉnh sửa video.", "Điều này nằm ngoài khả năng của tôi.", "Xin lỗi vì đã để bạn chờ, đoạn mở đầu đã được xóa.", "Bạn muốn xóa clip nào?", "Vui lòng cho tôi biết clip nào.", "Tôi đã cắt clip đầu tiên."),
    "id": ("Saya hanya bisa mengedit video.", "Itu di luar kemampuan saya.", "Maaf sudah menunggu lama, intronya sudah hilang.", "Klip yang mana?", "Mohon sebutkan klipnya.", "Saya hanya memotong klip pertama."),
    "th": ("ฉันสามารถตัดต่อวิดีโอเท่านั้น", "อยู่นอกเหนือความสามารถของฉัน", "ขออภัยที่ให้รอนาน ตัดอินโทรออกแล้ว", "คลิปไหน", "กรุณาระบุคลิป", "ฉันตัดคลิปแรกแล้ว"),
    "hi": ("मैं केवल वीडियो संपादित कर सकता हूँ।", "यह मेरी क्षमता से बाहर है।", "माफ़ करें, देरी हुई, परिचय हटा दिया गया है।", "आप किस क्लिप की बात कर रहे हैं?", "कृपया क्लिप बताएं।", "मैंने केवल पहला क्लिप काटा।"),
    "ja": ("動画の編集のみ対応しています。", "それは対応範囲外です。", "申し訳ありません、お待たせしました。イントロを削除しました。", "どのクリップですか？", "クリップを指定してください。", "最初のクリップだけカットしました。"),
    "ko": ("동영상 편집만 할 수 있습니다.", "제 능력 범위를 벗어납니다.", "오래 기다리게 해서 죄송합니다. 인트로를 삭제했습니다.", "어느 클립을 말씀하시나요?", "클립을 지정해 주세요.", "첫 클립만 잘랐습니다."),
}  # fmt: skip
CLICKS = {
    "pl": ("Kliknij „Potwierdź”, aby kontynuować.", "Kliknij Eksportuj."),
    "sv": ("Klicka på Bekräfta för att fortsätta.", "Klicka på Exportera."),
    "cs": ("Klikněte na Potvrdit.", "Klikněte na Exportovat."),
    "uk": ("Натисніть кнопку «Підтвердити».", "Натисніть «Експорт»."),
    "tr": ("Devam etmek için Onayla düğmesine tıklayın.", "Dışa aktar düğmesine tıklayın."),
    "ar": ("انقر على زر «تأكيد» للمتابعة.", "انقر على زر «تصدير»."),
    "vi": ("Vui lòng nhấp vào nút Xác nhận.", "Nhấp vào nút Xuất."),
    "id": ("Klik tombol Konfirmasi untuk melanjutkan.", "Klik tombol Ekspor."),
    "th": ("กรุณาคลิกปุ่ม “ยืนยัน” เพื่อดำเนินการต่อ", "คลิกปุ่ม “ส่งออก”"),
    "hi": ("जारी रखने के लिए पुष्टि करें बटन पर क्लिक करें।", "निर्यात बटन पर क्लिक करें।"),
}  # fmt: skip
CLOSING = {
    "pl": "Czy mogę w czymś jeszcze pomóc?",
    "sv": "Kan jag hjälpa dig med något mer?",
    "cs": "Mohu vám ještě s něčím pomoci?",
    "uk": "Чи можу я ще чимось допомогти?",
    "tr": "Başka bir isteğiniz var mı?",
    "ar": "هل تريد أي شيء آخر؟",
    "vi": "Bạn có cần gì nữa không?",
    "id": "Apakah ada lagi?",
    "th": "มีอะไรให้ช่วยอีกไหม",
    "hi": "क्या आप कुछ और चाहते हैं?",
}


def told(said, timeline=Timeline.UNCHANGED):
    """The outcome of an edit that was answered so."""
    transcript = Transcript()
    transcript.feed(TextEvent(said))
    answer = answer_of(transcript, None, marked=True)
    return answer.value, decide(answer, timeline)


def test_every_language_has_all_of_it():
    """No language has refusals alone: each has questions, clicks, limits and apologies, and is in the table here."""
    assert set(SAYINGS) == {"en", "zh", *LANGUAGES}
    for name, language in LANGUAGES.items():
        refusals = language.refusals
        assert refusals.limits or refusals.limits_end, name
        assert refusals.apologies, name
        assert refusals.but, name
        assert language.questions.asks, name
        assert language.questions.tells, name
        assert language.questions.closes, name
        for press in language.presses:
            assert press.declines, name
            assert set(press.declines.split("|")) <= set(press.words.split("|")) | {r"отмен\w+"}, name
        assert all(
            getattr(language.presses[0], f.name)
            for f in fields(language.presses[0])
            if f.name in ("cue", "pays", "deletes", "words")
        ), name


@pytest.mark.parametrize("language", SAYINGS)
def test_an_answer_is_understood_in_its_language(language):
    """A limit is a refusal; an apology for what is over is none; a question and a demand wait for the user."""
    limit, beyond, sorry, question, demand, done = SAYINGS[language]
    assert told(limit) == ("refusal", "refused")
    assert told(beyond) == ("refusal", "refused")
    assert told(sorry, Timeline.CHANGED) == ("whole", "done")
    assert told(sorry) == ("whole", "done")
    assert told(question) == ("asks", "asked")
    assert told(demand) == ("asks", "asked")
    assert told(done) == ("whole", "done")
    assert told(limit, Timeline.CHANGED)[1] == "done"


@pytest.mark.parametrize("language", CLOSING)
def test_a_polite_end_asks_for_nothing(language):
    """Whoever offers more help waits for no answer."""
    assert told(CLOSING[language]) == ("whole", "done")


@pytest.mark.parametrize("language", CLICKS)
def test_a_click_is_asked_for_in_any_language(language):
    """A button that goes on is a question with that choice; a command's button, or what is quoted, is none."""
    asks, command = CLICKS[language]
    click = awaited(asks, changed=False)
    assert click is not None
    assert len(click.words) == 1
    assert click.words[0] in asks
    assert awaited(asks, changed=True) is None
    assert awaited(command, changed=False) is None
    for quoted in (f"X: „{asks}”", f"> {asks}", f"`{asks}`"):
        assert awaited(quoted, changed=False) is None


@pytest.mark.parametrize(
    "said",
    [
        "I'm only able to trim clips.",
        "I am just a video editor.",
        "This tool just handles video.",
        "The assistant only supports MP4.",
        "My abilities are limited to cutting.",
        "That goes beyond what I can offer.",
        "What you're asking for is outside my scope.",
        "That needs another tool.",
        "You'll have to do that in another app.",
        "Only cuts are possible.",
        "Sorry, that one is for another program.",
        "Unfortunately only cuts work here.",
        "Sorry for the wait, but I can't remove backgrounds.",
        "Sorry about the confusion. This tool only handles video.",
        "Entschuldige die Wartezeit, aber ich kann das nicht.",
        "Désolé pour l'attente, mais je ne peux pas faire cela.",
        "抱歉让您久等了，但是我无法完成。",
        "抱歉，刚才的操作失败了。",
        "本工具仅支持视频剪辑。",
        "目前只支持剪辑视频。",
        "建议您使用其他软件。",
        "很遗憾，这个做不了。",
        "抱歉，我只會剪輯影片。",
    ],
)
def test_a_refusal_needs_no_negation(said):
    """Who names only what alone can be done has refused, behind an apology for something else, too."""
    assert told(said) == ("refusal", "refused")


@pytest.mark.parametrize(
    "said",
    [
        "Sorry for the wait - the intro is gone now.",
        "Sorry about that! The title is fixed.",
        "Sorry, that took a while: the intro is gone.",
        "Apologies for the delay. I cut the first second.",
        "I apologize for the confusion earlier; it is all 10 s long.",
        "I only cut the first clip.",
        "I just trimmed the first second.",
        "The tool just finished.",
        "It only takes a second.",
        "This version only has one clip.",
        "不好意思，让您久等了，已经剪好了。",
        "对不起，刚才弄错了，现在已经改好了。",
        "我只剪了第一段。",
        "现在画面里只能看到他一个人。",
    ],
)
def test_an_apology_or_a_limit_of_the_film_refuses_nothing(said):
    """An apology for what is over, and words on how little was cut or is seen, say nothing of a refusal."""
    assert told(said) == ("whole", "done")
