"""Opens the documents that the stories downloaded with independent readers, python-docx and openpyxl, and checks page,
margins, text and tables (GB/T 9704: A4, 37 mm above, 28 mm left)."""

import sys
from pathlib import Path

import docx
import openpyxl

# File → words that must be in it.
LETTERS = {
    "notice.docx": ["公示", "阳光里联合党支部", "0877-7011234"],
    "agenda.docx": ["常委会", "阳光里联合党支部"],
    "circular.docx": ["新组通〔2022〕30号", "阳光里联合党支部"],
    "application.docx": ["申报表", "阳光里联合党支部", "社区党总支"],
}
TABLES = {
    "summary.xlsx": ["推荐汇总表", "应推荐数", "阳光里联合党支部"],
    "payments.xlsx": ["阳光里联合党支部"],
}


def letter_text(document) -> str:
    parts = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        parts += [cell.text for row in table.rows for cell in row.cells]
    return "\n".join(parts)


def check_letter(path: Path, words: list[str]) -> list[str]:
    document = docx.Document(path)
    section = document.sections[0]
    wrong = []
    millimetres = [
        round(length.mm)
        for length in (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.left_margin,
            section.right_margin,
            section.bottom_margin,
        )
    ]
    if millimetres != [210, 297, 37, 28, 26, 35]:
        wrong.append(f"{path.name}: page and margins are {millimetres} mm")
    text = letter_text(document)
    return wrong + [f"{path.name}: “{word}” is missing" for word in words if word not in text]


def check_table(path: Path, words: list[str]) -> list[str]:
    workbook = openpyxl.load_workbook(path)
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    text = "\n".join(str(cell.value) for cell in cells if cell.value is not None)
    wrong = [f"{path.name}: “{word}” is missing" for word in words if word not in text]
    if any(cell.data_type == "f" for cell in cells):
        wrong.append(f"{path.name}: holds a formula")
    return wrong


def main() -> int:
    folder = Path(sys.argv[1])
    wrong, checked = [], 0
    for names, check in ((LETTERS, check_letter), (TABLES, check_table)):
        for name, words in names.items():
            path = folder / name
            if not path.exists():
                wrong.append(f"{name}: was not made by the stories")
                continue
            checked += 1
            wrong += check(path, words)
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{checked} passed, {len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
