"""The words by which an agent refuses in languages other than English and Chinese, as data.

Each language has what a sentence begins with that says no, what says so at the end where the verb stands there,
what says that nothing was changed, and what says, at either place, that there was nothing to do.
"""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line; other scripts are meant

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Refusals", "abroad"]


@dataclass(frozen=True, slots=True)
class Refusals:
    """How a language says no; regular expressions without regard to case, "" where it has none."""

    begins: str
    ends: str = ""
    untouched: str = ""
    nothing_to_do: str = ""
    nothing_ends: str = ""


_LANGUAGES = {
    "de": Refusals(
        r"(?:(?:es )?tut mir (?:sehr |wirklich )?leid|entschuldig\w*|verzeihung|sorry|leider|bedauerlicherweise)\b"
        r"|(?:das |dies |dieses |hier |so )?(?:kann|konnte|können|konnten|vermag) (?:ich|wir)\b[^,;:]*\b(?:nicht|kein\w*)\b"
        r"|(?:ich|wir) (?:kann|konnte|können|konnten|vermag) [^,;:]*\b(?:nicht|kein\w*)\b"
        r"|(?:ich|wir) (?:bin|war|sind|waren) (?:leider )?nicht (?:in der lage|imstande|fähig)\b"
        r"|(?:ich|wir) (?:habe|haben) [^,;:]*\bnicht (?:ganz |richtig )?verstanden\b|(?:ich|wir) versteh\w* [^,;:]*nicht\b"
        r"|(?:das|dies\w*|es)(?: [\w-]+){0,3} (?:geht|klappt|funktioniert) (?:hier |leider |so )*nicht\b"
        r"|(?:das|dies\w*|es)(?: [\w-]+){0,3} (?:ist|wird)(?: [\w-]+)? nicht (?:möglich|unterstützt|verfügbar|erlaubt)\b"
        r"|(?:fehler|fehlgeschlagen)\s*:|(?:es|dabei|hier) (?:ist|trat|gab) (?:ein|einen) (?:\w+ )?fehler\b"
        r"|(?:der|die|das) [\w-]+ ist fehlgeschlagen\b|(?:(?:das|dies\w*|die anfrage) )?(?:verstößt|widerspricht|verletzt)\b"
        r"|(?:der|die|das) [\w-]+ (?:(?:konnte|kann|können|konnten)n? [^,;:]*\bnicht [^,;:]*\bwerden|wurden? (?:leider )?nicht (?!gefunden)\w+)\b|(?:ich|das) (?:werde|mache) (?:ich )?(?:das )?nicht\b"
        r"|(?:bitte )?(?:melde|melden|logge) (?:dich|sie sich) (?:bitte )?(?:zuerst |erst )?(?:an|ein)\b|(?:ihr|dein) [\w-]+ enthält kein",
        untouched=r"(?:es )?wurde(?:n)? (?:nichts|keine änderungen?)\b|nichts wurde geändert|keine änderung",
        nothing_to_do=r"(?:ich|wir) (?:habe|haben|fand|konnte) [^,;:]*\bkein\w* [^,;:]*(?:gefunden|finden)\b"
        r"|es (?:gibt|gab) (?:hier )?kein\w*\b|(?:das|es|er|sie) (?:ist|war) (?:schon|bereits)\b",
    ),
    "fr": Refusals(
        r"(?:je suis |nous sommes )?(?:vraiment |sincèrement )?(?:désolée?s?|navrée?s?)\b|(?:excusez|pardon|malheureusement)\b"
        r"|(?:je|nous) (?:ne |n['’])(?:peux|pouvons|puis|parviens|parvenons|comprends|sais|arrive|prends)\b"
        r"|(?:je|nous) (?:ne |n['’])(?:suis|sommes) (?:pas |actuellement pas )(?:en mesure|capables?)\b"
        r"|(?:je|nous) n['’](?:ai|avons) pas (?:pu|compris|réussi|bien compris|la possibilité|les outils)\b"
        r"|(?:il|ce|cela|ça|c['’]) ?(?:ne m['’]est|n['’]est|m['’]est|est) (?:pas |malheureusement )*(?:impossible|possible de|pas possible)\b"
        r"|(?:ce|cela|ça) n['’]est (?:malheureusement |actuellement )?pas (?:possible|pris en charge|disponible|permis)\b"
        r"|cette (?:fonction\w*|opération|action) n['’]est\b|impossible (?:de|d['’])|erreur\s*:|échec\b"
        r"|une erreur (?:est survenue|s['’]est produite)\b|(?:(?:cela|ceci|ça|votre demande) )?(?:enfreint|viole|contrevient)\b"
        r"|(?:le|la|l['’]|les|cette|ce) ?[\w-]+ n['’](?:(?:a|ont) (?:pas )?pu|(?:est|sont) (?:actuellement |malheureusement )?pas (?:disponible|possible|pris|autoris|permis))|(?:je|nous) (?:refuse|dois refuser)\b"
        r"|(?:veuillez |vous devez )(?:d['’]abord )?(?:vous connecter|vous identifier)\b",
        untouched=r"(?:aucune modification|aucun changement|rien n['’]a été (?:modifié|changé))\b",
        nothing_to_do=r"(?:je|nous) n['’](?:ai|avons) (?:trouvé|détecté) aucune?\b|aucune? [^,;:]* n['’]a été (?:trouvée?|détectée?)\b"
        r"|il n['’]y a (?:pas|aucune?)\b|(?:c['’]est|il est|elle est) déjà\b",
    ),
    "es": Refusals(
        r"(?:lo (?:siento|lamento)|perd[oó]n|disculpa|disculpe|lamentablemente|desafortunadamente|por desgracia)\b"
        r"|(?:yo )?no (?:puedo|pude|podemos|pudimos|he podido|logr[eé]|soy capaz|entiendo|entend[ií]|he entendido|comprendo|s[eé] c[oó]mo)\b"
        r"|no tengo (?:la (?:capacidad|posibilidad)|forma|manera|herramientas)\b"
        r"|no (?:es posible|se puede|se pudo|fue posible|est[aá] (?:disponible|permitido)|se admite|es compatible)\b"
        r"|(?:esto|eso|esta funci[oó]n|esa funci[oó]n|la operaci[oó]n) no (?:es posible|est[aá]|se puede|se pudo|se admite)\b"
        r"|error\s*:|(?:ha ocurrido|ocurri[oó]|se produjo|se ha producido|hubo) un (?:\w+ )?(?:error|problema)\b|(?:la operaci[oó]n )?fall[oó]\b"
        r"|(?:(?:eso|esto|su solicitud|tu solicitud) )?(?:infringe|viola|incumple)\b|(?:el|la|los|las) \w+ no (?:(?:se )?(?:pudo|pudieron|puede)\b(?! (?:o[ií]r|ver|escuchar))|est[aá]n? (?:disponible|permitid))"
        r"|(?:debes?|tienes? que|por favor,? )(?:primero )?iniciar? sesi[oó]n\b|no (?:har[eé]|voy a hacer) eso\b",
        untouched=r"no se (?:hizo|ha hecho|realiz[oó]|realizaron|ha cambiado|cambi[oó]|modific[oó])\b|no (?:hice|hay) (?:ning[uú]n )?cambios?",
        nothing_to_do=r"no (?:encontr[eé]|he encontrado|se encontr\w+|hab[ií]a|hay|detect[eé])\b|ya (?:est[aá]|es|era)\b",
    ),
    "pt": Refusals(
        r"(?:(?:me )?desculp[ea]|lamento|sinto muito|infelizmente|perd[aã]o)\b"
        r"|(?:eu )?não (?:posso|pude|consigo|consegui|podemos|entendo|entendi|compreendo|compreendi|sei como|sou capaz)\b"
        r"|não tenho (?:como|a capacidade|ferramentas)\b|não (?:é|foi|será) possível\b|não (?:dá para|há como)\b"
        r"|(?:isso|isto|esta? fun\w+|essa? fun\w+|a operação) não (?:é|está|pode|foi)\b"
        r"|(?:erro|falha)\b\s*:?|(?:ocorreu|houve|aconteceu) um (?:\w+ )?(?:erro|problema)\b|a operação falhou\b",
        untouched=r"nenhuma (?:alteração|mudança)\b|nada foi (?:alterado|mudado|modificado)\b",
        nothing_to_do=r"não (?:encontrei|há|havia|detect\w+|foram? encontrad\w+)\b|já (?:está|é|era)\b",
    ),
    "it": Refusals(
        r"(?:mi dispiace|scus\w+|purtroppo|sono spiacente)\b"
        r"|non (?:posso|riesco|sono riuscit[oa]|sono in grado|ho (?:capito|potuto)|capisco|so come|possiamo)\b"
        r"|(?:non è|questo non è|questa funzione non è) (?:possibile|supportat[oa]|disponibile)\b|impossibile\b"
        r"|errore\s*:|si è verificato un (?:\w+ )?(?:errore|problema)\b",
        untouched=r"(?:non è stata apportata )?nessuna modifica\b|non è stato modificato nulla\b",
        nothing_to_do=r"non (?:ho trovato|ci sono|c['’]è|è stat\w trovat\w)\b|(?:è|era) già\b",
    ),
    "nl": Refusals(
        r"(?:sorry|helaas|het spijt (?:me|mij|ons)|excuses)\b"
        r"|(?:ik|wij|we|dat|dit) (?:kan|kon|kunnen|konden) [^,;:]*\b(?:niet|geen)\b|(?:dat|dit) kan (?:helaas )?niet\b"
        r"|(?:ik|we) (?:begrijp|begreep|snap) [^,;:]*niet\b|(?:ik|we) (?:ben|zijn) niet in staat\b"
        r"|(?:dat|dit|deze functie) (?:is|wordt) (?:helaas )?niet (?:mogelijk|ondersteund|beschikbaar)\b"
        r"|fout\s*:|er (?:is|ging|trad) [^,;:]*\b(?:fout|mis)\b",
        untouched=r"er is niets (?:gewijzigd|veranderd)\b",
        nothing_to_do=r"(?:ik|we) (?:heb|hebben|vond) [^,;:]*\bgeen [^,;:]*\b|er (?:is|zijn|was|waren) geen\b",
    ),
    "ru": Refusals(
        r"(?:извините|простите|прошу прощения|приношу извинения|к сожалению|сожалею|увы)\b"
        r"|(?:(?:я|мы|мне) )?(?:пока |сейчас )?не (?:могу|можем|смог|смогла|смогли|умею|умеем|понял|поняла|понимаю|удалось|удаётся|удается)\b"
        r"|(?:это|так|данная функция|эта функция)? ?(?:пока |сейчас )?(?:невозможно|не поддерживается|недоступн[оаы]|не получится|нельзя)\b"
        r"|ошибка\b|(?:произошла|возникла) [а-яё ]*(?:ошибка|проблема)\b|(?:операция|запрос) [а-яё ]*не (?:выполнен|удал)",
        untouched=r"(?:ничего не (?:было )?изменен[оы]|ничего не изменилось|изменений не (?:внесено|было))",
        nothing_to_do=r"(?:я )?не (?:наш[её]л|нашла|обнаруж\w+|найден\w*)\b|[а-яё ]*не (?:найден[оыа]?|обнаружен[оыа]?)\b|(?:это |он[оаи]? )?уже\b",
    ),
    "ja": Refusals(
        r"(?:大変)?(?:申し訳|すみません|すいません|ごめんなさい|恐れ入りますが|残念ながら|あいにく)",
        ends=r"(?<!もう)(?<!これ以上)(?:でき|出来)(?:ません|かねます|ない)(?:でした)?"
        r"|(?:対応|サポート)(?:して|されて)(?:い)?(?:ません|ない)|(?:理解|把握)できません(?:でした)?"
        r"|(?:わかり|分かり)(?:ません(?:でした)?|かねます)|失敗しました|(?:エラー|問題)が(?:発生|起き|起こり)(?:し)?ました"
        r"|不可能です|利用できません",
        untouched="(?:何も)?変更(?:は|を)?(?:され|行われ|加え|して)(?:てい|い)?ません|何も変わって",
        nothing_ends="(?:見つかり|見当たり|あり|検出され)ません(?:でした)?",
    ),
    "ko": Refusals(
        r"(?:정말 )?(?:죄송|미안|유감|안타깝게도|아쉽게도)",
        ends=r"(?:수|수가|수는) ?없(?:습니다|어요|네요|었습니다|었어요)|(?<!찾지 )(?<!찾지)못 ?(?:했|합)(?:습니다|니다|어요)"
        r"|(?:지원하지|지원되지) (?:않습니다|않아요)|불가능(?:합니다|해요)|(?:할 줄 )?모르겠(?:습니다|어요)"
        r"|실패했(?:습니다|어요)|(?:오류|문제)가 (?:발생|생겼)\w*",
        untouched=r"(?:아무것도 )?(?:변경|바뀐|수정)\w*(?: 것은| 사항이| 것이|되지)? ?(?:없습니다|않았습니다)",
        nothing_ends=r"(?:찾지 못했|발견되지 않았|찾을 수 없|(?<!수 )없)(?:습니다|어요|었습니다)",
    ),
    "pl": Refusals(
        r"(?:przepraszam|przykro mi|niestety|wybacz)\b"
        r"|(?:tego |ja )?nie (?:mogę|mogłem|mogłam|możemy|potrafię|umiem|rozumiem|zrozumiał[ea]m|jestem w stanie|udało się|da się|można)\b"
        r"|(?:to|ta \w+|ten \w+|tego)(?: \w+)? nie (?:jest (?:możliw|obsług|dostęp|dozwol)|da się\b|można\b|działa\b)|(?:to )?niemożliwe\b|błąd\b|(?:wystąpił|pojawił się) (?:\w+ )?(?:błąd|problem)\b",
        untouched=r"(?:nic nie (?:zostało )?zmienion|nie wprowadzono)",
        nothing_to_do=r"(?:przepraszam, |niestety )?nie (?:znala\w+|wykry\w+|było|ma(?! możliwości))\b",
    ),
    "tr": Refusals(
        r"(?:üzgünüm|maalesef|ne yazık ki|özür dilerim|kusura bakma\w*)\b|(?:bir )?hata (?:oluştu|:)|anlamadım|anlayamadım",
        ends=r"(?:am[ıi]yor(?:um|uz)?|em[ıi]yor(?:um|uz)?|(?:y?ama|y?eme)(?:m|yız|yiz|d[ıi]m|d[ıi]k)|desteklen?miyor(?:uz|um)?|"
        r"(?:mümkün|kullanılabilir|mevcut) değil(?:dir)?|(?:yapıla|ekleneme|yapılama|eklene)m[ae]?d[ıi]|başarısız oldu|anlamadım)",
        untouched=r"hiçbir (?:şey|değişiklik) ",
        nothing_ends=r"(?:bulamad[ıi](?:m|k)|bulunamad[ıi]|bulunmuyor|yok)",
    ),
    "ar": Refusals(
        r"(?:عذر[اًا]+|آسف|أعتذر|نعتذر|للأسف|معذرة)|(?:أنا |نحن )?(?:لا|لم|لن) (?:أستطيع|نستطيع|يمكن\w*|أتمكن|نتمكن|أفهم|أقدر|ندعم|أستطع|يتم|يُمكن\w*)"
        r"|(?:هذ[هاِ]+ |تلك )?(?:ال\w+ )?(?:غير (?:متاحة?|ممكنة?|مدعومة?|مسموح\w*)|ليست? (?:متاح\w*|ممكن\w*|مدعوم\w*))|تعذ[ّ]?ر|حدث خطأ|فشل",
        untouched="(?:لم يتغير شيء|لم يتم (?:تغيير|إجراء) أي)",
        nothing_to_do="(?:عذر[اًا]+،? )?لم (?:أجد|أعثر|يتم العثور|نجد|أعثر)|لا (?:يوجد|توجد) ",
    ),
    "vi": Refusals(
        r"(?:rất )?(?:xin lỗi|tiếc|thật tiếc|rất tiếc)\b|(?:(?:tôi|mình|chúng tôi|em) )?(?:hiện )?(?:không|chưa) (?:thể|hiểu|hỗ trợ|làm được)\b"
        r"|(?:tính năng|chức năng|thao tác|yêu cầu|điều)[\w ]{0,20} (?:chưa|không|bị)(?: được| thể)? (?:hỗ trợ|khả dụng|thực hiện|từ chối|có sẵn)"
        r"|(?:đã xảy ra lỗi|lỗi\b)",
        untouched="không có (?:thay đổi|gì thay đổi)",
        nothing_to_do=r"(?:xin lỗi, )?(?:(?:tôi|mình) )?(?:không|chưa) (?:tìm thấy|phát hiện)",
    ),
    "id": Refusals(
        r"(?:mohon )?(?:maaf|sayangnya|permintaan maaf)\b|(?:saya|kami) (?:tidak|belum|tak) (?:bisa|dapat|mampu|mengerti|memahami|mendukung)\b"
        r"|(?:itu|ini|hal \w+|fitur \w+|permintaan \w+|operasi \w+) (?:tidak|belum) (?:bisa|dapat|didukung|tersedia|mungkin|diizinkan)\b"
        r"|(?:terjadi kesalahan|gagal)\b|tidak (?:mungkin|didukung|tersedia|bisa|dapat)\b",
        untouched=r"tidak ada (?:yang berubah|perubahan)\b",
        nothing_to_do=r"(?:maaf, )?(?:(?:saya|kami) )?tidak (?:menemukan|ditemukan|ada(?! cara))\b",
    ),
    "th": Refusals(
        "(?:ขออภัย|ขอโทษ|เสียใจ|น่าเสียดาย)|(?:ฉัน|ผม|ดิฉัน|เรา|ระบบ)?(?:ยัง)?ไม่(?:สามารถ|เข้าใจ|รองรับ|อนุญาต)"
        "|[^ ]{0,20}(?:ยัง)?ไม่(?:รองรับ|พร้อมใช้งาน|สามารถใช้)|เกิดข้อผิดพลาด|ล้มเหลว",
        untouched="ไม่มีการเปลี่ยนแปลง",
        nothing_to_do="(?:ขออภัย ?)?(?:ฉัน|ผม|เรา)?ไม่(?:พบ|มี)",
    ),
    "hi": Refusals(
        r"(?:क्षमा|माफ़|माफ|खेद|मुझे खेद|दुर्भाग्य)|(?:कोई )?(?:त्रुटि|गड़बड़ी)",
        ends="नहीं (?:कर )?(?:सकता|सकती|सकते|पाया|पाई|पा रहा|पा रही)(?: हूँ| हूं| हैं| है)?"
        "|(?:समर्थित|उपलब्ध|संभव|सम्भव|समझा|समझ आया|समझ पाया) नहीं(?: है| हैं)?|नहीं (?:समझा|समझ पाया)|विफल (?:रहा|हुआ|हो गया)|नहीं (?:हो|किया जा) (?:सका|सकता)(?: है)?",
        untouched="कुछ (?:भी )?नहीं बदला|कोई बदलाव नहीं",
        nothing_ends="(?:नहीं मिल[ाेी]|नहीं मिली)",
    ),
    "sv": Refusals(
        r"(?:tyvärr|förlåt|ursäkta|beklagar|jag beklagar|jag är ledsen)\b|(?:jag|vi|det|detta) (?:kan|kunde|förstår|förstod|lyckades) (?:\w+ )?(?:inte|ej)\b"
        r"|(?:det|detta|den \w+ \w+|\w+en) (?:är|går|stöds|var|gick)(?: \w+)? (?:inte|ej)(?: (?:möjlig|tillgänglig|tillåt|att)|\s*$)|\w+en stöds inte\b"
        r"|(?:det är )?omöjligt\b|fel\s*:|(?:ett|något) (?:fel|gick fel)\b",
        untouched=r"(?:ingenting|inget) (?:har )?(?:ändra\w+|förändra\w+)\b",
        nothing_to_do=r"(?:tyvärr,? )?(?:(?:jag|vi) )?(?:hittade|hittar|fann|såg) (?:\w+ )?(?:inga|ingen|inget)\b|det finns (?:inga|ingen|inget)\b",
    ),
    "cs": Refusals(
        r"(?:omlouvám se|bohužel|promiňte|promiň|je mi líto|lituji)\b|(?:(?:to|já|toto|tohle|se|si) )*(?:nemohu|nemůžu|nemohl[ay]?|neumím|nedokážu|nelze|nerozumím|nerozuměl[ay]?|nepodařilo)\b"
        r"|(?:(?:to|tato|tento|toto|tahle)(?: \w+)? )?(?:není|nejsou|nebyl[aoiy]?) (?:možn|podporov|dostupn|k dispozici|povolen)|(?:chyba|došlo k chybě)\b",
        untouched=r"(?:nic (?:se )?(?:nebylo )?(?:nezměnil|změněn)|žádné změny)",
        nothing_to_do=r"(?:bohužel (?:jsem )?)?(?:nenašel|nenašla|nenalezl|nebyl[aoiy]? nalezen|(?:nejsou|není) (?:tu |zde |tam )?žádn)",
    ),
    "uk": Refusals(
        r"(?:вибачте|перепрошую|на жаль|пробачте|прошу вибачення)\b|(?:(?:я|ми|мені) )?(?:поки |зараз )?не (?:можу|можемо|зміг|змогла|вмію|розумію|зрозумі\w+|вдалося|вдається)\b"
        r"|(?:(?:це|ця|цей) ?(?:\w+ )?)?(?:поки |зараз )?(?:неможливо|не підтримується|недоступн\w+|не можна|не вийде)\b|помилка\b|(?:сталася|виникла) [а-яіїєґ ]*(?:помилка|проблема)\b",
        untouched=r"(?:нічого не (?:було )?змінен|змін не (?:внесен|було))",
        nothing_to_do=r"(?:на жаль, )?(?:я )?не (?:знайш\w+|виявле?\w+|знайдено)\b|[а-яіїєґ ]*не (?:знайдено|виявлено)\b",
    ),
}  # fmt: skip
_SENTENCE_ENDS = r"(?:요|ね|よ)?[। \"”’」』)）~]*$"
_BEGINS = re.compile("|".join(f"(?:{told.begins})" for told in _LANGUAGES.values()), re.IGNORECASE)
_ENDS = re.compile(
    f"(?:{'|'.join(told.ends for told in _LANGUAGES.values() if told.ends)}){_SENTENCE_ENDS}", re.IGNORECASE
)
_UNTOUCHED = re.compile("|".join(told.untouched for told in _LANGUAGES.values()), re.IGNORECASE)
_NOTHING = re.compile(
    "|".join(told.nothing_to_do for told in _LANGUAGES.values() if told.nothing_to_do), re.IGNORECASE
)
_NOTHING_ENDS = re.compile(
    f"(?:{'|'.join(told.nothing_ends for told in _LANGUAGES.values() if told.nothing_ends)}){_SENTENCE_ENDS}"
)


def abroad(sentences: list[str]) -> bool:
    """Whether the first sentences of an answer say no in one of the languages.

    >>> abroad(["Ich kann das nicht"]), abroad(["Listo, corté el primer segundo"]), abroad(["できません"])
    (True, False, True)
    """
    if any(_NOTHING.match(sentence) or _NOTHING_ENDS.search(sentence) for sentence in sentences[:1]):
        return False
    if any(_BEGINS.match(sentence) or _ENDS.search(sentence) for sentence in sentences):
        return True
    return any(_UNTOUCHED.match(sentence) for sentence in sentences)
