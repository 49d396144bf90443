// The comforts of every page. Each is optional: all pages work with scripts switched off.
import "htmx.org";

import { keep_drafts } from "./drafts.js";
import { guard_forms } from "./guard.js";
import { check_all, check_files, count_letters, send_once } from "./forms.js";
import { close_drops, copy_texts, print_pages, show_problems } from "./page.js";
import { shrink_pictures } from "./pictures.js";
import { search_selects } from "./selects.js";
import { filter_tables, label_cells } from "./tables.js";

document.documentElement.classList.add("js");

// Each takes the part of the page that is new: the whole of it, or the fragment that htmx put in.
const comforts = [keep_drafts, guard_forms, check_all, check_files, shrink_pictures, count_letters, search_selects, label_cells, filter_tables];

function comfort(root) {
  for (const add of comforts) add(root);
}

document.addEventListener("DOMContentLoaded", () => {
  close_drops();
  copy_texts();
  print_pages();
  send_once();
  comfort(document);
  show_problems();
});

document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) comfort(event.target);
});
