// The line to the server: one Bokeh component carries HTML down and messages up. Each message has a number, so that
// its answer finds the button that was pressed; until then the button is busy and a second click sends nothing.

const boot = JSON.parse(document.getElementById("boot").textContent)
const BASE = boot.base
const main = document.getElementById("main")
const QUIET = new Set(["shell.hello", "shell.closed", "shell.theme", "shell.search"])
const waiting = new Map()
const unsent = []
let line = null
let lineId = null
let lastSeq = 0
let alive = true

function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(18))
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_")
}

function send(verb, values = {}, { key = null, source = null } = {}) {
  const seq = ++lastSeq
  const message = { do: verb, values, key, seq }
  const answer = new Promise((resolve) => waiting.set(seq, { resolve, source, verb, message }))
  if (line && alive) line.send_msg(message)
  else unsent.push(message)
  showProgress()
  return answer
}

function settle(message) {
  const asked = waiting.get(message.seq)
  if (!asked) return
  if (message.step_up) return void proveAgain().then((proven) => {
    if (proven && waiting.has(message.seq)) line.send_msg(asked.message)
    else settle({ ...message, step_up: false, sentence: "This was not done." })
  })
  waiting.delete(message.seq)
  showProgress()
  asked.resolve(message)
}

let progressTimer = null
function showProgress() {
  const busy = [...waiting.values()].some((asked) => !QUIET.has(asked.verb))
  if (busy && !progressTimer) {
    progressTimer = setTimeout(() => document.documentElement.classList.add("is-waiting"), 140)
  } else if (!busy) {
    clearTimeout(progressTimer)
    progressTimer = null
    document.documentElement.classList.remove("is-waiting")
  }
}

const told = {
  ack: settle,
  results: (message) => { settle(message); showResults(message) },
  toast: (message) => toast(message.text, message.tone),
  path: (message) => setPath(message.path, message.push),
  file: (message) => saveFile(message),
  // Said quietly: whoever listens to the page hears it once they are through with what they do.
  renewed: () => {
    const at = new Date().toLocaleTimeString([], { hour: "numeric", minute: "2-digit" })
    document.getElementById("renewed").textContent = `Updated ${at}`
  },
}

let drawnHtml = null
function drawMain() {
  if (line.html === drawnHtml) return fillSlots()
  drawnHtml = line.html
  const fresh = parse(line.html)
  const page = fresh.firstElementChild
  if (!page) return
  const open = main.querySelector(":scope > [data-view]")
  const same = open && open.dataset.view.split("?")[0] === page.dataset.view.split("?")[0]
  document.title = page.dataset.title
  if (same) morphInto(main, line.html)
  else replaceMain(fresh)
  main.removeAttribute("aria-busy")
  fillSlots()
  pageDrawn(!same)
}

function replaceMain(fresh) {
  const slots = [...main.querySelectorAll("[data-slot]")]
  for (const slot of slots) slot.replaceChildren()
  main.replaceChildren(fresh)
}

function drawRegions() {
  for (const [name, html] of Object.entries(line.regions)) {
    if (name === "dialog") drawDialog(html)
    else for (const place of document.querySelectorAll(`[data-region="${name}"]`)) morphInto(place, html)
  }
}

function fillSlots() {
  if (!line) return
  const panes = line.get_child("panes") || []
  line.slots.forEach((name, n) => {
    const slot = main.querySelector(`[data-slot="${CSS.escape(name)}"]`)
    if (slot && panes[n] && slot.firstElementChild !== panes[n]) slot.replaceChildren(panes[n])
  })
}

// Called by the Fragment component whenever Bokeh renders it: at first, after a reconnection, and when panes change.
function attach(model) {
  const isNew = lineId !== model.id
  line = model
  lineId = model.id
  model.on("html", drawMain)
  model.on("regions", drawRegions)
  model.on("slots", fillSlots)
  // Unlike the others this one outlives a new rendering of the same component.
  if (isNew) model.on("msg:custom", (message) => told[message.kind]?.(message))
  model.on("lifecycle:after_render", fillSlots)
  if (model.html) drawMain()
  drawRegions()
  if (isNew) greet()
  return document.createElement("span")
}

