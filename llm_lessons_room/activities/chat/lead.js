// What goes home of the chat.

import { registerLead } from "../../web/kinds.js";

registerLead("chat", {
  lines: ({ tally: { answered, kept, gone }, tell }) => [
    [tell("results_kept"), kept, answered],
    [tell("results_gone"), gone, answered],
  ],
});
