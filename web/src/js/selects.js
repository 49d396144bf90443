// A long select gets a search field.
import TomSelect from "tom-select/base";

const NOTHING = "没有匹配的选项，请换个词再找";

function no_results() {
  const line = document.createElement("div");
  line.className = "no-results";
  line.textContent = NOTHING;
  return line;
}

export function search_selects(root) {
  for (const select of root.querySelectorAll("select[data-search]")) {
    if (select.tomselect) continue;
    new TomSelect(select, { maxOptions: 300, allowEmptyOption: true, render: { no_results } });
    // The label belongs to the search field now; the select only carries the value.
    select.setAttribute("aria-hidden", "true");
  }
}
