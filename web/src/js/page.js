// Comforts of the page itself: menus that close, copy, print, and the eye led to what went wrong.

// An open drop-down closes when one looks elsewhere, or with Escape.
export function close_drops() {
  const open = () => document.querySelectorAll("details.hat[open]");
  document.addEventListener("click", (event) => {
    for (const drop of open()) if (!drop.contains(event.target)) drop.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const drop of open()) {
      drop.open = false;
      drop.querySelector("summary").focus();
    }
  });
}

// The clipboard of a page over plain HTTP, as intranets have it, is reached through a selection only.
function copy_by_selection(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const is_done = document.execCommand("copy");
  area.remove();
  return is_done;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copy_by_selection(text);
  }
}

export function copy_texts() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const words = button.textContent;
    button.textContent = (await copy(button.dataset.copy)) ? "已复制" : "没有复制成功，请手工选取";
    setTimeout(() => (button.textContent = words), 2000);
  });
}

export function print_pages() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
}

// After a refusal the list of problems is read first.
export function show_problems() {
  document.querySelector(".problems")?.focus();
}
