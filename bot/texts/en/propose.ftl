talk-propose = Ideas and help
    .words = Ideas and help | Propose
propose-what =
    What would make the neighbourhood better, or how can you help? Write it right here.
    Example: “Let us clean the park together on Fridays.”
    Please write nobody’s name or number.
