talk-channels = Channels
    .words = Channels
channels = Messages to all are posted in these channels and groups too:
    .connect = Connect
channels-none = No channel or group is connected yet. Once one is, messages to all are posted there too.
channels-line =
    { $name }, { $place }, { $elsewhere ->
        [bale] on Bale
       *[telegram] on Telegram
    }
channels-drop = Disconnect “{ $name }”
channels-place = Whose channel or group is it? Choose, or write a part of the neighborhood’s name.
channels-how =
    Connect the channel or group of { $place } like this:
    1. Make Mahalleyar an administrator of it.
    2. Send these words there:
    { $code }
    They work for { $n } minutes and only once. Do not give them to anybody else.
channels-dropped = “{ $name }” is no longer connected, and nothing is posted there.
channels-unknown = This channel is no longer connected.
connect-here = This channel is connected. From now on the messages of { $sender } are posted here too.
connect-done =
    “{ $name }” is connected. From now on the messages of { $sender } are posted there too.
    If you see nothing from Mahalleyar there, make it an administrator.
connect-wrong = This code is wrong, or its time has passed. Get a new one from “Channels”.
