"""How an agent refuses, asks, and asks for a click in French, Spanish, Portuguese and Italian."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line; other scripts are meant

from __future__ import annotations

from .language import Language, Presses, Questions, Refusals

__all__ = ["FRENCH", "ITALIAN", "PORTUGUESE", "SPANISH"]

FRENCH = Language(
    refusals=Refusals(
        begins=(
            r"(?:je suis |nous sommes )?(?:vraiment |sincèrement )?(?:désolée?s?|navrée?s?)\b|(?:excusez|pardon|malheureusement)\b"
            r"|(?:je|nous) (?:ne |n['’])(?:peux|pouvons|puis|parviens|parvenons|comprends|sais|arrive|prends)\b"
            r"|(?:je|nous) (?:ne |n['’])(?:suis|sommes) (?:pas |actuellement pas )(?:en mesure|capables?)\b"
            r"|(?:je|nous) n['’](?:ai|avons) pas (?:pu|compris|réussi|bien compris|la possibilité|les outils)\b"
            r"|(?:il|ce|cela|ça|c['’]) ?(?:ne m['’]est|n['’]est|m['’]est|est) (?:pas |malheureusement )*(?:impossible|possible de|pas possible)\b"
            r"|(?:ce|cela|ça) n['’]est (?:malheureusement |actuellement )?pas (?:possible|pris en charge|disponible|permis)\b"
            r"|cette (?:fonction\w*|opération|action) n['’]est\b|impossible (?:de|d['’])|erreur\s*:|échec\b"
            r"|une erreur (?:est survenue|s['’]est produite)\b|(?:(?:cela|ceci|ça|votre demande) )?(?:enfreint|viole|contrevient)\b"
            r"|(?:le|la|l['’]|les|cette|ce) ?[\w-]+ n['’](?:(?:a|ont) (?:pas )?pu|(?:est|sont) (?:actuellement |malheureusement )?pas (?:disponible|possible|pris|autoris|permis))|(?:je|nous) (?:refuse|dois refuser)\b"
            r"|(?:veuillez |vous devez )(?:d['’]abord )?(?:vous connecter|vous identifier)\b"
        ),
        untouched=r"(?:aucune modification|aucun changement|rien n['’]a été (?:modifié|changé))\b|rien n['’]a (?:pu )?(?:été|être) (?:enregistré|sauvegardé|appliqué|fait)|(?:je n['’]ai|nous n['’]avons) rien (?:changé|modifié|enregistré|fait)|(?:j['’]ai|nous avons) dû (?:sauter|omettre|abandonner|arrêter|annuler|laisser)\b|(?:la timeline|la vidéo|le montage|tout) (?:est|reste) (?:inchangée?|tel(?:le)? quel)",
        nothing_to_do=(
            r"(?:je|nous) n['’](?:ai|avons) (?:trouvé|détecté) aucune?\b|aucune? [^,;:]* n['’]a été (?:trouvée?|détectée?)\b"
            r"|il n['’]y a (?:pas|aucune?)\b|(?:c['’]est|il est|elle est) déjà\b"
        ),
        limits=(
            r"(?:je|nous) (?:peux|pouvons|sais|gère|traite|modifie|m['’]occupe de) (?:seulement|uniquement|juste)\b"
            r"|(?:je|nous) ne (?:fais|gère|traite|modifie|m['’]occupe|monte) (?:[^,;:]* )?que?\b"
            r"|je (?:me limite|suis (?:limitée?|seulement|uniquement))\b"
            r"|(?:cela|ça|ceci|votre demande|ta demande|c['’]) ?(?:dépasse|sort|est au-delà|est hors|va au-delà)\b"
            r"|(?:cet|l['’]|ce|cette|le) ?(?:outil|service|version|assistant|application) (?:ne [^,;:]* que|(?:gère|prend en charge|permet|traite|fait) (?:seulement|uniquement|juste))\b"
        ),
        apologies=r"(?:(?:je suis |nous sommes )?(?:désolée?s?|navrée?s?)|pardon|(?:toutes )?mes excuses|je m['’]excuse) (?:de |pour |d['’])[^.,;:–—]*?(?:attente|retard|délai|confusion|malentendu|désagrément|dérangement|attendre)\w*",
        but="mais",
    ),
    questions=Questions(
        asks=(
            r"(?:(?:de |à |dans |sur |pour )?(?:quel(?:le)?s?|lequel|laquelle|lesquel\w+)|où|quand|combien|comment voulez|que (?:doit|voulez|souhaitez|veux)|qu['’]est-ce que (?:vous|tu))\b"
            r"|(?:voulez|souhaitez|désirez|confirmez)-vous\b|(?:veux|souhaites)-tu\b|(?:dois|puis)-je\b|(?:parlez|s['’]agit)[- ]|(?:êtes-vous|es-tu) sûre?\b|est-ce que (?:je (?:dois|peux)|vous (?:voulez|souhaitez))\b"
        ),
        tells=r"(?:veuillez |merci de |pouvez-vous )?(?:me )?(?:précisez|préciser|indiquez|indiquer|dites-moi|me dire|choisissez|choisir)\b",
        closes=r"autre chose|vous aider|d['’]autre|t['’]aider|vous plaît-|(?:vous|te) convient|qu['’]en pensez|satisfait",
        polite="s['’]il (?:vous|te) plaît|et|pardon|désolée?",
    ),
    presses=(
        Presses(
            press=r"(?:cliquez|cliquer|clique|appuyez|appuyer|appuie)(?: (?:simplement|ensuite|donc))? sur(?: le bouton)?",
            words="confirmer|appliquer|accepter|valider|continuer|poursuivre|commencer|démarrer|générer|créer|oui|terminer|supprimer|remplacer|conserver|autoriser|approuver|non|annuler|ignorer|plus tard",
            lead=r"(?:veuillez|ensuite|puis|maintenant|vous (?:devez|pouvez))|(?:pour|si|quand|afin)\b[^:;\"„“«»]{1,80}?,",
            other=r"ou(?: (?:sur|le bouton))*",
            declines="non|annuler|ignorer|plus tard",
            pays="génér|crédit|coût",
            deletes="supprim|remplac",
            cue="cliqu|appu",
        ),
    ),
)
SPANISH = Language(
    refusals=Refusals(
        begins=(
            r"(?:lo (?:siento|lamento)|perd[oó]n|disculpa|disculpe|lamentablemente|desafortunadamente|por desgracia)\b"
            r"|(?:yo )?no (?:puedo|pude|podemos|pudimos|he podido|logr[eé]|soy capaz|entiendo|entend[ií]|he entendido|comprendo|s[eé] c[oó]mo)\b"
            r"|no tengo (?:la (?:capacidad|posibilidad)|forma|manera|herramientas)\b"
            r"|no (?:es posible|se puede|se pudo|fue posible|est[aá] (?:disponible|permitido)|se admite|es compatible)\b"
            r"|(?:esto|eso|esta funci[oó]n|esa funci[oó]n|la operaci[oó]n) no (?:es posible|est[aá]|se puede|se pudo|se admite)\b"
            r"|error\s*:|(?:ha ocurrido|ocurri[oó]|se produjo|se ha producido|hubo) un (?:\w+ )?(?:error|problema)\b|(?:la operaci[oó]n )?fall[oó]\b"
            r"|(?:(?:eso|esto|su solicitud|tu solicitud) )?(?:infringe|viola|incumple)\b|(?:el|la|los|las) \w+ no (?:(?:se )?(?:pudo|pudieron|puede)\b(?! (?:o[ií]r|ver|escuchar))|est[aá]n? (?:disponible|permitid))"
            r"|(?:debes?|tienes? que|por favor,? )(?:primero )?iniciar? sesi[oó]n\b|no (?:har[eé]|voy a hacer) eso\b"
        ),
        untouched=r"no se (?:hizo|ha hecho|realiz[oó]|realizaron|ha cambiado|cambi[oó]|modific[oó])\b|no (?:hice|hay) (?:ning[uú]n )?cambios?|no se (?:guard[oó]|ha guardado|aplic[oó]) nada\b|nada se (?:guard[oó]|cambi[oó]|aplic[oó])|no (?:cambi[eé]|guard[eé]|modifiqu[eé]|hice|he (?:cambiado|guardado|hecho)) nada\b|(?:tuve|tuvimos|he tenido) que (?:omitir|saltar|abandonar|cancelar|detener|dejar)\b|(?:la línea de tiempo|el vídeo|el video|todo) (?:sigue|est[aá]|queda) (?:igual|sin cambios|como estaba)",
        nothing_to_do=r"no (?:encontr[eé]|he encontrado|se encontr\w+|hab[ií]a|hay|detect[eé])\b|ya (?:est[aá]|es|era)\b",
        limits=(
            r"(?:yo )?(?:s[oó]lo|solamente|[uú]nicamente) (?:puedo|edito|trabajo|hago|ayudo|me ocupo|s[eé]|manejo|admito|soy capaz)\b"
            r"|(?:puedo|s[eé]) (?:s[oó]lo|solamente|[uú]nicamente)\b"
            r"|(?:eso|esto|lo que pides?|su solicitud|tu solicitud) (?:est[aá] (?:fuera|m[aá]s all[aá])|va m[aá]s all[aá]|supera|excede|queda fuera)\b"
            r"|(?:esta|la) herramienta (?:s[oó]lo|solamente|[uú]nicamente)\b"
        ),
        apologies=r"(?:lo (?:siento|lamento)|perd[oó]n|disculp\w+|mis disculpas) (?:por |la |el )[^.,;:–—]*?(?:espera|demora|retraso|confusi[oó]n|malentendido|molestia|inconveniente)\w*",
        but="pero",
    ),
    questions=Questions(
        asks=(
            r"(?:(?:de |a |en |con |para )?(?:qué|cuál|cuáles|cuánt[oa]s?|que clip)|d[oó]nde|cu[aá]ndo|c[oó]mo (?:quiere|desea|debo))\b"
            r"|(?:quieres?|desea[s]?|debo|puedo|confirmas?|te refieres|se refiere|est[aá]s? segur[oa])\b"
        ),
        tells=r"(?:por favor,? )?(?:ind[ií](?:ca|que)(?:me)?|d[ií](?:me|game)|especifi(?:ca|que)|eli(?:ge|ja)|confirm[ae]|aclar[ae])\b",
        closes=r"algo m[aá]s|ayudar|otra cosa|te gusta|le gusta|te parece|le parece|satisfech",
        polite="por favor|y|perd[oó]n",
    ),
    presses=(
        Presses(
            press=r"(?:ha(?:ga|z) clic en|hacer clic en|pulse|pulsa|presion[ae]|toque|toca)(?: en)?(?: el bot[oó]n)?(?: de)?",
            words="confirmar|aplicar|aceptar|continuar|seguir|empezar|comenzar|iniciar|generar|crear|s[ií]|listo|eliminar|borrar|reemplazar|conservar|aprobar|permitir|no|cancelar|omitir|m[aá]s tarde",
            lead=r"(?:por favor,?|luego|despu[eé]s|ahora|debes?|puedes?)|(?:para|si|cuando)\b[^:;\"„“«»]{1,80}?,",
            other=r"o(?: (?:en|el bot[oó]n))*",
            declines="no|cancelar|omitir|m[aá]s tarde",
            pays="gener|crédito|costo",
            deletes="elimin|borr|reemplaz",
            cue="clic|puls|presion|toca|toque",
        ),
    ),
)
PORTUGUESE = Language(
    refusals=Refusals(
        begins=(
            r"(?:(?:me )?desculp[ea]|lamento|sinto muito|infelizmente|perd[aã]o)\b"
            r"|(?:eu )?não (?:posso|pude|consigo|consegui|podemos|entendo|entendi|compreendo|compreendi|sei como|sou capaz)\b"
            r"|não tenho (?:como|a capacidade|ferramentas)\b|não (?:é|foi|será) possível\b|não (?:dá para|há como)\b"
            r"|(?:isso|isto|esta? fun\w+|essa? fun\w+|a operação) não (?:é|está|pode|foi)\b"
            r"|(?:erro|falha)\b\s*:?|(?:ocorreu|houve|aconteceu) um (?:\w+ )?(?:erro|problema)\b|a operação falhou\b"
        ),
        untouched=r"nenhuma (?:alteração|mudança)\b|nada foi (?:alterado|mudado|modificado)\b|nada foi (?:salvo|gravado|guardado|feito|aplicado)\b|não (?:alterei|mudei|salvei|fiz|guardei) nada\b|(?:tive|tivemos) (?:de|que) (?:pular|omitir|saltar|abandonar|cancelar|parar)\b|(?:a linha do tempo|o vídeo|tudo) (?:continua|está|permanece) (?:igual|inalterad)",
        nothing_to_do=r"não (?:encontrei|há|havia|detect\w+|foram? encontrad\w+)\b|já (?:está|é|era)\b",
        limits=(
            r"(?:eu )?(?:só|somente|apenas) (?:posso|consigo|edito|trabalho|faço|sei|lido|atendo)\b"
            r"|(?:posso|consigo|sei) (?:só|somente|apenas)\b"
            r"|(?:isso|isto|o que você pede|seu pedido) (?:está (?:fora|além)|vai além|ultrapassa|excede|foge)\b"
            r"|(?:esta|essa|a) ferramenta (?:só|somente|apenas)\b"
        ),
        apologies=r"(?:(?:me )?desculp\w+|lamento|sinto muito|perd[aã]o|peço desculpas?) (?:pel[ao]s? |[ao] |por )[^.,;:–—]*?(?:espera|demora|atraso|confusão|mal-entendido|transtorno|incômodo|inconveniente)\w*",
        but="mas|porém",
    ),
    questions=Questions(
        asks=(
            r"(?:(?:d?e |em |a |com |para )?(?:qual|quais|que|quant[oa]s?)|onde|quando|como (?:quer|deseja|devo)|o que (?:quer|deseja|devo|você))\b"
            r"|(?:(?:você )?(?:quer|deseja|confirma|se refere|tem certeza)|devo|posso)\b"
        ),
        tells=r"(?:por favor,? )?(?:indique|diga(?:-me)?|especifique|escolha|confirme|informe|me diga)\b",
        closes=r"mais alg|algo mais|ajud|outra coisa|gostou|o que acha|satisfeit",
        polite="por favor|e|desculpe",
    ),
    presses=(
        Presses(
            press=r"(?:clique|clicar|toque|pressione|aperte)(?: (?:em|no|na))?(?: bot[aã]o)?(?: de)?",
            words="confirmar|aplicar|aceitar|continuar|prosseguir|começar|iniciar|gerar|criar|sim|concluir|excluir|apagar|remover|substituir|manter|aprovar|permitir|não|cancelar|pular",
            lead=r"(?:por favor,?|depois|agora|então|você (?:deve|pode))|(?:para|se|quando)\b[^:;\"„“«»]{1,80}?,",
            other=r"ou(?: (?:em|no bot[aã]o))*",
            declines="não|cancelar|pular",
            pays="ger[ae]|crédito|custo",
            deletes="exclu|apag|remov|substit",
            cue="clic|clique|toque|pression|apert",
        ),
    ),
)
ITALIAN = Language(
    refusals=Refusals(
        begins=(
            r"(?:mi dispiace|scus\w+|purtroppo|sono spiacente)\b"
            r"|non (?:posso|riesco|sono riuscit[oa]|sono in grado|ho (?:capito|potuto)|capisco|so come|possiamo)\b"
            r"|(?:non è|questo non è|questa funzione non è) (?:possibile|supportat[oa]|disponibile)\b|impossibile\b"
            r"|errore\s*:|si è verificato un (?:\w+ )?(?:errore|problema)\b"
        ),
        untouched=r"(?:non è stata apportata )?nessuna modifica\b|non è stato modificato nulla\b|non è stato (?:salvato|fatto|applicato) (?:nulla|niente)\b|(?:nulla|niente) è stato (?:salvato|modificato|cambiato)|non ho (?:cambiato|modificato|salvato|fatto) (?:nulla|niente)\b|(?:ho|abbiamo) dovuto (?:saltare|omettere|abbandonare|annullare|interrompere|lasciare)\b|(?:la timeline|il video|tutto) (?:è|resta|rimane) (?:invariat|come prima|uguale)",
        nothing_to_do=r"non (?:ho trovato|ci sono|c['’]è|è stat\w trovat\w)\b|(?:è|era) già\b",
        limits=(
            r"(?:posso|so) (?:solo|soltanto|solamente|unicamente)\b"
            r"|(?:io )?(?:mi occupo|gestisco|modifico|tratto) (?:solo|soltanto|solamente|esclusivamente)\b"
            r"|(?:questo|ciò|quello che chiedi|la tua richiesta) (?:va oltre|esula|supera|è (?:al di fuori|fuori|oltre))\b"
            r"|(?:questo|lo) strumento (?:\w+ )?(?:solo|soltanto|solamente|esclusivamente)\b"
        ),
        apologies=r"(?:mi dispiace|scus\w+|le mie scuse|mi scuso) (?:per |l['’]|il |la )[^.,;:–—]*?(?:attesa|ritardo|confusione|malinteso|disagio|inconveniente)\w*",
        but="ma|però",
    ),
    questions=Questions(
        asks=(
            r"(?:(?:di |a |in |con |per |da )?(?:quale?|quali|che|quant[oaie])|dove|quando|come (?:vuoi|vuole|devo)|cosa (?:vuoi|vuole|devo|intendi))\b"
            r"|(?:vuoi|vuole|desideri|desidera|intendi|intende|devo|posso|confermi|conferma|sei sicur[oa])\b"
        ),
        tells=r"(?:per favore,? )?(?:indica(?:mi)?|dimmi|mi dica|specifica|scegli|conferma|precisa)\b",
        closes=r"altro\b|aiut|ti piace|le piace|che ne pensi|soddisfatt",
        polite="per favore|e|scusa",
    ),
    presses=(
        Presses(
            press=r"(?:fai clic su|faccia clic su|fare clic su|clicca(?:re)?(?: su)?|premi|prema|tocca)(?: (?:il pulsante|il tasto))?",
            words="conferma|applica|accetta|continua|procedi|avanti|inizia|avvia|genera|crea|s[iì]|fine|elimina|rimuovi|sostituisci|mantieni|approva|consenti|no|annulla|salta",
            lead=r"(?:per favore,?|poi|ora|quindi)|(?:per|se|quando)\b[^:;\"„“«»]{1,80}?,",
            other=r"o(?:ppure)?(?: su)?(?: il pulsante)?",
            declines="no|annulla|salta",
            pays="gener|credit|costo",
            deletes="elimin|rimuov|sostit",
            cue="clic|premi|prema|tocca",
        ),
    ),
)
