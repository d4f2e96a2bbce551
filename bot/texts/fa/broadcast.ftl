talk-broadcast = پیام همگانی
    .words = پیام همگانی | ارسال همگانی
broadcast-place = پیام برای کجاست؟ انتخاب کنید یا بخشی از نام محله یا شهرستان را بنویسید.
broadcast-place-none = جایی با این نام پیدا نشد که بتوانید برای اهالی‌اش پیام بفرستید. لطفاً نام را دوباره بررسی کنید.
broadcast-words = پیامتان را برای { $readers } بنویسید، از { $least } تا { $most } حرف. اگر خواستید، یک عکس هم بفرستید.
broadcast-length = پیام باید دست‌کم { $least } و حداکثر { $most } حرف داشته باشد. لطفاً دوباره بنویسید.
broadcast-photo-kept = عکس رسید.
broadcast-one-photo = با هر پیام فقط یک عکس فرستاده می‌شود؛ عکس اول را نگه داشتیم.
broadcast-who = پیام برای چه کسانی است؟

broadcast-province = استان
broadcast-county = شهرستان { $county }
broadcast-readers = { $who } { $place }
broadcast-who-residents = اهالی
    .label = اهالی
broadcast-who-council = اعضای شورا در
    .label = اعضای شورا
broadcast-who-coordinators = دبیران شورا در
    .label = دبیران شورا
broadcast-who-everybody = اهالی و اعضای شورا در
broadcast-who-county-board = کمیتهٔ راهبری
broadcast-who-province-board = شورای راهبری
broadcast-who-officers = مسئولان شهرستان در
    .label = مسئولان شهرستان

broadcast-message =
    پیام { $sender }:
    { $words }
    .settings = تنظیم خبرها
broadcast-why = این پیام برای { $readers } فرستاده شده است.
broadcast-elsewhere =
    { $elsewhere ->
        [bale] در بله
       *[telegram] در تلگرام
    } { $n ->
        [1] این‌طور دیده می‌شود:
       *[other] به شکل { $n } پیام دیده می‌شود:
    }
    { $words }

broadcast-confirm =
    { $n ->
        [1] این پیام برای یک نفر از { $readers } فرستاده می‌شود:
       *[other] این پیام برای { $n } نفر از { $readers } فرستاده می‌شود:
    }
    «{ $title }»
    پس از ارسال، پیام پس گرفته نمی‌شود؛ فقط می‌توانید اصلاحش کنید.
    .send = ارسال
    .words = ویرایش
    .who = گیرنده‌ها
    .photo = حذف عکس
broadcast-left-out = به { $n } نفر نمی‌رسد:
broadcast-quiet = اکنون ساعت استراحت اهالی است؛ پیام شما ساعت { $time } فرستاده می‌شود.
broadcast-nobody = کسی نیست که این پیام به او برسد. لطفاً گیرنده‌های دیگری انتخاب کنید.

broadcast-reason-silent = خبرها را قطع کرده‌اند: { $n } نفر
broadcast-reason-weekly = خبرها را هفته‌ای یک‌بار می‌گیرند: { $n } نفر
broadcast-reason-closed = گفت‌وگو را بسته‌اند: { $n } نفر
broadcast-reason-refused = پیام‌رسان نپذیرفت: { $n } نفر
broadcast-reason-left = دیگر از گیرنده‌ها نیستند: { $n } نفر
broadcast-reason-taken = ارسال پیش از رسیدن به آن‌ها لغو شد: { $n } نفر

broadcast-progress =
    «{ $title }»
    { $state }
    فرستاده شد: { $sent } نفر از { $n } نفر
    .pause = توقف موقت
    .go = ادامه
    .stop = لغو ارسال
    .correct = اصلاح متن
broadcast-state-sending = پیام دارد فرستاده می‌شود.
broadcast-state-quiet = ساعت استراحت اهالی است؛ ارسال از ساعت { $time } ادامه پیدا می‌کند.
broadcast-state-paused = ارسال موقتاً نگه داشته شده است.
broadcast-state-stopping = ارسال دارد لغو می‌شود.
broadcast-state-stopped = ارسال لغو شد.
broadcast-state-done = ارسال تمام شد.

broadcast-result =
    «{ $title }»
    فرستاده شد: { $n } نفر
broadcast-failed = فرستاده نشد: { $n } نفر
broadcast-photo-bad = عکس باز نشد و برای همین پیام فرستاده نشد. لطفاً با عکس دیگری دوباره بفرستید.

broadcast-correcting = متن پیام دارد اصلاح می‌شود؛ تا حالا: { $n } نفر
broadcast-corrected-so-far = متن پیام اصلاح شد: { $n } نفر
broadcast-corrected =
    «{ $title }»
    متن پیام اصلاح شد: { $n } نفر
broadcast-corrected-unsure = برای { $n } نفر از آن‌ها پیام‌رسان نمی‌گوید که متن تازه دیده می‌شود یا نه.
broadcast-corrected-not = اصلاح نشد: { $n } نفر
