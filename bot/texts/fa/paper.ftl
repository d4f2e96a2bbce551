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
    { $time }
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
paper-board = تابلوی { $neighborhood }
paper-next = جلسهٔ بعدی: { $meeting }
paper-no-meeting = جلسهٔ بعدی هنوز اعلام نشده است.
paper-items = موضوع‌ها: { $items }
paper-open = در حال پیگیری: { $n } گزارش
paper-open-none = در حال پیگیری: گزارشی نیست
paper-case = «{ $title }»
paper-case-due = «{ $title }»؛ خبر بعدی تا { $due }
paper-rest = و { $n } مورد دیگر
paper-spoken = کاری که با صدا ثبت شده است، موضوع: { $category }
paper-somebody = یکی از همسایه‌ها
paper-until = تا { $day }
paper-late = تا { $day }، { $n } روز دیر شده است
paper-entry = { $title }؛ { $who }، { $until }
paper-done-entry = { $title }؛ { $who }، { $day }
paper-done = انجام شد: { $n } کار در سه ماه گذشته
paper-done-none = انجام شد: در سه ماه گذشته کاری ثبت نشده است
paper-promised = قول‌ها و برنامه‌ها: { $n } کار
paper-promised-none = قول‌ها و برنامه‌ها: هنوز چیزی ثبت نشده است

paper-minutes = نتیجهٔ { $meeting }
paper-agenda = موضوع‌ها
paper-decisions = تصمیم‌ها
paper-decision = { $who }، { $state }
paper-minutes-sent =
    نتیجهٔ جلسه برای چاپ:
    { $meeting }
    { $time }

paper-roadmap = نقشهٔ راه { $neighborhood }
paper-roadmap-sent = نقشهٔ راه { $neighborhood } برای خواندن و چاپ.
paper-adopted =
    { $changed ->
        [yes] مصوب جلسهٔ { $day }؛ پس از آن تغییر کرده است.
       *[no] مصوب جلسهٔ { $day }
    }
paper-not-adopted = هنوز در جلسه‌ای تصویب نشده است.
paper-part =
    { $group ->
        [under_way] در دست انجام: { $n } کار
        [waiting] در نوبت: { $n } گزارش
       *[done] انجام‌شده: { $n } کار در سه ماه گذشته
    }
paper-part-none = چیزی ثبت نشده است.
paper-does = { $who }، { $until }
paper-waits = خبر بعدی از { $who }، { $until }
paper-done-by = { $who }، در { $day }
