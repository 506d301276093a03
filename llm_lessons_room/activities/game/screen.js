// A game with cards, on the screen: what to do.

import { showOnScreens } from "../../web/kinds.js";
import { textOnScreen } from "../talk/screen.js";

showOnScreens("game", textOnScreen);
