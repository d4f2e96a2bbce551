### What is planned, by whom and by when, as every talk about it shows it.

action-kind-resolution = تصمیم جلسه
action-kind-promise = قول
action-kind-local_work = کار اهالی
action-kind-agency_plan = برنامهٔ اداره
action-kind-group_activity = کار گروه
action-somebody-person = یکی از اهالی
action-somebody-group = یک گروه
action-somebody-agency = یک اداره
action-spoken = در پیام صوتی، موضوع: { $category }

action-open = تا { $due }
action-late =
    { $n ->
        [1] یک روز از مهلت ({ $due }) گذشته است
       *[other] { $n } روز از مهلت ({ $due }) گذشته است
    }
action-kept = { $date } انجام شد
action-broken = به آن عمل نشد ({ $date })
action-dropped = کنار گذاشته شد ({ $date })
action-line = «{ $what }»؛ { $who }، { $state }
action-serves = برای این گزارش: { $plan }

action-shown =
    «{ $what }»
    { $kind }، { $place }
    انجام‌دهنده: { $who }
    مهلت و نتیجه: { $state }
action-met = در جلسهٔ { $date } تصمیم گرفته شد.
action-for = برای گزارش «{ $title }»
action-reason = دلیل: { $reason }
action-by-owner = انجام‌دهنده
action-by-council = شورا
action-by-county = مسئول بالاتر
action-told-recorded = تا { $due } انجام می‌شود.
action-told-postponed = مهلت از { $was } به { $due } تغییر کرد. اعلام { $by }
action-told-reopened = دوباره در دست انجام است، تا { $due }. اعلام { $by }
action-told-kept = { $date } انجام شد. اعلام { $by }
action-told-broken = تا امروز، { $date }، به آن عمل نشده است. اعلام { $by }
action-told-dropped = از { $date } کنار گذاشته شد و انجام نمی‌شود. اعلام { $by }

action-do =
    .keep = انجام شد
    .postpone = هنوز نه
    .drop = انجام نمی‌شود
    .break = عمل نشد
    .reopen = دوباره باز شود

action-news =
    خبر تازه دربارهٔ گزارش شما:
    «{ $title }»
    کار: «{ $what }»
    انجام‌دهنده: { $who }
    { $news }
    .see = دیدن کار
action-next = خبر بعدی را { $holder } تا { $due } می‌دهد.
action-next-soon = پیگیری با { $holder } است.

action-remind = { $when }
action-remind-before = سه روز تا مهلت این کار مانده است. اگر انجام شده یا به وقت دیگری افتاده است، خبر دهید:
action-remind-today = امروز مهلت این کار است. انجام شد؟
action-remind-after = یک هفته از مهلت این کار گذشته است و اهالی نتیجه را نمی‌دانند:
action-near =
    دو کار نزدیک به هم در { $place }، موضوع: { $category }
    { $one }
    { $other }
    اگر با هم هماهنگ شوید، کار دوباره نمی‌شود.

action-unknown = این کار پیدا نشد.
action-not-yours = نتیجهٔ این کار را انجام‌دهنده، شورا یا مسئول بالاتر اعلام می‌کند.

due = انتخاب کنید یا تاریخ را بنویسید، مثل «۱۵ دی» یا «شنبه».
    .days = { $n } روز دیگر
    .end = پایان ماه
    .calendar = تقویم
due-day = روز را انتخاب کنید یا بنویسید: { $month }
due-wrong = این تاریخ را نشناختیم یا گذشته است. نمونه: «۱۵ دی» یا «۱۴۰۵/۱۰/۱۵»، حداکثر تا سه سال دیگر.
due-weekday = روز هفته با تاریخ نمی‌خواند. منظورتان { $date } است؟ لطفاً دوباره بنویسید.
