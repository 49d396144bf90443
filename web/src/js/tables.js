// Tables on phones and the filter above a table.

// Cells without a label of their own take it from their heading, for the cards of a phone.
export function label_cells(root) {
  for (const table of root.querySelectorAll("main table:not(.plain)")) {
    const heads = Array.from(table.querySelectorAll("thead tr:last-child > *"), (head) => head.textContent.trim());
    for (const row of table.querySelectorAll("tbody tr")) {
      if (row.cells.length !== heads.length) continue;
      Array.from(row.cells).forEach((cell, index) => {
        if (cell.tagName === "TD" && cell.dataset.label === undefined) cell.dataset.label = heads[index];
      });
    }
  }
}

// Shows the rows of the table named by data-filter that hold what is typed.
export function filter_tables(root) {
  for (const input of root.querySelectorAll("input[data-filter]")) {
    const table = document.getElementById(input.dataset.filter);
    if (!table) continue;
    const told = document.createElement("span");
    told.className = "muted small";
    told.setAttribute("role", "status");
    input.after(told);
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase();
      const rows = Array.from(table.querySelectorAll("tbody tr"));
      for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
      const shown = rows.filter((row) => !row.hidden).length;
      told.textContent = wanted ? `${shown} / ${rows.length} 行` : "";
    });
  }
}
