// Keeps what is typed into forms with data-autosave="/address": posted a moment after the last key, without files.
//
// The server finds `autosave=on` in it. When it answers JSON with `version`, the hidden field of that name follows, so that the next
// save and the sending itself still carry the version they were based on; `problems` are told beside their fields, and what stands
// in them is not kept yet. Another form of the page, such as a file that is added, is sent after what was typed here is kept.
import { tell_beside } from "./forms.js";
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

// Takes over the version that was kept; answers what was not kept, by field.
async function follow(form, answer) {
  const kind = answer.headers.get("content-type") || "";
  if (!kind.startsWith("application/json")) return [];
  const { version, problems = [] } = await answer.json();
  const field = form.elements.namedItem("version");
  if (field && version !== undefined) field.value = version;
  return problems;
}

function tell_problems(form, problems, told) {
  for (const field of told) tell_beside(field, "");
  const found = problems.map(({ field, words }) => [form.elements.namedItem(field), words]);
  const fields = found.filter(([field]) => field instanceof HTMLElement);
  for (const [field, words] of fields) tell_beside(field, words);
  return fields.map(([field]) => field);
}

function draft(form) {
  const line = status_of(form);
  let timer;
  let change = 0;
  let kept = 0;
  let told = [];
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
        const problems = await follow(form, answer);
        told = tell_problems(form, problems, told);
        kept = saved;
        if (problems.length) {
          say(`已保存 ${clock()}；有 ${problems.length} 处填得不对，没有保存，请看标红的地方。`, true);
        } else {
          if (saved === change) mark_saved(form);
          say(`已保存 ${clock()}`, false);
        }
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
  document.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (target === form || target.method === "get" || kept === change || target.dataset.after) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    clearTimeout(timer);
    const go = () => {
      // What could not be kept is asked about by the browser, as ever when a page is left.
      if (kept === change && !told.length) mark_saved(form);
      target.dataset.after = "draft";
      target.requestSubmit(submitter || undefined);
      delete target.dataset.after;
    };
    const wait = () => (is_saving ? setTimeout(wait, 50) : save().then(go));
    wait();
  }, true);
}

export function keep_drafts(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) draft(form);
}
