// What goes home of the coin.

import { registerLead } from "../../web/kinds.js";
import { inOrder } from "../../web/results.js";

registerLead("coin", {
  lines: ({ tally: { drawn, names } }) => inOrder(drawn, names),
});
