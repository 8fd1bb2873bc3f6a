// The keyboard: what a page offers is written on the elements themselves (`data-key-press="n"`), so help can list it.

const typing = (element) => element?.closest("input, textarea, select, [contenteditable]")

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented) return
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest?.("form[data-do]")
    if (form) { event.preventDefault(); form.requestSubmit() }
    return
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "k") { event.preventDefault(); openSearch(); return }
  if (event.key === "Escape" && document.documentElement.classList.contains("nav-open")) {
    closeDrawerNav()
    document.querySelector("[data-rail]")?.focus()
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
  if (event.key === "Enter" && event.target.matches("[data-go], tr[data-do]")) { event.target.click(); return }
  if (document.querySelector("dialog[open]")) return
  if (event.key === "/") { event.preventDefault(); openSearch() }
  else if (event.key === "?") document.getElementById("help")?.showModal()
  else if (/^[a-z0-9]$/i.test(event.key) || event.key.startsWith("Arrow")) {
    if (event.target.closest("[role=menu], [role=tablist]")) return
    const target = document.querySelector(`[data-key-press="${CSS.escape(event.key)}"]`)
    // Arrows scroll a wide table that has the focus; letters mean the same everywhere.
    const scrolls = event.key.startsWith("Arrow") && event.target.closest(".scroller") !== null
    if (target && !scrolls) { event.preventDefault(); target.click() }
  }
})

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-search]")) openSearch()
  const print_ = event.target.closest("[data-print]")
  if (print_) print()
})

// A printout says who printed it and when.
addEventListener("beforeprint", () => {
  const when = new Date().toLocaleString("en-US", { dateStyle: "medium", timeStyle: "short" })
  document.body.dataset.printed = `Printed by ${boot.person}, ${when}. ${boot.ribbon}`
})

// Tabs: arrows move between them as everywhere else.
document.addEventListener("keydown", (event) => {
  const tab = event.target.closest?.("[role=tab]")
  if (!tab || !["ArrowRight", "ArrowLeft", "Home", "End"].includes(event.key)) return
  const tabs = [...tab.closest("[role=tablist]").querySelectorAll("[role=tab]")]
  const here = tabs.indexOf(tab)
  const at = { ArrowRight: (here + 1) % tabs.length, ArrowLeft: (here - 1 + tabs.length) % tabs.length, Home: 0, End: tabs.length - 1 }[event.key]
  event.preventDefault()
  tabs[at].focus()
  tabs[at].click()
})

// The help dialog lists what the page in front says about itself.
new MutationObserver(() => {
  const help = document.getElementById("help")
  if (!help?.open) return
  const list = help.querySelector("[data-page-keys]")
  const rows = [...main.querySelectorAll("[data-key-press]")].map((element) => {
    const row = document.createElement("div")
    const key = document.createElement("kbd")
    key.textContent = element.dataset.keyPress.replace("ArrowLeft", "←").replace("ArrowRight", "→").toUpperCase()
    const words = document.createElement("span")
    words.textContent = element.dataset.keyLabel || element.getAttribute("aria-label") || element.textContent.trim()
    row.append(words, key)
    return row
  })
  list.replaceChildren(...rows)
  list.previousElementSibling.hidden = rows.length === 0
}).observe(document.getElementById("help"), { attributes: true, attributeFilter: ["open"] })
