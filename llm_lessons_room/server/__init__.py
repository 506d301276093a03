"""The server of an evening: a screen, a leader, and a room full of phones.

    content     what is played, read from the folder
    seats       who sits where, and which of them are here
    evening     where the evening is, what was answered, what the leader may do
    kept        the evening on the disk: one server each
    views       what phones, screens and leaders are told of it
    clock       seconds that neither go back nor count while the laptop sleeps
    limits      how much a connection may send, and `places`, who may stay connected
    invitation  where the room is: its address with a code, and under which names
    together    a model that the room trains, on the evening's clock
    hub         who is connected, and who is told what when: phones, and `watchers`,
                screens and leaders
    sockets     the connections themselves
    pages       the pages of the room, each to who may see it
    making      what has it made while the server runs: figures take minutes
    service     the server from its first word to its last

From `content` to `views` nothing waits, sends or asks for the time, but what writes.
"""
