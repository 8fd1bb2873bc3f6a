// Whoever types a long answer is there: the server hears of it at most once a minute. Nothing else needs a script.
let told = Date.now();
addEventListener("input", () => {
  if (Date.now() - told < 60_000) return;
  told = Date.now();
  const token = document.querySelector('input[name="_xsrf"]');
  if (token) fetch("/session/input", { method: "POST", body: new URLSearchParams({ _xsrf: token.value }) });
});
// A second press of a button that is on its way does nothing; the form's key keeps the promise without this too.
addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
