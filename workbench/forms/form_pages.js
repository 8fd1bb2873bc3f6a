// One page of a form after another without loading the whole page. Without this script the same posts do the same.
// A form takes part with `data-form-pages`; what comes back is a page of its own, whose such form takes its place.
const addressOf = (place) => place.pathname + place.search
let shown = addressOf(location)

document.addEventListener("submit", async (event) => {
  const form = event.target
  if (form.dataset.formPages === undefined || form.dataset.plain !== undefined) return
  event.preventDefault()
  if (form.hasAttribute("aria-busy")) return
  form.setAttribute("aria-busy", "true")
  const sent = new FormData(form)
  if (event.submitter?.name) sent.set(event.submitter.name, event.submitter.value)
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(sent), credentials: "same-origin" })
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const next = page.querySelector("form[data-form-pages]")
    if (!answer.ok || !next) throw new Error("no page")
    form.replaceWith(document.adoptNode(next))
    if (answer.url && addressOf(new URL(answer.url)) !== shown) {
      history.pushState(null, "", answer.url)
      shown = addressOf(location)
    }
    // Whoever listens hears where they are; what is wrong is read first.
    ;(next.querySelector(".form-problems") || next.querySelector("#form-page-heading"))?.focus()
    scrollTo({ top: 0 })
  } catch {
    // The line is gone or something else came: send it the plain way, and let the browser say what it is.
    form.removeAttribute("aria-busy")
    form.dataset.plain = ""
    form.requestSubmit(event.submitter)
  }
})
// Back in the browser is another address; a link to a question on the same page is not.
addEventListener("popstate", () => { if (addressOf(location) !== shown) location.reload() })
