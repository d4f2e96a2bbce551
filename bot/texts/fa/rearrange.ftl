### تغییر یا لغو جلسه.

talk-rearrange = تغییر جلسه
    .words = تغییر جلسه | لغو جلسه
rearrange-reason-time = چرا زمان جلسه عوض می‌شود؟ در یک جمله بنویسید (حداکثر { $most } حرف)؛ همه آن را می‌خوانند.
rearrange-reason-venue = چرا مکان جلسه عوض می‌شود؟ در یک جمله بنویسید (حداکثر { $most } حرف)؛ همه آن را می‌خوانند.
rearrange-reason-cancel = چرا جلسه برگزار نمی‌شود؟ در یک جمله بنویسید (حداکثر { $most } حرف)؛ همه آن را می‌خوانند.
rearrange-confirm-time =
    زمان { $what } عوض شود؟
    زمان قبلی: { $was }
    زمان تازه: { $now }
    دلیل: { $reason }
    .go = اعلام تغییر
rearrange-confirm-venue =
    مکان { $what } عوض شود؟
    مکان قبلی: { $was }
    مکان تازه: { $now }
    دلیل: { $reason }
    .go = اعلام تغییر
rearrange-confirm-cancel =
    { $what } لغو شود؟
    زمان: { $time }
    دلیل: { $reason }
    .go = لغو جلسه
rearrange-confirm =
    .reason = ویرایش دلیل
rearrange-same-time = این همان زمان قبلی است. لطفاً زمان دیگری انتخاب کنید یا «انصراف» را بزنید.
rearrange-same-venue = این همان مکان قبلی است. لطفاً جای دیگری بنویسید یا «انصراف» را بزنید.
rearrange-late =
    همکارتان کمی زودتر این جلسه را عوض کرد؛ تغییر شما ثبت نشد.
    زمان: { $time }
    مکان: { $venue }
