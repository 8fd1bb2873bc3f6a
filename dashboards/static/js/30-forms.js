// Buttons with `data-do` and forms with `data-do` become messages. Nothing is sent twice, and nothing typed is lost.

const PIECE = 512 * 1024

function argumentsOf(element) {
  const values = {}
  for (const [name, value] of Object.entries(element.dataset)) {
    if (name.startsWith("arg")) {
      const short = name.slice(3)
      values[short.replace(/([A-Z])/g, (_, letter, at) => (at ? "_" : "") + letter.toLowerCase())] = value
    }
  }
  return values
}

function setBusy(element, busy) {
  element.toggleAttribute("aria-busy", busy)
  const buttons = element.matches("form") ? element.querySelectorAll("button") : [element]
  for (const button of buttons) {
    if (busy) button.dataset.wasDisabled = button.getAttribute("aria-disabled") ?? ""
    if (busy) button.setAttribute("aria-disabled", "true")
    else if (button.dataset.wasDisabled) button.setAttribute("aria-disabled", button.dataset.wasDisabled)
    else button.removeAttribute("aria-disabled")
    if (!busy) delete button.dataset.wasDisabled
  }
}

async function press(button) {
  if (button.getAttribute("aria-disabled") === "true" || button.ariaBusy !== null && button.hasAttribute("aria-busy")) return
  const key = (button.pressKey ||= freshKey())
  setBusy(button, true)
  if (!await saveWhatIsTyped(document)) return setBusy(button, false)
  const scope = button.dataset.with ? document.getElementById(button.dataset.with) : null
  const values = { ...(scope ? await formValues(scope) : {}), ...argumentsOf(button) }
  const answer = await send(button.dataset.do, values, { key, source: button })
  setBusy(button, false)
  if (!answer.lost) delete button.pressKey
  if (answer.ok === false && !answer.lost) toast(answer.sentence, "bad")
}

async function formValues(form) {
  const values = {}
  const data = new FormData(form.matches("form") ? form : undefined)
  const fields = form.matches("form") ? [...data.entries()] : [...form.querySelectorAll("[name]")]
    .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked).map((f) => [f.name, f.value])
  for (const [name, value] of fields) {
    if (value instanceof File) {
      if (value.size) (values[`file:${name}`] ||= []).push(await sendFile(value, form))
    } else (values[name] ||= []).push(value)
  }
  return values
}

async function sendFile(file, form) {
  const upload = freshKey()
  const bar = form.querySelector("[data-upload-progress]")
  for (let at = 0; at < file.size || at === 0; at += PIECE) {
    const piece = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer())
    let text = ""
    for (let n = 0; n < piece.length; n += 0x8000) text += String.fromCharCode(...piece.subarray(n, n + 0x8000))
    const answer = await send("shell.piece", {
      upload, filename: file.name, media_type: file.type || "application/octet-stream", at: String(at), data: btoa(text),
    })
    if (!answer.ok) throw Object.assign(new Error(answer.sentence || "lost"), { answer })
    if (bar) { bar.hidden = false; bar.value = Math.min(1, (at + PIECE) / file.size) }
    if (!file.size) break
  }
  return upload
}

async function submit(form, submitter) {
  // A form that acts while one types: what was typed meanwhile goes after the answer.
  if (form.hasAttribute("aria-busy")) { form.isBehind = form.dataset.live !== undefined; return }
  if (submitter?.getAttribute("aria-disabled") === "true" || isLeft(form)) return
  clearErrors(form)
  if (!browserApproves(form)) return
  form.sendKey ||= form.dataset.key || freshKey()
  form.refusal?.remove()  // it is tried anew: what was wrong before is no longer said
  setBusy(form, true)
  const sent = new Map([...form.elements].map((field) => [field, stateOf(field)]))
  let answer
  try {
    const values = { ...(await formValues(form)), ...argumentsOf(form) }
    if (submitter?.name) values[submitter.name] = submitter.value
    if (submitter) Object.assign(values, argumentsOf(submitter))
    if (isLeft(form)) return void setBusy(form, false)
    answer = await send(submitter?.dataset.do || form.dataset.do, values, { key: form.sendKey, source: form })
  } catch (error) {
    answer = error.answer || { ok: false, sentence: "The file could not be read. Please choose it again." }
  }
  setBusy(form, false)
  if (answer.lost) return
  delete form.sendKey
  if (answer.ok) forgetSent(sent)
  else if (!isLeft(form)) showRefusal(form, answer)
  if (form.isBehind) {
    form.isBehind = false
    submit(form, null)
  }
}

