// Saves a form while it is filled in. Without this script the buttons save, page by page.
const form = document.getElementById("filling");
const said = document.getElementById("saved");
const fields = document.getElementById("fields");
const help = document.getElementById("help");
let waiting = 0;
let running = null;
let changed = false;
let answered = null;

const names = (root) => [...root.querySelectorAll("[name]")].map((one) => `${one.name} ${one.value && one.type === "radio" ? one.value : ""}`).join("|");

// The page is drawn anew only where an answer asks other questions; where somebody types, nothing moves.
function redraw(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").body;
  if (names(fresh) === names(fields)) return;
  const at = document.activeElement;
  if (fields.contains(help)) form.before(help);
  const place = fields.contains(at) ? [at.name, at.type === "radio" || at.type === "checkbox" ? at.value : null] : null;
  fields.replaceChildren(...fresh.childNodes);
  if (!place) return;
  const again = [...fields.querySelectorAll("[name]")].find((one) => one.name === place[0] && (place[1] === null || one.value === place[1]));
  if (again) again.focus();
}

function mark(problems) {
  for (const name of new Set([...fields.querySelectorAll("[name]")].map((one) => one.name))) {
    const line = document.getElementById(`${name}-error`);
    if (!line) continue;
    line.textContent = problems[name] || "";
    line.hidden = !problems[name];
    const control = document.getElementById(name);
    if (control && problems[name]) control.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
  }
}

// Whether it was kept.
async function send() {
  changed = false;
  said.textContent = form.dataset.saving;
  const body = new URLSearchParams(new FormData(form));
  body.set("autosave", "yes");
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
  } catch {
    said.textContent = form.dataset.failed;
    return false;
  }
  if (answer.type === "opaqueredirect" || answer.status === 403) {
    said.textContent = form.dataset.away;
    return false;
  }
  const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
  if (!answer.ok) {
    said.textContent = told.problem || form.dataset.failed;
    return false;
  }
  form.elements.version.value = told.version;
  said.textContent = told.saved;
  if (!changed) redraw(told.fields);
  mark(told.problems);
  offer(told.help);
  return true;
}

// Where help is stands right under the answer that asks for it, not somewhere above the screen.
function offer(isWanted) {
  if (isWanted && help.hidden && answered?.isConnected) answered.after(help);
  help.hidden = !isWanted;
}

function save() {
  clearTimeout(waiting);
  if (running) return running;
  running = send().then((isKept) => {
    running = null;
    return isKept && changed ? save() : undefined;
  });
  return running;
}

form.addEventListener("input", () => { changed = true; clearTimeout(waiting); waiting = setTimeout(save, 1200); });
form.addEventListener("change", (event) => { answered = event.target.closest(".field"); changed = true; clearTimeout(waiting); waiting = setTimeout(save, 250); });
// A button waits for a save that is on its way: both name the version they were made on.
form.addEventListener("submit", async (event) => {
  clearTimeout(waiting);
  if (!running) return;
  event.preventDefault();
  event.stopPropagation();
  const button = event.submitter;
  await running;
  form.requestSubmit(button);
});
