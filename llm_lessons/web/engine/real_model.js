// A real model in a page: a GGUF file, opened to be asked what Fjord is asked.
//
// Beside `_load_gguf` in `loading.py`. The file's bytes are used where they lie, and
// stay as they are; where they lie decides how fast products are (`roomForFile`).

import { inRoomForFile } from "./block_products.js";
import { readHeader } from "./gguf_header.js";
import { configOf } from "./gguf_settings.js";
import { tokenizerOf } from "./gguf_vocabulary.js";
import { parametersOf } from "./gguf_weights.js";
import { LanguageModel } from "./model.js";
import { knownTemplate } from "./templates.js";

/** @typedef {ReturnType<typeof described>} Described */

/**
 * All that a file's header says of its model: whoever has read that may make room for
 * the weights.
 * @param {Uint8Array} bytes of its beginning @param {number} [size] of all of it
 * @throws {Refusal} the file holds no model that runs in a page
 */
export function described(bytes, size) {
  const header = readHeader(bytes, size);
  const config = configOf(header);
  parametersOf(header, new Uint8Array(), config);
  const tokenizer = tokenizerOf(header, config.vocab_size);
  const template = knownTemplate(header.settings.get("tokenizer.chat_template"));
  return { header, config, tokenizer, template };
}

/**
 * A model from the bytes of its file.
 * @param {Uint8Array} bytes where `roomForFile` made room; others are copied there
 * @param {string} [name] @param {Described} [known]
 */
export function realModel(bytes, name = "smollm2", known = described(bytes)) {
  const { header, tokenizer, template } = known;
  const inRoom = inRoomForFile(bytes);
  const { params, config } = parametersOf(header, inRoom, known.config);
  return new LanguageModel(name, config, params, tokenizer, template);
}
