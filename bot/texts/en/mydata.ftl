talk-mydata = My data
    .words = My data
mydata =
    This is what we keep of you:
    Neighbourhood: { $neighborhood }
    Reports and proposals: { $cases }
    Texts: { $words }
    Photos and recordings: { $media }
    Unfinished conversations: { $drafts }
    Offices: { $roles }
    { $accounts ->
        [one] And the number of your account on this messenger
       *[other] And the numbers of your accounts on { $accounts } messengers
    }
    .file = Get the file
    .forget = Erase my data
mydata-name = Your name, because you hold an office: { $name }
mydata-kept = A rejected report is erased after { $days } days, and a finished one becomes anonymous after { $months } months.
mydata-coming = The file with your data arrives in a moment.
mydata-file = This file holds everything that we keep of you. Give it to nobody.
