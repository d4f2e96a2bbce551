### دعوت به جلسه، یادآوری و خبر تغییر آن.

invitation =
    دعوت به { $what }
    زمان: { $time }
    مکان: { $venue }
    .pin = نقشه
    .calendar = افزودن به تقویم
    .propose = پیشنهاد موضوع
invitation-open = حضور برای همهٔ اهالی آزاد است.
invitation-repeats-weekly = این جلسه هر هفته برگزار می‌شود؛ جلسهٔ بعدی: { $day }.
invitation-repeats-fortnightly = این جلسه هر دو هفته برگزار می‌شود؛ جلسهٔ بعدی: { $day }.
invitation-repeats-monthly = این جلسه هر ماه برگزار می‌شود؛ جلسهٔ بعدی: { $day }.
invitation-changed =
    زمان یا مکان این جلسه عوض شده است.
    دلیل: { $reason }
invitation-ask = می‌آیید؟

rsvp-yes = می‌آیم
rsvp-maybe = شاید
rsvp-no = نمی‌آیم
rsvp-yes-n = می‌آیم ({ $n })
rsvp-maybe-n = شاید ({ $n })
rsvp-no-n = نمی‌آیم ({ $n })
rsvp-said-yes = پاسخ شما: می‌آیم. منتظرتان هستیم.
rsvp-said-maybe = پاسخ شما: شاید. پیش از جلسه یادآوری می‌کنیم.
rsvp-said-no = پاسخ شما: نمی‌آیم. نتیجهٔ جلسه را خبر می‌دهیم.
rsvp-over = زمان این جلسه گذشته است.
rsvp-cancelled = این جلسه برگزار نمی‌شود: { $time }

reminder-today =
    یادآوری: { $what }، امروز
    زمان: { $time }
    مکان: { $venue }
reminder =
    یادآوری: { $what }
    زمان: { $time }
    مکان: { $venue }

meeting-moved = { $what } تغییر کرد.
meeting-moved-time =
    زمان قبلی: { $was }
    زمان تازه: { $now }
meeting-moved-venue =
    مکان قبلی: { $was }
    مکان تازه: { $now }
meeting-moved-why =
    دلیل: { $reason }
    بابت این جابه‌جایی عذر می‌خواهیم.
meeting-cancelled =
    { $what } برگزار نمی‌شود.
    زمانی که گفته بودیم: { $time }
    دلیل: { $reason }
    زمان بعدی را خبر می‌دهیم.

meeting-card =
    { $what }
    زمان: { $time }
    مکان: { $venue }
    .time = تغییر زمان
    .venue = تغییر مکان
    .cancel = لغو جلسه
    .guests = شمارش مهمانان
    .poster = برگهٔ در ورودی
    .next = نوبت بعد
meeting-card-present = حاضران: { $n } نفر با کد، { $guests } مهمان
meeting-card-named = از شورا: { $name }
meeting-card-proposals = پیشنهادها ({ $n })
meeting-card-sent =
    { $n ->
        [0] دعوت هنوز به کسی نرسیده است.
       *[other] دعوت به { $n } نفر رسید.
    }
meeting-card-answers = می‌آیند: { $yes } · شاید: { $maybe } · نمی‌آیند: { $no }
meeting-card-silent = هنوز کسی پاسخ نداده است.
meeting-card-cancelled =
    این جلسه لغو شد.
    دلیل: { $reason }
