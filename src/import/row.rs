//! Tables row by row: columns are found by name, and every cell knows its file, line and column.

use std::io::{Cursor, Read};
use std::rc::Rc;

use csv::{ByteRecord, StringRecord};

use super::error::ImportError;
use super::input::{Input, text_of};
use super::report::{Finding, Report, Severity};
use crate::model::area::AreaCode;
use crate::model::measure::FigureStatus;
use crate::model::organisation::OdsCode;

/// A column of a table, found by its name.
#[derive(Debug, Clone)]
pub struct Column {
    place: usize,
    name: Rc<str>,
}

impl Column {
    /// Its name as the file writes it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

type Reader<'i> = csv::Reader<Box<dyn Read + 'i>>;

/// A CSV file, read one row at a time.
pub struct Table<'i> {
    file: Rc<str>,
    reader: Reader<'i>,
    columns: Vec<Column>,
    keys: Vec<String>,
    rows_read: u64,
    /// Whether lines end in two characters, of which the reader leaves the second to the next row.
    two_character_ends: bool,
}

/// One row of a table.
pub struct Row {
    file: Rc<str>,
    line: u64,
    record: StringRecord,
}

/// Where a row stands, kept with what was made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPlace {
    file: Rc<str>,
    line: u64,
}

impl RowPlace {
    /// The file's name.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// A finding about the row.
    #[must_use]
    pub fn finding(&self, severity: Severity, rule: &'static str, message: String) -> Finding {
        Finding { severity, rule, file: self.file.to_string(), line: Some(self.line), column: None, message }
    }
}

/// What a cell that should hold a number holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell {
    /// A finite number.
    Number(f64),
    /// No number, and the reason.
    Missing(FigureStatus),
}

impl Cell {
    /// The number, if there is one.
    #[must_use]
    pub const fn number(self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number),
            Self::Missing(_) => None,
        }
    }
}

