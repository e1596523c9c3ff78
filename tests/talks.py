"""What is said in subtitles of many languages, and the encodings that these are written in."""

from __future__ import annotations

WEST = "cp1252 mac_roman cp850 iso8859_15"
CENTRE = "cp1250 iso8859_2 cp852 mac_latin2"
CYRILLIC = "cp1251 koi8_r cp866 iso8859_5 mac_cyrillic"
BALTIC = "cp1257 iso8859_13 cp775"
TALKS = {
    "French": (WEST + " cp437", (
        "Bonjour à tous, ça va bien aujourd'hui ?", "Où étiez-vous hier ? Nous vous avons cherché.",
        "Le garçon a été très gêné par la fenêtre.", "C'est l'été, la forêt est déjà brûlante.",
    )),
    "German": (WEST + " cp437", (
        "Schöne Grüße aus München!", "Ich weiß nicht, was das für ein Gebäude ist.",
        "Wir müssen später darüber sprechen.", "Können Sie mir helfen? Natürlich, für Sie immer.",
    )),
    "Spanish": (WEST + " cp437", (
        "¿Dónde está el niño?", "Mañana será otro día, señor.", "¡Qué lástima! No lo sé todavía.",
        "El avión llegó después de la reunión.",
    )),
    "Portuguese": (WEST + " cp860", (
        "Você não está aqui, não é?", "A informação é muito importante para nós.",
        "Amanhã vou à praia com a minha irmã.", "O coração do país também é o nosso.",
    )),
    "Italian": (WEST + " cp437", (
        "Perché non è venuto più?", "La città è bella e c'è il sole.",
        "Così va bene, però non è la verità.", "Martedì o venerdì, non lo so già più.",
    )),
    "Swedish": (WEST + " cp437", (
        "Hur mår du? Jag är mycket trött i dag.", "Vi får se vad som händer på måndag.",
        "Det är så här det går till på Åland.", "Kan du hjälpa mig att hitta hem?",
    )),
    "Danish": (WEST, (
        "Hvor er du på vej hen? Jeg går hjem.", "Det er ikke så nemt at gøre det rigtigt.",
        "Vi ses på søndag, så kan vi spise æbler.", "Jeg ved ikke, hvad der sker på øen.",
    )),
    "Finnish": (WEST + " cp437", (
        "Hyvää päivää, mitä kuuluu?", "Minä en tiedä, mitä täällä tapahtuu.",
        "Tämä on hyvä elämä, eikö niin?", "Hän lähti jo pois eikä ole enää täällä.",
    )),
    "Polish": (CENTRE, (
        "Cześć, jak się masz?", "Dziś porozmawiamy o tym, jak się robi filmy.",
        "Żółć, gęś i jaźń są trudne do powiedzenia.", "Nie wiem, czy on już przyszedł, może później.",
    )),
    "Czech": (CENTRE, (
        "Dobrý den, přátelé, jak se máte?", "Příliš žluťoučký kůň úpěl ďábelské ódy.",
        "Nevím, jestli už přišel, možná později.", "Děkuji, to je všechno, co jsem chtěl říct.",
    )),
    "Slovak": (CENTRE, (
        "Dobrý deň, priatelia, ako sa máte?", "Neviem, či už prišiel, možno neskôr.",
        "Ďakujem, to je všetko, čo som chcel povedať.", "Môžeš mi pomôcť nájsť ľahšiu cestu?",
    )),
    "Hungarian": (CENTRE, (
        "Jó napot, hogy vagy? Köszönöm, jól.", "Őrült nagy űrhajó szállt le a mezőre.",
        "Nem tudom, hogy mit csináljak most.", "Az idő szép, és a gyerekek örülnek a tónál.",
    )),
    "Romanian": ("cp1250 iso8859_2 cp852", (
        "Bună ziua, ce mai faci? Mulţumesc, bine.", "Nu ştiu dacă a venit sau nu, poate mai târziu.",
        "Aceasta este ţara în care m-am născut.", "Vreau să vorbim despre viaţă şi despre dragoste.",
    )),
    "Romanian of today": ("mac_romanian", (
        "Bună ziua, ce mai faci? Mulțumesc, bine.", "Nu știu dacă a venit sau nu, poate mai târziu.",
        "Aceasta este țara în care m-am născut.", "Vreau să vorbim despre viață și despre dragoste.",
    )),
    "Croatian": (CENTRE + " mac_croatian", (
        "Dobar dan, kako ste? Što žele ovi ljudi?", "Ne znam je li već došao, možda kasnije će.",
        "Čini se da će sve biti u redu, žao mi je.", "Kuća je na brežuljku, a rijeka je niže.",
    )),
    "Turkish": ("cp1254 iso8859_9 cp857 mac_turkish", (
        "Günaydın, nasılsın? İyiyim, teşekkür ederim.", "Bugün nasıl film yapıldığını konuşacağız.",
        "Bilmiyorum, şimdi gelmiş olabilir mi?", "Çok güzel bir gün, değil mi arkadaşım?",
    )),
    "Icelandic": ("cp1252 mac_iceland cp850 cp861", (
        "Góðan daginn, hvað segir þú gott?", "Ég veit ekki hvað það er sem þú átt við.",
        "Við erum á leið heim að borða.", "Það er allt í lagi með þig, sagði hún.",
    )),
    "Greek": ("cp1253 iso8859_7 cp737 cp869 mac_greek", (
        "Καλημέρα σας, τι κάνετε σήμερα;", "Δεν ξέρω τι να σου πω για αυτό.",
        "Σήμερα θα μιλήσουμε για το πώς γίνονται οι ταινίες.", "Είναι πολύ αργά και πρέπει να φύγω.",
    )),
    "Russian": (CYRILLIC, (
        "Добрый день, друзья, как ваши дела?", "Сегодня мы поговорим о том, как делать фильмы.",
        "Я не знаю, где он был вчера вечером.", "Это всё, что я хотел вам сказать. Спасибо!",
    )),
    "Ukrainian": ("cp1251 koi8_u iso8859_5 cp1125 mac_cyrillic", (
        "Доброго дня, друзі, як ваші справи?", "Сьогодні ми поговоримо про те, як роблять фільми.",
        "Я не знаю, де він був учора ввечері.", "Це все, що я хотів вам сказати. Дякую, їдьмо!",
    )),
    "Bulgarian": (CYRILLIC, (
        "Добър ден, приятели, как сте?", "Днес ще говорим за това как се правят филми.",
        "Не знам къде беше той снощи.", "Това е всичко, което исках да ви кажа.",
    )),
    "Serbian": ("cp1251 iso8859_5 mac_cyrillic cp855", (
        "Добар дан, пријатељи, како сте?", "Данас ћемо говорити о томе како се праве филмови.",
        "Не знам где је он био синоћ.", "То је све што сам хтео да вам кажем, хвала.",
    )),
    "Hebrew": ("cp1255 iso8859_8 cp862", (
        "שלום לכולם, מה שלומכם היום?", "היום נדבר על איך עושים סרטים.",
        "אני לא יודע איפה הוא היה אתמול.", "זה כל מה שרציתי להגיד לכם, תודה.",
    )),
    "Arabic": ("cp1256 iso8859_6", (
        "مرحبا بكم، كيف حالكم اليوم؟", "اليوم سنتحدث عن كيفية صناعة الأفلام.",
        "أنا لا أعرف أين كان أمس في المساء.", "هذا كل ما أردت أن أقوله لكم، شكرا.",
    )),
    "Thai": ("cp874 tis_620 iso8859_11", (
        "สวัสดีครับเพื่อนๆ สบายดีไหม", "วันนี้เราจะพูดถึงวิธีการทำภาพยนตร์",
        "ผมไม่รู้ว่าเมื่อวานเขาอยู่ที่ไหน", "นี่คือทั้งหมดที่ผมอยากบอกคุณ ขอบคุณครับ",
    )),
    "Vietnamese": ("cp1258", (
        "Chào các bạn, hôm nay bạn có khỏe không?", "Tôi không biết anh ấy ở đâu tối hôm qua.",
        "Hôm nay chúng ta sẽ nói về cách làm phim.", "Đó là tất cả những gì tôi muốn nói với bạn.",
    )),
    "Estonian": (BALTIC + " iso8859_15", (
        "Tere päevast, kuidas sul läheb?", "Ma ei tea, kus ta eile õhtul oli.",
        "Täna räägime sellest, kuidas filme tehakse.",
        "See on kõik, mida ma öelda tahtsin, aitäh, žürii.",
    )),
    "Latvian": (BALTIC, (
        "Labdien, draugi, kā jums klājas?", "Es nezinu, kur viņš bija vakar vakarā.",
        "Šodien mēs runāsim par to, kā top filmas.", "Tas ir viss, ko es gribēju jums pateikt, paldies.",
    )),
    "Lithuanian": (BALTIC, (
        "Laba diena, draugai, kaip jums sekasi?", "Aš nežinau, kur jis buvo vakar vakare.",
        "Šiandien kalbėsime apie tai, kaip kuriami filmai.",
        "Tai viskas, ką norėjau jums pasakyti, ačiū.",
    )),
    "Japanese": ("cp932 euc_jp iso2022_jp", (
        "こんにちは、皆さん、お元気ですか。",
        "今日は映画の作り方についてお話しします。",
        "昨日の夜、彼がどこにいたのか分かりません。",
        "以上です。ありがとうございました。",
    )),
    "Korean": ("cp949 euc_kr iso2022_kr", (
        "안녕하세요, 여러분. 잘 지내셨어요?",
        "오늘은 영화를 만드는 방법에 대해 이야기하겠습니다.",
        "어젯밤에 그가 어디에 있었는지 모르겠어요.",
        "제가 하고 싶은 말은 이게 다예요. 감사합니다.",
    )),
    "simplified Chinese": ("gb18030 gbk gb2312 hz", (
        "大家好，你们今天怎么样？",
        "今天我们来谈谈怎么制作电影。",
        "我不知道他昨天晚上在哪里。",
        "这就是我想对你们说的，谢谢。",
    )),
    "traditional Chinese": ("big5 big5hkscs gb18030", (
        "大家好，你們今天怎麼樣？",
        "今天我們來談談怎麼製作電影。",
        "我不知道他昨天晚上在哪裡。",
        "這就是我想對你們說的，謝謝。",
    )),
}  # fmt: skip
"""By language: what it is written in, and what is said."""
