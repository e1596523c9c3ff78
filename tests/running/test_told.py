"""What an answer in plain words says where nothing changed: it asks, it has failed, or it answers."""

from __future__ import annotations

import pytest

from nemo_widgets.client import TextEvent, Transcript
from nemo_widgets.running.asking import asked_in_words
from nemo_widgets.running.outcome import Timeline, answer_of, decide

AT_WORK = """\
Working on it!
On it! This may take a moment…
I've queued your edit. It'll appear in the timeline shortly.
Generating… 45%
⏳ Still working on your video. I'll let you know when it's done.
I'm generating the clip. It will take a few minutes.
正在处理，请稍候……
好的，正在为您剪辑视频，请耐心等待。
剪辑已提交，预计需要2分钟。
处理中..."""
ASKED = """\
Apply?
Shall we?
Good to go?
Can I get a yes?
要应用吗？
Which clip do you mean?
I found three clips. Which one should I delete?
What should the title say?
How long should the fade be?
Do you want me to proceed?
I will delete clip 2. Do you want me to proceed?
Shall I go ahead?
I found 3 pauses. Would you like me to remove them?
Are you sure?
Did you mean the second clip?
Reply YES and I'll delete it.
Let me know which part to cut.
Please specify the start and end times.
Could you tell me where it begins?
I need more details about the cut.
To be sure: which clip do you mean?
您想删除哪一段？
请问您要删除哪个片段？
我将删除第二段，是否继续？
确定要删除吗？
请告诉我要剪掉哪一段。
需要您的确认。
可以开始了吗？
您希望标题写什么？
Welchen Clip meinst du?
Ich habe drei Clips gefunden. Welchen soll ich löschen?
Soll ich fortfahren?
Bitte sag mir, welchen Clip du meinst.
Quel clip voulez-vous dire ?
Voulez-vous que je continue ?
Veuillez préciser le clip.
¿Qué clip?
¿Quieres que continúe?
Qual clipe você quer remover?
Devo continuar?
Quale clip intendi?
Vuoi che continui?
Welke clip bedoel je?
Zal ik doorgaan?
Какой клип вы имеете в виду?
Продолжить?
どのクリップですか
どのクリップを削除しますか？
続けてもよろしいですか？
어느 클립을 말씀하시나요?
계속할까요?
您想刪除哪一段？
確定要刪除嗎？
請告訴我要剪掉哪一段。
你想要哪一個片段？
要繼續嗎？
是否繼續？
標題要寫什麼？"""
REFUSED = """\
The operation failed.
Error: could not process the clip.
Failed to cut the clip.
Unable to complete the request.
Something went wrong while cutting. Please try again later.
There was an error processing your request.
I ran into a problem.
The clip could not be processed.
You've run out of credits.
Please upload a video first.
It seems there is no second clip.
I only edit videos; I can't book flights.
操作失败，请稍后重试。
出错了，请重试。
系统繁忙，请稍后再试。
请先上传视频。
积分不足。
似乎没有第二段。"""
DONE = """\
It lasts 10 s. Anything else?
The film has 3 clips. What else can I do for you?
There are no pauses. Would you like me to add music?
Let me know if you need anything else!
Let me know what you think!
Feel free to ask if you have any questions.
Done! Is there anything else you'd like to change?
The title now asks “Which clip?”.
I cut the part where she asks “Shall I go ahead?”.
The first clip shows how the operation failed.
The error message at 0:10 is gone.
You can upload more clips at any time.
Your video has 2 clips and 1 title.
It lasts 10 s.
I cut the first second.
The second clip is the one in which he failed to stop.
What is a jump cut? It is a cut within one shot.
There is no music to remove. Nothing was changed.
I found no pauses.
How does that look?
Happy to help! Tell me anything else you want.
The clip starts at 0:05. Does that help?
All three clips are 10 s long. Do you have any questions?
The longest one is clip 2: it shows which way they went.
Choosing a font is up to you.
Hello! I can cut, join and title your clips.
The beach comes first. Sounds good?
She says: let me know which part to cut, at 0:30.
成片时长 10 秒。还需要别的吗？
一共有三个片段。
已删除第二段。您觉得怎么样？
还有什么可以帮您的吗？
如有其他问题，请告诉我。
标题是“您想删除哪一段？”。
没有找到停顿。
第二段讲的是操作失败的原因。
如果需要其他修改，请告诉我。
视频共 10 秒，随时可以导出。
这段讲的是出错了怎么办。
我已经把片头剪好了，喜欢吗？
素材里有两段海边的画面。
Das Video ist 10 Sekunden lang. Sonst noch etwas?
Kann ich noch etwas für dich tun?
Der Titel lautet „Welchen Clip meinst du“.
Ich habe den Clip entfernt. Gefällt es dir?
La vidéo dure 10 s. Autre chose ?
Puis-je vous aider avec autre chose ?
Listo. ¿Algo más?
¿Te gusta?
Pronto. Mais alguma coisa?
Fatto. Vuoi altro?
Klaar. Nog iets?
Готово. Что-нибудь ещё?
Могу ли я чем-то ещё помочь?
動画は10秒です。他に何かありますか？
いかがですか？
영상은 10초입니다. 더 필요하신 것이 있나요?
De film is klaar.
Wo die Pause war, ist jetzt ein Schnitt.
Quand il parle, la musique baisse.
Que bonito clip.
最初の1秒をカットしました。
The film is here, e.g. at 0:10.
That is what it shows.
现在没有音乐。"""


DONE += """
Editing is fun.
Processing is done: I removed it.
This will take effect after the export.
The clip was submitted by Ann.
Sure!
已完成剪辑。"""


def told(said: str, timeline: Timeline) -> str:
    """The outcome of an edit that was answered so."""
    transcript = Transcript()
    transcript.feed(TextEvent(said))
    return decide(answer_of(transcript, None, marked=True), timeline)


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (said, outcome)
        for outcome, table in (("not done", AT_WORK), ("asked", ASKED), ("refused", REFUSED), ("done", DONE))
        for said in table.splitlines()
    ],
)
def test_words_are_understood_where_nothing_changed(said: str, outcome: str) -> None:
    """A question waits for its answer, failures and work that goes on are no edit; an answer is done."""
    assert told(said, Timeline.UNCHANGED) == outcome
    assert told(said, Timeline.CHANGED) == "done"


def test_the_question_is_the_agents_own_sentence() -> None:
    """What is asked is the sentence that asks it, whatever list stands below it."""
    said = "I found three.\n\n**Which one do you mean?**\n\n1. beach\n2. talk\n3. end"
    assert asked_in_words(said) == "Which one do you mean?"
