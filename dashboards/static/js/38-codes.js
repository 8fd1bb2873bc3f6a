// A diagnosis is picked from a list that was searched: arrows go through what was found, Enter in the search takes the
// first. Into a field of codes it is typed after those that are there, as if by hand, so it is saved like anything typed.

const codesIn = (target) => target.closest?.("[data-codes]")

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-code-put]")
  if (button) whenAnswered(codesIn(button), () => putCode(button.dataset.codeField, button.dataset.codePut))
})

// An answer that comes after the dialog was closed would open it again.
function whenAnswered(box, then) {
  if (box.querySelector("form[aria-busy]")) setTimeout(() => whenAnswered(box, then), 40)
  else then()
}

function putCode(id, code) {
  const field = document.getElementById(id)
  opener = field
  dialog.replaceChildren()
  dialog.close("person")
  if (!field) return
  const codes = field.value.split(/[\s,;]+/).filter(Boolean)
  if (codes.includes(code)) return
  field.value = [...codes, code].join(", ")
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

// It was searched while it was typed; leaving the search does not search once more.
document.addEventListener("change", (event) => { if (codesIn(event.target)?.contains(event.target.form)
  && event.target.type === "search") event.stopImmediatePropagation() }, true)

document.addEventListener("keydown", (event) => {
  const box = codesIn(event.target)
  const input = box?.querySelector("input[type=search]")
  if (!input || !["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return
  if (event.key === "Enter" && event.target !== input) return
  event.preventDefault()
  if (event.key === "Enter") return takeFirst(box, input)
  const found = [...box.querySelectorAll(".hits button")]
  const next = found.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)
  const target = next < 0 ? input : found[Math.min(next, found.length - 1)]
  target?.focus()
})

// Whoever types fast means the first of what they typed, not of what was found before: its answer is waited for.
function takeFirst(box, input, tries = 100) {
  const isAnswered = box.dataset.codes === input.value.trim() && !box.querySelector("form[aria-busy]")
  if (isAnswered) box.querySelector(".hits button")?.click()
  else if (box.isConnected && tries) setTimeout(() => takeFirst(box, input, tries - 1), 50)
}
