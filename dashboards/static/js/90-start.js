// Everything above is in place: connect. Clicks made until then wait in a row.

function sinceNow(fail) {
  document.documentElement.dataset.failed = String(fail)
  showBanner("gone")
}
connect().catch(sinceNow)
