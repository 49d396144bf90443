//! Pictures that people send: taken apart and drawn anew, so that nothing is kept but what is seen. Where and with what a picture was
//! taken, and whatever else was hidden in the file, stays behind.

use std::io::Cursor;

use axum::{
    http::header,
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use image::{
    DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder,
    metadata::Orientation,
};
use tokio::sync::Semaphore;

use crate::{
    error::{Problem, Stop},
    files::{FileKind, fetch},
    floor::Floor,
    forms::{Form, UploadedFile},
};

/// Longest side of what is kept, in pixels.
const SIDE: u32 = 1_920;
/// Of a hundred.
const QUALITY: u8 = 82;
/// Longest side of what is read, in pixels.
const LARGEST: u32 = 16_000;
/// Bytes that one picture may take while it is read: some sixty megapixels.
const MEMORY: u64 = 256 * 1024 * 1024;
/// How many are read at the same time; the others wait.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// The pictures sent in `field`, as JPEG, upright, without anything but what is seen.
///
/// # Errors
/// A refusal at the field when there are more than `most`, or one of them is no JPEG or PNG picture, broken, or too large.
pub async fn pictures(form: &Form, field: &str, most: usize) -> Result<Vec<Bytes>, Stop> {
    let files: Vec<&UploadedFile> = form.files.iter().filter(|file| file.field == field).collect();
    if files.len() > most {
        let words = format!("一次选了 {} 张照片，最多 {most} 张，请减少后重新选择。", files.len());
        return Err(Stop::refused_at(field, words));
    }
    let (mut pictures, mut problems) = (Vec::with_capacity(files.len()), Vec::new());
    for file in files {
        let _turn = AT_ONCE.acquire().await.map_err(|error| Stop::Fault(error.into()))?;
        let bytes = file.bytes.clone();
        let drawn = tokio::task::spawn_blocking(move || drawn_anew(&bytes)).await.map_err(anyhow::Error::from)?;
        match drawn {
            Ok(picture) => pictures.push(picture.into()),
            Err(words) => problems.push(Problem::at(field, format!("“{}”{words}", file.name))),
        }
    }
    if problems.is_empty() { Ok(pictures) } else { Err(Stop::Refused(problems)) }
}

/// A stored picture as an answer.
///
/// # Errors
/// [`Stop::Missing`] when there is no such file; a fault when the storage fails.
pub async fn shown(floor: &Floor, hash: &str) -> Result<Response, Stop> {
    let (blob, bytes) = fetch(floor, hash).await?;
    Ok(([(header::CONTENT_TYPE, blob.kind.media_type())], bytes).into_response())
}

/// Addresses of pictures with the words that stand for each, in their order.
pub fn numbered(addresses: impl Iterator<Item = String>) -> Vec<(String, String)> {
    (1..).zip(addresses).map(|(number, address): (usize, String)| (address, format!("照片 {number}"))).collect()
}

/// The paper that was photographed or scanned: a picture drawn anew like those of [`pictures`], so that where it was taken stays
/// behind, or a PDF as it is.
///
/// # Errors
/// A refusal at `field` for any other kind, or a picture that is broken or too large.
pub async fn scan(file: UploadedFile, field: &str) -> Result<UploadedFile, Stop> {
    let bytes = file.bytes.clone();
    let clean = match FileKind::of(&bytes) {
        Some(FileKind::Pdf) => return Ok(file),
        Some(FileKind::Jpg | FileKind::Png) => {
            let _turn = AT_ONCE.acquire().await.map_err(|error| Stop::Fault(error.into()))?;
            tokio::task::spawn_blocking(move || drawn_anew(&bytes)).await.map_err(anyhow::Error::from)?
        }
        _ => Err("不是 jpg、png 照片或 pdf 文件，请拍照或扫描成这几种格式后再上传。"),
    };
    match clean {
        Ok(bytes) => {
            let name = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem);
            Ok(UploadedFile { name: format!("{name}.jpg"), bytes: bytes.into(), ..file })
        }
        Err(words) => Err(Stop::refused_at(field, format!("“{}”{words}", file.name))),
    }
}

/// A picture as JPEG, or what is wrong with it.
fn drawn_anew(bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    let told = |error: ImageError| match error {
        ImageError::Limits(_) => "尺寸太大，请缩小后再选。",
        _ => "打不开，可能没有传完整，请重新选择。",
    };
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| told(error.into()))?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png)) {
        return Err("不是 jpg 或 png 照片，请另存为这两种格式后再选。");
    }
    let mut decoder = limited(reader).into_decoder().map_err(told)?;
    // What a telephone notes beside the picture: which side is up.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(told)?;
    picture.apply_orientation(orientation);
    if picture.width().max(picture.height()) > SIDE {
        picture = picture.thumbnail(SIDE, SIDE);
    }
    let mut drawn = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut drawn, QUALITY);
    picture.into_rgb8().write_with_encoder(encoder).map_err(told)?;
    Ok(drawn)
}

fn limited(mut reader: ImageReader<Cursor<&[u8]>>) -> ImageReader<Cursor<&[u8]>> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST);
    limits.max_image_height = Some(LARGEST);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    reader
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};

    use super::*;

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let picture = RgbImage::from_pixel(width, height, Rgb([180, 20, 30]));
        let mut bytes = Vec::new();
        picture.write_with_encoder(JpegEncoder::new(&mut bytes)).expect("a picture");
        bytes
    }

    /// The same with what a telephone writes beside it: the right side is up, and where it was.
    fn from_a_telephone(picture: &[u8]) -> Vec<u8> {
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        exif.extend_from_slice(b"GPS 24.0661,101.9912");
        let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
        [&picture[..2], &[0xFF, 0xE1], &length, &exif, &picture[2..]].concat()
    }

    fn size(picture: &[u8]) -> (u32, u32) {
        let read = ImageReader::new(Cursor::new(picture)).with_guessed_format().expect("a format");
        read.into_dimensions().expect("a picture")
    }

    #[test]
    fn where_it_was_taken_stays_behind_and_it_stands_upright() {
        let sent = from_a_telephone(&jpeg(40, 20));
        assert!(sent.windows(3).any(|window| window == b"GPS"));
        let kept = drawn_anew(&sent).expect("a picture");
        assert!(!kept.windows(3).any(|window| window == b"GPS") && !kept.windows(4).any(|window| window == b"Exif"));
        assert_eq!(size(&kept), (20, 40));
    }

    #[test]
    fn what_is_large_is_made_smaller_and_what_is_none_is_told() {
        assert_eq!(size(&drawn_anew(&jpeg(4_000, 1_000)).expect("a picture")), (1_920, 480));
        assert!(drawn_anew(b"GIF89a and so on").expect_err("none").contains("不是 jpg 或 png"));
        assert!(drawn_anew(b"").is_err());
        let whole = jpeg(60, 60);
        assert!(drawn_anew(&whole[..40]).expect_err("cut off").contains("没有传完整"));
        // A small file that says it is 60,000 by 60,000.
        let bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xEA\x60\0\0\xEA\x60\x08\x02\0\0\0\0\0\0\0";
        assert!(drawn_anew(bomb).is_err());
    }
}
