"""The server that shows the handouts to a browser, or to a room full of phones.

It runs in the lessons' environment, on Tornado, and imports nothing of the lessons, so
that it starts in half a second. `llm_lessons_starter.page_server` reads what somebody
typed and starts it. `room` is the server of an evening with a screen, a leader and
phones, on the same door and pages; `llm_lessons_starter.room_server` starts that one.
"""
