// What is put into a text somebody writes: a part of the last note, or one of their short texts. Both are typed in as if
// by hand, so they are saved, marked and taken back like anything typed. A blank is `[[what goes here]]`: the first one
// is selected, and Tab goes to the next as long as there is one further on; then Tab leaves as always.

const BLANK = /\[\[[^[\]]*\]\]/g
let written = null

document.addEventListener("focusin", (event) => {
  if (event.target.matches("form[data-autosave] textarea")) written = event.target
})

const placeToWrite = () => (written?.isConnected ? written : document.querySelector("form[data-autosave] textarea"))

function typeInto(field, text, from, to) {
  field.focus()
  field.setRangeText(text, from, to, "end")
  field.dispatchEvent(new Event("input", { bubbles: true }))
  selectBlank(field, from) || field.setSelectionRange(from + text.length, from + text.length)
}

function selectBlank(field, from) {
  const found = [...field.value.matchAll(BLANK)].find((one) => one.index >= from)
  if (!found) return false
  field.setSelectionRange(found.index, found.index + found[0].length)
  return true
}

// A part of the last note, after what is there already; not twice.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-put]")
  if (!button) return
  const field = document.getElementById(button.dataset.put)
  const text = button.dataset.putText
  if (!field) return
  if (field.value.includes(text)) return void field.focus()
  const kept = field.value.trimEnd()
  typeInto(field, (kept ? "\n" : "") + text, kept.length, field.value.length)
})

function insertSnippet(input) {
  const wanted = input.value.trim().toLowerCase()
  const options = [...input.list.options]
  const begun = options.filter((one) => one.value.toLowerCase().startsWith(wanted))
  const found = options.find((one) => one.value.toLowerCase() === wanted) || (begun.length === 1 ? begun[0] : null)
  const says = document.getElementById("snippet-says")
  says.textContent = found ? "" : !wanted ? "Type the name of a short text." : begun.length
    ? `${begun.length} short texts begin so. Type on.` : "No short text begins so."
  const field = placeToWrite()
  if (!found || !field) return
  input.value = ""
  const { selectionStart: from, selectionEnd: to, value } = field
  const before = /\S/.test(value.charAt(from - 1)) ? " " : ""
  const after = /\w/.test(value.charAt(to)) ? " " : ""
  typeInto(field, before + found.dataset.text + after, from, to)
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-insert]")) insertSnippet(document.querySelector("[data-snippets]"))
})

// Whoever picks from the list with the pointer has chosen.
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-snippets]") && (!event.inputType || event.inputType === "insertReplacementText")) {
    insertSnippet(event.target)
  }
})

document.addEventListener("keydown", (event) => {
  const input = document.querySelector("[data-snippets]")
  if (event.target === input && input) {
    if (event.key === "Enter") { event.preventDefault(); insertSnippet(input) }
    if (event.key === "Escape") { input.value = ""; placeToWrite()?.focus() }
    return
  }
  if (!event.target.matches?.("form[data-autosave] textarea")) return
  if (event.key === "." && (event.ctrlKey || event.metaKey) && input) { event.preventDefault(); input.focus() }
  if (event.key === "Tab" && !event.shiftKey && !event.ctrlKey && !event.altKey
    && selectBlank(event.target, event.target.selectionEnd)) event.preventDefault()
})
