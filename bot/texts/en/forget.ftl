talk-forget = Erase my data
    .words = Erase my data
forget = Once your data is erased, photos that the council has not published and recordings of your voice are gone, and nobody can tell which report was yours. The text of reports stays without your name, and you get no more news of them. Your neighbourhood and your role go too. This cannot be undone.
    .erase = Erase my data
forget-done = Your data was erased.
forget-both = Your two accounts are connected; the data of both is erased.
