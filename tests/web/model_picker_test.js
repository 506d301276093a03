// What the list of models says of a choice.

import assert from "node:assert/strict";
import { test } from "node:test";
import { keptAs } from "../../llm_lessons/web/widgets/model_picker.js";

test("a choice that other notebooks will know says so", () => {
  assert.equal(keptAs("", true), "No other model is picked.");
  assert.match(keptAs("ollama:a", true), /^✓ ollama:a is picked. The lessons' cells/);
});

test("a choice that can't be kept says what to do", () => {
  assert.match(keptAs("ollama:a", false), /write its name into the brackets of/);
});
