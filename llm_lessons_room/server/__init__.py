"""The server of an evening: a screen, a leader, and a room full of phones.

    kinds       which tally, and so which rules, a step has
    content     what is played, read from the folder
    seats       who sits where: a token for each phone, no names
    presence    which of them are here
    moderation  what the leader does about what phones wrote
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
    together    a model that the room trains, on the evening's clock
    hub         who is connected, and who is told what when: phones, and `watchers`,
                screens and leaders; `connected` says what it knows of them
    sockets     the connections themselves
    pages       the pages of the room, each to who may see it
    service     the server from its first word to its last

From `content` to `views` nothing waits, sends or asks for the time.
"""
