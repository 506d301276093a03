"""The server that shows the handouts to a browser, or to a room full of phones.

It runs in the lessons' environment, on Tornado, and imports nothing of the lessons, so
that it starts in half a second. `llm_lessons_starter.page_server` reads what somebody
typed and starts it. `llm_lessons_room.server`, of an evening with a screen, a leader
and phones, is built on the same connections and pages.
"""
