// Search is a combobox in a dialog: the arrows move through what was found, Enter opens it.

const searchBox = document.getElementById("search")
const searchInput = document.getElementById("search-input")
const searchResults = document.getElementById("search-results")
let searchTimer = 0

function openSearch() {
  closeMenus()
  if (!searchBox || searchBox.open || dialog.open) return
  searchBox.showModal()
  searchInput.select()
  if (!searchInput.value.trim()) send("shell.search", { q: "" })
}

function showResults({ html, q }) {
  if (q !== searchInput.value.trim()) return
  morphInto(searchResults, html)
  mark(0)
}

function options() { return [...searchResults.querySelectorAll("[role=option]")] }

function mark(at) {
  const found = options()
  found.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)))
  const chosen = found[at]
  if (chosen) searchInput.setAttribute("aria-activedescendant", chosen.id)
  else searchInput.removeAttribute("aria-activedescendant")
  searchInput.setAttribute("aria-expanded", String(found.length > 0))
  chosen?.scrollIntoView({ block: "nearest" })
}

searchInput?.addEventListener("input", () => {
  touched.delete(searchInput)
  clearTimeout(searchTimer)
  const q = searchInput.value.trim()
  if (q.length === 1) { searchResults.replaceChildren(); mark(0); return }
  searchTimer = setTimeout(() => send("shell.search", { q }), 120)
})

searchInput?.addEventListener("keydown", (event) => {
  const found = options()
  const at = found.findIndex((option) => option.getAttribute("aria-selected") === "true")
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault()
    if (found.length) mark((at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length)
  } else if (event.key === "Enter") {
    event.preventDefault()
    found[Math.max(at, 0)]?.click()
  }
})

searchResults?.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]")
  if (option) { searchBox.close(); go(option.dataset.path) }
})
