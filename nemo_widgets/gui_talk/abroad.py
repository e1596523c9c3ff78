"""A click that the agent waits for in languages other than English and Chinese, as data and one reader.

A sentence has to begin with the instruction, or with what it is for: what somebody says in the film, or what
stands in quotes, asks for nothing. Only words on buttons that answer the agent count, none of a command.
"""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line; other scripts are meant

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from .click import Click

__all__ = ["find_abroad"]


@dataclass(frozen=True, slots=True)
class Presses:
    """How a language asks for a click; regular expressions without regard to case.

    Attributes:
        press: the instruction up to the button's name, and `ends` what stands behind the name, if anything.
        words: what is on buttons by which the agent goes on or lets it be.
        lead: what may stand before the instruction.
        other: what stands before another button.
    """

    press: str
    words: str
    ends: str = ""
    lead: str = ""
    other: str = ""


_LANGUAGES = (
    Presses(
        r"(?:klick(?:en sie|e)?|tipp(?:en sie|e)?|drück(?:en sie|e)?)(?: (?:bitte|einfach|dann|nun|jetzt))*(?: auf)?(?: (?:den|die|das))?(?: (?:button|schaltfläche|knopf|taste))?",
        "bestätigen|übernehmen|anwenden|akzeptieren|zustimmen|weiter|fortfahren|fortsetzen|starten?|beginnen|generieren|erstellen|ja|fertig|löschen|entfernen|ersetzen|behalten|genehmigen|erlauben|nein|abbrechen|überspringen|später",
        lead=r"(?:bitte|dann|nun|jetzt|danach)|(?:um|wenn|falls|zum|sobald)\b[^:;\"„“«»]{1,80}?,",
        other=r"oder(?: (?:auf|den|die))*",
    ),
    Presses(
        r"(?:bitte |sie müssen |du musst )(?:nur |noch |einfach )*auf(?: (?:den|die|das))?(?: (?:button|schaltfläche|knopf))?",
        "bestätigen|übernehmen|anwenden|akzeptieren|zustimmen|weiter|fortfahren|starten?|generieren|ja|nein|abbrechen",
        ends=" (?:klicken|tippen|drücken)",
    ),
    Presses(
        r"(?:cliquez|cliquer|clique|appuyez|appuyer|appuie)(?: (?:simplement|ensuite|donc))? sur(?: le bouton)?",
        "confirmer|appliquer|accepter|valider|continuer|poursuivre|commencer|démarrer|générer|créer|oui|terminer|supprimer|remplacer|conserver|autoriser|approuver|non|annuler|ignorer|plus tard",
        lead=r"(?:veuillez|ensuite|puis|maintenant|vous (?:devez|pouvez))|(?:pour|si|quand|afin)\b[^:;\"„“«»]{1,80}?,",
        other=r"ou(?: (?:sur|le bouton))*",
    ),
    Presses(
        r"(?:ha(?:ga|z) clic en|hacer clic en|pulse|pulsa|presion[ae]|toque|toca)(?: en)?(?: el bot[oó]n)?(?: de)?",
        "confirmar|aplicar|aceptar|continuar|seguir|empezar|comenzar|iniciar|generar|crear|s[ií]|listo|eliminar|borrar|reemplazar|conservar|aprobar|permitir|no|cancelar|omitir|m[aá]s tarde",
        lead=r"(?:por favor,?|luego|despu[eé]s|ahora|debes?|puedes?)|(?:para|si|cuando)\b[^:;\"„“«»]{1,80}?,",
        other=r"o(?: (?:en|el bot[oó]n))*",
    ),
    Presses(
        r"(?:clique|clicar|toque|pressione|aperte)(?: (?:em|no|na))?(?: bot[aã]o)?(?: de)?",
        "confirmar|aplicar|aceitar|continuar|prosseguir|começar|iniciar|gerar|criar|sim|concluir|excluir|apagar|remover|substituir|manter|aprovar|permitir|não|cancelar|pular",
        lead=r"(?:por favor,?|depois|agora|então|você (?:deve|pode))|(?:para|se|quando)\b[^:;\"„“«»]{1,80}?,",
        other=r"ou(?: (?:em|no bot[aã]o))*",
    ),
    Presses(
        r"(?:fai clic su|faccia clic su|fare clic su|clicca(?:re)?(?: su)?|premi|prema|tocca)(?: (?:il pulsante|il tasto))?",
        "conferma|applica|accetta|continua|procedi|avanti|inizia|avvia|genera|crea|s[iì]|fine|elimina|rimuovi|sostituisci|mantieni|approva|consenti|no|annulla|salta",
        lead=r"(?:per favore,?|poi|ora|quindi)|(?:per|se|quando)\b[^:;\"„“«»]{1,80}?,",
        other=r"o(?:ppure)?(?: su)?(?: il pulsante)?",
    ),
    Presses(
        r"(?:klik|tik|druk)(?: (?:dan|nu|gewoon))? op(?: de)?(?: knop)?",
        "bevestigen|toepassen|accepteren|akkoord|doorgaan|verder|starten?|beginnen|genereren|maken|ja|klaar|verwijderen|vervangen|behouden|toestaan|nee|annuleren|overslaan|later",
        lead=r"(?:alsjeblieft|dan|nu)|(?:om|als|wanneer)\b[^:;\"„“«»]{1,80}?,",
        other=r"of(?: op)?(?: de knop)?",
    ),
    Presses(
        r"(?:нажмите|нажми|нажать|кликните|щ[её]лкните)(?: (?:на|по))?(?: кнопк[уе])?",
        "подтвердить|применить|принять|продолжить|далее|начать|запустить|сгенерировать|создать|да|готово|удалить|заменить|оставить|разрешить|согласен|нет|отмена|отменить|пропустить",
        lead=r"(?:пожалуйста,?|затем|теперь)|(?:чтобы|если|когда|для)\b[^:;\"„“«»]{1,80}?,",
        other=r"или(?: на)?(?: кнопку)?",
    ),
    Presses(
        "",
        "確認|適用|承認|同意|続行|続ける|次へ|開始|実行|生成|作成|はい|完了|削除|置き換え|許可|いいえ|キャンセル|スキップ",
        ends="(?:ボタン)?を(?:クリック|タップ|押|選択)",
        lead="[^。:：「」『』]{1,60}?(?:には|ため|場合は?|から|ので|で)[、,]?|画面の|下の",
        other="または|か|もしくは",
    ),
    Presses(
        "",
        "확인|적용|승인|동의|계속|다음|시작|실행|생성|만들기|예|네|완료|삭제|교체|허용|아니요|취소|건너뛰기",
        ends=" ?(?:버튼)?(?:을|를) ?(?:클릭|누르|눌러|탭|선택)",
        lead="[^.:\"“”'‘’]{1,60}?(?:려면|면|하기 위해)[, ]?|아래(?:의)?",
        other="또는|이나",
    ),
)
_ANY = r"ok(?:ay)?|confirm|apply|yes|no|continue|cancel|start|accept|proceed|generate"
_QUOTED = "[\"'“”„«»‘’‹›「」『』*_\\[\\]【】 ]*"
_PAYS = re.compile(
    r"gener|génér|genér|сгенер|生成|생성|credit|crédit|crédito|guthaben|кредит|クレジット|크레딧|kost|coût|costo|custo",
    re.IGNORECASE,
)
_DELETES = re.compile(
    r"lösch|entfern|ersetz|supprim|remplac|elimin|borr|reemplaz|exclu|apag|remov|substit|rimuov|sostit|verwijder"
    r"|vervang|удал|замен|削除|置き換え|삭제|교체",
    re.IGNORECASE,
)
_DECLINES = re.compile(
    r"(?:nein|abbrechen|überspringen|später|non?|annuler|ignorer|plus tard|cancelar?|omitir|m[aá]s tarde|não|pular"
    r"|annulla|salta|nee|annuleren|overslaan|later|нет|отмен\w+|пропустить|いいえ|キャンセル|スキップ|아니요|취소|건너뛰기)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？]*")
