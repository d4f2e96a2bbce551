talk-menu = Menu
    .words = Menu | Home
    .about = What can be done here
menu = What can we do for you?
