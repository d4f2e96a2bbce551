talk-reject = رد گزارش
    .words = رد گزارش
reject-usage =
    کد، دلیل و توضیح را بنویسید. نمونه:
    /reject 48271905 insufficient نشانی دقیق نیست
    دلیل‌ها:
    { $reasons }
reject-reason =
    «{ $title }»
    چرا پذیرفته نمی‌شود؟ گزارش‌دهنده دلیل را می‌خواند.
reject-explanation =
    دلیل: { $reason }
    توضیح پیشنهادی:
    «{ $proposed }»
    اگر توضیح دیگری بهتر است، همین‌جا بنویسید یا بگویید.
    .fine = همین خوب است
reject-explanation-length = توضیح را در چند کلمه، حداکثر { $n } حرف، بنویسید.
reject-done =
    رد شد و دلیلش به گزارش‌دهنده رسید:
    «{ $title }»
