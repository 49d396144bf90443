// Warns before a half-filled form is left. Not in 长辈版, where nothing pops up.

const touched = new WeakSet();

export function mark_saved(form) {
  touched.delete(form);
}

export function guard_forms(root) {
  for (const form of root.querySelectorAll("form[data-guard]")) {
    form.addEventListener("input", () => touched.add(form));
    form.addEventListener("submit", () => touched.delete(form));
  }
}

window.addEventListener("beforeunload", (event) => {
  if (document.documentElement.classList.contains("elder")) return;
  const forms = Array.from(document.querySelectorAll("form[data-guard]"));
  if (!forms.some((form) => touched.has(form))) return;
  event.preventDefault();
  // Browsers of the Chromium 86 age ask only when a value is returned.
  event.returnValue = "";
});
