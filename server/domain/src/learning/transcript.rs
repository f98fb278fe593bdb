//! From captions to something to read. Pure.

use model::learning::Cue;

/// The cues of a WebVTT file in order; what cannot be read is left out.
pub fn cues(vtt: &str) -> Vec<Cue> {
    let vtt = vtt.replace("\r\n", "\n");
    vtt.split("\n\n").filter_map(cue).collect()
}

fn cue(block: &str) -> Option<Cue> {
    let mut lines = block.lines().skip_while(|line| !line.contains("-->"));
    let (start, _) = lines.next()?.split_once("-->")?;
    let text = lines.map(|line| plain(line.trim())).collect::<Vec<_>>().join(" ");
    let text = text.trim();
    (!text.is_empty()).then(|| Some(Cue { seconds: seconds(start.trim())?, text: text.to_owned() }))?
}

/// `01:02:03.500` or `02:03.500`.
fn seconds(clock: &str) -> Option<f64> {
    let parts: Option<Vec<f64>> = clock.split(':').map(|part| part.parse().ok()).collect();
    match parts?.as_slice() {
        [h, m, s] => Some(h * 3600.0 + m * 60.0 + s),
        [m, s] => Some(m * 60.0 + s),
        _ => None,
    }
}

/// Without marks of voice or style, and with its characters as they are meant.
fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut inside = false;
    for c in line.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => text.push(c),
            _ => (),
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::cues;

    #[test]
    fn captions_become_lines_to_read() {
        let vtt = "WEBVTT\n\nNOTE nothing to read\n\n1\n00:01.500 --> 00:03.000 align:start\n<v Ada>Engines &amp; notes\nmore\n\r\n01:00:02.000 --> 01:00:03.000\r\n第二句\n\nbroken --> 3\nx\n";
        let read: Vec<(f64, String)> = cues(vtt).into_iter().map(|cue| (cue.seconds, cue.text)).collect();
        assert_eq!(read, [(1.5, "Engines & notes more".to_owned()), (3602.0, "第二句".to_owned())]);
        assert!(cues("").is_empty());
    }
}
