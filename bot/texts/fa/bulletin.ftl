talk-bulletin = برگهٔ تابلو
    .words = برگهٔ تابلو | تابلوی محله
