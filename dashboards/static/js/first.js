// Runs before the first paint, so that a dark room stays dark. The choice of colours is the only thing kept here.
(() => {
  let chosen = null
  try { chosen = localStorage.getItem("theme") } catch { /* a browser that keeps nothing still works */ }
  const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches)
  document.documentElement.dataset.theme = dark ? "dark" : "light"
  document.documentElement.dataset.themeChoice = chosen === "dark" || chosen === "light" ? chosen : "system"
  // Panel loads its components through this name; the browser's own import does the same under our policy.
  window.importShim ||= Object.assign((url) => import(url), { addImportMap() {} })
})()
