talk-stop = Stop messages
    .words = Stop messages | Stop | Unsubscribe
    .about = Stop the news
stopped-news = We send you no more news; only answers to your own reports arrive.
    .fine = That is fine
    .all = Send nothing at all
stopped-fine = All right. Only answers to your own reports arrive.
stopped-all = We send nothing any more. To come back, write “start”.
