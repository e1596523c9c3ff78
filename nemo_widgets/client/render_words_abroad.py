"""Words of other languages for the state of a render (§9): data, and how they are found. Pure."""

from __future__ import annotations

import re

__all__ = ["told_abroad"]

_WORDS = {
    "processing": "läuft, bearbeitung, verarbeitung, wird gerendert, wird bearbeitet, wird verarbeitet, wird "
    "erstellt, wird exportiert, en cours, procesando, renderizando, exportando, en proceso, en curso, "
    "en progreso, processando, em andamento, em processamento, em progresso, em curso, in corso, "
    "elaborazione, bezig, wordt gerenderd, wordt verwerkt, обрабатывается, обработка, выполняется, "
    "рендерится, рендеринг, в процессе, в работе, обробка, przetwarzanie, işleniyor, bearbetar, "
    "memproses, đang xử lý",
    "pending": "wartend, wartet, ausstehend, eingereiht, warteschlange, en attente, en file, pendiente, "
    "en cola, en espera, pendente, na fila, aguardando, em espera, in attesa, in coda, wachtend, wachtrij, "
    "in behandeling, ожидание, ожидает, в очереди, oczekuje, bekliyor, beklemede, menunggu",
    "failed": "fehlgeschlagen, gescheitert, fehlschlag, fehler, fehlerhaft, misslungen, échoué, échouée, "
    "échec, erreur, fallido, fallida, fallado, falló, fallo, error, falhou, falha, falhado, erro, fallito, "
    "fallita, errore, non riuscito, non riuscita, mislukt, fout, ошибка, сбой, провал, неудача, не "
    "удалось, не удался, не удалась, помилка, błąd, niepowodzenie, nie powiodło, misslyckades, "
    "misslyckad, hata, başarısız, gagal, lỗi, thất bại",
    "cancelled": "abgebrochen, storniert, annulé, annulée, cancelado, cancelada, anulado, anulada, "
    "annullato, annullata, geannuleerd, отменено, отменён, отменен, отменена, отмена, прервано, прерван, "
    "остановлено, скасовано, anulowano, iptal, avbruten, dibatalkan, đã hủy",
    "completed": "fertig, fertiggestellt, abgeschlossen, erledigt, beendet, erfolgreich, terminé, terminée, "
    "achevé, réussi, réussie, fini, completado, completada, terminado, terminada, finalizado, "
    "finalizada, listo, concluído, concluída, completo, pronto, completato, completata, terminato, "
    "finito, riuscito, voltooid, klaar, afgerond, gereed, завершено, завершён, завершен, завершена, "
    "готово, готов, выполнено, успешно, завершено, ukończono, zakończono, tamamlandı, slutförd, "
    "selesai, hoàn thành",
}
"""Words and phrases of languages that put spaces between them, in the order in which they are looked for."""
_SIGNS = (
    ("failed", "失敗|錯誤|異常|超時|エラー|できません|できなか|실패|오류|에러|فشل|विफल|ล้มเหลว"),
    ("pending", "待機|順番待ち|保留|キュー|대기"),
    ("processing", "進行|[中중]$|진행"),
    ("cancelled", "キャンセル|中断|終止|취소|중단|중지"),
    ("completed", "完了|완료|성공"),
)
"""The same where words have no spaces between them, or endings."""
_NO = (
    "nicht kein keine ohne pas sans non no sin não nao sem senza niet geen zonder не нет без ні nie bez inte"
)
_DENIALS = frozenset(re.findall(r"\w+", _NO))
_DENIAL_SIGNS = re.compile("[未没不无無]|ない|ません|안 |않|미완")


def _any_of(phrases: str) -> re.Pattern[str]:
    """What finds one of the phrases, the longest first, as whole words."""
    each = sorted((re.escape(one.strip()) for one in phrases.split(",")), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)")


_PHRASES = [(state, _any_of(phrases)) for state, phrases in _WORDS.items()]
_FAILED = _SIGNS[0][1]


def told_abroad(words: str) -> str:
    """The state that words in lower case tell; "" for none, and where they deny what they name.

    >>> told_abroad("rendern fehlgeschlagen"), told_abroad("nicht abgeschlossen"), told_abroad("完了しました")
    ('failed', '', 'completed')
    """
    for state, phrases in _PHRASES:
        if found := phrases.search(words):
            return "" if not _DENIALS.isdisjoint(words[: found.start()].split()) else state
    if re.search(_FAILED, words):
        return "failed"
    if _DENIAL_SIGNS.search(words):
        return ""
    return next((state for state, told in _SIGNS if re.search(told, words)), "")
