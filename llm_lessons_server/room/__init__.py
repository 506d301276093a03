"""The server of an evening: a screen, a leader, and a room full of phones.

    moments     the moments of each kind of step, in their order
    content     what is played, read from the folder
    letters     text as a screen can show it
    values      what a phone may answer, checked
    typed       what the leader may type in from paper, checked
    hiding      which texts of phones are hidden
    tally       what all answers to a step add up to; its kinds in `choices`,
                `gathered` and `kinds`
    moderation  what the leader does about them
    seats       who sits where: a token for each phone, no names; and in which half
    presence    which of them are here
    evening     where the evening is, what was answered, what the leader may do
    views       what phones, screens and leaders are told of it
    making      what has it made while the server runs: figures take minutes
    clock       seconds that neither go back nor count while the laptop sleeps
    kept        the evening on the disk, and `keeper`, who writes it
    lock        one server an evening
    limits      how much a connection may send
    places      who may stay connected, and `hosts`, under which names
    invitation  the address of the room, and its code for a camera
    greetings   the first thing that a connection is told
    training    a model that the room trains together, while its step is played
    hub         who is connected, and who is told what when: phones, and `watchers`,
                screens and leaders; `connected` says what it knows of them
    sockets     the connections themselves
    pages       the pages of the room, each to who may see it
    service     the server from its first word to its last

From `moments` to `views` nothing waits, sends or asks for the time.
"""
