### روش برگزاری جلسه‌های شورا: حد نصاب و رأی‌گیری.

talk-council = روش جلسهٔ شورا
    .words = روش جلسهٔ شورا | حد نصاب
council =
    روش جلسه‌های شورای پیشرفت { $neighborhood }
    حد نصاب: { $quorum }
    رأی‌گیری دربارهٔ موضوع‌ها: { $votes }
    .quorum-on = حد نصاب باشد
    .quorum-off = حد نصاب نباشد
    .votes-on = رأی‌گیری باشد
    .votes-off = رأی‌گیری نباشد
    .half = بیش از نصف
council-off = خاموش
council-votes-on = روشن، برای اعضایی که حضورشان ثبت شده است
council-quorum-on = بیش از نصف اعضا، اکنون { $n } نفر
council-quorum-number = { $n } نفر از اعضا
council-number = اگر عدد دیگری لازم است، آن را بنویسید.
council-number-wrong = لطفاً یک عدد بنویسید، از ۱ تا { $most }.

quorum-met = جلسه رسمی است: از شورا { $n } نفر حاضرند و حد نصاب { $needed } نفر است.
quorum-was-met = جلسه رسمی بود: از شورا { $n } نفر حاضر بودند و حد نصاب { $needed } نفر بود.
quorum-was-missed = جلسه به حد نصاب نرسید: از شورا { $n } نفر حاضر بودند و { $needed } نفر لازم بود.
quorum-missed = جلسه به حد نصاب نرسیده است: از شورا { $n } نفر حاضرند و { $needed } نفر لازم است.
