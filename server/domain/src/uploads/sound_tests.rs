//! Lengths of sounds made by hand.

use crate::uploads::length::tests::read_as;

#[test]
fn an_mp3_is_as_long_as_its_table_says_or_else_as_its_bytes_take() {
    // MPEG 1 layer III, 128 kbit/s, 44.1 kHz, stereo
    let mut plain = b"\xff\xfb\x90\x00".to_vec();
    plain.resize(16_000 * 90, 0);
    assert_eq!(read_as(&plain, "audio/mpeg"), Some(90));
    let mut tabled = b"ID3\x04\0\0\0\0\0\x0a0123456789".to_vec();
    let frame = tabled.len();
    tabled.extend(b"\xff\xfb\x90\x00");
    tabled.resize(frame + 36, 0);
    tabled.extend(b"Xing\0\0\0\x01");
    tabled.extend(2297u32.to_be_bytes());
    tabled.resize(2000, 0);
    // 2297 frames of 1152 samples
    assert_eq!(read_as(&tabled, "audio/mpeg"), Some(61));
    assert_eq!(read_as(b"ID3\x04\0\0\x7f\x7f\x7f\x7f", "audio/mpeg"), Some(0));
}

#[test]
fn a_wave_is_as_long_as_its_data_even_where_its_recorder_never_came_back() {
    let wave = |size: u32| {
        let mut bytes = b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
        bytes.extend(8000u32.to_le_bytes());
        bytes.extend(16_000u32.to_le_bytes());
        bytes.extend(b"\x02\0\x10\0data");
        bytes.extend(size.to_le_bytes());
        bytes.resize(bytes.len() + 48_000, 0);
        bytes
    };
    assert_eq!(read_as(&wave(48_000), "audio/wav"), Some(3));
    assert_eq!(read_as(&wave(u32::MAX), "audio/wav"), Some(3));
}

#[test]
fn flac_counts_its_samples() {
    let mut bytes = b"fLaC\0\0\0\x22".to_vec();
    bytes.extend([0; 10]);
    // 44,100 Hz in 20 bits, then the samples' 36 of 441,000
    let word = (44_100u64 << 44) | (1 << 41) | (15 << 36) | 441_000;
    bytes.extend(word.to_be_bytes());
    bytes.resize(80, 0);
    assert_eq!(read_as(&bytes, "audio/flac"), Some(10));
}

#[test]
fn ogg_says_at_its_end_how_far_it_came() {
    let page = |granule: u64, serial: &[u8; 4], packet: &[u8]| {
        let mut bytes = b"OggS\0\0".to_vec();
        bytes.extend(granule.to_le_bytes());
        bytes.extend(serial);
        bytes.extend([0; 8]);
        bytes.extend([1, u8::try_from(packet.len()).expect("short")]);
        bytes.extend(packet);
        bytes
    };
    let mut bytes = page(0, b"abcd", b"OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0");
    bytes.extend(page(48_000 * 20 + 312, b"abcd", b"sound"));
    bytes.extend(page(u64::MAX, b"abcd", b"half"));
    bytes.extend(page(48_000 * 999, b"else", b"another stream"));
    assert_eq!(read_as(&bytes, "audio/ogg"), Some(20));
}

#[test]
fn aac_is_walked_over_frame_by_frame() {
    let mut bytes = Vec::new();
    // 470 frames of 200 bytes at 48 kHz: 10.03 seconds
    for _ in 0..470 {
        let at = bytes.len();
        bytes.extend([0xff, 0xf1, 0x4c, 0x80, 0x19, 0x1f, 0xfc]);
        bytes.resize(at + 200, 0);
    }
    bytes.extend(b"TAG and a title");
    assert_eq!(read_as(&bytes, "audio/aac"), Some(11));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(200))]
    #[test]
    fn no_bytes_at_all_break_a_reading(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
        for (head, kind) in [
            (&b"ID3"[..], "audio/mpeg"), (b"\xff\xfb\x90", "audio/mpeg"), (b"RIFF", "audio/wav"), (b"fLaC", "audio/flac"),
            (b"OggS", "audio/ogg"), (b"\xff\xf1", "audio/aac"), (b"\x1a\x45\xdf\xa3\x15\x49\xa9\x66", "video/webm"),
        ] {
            let whole = [head, bytes.as_slice()].concat();
            proptest::prop_assert!(read_as(&whole, kind).is_some_and(|seconds| seconds <= 48 * 3600));
        }
    }
}
