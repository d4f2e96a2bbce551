talk-numbers = شماره‌های ضروری
    .words = شماره‌های ضروری | شماره‌ها
numbers = در خطر فوری با این شماره‌ها تماس بگیرید:
numbers-line = { $purpose }: { $number }
numbers-need = شماره‌ها برای «{ $need }»:
numbers-full =
    { $title }: { $number }
    { $purpose }
    { $hours }
    { $scope ->
        [county] فقط در بعضی شهرستان‌ها پاسخ می‌دهد
       *[all] در همهٔ استان پاسخ می‌دهد
    }
    آخرین بررسی: { $verified }
numbers-hours = ساعت پاسخ: { $hours }
numbers-hours-unknown = ساعت پاسخ معلوم نیست
numbers-never = هنوز انجام نشده
need-danger = خطر فوری
need-illness = بیماری
need-family = خانواده
need-utilities = آب، برق، گاز
need-city = شهر و طبیعت
need-complaints = شکایت