_LONGEST = 400
_MOST = 6


def _pattern(told: Presses) -> tuple[re.Pattern[str], re.Pattern[str]]:
    name = rf"(?P<name>{told.words}|{_ANY})(?!\w)" if told.press else rf"(?P<name>{told.words}|{_ANY})"
    lead = rf"(?:(?:{told.lead})[ ]?){{0,2}}" if told.lead else ""
    button = rf"{_QUOTED}{name}{_QUOTED}"
    return (
        re.compile(rf"[\W_]{{0,9}}{lead}{told.press}{button}{told.ends}", re.IGNORECASE),
        re.compile(rf"(?:\b|(?<=\W)|(?<=を)){told.other}{button}" if told.other else r"(?!)", re.IGNORECASE),
    )


_PATTERNS = tuple(map(_pattern, _LANGUAGES))


def find_abroad(said: str) -> Click | None:
    """The click that the agent waits for, in words of another language; None if it waits for none.

    >>> find_abroad("Klicken Sie auf „Ja“ oder „Abbrechen“, um fortzufahren.").words
    ('Ja', 'Abbrechen')
    >>> find_abroad("Klicken Sie auf Exportieren.")
    """
    for sentence in _SENTENCE.finditer(said):
        if len(sentence[0]) > _LONGEST:
            continue
        for first, other in _PATTERNS:
            if (found := first.match(sentence[0])) is None:
                continue
            more = islice(other.finditer(sentence[0], found.end()), _MOST)
            words = tuple(dict.fromkeys([found["name"], *(each["name"] for each in more)]))
            if all(map(_DECLINES.fullmatch, words)):
                break
            rest = f"{said[: sentence.start()].rstrip(' ')} {said[sentence.end() :].lstrip(' ')}".strip()
            pays, deletes = bool(_PAYS.search(said)), bool(_DELETES.search(said))
            return Click(sentence[0].strip(), words, pays, deletes, rest)
    return None
