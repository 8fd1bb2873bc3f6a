// Menus, dialogs, flyouts, toasts and the banner that says the line is down.

function closeMenus(except = null) {
  for (const button of document.querySelectorAll("[data-menu][aria-expanded=true]")) {
    if (button === except) continue
    button.setAttribute("aria-expanded", "false")
    document.getElementById(button.getAttribute("aria-controls")).hidden = true
  }
}

function toggleMenu(button, open = button.getAttribute("aria-expanded") !== "true", at = 0) {
  const menu = document.getElementById(button.getAttribute("aria-controls"))
  closeMenus(button)
  button.setAttribute("aria-expanded", String(open))
  menu.hidden = !open
  if (open) placeMenu(button, menu)
  if (open) menuItems(menu).at(at)?.focus()
}

function placeMenu(button, menu) {
  const box = button.getBoundingClientRect()
  const wide = menu.offsetWidth
  const right = Math.max(8, Math.min(innerWidth - box.right, innerWidth - wide - 8))
  menu.style.setProperty("--menu-top", `${Math.min(box.bottom + 6, innerHeight - menu.offsetHeight - 8)}px`)
  menu.style.setProperty("--menu-right", `${right}px`)
}

const menuItems = (menu) => [...menu.querySelectorAll("[role=menuitem], [role=menuitemradio]")]

// What is shown once is easily miscopied by hand. Without the right to the clipboard it stays there to be selected.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]")
  if (!button) return
  const words = button.querySelector("span")
  try {
    await navigator.clipboard.writeText(button.dataset.copy)
    words.textContent = "Copied"
  } catch { words.textContent = "Select it and copy" }
})
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-menu]")
  if (button) return toggleMenu(button)
  const item = event.target.closest("[role=menuitem], [role=menuitemradio]")
  if (!event.target.closest("[role=menu]") || item) closeMenus()
})

document.addEventListener("keydown", (event) => {
  const button = event.target.closest?.("[data-menu]")
  if (button && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault()
    toggleMenu(button, true, event.key === "ArrowDown" ? 0 : -1)
    return
  }
  const menu = event.target.closest?.("[role=menu]")
  if (!menu) return
  const items = menuItems(menu)
  const here = items.indexOf(document.activeElement)
  const opener = document.querySelector(`[aria-controls="${menu.id}"]`)
  const moves = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }
  if (event.key in moves) {
    event.preventDefault()
    items.at(moves[event.key] % items.length)?.focus()
  } else if (event.key === "Escape") {
    event.preventDefault()
    toggleMenu(opener, false)
    opener.focus()
  } else if (event.key === "Tab") toggleMenu(opener, false)
  else if (event.key.length === 1 && /\S/.test(event.key)) {
    const from = [...items.slice(here + 1), ...items]
    from.find((item) => item.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus()
  }
})

// The server owns one dialog. It opens when there is something in it and closes when there is nothing.
const dialog = document.getElementById("dialog")
let opener = null

function drawDialog(html) {
  if (!html) {
    if (dialog.open) dialog.close("server")
    return
  }
  const fresh = parse(html).firstElementChild
  const asksAnew = !dialog.open || dialog.getAttribute("aria-label") !== fresh.dataset.label
  dialog.className = fresh.dataset.kind
  dialog.setAttribute("aria-label", fresh.dataset.label)
  if (asksAnew) dialog.replaceChildren(fresh)
  else morphInto(dialog, html)
  if (!dialog.open) {
    opener = document.activeElement
    dialog.showModal()
  }
  if (asksAnew) focusFirst(dialog)
}

function focusFirst(box) {
  const wanted = box.querySelector("[data-autofocus]") || box.querySelector(
    "input:not([type=hidden], [type=checkbox], [type=radio]), .form-choice input, textarea, select, .dialog-body .button.primary")
  wanted?.focus()
}

function askToClose() {
  if (hasTyped(dialog) && !dialog.dataset.sure) {
    dialog.dataset.sure = "asked"
    toast("You have typed something here. Close again to discard it.", "warn")
    setTimeout(() => delete dialog.dataset.sure, 5000)
    return
  }
  dialog.close("person")
}

dialog.addEventListener("cancel", (event) => { event.preventDefault(); askToClose() })
dialog.addEventListener("close", () => {
  delete dialog.dataset.sure
  forgetTyped(dialog)
  dialog.replaceChildren()
  opener?.isConnected && opener.focus()
  opener = null
  if (dialog.returnValue === "person") send("shell.closed")
  dialog.returnValue = ""
})

