// Small help in forms: sizes of files, letters left, and no sending twice.

// Puts words beside a field, or takes them away when there are none. They stand where the server would put its own.
export function tell_beside(field, words) {
  const id = `e-js-${field.id || field.name}`;
  document.getElementById(id)?.remove();
  if (!words) {
    field.removeAttribute("aria-invalid");
    return;
  }
  const line = document.createElement("p");
  line.className = "field-error";
  line.id = id;
  line.setAttribute("role", "alert");
  line.textContent = words;
  field.after(line);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", id);
}

const MEGABYTE = 1024 * 1024;

function too_large(input) {
  const most = Number(input.dataset.most);
  const large = Array.from(input.files || []).find((file) => file.size > most);
  if (!large) return "";
  const size = (large.size / MEGABYTE).toFixed(1);
  return `“${large.name}”有 ${size} MB，超过 ${Math.floor(most / MEGABYTE)} MB 的上限，请压缩或拆分后再选。`;
}

// A file over the limit is told before it has been sent in vain; the server holds the same limit.
export function check_files(root) {
  for (const input of root.querySelectorAll("input[type=file][data-most]")) {
    input.addEventListener("change", () => tell_beside(input, too_large(input)));
  }
}

export function count_letters(root) {
  for (const area of root.querySelectorAll("textarea[data-count][maxlength]")) {
    const line = document.createElement("p");
    line.className = "hint counter";
    // A screen reader is told the limit by the field; each letter counted aloud would be noise.
    line.setAttribute("aria-hidden", "true");
    const show = () => {
      line.textContent = `已写 ${area.value.length} 字，最多 ${area.maxLength} 字`;
    };
    area.after(line);
    area.addEventListener("input", show);
    show();
  }
}

// A second press while the first is under way is dropped. The button stays enabled, so that its value is sent.
export function send_once() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "get" || form.hasAttribute("data-download")) return;
    const wrong = Array.from(form.querySelectorAll("input[type=file][data-most]")).find(too_large);
    if (wrong) {
      event.preventDefault();
      wrong.focus();
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    event.submitter?.classList.add("is-sent");
  });
  // Coming back by the browser's own button, the page may be as it was left.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll(".is-sent")) button.classList.remove("is-sent");
  });
}

// data-check-all="name" ticks every box of that name, and unticks them when all are ticked.
export function check_all(root) {
  for (const button of root.querySelectorAll("[data-check-all]")) {
    button.addEventListener("click", () => {
      const boxes = [...document.querySelectorAll(`input[type=checkbox][name="${button.dataset.checkAll}"]`)];
      const is_on = boxes.some((box) => !box.checked);
      for (const box of boxes) box.checked = is_on;
    });
  }
}
