// Waiting for an answer of the kernel, which may be busy, or not be there at all.

const PATIENCE = 3000; // milliseconds, then the missing answer is explained

// `isOver(request)` says whether the answer to this request has been waited for long
// enough; `redraw` is called when it has.
function patience(redraw) {
  let [asked, over, timer] = [null, false, 0];
  function stop() {
    clearTimeout(timer);
    [asked, over] = [null, false];
  }
  function isOver(request) {
    if (request === asked) return over;
    stop();
    asked = request;
    timer = setTimeout(() => {
      over = true;
      redraw();
    }, PATIENCE);
    return false;
  }
  return { isOver, stop };
}
