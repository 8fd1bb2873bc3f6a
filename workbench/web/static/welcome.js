// The token of the link goes from the address into the form, and out of the address and its history.
const field = document.getElementById("link");
if (location.hash.length > 20) {
  field.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
}
if (field.value) document.querySelector("[data-link-field]").hidden = true;
