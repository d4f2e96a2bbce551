talk-broadcast = پیام همگانی
    .words = پیام همگانی | ارسال همگانی
broadcast-place = پیام برای کجاست؟ انتخاب کنید یا بخشی از نام محله یا شهرستان را بنویسید.
broadcast-place-none = جایی با این نام پیدا نشد که بتوانید برای اهالی‌اش پیام بفرستید. لطفاً نام را دوباره بررسی کنید.
broadcast-words = پیامتان را برای { $readers } بنویسید، از { $least } تا { $most } حرف. اگر خواستید، یک عکس، صدا یا فایل پی‌دی‌اف هم بفرستید.
broadcast-length = پیام باید دست‌کم { $least } و حداکثر { $most } حرف داشته باشد. لطفاً دوباره بنویسید.
broadcast-photo-kept = عکس رسید.
broadcast-voice-kept = صدا رسید.
broadcast-file-kept = فایل رسید.
broadcast-one-photo = با هر پیام فقط یک عکس فرستاده می‌شود؛ عکس اول را نگه داشتیم.
broadcast-who = پیام برای چه کسانی است؟
    .several = چند محله
    .meeting = شرکت‌کننده‌های یک جلسه
broadcast-place-many = چند جا این نام را دارند. لطفاً نام کامل‌تری بنویسید یا از فهرست انتخاب کنید.
broadcast-several-ask =
    { $n ->
        [0] محله‌ها را یکی‌یکی انتخاب کنید یا بخشی از نام هر کدام را بنویسید.
        [1] یک محله انتخاب شده است. محله‌های دیگر را هم انتخاب کنید یا ادامه دهید.
       *[other] { $n } محله انتخاب شده است. محله‌های دیگر را هم انتخاب کنید یا ادامه دهید.
    }
    .all = همه
    .enough = ادامه
broadcast-picked = برداشتن { $place }
broadcast-none-chosen = هنوز محله‌ای انتخاب نکرده‌اید. لطفاً دست‌کم یکی را انتخاب کنید.
broadcast-meeting = پیام برای کسانی است که گفته‌اند به کدام جلسه می‌آیند یا شاید بیایند؟
broadcast-meeting-of = { $what }، { $time }
broadcast-no-meeting = جلسه‌ای نیست که بشود برای شرکت‌کننده‌هایش پیام فرستاد.
broadcast-two = { $a } و { $b }
broadcast-three = { $a }، { $b } و { $c }
broadcast-several = { $n } محله
broadcast-councils = شوراهای پیشرفت { $places }
broadcast-readers-going = کسانی که گفته‌اند به { $what } می‌آیند یا شاید بیایند
broadcast-a-meeting = یک جلسه

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
    .why = چرا این پیام؟
    .settings = تنظیم خبرها
broadcast-why = این پیام برای { $readers } فرستاده شده است.
broadcast-urgent =
    این خبر فوری است.
    دلیل: { $reason }
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
        [0] این پیام حالا به هیچ‌کس از { $readers } نمی‌رسد و همه آن را در خلاصهٔ هفته می‌خوانند:
        [1] این پیام برای یک نفر از { $readers } فرستاده می‌شود:
       *[other] این پیام برای { $n } نفر از { $readers } فرستاده می‌شود:
    }
    «{ $title }»
    پس از ارسال، پیام پس گرفته نمی‌شود؛ فقط می‌توانید اصلاحش کنید.
    .send = ارسال
    .words = ویرایش
    .who = گیرنده‌ها
    .time = زمان ارسال
    .urgent = فوری است
    .calm = فوری نیست
    .photo = حذف عکس
    .voice = حذف صدا
    .file = حذف فایل
    .posts = در کانال هم
    .no-posts = بدون کانال
broadcast-rule = تبلیغ انتخاباتی یا حزبی با این پیام‌ها مجاز نیست.
broadcast-apart = متن زیر عکس یا فایل جا نمی‌شود و در پیامی جداگانه پس از آن می‌رسد.
broadcast-post = در «{ $name }» هم گذاشته می‌شود.
broadcast-posts = در { $n } کانال و گروه هم گذاشته می‌شود.
broadcast-time = زمان ارسال: { $time }
broadcast-second-person = این پیام به بیش از { $n } نفر می‌رسد؛ برای همین پس از تأیید نفر دوم فرستاده می‌شود.
broadcast-digested = در خلاصهٔ هفته می‌خوانند: { $n } نفر
broadcast-when = پیام چه وقت فرستاده شود؟ انتخاب کنید یا زمان را بنویسید؛ مثلاً «فردا ساعت ۶ عصر».
    .now = همین حالا
    .rested = پس از استراحت
    .at = زمان دیگر
