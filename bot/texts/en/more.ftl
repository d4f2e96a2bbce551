talk-more = Other actions
    .words = Other actions
