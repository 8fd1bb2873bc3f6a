// One page at a time, without loading a document: a click changes the address and asks the server for the content.

function isOurs(anchor) {
  return anchor.origin === location.origin && !anchor.target && !anchor.hasAttribute("download")
    && (anchor.pathname === BASE || anchor.pathname.startsWith(`${BASE}/`)) && anchor.dataset.out === undefined
}

function setPath(path, push = false) {
  const address = BASE + path
  if (address === location.pathname + location.search) return
  history[push ? "pushState" : "replaceState"]({}, "", address)
}

async function go(path, { push = true } = {}) {
  await saveWhatIsTyped(main)
  if (hasTyped(main) && !(await confirmLeaving())) return
  if (push) rememberScroll()
  if (push) setPath(path, true)
  for (const link of document.querySelectorAll(".rail a, .bottombar a")) {
    const own = new URL(link.href).pathname.slice(BASE.length) || "/"
    const here = path.split("?")[0]
    if (own === here) link.setAttribute("aria-current", "page")
    else link.removeAttribute("aria-current")
  }
  closeMenus()
  closeDrawerNav()
  main.setAttribute("aria-busy", "true")
  await send("shell.go", { path })
  main.removeAttribute("aria-busy")
}

function rememberScroll() {
  history.replaceState({ ...history.state, scroll: document.scrollingElement.scrollTop }, "")
}

// Where one writes next has the focus: on a new page, and where a button drew it and left with it.
const appeared = new WeakSet()
function focusWhatAppeared(isNew) {
  const isNowhere = document.activeElement === document.body || !document.activeElement
  for (const field of main.querySelectorAll("[data-autofocus]")) {
    if (isNew || (isNowhere && !appeared.has(field))) field.focus()
    appeared.add(field)
  }
}

let scrollAfter = null
function pageDrawn(isNew) {
  for (const table of main.querySelectorAll("table[id]")) showSelection(table)
  focusWhatAppeared(isNew)
  if (!isNew) return
  document.scrollingElement.scrollTop = scrollAfter ?? 0
  scrollAfter = null
  if (document.documentElement.dataset.ready && !main.contains(document.activeElement) && !document.querySelector("dialog[open]")) {
    const title = main.querySelector("h1")
    title?.setAttribute("tabindex", "-1")
    title?.focus({ preventScroll: true })
  }
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  const anchor = event.target.closest("a[href]")
  if (anchor && isOurs(anchor)) {
    event.preventDefault()
    go(anchor.pathname.slice(BASE.length) + anchor.search || "/")
    return
  }
  const jump = event.target.closest("[data-go]")
  if (jump && !event.target.closest("a, button:not([data-go]), input, select, label, summary, textarea")) {
    if (String(getSelection())) return
    event.preventDefault()
    go(jump.dataset.go)
  }
})

addEventListener("popstate", (event) => {
  scrollAfter = event.state?.scroll ?? 0
  go(herePath(), { push: false })
})

addEventListener("beforeunload", (event) => {
  if (hasTyped(main)) event.preventDefault()
})
