"""The words by which an agent asks something in languages other than English and Chinese, as data.

Each language has what a question begins with that something is to be named or agreed to by, what tells the user
to say something, and what only ends a conversation politely.
"""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line; other scripts are meant

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["asks_abroad", "closes_abroad"]


@dataclass(frozen=True, slots=True)
class Questions:
    """How a language asks; regular expressions without regard to case.

    Attributes:
        asks: what a sentence with a question mark begins with.
        tells: what a sentence begins with that tells the user to say something.
        closes: what stands in a sentence that asks for nothing.
        ends: what a question ends with where the language needs no mark for it.
    """

    asks: str
    tells: str = ""
    closes: str = ""
    ends: str = ""


_LANGUAGES = {
    "de": Questions(
        r"(?:(?:in |bei |an |auf |mit |zu |von )?welche[rnms]?|was (?:genau|soll|sollen|meinen|meinst|möcht\w+)|wo(?:hin|rauf)?|wann|wie (?:lang\w*|viele?|laut|schnell|groß|soll\w*|oft))\b"
        r"|(?:meinst du|meinen sie|soll ich|sollen wir|möchtest du|möchten sie|willst du|wollen sie|sind sie sicher|bist du sicher|darf ich|einverstanden)\b",
        r"(?:bitte )?(?:sag\w*|nenn\w*|gib|geben sie|wähl\w*|bestätig\w*|präzisier\w*)\b.*\b(?:mir|welche\w*|an|ob|bitte|sie)\b",
        r"noch (?:etwas|was)|sonst (?:noch )?(?:etwas|was)|helfen|gefällt|zufrieden|weitere\w* (?:frage|wünsche|hilfe)",
    ),
    "fr": Questions(
        r"(?:(?:de |à |dans |sur |pour )?(?:quel(?:le)?s?|lequel|laquelle|lesquel\w+)|où|quand|combien|comment voulez|que (?:doit|voulez|souhaitez|veux)|qu['’]est-ce que (?:vous|tu))\b"
        r"|(?:voulez|souhaitez|désirez|confirmez)-vous\b|(?:veux|souhaites)-tu\b|(?:dois|puis)-je\b|(?:parlez|s['’]agit)[- ]|(?:êtes-vous|es-tu) sûre?\b|est-ce que (?:je (?:dois|peux)|vous (?:voulez|souhaitez))\b",
        r"(?:veuillez |merci de |pouvez-vous )?(?:me )?(?:précisez|préciser|indiquez|indiquer|dites-moi|me dire|choisissez|choisir)\b",
        r"autre chose|vous aider|d['’]autre|t['’]aider|vous plaît-|(?:vous|te) convient|qu['’]en pensez|satisfait",
    ),
    "es": Questions(
        r"(?:(?:de |a |en |con |para )?(?:qué|cuál|cuáles|cuánt[oa]s?|que clip)|d[oó]nde|cu[aá]ndo|c[oó]mo (?:quiere|desea|debo))\b"
        r"|(?:quieres?|desea[s]?|debo|puedo|confirmas?|te refieres|se refiere|est[aá]s? segur[oa])\b",
        r"(?:por favor,? )?(?:ind[ií](?:ca|que)(?:me)?|d[ií](?:me|game)|especifi(?:ca|que)|eli(?:ge|ja)|confirm[ae]|aclar[ae])\b",
        r"algo m[aá]s|ayudar|otra cosa|te gusta|le gusta|te parece|le parece|satisfech",
    ),
    "pt": Questions(
        r"(?:(?:d?e |em |a |com |para )?(?:qual|quais|que|quant[oa]s?)|onde|quando|como (?:quer|deseja|devo)|o que (?:quer|deseja|devo|você))\b"
        r"|(?:(?:você )?(?:quer|deseja|confirma|se refere|tem certeza)|devo|posso)\b",
        r"(?:por favor,? )?(?:indique|diga(?:-me)?|especifique|escolha|confirme|informe|me diga)\b",
        r"mais alg|algo mais|ajud|outra coisa|gostou|o que acha|satisfeit",
    ),
    "it": Questions(
        r"(?:(?:di |a |in |con |per |da )?(?:quale?|quali|che|quant[oaie])|dove|quando|come (?:vuoi|vuole|devo)|cosa (?:vuoi|vuole|devo|intendi))\b"
        r"|(?:vuoi|vuole|desideri|desidera|intendi|intende|devo|posso|confermi|conferma|sei sicur[oa])\b",
        r"(?:per favore,? )?(?:indica(?:mi)?|dimmi|mi dica|specifica|scegli|conferma|precisa)\b",
        r"altro\b|aiut|ti piace|le piace|che ne pensi|soddisfatt",
    ),
    "nl": Questions(
        r"(?:(?:in |bij |van |met |op )?(?:welke?|wiens)|waar(?:in|mee)?|wanneer|hoe(?:veel| lang| snel| groot| hard)|wat (?:moet|wil|bedoel\w*))\b"
        r"|(?:bedoel(?:t)? (?:je|u)|wil (?:je|u)|wilt u|moet ik|zal ik|mag ik|weet (?:je|u) zeker|ben je zeker)\b",
        r"(?:laat (?:me|mij) weten|geef (?:aan|op)|kies|bevestig|zeg) .*\b(?:welke|waar|of|wat|wanneer|het|hoe)\b",
        r"nog (?:iets|wat)|iets anders|helpen|bevalt|tevreden|vind je",
    ),
    "ru": Questions(
        r"(?:(?:в |на |с |о |из |для )?(?:как(?:ой|ую|ая|ие|ого|ом|им)|котор\w+|чей)|где|когда|сколько|куда|что (?:вы|нужно|именно|должн\w+)|как (?:долго|вы хотите))\b"
        r"|(?:вы (?:хотите|имеете|уверены)|хотите,? (?:чтобы|ли)|мне (?:продолжить|удалить|начать)|продолжить|подтверждаете|удалить|уверены)\b",
        r"(?:пожалуйста,? )?(?:уточните|укажите|выберите|подтвердите|скажите|сообщите)\b",
        r"ещ[её] (?:что|чем|как)|что-(?:то|нибудь) ещ|помочь|нравится|довольны|как вам",
    ),
    "ja": Questions(
        r".*(?:どの|どれ|どちら|どこ|何(?:を|が|と|秒|分|本)|なに|いつ|いくつ|どう(?:し|なさ)|どのくらい|よろしい|続け|進め|実行|削除し(?:ます|ても)|しますか)",
        r".*(?:教えてください|指定してください|選んでください|お選びください|確認してください|お知らせください)[。 ]*$",
        r"他に|ほかに|お手伝い|いかがで|気に入|ご質問",
        r"(?:です|ます|でしょう|ません)か[。 ]*$",
    ),
    "ko": Questions(
        r".*(?:어느|어떤|무엇|뭘|어디|언제|몇|얼마|누구|계속할까|진행할까|할까요|될까요|하시겠|원하시|괜찮|말씀하시|말하는)",
        r".*(?:알려|말씀해|지정해|선택해|확인해) ?(?:주세요|주십시오|주시)",
        r"다른|더 (?:필요|도와)|도와|마음에 드|어떠(?:세요|신가)|궁금",
        r"(?:까요|나요|가요|습니까|시겠어요)[. ]*$",
    ),
}
"""The same languages whose refusals stand beside this."""
_POLITE = (
    r"(?:(?:bitte|por favor|per favore|s['’]il (?:vous|te) plaît|alsjeblieft|пожалуйста|also|und|et|y|e|en|и"
    r"|entschuldigung|pardon|perd[oó]n|desculpe|scusa|sorry|извините|désolée?)[, ]+)*"
)


