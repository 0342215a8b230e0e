//! One-way sums: what is left of a secret, and how a blob is known to be whole. The only user of sha2 in this folder.

use sha2::{Digest, Sha256};

/// SHA-256 of these parts, each with its length before it, so that no two lists of parts share a sum.
pub(super) fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut sum = Sha256::new();
    for part in parts {
        sum.update((part.len() as u64).to_le_bytes());
        sum.update(part);
    }
    sum.finalize().into()
}

/// Length of the sum at the end of a sealed blob.
const SEAL: usize = 8;

/// Puts the first eight bytes of the content's sum behind it.
pub(super) fn seal(mut content: Vec<u8>) -> Vec<u8> {
    let sum = digest(&[&content]);
    content.extend_from_slice(&sum[..SEAL]);
    content
}

/// The content of a sealed blob, `None` where a byte of it has changed.
pub(super) fn unseal(sealed: &[u8]) -> Option<&[u8]> {
    let (content, sum) = sealed.split_at_checked(sealed.len().checked_sub(SEAL)?)?;
    (digest(&[content])[..SEAL] == *sum).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_byte_breaks_the_seal() {
        let sealed = seal(b"four people".to_vec());
        assert_eq!(unseal(&sealed), Some(b"four people".as_slice()));
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(unseal(&changed), None, "byte {at}");
        }
        assert_eq!(unseal(&sealed[..7]), None);
    }

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(digest(&[b"ab", b"c"]), digest(&[b"a", b"bc"]));
    }
}
