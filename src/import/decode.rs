//! Text of other encodings than UTF-8, read as UTF-8. Nothing is replaced: what is not of the encoding is an error.

use std::io::{self, BufRead, BufReader, Read};
use std::str::FromStr;

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_16BE, UTF_16LE};

/// An encoding by its name on the web: `windows-1252`, `gbk`, `shift_jis`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextEncoding(&'static Encoding);

impl FromStr for TextEncoding {
    type Err = String;

    fn from_str(label: &str) -> Result<Self, String> {
        let found = Encoding::for_label_no_replacement(label.trim().as_bytes()).map(Self);
        found.ok_or_else(|| {
            "no encoding has this name; use utf-8, windows-1252, iso-8859-2, gbk, shift_jis …".to_owned()
        })
    }
}

/// A stream of UTF-8 made of one of another encoding.
pub(super) struct Decoded<R> {
    inner: R,
    encoding: TextEncoding,
    decoder: Decoder,
    text: String,
    given: usize,
    line: u64,
    is_over: bool,
}

/// That bytes are not of the encoding that they were said to be.
#[derive(Debug, thiserror::Error)]
#[error("line {line} is not in the encoding {encoding}")]
pub(super) struct Undecodable {
    line: u64,
    encoding: &'static str,
}

impl<R: BufRead> Decoded<R> {
    /// Reads a stream of this encoding.
    pub(super) fn new(inner: R, encoding: TextEncoding) -> Self {
        let decoder = encoding.0.new_decoder_with_bom_removal();
        Self { inner, encoding, decoder, text: String::new(), given: 0, line: 1, is_over: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        let chunk = self.inner.fill_buf()?;
        let (length, is_last) = (chunk.len(), chunk.is_empty());
        self.text.clear();
        self.given = 0;
        self.text.reserve(self.decoder.max_utf8_buffer_length_without_replacement(length).unwrap_or(1 << 16).max(16));
        let (result, read) = self.decoder.decode_to_string_without_replacement(chunk, &mut self.text, is_last);
        self.inner.consume(read);
        self.line += self.text.bytes().filter(|&byte| byte == b'\n').count() as u64;
        match result {
            DecoderResult::InputEmpty => self.is_over = is_last,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                let problem = Undecodable { line: self.line, encoding: self.encoding.0.name() };
                return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
            }
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.is_over {
            self.fill()?;
        }
        let rest = &self.text.as_bytes()[self.given..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.given += count;
        Ok(count)
    }
}

/// A stream of text as UTF-8: of the encoding that is given, or of the one that its first bytes tell.
///
/// # Errors
/// Its start cannot be read.
pub fn decoded<'r>(mut reader: impl BufRead + 'r, encoding: Option<TextEncoding>) -> io::Result<Box<dyn BufRead + 'r>> {
    let start = reader.fill_buf()?;
    let encoding = encoding.or_else(|| told(start));
    Ok(match encoding {
        Some(encoding) => Box::new(BufReader::with_capacity(1 << 16, Decoded::new(reader, encoding))),
        None => {
            if start.starts_with(b"\xEF\xBB\xBF") {
                reader.consume(3);
            }
            Box::new(reader)
        }
    })
}

/// UTF-16, where the first bytes say so: by a byte order mark, or since every second one is zero, as in no UTF-8.
pub(super) fn told(start: &[u8]) -> Option<TextEncoding> {
    let encoding = match start {
        [0xFF, 0xFE, ..] => UTF_16LE,
        [0xFE, 0xFF, ..] => UTF_16BE,
        [one, 0, other, 0, ..] if *one != 0 && *other != 0 => UTF_16LE,
        [0, one, 0, other, ..] if *one != 0 && *other != 0 => UTF_16BE,
        _ => return None,
    };
    Some(TextEncoding(encoding))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], encoding: Option<&str>) -> io::Result<String> {
        let mut text = String::new();
        decoded(BufReader::with_capacity(5, bytes), encoding.map(|name| name.parse().unwrap()))?
            .read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn text_of_any_encoding_is_read_whole_or_not_at_all() {
        let text = "name\tcountry\nUniversität 四川 😀\tUS\n";
        let wide = |unit: fn(u16) -> [u8; 2], start: &str| -> Vec<u8> {
            format!("{start}{text}").encode_utf16().flat_map(unit).collect()
        };
        for bytes in [
            wide(u16::to_le_bytes, "\u{feff}"),
            wide(u16::to_be_bytes, "\u{feff}"),
            wide(u16::to_le_bytes, ""),
            wide(u16::to_be_bytes, ""),
            text.as_bytes().to_vec(),
            format!("\u{feff}{text}").into_bytes(),
        ] {
            assert_eq!(read(&bytes, None).unwrap(), text);
        }
        assert_eq!(read(b"Universit\xe9", Some("latin1")).unwrap(), "Université");
        assert_eq!(read(b"\xcb\xc4\xb4\xa8", Some("GBK")).unwrap(), "四川");
        assert_eq!(read(b"", Some("gbk")).unwrap(), "");
        let cut = wide(u16::to_le_bytes, "\u{feff}");
        let error = read(&cut[..cut.len() - 1], None).unwrap_err();
        assert_eq!(error.to_string(), "line 2 is not in the encoding UTF-16LE");
        let error = read(b"a\nb\xcb", Some("gbk")).unwrap_err();
        assert_eq!(error.to_string(), "line 2 is not in the encoding GBK");
        assert!("klingon".parse::<TextEncoding>().is_err());
    }
}