// A search that is still being typed when its page is left says nothing to the page that comes.
function isLeft(form) {
  const isLeaving = main.contains(form) && main.getAttribute("aria-busy") === "true"
  return form.dataset.live !== undefined && (isLeaving || !form.isConnected)
}

// What somebody typed while the answer was on its way was not sent, and no new drawing may overwrite it.
function forgetSent(sent) {
  for (const [field, state] of sent) if (stateOf(field) === state) touched.delete(field)
}

function stateOf(field) { return ["checkbox", "radio"].includes(field.type) ? field.checked : field.value }

function browserApproves(form) {
  if (form.noValidate && form.dataset.check === undefined) return true
  const wrong = [...form.elements].filter((field) => field.willValidate && !field.checkValidity())
  for (const field of wrong) markField(field, inOurWords(field))
  wrong[0]?.focus()
  return wrong.length === 0
}

function inOurWords(field) {
  const { validity } = field
  if (validity.valueMissing) return field.type === "radio" || field.tagName === "SELECT" ? "Please choose one." : "Please fill this in."
  if (validity.badInput && field.type === "date") return "Please give the whole date."
  if (validity.badInput && field.type === "time") return "Please give the whole time."
  if (validity.typeMismatch && field.type === "email") return "Please give a mail address such as name@example.com."
  return field.validationMessage
}

function showRefusal(form, answer) {
  let first = null
  for (const [name, text] of Object.entries(answer.fields || {})) {
    const field = form.elements.namedItem(name)
    const element = field instanceof RadioNodeList ? field[0] : field
    if (element) { markField(element, text); first ||= element }
  }
  first?.focus()
  form.refusal = toast(answer.sentence, "bad")
}

function markField(field, text) {
  const box = field.closest(".field") || field.parentElement
  let error = box.querySelector(".field-error")
  if (!error) {
    error = document.createElement("p")
    error.className = "field-error"
    error.id = `${field.id || field.name}-error`
    box.append(error)
  }
  error.textContent = text
  error.hidden = false
  field.setAttribute("aria-invalid", "true")
  const described = new Set((field.getAttribute("aria-describedby") || "").split(" ").filter(Boolean))
  field.setAttribute("aria-describedby", [...described.add(error.id)].join(" "))
}

function clearErrors(form) {
  for (const error of form.querySelectorAll(".field-error")) { error.textContent = ""; error.hidden = true }
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid")
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]")
  if (!button || button.matches("form, select, input") || event.defaultPrevented) return
  if (button.form && button.type === "submit" && button.form.dataset.do) return
  if (event.target.closest("a, button, input, select, label, summary") !== button
    && event.target.closest("a, button, input, select, label, summary")
    && !button.contains(event.target.closest("[data-do]"))) return
  event.preventDefault()
  press(button)
})

document.addEventListener("submit", (event) => {
  const form = event.target
  if (!form.dataset.do) return
  event.preventDefault()
  submit(form, event.submitter)
})

// A choice that acts at once: filters and sort orders.
document.addEventListener("change", (event) => {
  const field = event.target
  if (field.matches("select[data-do], input[data-do]")) {
    send(field.dataset.do, { ...argumentsOf(field), [field.name]: field.type === "checkbox" ? (field.checked ? ["on"] : []) : [field.value] })
  } else if (field.form?.dataset.live !== undefined) submit(field.form, null)
})

const liveTimers = new WeakMap()
document.addEventListener("input", (event) => {
  const form = event.target.form
  if (form?.dataset.live === undefined || !event.target.matches("input[type=search], input[type=text]")) return
  clearTimeout(liveTimers.get(form))
  liveTimers.set(form, setTimeout(() => submit(form, null), 250))
})

// Select all and the bar that says how many are selected.
document.addEventListener("change", (event) => {
  const box = event.target
  if (!box.matches?.("[data-select-all], [data-select-row]")) return
  const table = box.closest("table")
  const rows = [...table.querySelectorAll("[data-select-row]")]
  if (box.matches("[data-select-all]")) for (const row of rows) { row.checked = box.checked; touched.add(row) }
  showSelection(table)
})

function showSelection(table) {
  const rows = [...table.querySelectorAll("[data-select-row]")]
  if (!rows.length) return
  const chosen = rows.filter((row) => row.checked)
  for (const row of rows) row.closest("tr").toggleAttribute("data-selected", row.checked)
  const all = table.querySelector("[data-select-all]")
  if (all) { all.checked = chosen.length === rows.length; all.indeterminate = chosen.length > 0 && !all.checked }
  const bar = document.querySelector(`[data-selection-of="${table.id}"]`)
  if (!bar) return
  bar.hidden = chosen.length === 0
  const count = bar.querySelector("[data-selection-count]")
  if (count) count.textContent = `${chosen.length} selected`
}
