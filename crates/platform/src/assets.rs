//! x
pub fn get(_f: &str) -> Option<(Vec<u8>, String, String)> {
    None
}
