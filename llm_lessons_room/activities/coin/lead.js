// What goes home of the coin.

import { giveLeaders } from "../../web/kinds.js";
import { inOrder } from "../../web/results.js";

giveLeaders("coin", { lines: ({ tally }) => inOrder(tally.drawn) });
