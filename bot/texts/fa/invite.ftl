talk-invite = دعوت اهالی
    .words = دعوت اهالی | لینک محله
invite-coming = لینک و کد دعوت { $neighborhood } را آماده می‌کنیم؛ تا چند لحظهٔ دیگر همین‌جا می‌رسد.
invite-link =
    { $where ->
        [telegram] دعوت به { $neighborhood } در تلگرام. این پیام را برای اهالی بفرستید یا عکس را چاپ کنید:
       *[bale] دعوت به { $neighborhood } در بله. این پیام را برای اهالی بفرستید یا عکس را چاپ کنید:
    }
    { $link }
    هر کس آن را باز کند، یک‌راست به همین محله می‌رسد.
    .copy = کپی لینک
invite-poster = برای چاپ: کدهای دعوت { $neighborhood } برای همهٔ پیام‌رسان‌ها در یک عکس. نام پیام‌رسان زیر هر کد نوشته شده است.
    .title = محله‌یار، { $neighborhood }
invite-code = { $where ->
    [telegram] تلگرام
   *[bale] بله
}
