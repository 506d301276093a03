// A real model in a page: a file of SmolLM2, opened to be asked what Fjord is asked.
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

/**
 * SmolLM2 from the bytes of its file.
 * @param {Uint8Array} bytes where `roomForFile` made room; others are copied there
 */
export function realModel(bytes) {
  const header = readHeader(bytes);
  const config = configOf(header);
  const tokenizer = tokenizerOf(header, config.vocab_size);
  const params = parametersOf(header.tensors, inRoomForFile(bytes), config);
  const template = knownTemplate(header.settings.get("tokenizer.chat_template"));
  return new LanguageModel("smollm2", config, params, tokenizer, template);
}
