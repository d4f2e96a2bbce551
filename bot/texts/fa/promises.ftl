talk-promises = قول‌ها و کارها
    .words = قول‌ها و کارها | قول‌ها
promises =
    قول‌ها و کارهای { $place }
    در دست انجام: { $open }، انجام‌شده: { $kept }، عمل‌نشده: { $broken }، کنار گذاشته: { $dropped }
    .record = ثبت قول
promises-none = برای { $place } هنوز قول یا کاری ثبت نشده است.
promises-nowhere = اول محله‌تان را انتخاب کنید تا قول‌ها و کارهای همان‌جا را ببینید.