document.addEventListener("click", (event) => {
  const closer = event.target.closest("[data-close]")
  if (closer) {
    const box = closer.closest("dialog")
    if (box === dialog) askToClose()
    else box?.close()
  } else if (event.target.matches?.("dialog")) {
    const box = event.target.getBoundingClientRect()
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom
    if (!inside) { if (event.target === dialog) askToClose(); else event.target.close() }
  }
  const opens = event.target.closest("[data-open]")
  if (opens) document.getElementById(opens.dataset.open)?.showModal()
})

function confirmLeaving() {
  const box = document.getElementById("leave")
  return new Promise((resolve) => {
    box.addEventListener("close", () => {
      const leaves = box.returnValue === "leave"
      if (leaves) forgetTyped(main)
      resolve(leaves)
    }, { once: true })
    box.returnValue = ""
    box.showModal()
  })
}

document.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-answer]")
  if (choice) choice.closest("dialog").close(choice.dataset.answer)
})

const toasts = document.getElementById("toasts")
const TONES = { good: "circle-check", info: "info", warn: "triangle-alert", bad: "circle-x" }

function toast(text, tone = "info") {
  if (!text) return null
  const known = tone in TONES ? tone : "info"
  const box = document.createElement("div")
  box.className = `toast tone-${known}`
  box.setAttribute("role", known === "bad" ? "alert" : "status")
  box.append(parse(`<svg class="icon" aria-hidden="true"><use href="#i-${TONES[known]}"></use></svg>`))
  const words = document.createElement("p")
  words.textContent = text
  const close = document.createElement("button")
  close.className = "icon-button small"
  close.setAttribute("aria-label", "Dismiss")
  close.append(parse('<svg class="icon" aria-hidden="true"><use href="#i-x"></use></svg>'))
  close.addEventListener("click", () => box.remove())
  box.append(words, close)
  // A modal dialog covers everything else, so what is said while one is open is said inside it.
  const open = document.querySelector("dialog[open]")
  if (open) open.append(toasts)
  else document.body.append(toasts)
  toasts.append(box)
  while (toasts.children.length > 4) toasts.firstElementChild.remove()
  let left = setTimeout(() => box.remove(), known === "bad" ? 12000 : 6000)
  box.addEventListener("mouseenter", () => clearTimeout(left))
  box.addEventListener("mouseleave", () => { left = setTimeout(() => box.remove(), 3000) })
  return box
}
for (const box of document.querySelectorAll("dialog")) box.addEventListener("close", () => document.body.append(toasts))

const banner = document.getElementById("banner")
function showBanner(kind) {
  for (const words of banner.querySelectorAll("[data-banner]")) words.hidden = words.dataset.banner !== kind
  banner.hidden = false
}
function hideBanner() { banner.hidden = true }
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-resume]")) { showBanner("lost"); resume() }
})

function saveFile({ name, type, content }) {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([bytes], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60000)
}

function closeDrawerNav() { document.documentElement.classList.remove("nav-open"); railToggle(false) }
function railToggle(open) {
  for (const button of document.querySelectorAll("[data-rail]")) button.setAttribute("aria-expanded", String(open))
}
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-rail]")) {
    const open = document.documentElement.classList.toggle("nav-open")
    railToggle(open)
    if (open) document.querySelector(".rail a")?.focus()
  } else if (event.target.closest(".rail-scrim")) closeDrawerNav()
})

document.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-theme-set]")
  if (choice) setTheme(choice.dataset.themeSet)
})

function setTheme(chosen) {
  const root = document.documentElement
  try {
    if (chosen === "system") localStorage.removeItem("theme")
    else localStorage.setItem("theme", chosen)
  } catch { /* a browser that keeps nothing still changes colour */ }
  const dark = chosen === "dark" || (chosen === "system" && matchMedia("(prefers-color-scheme: dark)").matches)
  root.dataset.themeChoice = chosen
  root.dataset.theme = dark ? "dark" : "light"
  showThemeChoice()
  send("shell.theme", { theme: root.dataset.theme })
}

function showThemeChoice() {
  for (const item of document.querySelectorAll("[data-theme-set]")) {
    item.setAttribute("aria-checked", String(item.dataset.themeSet === document.documentElement.dataset.themeChoice))
  }
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  if (document.documentElement.dataset.themeChoice === "system") setTheme("system")
})
showThemeChoice()
