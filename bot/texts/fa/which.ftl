### Which neighbourhood somebody means who acts for several.

which = کدام محله؟ انتخاب کنید یا بخشی از نامش را بنویسید.
which-not-found = محله‌ای با نام «{ $name }» در محدودهٔ شما پیدا نشد. لطفاً بخش دیگری از نام را بنویسید.
which-none = در محدودهٔ شما هنوز محله‌ای ثبت نشده است.
