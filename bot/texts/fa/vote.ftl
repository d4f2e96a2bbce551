### رأی اعضای شورا دربارهٔ موضوع‌های جلسه.

talk-vote = رأی اعضای شورا
    .words = رأی اعضای شورا | رأی اعضا
vote-items = رأی‌گیری در { $what }
vote-begin = رأی‌گیری موضوع { $n }
vote-close = پایان رأی‌گیری { $n }
vote-ask =
    رأی شما دربارهٔ این موضوع چیست؟
    «{ $words }»
vote-over =
    رأی‌گیری تمام شد:
    «{ $words }»
vote-yes = موافق
vote-no = مخالف
vote-abstained = ممتنع
vote-counts = تا حالا: موافق { $yes } · مخالف { $no } · ممتنع { $abstained }
vote-result = رأی‌ها: موافق { $yes } · مخالف { $no } · ممتنع { $abstained }
vote-said = رأی شما: { $vote }
vote-not-yours = در این جلسه فقط اعضای شورا که حضورشان ثبت شده است رأی می‌دهند.
vote-not-open = رأی‌گیری برای این جلسه باز نیست. آن را می‌توان از «روش جلسهٔ شورا» روشن کرد.
