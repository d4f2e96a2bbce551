talk-queue = گزارش‌های منتظر
    .words = گزارش‌های منتظر | صف
queue =
    { $n ->
        [1] یک گزارش منتظر نظر شماست:
       *[other] { $n } گزارش منتظر نظر شماست؛ نزدیک‌ترین مهلت اول آمده است:
    }
    .overdue = مهلت گذشته
    .topics = موضوع‌ها
    .problems = فقط مشکل‌ها
    .proposals = فقط پیشنهادها
    .all = همهٔ گزارش‌ها
    .cards = زمان خبر دادن
queue-line =
    { $late ->
        [yes] «{ $title }»؛ مهلت گذشته: { $due }
       *[no] «{ $title }»؛ مهلت پاسخ: { $due }
    }
queue-line-asked = «{ $title }»؛ منتظر پاسخ گزارش‌دهنده تا { $until }
queue-none = گزارش تازه‌ای نیست.
queue-none-such = گزارشی از این دسته منتظر نیست.
queue-only-kind =
    { $kind ->
        [proposal] فقط پیشنهادها
       *[problem] فقط مشکل‌ها
    }
queue-only-category = فقط موضوع: { $category }
queue-only-overdue = فقط گزارش‌هایی که مهلتشان گذشته است
queue-topics = گزارش‌های کدام موضوع را می‌خواهید؟
queue-topic = { $category }: { $n }
