//! What a file is, by its content.

use domain::coded_enum;

coded_enum! {
    /// The kinds of file that are accepted as attachments (附件).
    pub enum FileKind {
        /// JPEG picture.
        Jpg = "jpg" => "JPG 图片",
        /// PNG picture.
        Png = "png" => "PNG 图片",
        /// PDF document.
        Pdf = "pdf" => "PDF 文档",
        /// Word document without macros.
        Docx = "docx" => "Word 文档",
        /// Excel workbook without macros.
        Xlsx = "xlsx" => "Excel 表格",
    }
}

impl FileKind {
    /// The kind of `bytes`, or `None` for everything that is not accepted.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match infer::get(bytes)?.extension() {
            "jpg" => Some(Self::Jpg),
            "png" => Some(Self::Png),
            "pdf" => Some(Self::Pdf),
            // How an Office file is packed differs from program to program, so the parts inside decide and not the first bytes.
            "docx" | "xlsx" | "zip" if has_part(bytes, "vbaProject") => None,
            "docx" | "xlsx" | "zip" if has_part(bytes, "word/document.xml") => Some(Self::Docx),
            "docx" | "xlsx" | "zip" if has_part(bytes, "xl/workbook.xml") => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// The media type it is served with.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Whether an archive has a part of this name; names stand uncompressed in its directory.
fn has_part(bytes: &[u8], name: &str) -> bool {
    bytes.windows(name.len()).any(|window| window == name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_and_not_the_name() {
        assert_eq!(FileKind::of(b"\xFF\xD8\xFF\xE0 and so on"), Some(FileKind::Jpg));
        assert_eq!(FileKind::of(b"\x89PNG\r\n\x1a\n and so on"), Some(FileKind::Png));
        assert_eq!(FileKind::of(b"%PDF-1.7\n"), Some(FileKind::Pdf));
        for other in [&b""[..], b"<html><script>", b"MZ\x90\x00", b"PK\x03\x04 just a zip", b"GIF89a"] {
            assert_eq!(FileKind::of(other), None);
        }
    }
}
