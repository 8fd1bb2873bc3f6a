// Make one tree of elements like another with as little change as possible: what has the focus keeps it, what was
// scrolled stays scrolled, and what a person typed and has not sent is never overwritten.

const touched = new WeakSet()
const FIELDS = "input, textarea, select"

function parse(html) {
  const template = document.createElement("template")
  template.innerHTML = html
  return template.content
}

function nameOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return `#${node.nodeType}`
  const own = node.id || node.dataset.key || node.dataset.slot || (node.matches(FIELDS) ? node.name : "")
  return own ? `${node.tagName}:${own}` : node.tagName
}

function morphChildren(from, to) {
  const byName = new Map()
  for (const child of from.childNodes) {
    const name = nameOf(child)
    if (!byName.has(name)) byName.set(name, [])
    byName.get(name).push(child)
  }
  let place = from.firstChild
  for (const wanted of [...to.childNodes]) {
    const found = byName.get(nameOf(wanted))?.shift()
    if (found) {
      if (found === place) place = place.nextSibling
      else from.insertBefore(found, place)
      morphNode(found, wanted)
    } else {
      from.insertBefore(wanted, place)
    }
  }
  for (const left of byName.values()) for (const node of left) node.remove()
}

function morphNode(from, to) {
  if (from.nodeType !== Node.ELEMENT_NODE) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue
    return
  }
  if (from.isEqualNode(to) && !from.matches(FIELDS) && !from.querySelector(FIELDS)) return
  const kept = touched.has(from)
  morphAttributes(from, to, kept)
  if (from.dataset.slot !== undefined) return
  if (from.matches(FIELDS)) morphField(from, to, kept)
  else morphChildren(from, to)
}

function morphAttributes(from, to, kept) {
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !(kept && (name === "value" || name === "checked"))
      && !(name === "open" && from.matches("details"))
      && !(name === "tabindex" && from === document.activeElement)) from.removeAttribute(name)
  }
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value) from.setAttribute(name, value)
  }
}

function morphField(from, to, kept) {
  if (from.tagName === "SELECT") {
    const chosen = [...from.selectedOptions].map((option) => option.value)
    morphChildren(from, to)
    for (const option of from.options) {
      option.selected = kept ? chosen.includes(option.value) : option.hasAttribute("selected")
    }
    return
  }
  if (kept || from.type === "file") return
  if (from.tagName === "TEXTAREA") {
    if (from.defaultValue !== to.defaultValue) from.defaultValue = to.defaultValue
    if (from.value !== to.value) from.value = to.value
  } else if (from.type === "checkbox" || from.type === "radio") {
    from.checked = to.hasAttribute("checked")
  } else if (from.value !== to.value) {
    from.value = to.value
  }
}

function morphInto(place, html) {
  const wanted = document.createElement("div")
  wanted.append(parse(html))
  morphChildren(place, wanted)
}

document.addEventListener("input", (event) => touched.add(event.target), true)
document.addEventListener("change", (event) => touched.add(event.target), true)

function forgetTyped(root) {
  for (const field of root.querySelectorAll(FIELDS)) touched.delete(field)
}

function hasTyped(root) {
  return [...root.querySelectorAll("form[data-do] :is(input, textarea, select)")]
    .some((field) => touched.has(field) && field.closest("form").dataset.guard !== "no")
}

function touchedNothing() { forgetTyped(document) }
