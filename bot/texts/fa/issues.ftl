talk-issues = مشکل‌های محله
    .words = مشکل‌های محله
issues =
    { $n ->
        [1] یک گزارش از { $neighborhood } در حال پیگیری است:
       *[other] { $n } گزارش از { $neighborhood } در حال پیگیری است:
    }
issues-line = «{ $title }»؛ خبر بعدی تا { $due }
issues-none = در { $neighborhood } هنوز گزارشی در حال پیگیری نیست.
issues-nowhere = اول محله‌تان را انتخاب کنید تا گزارش‌های همان‌جا را ببینید.
issues-gone = این گزارش دیگر در حال پیگیری نیست.
issues-joined =
    شما هم به این گزارش پیوستید و هر خبرش به شما می‌رسد:
    «{ $title }»
    خبر بعدی تا { $due }
issues-already =
    خبر این گزارش از پیش به شما می‌رسد:
    «{ $title }»
public-shown =
    «{ $title }»
    موضوع: { $category }
    محله: { $neighborhood }
    وضعیت: { $state }
    کد:
    { $code }
    .same = برای من هم
public-next =
    گام بعدی: { $step }
    تا { $due } منتظر پاسخ { $holder } هستیم.
public-joined =
    { $n ->
        [1] یک نفر دیگر هم همین مشکل را دارد.
       *[other] { $n } نفر دیگر هم همین مشکل را دارند.
    }
