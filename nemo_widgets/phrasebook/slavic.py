"""How an agent refuses, asks, and asks for a click in Russian, Ukrainian, Polish and Czech."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line; other scripts are meant

from __future__ import annotations

from .language import Language, Presses, Questions, Refusals

__all__ = ["CZECH", "POLISH", "RUSSIAN", "UKRAINIAN"]

RUSSIAN = Language(
    refusals=Refusals(
        begins=(
            r"(?:извините|простите|прошу прощения|приношу извинения|к сожалению|сожалею|увы)\b"
            r"|(?:(?:я|мы|мне) )?(?:пока |сейчас )?не (?:могу|можем|смог|смогла|смогли|умею|умеем|понял|поняла|понимаю|удалось|удаётся|удается)\b"
            r"|(?:это|так|данная функция|эта функция)? ?(?:пока |сейчас )?(?:невозможно|не поддерживается|недоступн[оаы]|не получится|нельзя)\b"
            r"|ошибка\b|(?:произошла|возникла) [а-яё ]*(?:ошибка|проблема)\b|(?:операция|запрос) [а-яё ]*не (?:выполнен|удал)"
        ),
        untouched=r"(?:ничего не (?:было )?изменен[оы]|ничего не изменилось|изменений не (?:внесено|было))|ничего не (?:было )?(?:сохранен|сделан|применен)|(?:я |мы )?ничего не (?:изменил|сохранил|сделал|менял)|(?:мне|нам) пришлось (?:пропустить|отказаться|отменить|остановить|прервать)|(?:видео|таймлайн|вс[её]|монтаж) (?:осталось|остался|остаётся)(?: всё)? (?:без изменений|как был|прежн)",
        nothing_to_do=r"(?:я )?не (?:наш[её]л|нашла|обнаруж\w+|найден\w*)\b|[а-яё ]*не (?:найден[оыа]?|обнаружен[оыа]?)\b|(?:это |он[оаи]? )?уже\b",
        limits=(
            r"(?:я |мы )?(?:могу|можем|умею|умеем) (?:только|лишь)\b"
            r"|я (?:только|лишь) (?:монтирую|редактирую|обрабатываю|работаю|помогаю)\b"
            r"|(?:это|ваш запрос|твой запрос|такое) (?:выходит за|находится за|вне|за пределами|превышает)\b"
            r"|(?:этот|данный) (?:инструмент|сервис|помощник) (?:только|лишь|умеет только|поддерживает только|работает только)\b"
        ),
        apologies=r"(?:извините|простите|прошу прощения|приношу извинения),? (?:за|что) [^.,;:–—]*?(?:ожидани\w*|задержк\w*|путаниц\w*|недоразумени\w*|неудобств\w*|долго\w*)",
        but="но",
    ),
    questions=Questions(
        asks=(
            r"(?:(?:в |на |с |о |из |для )?(?:как(?:ой|ую|ая|ие|ого|ом|им)|котор\w+|чей)|где|когда|сколько|куда|что (?:вы|нужно|именно|должн\w+)|как (?:долго|вы хотите))\b"
            r"|(?:вы (?:хотите|имеете|уверены)|хотите,? (?:чтобы|ли)|мне (?:продолжить|удалить|начать)|продолжить|подтверждаете|удалить|уверены)\b"
        ),
        tells=r"(?:пожалуйста,? )?(?:уточните|укажите|выберите|подтвердите|скажите|сообщите)\b",
        closes=r"ещ[её] (?:что|чем|как)|что-(?:то|нибудь) ещ|помочь|нравится|довольны|как вам",
        polite="пожалуйста|и|извините",
    ),
    presses=(
        Presses(
            press=r"(?:нажмите|нажми|нажать|кликните|щ[её]лкните)(?: (?:на|по))?(?: кнопк[уе])?",
            words="подтвердить|применить|принять|продолжить|далее|начать|запустить|сгенерировать|создать|да|готово|удалить|заменить|оставить|разрешить|согласен|нет|отмена|отменить|пропустить",
            lead=r"(?:пожалуйста,?|затем|теперь)|(?:чтобы|если|когда|для)\b[^:;\"„“«»]{1,80}?,",
            other=r"или(?: на)?(?: кнопку)?",
            declines=r"нет|отмен\w+|пропустить",
            pays="генер|кредит",
            deletes="удал|замен",
            cue="нажм|наж[аи]|клик|щ[её]лк",
        ),
    ),
)
UKRAINIAN = Language(
    refusals=Refusals(
        begins=(
            r"(?:вибачте|перепрошую|на жаль|пробачте|прошу вибачення)\b|(?:(?:я|ми|мені) )?(?:поки |зараз )?не (?:можу|можемо|зміг|змогла|вмію|розумію|зрозумі\w+|вдалося|вдається)\b"
            r"|(?:(?:це|ця|цей) ?(?:\w+ )?)?(?:поки |зараз )?(?:неможливо|не підтримується|недоступн\w+|не можна|не вийде)\b|помилка\b|(?:сталася|виникла) [а-яіїєґ ]*(?:помилка|проблема)\b"
        ),
        untouched=r"(?:нічого не (?:було )?змінен|змін не (?:внесен|було))|нічого не (?:було )?(?:збережен|зроблен)|(?:я |ми )?нічого не (?:змінив|змінила|зберіг|зробив)|(?:мені|нам) довелося (?:пропустити|відмовитися|скасувати|зупинити)",
        nothing_to_do=r"(?:на жаль, )?(?:я )?не (?:знайш\w+|виявле?\w+|знайдено)\b|[а-яіїєґ ]*не (?:знайдено|виявлено)\b",
        limits=(
            r"(?:я |ми )?(?:можу|можемо|вмію|вміємо) (?:лише|тільки)\b"
            r"|я (?:лише|тільки) (?:монтую|редагую|обробляю|працюю|допомагаю)\b"
            r"|(?:це|ваш запит|твій запит) (?:виходить за|поза|за межами|перевищує)\b"
            r"|(?:цей|даний) (?:інструмент|сервіс|помічник) (?:лише|тільки|вміє лише|вміє тільки|підтримує лише|підтримує тільки|працює лише)\b"
        ),
        apologies=r"(?:вибачте|перепрошую|пробачте|прошу вибачення),? (?:за|що) [^.,;:–—]*?(?:очікуванн\w*|затримк\w*|плутанин\w*|непорозумінн\w*|незручн\w*|довго\w*)",
        but="але",
    ),
    questions=Questions(
        asks=r"(?:(?:в |у |на |з |із |про |для |до )?(?:як(?:ий|у|а|і|ого|ому|им|е|их)|котр\w+|чий)|де|коли|скільки|куди|що (?:ви|треба|потрібно|саме|маю)|як (?:довго|ви хочете))\b|(?:ви (?:хочете|маєте|впевнені)|хочете,? щоб|мені (?:продовжити|видалити|почати)|продовжити|підтверджуєте|видалити|впевнені|чи (?:продовжити|видалити|мені|хочете))\b",
        tells=r"(?:будь ласка,? )?(?:уточніть|вкажіть|виберіть|оберіть|підтвердьте|скажіть|повідомте)\b",
        closes="ще (?:щось|чимось|чим|що)|щось ще|допомогти|подобається|задоволені|як вам",
        polite="будь ласка|і|вибачте",
    ),
    presses=(
        Presses(
            press="(?:натисніть|натисни|натиснути|клікніть|клацніть)(?: (?:на|по))?(?: кнопк[уи])?",
            words="підтвердити|застосувати|прийняти|продовжити|далі|почати|розпочати|запустити|згенерувати|створити|так|готово|видалити|замінити|залишити|дозволити|згоден|ні|скасувати|відмінити|пропустити",
            lead=r"(?:будь ласка,?|потім|тепер)|(?:щоб|якщо|коли|для)\b[^:;\"„“«»]{1,80}?,",
            other="або(?: (?:на|кнопку))*",
            declines="ні|скасувати|відмінити|пропустити",
            pays="генер|кредит",
            deletes="видал|замін",
            cue="натисн|клікн|клацн",
        ),
    ),
)
POLISH = Language(
    refusals=Refusals(
        begins=(
            r"(?:przepraszam|przykro mi|niestety|wybacz)\b"
            r"|(?:tego |ja )?nie (?:mogę|mogłem|mogłam|możemy|potrafię|umiem|rozumiem|zrozumiał[ea]m|jestem w stanie|udało się|da się|można)\b"
            r"|(?:to|ta \w+|ten \w+|tego)(?: \w+)? nie (?:jest (?:możliw|obsług|dostęp|dozwol)|da się\b|można\b|działa\b)|(?:to )?niemożliwe\b|błąd\b|(?:wystąpił|pojawił się) (?:\w+ )?(?:błąd|problem)\b"
        ),
        untouched=r"(?:nic nie (?:zostało )?zmienion|nie wprowadzono)|nic nie (?:zostało )?(?:zapisan|zrobion)|(?:niczego|nic) nie (?:zmieni|zapisa|zrobi)ł|(?:musia(?:łem|łam)|musieliśmy) (?:pominąć|przerwać|zrezygnować|anulować|porzucić)|(?:oś czasu|film|wszystko) (?:jest|pozostaje|pozostał\w*) (?:bez zmian|niezmienion)",
        nothing_to_do=r"(?:przepraszam, |niestety )?nie (?:znala\w+|wykry\w+|było|ma(?! możliwości))\b",
        limits=(
            r"(?:mogę|potrafię|umiem|możemy) (?:tylko|jedynie|wyłącznie)\b"
            r"|(?:ja )?(?:zajmuję się|edytuję|obsługuję|montuję) (?:tylko|jedynie|wyłącznie)\b"
            r"|(?:to|ta prośba|twoja prośba) (?:wykracza|przekracza|jest poza|wychodzi poza|leży poza)\b"
            r"|(?:to|te) narzędzie (?:\w+ )?(?:tylko|jedynie|wyłącznie)\b"
        ),
        apologies=r"(?:przepraszam|wybacz\w*),? (?:za|że) [^.,;:–—]*?(?:czeka\w*|oczekiwani\w*|opóźnieni\w*|zamieszani\w*|nieporozumieni\w*|kłopot\w*|pomyłk\w*|długo\w*|zwłok\w*)",
        but="ale",
    ),
    questions=Questions(
        asks=r"(?:(?:w |na |z |o |do |dla )?(?:któr\w+|jak(?:i|a|ie|iego|ą)\b)|co (?:mam|dokładnie|ma|chcesz)|gdzie|kiedy|ile|jak (?:długo|szybko|głośno|duż\w+))\b|(?:czy (?:mam|chcesz|chciał\w*|na pewno|jesteś|mogę|chodzi|kontynuować)|chcesz,? (?:żebym|abym)|na pewno|kontynuować|masz na myśli)\b",
        tells=r"(?:proszę )?(?:podaj|powiedz|wskaż|wybierz|określ|potwierdź|doprecyzuj|podać|wskazać|wybrać|potwierdzić)\b",
        closes="coś (?:jeszcze|innego)|jeszcze coś|czymś (?:jeszcze|innym)|pomóc|podoba|zadowol",
        polite="proszę|a|i|przepraszam",
    ),
    presses=(
        Presses(
            press="(?:kliknij|kliknąć|naciśnij|nacisnąć|wciśnij|stuknij|dotknij)(?: (?:proszę|teraz|następnie|po prostu))*(?: (?:na|w))?(?: (?:przycisk|guzik))?",
            words="potwierdź|zatwierdź|zastosuj|akceptuj|zaakceptuj|kontynuuj|dalej|rozpocznij|start|generuj|wygeneruj|utwórz|tak|gotowe|usuń|zastąp|zachowaj|zezwól|nie|anuluj|pomiń|później",
            lead=r"(?:proszę|teraz|następnie|potem|musisz)|(?:aby|żeby|jeśli|jeżeli|gdy|kiedy)\b[^:;\"„“«»]{1,80}?,",
            other="(?:lub|albo)(?: (?:na|przycisk))*",
            declines="nie|anuluj|pomiń|później",
            pays="generuj|kredyt|koszt",
            deletes="usu[ńn]|zastąp",
            cue="klikn|naci[śs]|wciśnij|stuknij|dotknij",
        ),
    ),
)
CZECH = Language(
    refusals=Refusals(
        begins=(
            r"(?:omlouvám se|bohužel|promiňte|promiň|je mi líto|lituji)\b|(?:(?:to|já|toto|tohle|se|si) )*(?:nemohu|nemůžu|nemohl[ay]?|neumím|nedokážu|nelze|nerozumím|nerozuměl[ay]?|nepodařilo)\b"
            r"|(?:(?:to|tato|tento|toto|tahle)(?: \w+)? )?(?:není|nejsou|nebyl[aoiy]?) (?:možn|podporov|dostupn|k dispozici|povolen)|(?:chyba|došlo k chybě)\b"
        ),
        untouched=r"(?:nic (?:se )?(?:nebylo )?(?:nezměnil|změněn)|žádné změny)|nic (?:se )?(?:nebylo )?(?:nezměněn|uložen|neuložil|nezměnil)|(?:nic jsem|nezměnil\w? jsem|neuložil\w? jsem) (?:ne\w+|nic)|musel[ai]? jsem [^,;:]{0,40}(?:vynechat|přeskočit|přerušit|zrušit)|(?:časová osa|video|vše) (?:je|zůstává|zůstalo?) (?:beze změny|stejn)",
        nothing_to_do=r"(?:bohužel (?:jsem )?)?(?:nenašel|nenašla|nenalezl|nebyl[aoiy]? nalezen|(?:nejsou|není) (?:tu |zde |tam )?žádn)",
        limits=(
            r"(?:mohu|můžu|umím|dokážu|můžeme|umíme) (?:jen|pouze|jenom)\b"
            r"|(?:upravuji|zpracovávám|podporuji|zvládám|stříhám) (?:jen|pouze|jenom)\b"
            r"|(?:to|tohle|toto|váš požadavek|tvůj požadavek) (?:je mimo|přesahuje|překračuje|jde nad)\b"
            r"|(?:tento|tenhle) nástroj (?:\w+ )?(?:jen|pouze|jenom)\b"
        ),
        apologies=r"(?:omlouvám se|promiňte|promiň),? (?:za|že) [^.,;:–—]*?(?:čeká\w*|zdržení\w*|zpoždění\w*|zmat\w*|nedorozumění\w*|potíž\w*|dlouho\w*)",
        but="ale",
    ),
    questions=Questions(
        asks=r"(?:(?:v |na |z |s |o |do |pro )?(?:kter\w+|jak(?:ý|á|é|ou|ého)\b)|co (?:mám|přesně|má|chcete|chceš)|kde|kdy|kolik|jak (?:dlouh\w+|rychle|hlasitě|velk\w+))\b|(?:mám|chcete|chceš|opravdu|jste si|jsi si|máte na mysli|myslíte|myslíš|pokračovat)\b",
        tells=r"(?:prosím,? )?(?:uveďte|řekněte|řekni|vyberte|vyber|určete|potvrďte|potvrď|upřesněte|upřesni|zadejte)\b",
        closes="ještě něco|něco (?:jiného|dalšího)|pomoci|pomoct|líbí|spokojen",
        polite="prosím|a|promiňte",
    ),
    presses=(
        Presses(
            press="(?:klikněte|klikni|kliknout|klepněte|klepni|stiskněte|stiskni|ťukněte|ťukni)(?: (?:prosím|nyní|pak))*(?: na)?(?: tlačítko)?",
            words="potvrdit|použít|přijmout|souhlasím|pokračovat|další|začít|spustit|generovat|vygenerovat|vytvořit|ano|hotovo|odstranit|smazat|nahradit|ponechat|povolit|ne|zrušit|přeskočit|později",
            lead=r"(?:prosím,?|nyní|pak|potom)|(?:pro|abyste|pokud|když|chcete-li)\b[^:;\"„“«»]{1,80}?,",
            other="nebo(?: (?:na|tlačítko))*",
            declines="ne|zrušit|přeskočit|později",
            pays="gener|kredit",
            deletes="odstran|smaz|nahrad",
            cue="klikn|klep|stiskn|ťukn",
        ),
    ),
)