/// Brings a column's name into the form in which names are compared: no byte order mark, single spaces, lower case.
#[must_use]
pub fn key(name: &str) -> String {
    name.trim_start_matches('\u{feff}').split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl<'i> Table<'i> {
    /// Opens a table and reads its header line.
    ///
    /// # Errors
    /// When the file is empty or is not CSV at all.
    pub fn open(input: &'i Input) -> Result<Self, ImportError> {
        Self::open_separated(input, b',')
    }

    /// Opens a table whose cells are separated by another character than a comma, and reads its header line.
    ///
    /// # Errors
    /// When the file is empty or is not such a table at all.
    pub fn open_separated(input: &'i Input, separator: u8) -> Result<Self, ImportError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(separator).from_reader(without_byte_order_mark(input.stream()));
        let header = StringRecord::from_byte_record_lossy(first_record(input, &mut reader)?);
        Ok(Self::of(input, reader, header.iter()))
    }

    /// Opens a table without a header line, whose columns are known by their order.
    ///
    /// # Errors
    /// When the file is empty, is not CSV at all, or its first row has not so many cells.
    pub fn open_headless(input: &'i Input, names: &[&str]) -> Result<Self, ImportError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(without_byte_order_mark(input.stream()));
        let cells = first_record(input, &mut reader)?.len();
        if cells != names.len() {
            let expected = format!("a table of {} columns without a header line", names.len());
            return Err(ImportError::WrongFormat { file: input.name().into(), expected, found: format!("{cells} columns") });
        }
        Ok(Self::of(input, reader, names.iter().copied()))
    }

    fn of<'n>(input: &Input, reader: Reader<'i>, names: impl Iterator<Item = &'n str>) -> Self {
        let one_line = |name: &str| name.trim_start_matches('\u{feff}').split_whitespace().collect::<Vec<_>>().join(" ").into();
        let columns: Vec<Column> = names.enumerate().map(|(place, name)| Column { place, name: one_line(name) }).collect();
        let keys = columns.iter().map(|column| key(&column.name)).collect();
        let two_character_ends = byte_at(input, reader.position().byte()) == Some(b'\n');
        Self { file: input.name().into(), reader, columns, keys, rows_read: 0, two_character_ends }
    }

    /// The file's name.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// All columns in the file's order.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The first column that bears one of these names, if any does.
    #[must_use]
    pub fn column(&self, names: &[&str]) -> Option<Column> {
        names.iter().find_map(|name| {
            let wanted = key(name);
            self.keys.iter().position(|k| *k == wanted).map(|place| self.columns[place].clone())
        })
    }

    /// One column for each list of alternative names.
    ///
    /// # Errors
    /// When any is absent; the error names all that are.
    pub fn require<const N: usize>(&self, wanted: [&[&str]; N]) -> Result<[Column; N], ImportError> {
        let found: Vec<Option<Column>> = wanted.iter().map(|names| self.column(names)).collect();
        let missing: Vec<String> = wanted.iter().zip(&found).filter(|(_, column)| column.is_none()).map(|(names, _)| names.join(" or ")).collect();
        let columns: Vec<Column> = found.into_iter().flatten().collect();
        columns.try_into().map_err(|_| self.wrong_columns(missing))
    }

    /// The error for columns that are absent.
    #[must_use]
    pub fn wrong_columns(&self, missing: Vec<String>) -> ImportError {
        ImportError::WrongColumns { file: self.file.to_string(), missing, found: self.columns.iter().map(|column| column.name.to_string()).collect() }
    }

    /// The next row that is not blank, or nothing at the end.
    ///
    /// # Errors
    /// When the file breaks off or is not CSV.
    pub fn next_row(&mut self, report: &mut Report) -> Result<Option<Row>, ImportError> {
        let mut row = self.blank_row();
        Ok(self.read_row(&mut row, report)?.then_some(row))
    }

    /// A row to read into.
    #[must_use]
    pub fn blank_row(&self) -> Row {
        Row { file: Rc::clone(&self.file), line: 0, record: StringRecord::new() }
    }

    /// Reads the next row that is not blank in the place of an earlier one, whose memory it uses again: for tables of a million rows.
    /// Says whether there was one.
    ///
    /// # Errors
    /// When the file breaks off or is not CSV.
    pub fn read_row(&mut self, row: &mut Row, report: &mut Report) -> Result<bool, ImportError> {
        let mut bytes = std::mem::take(&mut row.record).into_byte_record();
        loop {
            if !self.reader.read_byte_record(&mut bytes).map_err(|cause| not_csv(&self.file, &cause))? {
                return Ok(false);
            }
            if bytes.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                break;
            }
        }
        self.rows_read += 1;
        row.line = bytes.position().map_or(0, |position| position.line() + u64::from(self.two_character_ends && position.byte() > 0));
        match StringRecord::from_byte_record(bytes) {
            Ok(record) => row.record = record,
            Err(other) => {
                row.record = other.into_byte_record().iter().map(text_of).collect();
                report.add(row.finding(Severity::Warning, "not-utf-8", None, "expected UTF-8, found other bytes; they were read as Windows-1252".into()));
            }
        }
        if row.record.len() != self.columns.len() {
            let message = format!("expected {} cells, found {}", self.columns.len(), row.record.len());
            report.add(row.finding(Severity::Warning, "row-length", None, message));
        }
        Ok(true)
    }

    /// How many rows have been read so far.
    #[must_use]
    pub const fn rows_read(&self) -> u64 {
        self.rows_read
    }
}

/// The stream without a UTF-8 byte order mark: behind one, a quoted first name would not be seen as quoted.
fn without_byte_order_mark<'i>(mut stream: Box<dyn Read + 'i>) -> Box<dyn Read + 'i> {
    let mut head = Vec::new();
    // An error here comes again when the rest is read, and is reported there.
    let _ = stream.by_ref().take(3).read_to_end(&mut head);
    if head == *b"\xef\xbb\xbf" { stream } else { Box::new(Cursor::new(head).chain(stream)) }
}

/// The byte at a place of the stream, counted behind a byte order mark.
fn byte_at(input: &Input, place: u64) -> Option<u8> {
    let mut stream = without_byte_order_mark(input.stream());
    std::io::copy(&mut stream.by_ref().take(place), &mut std::io::sink()).ok()?;
    let mut byte = [0];
    stream.read_exact(&mut byte).ok()?;
    Some(byte[0])
}

/// The header line, or the first row of a table without one.
fn first_record(input: &Input, reader: &mut Reader<'_>) -> Result<ByteRecord, ImportError> {
    let first = reader.byte_headers().map_err(|cause| not_csv(input.name(), &cause))?;
    if first.iter().all(|cell| cell.trim_ascii().is_empty()) {
        return Err(ImportError::WrongFormat { file: input.name().into(), expected: "a table with a header line".into(), found: "nothing".into() });
    }
    Ok(first.clone())
}

