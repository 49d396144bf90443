// Keeps what is typed into forms with data-autosave="/address": posted a moment after the last key, without files.
//
// The server finds `autosave=on` in it. When it answers JSON with `version`, the hidden field of that name follows, so that the next
// save and the sending itself still carry the version they were based on.
import { mark_saved } from "./guard.js";

const PAUSE = 1500;
const RETRY = 15000;

function status_of(form) {
  const found = form.querySelector("[data-autosave-status]");
  if (found) return found;
  const line = document.createElement("p");
  line.className = "saved";
  line.setAttribute("role", "status");
  (form.querySelector(".actions") || form).prepend(line);
  return line;
}

function body_of(form) {
  const body = new URLSearchParams({ autosave: "on" });
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") body.append(name, value);
  }
  return body;
}

function clock() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${two(now.getHours())}:${two(now.getMinutes())}`;
}

async function follow_version(form, answer) {
  const kind = answer.headers.get("content-type") || "";
  const field = form.elements.namedItem("version");
  if (!field || !kind.startsWith("application/json")) return;
  const { version } = await answer.json();
  if (version !== undefined) field.value = version;
}

function draft(form) {
  const line = status_of(form);
  let timer;
  let change = 0;
  let is_saving = false;
  const say = (words, is_bad) => {
    line.textContent = words;
    line.classList.toggle("is-bad", is_bad);
  };
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  async function save() {
    if (form.dataset.sent) return;
    if (is_saving) return later(PAUSE);
    is_saving = true;
    const saved = change;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: body_of(form),
        credentials: "same-origin",
        redirect: "manual",
      });
      if (answer.type === "opaqueredirect" || answer.status === 401) {
        say("登录已过期，草稿没有保存。请在新窗口重新登录，再回到这里继续。", true);
      } else if (answer.status === 409) {
        say("这份内容刚被他人更新，草稿没有保存。请复制您写的内容，刷新后再改。", true);
      } else if (answer.status === 422) {
        say("有的内容太长或者填得不对，草稿没有保存。请检查后继续填写。", true);
      } else if (answer.ok) {
        await follow_version(form, answer);
        if (saved === change) mark_saved(form);
        say(`已保存 ${clock()}`, false);
      } else {
        say("草稿没有保存，稍后会再试。您写的内容还在本页。", true);
        later(RETRY);
      }
    } catch {
      say("网络不通，草稿没有保存，稍后会再试。您写的内容还在本页。", true);
      later(RETRY);
    } finally {
      is_saving = false;
    }
  }

  form.addEventListener("input", () => {
    change += 1;
    later(PAUSE);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!is_saving) return;
    // What is being saved at this moment changes the version that this form carries.
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    const wait = () => (is_saving ? setTimeout(wait, 50) : form.requestSubmit(submitter || undefined));
    wait();
  }, true);
}

export function keep_drafts(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) draft(form);
}
