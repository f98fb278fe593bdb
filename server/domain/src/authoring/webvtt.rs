//! Caption files, judged by what they say. Pure.

use model::Problem;

/// The largest caption file, in bytes.
const MOST_BYTES: usize = 256 * 1024;

/// The text as WebVTT: its signature, and at least one cue whose times can be read and go forward.
pub fn read(text: &str) -> Result<String, Problem> {
    if text.len() > MOST_BYTES {
        return Err(Problem::TooLarge { max_bytes: MOST_BYTES as u64 });
    }
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Required);
    }
    let signed = text.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with(['\n', ' ', '\t']));
    let readable = !text.chars().any(|c| c.is_control() && c != '\n' && c != '\t');
    if !signed || !readable {
        return Err(Problem::WrongKindOfFile);
    }
    let mut times = text.lines().filter(|line| line.contains("-->")).peekable();
    match times.peek().is_some() && times.all(goes_forward) {
        true => Ok(format!("{text}\n")),
        false => Err(Problem::Unreadable),
    }
}

/// `00:01.500 --> 00:03.000 align:start`
fn goes_forward(line: &str) -> bool {
    let Some((from, to)) = line.split_once("-->") else { return false };
    let to = to.split_whitespace().next().unwrap_or_default();
    matches!((millis(from.trim()), millis(to)), (Some(from), Some(to)) if from < to)
}

/// `1:02:03.500` or `02:03.500`.
fn millis(clock: &str) -> Option<u64> {
    let (clock, rest) = clock.split_once('.')?;
    let digits = |text: &str, least: usize| {
        let all = text.len() >= least && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        all.then(|| text.parse::<u64>().ok()).flatten()
    };
    let rest = if rest.len() == 3 { digits(rest, 3)? } else { return None };
    let parts: Vec<&str> = clock.split(':').collect();
    let (hours, minutes, seconds) = match parts.as_slice() {
        [h, m, s] => (digits(h, 1)?, digits(m, 2)?, digits(s, 2)?),
        [m, s] => (0, digits(m, 2)?, digits(s, 2)?),
        _ => return None,
    };
    (minutes < 60 && seconds < 60).then_some(((hours * 60 + minutes) * 60 + seconds) * 1000 + rest)
}

#[cfg(test)]
mod tests {
    use super::read;
    use model::Problem;

    #[test]
    fn captions_are_webvtt_and_nothing_else() {
        for right in [
            "\u{feff}WEBVTT\r\n\r\n00:00.000 --> 00:02.000\r\nHello",
            "WEBVTT - of a lesson\n\nNOTE by Ada\n\n1\n1:00:00.000 --> 01:00:02.000 align:start\n<v Ada>Hello",
        ] {
            assert!(read(right).is_ok(), "{right}");
        }
        for (wrong, problem) in [
            ("", Problem::Required),
            ("1\n00:00:00,000 --> 00:00:02,000\nHello", Problem::WrongKindOfFile),
            ("WEBVTTX\n00:00.000 --> 00:01.000", Problem::WrongKindOfFile),
            ("WEBVTT\n\u{0} --> 1", Problem::WrongKindOfFile),
            ("WEBVTT", Problem::Unreadable),
            ("WEBVTT\n\n00:02.000 --> 00:01.000\nBackwards", Problem::Unreadable),
            ("WEBVTT\n\n00:00.000 --> 00:01.000\nA\n\n00:00:02,000 --> 00:00:03,000\nB", Problem::Unreadable),
            ("WEBVTT\n\n00:61.000 --> 01:02.000\nNo such minute", Problem::Unreadable),
        ] {
            assert_eq!(read(wrong), Err(problem), "{wrong}");
        }
    }
}
