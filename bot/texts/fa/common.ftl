### Sentences that several talks share.

not-understood = ببخشید، متوجه منظورتان نشدیم. لطفاً یکی از دکمه‌های زیر را بزنید یا «راهنما» را بنویسید.
words-none = در پیامتان نوشته‌ای ندیدیم.
file-too-large = این فایل از { $mb } مگابایت بزرگ‌تر است. لطفاً کوتاه‌تر بگیرید یا چند عکس بفرستید.
kind-not-taken = اینجا این نوع پیام را نمی‌پذیریم. لطفاً همین را در چند کلمه بنویسید.
not-allowed = این بخش برای شما باز نیست. اگر مسئول هستید، از دبیر شورا یا مسئول شهرستان بخواهید شما را معرفی کند.
# What this is called before its name. Any text may refer to it; nothing else says «ربات» or «بازو».
bot-of =
    { $messenger ->
        [bale] بازوی
       *[telegram] ربات
    }
private-only =
    { bot-of } محله‌یار در گفت‌وگوی خصوصی کار می‌کند. لطفاً از این نشانی وارد شوید:
    { $link }

button-old = این دکمه دیگر کار نمی‌کند. لطفاً دکمه‌های پایین صفحه را بزنید.
button-back = بازگشت
button-cancel = انصراف
button-previous = قبلی
button-next = بعدی

cancelled = انصراف دادید؛ چیزی ثبت نشد.
nothing-to-cancel = کار نیمه‌کاره‌ای ندارید.

draft-kept = نوشتهٔ نیمه‌کارهٔ شما تا { $date } نگه داشته می‌شود، اما هنوز ثبت نشده است.
draft-offer =
    یک نوشتهٔ نیمه‌کاره دارید:
    «{ $title }»
    ادامه می‌دهید؟
    .resume = ادامه
    .anew = از نو
    .drop = پاک کردن
draft-dropped = نوشتهٔ نیمه‌کاره پاک شد.

talk-closed = این گفت‌وگو نیمه‌کاره مانده بود و بسته شد. نوشته‌های شما ثبت نشده است. از نو شروع می‌کنید؟
    .anew = از نو
    .no = نه

parked =
    پیام شما رسید و نگه داشته شد، اما هنوز نتوانسته‌ایم به آن رسیدگی کنیم. لازم نیست دوباره بفرستید؛ خبر می‌دهیم.
    شمارهٔ خطا:
    { $code }
parked-failed = نتوانستیم به پیام پیشین شما رسیدگی کنیم. لطفاً دوباره بفرستید.
later-done = به پیامی که { $day } فرستاده بودید رسیدگی شد. بابت دیر شدن عذر می‌خواهیم.

sample-place = { $name } (نمونه)
holder-council = شورای پیشرفت { $neighborhood }
holder-county = کمیتهٔ راهبری شهرستان { $county }
a-colleague = یک همکار
you = خودتان

state-submitted = ثبت شد
state-under_review = در حال بررسی
state-needs_info = منتظر پاسخ شما
state-accepted = پیگیری با { $holder }
state-rejected = پایان: پذیرفته نشد
state-withdrawn = پایان: پس گرفته شد
staff-state-submitted = تازه
staff-state-under_review = در حال بررسی
staff-state-needs_info = منتظر شهروند
staff-state-accepted = پذیرفته
staff-state-rejected = ردشده
staff-state-withdrawn = پس گرفته شد

reason-not-public = موضوع شخصی است و راه پیگیری دیگری دارد
    .label = موضوع شخصی است
    .explanation = این موضوع به کار مشترک محله مربوط نیست. لطفاً آن را از ادارهٔ مسئول پیگیری کنید.
reason-insufficient = نشانی یا توضیح کافی نبود
    .label = توضیح کافی نبود
    .explanation = از نوشتهٔ شما جای دقیق یا خود مشکل معلوم نشد. لطفاً با نشانی و توضیح بیشتر دوباره بفرستید.
reason-emergency = موضوع فوری است و باید با شماره‌های ضروری پیگیری شود
    .label = موضوع فوری است
    .explanation = لطفاً همین حالا با شماره‌های ضروری تماس بگیرید؛ شورا به این زودی نمی‌تواند رسیدگی کند.
reason-already-done = پیش‌تر برطرف شده است
    .label = برطرف شده است
    .explanation = این مشکل پیش‌تر برطرف شده است. اگر هنوز آن را می‌بینید، لطفاً دوباره گزارش کنید.
reason-not-feasible = شورا فعلاً توان انجام این کار را ندارد
    .label = فعلاً شدنی نیست
    .explanation = شورا این موضوع را بررسی کرد و فعلاً نیرو و بودجهٔ آن را ندارد.
reason-offensive = متن توهین‌آمیز بود؛ می‌توانید آن را بدون توهین دوباره بفرستید
    .label = متن توهین‌آمیز است
    .explanation = لطفاً همین موضوع را بدون توهین به کسی دوباره بفرستید تا بررسی کنیم.
reason-test-or-spam = پیام آزمایشی بود یا چند بار پشت سر هم فرستاده شد
    .label = آزمایشی یا تکراری
    .explanation = این پیام آزمایشی یا تکراری بود و کاری بر پایهٔ آن انجام نمی‌شود.
reason-other-channel = باید از راه دیگری پیگیری شود
    .label = راه دیگری دارد
    .explanation = این کار در اختیار شورا نیست. لطفاً آن را از ادارهٔ مسئول در شهرستان پیگیری کنید.
