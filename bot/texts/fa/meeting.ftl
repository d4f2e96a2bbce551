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
meeting-no-agenda = موضوعی برای جلسه ننوشته‌اید.

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
    { $what } طبق برنامه در این زمان است: { $time }
    هنوز کسی دعوت نشده است.
    .offer = دیدن و دعوت

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
meeting-no-day = این ماه چنین روزی ندارد. لطفاً تاریخ را دوباره بررسی کنید.
meeting-doubt-weekday = این تاریخ روز دیگری از هفته است: { $day }. همین روز باشد؟ اگر نه، زمان درست را بنویسید.
meeting-doubt-gregorian = این تاریخ میلادی است و می‌شود { $day }. همین روز باشد؟ اگر نه، زمان درست را بنویسید.
meeting-doubt =
    .yes = بله، همین روز

meeting-review =
    پیش از دعوت، یک بار ببینید:
    { $what }
    زمان: { $time }
    مکان: { $venue }
    .announce = اعلام و دعوت
    .when = تغییر زمان
    .venue = تغییر مکان
    .items = موضوع‌ها
    .label = کنار ساعت
    .rhythm = تکرار
meeting-near = همین حوالی جلسهٔ دیگری هم هست: { $what }، { $time }
meeting-repeats-weekly = هر هفته برگزار می‌شود.
meeting-repeats-fortnightly = هر دو هفته برگزار می‌شود.
meeting-repeats-monthly = هر ماه برگزار می‌شود.

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
meeting-items = موضوع‌های جلسه را یکی‌یکی بنویسید (هر کدام حداکثر { $most } حرف) یا از گزارش‌های پذیرفته‌شده انتخاب کنید.
    .drop = حذف آخری
    .done = پایان
meeting-items-full = دستور جلسه پر است.
meeting-case = { $title } ({ $n } نفر)
meeting-rhythm = این جلسه هر چند وقت یک‌بار برگزار می‌شود؟
meeting-every-never = فقط یک بار
meeting-every-weekly = هر هفته
meeting-every-fortnightly = هر دو هفته
meeting-every-monthly = هر ماه

meeting-unknown = این جلسه پیدا نشد یا برای شما نیست. جلسه‌های محله را از «جلسه‌ها» ببینید.

calendar-previous = ماه قبل
calendar-next = ماه بعد
weekday-short-0 = ش
weekday-short-1 = ی
weekday-short-2 = د
weekday-short-3 = س
weekday-short-4 = چ
weekday-short-5 = پ
weekday-short-6 = ج
