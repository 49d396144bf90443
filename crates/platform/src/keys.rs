//! Personal data at rest: encrypted for reading back, hashed with a key for looking up.

use std::{fs, io::Write as _, path::Path};

use anyhow::Context as _;
use chacha20poly1305::{
    AeadCore, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, OsRng},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// Bytes of a key.
const KEY: usize = 32;
/// Bytes of the random number before each ciphertext.
const NONCE: usize = 24;
/// Bytes to a multiple of which a text is filled up before it is sealed.
const BLOCK: usize = 32;
/// With what; no text ends in it, because forms drop control characters.
const PAD: u8 = 0;

/// The keys made from the instance's one secret.
#[derive(Clone)]
pub struct Keys {
    cipher: XChaCha20Poly1305,
    index: [u8; KEY],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    /// Takes the secret from the settings, or from the key file, which is made at the first start.
    ///
    /// # Errors
    /// When the secret has the wrong form or the file cannot be read or made.
    pub fn load(secret: &str, data_dir: &Path) -> anyhow::Result<Self> {
        if !secret.is_empty() {
            return Self::from_hex(secret);
        }
        let path = data_dir.join("secret.key");
        if !path.exists() {
            let fresh: [u8; KEY] = rand::random();
            let mut options = fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(&path).with_context(|| format!("无法建立密钥文件 {}", path.display()))?;
            file.write_all(hex::encode(fresh).as_bytes())?;
            file.sync_all()?;
        }
        let text = fs::read_to_string(&path).with_context(|| format!("无法读取密钥文件 {}", path.display()))?;
        Self::from_hex(text.trim())
    }

    fn from_hex(secret: &str) -> anyhow::Result<Self> {
        let bytes = hex::decode(secret).context("密钥应为 64 位十六进制字符")?;
        let master: [u8; KEY] = bytes.try_into().map_err(|_| anyhow::anyhow!("密钥应为 64 位十六进制字符"))?;
        let cipher = XChaCha20Poly1305::new(&derive(&master, b"encrypt").into());
        Ok(Self { cipher, index: derive(&master, b"index") })
    }

    /// Encrypts a text; the same text gives another ciphertext each time, and its length tells the text's no nearer than to
    /// [`BLOCK`] bytes: a ballot that says 同意 is as long as one that says 反对.
    ///
    /// # Errors
    /// Only when the text is longer than the cipher can take.
    pub fn seal(&self, text: &str) -> anyhow::Result<String> {
        let nonce = XChaCha20Poly1305::generate_nonce(&mut OsRng);
        let mut padded = text.as_bytes().to_vec();
        padded.resize(text.len().div_ceil(BLOCK).max(1) * BLOCK, PAD);
        let sealed =
            self.cipher.encrypt(&nonce, padded.as_slice()).map_err(|_| anyhow::anyhow!("encryption failed"))?;
        Ok(hex::encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Decrypts what [`Keys::seal`] made.
    ///
    /// # Errors
    /// When it was made with another key, or was changed.
    pub fn open(&self, sealed: &str) -> anyhow::Result<String> {
        let bytes = hex::decode(sealed).context("stored ciphertext is not hex")?;
        let (nonce, body) = bytes.split_at_checked(NONCE).context("stored ciphertext is too short")?;
        let mut text = self
            .cipher
            .decrypt(XNonce::from_slice(nonce), body)
            .map_err(|_| anyhow::anyhow!("stored ciphertext cannot be opened with this key"))?;
        while text.last() == Some(&PAD) {
            text.pop();
        }
        String::from_utf8(text).context("stored ciphertext holds no text")
    }

    /// A keyed hash by which a sealed text can be found again without opening it.
    #[must_use]
    pub fn index(&self, text: &str) -> String {
        hex::encode(self.bytes_of::<KEY>(text))
    }

    /// Bytes that follow from a text, at most 32, and that nobody without the key can tell.
    #[must_use]
    pub fn bytes_of<const N: usize>(&self, text: &str) -> [u8; N] {
        const { assert!(N <= KEY) };
        let all = mac(&self.index, text.as_bytes());
        std::array::from_fn(|place| all[place])
    }
}

fn derive(master: &[u8; KEY], purpose: &[u8]) -> [u8; KEY] {
    mac(master, purpose)
}

fn mac(key: &[u8; KEY], data: &[u8]) -> [u8; KEY] {
    // HMAC takes a key of any length, so this cannot fail; an all-zero answer would make every test fail at once.
    <Hmac<Sha256> as Mac>::new_from_slice(key)
        .map_or([0; KEY], |mac| mac.chain_update(data).finalize().into_bytes().into())
}

/// A telephone number as lists show it: `138****0001`.
#[must_use]
pub fn mask_phone(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().collect();
    match digits.len() {
        0 => String::new(),
        1..=6 => "****".to_owned(),
        length => {
            let (head, tail) = (digits.get(..3).unwrap_or_default(), digits.get(length - 4..).unwrap_or_default());
            format!("{}****{}", head.iter().collect::<String>(), tail.iter().collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_texts_open_again_and_differ_each_time() {
        let keys = Keys::from_hex(&"07".repeat(32)).unwrap();
        let (one, two) = (keys.seal("13800000001").unwrap(), keys.seal("13800000001").unwrap());
        assert_ne!(one, two);
        assert_eq!(keys.open(&one).unwrap(), "13800000001");
        assert_eq!(keys.index("13800000001"), keys.index("13800000001"));
        let other = Keys::from_hex(&"08".repeat(32)).unwrap();
        assert!(other.open(&one).is_err());
        assert!(keys.open("").is_err());
        assert!(keys.open("zz").is_err());
    }

    #[test]
    fn a_sealed_text_does_not_tell_its_length() {
        let keys = Keys::from_hex(&"07".repeat(32)).unwrap();
        let long = "长".repeat(11);
        let lengths = ["", "for", "against", "abstain", &"x".repeat(32)].map(|text| {
            let sealed = keys.seal(text).unwrap();
            assert_eq!(keys.open(&sealed).unwrap(), text);
            sealed.len()
        });
        assert!(lengths.iter().all(|length| *length == lengths[0]), "{lengths:?}");
        let sealed = keys.seal(&long).unwrap();
        assert!(sealed.len() > lengths[0] && keys.open(&sealed).unwrap() == long);
    }

    #[test]
    fn phones_are_masked() {
        assert_eq!(mask_phone("13800000001"), "138****0001");
        assert_eq!(mask_phone("7012345"), "701****2345");
        assert_eq!(mask_phone("110"), "****");
    }
}
