// How long a piece must be that is looked up in Fjordby, and a stretch that is told.
// Beside `measuring/reading.py` and `measuring/origins.py`.

export const PIECE_TOKENS = 7; // neighbouring tokens that are looked up together
export const STRETCH_TOKENS = 11; // tokens of the shortest stretch that counts
