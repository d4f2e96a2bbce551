talk-care = Help in confidence
    .words = Help in confidence
care =
    .numbers = More numbers
    .general = General report
    .other = It is something else
care-hours-unknown = in office hours
care-harm =
    This may need quick help in confidence. Please call { $line_123 } right now; it is free and confidential. If somebody’s life is in danger, call { $line_110 } or { $line_115 }.
    Your message was not sent to the council, and we erased it. If somebody else sees your phone, erase your own message and this answer too.
    You can report just the problem of the place, without names or addresses.
care-addiction =
    For advice about drug use in the family call { $line_1480 } ({ $hours }). You need not give your name. If somebody is in danger: { $line_115 } or { $line_123 }
    Your message was not kept.
care-self-harm =
    What you said matters, and you are not alone. Please call { $line_123 } or { $line_115 } right now, and ask somebody you trust to stay with you.
    To talk to somebody: { $line_1480 } ({ $hours })
care-corruption =
    A report of bribery or of one person’s wrongdoing cannot be taken here, and your message was not kept. The lawful way:
    the county’s prosecutor or the official website for reporting corruption
care-mistaken = Sorry, we misunderstood. Since we erased your message, please write it again.
