//! Why a file is not read as a workbook, in words for the person who sent it.

use thiserror::Error;

/// A file is refused as a whole. `Display` says what happened and what to do now, in Chinese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WorkbookRefusal {
    /// The file has no bytes.
    #[error("文件是空的，没有内容。请重新选择文件。")]
    Empty,
    /// The file is larger than the limit; both in whole megabytes, the file's rounded up.
    #[error("文件有 {megabytes} MB，超过了 {limit} MB 的上限。请删去图片等多余内容，或分成几个文件后再上传。")]
    TooLarge {
        /// Size of the file.
        megabytes: u64,
        /// The largest size taken.
        limit: u64,
    },
    /// An Excel 97–2003 file (`.xls`).
    #[error(
        "这是旧版 Excel（.xls）文件，系统不能读取。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再上传。"
    )]
    OldExcel,
    /// A workbook that needs a password to open.
    #[error("文件设有打开密码，系统不能读取。请在 Excel 或 WPS 中取消密码、保存后再上传。")]
    Encrypted,
    /// A file of another kind.
    #[error("{0}不是 Excel 工作簿。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再上传。")]
    Foreign(ForeignKind),
    /// A workbook that carries macros.
    #[error("文件带有宏，为安全起见不能接收。请另存为不带宏的“Excel 工作簿（*.xlsx）”后再上传。")]
    Macros,
    /// The file inflates beyond all measure.
    #[error(
        "文件解压后大得不正常，可能已损坏或被人做过手脚，系统没有读取。请换用原始文件，或把内容复制到新建的工作簿后再上传。"
    )]
    Bomb,
    /// More rows with content than the limit.
    #[error("表格超过 {limit} 行，一次读不完。请分成几个文件后再上传。")]
    TooManyRows {
        /// The largest number of rows taken, all sheets together.
        limit: usize,
    },
    /// Content to the right of the last column that is read.
    #[error("表格超过 {limit} 列。请删去右侧多余的内容后再上传。")]
    TooManyColumns {
        /// The rightmost column that may hold content.
        limit: u32,
    },
    /// More cells, texts, merged areas or sheets than the limit.
    #[error("表格内容太多（单元格、合并区域或工作表的数量过大），一次读不完。请分成几个文件后再上传。")]
    TooMuchContent,
    /// A workbook without a single worksheet.
    #[error("工作簿里没有工作表。请检查是否选错了文件。")]
    NoSheets,
    /// A workbook whose insides do not hold together.
    #[error("文件已损坏，读不出来。请用 Excel 或 WPS 打开，确认内容完整后另存一份再上传。")]
    Damaged,
}

/// What a file that is no workbook appears to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignKind {
    /// A web page, often saved with an Excel name by other systems.
    WebPage,
    /// Plain text or CSV.
    PlainText,
    /// A Word document.
    Word,
    /// An OpenDocument file.
    OpenDocument,
    /// A binary workbook (`.xlsb`).
    BinaryWorkbook,
    /// A PDF document.
    Pdf,
    /// A picture.
    Picture,
    /// Anything else.
    Unknown,
}

impl std::fmt::Display for ForeignKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::WebPage => "这是网页文件（有的系统会把网页改名为 .xls 导出），",
            Self::PlainText => "这是文本（CSV）文件，",
            Self::Word => "这是 Word 文档，",
            Self::OpenDocument => "这是 OpenDocument 文件（.ods），",
            Self::BinaryWorkbook => "这是二进制工作簿（.xlsb），",
            Self::Pdf => "这是 PDF 文件，",
            Self::Picture => "这是图片，",
            Self::Unknown => "这个文件",
        })
    }
}
