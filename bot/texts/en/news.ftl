talk-news = News
    .words = News | Announcements
news =
    { $n ->
        [one] One piece of news was announced in { $neighborhood }:
       *[other] { $n } pieces of news were announced in { $neighborhood }; the newest come first:
    }
news-line =
    { $date }, { $sender }:
    { $words }
news-empty = Nothing was announced in { $neighborhood } yet. We send you what is new right here.
news-nowhere = You have not chosen a neighborhood yet; after that you see its news here.
news-gone = This news is no longer here.
digest-rest =
    { $n ->
        [one] There was one more piece of news this week:
       *[other] There were { $n } more pieces of news this week:
    }
digest-rest-more =
    { $n ->
        [one] One more is in “News”.
       *[other] { $n } more are in “News”.
    }
digest-rest-why =
    { $n ->
        [one] So as not to bother you we send one piece of news a week by itself, and the rest together.
       *[other] So as not to bother you we send at most { $n } pieces of news a week by themselves, and the rest together.
    }
