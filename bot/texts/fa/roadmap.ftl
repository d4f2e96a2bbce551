talk-roadmap = نقشهٔ راه
    .words = نقشهٔ راه | نقشهٔ راه محله
roadmap = نقشهٔ راه { $neighborhood }
    .adopt = تصویب در جلسه
    .paper = نسخهٔ چاپی
roadmap-none = در نقشهٔ راه { $neighborhood } هنوز چیزی نیست؛ گزارش‌های پذیرفته‌شده و قول‌ها اینجا می‌آیند.
roadmap-nowhere = اول محله‌تان را انتخاب کنید تا نقشهٔ راه همان‌جا را ببینید.
roadmap-adopted = مصوب جلسهٔ { $date }
roadmap-changed = از آن جلسه تا حالا تغییر کرده است.
roadmap-under-way = در دست انجام:
roadmap-waiting = در نوبت:
roadmap-done = انجام‌شده:
roadmap-line = «{ $what }»؛ { $who }، تا { $due }
roadmap-line-late =
    { $n ->
        [1] «{ $what }»؛ { $who }، یک روز از مهلت ({ $due }) گذشته است
       *[other] «{ $what }»؛ { $who }، { $n } روز از مهلت ({ $due }) گذشته است
    }
roadmap-line-waiting = «{ $title }»؛ خبر بعدی تا { $due }
roadmap-line-done = «{ $what }»؛ { $who }، { $date }
roadmap-meeting = نقشهٔ راه { $neighborhood } در کدام جلسه تصویب شد؟
    .on = { $date }
roadmap-no-meeting = در هفته‌های گذشته جلسه‌ای برگزار نشده است که نقشهٔ راه در آن تصویب شده باشد.