fn not_csv(file: &str, cause: &csv::Error) -> ImportError {
    ImportError::WrongFormat { file: file.to_owned(), expected: "a CSV table".into(), found: cause.to_string() }
}

impl Row {
    /// The line where the row begins, 1-based.
    #[must_use]
    pub const fn line(&self) -> u64 {
        self.line
    }

    /// The text of a cell without surrounding white space; empty where the row is too short.
    #[must_use]
    pub fn text(&self, column: &Column) -> &str {
        self.record.get(column.place).unwrap_or_default().trim()
    }

    /// Where the row stands, for findings that are made after all files are read.
    #[must_use]
    pub fn place(&self) -> RowPlace {
        RowPlace { file: Rc::clone(&self.file), line: self.line }
    }

    /// A finding about this row.
    #[must_use]
    pub fn finding(&self, severity: Severity, rule: &'static str, column: Option<&Column>, message: String) -> Finding {
        Finding { severity, rule, file: self.file.to_string(), line: Some(self.line), column: column.map(|c| c.name.to_string()), message }
    }

    /// The area code in a cell; anything else becomes a finding.
    pub fn area_code(&self, column: &Column, report: &mut Report) -> Option<AreaCode> {
        match AreaCode::parse(self.text(column)) {
            Ok(code) => Some(code),
            Err(error) => {
                report.add(self.finding(Severity::Error, "not-an-area-code", Some(column), format!("{error}; the row was left out")));
                None
            }
        }
    }

    /// The code of an organisation in a cell; anything else becomes a finding.
    pub fn ods_code(&self, column: &Column, report: &mut Report) -> Option<OdsCode> {
        match OdsCode::parse(self.text(column)) {
            Ok(code) => Some(code),
            Err(error) => {
                report.add(self.finding(Severity::Error, "not-an-ods-code", Some(column), format!("{error}; the row was left out")));
                None
            }
        }
    }

    /// The number in a cell, or why there is none; anything unreadable becomes a finding and is not held.
    pub fn number(&self, column: &Column, report: &mut Report) -> Cell {
        let text = self.text(column);
        if let Some(status) = missing_mark(text) {
            return Cell::Missing(status);
        }
        number_from_text(text).map_or_else(
            || {
                let shown: String = text.chars().take(40).collect();
                report.add(self.finding(Severity::Error, "not-a-number", Some(column), format!("expected a number, found {shown:?}; taken as not held")));
                Cell::Missing(FigureStatus::NotHeld)
            },
            Cell::Number,
        )
    }
}

/// What a cell without a number means, by the marks that government statistics use; `None` if it is no such mark.
#[must_use]
pub fn missing_mark(text: &str) -> Option<FigureStatus> {
    match text.to_ascii_lowercase().as_str() {
        "" | "-" | ":" | ".." | "..." | "x" | "[x]" | "null" | "not held" | "not_held" => Some(FigureStatus::NotHeld),
        "*" | "c" | "[c]" | "suppressed" => Some(FigureStatus::Suppressed),
        "z" | "[z]" | "n/a" | "not applicable" | "not_applicable" => Some(FigureStatus::NotApplicable),
        _ => None,
    }
}

/// A finite number, with or without commas between thousands.
#[must_use]
pub fn number_from_text(text: &str) -> Option<f64> {
    let starts_well = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    if !starts_well || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if !text.contains(',') {
        return text.parse().ok().filter(|number: &f64| number.is_finite());
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next()?;
    let grouped = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3) && !fraction.contains(',');
    if grouped { text.replace(',', "").parse().ok().filter(|number: &f64| number.is_finite()) } else { None }
}

