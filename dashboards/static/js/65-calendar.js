// The calendar by hand. An appointment is dragged to another time or column, its lower edge to another length; free time
// is pressed or drawn over to book there. The server is only told the column and the row of five minutes; it decides,
// and what it refuses stands where it stood. Alt with an arrow does the same from the keyboard.

const QUARTER = 3
let drag = null

function columnAt(grid, x) {
  const columns = [...grid.querySelectorAll(".day-column")]
  return columns.find((column) => { const box = column.getBoundingClientRect(); return x >= box.left && x < box.right })
}

function rowAt(column, y) {
  const box = column.getBoundingClientRect()
  const rows = Number(getComputedStyle(column).getPropertyValue("--rows"))
  return Math.max(0, Math.min(rows - 1, ((y - box.top) / box.height) * rows))
}

const numberOf = (element, name) => Number(element.style.getPropertyValue(name))
const snapped = (row) => Math.round(row / QUARTER) * QUARTER

function wallAt(grid, row) {
  const minutes = Number(grid.dataset.firstHour) * 60 + row * 5
  const hour = Math.floor(minutes / 60)
  return `${hour % 12 || 12}:${String(minutes % 60).padStart(2, "0")} ${hour < 12 ? "am" : "pm"}`
}

function ghostFor(kind, entry) {
  const ghost = document.createElement("div")
  ghost.className = `day-entry day-ghost ${entry ? [...entry.classList].find((name) => name.startsWith("tone-")) || "" : "tone-accent"}`
  ghost.append(document.createElement("strong"), document.createElement("small"))
  if (entry) ghost.firstChild.textContent = entry.querySelector("strong").textContent
  else ghost.firstChild.textContent = kind === "create" ? "New" : ""
  return ghost
}

function place(column, row, span) {
  drag.column = column
  drag.row = row
  drag.span = span
  drag.ghost.style.setProperty("--row", row)
  drag.ghost.style.setProperty("--span", span)
  drag.ghost.style.setProperty("--lane", 0)
  drag.ghost.style.setProperty("--lanes", 1)
  drag.ghost.lastChild.textContent = `${wallAt(drag.grid, row)} – ${wallAt(drag.grid, row + span)}`
  if (drag.ghost.parentElement !== column) column.append(drag.ghost)
}

// Near an edge of what scrolls, the day comes along.
function comeAlong(y) {
  const scroller = drag.grid.closest(".day-scroller")
  const box = scroller.getBoundingClientRect()
  if (y > Math.min(box.bottom, innerHeight) - 28) scroller.scrollTop += 10
  else if (y < box.top + 64) scroller.scrollTop -= 10
}

function follow(event) {
  comeAlong(event.clientY)
  const column = columnAt(drag.grid, event.clientX) || drag.column
  if (drag.kind === "move") place(column, Math.max(0, snapped(rowAt(column, event.clientY) - drag.offset)), drag.length)
  else {
    const end = snapped(rowAt(drag.from, event.clientY) + 1)
    place(drag.from, drag.first, Math.max(QUARTER, end - drag.first))
  }
}

function letGo() {
  drag?.ghost.remove()
  drag?.entry?.classList.remove("is-dragged")
  document.documentElement.classList.remove("is-dragging")
  drag = null
}

document.addEventListener("pointerdown", (event) => {
  if (event.button || event.pointerType === "touch") return
  const column = event.target.closest?.(".day-column")
  const grid = column?.closest("[data-drops]")
  if (!grid) return
  const entry = event.target.closest(".day-entry")
  if (entry && entry.dataset.drags === undefined) return
  const kind = !entry ? "create" : event.target.closest(".day-handle") ? "resize" : "move"
  const row = rowAt(column, event.clientY)
  const first = entry ? numberOf(entry, "--row") : Math.floor(row / QUARTER) * QUARTER
  drag = {
    grid, entry, kind, first, from: column, column, row: first, offset: row - first, ghost: ghostFor(kind, entry),
    length: entry ? numberOf(entry, "--span") : QUARTER, x: event.clientX, y: event.clientY, moved: false,
  }
  if (!entry) event.preventDefault()
})

document.addEventListener("pointermove", (event) => {
  if (!drag) return
  if (!drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 5) return
  if (!drag.moved) {
    drag.moved = true
    drag.entry?.classList.add("is-dragged")
    document.documentElement.classList.add("is-dragging")
    getSelection().removeAllRanges()
  }
  event.preventDefault()
  follow(event)
})

document.addEventListener("pointerup", () => {
  if (!drag) return
  const { grid, kind, moved, entry, column, row, span, first } = drag
  if (!moved && kind !== "create") return letGo()
  if (moved && entry) swallowClick()
  letGo()
  const at = { column: column.dataset.key, first_hour: grid.dataset.firstHour }
  if (kind === "create") tell(grid.dataset.creates, moved ? { ...at, row: first, span } : { ...at, row: first })
  else if (kind === "resize") tell(grid.dataset.drops, { ...at, id: entry.dataset.key, row: first, span })
  else tell(grid.dataset.drops, { ...at, id: entry.dataset.key, row })
})
document.addEventListener("pointercancel", letGo)
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drag) { event.preventDefault(); letGo() }
})

// The click that ends a drag opens nothing.
function swallowClick() {
  const stop = (event) => { event.preventDefault(); event.stopPropagation() }
  addEventListener("click", stop, { capture: true, once: true })
  setTimeout(() => removeEventListener("click", stop, { capture: true }), 0)
}

async function tell(verb, values) {
  const words = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
  const answer = await send(verb, words, { key: freshKey() })
  if (answer.ok === false && !answer.lost) toast(answer.sentence, "bad")
}

const STEPS = { ArrowUp: [0, -QUARTER], ArrowDown: [0, QUARTER], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }
document.addEventListener("keydown", (event) => {
  const entry = event.altKey && event.target.closest?.(".day-entry[data-drags]")
  const step = entry && STEPS[event.key]
  const grid = step && entry.closest("[data-drops]")
  if (!grid) return
  event.preventDefault()
  const columns = [...grid.querySelectorAll(".day-column")]
  const column = columns[columns.indexOf(entry.closest(".day-column")) + step[0]]
  const row = numberOf(entry, "--row") + step[1]
  if (!column || row < 0) return
  tell(grid.dataset.drops, { id: entry.dataset.key, column: column.dataset.key, row, first_hour: grid.dataset.firstHour })
})
