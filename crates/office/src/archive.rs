//! Several files in one archive.

use std::io::{Cursor, Write as _};

use zip::{ZipWriter, result::ZipError, write::SimpleFileOptions};

/// The archive could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the archive cannot be written")]
pub struct ArchiveWriteError(#[from] ZipError);

impl From<std::io::Error> for ArchiveWriteError {
    fn from(error: std::io::Error) -> Self {
        Self(error.into())
    }
}

/// Writes files, each with its path in the archive, as a zip archive.
///
/// # Errors
/// When a file cannot be written, which in memory means two of one path.
pub fn write_archive(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<Vec<u8>, ArchiveWriteError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        archive.start_file(path, SimpleFileOptions::default())?;
        archive.write_all(&bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
