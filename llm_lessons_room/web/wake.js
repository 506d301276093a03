// A screen that stays on, where the browser allows it: not on a plain http address.

/** Called once; asks again whenever the page is seen again. */
export function stayAwake() {
  const ask = () => {
    if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
    navigator.wakeLock.request("screen").catch(() => {}); // a low battery, say
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}
