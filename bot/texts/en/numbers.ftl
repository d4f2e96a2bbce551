talk-numbers = Emergency numbers
    .words = Emergency numbers | Numbers
numbers = In immediate danger call one of these:
numbers-line = { $purpose }: { $number }
numbers-need = Numbers for “{ $need }”:
numbers-full =
    { $title }: { $number }
    { $purpose }
    { $hours }
    { $scope ->
        [county] Answered in some counties only
       *[all] Answered in the whole province
    }
    Last checked: { $verified }
numbers-hours = Hours: { $hours }
numbers-hours-unknown = The hours are not known
numbers-never = never
need-danger = Immediate danger
need-illness = Illness
need-family = Family
need-utilities = Water, power, gas
need-city = City and nature
need-complaints = Complaints