function greet() {
  alive = true
  hideBanner()
  document.getElementById("cover").hidden = true
  send("shell.hello", { path: herePath(), theme: document.documentElement.dataset.theme })
  for (const message of unsent.splice(0)) line.send_msg(message)
  document.documentElement.dataset.ready = "yes"
  performance.mark("ready")
}

function herePath() {
  const path = location.pathname.slice(BASE.length) + location.search
  return path.startsWith("/") ? path : `/${path}`
}

window.workbench = { attach }

// What was asked and not answered when the line broke is let go, so that the buttons can be pressed again. The key of
// a form stays the same until it is answered: if the first sending did arrive, the second is not done twice.
function lineLost() {
  alive = false
  for (const asked of [...waiting.values()]) asked.resolve({ lost: true, ok: false })
  waiting.clear()
  unsent.length = 0
  showProgress()
}

async function connect() {
  const views = await Bokeh.embed.embed_items({}, boot.items, BASE || "/")
  watchConnection()
  return views
}

// A page on its way out has a line that is closed already and has not said so: nothing is sent on it.
addEventListener("pagehide", () => { alive = false })
addEventListener("pageshow", (event) => { if (event.persisted) alive = true })

let retry = 0
function watchConnection() {
  const document_ = Bokeh.documents.at(-1)
  document_.on_event("connection_lost", () => {
    lineLost()
    showBanner("lost")
    clearTimeout(retry)
    retry = setTimeout(resume, 1500)
  })
  document_.on_event("client_reconnected", () => { clearTimeout(retry); alive = true; hideBanner(); resync() })
}

// The same session is there again: Bokeh has pulled the document anew.
function resync() {
  if (line) { drawRegions(); drawMain(); greet() }
}

// A new session in the same page: what was typed stays where it is. Without a sign-in nothing is reloaded.
async function resume(attempt = 0) {
  if (alive) return
  try {
    const answer = await fetch(location.href, { redirect: "manual", headers: { Accept: "text/html" } })
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return signedOut()
    if (!answer.ok) throw new Error(String(answer.status))
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("boot")
    if (!fresh) return signedOut()
    const given = JSON.parse(fresh.textContent)
    if (given.who !== boot.who) return discard()
    boot.items = given.items
    line = lineId = null
    const channel = document.getElementById("channel")
    channel.replaceChildren(...boot.items.flatMap((item) => Object.entries(item.roots).map(([root, element]) => {
      const place = document.createElement("div")
      place.id = element
      place.dataset.rootId = root
      return place
    })))
    await connect()
  } catch {
    if (attempt < 40) retry = setTimeout(() => resume(attempt + 1), Math.min(1500 * 1.4 ** attempt, 20000))
    else showBanner("gone")
  }
}

// The session is over. What was typed is kept, but nothing of it is seen until the same person is back; if nothing was
// typed the page goes to the sign-in as it would without us.
function signedOut() {
  if (!hasTyped(document)) return discard()
  for (const open of document.querySelectorAll("dialog[open]")) if (open !== dialog) open.close()
  alive = false
  hideBanner()
  const cover = document.getElementById("cover")
  cover.hidden = false
  if (dialog.open) dialog.append(cover)
  else document.body.append(cover)
  document.getElementById("cover-title").focus()
}

function discard() {
  touchedNothing()
  for (const place of [main, dialog]) place.replaceChildren()
  location.reload()
}

addEventListener("session-ended", (event) => {
  if (!hasTyped(document)) return
  event.preventDefault()
  lineLost()
  signedOut()
})
addEventListener("session-warning", () => showBanner("soon"))
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-stay]")) { dispatchEvent(new Event("session-stay")); hideBanner() }
  if (event.target.closest("[data-discard]")) discard()
})
