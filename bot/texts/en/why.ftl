talk-why = Why this message
    .words = Why this message
why = You got this message because { $because }.
why-member = you chose { $neighborhood } as your neighborhood
why-role = your role is: { $role }, { $body }
why-going = you said “{ $answer }” to { $what }
why-urgent =
    It was urgent and so was sent out of turn.
    Reason: { $reason }
why-budget =
    { $n ->
        [one] We send at most one piece of news a week by itself, and the rest together. Change it with the buttons below.
       *[other] We send at most { $n } pieces of news a week by themselves, and the rest together. Change it with the buttons below.
    }
why-preview = This is a look at it beforehand. Here the readers see why they got the message.
why-not-yours = This message is not for you now; perhaps your neighborhood or role has changed.
