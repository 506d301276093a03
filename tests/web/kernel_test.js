// What is known of a notebook's kernel.

import assert from "node:assert/strict";
import { test } from "node:test";
import { listenTo, workOf } from "../../llm_lessons/web/lib/kernel.js";
import { standInKernel, standInModel } from "./stand_ins.js";

const BAR = '<style></style><div class="ll-waiting">…</div>'; // as waiting.py writes it

function listening() {
  const { kernel, tell, show, count } = standInKernel();
  const { model } = standInModel({});
  model.widget_manager = { kernel };
  listenTo(model);
  return { model, kernel, tell, show, count };
}

test("a busy kernel works on what its bar says, until the bar goes", () => {
  const { model, tell, show, count } = listening();
  tell("busy", "execute_request");
  const cell = { state: "busy", what: "the kernel is busy with another cell" };
  assert.deepEqual(workOf(model), cell);
  show({ "text/html": "<b>no bar</b>", "text/plain": "a bar" });
  assert.deepEqual(workOf(model), cell);
  show({ "text/html": BAR, "text/plain": "searching Fjordby" });
  show({ "text/plain": "print" });
  tell("busy", "comm_msg"); // asked beside the cell, which runs on
  tell("idle", "comm_msg");
  assert.deepEqual(workOf(model), { state: "busy", what: "searching Fjordby" });
  show({ "text/html": "", "text/plain": "" });
  assert.deepEqual(workOf(model), cell);
  show({ "text/html": BAR, "text/plain": "searching Fjordby" });
  tell("idle", "execute_request");
  assert.equal(workOf(model).state, "gone");
  tell("busy", "comm_msg");
  assert.equal(workOf(model).what, "the kernel is busy with what was asked");
  tell("busy", "execute_request");
  tell("idle", "kernel_info_request"); // as after a restart: the cell is gone
  assert.equal(workOf(model).state, "gone");
  assert.equal(count(), 1); // listens once, whoever asks
});

test("a kernel is gone where it has ended, or is idle and does not answer", () => {
  const { model, kernel } = listening();
  assert.equal(workOf(model).state, "unknown"); // idle, but nobody heard of it
  kernel.status = "busy"; // before anybody listened
  assert.deepEqual(workOf(model), { state: "busy", what: "the kernel is busy" });
  for (const status of ["dead", "restarting", "autorestarting", "starting"]) {
    kernel.status = status;
    assert.equal(workOf(model).state, "gone", status);
  }
  model.widget_manager = { kernel: null };
  assert.equal(workOf(model).state, "gone");
});

test("without a line to it, or a host that tells, nothing is claimed", () => {
  const { model, kernel, tell } = listening();
  tell("busy", "execute_request");
  kernel.connectionStatus = "connecting";
  assert.equal(workOf(model).state, "unknown");
  for (const manager of [{}, undefined]) {
    model.widget_manager = manager;
    assert.equal(workOf(model).state, "unknown");
  }
});
