// Beside the paper nobody taps for minutes: where the browser offers it, the screen stays on.
"use strict";
const stayAwake = () => {
  if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {});
};
document.addEventListener("visibilitychange", stayAwake);
stayAwake();
