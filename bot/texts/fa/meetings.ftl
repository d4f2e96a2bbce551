### جلسه‌های محله و پیشنهاد موضوع.

talk-meetings = جلسه‌ها
    .words = جلسه‌ها | جلسات | جلسه
meetings = جلسه‌های شما
meetings-coming = پیش رو:
meetings-none-coming = جلسه‌ای در پیش نیست. وقتی دعوت شوید، همین‌جا خبر می‌دهیم.
meetings-past = برگزارشده:
meetings-line = { $what }: { $time }
meetings-line-off = لغو شد: { $what }، { $time }
meetings-line-result =
    { $n ->
        [0] { $what }: { $time }؛ بدون تصمیم
        [1] { $what }: { $time }؛ یک تصمیم
       *[other] { $what }: { $time }؛ { $n } تصمیم
    }
meetings-label = { $day }، { $kind ->
        [council] شورا
        [public] نشست عمومی
        [service_desk] میز خدمت
        [county_board] کمیتهٔ شهرستان
       *[province_board] شورای راهبری
    }
meetings-none = هنوز جلسه‌ای اعلام نشده است. وقتی دعوت شوید، همین‌جا خبر می‌دهیم.
meetings-nowhere = برای دیدن جلسه‌ها اول محله‌تان را انتخاب کنید.
meeting-page =
    { $what }
    زمان: { $time }
    مکان: { $venue }
meeting-over = زمان این جلسه گذشته است.
meeting-no-pin = جای این جلسه روی نقشه ثبت نشده است.
meeting-pin = مکان جلسه: { $venue }
meeting-calendar-coming = فایل جلسه را آماده می‌کنیم و همین‌جا می‌فرستیم.
meeting-calendar = این فایل را باز کنید تا جلسه به تقویم گوشی‌تان افزوده شود.

propose-item = چه موضوعی در جلسه مطرح شود؟ در یک جمله بنویسید (حداکثر { $most } حرف). لطفاً نام کسی را ننویسید.
propose-item-length = لطفاً موضوع را در حداکثر { $most } حرف بنویسید.
propose-item-enough = { $n } موضوع برای این جلسه پیشنهاد کرده‌اید. برای موضوع‌های دیگر منتظر جلسهٔ بعدی باشید.
propose-item-done =
    پیشنهاد شما برای { $what } فرستاده شد:
    «{ $words }»
    برگزارکننده تصمیم می‌گیرد و نتیجه را خبر می‌دهیم.
propose-item-taken =
    موضوع پیشنهادی شما در دستور { $what } قرار گرفت:
    «{ $words }»
    زمان: { $time }
propose-item-left =
    موضوع پیشنهادی شما این بار در دستور { $what } جا نگرفت:
    «{ $words }»
    می‌توانید آن را در خود جلسه بگویید: { $time }
proposed-item =
    یکی از اهالی برای { $what } موضوعی پیشنهاد کرد:
    «{ $words }»
    زمان جلسه: { $time }
    .take = در دستور بگذار
    .leave = نه
proposed-item-taken = «{ $words }» در دستور جلسه قرار گرفت و در همهٔ دعوت‌ها دیده می‌شود.
proposed-item-left = «{ $words }» در دستور جلسه قرار نگرفت و به پیشنهاددهنده خبر دادیم.
proposed-item-decided = دربارهٔ «{ $words }» پیش‌تر تصمیم گرفته شده است.
