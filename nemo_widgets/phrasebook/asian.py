"""How an agent refuses, asks, and asks for a click in Turkish, Arabic, Hindi, Vietnamese, Indonesian and Thai."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line; other scripts are meant

from __future__ import annotations

from .language import Language, Presses, Questions, Refusals

__all__ = ["ARABIC", "HINDI", "INDONESIAN", "THAI", "TURKISH", "VIETNAMESE"]

TURKISH = Language(
    refusals=Refusals(
        begins=r"(?:üzgünüm|maalesef|ne yazık ki|özür dilerim|kusura bakma\w*)\b|(?:bir )?hata (?:oluştu|:)|anlamadım|anlayamadım",
        ends=(
            r"(?:am[ıi]yor(?:um|uz)?|em[ıi]yor(?:um|uz)?|(?:y?ama|y?eme)(?:m|yız|yiz|d[ıi]m|d[ıi]k)|desteklen?miyor(?:uz|um)?|"
            r"(?:mümkün|kullanılabilir|mevcut) değil(?:dir)?|(?:yapıla|ekleneme|yapılama|eklene)m[ae]?d[ıi]|başarısız oldu|anlamadım)"
        ),
        untouched=r"hiçbir (?:şey|değişiklik) |hiçbir şeyi (?:değiştirme|kaydetme)|[^.,;:]{1,40} (?:atlamak|iptal etmek|durdurmak) zorunda kald",
        nothing_ends=r"(?:bulamad[ıi](?:m|k)|bulunamad[ıi]|bulunmuyor|yok)",
        limits_end=(
            "(?:sadece|yalnızca|yalnız) [^,;:]*(?:abil|ebil)ir(?:im|iz)?"
            "|(?:sadece|yalnızca|yalnız) [^,;:]*(?:destekl(?:er|iyor)|düzenl(?:er|iyor))(?:im|um|uz)?"
            r"|(?:kapsam|yetenek|sınır)\w* (?:dışında|ötesinde)(?:dır|dir)?"
            "|(?:beni|sınırlarımı|yeteneklerimi) aşıyor"
        ),
        apologies=r"(?:özür dilerim|kusura bakma\w*|üzgünüm),? (?:beklet|gecik|biraz uzun)[^.,;:–—]*",
        but="ama|ancak",
    ),
    questions=Questions(
        asks=r".*\b(?:hangi\w*|ne (?:kadar|zaman|yaz\w*|olsun)|nere(?:de|ye|den|si)\w*|kaç\w*)\b|.*\b(?:devam ed(?:eyim|elim)|sileyim|silelim|ister misin\w*|istiyor mus\w*|emin mis\w*|onaylıyor mus\w*|keseyim|uygulayayım|başlayayım|mı demek istedin\w*|mi demek istedin\w*)\b",
        tells=r"(?:lütfen )?[^.,]{0,60}(?:belirtin|söyleyin|seçin|onaylayın|belirtir misin\w*|söyler misin\w*|seçer misin\w*|netleştirin)[. ]*$",
        closes="başka|yardımcı ol|beğen|memnun|nasıl buldu",
        polite="lütfen|ve|peki",
    ),
    presses=(
        Presses(
            press="",
            words="onayla|uygula|kabul et|devam et|devam|ileri|başlat|başla|oluştur|üret|evet|tamam|sil|kaldır|değiştir|sakla|izin ver|hayır|iptal|atla|daha sonra",
            lead=r"(?:lütfen|şimdi|sonra)|[^.:\"“”„«»]{1,60}?(?:için|istersen\w*|isterseniz|üzere)[, ]?",
            other="veya|ya da",
            ends=r"(?:['’]?n?y?[aeıi])?(?: ?(?:düğmesine|butonuna|tuşuna))? ?(?:tıkla|bas(?:ın|ınız)?\b|dokun)",
            declines="hayır|iptal|atla|daha sonra",
            pays="üret|kredi",
            deletes=r"\bsil|kaldır|değiştir",
            cue=r"tıkla|\bbas|dokun",
        ),
    ),
)
ARABIC = Language(
    refusals=Refusals(
        begins=(
            r"(?:عذر[اًا]+|آسف|أعتذر|نعتذر|للأسف|معذرة)|(?:أنا |نحن )?(?:لا|لم|لن) (?:أستطيع|نستطيع|يمكن\w*|أتمكن|نتمكن|أفهم|أقدر|ندعم|أستطع|يتم|يُمكن\w*)"
            r"|(?:هذ[هاِ]+ |تلك )?(?:ال\w+ )?(?:غير (?:متاحة?|ممكنة?|مدعومة?|مسموح\w*)|ليست? (?:متاح\w*|ممكن\w*|مدعوم\w*))|تعذ[ّ]?ر|حدث خطأ|فشل"
        ),
        untouched="(?:لم يتغير شيء|لم يتم (?:تغيير|إجراء|حفظ) أي|لم (?:أغير|أحفظ|أفعل) (?:أي )?شي|اضطررت إلى (?:تخطي|إلغاء|إيقاف|ترك))",
        nothing_to_do="(?:عذر[اًا]+،? )?لم (?:أجد|أعثر|يتم العثور|نجد|أعثر)|لا (?:يوجد|توجد) ",
        limits=(
            "(?:أنا )?(?:يمكنني|أستطيع|بإمكاني) (?:فقط|سوى)"
            "|(?:أنا )?(?:يمكنني|أستطيع|أقدر على|بإمكاني) [^،؛:]{1,60} فقط"
            "|(?:هذا|ذلك|طلبك) (?:خارج|يتجاوز|يفوق|أبعد من|ليس ضمن)"
            "|هذه الأداة [^،؛:]{1,40} فقط"
        ),
        apologies="(?:عذر[اًا]+|آسف|أعتذر|نعتذر|معذرة) (?:على|عن|ل)[^.،؛:]*?(?:الانتظار|التأخير|الالتباس|الإزعاج|سوء الفهم)",
        but="و?لكن",
    ),
    questions=Questions(
        asks=r"(?:في |من |إلى |على |ب)?(?:أي|أيّ|أية|ما (?:هو|هي|الذي|المقطع)|ماذا|أين|متى|كم|كيف تريد)\b|هل (?:تريد|ترغب|تقصد|أنت متأكد|أتابع|أستمر|أواصل|أحذف|تؤكد|يمكنني المتابعة|يجب أن)",
        tells=r"(?:من فضلك،? |يرجى |الرجاء )(?:تحديد|حدد|أخبرني|اختر|اختيار|التأكيد|تأكيد|توضيح|إخباري|ذكر)|(?:أخبرني|حدد|اختر|أكد)\b",
        closes="شيء آخر|أي شيء|مساعد|أساعد|يعجبك|أعجبك|رأيك|أخرى",
        polite="من فضلك|و|عذر[اًا]+",
    ),
    presses=(
        Presses(
            press="(?:انقر|انقري|اضغط|اضغطي|النقر|الضغط|المس)(?: (?:من فضلك|فوق|على))*(?: (?:زر|الزر))?",
            words="تأكيد|تطبيق|قبول|موافق|متابعة|استمرار|التالي|ابدأ|بدء|إنشاء|توليد|نعم|تم|حذف|إزالة|استبدال|احتفاظ|سماح|لا|إلغاء|تخطي|لاحق[اًا]*",
            lead=r"(?:من فضلك،?|يرجى|الرجاء|ثم|الآن)|(?:ل\w+|إذا|عندما)\b[^:؛\"«»“”]{1,80}?،",
            other="أو(?: (?:على|زر))*",
            declines="لا|إلغاء|تخطي|لاحق[اًا]*",
            pays="توليد|رصيد",
            deletes="حذف|إزالة|استبدال",
            cue="انقر|اضغط|النقر|الضغط|المس",
        ),
    ),
)
HINDI = Language(
    refusals=Refusals(
        begins=r"(?:क्षमा|माफ़|माफ|खेद|मुझे खेद|दुर्भाग्य)|(?:कोई )?(?:त्रुटि|गड़बड़ी)",
        ends=(
            "नहीं (?:कर )?(?:सकता|सकती|सकते|पाया|पाई|पा रहा|पा रही)(?: हूँ| हूं| हैं| है)?"
            "|(?:समर्थित|उपलब्ध|संभव|सम्भव|समझा|समझ आया|समझ पाया) नहीं(?: है| हैं)?|नहीं (?:समझा|समझ पाया)|विफल (?:रहा|हुआ|हो गया)|नहीं (?:हो|किया जा) (?:सका|सकता)(?: है)?"
        ),
        untouched="कुछ (?:भी )?नहीं बदला|कोई बदलाव नहीं|(?:मैंने )?कुछ (?:भी )?(?:नहीं बदला|सहेजा नहीं|नहीं सहेजा|नहीं किया)|[^,।]{1,40}(?:छोड़ना|रोकना|रद्द करना) पड़",
        nothing_ends="(?:नहीं मिल[ाेी]|नहीं मिली)",
        limits_end=(
            "(?:केवल|सिर्फ़|सिर्फ) [^,;:]*(?:सकता|सकती|सकते)(?: हूँ| हूं| हैं| है)?"
            "|(?:क्षमता|क्षमताओं|दायरे|सीमा) (?:से|के) (?:बाहर|परे)(?: है)?"
        ),
        apologies="(?:क्षमा|माफ़|माफ)[^।,]*,? ?(?:देरी|इंतज़ार|इंतजार|प्रतीक्षा)[^।,]*",
        but="लेकिन",
    ),
    questions=Questions(
        asks=".*(?:कौन(?:[- ]?स[ाेी])?|क्या (?:आप|मैं|मुझे|लिख)|कहाँ|कहां|कब|कितन[ाेी]|किस)",
        tells=".*(?:बताएं|बताएँ|बताइए|चुनें|चुनिए|पुष्टि करें|स्पष्ट करें|निर्दिष्ट करें)[। ]*$",
        closes="और कुछ|कुछ और|मदद|सहायता|पसंद|कैसा लगा",
        polite="कृपया|और|माफ़ करें",
    ),
    presses=(
        Presses(
            press="",
            words="पुष्टि करें|लागू करें|स्वीकार करें|स्वीकार|जारी रखें|आगे|शुरू करें|बनाएं|बनाएँ|हाँ|हां|ठीक है|हटाएं|हटाएँ|बदलें|रखें|अनुमति दें|नहीं|रद्द करें|छोड़ें|बाद में",
            lead=r"(?:कृपया|अब|फिर)|[^।:\"“”]{1,60}?(?:के लिए|तो)[, ]?",
            other="या",
            ends="(?:बटन )?(?:पर |को )?(?:क्लिक|टैप|दबा)",
            declines="नहीं|रद्द करें|छोड़ें|बाद में",
            pays="बनाएं|बनाएँ|क्रेडिट",
            deletes="हटा|बदल",
            cue="क्लिक|टैप|दबा",
        ),
    ),
)
VIETNAMESE = Language(
    refusals=Refusals(
        begins=(
            r"(?:rất )?(?:xin lỗi|tiếc|thật tiếc|rất tiếc)\b|(?:(?:tôi|mình|chúng tôi|em) )?(?:hiện )?(?:không|chưa) (?:thể|hiểu|hỗ trợ|làm được)\b"
            r"|(?:tính năng|chức năng|thao tác|yêu cầu|điều)[\w ]{0,20} (?:chưa|không|bị)(?: được| thể)? (?:hỗ trợ|khả dụng|thực hiện|từ chối|có sẵn)"
            r"|(?:đã xảy ra lỗi|lỗi\b)"
        ),
        untouched="không có (?:thay đổi|gì thay đổi)|không có gì (?:được|bị) (?:lưu|thay đổi|áp dụng)|(?:tôi|mình) (?:không|chưa) (?:thay đổi|lưu|làm) gì|(?:tôi|mình) (?:phải|đành) (?:bỏ qua|dừng|hủy)",
        nothing_to_do=r"(?:xin lỗi, )?(?:(?:tôi|mình) )?(?:không|chưa) (?:tìm thấy|phát hiện)",
        limits=(
            r"(?:tôi|mình|chúng tôi|em) chỉ (?:có thể|được|biết|hỗ trợ|chỉnh sửa|xử lý|giúp)\b"
            r"|(?:điều|việc|yêu cầu)[\w ]{0,16} (?:nằm ngoài|vượt quá|ngoài)\b"
            r"|công cụ này chỉ\b"
        ),
        apologies=r"(?:rất )?xin lỗi (?:vì|về|đã) [^.,;:–—]*?(?:chờ|chậm|trễ|nhầm lẫn|bất tiện|hiểu lầm)\w*(?: đợi| trễ)?",
        but="nhưng",
    ),
    questions=Questions(
        asks=r".*\b(?:nào|cái gì|gì|ở đâu|khi nào|bao (?:lâu|nhiêu)|mấy)\b|(?:bạn (?:có muốn|muốn|có chắc|chắc)|tôi có nên|có (?:tiếp tục|xóa|xoá)|tiếp tục)\b",
        tells=r"(?:vui lòng |xin |hãy |bạn hãy )(?:cho (?:tôi |mình )?biết|chỉ định|chọn|xác nhận|nêu|nói rõ|cung cấp)\b",
        closes="gì (?:khác|nữa)|nào khác|giúp|hỗ trợ|thích|hài lòng|thế nào",
        polite="xin lỗi|vậy|và",
    ),
    presses=(
        Presses(
            press="(?:(?:nhấp|nhấn|bấm|ấn|chạm)(?: (?:chuột )?vào)?|click vào)(?: nút)?",
            words="xác nhận|áp dụng|chấp nhận|đồng ý|tiếp tục|tiếp theo|bắt đầu|tạo|có|xong|xóa|xoá|thay thế|giữ|cho phép|không|hủy|huỷ|bỏ qua|để sau",
            lead=r"(?:vui lòng|hãy|xin|bạn hãy|sau đó|bây giờ)|(?:để|nếu|khi)\b[^:;\"„“«»]{1,80}?,",
            other="hoặc(?: (?:vào|nút))*",
            declines="không|hủy|huỷ|bỏ qua|để sau",
            pays="tạo|tín dụng",
            deletes="xóa|xoá|thay thế",
            cue="nhấp|nhấn|bấm|ấn |chạm|click vào",
        ),
    ),
)
INDONESIAN = Language(
    refusals=Refusals(
        begins=(
            r"(?:mohon )?(?:maaf|sayangnya|permintaan maaf)\b|(?:saya|kami) (?:tidak|belum|tak) (?:bisa|dapat|mampu|mengerti|memahami|mendukung)\b"
            r"|(?:itu|ini|hal \w+|fitur \w+|permintaan \w+|operasi \w+) (?:tidak|belum) (?:bisa|dapat|didukung|tersedia|mungkin|diizinkan)\b"
            r"|(?:terjadi kesalahan|gagal)\b|tidak (?:mungkin|didukung|tersedia|bisa|dapat)\b"
        ),
        untouched=r"tidak ada (?:yang berubah|perubahan)\b|tidak ada yang (?:disimpan|diubah|diterapkan)|(?:saya|kami) tidak (?:mengubah|menyimpan|melakukan) apa|(?:saya|kami) (?:terpaksa|harus) (?:melewati|membatalkan|menghentikan)",
        nothing_to_do=r"(?:maaf, )?(?:(?:saya|kami) )?tidak (?:menemukan|ditemukan|ada(?! cara\b| perubahan\b| yang (?:ber|di)))\b",
        limits=(
            r"(?:saya|kami) (?:hanya|cuma) (?:bisa|dapat|mampu|menangani|mengedit|mendukung|membantu)\b"
            r"|(?:itu|ini|hal \w+|permintaan \w+) (?:di luar|melampaui|melebihi)\b"
            r"|(?:alat|layanan|fitur) ini (?:hanya|cuma)\b"
        ),
        apologies=r"(?:mohon )?maaf (?:atas|karena|sudah|telah) [^.,;:–—]*?(?:menunggu|penantian|keterlambatan|kebingungan|kesalahpahaman|ketidaknyamanan|lama)\w*",
        but="tapi|tetapi",
    ),
    questions=Questions(
        asks=r"(?:(?:di |pada |ke |dari |untuk )?(?:klip |bagian |file |video |adegan )?(?:yang mana|mana|apa|siapa)|di mana|kapan|berapa\w*|seberapa|bagaimana (?:anda|kamu))\b|(?:apakah (?:anda|kamu|saya)|haruskah|maukah|bolehkah|(?:anda|kamu) (?:ingin|mau|yakin)|lanjutkan)\b",
        tells=r"(?:harap|mohon|silakan|tolong) (?:beri ?tahu|sebutkan|tentukan|pilih|konfirmasi|jelaskan|berikan)\w*",
        closes=r"yang lain|lainnya|ada lagi|bantu|suka\b|puas|pendapat",
        polite="tolong|mohon|dan|maaf",
    ),
    presses=(
        Presses(
            press="(?:klik|tekan|ketuk|sentuh)(?: pada)?(?: tombol)?",
            words="konfirmasi|terapkan|terima|setuju|lanjutkan|lanjut|berikutnya|mulai|buat|hasilkan|ya|selesai|hapus|ganti|izinkan|tidak|batalkan|batal|lewati|nanti",
            lead=r"(?:silakan|harap|mohon|tolong|lalu|kemudian|sekarang)|(?:untuk|jika|kalau)\b[^:;\"„“«»]{1,80}?,",
            other="atau(?: (?:pada|tombol))*",
            declines="tidak|batalkan|batal|lewati|nanti",
            pays="hasilkan|kredit",
            deletes="hapus|ganti",
            cue="klik|tekan|ketuk|sentuh",
        ),
    ),
)
THAI = Language(
    refusals=Refusals(
        begins=(
            "(?:ขออภัย|ขอโทษ|เสียใจ|น่าเสียดาย)|(?:ฉัน|ผม|ดิฉัน|เรา|ระบบ)?(?:ยัง)?ไม่(?:สามารถ|เข้าใจ|รองรับ|อนุญาต)"
            "|[^ ]{0,20}(?:ยัง)?ไม่(?:รองรับ|พร้อมใช้งาน|สามารถใช้)|เกิดข้อผิดพลาด|ล้มเหลว"
        ),
        untouched="ไม่มีการเปลี่ยนแปลง|ไม่มีอะไร(?:ถูก)?(?:บันทึก|เปลี่ยน)|(?:ฉัน|ผม|เรา)?ไม่ได้(?:เปลี่ยน|บันทึก|แก้ไข|ทำ)(?:แปลง)?อะไร|(?:ฉัน|ผม|เรา)?(?:จำเป็น)?ต้อง(?:ข้าม|หยุด|ยกเลิก)",
        nothing_to_do="(?:ขออภัย ?)?(?:ฉัน|ผม|เรา)?ไม่(?:พบ|มี(?!อะไร|การเปลี่ยน))",
        limits=(
            "(?:ฉัน|ผม|ดิฉัน|เรา|ระบบ|เครื่องมือนี้)(?:ทำได้แค่|ทำได้เพียง|สามารถ[^ ]{0,30}(?:เท่านั้น|ได้เพียง|ได้แค่)|รองรับเฉพาะ|รองรับแค่|[^ ]{0,30}ได้เท่านั้น)"
            "|[^ ]{0,20}(?:อยู่นอกเหนือ|เกินความสามารถ|เกินขอบเขต|นอกเหนือ)"
        ),
        apologies="(?:ขออภัย|ขอโทษ)(?:ที่|สำหรับ)[^ ]*?(?:รอ|ล่าช้า|ช้า|สับสน|ไม่สะดวก)(?:นาน)?(?:ครับ|ค่ะ)?",
        but="แต่",
    ),
    questions=Questions(
        asks=".*(?:ไหน|อะไร|เมื่อไร|เมื่อไหร่|เท่าไร|เท่าไหร่|กี่|หรือไม่|ไหม)",
        tells="(?:กรุณา|โปรด|ช่วย)[^ ]{0,6}(?:บอก|ระบุ|เลือก|ยืนยัน|แจ้ง)",
        closes="ให้(?:ฉัน|ผม|ดิฉัน)?ช่วย|ช่วยเหลือ|อื่น|อีก(?:ไหม|หรือไม่)|ชอบ|พอใจ|เป็นอย่างไร",
        ends="(?:ไหน|อะไร|เท่าไร|เท่าไหร่|หรือไม่|ไหม)(?:คะ|ครับ|ค่ะ)?[. ]*$",
    ),
    presses=(
        Presses(
            press="(?:กรุณา|โปรด)?(?:คลิก|กด|แตะ)(?:ที่)?(?:ปุ่ม)? ?",
            words="ยืนยัน|นำไปใช้|ยอมรับ|ตกลง|ดำเนินการต่อ|ต่อไป|ถัดไป|เริ่ม|สร้าง|ใช่|เสร็จสิ้น|ลบ|แทนที่|เก็บไว้|อนุญาต|ไม่|ยกเลิก|ข้าม|ภายหลัง",
            lead=r"(?:จากนั้น|แล้ว|ตอนนี้)|(?:หาก|ถ้า|เพื่อ)[^:\"“”]{1,60}? ",
            other="หรือ(?:ปุ่ม)?",
            edge=r"(?:(?!\w)|(?=เพื่อ|หรือ))",
            declines="ไม่|ยกเลิก|ข้าม|ภายหลัง",
            pays="สร้าง|เครดิต",
            deletes="ลบ|แทนที่",
            cue="คลิก|กด|แตะ",
        ),
    ),
)
