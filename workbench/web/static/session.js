// Keeps a page true to its session: tells the server that a person is there, blanks the page when the session is over.
(() => {
  "use strict";
  const SIGNED_OUT = 4401;
  const QUIET_MS = 60000; // at most one message a minute says that somebody is there
  const WARN_MS = 13 * 60000; // two minutes before the session ends for want of input
  const token = document.querySelector('meta[name="xsrf"]')?.content ?? "";
  let told = Date.now();
  let warning = 0;
  let leaving = false; // who signs out is on the way already: the closing socket must not send them elsewhere

  // A page that wants to keep what was typed may cancel the event; it must then hide what it shows.
  const leave = () => {
    if (leaving) return;
    if (!window.dispatchEvent(new CustomEvent("session-ended", { cancelable: true }))) return;
    document.documentElement.replaceChildren(document.createElement("body"));
    location.replace("/sign-in?ended=1&next=" + encodeURIComponent(location.pathname + location.search));
  };

  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...args) {
      super(...args);
      this.addEventListener("close", (event) => { if (event.code === SIGNED_OUT) leave(); });
    }
  };

  const warnLater = () => {
    clearTimeout(warning);
    warning = setTimeout(() => window.dispatchEvent(new CustomEvent("session-warning")), WARN_MS);
  };

  const present = async (event) => {
    if (event && !event.isTrusted) return;
    const now = Date.now();
    if (event && now - told < QUIET_MS) return;
    told = now;
    warnLater();
    try {
      const answer = await fetch("/session/input", { method: "POST", headers: { "X-Xsrftoken": token } });
      if (answer.status === 401) leave();
    } catch {
      told = 0; // no network just now: try again at the next input
    }
  };

  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") === "/sign-out") leaving = true;
  });
  for (const kind of ["pointerdown", "keydown", "wheel"]) {
    document.addEventListener(kind, present, { capture: true, passive: true });
  }
  window.addEventListener("session-stay", () => present(null));
  warnLater();
})();
