### What people are here, and what each may do.

role-council_member = عضو شورا
role-council_head = رئیس شورا
role-coordinator = دبیر شورا
role-committee_head = مسئول کمیته
role-agency_contact = نمایندهٔ اداره
role-county_officer = مسئول شهرستان
role-province_admin = مدیر استان

role-in-council = شورای پیشرفت { $neighborhood }
role-in-county = شهرستان { $county }
role-in-province = استانداری

does-moderate = گزارش‌های اهالی را می‌بینید و پاسخ می‌دهید.
does-invite = لینک دعوت محله و تصویر آن را می‌گیرید.
does-meet = اهالی را به جلسه دعوت می‌کنید.
does-promise = قول‌ها و کارها را می‌نویسید و نتیجهٔ آن‌ها را اعلام می‌کنید.
does-broadcast = برای اهالی پیام می‌فرستید.
does-urge = پیام فوری می‌فرستید که در ساعت استراحت هم می‌رسد.
does-ask_public = نظر اهالی را می‌پرسید.
does-give_leave = به شوراها اجازه می‌دهید پرسش خودشان را از اهالی بپرسند.
does-grant = به دیگران نقش می‌دهید و آن را پس می‌گیرید.
does-follow_boards = می‌بینید از تصمیم‌های جلسه‌های شهرستان و استان کدام انجام شده است.
does-answer_missing = به کسانی که محله‌شان را پیدا نکرده‌اند پاسخ می‌دهید.
does-nothing = این نقش فعلاً کار جداگانه‌ای در محله‌یار ندارد؛ خبرهای شورا به شما می‌رسد.

role-from-today = امروز
role-until = تا پایان { $day }
role-no-end = بدون تاریخ پایان
role-day-wrong = این تاریخ را نشناختیم یا گذشته است. نمونه: ۱۵ دی
role-day-weekday = تاریخ { $date } با روزی که نوشته‌اید جور نیست. لطفاً دوباره بنویسید.
role-day-order = پایان باید پس از شروع باشد. لطفاً تاریخ دیگری بنویسید.

somebody = کسی که فرستادید
somebody-by-link = دارندهٔ لینک

who-wrong = کسی را نشناختیم. لطفاً مخاطبش را بفرستید یا پیامی از او را به اینجا بفرستید (فوروارد).
who-hidden = این پیام حساب کسی را نشان نمی‌دهد. لطفاً مخاطبش را بفرستید یا لینک دعوت بسازید.
who-stranger = این شخص هنوز محله‌یار را شروع نکرده است. لینک دعوت بسازید و برایش بفرستید.

role-given =
    نقش شما از { $from }: { $role }، { $body }
    { $end }
    .queue = دیدن گزارش‌ها
    .help = راهنما
role-taken = نقش «{ $role }» در { $body } از شما پس گرفته شد. بابت همراهی‌تان سپاسگزاریم.
role-ends = نقش «{ $role }» در { $body } تا پایان { $day } ادامه دارد و بعد تمام می‌شود.
role-last-day = امروز آخرین روز نقش «{ $role }» در { $body } است.
role-ends-given =
    نقش کسی که شما معرفی کرده‌اید { $day } تمام می‌شود:
    { $name }، { $role }، { $body }
role-ended = زمان نقش «{ $role }» در { $body } تمام شد. بابت همراهی‌تان سپاسگزاریم.
role-ended-given =
    زمان نقش کسی که شما معرفی کرده بودید تمام شد:
    { $name }، { $role }، { $body }