broadcast-day =
    روز ارسال را انتخاب کنید یا زمان آن را بنویسید؛ مثلاً «فردا ساعت ۶ عصر».
    روزهایی که کنارشان نقطه است تعطیل‌اند.
    { $month }
broadcast-hour =
    پیام چه ساعتی فرستاده شود؟ انتخاب کنید یا بنویسید؛ مثلاً «۵ و نیم عصر».
    روز: { $day }
broadcast-when-unclear = این زمان را متوجه نشدیم. لطفاً این‌طور بنویسید: «پنجشنبه ساعت ۵ عصر».
broadcast-time-far = زمان ارسال باید از حالا تا حداکثر { $n } روز دیگر باشد. لطفاً زمان دیگری انتخاب کنید.
broadcast-time-past = زمانی که برای ارسال انتخاب کرده بودید گذشته است. لطفاً «زمان ارسال» را عوض کنید.
broadcast-urgent-why = پیام فوری در ساعت استراحت هم می‌رسد. دلیل فوری بودن را در { $least } تا { $most } حرف بنویسید؛ اهالی آن را می‌بینند.
broadcast-urgent-not-yours = پیام فوری را فقط شهرستان یا استان می‌فرستد.
broadcast-begun = این پیام دیگر منتظر ارسال نیست و نمی‌شود عوضش کرد.
broadcast-left-out = به { $n } نفر نمی‌رسد:
broadcast-quiet = اکنون ساعت استراحت اهالی است؛ پیام شما ساعت { $time } فرستاده می‌شود.
broadcast-nobody = کسی نیست که این پیام به او برسد. لطفاً گیرنده‌های دیگری انتخاب کنید.

broadcast-reason-silent = خبرها را قطع کرده‌اند: { $n } نفر
broadcast-reason-weekly = خبرها را هفته‌ای یک‌بار می‌گیرند: { $n } نفر
broadcast-reason-later = سهم خبر این هفته‌شان را گرفته‌اند: { $n } نفر
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
    .plain = متن ساده
broadcast-ahead =
    «{ $title }»
    { $state }
    برای { $readers }: { $n } نفر
    .change = تغییر
broadcast-never =
    «{ $title }»
    { $state }
broadcast-state-asked = پیام منتظر تأیید نفر دوم است.
broadcast-state-planned = زمان ارسال: { $time }
broadcast-state-refused =
    { $who } این پیام را تأیید نکرد و پیام فرستاده نشد.
    دلیل: { $reason }
broadcast-state-lapsed = کسی تا یک روز این پیام را تأیید نکرد و پیام فرستاده نشد.
broadcast-state-unseated = فرستندهٔ پیام دیگر این نقش را ندارد و پیام فرستاده نشد.
broadcast-second = { $role }، { $body }
broadcast-unseated =
    این پیام قرار بود اکنون برای { $readers } فرستاده شود:
    «{ $title }»
    فرستندهٔ آن دیگر این نقش را ندارد؛ برای همین فرستاده نشد. اگر لازم است، پیام را خودتان بفرستید.
broadcast-plain =
    { $sender }:
    { $words }
broadcast-post-failed = در «{ $name }» گذاشته نشد و ارتباط با آن قطع شد. محله‌یار باید آنجا مدیر باشد؛ از «کانال‌ها» دوباره وصلش کنید.
channel-unnamed = کانال بی‌نام
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
broadcast-file-bad = فایل باز نشد و برای همین پیام فرستاده نشد. لطفاً دوباره بفرستید؛ از فایل‌ها فقط پی‌دی‌اف پذیرفته می‌شود.

broadcast-correcting = متن پیام دارد اصلاح می‌شود؛ تا حالا: { $n } نفر
broadcast-corrected-so-far = متن پیام اصلاح شد: { $n } نفر
broadcast-corrected =
    «{ $title }»
    متن پیام اصلاح شد: { $n } نفر
broadcast-corrected-unsure = برای { $n } نفر از آن‌ها پیام‌رسان نمی‌گوید که متن تازه دیده می‌شود یا نه.
broadcast-corrected-not = اصلاح نشد: { $n } نفر
