talk-approve = Approve messages
    .words = Approve messages
approve =
    { $author } wants to send this message to { $n } of the { $readers }. Your approval is needed.
    .yes = Approve and send
    .no = Refuse with reason
approve-list =
    { $n ->
        [one] One message waits for your approval:
       *[other] { $n } messages wait for your approval:
    }
approve-none = No message waits for your approval.
approve-own = You cannot approve your own message; a colleague has to look at it.
approve-over = “{ $title }” was decided a little earlier:
approve-done = Approved: { $who }
approve-yes = You approved “{ $title }”.
approve-no = You refused “{ $title }”. The sender was told your reason.
approve-reason =
    “{ $title }”
    Why should it not be sent? Write the reason in { $least } to { $most } letters; the sender reads it.
approve-reason-length = A reason has at least { $least } and at most { $most } letters. Please write it again.
approve-said-yes =
    Your message was approved:
    “{ $title }”
    By: { $who }
approve-said-no =
    Your message was not approved and is not sent:
    “{ $title }”
    By: { $who }
    Reason: { $reason }
approve-nobody-said =
    Nobody approved this message within a day, and it was not sent:
    “{ $title }”
    If it is still needed, send it again or talk to your colleagues.
approve-nobody = A message to more than { $n } people has to be approved by a second person, but nobody except you has this role. Please choose fewer readers or name a colleague.
