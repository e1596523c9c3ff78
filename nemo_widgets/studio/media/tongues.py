"""Languages as evidence of what a text's bytes mean: their letters beyond ASCII, and common words."""

# ruff: noqa: E501 - a table reads best with a language on a line or two

from __future__ import annotations

from typing import NamedTuple

__all__ = ["TONGUES", "Tongue"]


class Tongue(NamedTuple):
    """A language: its names, letters (small ones, the commonest first), words, and the encodings it is in."""

    en: str
    zh: str
    letters: str
    words: frozenset[str]
    encodings: tuple[str, ...]


def _row(en: str, zh: str, letters: str, words: str, encodings: str) -> Tongue:
    return Tongue(en, zh, letters, frozenset(words.split()), tuple(encodings.split()))


_CYRILLIC = "cp1251 koi8_r cp866 iso8859_5 mac_cyrillic cp855"
_WEST = "cp1252 iso8859_15 mac_roman cp850"
_CENTRE = "cp1250 iso8859_2 cp852 mac_latin2"
_BALTIC = "cp1257 iso8859_13 cp775"

TONGUES = (
    _row("Russian", "俄语", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
         "и в не на что я с о б ж это он как но а мы вы ты да нет к у по из за так все бы меня мне тебя день добрый привет спасибо", _CYRILLIC),
    _row("Ukrainian", "乌克兰语", "оаинтвіерсклудмпязьбгйчхжїєшюцщфґ",
         "і в не на що я з й є о а це він як але а ми ви ти так ні до у по та за все мене тебе", "cp1251 koi8_u iso8859_5 cp1125 mac_cyrillic"),
    _row("Bulgarian", "保加利亚语", "аиоентрсвлкдпмзгябъучщжцхшюйфь",
         "ѝ и в не на да се че от за с е са по това как но ще аз ти той са му тя", _CYRILLIC),
    _row("Serbian", "塞尔维亚语", "аоиенрсјтукдвмлпгзбшчћжцхљњђфџ", "и а о к с да је у се на не што за од са али ти ја он су",
         "cp1251 iso8859_5 cp855 mac_cyrillic"),
    _row("Greek", "希腊语", "αοιετσνηυρπκμλςόίάέήδγύώωχθφβξζψϊΐϋΰ",
         "και το να του η ή ω της με που την από για είναι στο ο οι τα δεν θα σου μου τι όχι ναι", "cp1253 iso8859_7 cp737 cp869 mac_greek"),
    _row("Hebrew", "希伯来语", "יוהלאתרבשמנכדעקחםפטגסזןצךףץ", "שלום תודה טוב של את לא על זה הוא אני מה אתה כן היא עם גם כל אם אנחנו",
         "cp1255 iso8859_8 cp862"),
    _row("Arabic", "阿拉伯语", "اليمنوتربعدهفكقسحجأشةطصىخإضذزئثءغآظؤ",
         "في من على أن إلى هذا ما لا عن هو كان التي مع يا نعم أنا أنت كل", "cp1256 iso8859_6 cp720"),
    _row("Thai", "泰语", "านรอกเงมยลวดทสตะปบคหแจพชขใไโ่้ิีัุู็์ๆ" + "".join(map(chr, range(0xE01, 0xE5B))), "", "cp874"),
    _row("Polish", "波兰语", "łąężśćóńź",
         "nie to się w na i z że jest do tak co jak ale o mi dzień dobry już czy był tylko za jestem ten", _CENTRE),
    _row("Czech", "捷克语", "íáéěřčšýžůúťďňó",
         "je to se na že jsem co ne tak si v a do jak ale mi ano už jsi byl dobrý den kde", _CENTRE),
    _row("Slovak", "斯洛伐克语", "áíéčžýšľúťôňäďóĺŕ", "je to sa na že som čo nie tak si v a do ako ale mi áno už",
         _CENTRE),
    _row("Hungarian", "匈牙利语", "áéöóőíüúű", "a az nem és é ő hogy egy is ez meg de van csak azt mi jó el igen itt",
         _CENTRE),
    _row("Romanian", "罗马尼亚语", "ăîâşţșț", "și nu să de la în cu ce o a pe un te da mai care este că si sa in",
         f"{_CENTRE} mac_romanian"),
    _row("Croatian", "克罗地亚语", "čšžćđ", "je da se ne i u to na što sam za ti ali si li su kako", f"{_CENTRE} mac_croatian"),
    _row("Turkish", "土耳其语", "ıüşğçöİâ",
         "bir bu ve ne için mi de da ben sen var çok evet hayır ama o değil nasıl iyi benim", "cp1254 iso8859_9 cp857 mac_turkish"),
    _row("Icelandic", "冰岛语", "áíðéþöúóæý", "að og er það ekki ég í á ó sem þú hann á við en um", "cp1252 cp850 cp861 mac_iceland"),
    _row("French", "法语", "éèàêçôûîâùïëœ",
         "de la le et les des un une je tu il est pas que vous nous en à dans pour ce c'est ne qui mais on ça va où été l'été", _WEST),
    _row("German", "德语", "üäöß", "ich und das ist nicht du die der sie es ein wir zu was mit auf den ja nein wie man",
         _WEST),
    _row("Spanish", "西班牙语", "áóéíñúü", "de que no la el es y en un lo una por qué me se los con para sí está como",
         _WEST),
    _row("Portuguese", "葡萄牙语", "ãéáçõíóêúâôà", "que não de o a e um eu é para com uma do você se isso na os me por à às já só há",
         f"{_WEST} cp860"),
    _row("Italian", "意大利语", "èàòùéì", "che di non è la il e un per sono in ma ho una mi lo si cosa ti con", _WEST),
    _row("Dutch", "荷兰语", "éëïöèü", "ik je het de is dat een en niet van we wat in te zijn maar op hij die", _WEST),
    _row("Swedish", "瑞典语", "äåöé", "jag det är du inte att och en på vi har som för vad kan med ett å ö hej då så är nu var hur", _WEST),
    _row("Danish or Norwegian", "丹麦语或挪威语", "åøæéö", "jeg det er du ikke at og en på vi har som til hva for med et hvad å ø nå så",
         _WEST),
    _row("Finnish", "芬兰语", "äöå", "ja on ei se että en hän oli mitä niin minä sinä mutta kun", _WEST),
    _row("English", "英语", "éèïñöçáíóúüà",
         "the you i to a and it of that is in what we he this me my not for be on no are do have your was with it's don't i'm that's you're can't "
         "i'll what's he's she's there's let's didn't we're isn't they're i've won't doesn't hello yes how where when they", _WEST),
    _row("Estonian", "爱沙尼亚语", "äõüöšž", "on ei ja see ma sa ta et mis mida kui aga", f"{_BALTIC} iso8859_15"),
    _row("Latvian", "拉脱维亚语", "āīēšūļžķņģč", "un ir es ka nav tu to par ko viņš bet", _BALTIC),
    _row("Lithuanian", "立陶宛语", "ėšžąįųūęč", "ir aš tai ne kad tu yra jis su kaip bet į", _BALTIC),
    _row("Vietnamese", "越南语", "àđêôáơưăâảạốộếệ", "là và à ý ở ơ của có không tôi anh em một những này đó cho được với người các gì", "cp1258"),
)  # fmt: skip
"""Of languages that share an encoding the widely spoken ones."""
