"""How an agent refuses, asks, and asks for a click in German, Dutch and Swedish."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line; other scripts are meant

from __future__ import annotations

from .language import Language, Presses, Questions, Refusals

__all__ = ["DUTCH", "GERMAN", "SWEDISH"]

GERMAN = Language(
    refusals=Refusals(
        begins=(
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
            r"|(?:bitte )?(?:melde|melden|logge) (?:dich|sie sich) (?:bitte )?(?:zuerst |erst )?(?:an|ein)\b|(?:ihr|dein) [\w-]+ enthält kein"
        ),
        untouched=r"(?:es )?wurde(?:n)? (?:nichts|keine änderungen?)\b|nichts wurde geändert|keine änderung|nichts (?:wurde|ist|konnte) (?:ge|über|ver|werden)\w*|(?:ich|wir) (?:habe|haben) (?:leider |bisher )?nichts (?:ge|ver)\w+|(?:ich|wir) mussten? [^,;:]{1,40} (?:auslassen|überspringen|weglassen|abbrechen|aufgeben)\b|(?:die timeline|die zeitleiste|das video|der film|alles) (?:ist|bleibt|blieb) (?:unverändert|wie (?:es|sie|er) war)",
        nothing_to_do=(
            r"(?:ich|wir) (?:habe|haben|fand|konnte) [^,;:]*\bkein\w* [^,;:]*(?:gefunden|finden)\b"
            r"|es (?:gibt|gab) (?:hier )?kein\w*\b|(?:das|es|er|sie) (?:ist|war) (?:schon|bereits)\b"
        ),
        limits=(
            r"(?:ich|wir) (?:kann|können|darf|dürfen|mache|bearbeite|schneide|unterstütze|beherrsche|verarbeite|helfe) (?:hier |leider |derzeit |momentan |dir |ihnen )*(?:nur|lediglich|ausschließlich|bloß)\b"
            r"|(?:ich bin|wir sind) (?:nur|lediglich|ausschließlich|bloß) (?:für|in der lage|dazu|ein\w*)\b"
            r"|(?:das|dies\w*|deine bitte|ihre bitte)(?: [\w-]+){0,2} (?:liegt|geht|ist|übersteigt|überschreitet) (?:leider )?(?:außerhalb|über [^,;:]* hinaus|mein\w*|jenseits)\b"
            r"|(?:das|dies\w*|der|die) (?:\w+ )?(?:tool|werkzeug|programm|assistent\w*|dienst|system|version) (?:kann|unterstützt|bearbeitet|verarbeitet|beherrscht|macht|schneidet) (?:nur|lediglich|ausschließlich|bloß)\b"
        ),
        apologies=r"(?:(?:bitte )?entschuldig\w*(?: sie)?|(?:es )?tut mir (?:sehr )?leid|sorry|verzeihung)(?: bitte)?,? (?:für|wegen|die|den|das|dass) [^.,;:–—]*?(?:wart\w*|verzögerung\w*|verwirrung\w*|missverständnis\w*|unannehmlichkeit\w*|versehen\w*|verspätung\w*|gedauert(?: hat)?)",
        but="aber",
    ),
    questions=Questions(
        asks=(
            r"(?:(?:in |bei |an |auf |mit |zu |von )?welche[rnms]?|was (?:genau|soll|sollen|meinen|meinst|möcht\w+)|wo(?:hin|rauf)?|wann|wie (?:lang\w*|viele?|laut|schnell|groß|soll\w*|oft))\b"
            r"|(?:meinst du|meinen sie|soll ich|sollen wir|möchtest du|möchten sie|willst du|wollen sie|sind sie sicher|bist du sicher|darf ich|einverstanden)\b"
        ),
        tells=r"(?:bitte )?(?:sag\w*|nenn\w*|gib|geben sie|wähl\w*|bestätig\w*|präzisier\w*)\b.*\b(?:mir|welche\w*|an|ob|bitte|sie)\b",
        closes=r"noch (?:etwas|was)|sonst (?:noch )?(?:etwas|was)|helfen|gefällt|zufrieden|weitere\w* (?:frage|wünsche|hilfe)",
        polite="bitte|also|und|entschuldigung",
    ),
    presses=(
        Presses(
            press=r"(?:klick(?:en sie|e)?|tipp(?:en sie|e)?|drück(?:en sie|e)?)(?: (?:bitte|einfach|dann|nun|jetzt))*(?: auf)?(?: (?:den|die|das))?(?: (?:button|schaltfläche|knopf|taste))?",
            words="bestätigen|übernehmen|anwenden|akzeptieren|zustimmen|weiter|fortfahren|fortsetzen|starten?|beginnen|generieren|erstellen|ja|fertig|löschen|entfernen|ersetzen|behalten|genehmigen|erlauben|nein|abbrechen|überspringen|später",
            lead=r"(?:bitte|dann|nun|jetzt|danach)|(?:um|wenn|falls|zum|sobald)\b[^:;\"„“«»]{1,80}?,",
            other=r"oder(?: (?:auf|den|die))*",
            declines="nein|abbrechen|überspringen|später",
            pays="gener|guthaben|kost",
            deletes="lösch|entfern|ersetz",
            cue="klick|tipp|drück",
        ),
        Presses(
            press=r"(?:bitte |sie müssen |du musst )(?:nur |noch |einfach )*auf(?: (?:den|die|das))?(?: (?:button|schaltfläche|knopf))?",
            words="bestätigen|übernehmen|anwenden|akzeptieren|zustimmen|weiter|fortfahren|starten?|generieren|ja|nein|abbrechen",
            ends=" (?:klicken|tippen|drücken)",
            declines="nein|abbrechen",
        ),
    ),
)
DUTCH = Language(
    refusals=Refusals(
        begins=(
            r"(?:sorry|helaas|het spijt (?:me|mij|ons)|excuses)\b"
            r"|(?:ik|wij|we|dat|dit) (?:kan|kon|kunnen|konden) [^,;:]*\b(?:niet|geen)\b|(?:dat|dit) kan (?:helaas )?niet\b"
            r"|(?:ik|we) (?:begrijp|begreep|snap) [^,;:]*niet\b|(?:ik|we) (?:ben|zijn) niet in staat\b"
            r"|(?:dat|dit|deze functie) (?:is|wordt) (?:helaas )?niet (?:mogelijk|ondersteund|beschikbaar)\b"
            r"|fout\s*:|er (?:is|ging|trad) [^,;:]*\b(?:fout|mis)\b"
        ),
        untouched=r"er is niets (?:gewijzigd|veranderd)\b|er is niets (?:opgeslagen|gedaan|toegepast)\b|(?:ik|we) heb(?:ben)? niets (?:ge|ver)\w+|(?:ik|we) moest(?:en)? [^,;:]{1,40} (?:overslaan|weglaten|afbreken|opgeven)\b|(?:de tijdlijn|de video|alles) (?:is|blijft|bleef) ongewijzigd",
        nothing_to_do=r"(?:ik|we) (?:heb|hebben|vond) [^,;:]*\bgeen [^,;:]*\b|er (?:is|zijn|was|waren) geen\b",
        limits=(
            r"(?:ik|we|wij) (?:kan|kunnen|mag|doe|bewerk|ondersteun|help|verwerk) (?:alleen|enkel|slechts|uitsluitend)\b"
            r"|(?:dat|dit) (?:valt|gaat|ligt|is) (?:buiten|verder dan|boven)\b"
            r"|(?:deze|dit|de|het) (?:tool|hulpmiddel|programma|dienst|assistent) (?:kan|doet|ondersteunt|verwerkt|bewerkt) (?:alleen|enkel|slechts|uitsluitend)\b"
        ),
        apologies=r"(?:sorry|excuses|het spijt (?:me|mij|ons)|mijn excuses) (?:voor|dat) [^.,;:–—]*?(?:wacht\w*|vertraging|verwarring|misverstand|ongemak|vergissing|duurde)\w*",
        but="maar",
    ),
    questions=Questions(
        asks=(
            r"(?:(?:in |bij |van |met |op )?(?:welke?|wiens)|waar(?:in|mee)?|wanneer|hoe(?:veel| lang| snel| groot| hard)|wat (?:moet|wil|bedoel\w*))\b"
            r"|(?:bedoel(?:t)? (?:je|u)|wil (?:je|u)|wilt u|moet ik|zal ik|mag ik|weet (?:je|u) zeker|ben je zeker)\b"
        ),
        tells=r"(?:laat (?:me|mij) weten|geef (?:aan|op)|kies|bevestig|zeg) .*\b(?:welke|waar|of|wat|wanneer|het|hoe)\b",
        closes=r"nog (?:iets|wat)|iets anders|helpen|bevalt|tevreden|vind je",
        polite="alsjeblieft|en|sorry",
    ),
    presses=(
        Presses(
            press=r"(?:klik|tik|druk)(?: (?:dan|nu|gewoon))? op(?: de)?(?: knop)?",
            words="bevestigen|toepassen|accepteren|akkoord|doorgaan|verder|starten?|beginnen|genereren|maken|ja|klaar|verwijderen|vervangen|behouden|toestaan|nee|annuleren|overslaan|later",
            lead=r"(?:alsjeblieft|dan|nu)|(?:om|als|wanneer)\b[^:;\"„“«»]{1,80}?,",
            other=r"of(?: op)?(?: de knop)?",
            declines="nee|annuleren|overslaan|later",
            pays="gener|kost",
            deletes="verwijder|vervang",
            cue="klik|tik |druk",
        ),
    ),
)
SWEDISH = Language(
    refusals=Refusals(
        begins=(
            r"(?:tyvärr|förlåt|ursäkta|beklagar|jag beklagar|jag är ledsen)\b|(?:jag|vi|det|detta) (?:kan|kunde|förstår|förstod|lyckades) (?:\w+ )?(?:inte|ej)\b"
            r"|(?:det|detta|den \w+ \w+|\w+en) (?:är|går|stöds|var|gick)(?: \w+)? (?:inte|ej)(?: (?:möjlig|tillgänglig|tillåt|att)|\s*$)|\w+en stöds inte\b"
            r"|(?:det är )?omöjligt\b|fel\s*:|(?:ett|något) (?:fel|gick fel)\b"
        ),
        untouched=r"(?:ingenting|inget) (?:har )?(?:ändra\w+|förändra\w+)\b|(?:ingenting|inget) (?:har )?(?:sparats?|gjorts?|sparades)\b|(?:jag|vi) (?:ändrade|sparade|gjorde) (?:ingenting|inget)\b|(?:jag|vi) (?:var tvung\w+ att|fick|måste) (?:hoppa över|utelämna|avbryta|ge upp)\b|(?:tidslinjen|videon|allt) är oförändra",
        nothing_to_do=r"(?:tyvärr,? )?(?:(?:jag|vi) )?(?:hittade|hittar|fann|såg) (?:\w+ )?(?:inga|ingen|inget)\b|det finns (?:inga|ingen|inget)\b",
        limits=(
            r"(?:jag|vi) (?:kan|får|hjälper|redigerar|hanterar|klarar) (?:bara|endast|enbart)\b"
            r"|(?:det|detta|din begäran) (?:ligger|är|faller|går) (?:utanför|utöver|bortom)\b"
            r"|(?:det här |detta |)(?:verktyget|verktyg|tjänsten) (?:kan|hanterar|stöder|klarar) (?:bara|endast|enbart)\b"
        ),
        apologies=r"(?:förlåt|ursäkta|jag beklagar|beklagar|jag är ledsen)(?: för| över| att)? [^.,;:–—]*?(?:vänta\w*|väntetid\w*|dröj\w*|förvirring\w*|missförstånd\w*|besvär\w*|försening\w*)",
        but="men",
    ),
    questions=Questions(
        asks=r"(?:(?:i |på |till |från |med |för )?(?:vilken|vilket|vilka|vems)|vad (?:ska|vill|menar|exakt)|var|när|hur (?:länge|långt?|snabbt|högt|stor\w*|mycket|ska))\b|(?:menar du|ska jag|vill du|är du säker|får jag|kan jag fortsätta)\b",
        tells=r"(?:vänligen |snälla )?(?:säg|berätta|ange|välj|bekräfta|specificera|förtydliga)\b",
        closes="något (?:annat|mer|till)|hjälpa|gillar du|nöjd|vad tycker",
        polite="snälla|och|förlåt|ursäkta",
    ),
    presses=(
        Presses(
            press="(?:klicka|tryck|peka)(?: (?:nu|sedan|bara))*(?: på)?(?: (?:knappen|knapp))?",
            words="bekräfta|tillämpa|använd|acceptera|godkänn|fortsätt|nästa|starta|börja|generera|skapa|ja|klar|ta bort|radera|ersätt|behåll|tillåt|nej|avbryt|hoppa över|senare",
            lead=r"(?:vänligen|snälla|nu|sedan|du måste)|(?:för att|om|när)\b[^:;\"„“«»]{1,80}?,",
            other="eller(?: (?:på|knappen))*",
            declines="nej|avbryt|hoppa över|senare",
            pays="genere|kredit|kosta",
            deletes="ta bort|radera|ersätt",
            cue="klicka|tryck|peka",
        ),
    ),
)
