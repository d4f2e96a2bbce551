### برگزاری جلسه: نوع، زمان، مکان و اعلام آن.

talk-meeting = دعوت به جلسه
    .words = جلسهٔ تازه | دعوت به جلسه | تشکیل جلسه

meeting-name-council = جلسهٔ شورای پیشرفت { $place }
meeting-name-public = نشست عمومی اهالی { $place }
meeting-name-service_desk = میز خدمت در { $place }
meeting-name-county_board = جلسهٔ کمیتهٔ راهبری شهرستان { $place }
meeting-name-province_board = جلسهٔ شورای راهبری استان

meeting-time = { $day }، ساعت { $clock }
meeting-time-label = { $day }، { $label }، ساعت { $clock }
meeting-agenda = موضوع‌های جلسه:
meeting-item = { $n }. { $words }
meeting-no-agenda = هنوز موضوعی برای جلسه ننوشته‌اید.

meeting-place = جلسه برای کجاست؟ انتخاب کنید یا بخشی از نام محله را بنویسید.
meeting-place-none = جایی با این نام پیدا نشد که بتوانید برایش جلسه بگذارید. لطفاً انتخاب کنید یا نام را دوباره بنویسید.
meeting-kind =
    چه جلسه‌ای برگزار می‌شود؟
    محل: { $place }
meeting-kind-council = جلسهٔ شورا
meeting-kind-public = نشست عمومی
meeting-kind-service_desk = میز خدمت
meeting-kind-county_board = کمیتهٔ شهرستان
meeting-kind-province_board = شورای راهبری استان
meeting-repeat =
    مثل جلسهٔ قبل باشد؟
    { $what }
    زمان: { $time }
    مکان: { $venue }
    .same = همین خوب است
    .change = تغییر
    .other = جلسهٔ دیگر
meeting-again =
    نوبت { $what } نزدیک است و هنوز کسی دعوت نشده است. مثل جلسهٔ قبل باشد؟
    زمان: { $time }
    مکان: { $venue }
    .end = دیگر تکرار نشود
meeting-again-ended = { $what } دیگر خودبه‌خود تکرار نمی‌شود. هر وقت خواستید، دوباره دعوت کنید.
meeting-called = این دعوت پیش‌تر فرستاده شده است: { $what }

meeting-day =
    روز جلسه را انتخاب کنید یا زمان آن را بنویسید؛ مثلاً «فردا ساعت ۶ عصر».
    روزهایی که کنارشان نقطه است تعطیل‌اند.
    { $month }
meeting-hour =
    جلسه چه ساعتی شروع می‌شود؟ انتخاب کنید یا بنویسید؛ مثلاً «۵ و نیم عصر».
    روز: { $day }
meeting-when-unclear = زمان جلسه را متوجه نشدیم. لطفاً این‌طور بنویسید: «پنجشنبه ساعت ۵ عصر».
meeting-past = این زمان گذشته است. لطفاً روز و ساعت دیگری انتخاب کنید.
meeting-no-hour = چنین ساعتی نداریم. لطفاً ساعت را دوباره بنویسید؛ مثلاً «۵ عصر» یا «۱۷:۰۰».
meeting-midnight = معلوم نیست ۱۲ شب برای این روز است یا روز بعد. لطفاً ساعت را مثل «۲۳:۳۰» یا «۰۰:۰۰» بنویسید.
meeting-no-day = { $month } روز { $n } ندارد؛ آخرین روز آن { $last } است. لطفاً تاریخ را دوباره بنویسید.
meeting-no-date = چنین تاریخی نداریم. لطفاً تاریخ را دوباره بنویسید؛ مثلاً «۵ آذر» یا «۱۴۰۵/۹/۵».
meeting-far = تا { $n } روز دیگر را می‌شود انتخاب کرد. لطفاً تاریخ نزدیک‌تری بنویسید.
meeting-doubt-weekday = روز و تاریخ با هم نمی‌خوانند؛ آن تاریخ { $day } است. کدام روز درست است؟
meeting-doubt-day = { $day }
meeting-doubt-gregorian = این تاریخ میلادی است. منظورتان { $day } است؟ اگر نه، زمان درست را بنویسید.
meeting-doubt-night = منظورتان شبِ { $day } است؟ اگر نه، زمان درست را بنویسید.
meeting-doubt-far = تا این روز خیلی مانده است: { $day }. همین روز باشد؟ اگر نه، زمان درست را بنویسید.
meeting-doubt =
    .yes = بله، همین روز

meeting-review =
    { $n ->
        [0] هنوز کسی نیست که به این جلسه دعوت شود.
        [1] این دعوت برای یک نفر فرستاده می‌شود.
       *[other] این دعوت برای { $n } نفر فرستاده می‌شود.
    }
    .announce = اعلام و دعوت
    .when = تغییر زمان
    .venue = تغییر مکان
    .items = موضوع‌ها
    .label = کنار ساعت
    .rhythm = تکرار
meeting-reads = دعوت این‌طور خوانده می‌شود:
meeting-near = همین حوالی جلسهٔ دیگری هم هست: { $what }، { $time }

meeting-venue = جلسه کجاست؟ انتخاب کنید، بنویسید (حداکثر { $most } حرف) یا جای آن را روی نقشه بفرستید.
    .house = خانهٔ محله
meeting-spot-kept = جای آن روی نقشه رسید. حالا نام یا نشانی‌اش را بنویسید.
meeting-length = لطفاً حداکثر { $most } حرف بنویسید.
meeting-label = کنار ساعت چه نوشته شود؟ انتخاب کنید یا خودتان بنویسید.
    .none = هیچ
meeting-label-evening = پس از نماز مغرب و عشا
    .label = نماز مغرب
meeting-label-noon = پس از نماز ظهر و عصر
    .label = نماز ظهر
meeting-label-friday = پس از نماز جمعه
    .label = نماز جمعه
meeting-items = موضوع‌های جلسه را یکی‌یکی بنویسید (هر کدام حداکثر { $most } حرف) یا از گزارش‌های باز انتخاب کنید.
    .cases = گزارش‌های باز
    .done = پایان
meeting-item-drop = حذف { $n }
meeting-cases = کدام گزارش در جلسه مطرح شود؟ اول آن‌هایی که مشکل نفرات بیشتری‌اند.
meeting-wording =
    این گزارش در دستور جلسه چه نامیده شود؟ همهٔ اهالی آن را می‌خوانند؛ لطفاً نام کسی را ننویسید (حداکثر { $most } حرف).
    «{ $title }»
meeting-items-full = جای موضوع دیگری نیست.
meeting-case = { $n }. { $title }: { $people ->
        [1] یک نفر
       *[other] { $people } نفر
    }، از { $since }
meeting-rhythm = این جلسه هر چند وقت یک‌بار برگزار می‌شود؟
meeting-every-never = فقط یک بار
meeting-every-weekly = هر هفته
meeting-every-fortnightly = هر دو هفته
meeting-every-monthly = هر ماه

meeting-unknown = این جلسه پیدا نشد یا برای شما نیست. جلسه‌های محله را از «جلسه‌ها» ببینید.

calendar-previous = ماه قبل
calendar-next = ماه بعد
calendar-hours = ساعت‌های دیگر
weekday-short-0 = ش
weekday-short-1 = ی
weekday-short-2 = د
weekday-short-3 = س
weekday-short-4 = چ
weekday-short-5 = پ
weekday-short-6 = ج
