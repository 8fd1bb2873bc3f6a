// A form with `data-autosave="verb"` is sent two seconds after the last keystroke, one sending at a time. What was
// typed while a sending was under way stays marked as typed and is sent next; nothing is overwritten by an answer.

const AUTOSAVE_AFTER = 2000
const autosaves = new WeakMap()

function autosaveOf(form) {
  if (!autosaves.has(form)) autosaves.set(form, { timer: null, sending: null, typed: 0 })
  return autosaves.get(form)
}

document.addEventListener("input", (event) => {
  const form = event.target.form
  if (!form?.dataset.autosave) return
  const state = autosaveOf(form)
  state.typed += 1
  // The version this text began from must not move under it: another window's save would then be overwritten.
  if (form.elements.version) touched.add(form.elements.version)
  clearTimeout(state.timer)
  state.timer = setTimeout(() => autosave(form), AUTOSAVE_AFTER)
  sayOf(form, "Not saved yet", "")
})

async function autosave(form) {
  const state = autosaveOf(form)
  clearTimeout(state.timer)
  state.timer = null
  if (state.sending) await state.sending
  if (!form.isConnected || form.hasAttribute("aria-busy") || !hasTyped(form.parentElement)) return true
  sayOf(form, "Saving…", "loader-circle")
  state.sending = saveOnce(form, state, state.typed)
  const isSaved = await state.sending
  state.sending = null
  return isSaved
}

async function saveOnce(form, state, typed) {
  const answer = await send(form.dataset.autosave, await formValues(form), { key: freshKey(), source: form })
  clearErrors(form)
  if (answer.ok) {
    if (form.elements.version) touched.delete(form.elements.version)
    if (state.typed === typed) forgetTyped(form)
    return true
  }
  if (answer.lost) {
    sayOf(form, "Not saved: no connection. It is tried again.", "wifi-off", true)
    state.timer = setTimeout(() => autosave(form), AUTOSAVE_AFTER * 2)
    return false
  }
  for (const [name, text] of Object.entries(answer.fields || {})) {
    const field = form.elements.namedItem(name)
    if (field) markField(field, text)
  }
  sayOf(form, `Not saved: ${answer.sentence}`, "triangle-alert", true)
  return false
}

function sayOf(form, words, shape, isBad = false) {
  const place = form.querySelector("[data-autosave-says]")
  if (!place) return
  place.toggleAttribute("data-bad", isBad)
  const mark = shape ? `<svg class="icon" aria-hidden="true"><use href="#i-${shape}"></use></svg>` : ""
  place.replaceChildren(parse(mark))
  const span = document.createElement("span")
  span.textContent = words
  place.append(span)
}

// Leaving the page, or pressing what may draw it anew, saves first: what is kept need not be asked about. Whether all is.
async function saveWhatIsTyped(root) {
  let isSaved = true
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    if (hasTyped(form.parentElement)) isSaved = await autosave(form) && isSaved
  }
  return isSaved
}

// What is typed is saved before the form's own verb is sent: a signature is about what is kept.
document.addEventListener("submit", (event) => {
  const form = event.target
  if (!form.dataset.autosave || !hasTyped(form.parentElement)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const submitter = event.submitter
  autosave(form).then((isSaved) => { if (isSaved && form.isConnected) form.requestSubmit(submitter) })
}, true)
