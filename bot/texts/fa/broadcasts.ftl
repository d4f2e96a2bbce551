talk-broadcasts = پیام‌های فرستاده‌شده
    .words = پیام‌های فرستاده‌شده | پیام‌های فرستاده
broadcast-history =
    { $n ->
        [1] یک پیام فرستاده شده است:
       *[other] { $n } پیام فرستاده شده است؛ تازه‌ترین اول آمده است:
    }
    .label = پیام‌های پیشین
broadcast-history-line = { $date }، برای { $readers }: { $n } نفر، فرستنده: { $author }
broadcast-history-none = هنوز پیامی فرستاده نشده است.
broadcast-unknown = این پیام پیدا نشد.
broadcast-history-corrected = اصلاح متن: { $date }، ساعت { $time }، به دست { $author }
broadcast-history-ahead = { $date }، برای { $readers }. { $state } فرستنده: { $author }
broadcast-history-second = تأیید: { $who }، { $date }
