### What a report is about.

category-roads = خیابان و کوچه
category-waste = زباله و نظافت
category-water = آب و فاضلاب
category-power = برق و روشنایی
category-gas = گاز
category-parks = پارک، فضای سبز
category-traffic = ترافیک و رفت‌وآمد
category-stray_animals = حیوانات بدون صاحب
category-health = بهداشت و سلامت
category-education = مدرسه و کودک
category-livelihood = نیاز به حمایت
category-safety = امنیت محله
category-housing = خانه و زمین
category-environment = محیط زیست
category-culture = فرهنگ و ورزش
category-other = سایر
