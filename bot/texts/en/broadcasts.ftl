talk-broadcasts = Sent messages
    .words = Sent messages
broadcast-history =
    { $n ->
        [one] One message was sent:
       *[other] { $n } messages were sent; the newest come first:
    }
    .label = Earlier messages
broadcast-history-line = { $date }, to the { $readers }: { $n }, sent by { $author }
broadcast-history-none = No message was sent yet.
broadcast-unknown = This message was not found.
broadcast-history-corrected = Corrected { $date }, { $time }, by { $author }
broadcast-history-ahead = { $date }, to the { $readers }. { $state } By { $author }
broadcast-history-second = Approved: { $who }, { $date }
