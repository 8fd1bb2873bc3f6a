// The code goes from behind the # of the address into the form, and out of the address and its history.
const field = document.getElementById("code");
if (/^#[A-Za-z0-9-]{12,16}$/.test(location.hash)) {
  field.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname + location.search);
}
