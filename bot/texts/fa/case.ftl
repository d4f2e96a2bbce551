talk-case = دیدن گزارش
    .words = دیدن گزارش
case-usage =
    کد رهگیری را پس از دستور بنویسید. نمونه:
    /case 48271905
card =
    .accept = پذیرش
    .ask = پرسیدن
    .reject = رد با دلیل
    .more = بیشتر
    .move = محلهٔ دیگر
    .redact = پنهان کردن
    .sensitive = حساس
card-what =
    «{ $text }»
    موضوع: { $category }
    محل: { $where }
card-new =
    { $kind ->
        [proposal] پیشنهاد تازه در { $neighborhood }
       *[problem] گزارش تازه در { $neighborhood }
    }
    { $what }
    مهلت پاسخ: { $due }
    کد:
    { $code }
card-review =
    { $kind ->
        [proposal] پیشنهاد در { $neighborhood }، در حال بررسی
       *[problem] گزارش در { $neighborhood }، در حال بررسی
    }
    { $what }
    مهلت پاسخ: { $due }
    کد:
    { $code }
card-asked =
    { $kind ->
        [proposal] پیشنهاد در { $neighborhood }، منتظر شهروند
       *[problem] گزارش در { $neighborhood }، منتظر شهروند
    }
    { $what }
    { $who } پرسید: «{ $question }»
    مهلت پاسخ گزارش‌دهنده: { $until }
    کد:
    { $code }
card-accepted =
    { $kind ->
        [proposal] پیشنهاد در { $neighborhood }
       *[problem] گزارش در { $neighborhood }
    }
    { $what }
    پذیرفته شد؛ تصمیم‌گیرنده: { $who }
    گام بعدی: { $step }، تا { $due }
    کد:
    { $code }
card-rejected =
    { $kind ->
        [proposal] پیشنهاد در { $neighborhood }
       *[problem] گزارش در { $neighborhood }
    }
    { $what }
    پذیرفته نشد؛ تصمیم‌گیرنده: { $who }
    دلیل: { $reason }
    توضیح: { $explanation }
    کد:
    { $code }
card-withdrawn =
    { $kind ->
        [proposal] پیشنهاد در { $neighborhood }
       *[problem] گزارش در { $neighborhood }
    }
    { $what }
    گزارش‌دهنده آن را پس گرفت؛ کاری لازم نیست.
    کد:
    { $code }
card-moved =
    «{ $title }»
    به { $neighborhood } منتقل شد و دیگر با شما نیست.
card-hidden = گزارشی در { $neighborhood } حساس شناخته شد و پنهان است.
card-question = پرسش: «{ $question }»
card-unanswered = در مهلت گفته‌شده پاسخی نرسید؛ با همین اطلاعات تصمیم بگیرید.
card-answer = گزارش‌دهنده: «{ $answer }»
card-joined =
    { $n ->
        [1] یک نفر دیگر هم همین مشکل را دارد.
       *[other] { $n } نفر دیگر هم همین مشکل را دارند.
    }
said-in-voice = در عکس یا صدای پیوست
case-taken =
    کمی زودتر دربارهٔ این گزارش تصمیم گرفته شد؛ کار شما ثبت نشد:
    «{ $title }»
    تصمیم‌گیرنده: { $who }
    وضعیت: { $state }
    .next = گزارش بعدی
case-changed =
    این گزارش همین حالا تغییر کرد؛ کار شما ثبت نشد:
    «{ $title }»
    وضعیت: { $state }
    .see = دیدن گزارش
case-hidden = این گزارش حساس شناخته شد و پنهان است؛ کار شما ثبت نشد.
case-elsewhere =
    این گزارش به محلهٔ دیگری منتقل شده است و دیگر با شما نیست.
    محلهٔ تازه: { $neighborhood }
    کد:
    { $code }
