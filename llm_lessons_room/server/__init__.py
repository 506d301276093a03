"""The server of an evening: a screen, a leader, and a room full of phones.

    content     what is played, read from the folder
    seats       seats, and which of them have a phone that is connected
    evening     the state of the evening, and the leader's commands
    storage     the evening on the disk: one server each
    views       the payloads of phones, screens and leaders
    clock       seconds that neither go back nor count while the laptop sleeps
    limits      how much a connection may send, and `places`, who may stay connected
    invitation  the room's address with its QR code, and the names it answers to
    training    a model that the room trains, on the evening's clock
    hub         who is connected, and what is sent to whom when: phones, and `watchers`,
                screens and leaders
    sockets     the connections
    pages       the pages of the room, each to who may see it
    builder     runs what makes the evening while the server runs: figures take minutes
    service     the server, from its addresses to its end

From `content` to `views` nothing waits, sends or asks for the time, but what writes.
"""
