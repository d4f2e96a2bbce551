### What stands on papers, and what is said with them.

paper-coming = { $what } را آماده می‌کنیم؛ تا چند لحظهٔ دیگر همین‌جا می‌رسد.
paper-named =
    { $paper ->
        [check_in] پوستر ثبت حضور
        [bulletin] برگهٔ تابلو
        [minutes] نتیجهٔ جلسه
       *[roadmap] نقشهٔ راه
    }
paper-join-sent = پوستر دعوت { $neighborhood } برای چاپ روی کاغذ آ۴.
paper-check-in-sent =
    پوستر ثبت حضور برای چاپ:
    { $meeting }
    { $day }، ساعت { $hour }
    آن را در محل جلسه بچسبانید. کد از نیم ساعت پیش از شروع تا دو ساعت پس از آن کار می‌کند.
paper-board-sent = برگهٔ تابلوی { $neighborhood }، یک صفحهٔ آ۴ برای چاپ و نصب.

paper-us = محله‌یار
paper-foot = محله‌یار، { $neighborhood }، { $day }
paper-about = مشکل یا پیشنهادتان را بنویسید، عکس بفرستید یا صدایتان را بفرستید تا به { $holder } برسد.
paper-about-news = پاسخ، خبرها و دعوت به جلسه‌های محله هم همان‌جا به شما می‌رسد.
paper-join = با دوربین گوشی، کد پیام‌رسان خود را بخوانید یا نشانی زیر آن را باز کنید.
paper-join-short = خبر بگیرید و خبر بدهید: کد پیام‌رسان خود را با دوربین گوشی بخوانید.
paper-house = خانهٔ شورا: { $house }

paper-welcome = خوش آمدید
paper-check-in = با دوربین گوشی، کد پیام‌رسان خود را بخوانید تا در شمار حاضران بیایید. نام اهالی در فهرست نمی‌آید.
paper-meeting =
    { $kind ->
        [council] جلسهٔ شورای پیشرفت { $place }
        [public] نشست عمومی اهالی { $place }
        [service_desk] میز خدمت در { $place }
        [county_board] جلسهٔ کمیتهٔ راهبری شهرستان { $place }
       *[province_board] جلسهٔ شورای راهبری { $place }
    }
paper-province = استان
paper-when = { $day }، ساعت { $hour }
paper-when-said = { $day }، ساعت { $hour }، { $label }

paper-board = تابلوی { $neighborhood }
paper-next = جلسهٔ بعدی: { $meeting }
paper-no-meeting = جلسهٔ بعدی هنوز اعلام نشده است.
paper-items = موضوع‌ها: { $items }
paper-open = در حال پیگیری: { $n } گزارش
paper-open-none = در حال پیگیری: گزارشی نیست
paper-case = «{ $title }»
paper-case-due = «{ $title }»؛ خبر بعدی تا { $due }
paper-rest = و { $n } مورد دیگر
paper-done = انجام‌شده در سه ماه گذشته: { $n } کار
paper-done-none = انجام‌شده در سه ماه گذشته: هنوز کاری نیست
paper-promised = قول‌ها و کارهای در دست انجام: { $n }
paper-promised-none = قول‌ها و کارهای در دست انجام: چیزی نیست

paper-minutes = نتیجهٔ { $meeting }
paper-decisions = تصمیم‌ها
paper-decision = { $who }، { $state }
paper-minutes-sent =
    نتیجهٔ جلسه برای چاپ:
    { $meeting }
    { $day }، ساعت { $hour }

paper-roadmap-sent = نقشهٔ راه { $neighborhood } برای چاپ روی کاغذ آ۴.
paper-road-nothing = چیزی نیست.
paper-road-due = { $who }، تا { $due }
paper-road-late =
    { $n ->
        [1] { $who }، یک روز از مهلت ({ $due }) گذشته است
       *[other] { $who }، { $n } روز از مهلت ({ $due }) گذشته است
    }
paper-road-waiting = خبر بعدی تا { $due }
paper-road-done = { $who }، { $date }
