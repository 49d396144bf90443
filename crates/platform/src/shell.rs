#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElderMode {
    Off,
    On,
    ExtraLarge,
}
