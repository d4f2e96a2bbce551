talk-more = کارهای دیگر
    .words = کارهای دیگر
