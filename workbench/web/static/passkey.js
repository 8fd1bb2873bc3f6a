// Passkeys: asks the server for a challenge, the browser for an answer, and puts the answer into the form. Forms stay
// hidden where the browser has no passkeys. `window.passkey.show(path, token)` does the same for a page of its own.
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const begin = async (path, token) => {
    const answer = await fetch(path, { method: "POST", headers: { "X-Xsrftoken": token } });
    if (answer.status === 429) throw new Error("That was tried several times. Wait a minute, then try again.");
    if (!answer.ok || answer.redirected) throw new Error("This page has become too old. Load it again.");
    const asked = await answer.json();
    asked.challenge = bytes(asked.challenge);
    if (asked.user) asked.user.id = bytes(asked.user.id);
    for (const name of ["allowCredentials", "excludeCredentials"]) if (asked[name]) asked[name] = known(asked[name]);
    return asked;
  };

  const told = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
  };

  const available = Boolean(window.PublicKeyCredential && navigator.credentials);
  const words = (error) => error.name === "NotAllowedError" ? "The passkey was not shown in time, or it was cancelled."
    : error.name === "InvalidStateError" ? "This device has a passkey for you already."
    : error instanceof DOMException ? "This device could not do it. Try another one." : error.message;

  const make = async (path, token) => told(await navigator.credentials.create({ publicKey: await begin(path, token) }));
  const show = async (path, token) => told(await navigator.credentials.get({ publicKey: await begin(path, token) }));
  window.passkey = { available, show, words };

  if (!available) return;
  for (const note of document.querySelectorAll("[data-without-passkeys]")) note.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const problem = form.querySelector("[data-problem]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (form.hasAttribute("aria-busy")) return;
      form.setAttribute("aria-busy", "true");
      problem.hidden = true;
      try {
        const ask = form.dataset.passkey === "create" ? make : show;
        form.elements.answer.value = await ask(form.dataset.begin, form.elements._xsrf.value);
        form.submit();
      } catch (error) {
        problem.textContent = words(error);
        problem.hidden = false;
      } finally {
        form.removeAttribute("aria-busy");
      }
    });
  }
})();
