talk-settings = تنظیمات
    .words = تنظیمات
settings =
    محلهٔ شما: { $neighborhood }
    خبرها: { $news }
    .news = تنظیم خبرها
    .hours = ساعت استراحت
    .move = محلهٔ دیگر
    .data = اطلاعات من
    .where = پیام‌رسان خبرها
    .link = وصل‌کردن دو پیام‌رسان
settings-nowhere = هنوز انتخاب نشده
settings-language = زبان عوض شد.
settings-news =
    چه خبرهایی به شما برسد و هر چند وقت یک‌بار؟ پاسخ گزارش‌های خودتان در هر حال می‌رسد.
    اکنون: { $now }
news-all = همهٔ خبرها
news-weekly = هفته‌ای یک‌بار
news-own = فقط کار خودم
news-none = همهٔ پیام‌ها قطع است
settings-quiet = در چه ساعت‌هایی خبر نفرستیم؟ یکی را انتخاب کنید یا خودتان بنویسید. نمونه: ۲۲ تا ۷
    .none = بدون ساعت استراحت
settings-quiet-offer = { $from } تا { $to }
settings-quiet-hours = از ساعت { $from } تا { $to } خبری نمی‌فرستیم و خبرها پس از آن می‌رسد. پاسخ به پیام خودتان همان لحظه می‌آید.
settings-quiet-none = ساعت استراحت: ندارد
settings-quiet-wrong = این ساعت‌ها را نشناختیم. نمونه: ۲۲ تا ۷
digest =
    خبرهای این هفته در { $neighborhood }، از { $from } تا { $to }:
    { $accepted ->
        [0] گزارش تازه‌ای پذیرفته نشد.
        [1] یک گزارش پذیرفته شد و پیگیری می‌شود.
       *[other] { $accepted } گزارش پذیرفته شد و پیگیری می‌شود.
    }
    { $decided ->
        [0] تصمیم دیگری گرفته نشد.
        [1] دربارهٔ یک گزارش دیگر هم تصمیم گرفته شد.
       *[other] دربارهٔ { $decided } گزارش دیگر هم تصمیم گرفته شد.
    }
    این خلاصه را می‌گیرید چون «هفته‌ای یک‌بار» را انتخاب کرده‌اید.
    .settings = تنظیم خبرها
digest-notice = «{ $words }»
digest-meeting = دعوتید به { $what }: { $time }
language-fa = فارسی
language-en = English
