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


_CYRILLIC = "cp1251 koi8_r cp866 iso8859_5 mac_cyrillic"

TONGUES = (
    _row("Russian", "俄语", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
         "и в не на что я с это он как но а мы вы ты да нет к у по из за так все бы меня мне тебя день добрый привет спасибо", _CYRILLIC),
    _row("Ukrainian", "乌克兰语", "оаинтвіерсклудмпязьбгйчхжїєшюцщфґ",
         "і в не на що я з це він як але а ми ви ти так ні до у по та за все мене тебе", "cp1251 koi8_u iso8859_5"),
    _row("Bulgarian", "保加利亚语", "аиоентрсвлкдпмзгябъучщжцхшюйфь",
         "и в не на да се че от за с е са по това как но ще аз ти той са му тя", _CYRILLIC),
    _row("Serbian", "塞尔维亚语", "аоиенрсјтукдвмлпгзбшчћжцхљњђфџ", "и да је у се на не што за од са али ти ја он су",
         "cp1251 iso8859_5"),
    _row("Greek", "希腊语", "αοιετσνηυρπκμλςόίάέήδγύώωχθφβξζψϊΐϋΰ",
         "και το να του η της με που την από για είναι στο ο οι τα δεν θα σου μου τι όχι ναι", "cp1253 iso8859_7"),
    _row("Hebrew", "希伯来语", "יוהלאתרבשמנכדעקחםפטגסזןצךףץ", "שלום תודה טוב של את לא על זה הוא אני מה אתה כן היא עם גם כל אם אנחנו",
         "cp1255 iso8859_8"),
    _row("Arabic", "阿拉伯语", "اليمنوتربعدهفكقسحجأشةطصىخإضذزئثءغآظؤ",
         "في من على أن إلى هذا ما لا عن هو كان التي مع يا نعم أنا أنت كل", "cp1256 iso8859_6"),
    _row("Thai", "泰语", "านรอกเงมยลวดทสตะปบคหแจพชขใไโ่้ิีัุู็์ๆ" + "".join(map(chr, range(0xE01, 0xE5B))), "", "cp874"),
    _row("Polish", "波兰语", "łąężśćóńź",
         "nie to się w na i z że jest do tak co jak ale o mi dzień dobry już czy był tylko za jestem ten", "cp1250 iso8859_2"),
    _row("Czech", "捷克语", "íáéěřčšýžůúťďňó",
         "je to se na že jsem co ne tak si v a do jak ale mi ano už jsi byl dobrý den kde", "cp1250 iso8859_2"),
    _row("Slovak", "斯洛伐克语", "áíéčžýšľúťôňäďóĺŕ", "je to sa na že som čo nie tak si v a do ako ale mi áno už",
         "cp1250 iso8859_2"),
    _row("Hungarian", "匈牙利语", "áéöóőíüúű", "a az nem és hogy egy is ez meg de van csak azt mi jó el igen itt",
         "cp1250 iso8859_2"),
    _row("Romanian", "罗马尼亚语", "ăîâşţ", "și nu să de la în cu ce o a pe un te da mai care este că si sa in",
         "cp1250 iso8859_2"),
    _row("Croatian", "克罗地亚语", "čšžćđ", "je da se ne i u to na što sam za ti ali si li su kako", "cp1250 iso8859_2"),
    _row("Turkish", "土耳其语", "ıüşğçöİâ",
         "bir bu ve ne için mi de da ben sen var çok evet hayır ama o değil nasıl iyi benim", "cp1254 iso8859_9"),
    _row("Icelandic", "冰岛语", "áíðéþöúóæý", "að og er það ekki ég í sem þú hann á við en um", "cp1252"),
    _row("French", "法语", "éèàêçôûîâùïëœ",
         "de la le et les des un une je tu il est pas que vous nous en à dans pour ce c'est ne qui mais on", "cp1252"),
    _row("German", "德语", "üäöß", "ich und das ist nicht du die der sie es ein wir zu was mit auf den ja nein wie man",
         "cp1252"),
    _row("Spanish", "西班牙语", "áóéíñúü", "de que no la el es y en un lo una por qué me se los con para sí está como",
         "cp1252"),
    _row("Portuguese", "葡萄牙语", "ãéáçõíóêúâôà", "que não de o a e um eu é para com uma do você se isso na os me por",
         "cp1252"),
    _row("Italian", "意大利语", "èàòùéì", "che di non è la il e un per sono in ma ho una mi lo si cosa ti con", "cp1252"),
    _row("Dutch", "荷兰语", "éëïöèü", "ik je het de is dat een en niet van we wat in te zijn maar op hij die", "cp1252"),
    _row("Swedish", "瑞典语", "äåöé", "jag det är du inte att och en på vi har som för vad kan med ett", "cp1252"),
    _row("Danish or Norwegian", "丹麦语或挪威语", "åøæéö", "jeg det er du ikke at og en på vi har som til hva for med et hvad",
         "cp1252"),
    _row("Finnish", "芬兰语", "äöå", "ja on ei se että en hän oli mitä niin minä sinä mutta kun", "cp1252"),
    _row("English", "英语", "éèïñöçáíóúüà",
         "the you i to a and it of that is in what we he this me my not for be on no are do have your was with", "cp1252"),
    _row("Estonian", "爱沙尼亚语", "äõüöšž", "on ei ja see ma sa ta et mis mida kui aga", "cp1257"),
    _row("Latvian", "拉脱维亚语", "āīēšūļžķņģč", "un ir es ka nav tu to par ko viņš bet", "cp1257"),
    _row("Lithuanian", "立陶宛语", "ėšžąįųūęč", "ir aš tai ne kad tu yra jis su kaip bet į", "cp1257"),
)  # fmt: skip
"""Of languages that share an encoding the widely spoken ones."""
