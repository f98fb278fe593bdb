//! What is drawn can be read again, and is the same every time.

use super::*;

fn receipt(name: &str, rows: usize) -> Paper {
    Paper {
        about: About {
            title: "收据 R-000042".into(),
            lang: "zh-CN".into(),
            author: "讲台".into(),
            made: Made { year: 2026, month: 11, day: 21, hour: 14, minute: 3, zone: 8 },
            id: "R-000042".into(),
        },
        house: "讲台 Lectern".into(),
        heading: "收据".into(),
        number: Fact::new("收据编号", "R-000042"),
        seal: "已付".into(),
        facts: vec![Fact::new("付款日期", "2026年11月21日"), Fact::new("付款方式", "微信支付"), Fact::new("订单号", "019aa0b2")],
        parties: vec![
            Party {
                role: "收款方".into(),
                name: "讲台（上海）教育科技有限公司".into(),
                lines: vec!["税号 91310000MA1K000009".into()],
            },
            Party { role: "付款方".into(), name: name.into(), lines: vec!["grace@lectern.example".into()] },
        ],
        columns: ("项目".into(), vec!["原价".into(), "优惠".into(), "实付".into()]),
        rows: (0..rows)
            .map(|n| Row {
                name: format!("分析机讲义 Analytical Engines，第 {n} 讲：为尚不存在的机器写作"),
                note: "讲师 Ada Lovelace".into(),
                amounts: vec!["¥299.00".into(), "-¥100.00".into(), "¥199.00".into()],
            })
            .collect(),
        sums: vec![
            Sum { label: "税额（已含）".into(), amount: "¥11.26".into(), weight: Weight::Plain },
            Sum { label: "合计".into(), amount: "¥199.00".into(), weight: Weight::Total },
        ],
        notes: vec!["本收据不是发票。需要发票，请在订单页申请。".into()],
        foot: "讲台 · lectern.example".into(),
    }
}

#[test]
fn the_same_paper_is_the_same_bytes() {
    let once = receipt("格蕾丝·霍珀", 3).pdf().expect("a file");
    assert!(once.starts_with(b"%PDF-"));
    assert_eq!(once, receipt("格蕾丝·霍珀", 3).pdf().expect("a file"));
    assert_ne!(once, receipt("另一位", 3).pdf().expect("a file"));
}

#[test]
fn a_paper_stays_small_whatever_its_fonts_hold() {
    let file = receipt("格蕾丝·霍珀", 3).pdf().expect("a file");
    assert!(file.len() < 150_000, "{} bytes", file.len());
}

#[test]
fn any_name_can_be_printed() {
    for name in ["𠮷野家", "👩‍💻 Emoji", "محمد", "हैलो", "\u{202e}evil", "", "龘靐齉", "é̂ combining", "\u{0}\u{7}"]
    {
        assert!(receipt(name, 1).pdf().is_ok(), "{name}");
    }
}

#[test]
fn a_long_order_goes_on_to_a_second_sheet() {
    let faces = face::faces().expect("fonts");
    assert_eq!(layout::sheets(&receipt("Grace", 3), faces).len(), 1);
    assert!(layout::sheets(&receipt("Grace", 40), faces).len() > 1);
}

#[test]
fn a_name_longer_than_a_sheet_is_printed_whole() {
    let faces = face::faces().expect("fonts");
    let word = |n: usize| format!("第{n}讲");
    let long: String = (0..4_000).map(word).collect();
    let mut paper = receipt("Grace", 1);
    paper.rows[0].note = format!("注{long}");
    paper.rows[0].name.clone_from(&long);
    paper.notes = vec![format!("附{long}")];
    let sheets = layout::sheets(&paper, faces);
    let mut printed = String::new();
    for mark in sheets.iter().flatten() {
        if let layout::Mark::Text { y, text, .. } = mark {
            assert!(*y > 0.0 && *y < layout::SHEET.1 - 40.0, "{text} stands at {y}");
            printed.push_str(text);
        }
    }
    let wanted = [word(0), word(1_999), word(3_999)];
    for word in wanted {
        assert_eq!(printed.matches(&word).count(), 3, "{word}: in the name, the note and the remark");
    }
}

/// Where `pdftotext` is installed, what it reads is what was written.
#[test]
fn what_is_printed_can_be_copied_and_searched() {
    let file = receipt("格蕾丝·霍珀", 2).pdf().expect("a file");
    let folder = std::env::temp_dir().join(format!("lectern-papers-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("receipt.pdf");
    std::fs::write(&path, &file).expect("a file");
    if let Ok(read) = std::process::Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(&path).arg("-").output() {
        let text = String::from_utf8(read.stdout).expect("text");
        for part in
            ["收据", "R-000042", "格蕾丝·霍珀", "讲台（上海）教育科技有限公司", "¥199.00", "Analytical Engines", "本收据不是发票"]
        {
            assert!(text.contains(part), "{part} is not in:\n{text}");
        }
    }
    std::fs::remove_dir_all(&folder).expect("tidied");
}