/// A number as a count, if it is whole and not negative.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked first")]
pub fn whole(number: f64) -> Option<u32> {
    ((0.0..=f64::from(u32::MAX)).contains(&number) && number.fract() == 0.0).then_some(number as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_spelling_that_publishers_use() {
        for (text, number) in
            [("0.010", 0.01), ("29199.00", 29199.0), ("1,296", 1296.0), ("-1,234,567.5", -1_234_567.5), (".5", 0.5), ("+2", 2.0), ("1e3", 1000.0)]
        {
            assert_eq!(number_from_text(text), Some(number), "{text}");
        }
        for text in ["", "inf", "NaN", "1,29", "12,3456", "1,296,", ",296", "1.2.3", "12 people", "-", "1.5,000"] {
            assert_eq!(number_from_text(text), None, "{text}");
        }
    }

    #[test]
    fn a_header_is_found_whatever_its_byte_order_mark_case_and_line_breaks() {
        let input = Input::from_bytes("twin.csv", "\u{feff}LSOA11CD,\"Number of\n households\"\nE01000001,\"1,200\"\n\n".as_bytes());
        let mut report = Report::default();
        let mut table = Table::open(&input).unwrap();
        let [code, households] = table.require([&["lsoa11cd"], &["number of households"]]).unwrap();
        let row = table.next_row(&mut report).unwrap().unwrap();
        assert_eq!(row.area_code(&code, &mut report).unwrap().to_string(), "E01000001");
        assert_eq!(row.number(&households, &mut report), Cell::Number(1200.0));
        assert_eq!(row.line(), 3);
        assert!(table.next_row(&mut report).unwrap().is_none());
        assert!(report.findings().is_empty());
    }

    #[test]
    fn other_bytes_than_utf_8_are_read_as_the_encoding_of_older_systems_and_said() {
        let input = Input::from_bytes("twin.csv", b"name,town\nCaf\xe9,\xc3\x89vry\n".as_slice());
        let mut report = Report::default();
        let mut table = Table::open(&input).unwrap();
        let [name, town] = table.require([&["name"], &["town"]]).unwrap();
        let row = table.next_row(&mut report).unwrap().unwrap();
        assert_eq!((row.text(&name), row.text(&town)), ("Café", "Évry"));
        assert_eq!(report.findings()[0].to_string(), "warning [not-utf-8] twin.csv:2: expected UTF-8, found other bytes; they were read as Windows-1252");
    }

    #[test]
    fn a_row_stands_in_the_line_that_an_editor_shows_whatever_ends_the_lines() {
        for (text, lines) in [("a,b\n1,2\n3,4\n", [2, 3]), ("a,b\r\n1,2\r\n3,4\r\n", [2, 3]), ("\u{feff}a,\"b\nc\"\r\n1,2\r\n3,4", [3, 4])] {
            let input = Input::from_bytes("twin.csv", text);
            let mut table = Table::open(&input).unwrap();
            let mut report = Report::default();
            let found = [0; 2].map(|_| table.next_row(&mut report).unwrap().unwrap().line());
            assert_eq!(found, lines, "{text:?}");
        }
        let input = Input::from_bytes("twin.csv", "1,2\r\n3,4\r\n");
        let mut table = Table::open_headless(&input, &["a", "b"]).unwrap();
        let found = [0; 2].map(|_| table.next_row(&mut Report::default()).unwrap().unwrap().line());
        assert_eq!(found, [1, 2]);
    }

    #[test]
    fn missing_columns_are_named_beside_those_that_are_there() {
        let input = Input::from_bytes("twin.csv", "a,b\n1,2\n");
        let error = Table::open(&input).unwrap().require([&["b"], &["c", "d"], &["e"]]).unwrap_err();
        assert_eq!(error.to_string(), r#"twin.csv: missing columns: "c or d", "e"; found: "a", "b""#);
    }

    #[test]
    fn empty_suppressed_and_unreadable_are_different_things() {
        let input = Input::from_bytes("twin.csv", "v\n..\n*\nz\nmany\n\"\"\n");
        let mut report = Report::default();
        let mut table = Table::open(&input).unwrap();
        let [v] = table.require([&["v"]]).unwrap();
        let mut cells = Vec::new();
        while let Some(row) = table.next_row(&mut report).unwrap() {
            cells.push(row.number(&v, &mut report));
        }
        let expected = [FigureStatus::NotHeld, FigureStatus::Suppressed, FigureStatus::NotApplicable, FigureStatus::NotHeld];
        assert_eq!(cells, expected.map(Cell::Missing));
        assert_eq!(report.findings().len(), 1);
        assert_eq!(report.findings()[0].to_string(), r#"error [not-a-number] twin.csv:5 "v": expected a number, found "many"; taken as not held"#);
    }
}
