talk-bulletin = Board sheet
    .words = board sheet | bulletin
