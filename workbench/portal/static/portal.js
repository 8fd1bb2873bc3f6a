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
// A form with `data-draft` is kept two seconds after the last keystroke; without a script a button does the same.
let keeping = 0;
addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.dataset.draft || event.target.type === "file") return;
  clearTimeout(keeping);
  keeping = setTimeout(() => keep(form), 2_000);
});
async function keep(form) {
  const says = form.querySelector(".saved");
  const values = new URLSearchParams({ quiet: "yes" });
  for (const [name, value] of new FormData(form)) if (typeof value === "string") values.set(name, value);
  const sent = form.dataset.sent;
  const answer = await fetch(form.dataset.draft, { method: "POST", body: values, redirect: "manual" }).catch(() => null);
  if (says && !sent) says.textContent = answer?.status === 204 ? says.dataset.kept : says.dataset.notKept;
}
addEventListener("submit", () => clearTimeout(keeping));
// What stands on the page is read: said at once where there is a script, else by its button.
for (const form of document.querySelectorAll("form[data-at-once]")) {
  const values = new URLSearchParams(new FormData(form));
  values.set("quiet", "yes");
  fetch(form.action, { method: "POST", body: values, redirect: "manual" }).then((answer) => {
    if (answer.status === 204) form.hidden = true;
  }, () => {});
}
// The page one is on is in sight in a menu that is drawn aside.
const here = document.querySelector(".menu [aria-current]");
if (here) here.closest(".menu").scrollLeft = here.offsetLeft - here.closest(".menu").clientWidth / 3;
