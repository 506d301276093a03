"""Each phone turns the temperature; the screen shows where the room would put it."""
