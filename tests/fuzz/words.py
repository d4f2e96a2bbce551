"""What people write to harm, by mistake or for fun: and words that can be followed wherever they are shown."""

from __future__ import annotations

import random
import re
import string

from tests.markup import HOSTILE

#: A word that is written once: letters only, so that no tidying and no markup takes it apart.
MARK = re.compile(r"zq[a-z]{9}qz")

ODD = (
    *HOSTILE,
    "\u202e\u2066راست\u2069چپ\u202c \u200f\u200e\u2068",
    "<b><i><a href='https://evil.ir'>x</b></i></a> &amp; &lt;",
    "<blockquote expandable>**_`[`_**</blockquote>",
    "*ستاره _خط_ ~موج~ `کد` [نام](https://evil.ir) ```[a](b)```",
    "[ورود](tg://user?id=1001) [x](https://ble.ir/a)",
    "\ud83d تنها \udc00 نیمه \ud800\ud800",
    "nul\x00در\x00میان\x01\x02\x1b[31m",
    "'; DROP TABLE cases; -- \" OR 1=1 /*",
    "%s %d %(x)s {0} {x!r} :name $1 ?",
    '=cmd|"/c calc"!A1',
    '+HYPERLINK("https://evil.ir")',
    "@SUM(1+1)*cmd",
    "-2+3 \t=1",
    '{ $title } {{ }} { -term } { "x" } { NUMBER($n) }',
    "ا" + "\u0301\u0650\u0651" * 600,
    "\u200c\u200b\u2060\ufeff",
    "a" * 4096,
    "ب" * 4097,
    "🏳️‍🌈" * 700,
    "سلام\n" * 900,
    "\n\n\n\t \r\n",
    "۱۲۳۴۵۶۷۸ ١٢٣٤٥٦٧٨ 12345678",
    "./../../etc/passwd \\x00 %00 %2e%2e",
    "/" * 300,
    "/start " + "A" * 64,
    "/start claim_" + "x" * 60,
    "/accept",
    "/reject 00000000 insufficient x",
    "/grant telegram:1001 province_admin",
    "/revoke telegram:1017",
    "/\u202emenu",
    "c:1:submit",
    "a:accept.begin:00000000",
    "\ue000\uf8ff\U000e0041\U000e007f",
    "ﷺﷺﷺ ﻻﻼ ﯾﮐ ك ي ة",
    "Z̸̢̛͇͓͎̞͔a̵l̷g̶o̸ " * 40,
    "null",
    "[]",
    "{}",
    "0",
    "-1",
    "1e999",
    "true",
)
#: Those that any messenger's formatting might stumble over.
MARKUP = tuple(odd for odd in ODD if set(odd) & set("<&*_[`"))
#: Beginnings of reports as people write them.
REPORTS = (
    "چاله بزرگ وسط کوچه",
    "زباله‌ها را سه روز است نبرده‌اند کنار مدرسه",
    "چراغ کوچهٔ ۱۲ خاموش است",
    "پیشنهاد می‌کنم پارک کوچکی ساخته شود",
    "فاضلاب در کوچه بالا زده",
    "سگ‌های ولگرد نزدیک مدرسه",
)
#: Between the two followed words of a report: what stands behind it is in no title, neither short nor public.
LONG = " چند ماه است که وضع همین است و رفت و آمد برای اهالی این کوچه سخت شده است." * 3

#: Commands of other days: none of them does anything yet, and all are answered.
UNKNOWN = ("link", "offer", "meetings", "merge", "poll", "stats", "export", "import", "ban", "x")
#: What follows commands, what is said without a slash, and what no button of ours carries.
REASONS = ("insufficient", "emergency", "not_public", "other_channel", "nonsense")
PLACES = ("n1", "n2", "n3", "kerman/n1", "bam/arg", "bam", "kerman", "محلهٔ شهر", "شهرک", "ارگ", "x")
SPOKEN = ("گزارش", "لغو", "راهنما", "منو", "کمک محرمانه", "کرمان", "بم", "محلهٔ شهر", "۱۵ دی", "فردا", "پنجشنبه", "8,17")
FORGED = (
    "", ":", "c", "c::", "a", "a:", "a::", "a:x.y:z", "a:report:", "a:report.:", "a:.open:", "z:1:2", "\x00", "x" * 64,
    "c:-1:submit", "c:0:yes", "c:1:-", "a:case.show:99999999", "a:join.at:999999", "a:join.at:1",
    "a:queue.page:x/y/z:9", "a:issues.page:99999999999999999999", "a:broadcasts.show:1", "a:missing.show:1",
    "a:settings.set:en", "c:١:۲",
)  # fmt: skip


def drawn(chance: random.Random) -> str:
    """A new word to be followed."""
    return "zq" + "".join(chance.choices(string.ascii_lowercase, k=9)) + "qz"


def _odd(chance: random.Random) -> str:
    return chance.choice(MARKUP) if chance.random() < 0.5 else chance.choice(ODD)


def report(chance: random.Random) -> str:
    """A report with one followed word in its first letters and one that no title reaches."""
    odd = f" {_odd(chance)[:200]} " if chance.random() < 0.4 else " "
    return f"{chance.choice(REPORTS)} {drawn(chance)}{odd}{LONG} {drawn(chance)}"


def short(chance: random.Random) -> str:
    """An answer, a name, a next step: short, with a followed word."""
    odd = f" {_odd(chance)[:40]}" if chance.random() < 0.3 else ""
    return f"{chance.choice(('بازدید', 'کوچهٔ پنجم', 'فردا', 'خیابان امام'))} {drawn(chance)}{odd}"


def hostile(chance: random.Random) -> str:
    """Something odd, alone or around other words."""
    odd = _odd(chance)
    return chance.choice((odd, odd, f"{odd} {drawn(chance)}", f"{chance.choice(REPORTS)} {odd} {drawn(chance)}"))
