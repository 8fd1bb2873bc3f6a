// A diagnosis is picked from a list that was searched: arrows go through what was found, Enter in the search takes the
// first. Into a field of codes it is typed after those that are there, as if by hand, so it is saved like anything typed.

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-code-put]")
  if (!button) return
  const field = document.getElementById(button.dataset.codeField)
  const code = button.dataset.codePut
  askedToClose(field)
  if (!field) return
  const codes = field.value.split(/[\s,;]+/).filter(Boolean)
  if (!codes.includes(code)) {
    field.value = [...codes, code].join(", ")
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
})

// What was typed into the search has done its work: nobody is asked whether it may be discarded.
function askedToClose(field) {
  forgetTyped(dialog)
  opener = field
  dialog.close("person")
}

document.addEventListener("keydown", (event) => {
  const box = event.target.closest?.("[data-codes]")
  if (!box || !["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return
  const found = [...box.querySelectorAll(".hits button")]
  const input = box.querySelector("input[type=search]")
  if (!input || !found.length) return
  const here = found.indexOf(document.activeElement)
  if (event.key === "Enter") {
    if (event.target !== input) return
    event.preventDefault()
    if (box.querySelector("form[aria-busy]") === null) found[0].click()
  } else {
    event.preventDefault()
    const next = here + (event.key === "ArrowDown" ? 1 : -1)
    const target = next < 0 ? input : found[Math.min(next, found.length - 1)]
    target.focus()
  }
})
