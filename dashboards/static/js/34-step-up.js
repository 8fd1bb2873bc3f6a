// What asks for a fresh factor: the dialog takes a code or a passkey, the session goes on under a new id, and the same
// message is sent again with the same key. The new cookie comes by HTTP, which a socket cannot set.

const proof = document.getElementById("step-up")
const STEP_UP = "/session/step-up"

async function proveWith(values) {
  const token = document.querySelector('meta[name="xsrf"]').content
  const answer = await fetch(STEP_UP, {
    method: "POST", headers: { "X-Xsrftoken": token, "X-Dialog": "1" }, body: new URLSearchParams(values),
  })
  if (answer.status === 204) return proof.close("proven")
  if (answer.status === 401) { proof.close(""); return signedOut() }
  sayProblem((await answer.json()).sentence)
}

function sayProblem(words) {
  const place = proof.querySelector("[data-problem]")
  place.textContent = words
  place.hidden = !words
}

async function tryProof(values) {
  if (proof.hasAttribute("aria-busy")) return
  proof.setAttribute("aria-busy", "true")
  sayProblem("")
  try {
    await proveWith(await values())
  } catch (error) {
    sayProblem(window.passkey?.words(error) || "The server did not answer. Try again.")
  } finally {
    proof.removeAttribute("aria-busy")
    proof.querySelector("form").reset()
  }
}

function proveAgain() {
  return new Promise((resolve) => {
    proof.addEventListener("close", () => resolve(proof.returnValue === "proven"), { once: true })
    proof.returnValue = ""
    sayProblem("")
    proof.querySelector("[data-show-passkey]").hidden = !window.passkey?.available || /^[\d.[\]:]+$/.test(location.hostname)
    proof.showModal()
    proof.querySelector("input").focus()
  })
}

if (proof) {
  proof.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault()
    const code = event.target.elements.code.value
    tryProof(async () => ({ code }))
  })
  proof.querySelector("[data-show-passkey]").addEventListener("click", () => tryProof(async () => {
    const token = document.querySelector('meta[name="xsrf"]').content
    return { answer: await window.passkey.show(`${STEP_UP}/begin`, token) }
  }))
}