def _any_of(phrases: list[str], lead: str = "") -> re.Pattern[str]:
    return re.compile(f"{lead}(?:{'|'.join(filter(None, phrases))})", re.IGNORECASE)


_ASKS = _any_of([told.asks for told in _LANGUAGES.values()], _POLITE)
_TELLS = _any_of([told.tells for told in _LANGUAGES.values()], _POLITE)
_CLOSES = _any_of([told.closes for told in _LANGUAGES.values()])
_ENDS = _any_of([told.ends for told in _LANGUAGES.values()])


def asks_abroad(sentence: str, *, marked: bool) -> bool:
    """Whether a sentence asks something, or tells the user to say it. `marked`: it has a question mark.

    >>> asks_abroad("Welchen Clip meinst du?", marked=True), asks_abroad("どのクリップですか", marked=False)
    (True, True)
    """
    plain = sentence.strip(" ¿¡*_#>«»「『\"'")
    asks = marked or _ENDS.search(plain) is not None
    return bool((asks and _ASKS.match(plain)) or _TELLS.match(plain))


def closes_abroad(sentence: str) -> bool:
    """Whether a sentence only ends a conversation politely.

    >>> closes_abroad("Kann ich sonst noch etwas für dich tun?")
    True
    """
    return _CLOSES.search(sentence) is not None
