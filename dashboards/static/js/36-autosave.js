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
  if (state.sending) { await state.sending; if (!hasTyped(form.parentElement)) return }
  if (!form.isConnected || form.hasAttribute("aria-busy")) return
  const typed = state.typed
  sayOf(form, "Saving…", "loader-circle")
  state.sending = (async () => {
    const answer = await send(form.dataset.autosave, await formValues(form), { key: freshKey(), source: form })
    clearErrors(form)
    if (answer.lost) {
      sayOf(form, "Not saved: no connection. It is tried again.", "wifi-off", true)
      state.timer = setTimeout(() => autosave(form), AUTOSAVE_AFTER * 2)
    } else if (answer.ok) {
      if (form.elements.version) touched.delete(form.elements.version)
      if (state.typed === typed) forgetTyped(form)
    } else {
      for (const [name, text] of Object.entries(answer.fields || {})) {
        const field = form.elements.namedItem(name)
        if (field) markField(field, text)
      }
      sayOf(form, `Not saved: ${answer.sentence}`, "triangle-alert", true)
    }
  })()
  await state.sending
  state.sending = null
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

// Leaving the page saves first: what is kept need not be asked about.
async function saveBeforeLeaving(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) if (hasTyped(form.parentElement)) await autosave(form)
}

// A signature must not overtake a save that is under way.
document.addEventListener("submit", (event) => {
  const form = event.target
  if (!form.dataset.autosave) return
  const state = autosaveOf(form)
  clearTimeout(state.timer)
  state.timer = null
}, true)
