//! Workbooks: a worksheet a table, numbers as numbers and codes as text, and a worksheet of sources and notes.

use std::collections::HashSet;

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, IgnoreError, Workbook, Worksheet, XlsxError};

use super::{Cell, ColumnKind, FigureTable, TableError, about, unique};
use crate::model::measure::FigureStatus;
use crate::representation::figure::Figure;

/// How wide the first column of a worksheet of words is: as wide as the longest name of a worksheet.
const FIRST_WIDTH: usize = 34;
/// The height of a line, points.
const LINE_HEIGHT: u32 = 15;
/// The height that no row may exceed, points.
const HIGHEST: u32 = 409;
/// The most letters of a cell.
const CELL_LETTERS: usize = 32_767;

/// The most letters of a worksheet's name, in the units that spreadsheets count: UTF-16.
const NAME_LETTERS: usize = 31;

/// The widest a column gets by itself, in letters.
const WIDEST: usize = 48;

const ABOUT: &str = "Sources and notes";

/// A figure of a workbook that holds several: what its worksheets are called and what it is.
#[derive(Debug, Clone, Copy)]
pub struct Numbered<'f, 's> {
    /// The start of the names of its worksheets: `3 deprivation`.
    pub name: &'f str,
    /// The figure.
    pub figure: &'f Figure<'s>,
}

/// The tables of a figure.
///
/// # Errors
/// When a table is larger than a worksheet can be.
pub fn xlsx(figure: &Figure<'_>) -> Result<Vec<u8>, TableError> {
    let mut book = Book::new(&figure.title);
    for table in &figure.tables {
        book.table(&table.name, table)?;
    }
    book.texts(ABOUT, &["Part", "Text"], about(figure).into_iter().map(|(part, text)| vec![part.to_owned(), text]))?;
    Ok(book.workbook.save_to_buffer()?)
}

/// The tables of several figures, after a worksheet of contents and before one of sources and notes.
///
/// # Errors
/// When a table is larger than a worksheet can be.
pub fn xlsx_of_many(title: &str, figures: &[Numbered<'_, '_>]) -> Result<Vec<u8>, TableError> {
    let mut book = Book::new(title);
    // The worksheet of contents names the others, whose names are only known once they are there.
    book.workbook.push_worksheet(Worksheet::new());
    book.taken.insert("contents".to_owned());
    let mut contents = Vec::new();
    for numbered in figures {
        for (position, table) in numbered.figure.tables.iter().enumerate() {
            let name = if position == 0 { numbered.name.to_owned() } else { format!("{} {}", numbered.name, table.name) };
            let name = book.table(&name, table)?;
            contents.push(vec![name, numbered.figure.title.clone(), table.title.clone(), table.rows.len().to_string(), numbered.figure.link.clone()]);
        }
    }
    let of_figure = |numbered: &Numbered<'_, '_>| {
        let name = numbered.name.to_owned();
        about(numbered.figure).into_iter().map(move |(part, text)| vec![name.clone(), part.to_owned(), text])
    };
    book.texts(ABOUT, &["Figure", "Part", "Text"], figures.iter().flat_map(of_figure))?;
    let first = book.workbook.worksheet_from_index(0)?;
    fill_texts(first, "Contents", &["Worksheet", "Figure", "Rows are", "Number of rows", "Link"], contents.into_iter(), &book.styles)?;
    Ok(book.workbook.save_to_buffer()?)
}

struct Book {
    workbook: Workbook,
    taken: HashSet<String>,
    styles: Styles,
}

struct Styles {
    head: Format,
    text: Format,
    code: Format,
    missing: Format,
    part: Format,
}

impl Styles {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Self {
            head: top().set_bold().set_text_wrap().set_background_color(Color::RGB(0x00E6_E6E6)),
            text: top(),
            code: top().set_num_format("@"),
            missing: top().set_italic().set_font_color(Color::RGB(0x0060_6060)).set_align(FormatAlign::Right),
            part: top().set_bold(),
        }
    }
}

impl Book {
    fn new(title: &str) -> Self {
        let mut workbook = Workbook::new();
        let no_day = ExcelDateTime::parse_from_str(super::NO_DAY.trim_end_matches(".000Z")).expect("a date that is written here");
        workbook.set_properties(&DocProperties::new().set_title(title.chars().take(255).collect::<String>()).set_creation_datetime(&no_day));
        // Names that spreadsheets keep to themselves, and that of the last worksheet.
        let taken = ["history".to_owned(), ABOUT.to_lowercase()].into_iter().collect();
        Self { workbook, taken, styles: Styles::new() }
    }

    /// Adds a worksheet of a table and returns its name.
    fn table(&mut self, name: &str, table: &FigureTable<'_>) -> Result<String, XlsxError> {
        let name = worksheet_name(&mut self.taken, name);
        let numbers: Vec<Format> = table.columns.iter().map(|column| number_format(column.kind)).collect();
        let sheet = self.workbook.add_worksheet().set_name(&name)?;
        let columns = u16::try_from(table.columns.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
        for (at, column) in (0..columns).zip(&table.columns) {
            sheet.write_string_with_format(0, at, fitting(&column.title), &self.styles.head)?;
        }
        for (row, cells) in (1_u32..).zip(&table.rows) {
            for (at, cell) in (0..columns).zip(cells) {
                let position = usize::from(at);
                match cell {
                    Cell::Number(number) if !number.is_finite() => continue,
                    Cell::Number(number) if matches!(table.columns[position].kind, ColumnKind::Number(_)) => {
                        sheet.write_number_with_format(row, at, *number, &numbers[position])?
                    }
                    Cell::Number(number) => sheet.write_string_with_format(row, at, number.to_string(), &self.styles.code)?,
                    Cell::Text(text) => {
                        let style = if table.columns[position].kind == ColumnKind::Code { &self.styles.code } else { &self.styles.text };
                        sheet.write_string_with_format(row, at, fitting(text), style)?
                    }
                    Cell::Missing(status) => sheet.write_string_with_format(row, at, words(*status), &self.styles.missing)?,
                    Cell::Empty => continue,
                };
            }
        }
        dress(sheet, table, columns)?;
        Ok(name)
    }

    /// Adds a worksheet of words.
    fn texts(&mut self, name: &str, heads: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<(), XlsxError> {
        fill_texts(self.workbook.add_worksheet(), name, heads, rows, &self.styles)
    }
}

/// Widths, a head that stays, a filter, and how it prints.
fn dress(sheet: &mut Worksheet, table: &FigureTable<'_>, columns: u16) -> Result<(), XlsxError> {
    let last_row = u32::try_from(table.rows.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
    let mut head_lines = 1;
    for (at, column) in (0..columns).zip(&table.columns) {
        let longest = table.rows.iter().filter_map(|row| row.get(usize::from(at))).map(|cell| letters(cell, column.kind)).max().unwrap_or(0);
        // A head may take lines; its longest word may not be parted.
        let word = column.title.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
        let wide = longest.max(word).max(column.title.chars().count().div_ceil(3)).clamp(8, WIDEST) + 2;
        sheet.set_column_width(at, u32::try_from(wide).unwrap_or(8))?;
        head_lines = head_lines.max(lines(&column.title, wide));
        if column.kind == ColumnKind::Code && last_row > 0 {
            sheet.ignore_error_range(1, at, last_row, at, IgnoreError::NumberStoredAsText)?;
        }
    }
    sheet.set_row_height(0, height_of(head_lines))?;
    sheet.set_freeze_panes(1, u16::from(columns > 1))?;
    if columns > 0 {
        sheet.autofilter(0, 0, last_row, columns - 1)?;
    }
    sheet.set_repeat_rows(0, 0)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Fills a worksheet with words, the last column wide and in lines. A text that no cell can hold goes on in the next row.
fn fill_texts(sheet: &mut Worksheet, name: &str, heads: &[&str], rows: impl Iterator<Item = Vec<String>>, styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    let wrapped = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    let width = |at: u16| if at == 0 { FIRST_WIDTH } else { [24, 110][usize::from(usize::from(at) + 1 == heads.len())] };
    for (at, head) in (0_u16..).zip(heads) {
        sheet.write_string_with_format(0, at, *head, &styles.head)?;
        sheet.set_column_width(at, u32::try_from(width(at)).unwrap_or(8))?;
    }
    let mut at_row = 1;
    for row in rows {
        let parts = row.iter().map(|text| pieces(text).len()).max().unwrap_or(1);
        for part in 0..parts {
            let mut high = 1;
            for (at, text) in (0_u16..).zip(&row) {
                if let Some(piece) = pieces(text).get(part) {
                    let style = if at == 0 { &styles.part } else { &wrapped };
                    sheet.write_string_with_format(at_row, at, *piece, style)?;
                    high = high.max(if at == 0 { 1 } else { lines(piece, width(at)) });
                }
            }
            sheet.set_row_height(at_row, height_of(high))?;
            at_row += 1;
        }
    }
    sheet.set_freeze_panes(1, 0)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// How many lines words take in a column so many letters wide. Not every program works that out when it opens a workbook.
fn lines(text: &str, width: usize) -> u32 {
    let (mut lines, mut used) = (1, 0);
    for word in text.split_whitespace().map(|word| word.chars().count()) {
        let with_space = if used == 0 { word } else { used + 1 + word };
        if with_space <= width {
            used = with_space;
        } else {
            // A word longer than the column is broken wherever it meets the edge.
            lines += u32::from(used > 0) + u32::try_from(word.saturating_sub(1) / width.max(1)).unwrap_or(u32::MAX / 4);
            used = word % width.max(1);
        }
    }
    lines
}

/// The height of a row of so many lines, points.
fn height_of(lines: u32) -> u32 {
    lines.saturating_mul(LINE_HEIGHT).min(HIGHEST)
}

/// How many letters a cell shows.
fn letters(cell: &Cell, kind: ColumnKind) -> usize {
    match (cell, kind) {
        (Cell::Number(number), ColumnKind::Number(decimals)) => crate::model::measure::number_text(*number, decimals).len(),
        (Cell::Number(number), _) => number.to_string().len(),
        (Cell::Text(text), _) => text.chars().count(),
        (Cell::Missing(status), _) => words(*status).len(),
        (Cell::Empty, _) => 0,
    }
}

fn number_format(kind: ColumnKind) -> Format {
    let decimals = if let ColumnKind::Number(decimals) = kind { usize::from(decimals) } else { 0 };
    let point = if decimals > 0 { "." } else { "" };
    Format::new().set_align(FormatAlign::Top).set_num_format(format!("#,##0{point}{}", "0".repeat(decimals)))
}

/// What stands in the place of a missing number.
fn words(status: FigureStatus) -> &'static str {
    match status {
        FigureStatus::Present => "present",
        FigureStatus::Suppressed => "suppressed",
        FigureStatus::NotHeld => "not held",
        FigureStatus::NotApplicable => "not applicable",
    }
}

/// A text as far as a cell can hold it.
fn fitting(text: &str) -> &str {
    pieces(text).first().copied().unwrap_or_default()
}

/// A text in pieces that cells can hold.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((end, _)) = rest.char_indices().nth(CELL_LETTERS) {
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// A name that a worksheet may have and no other has.
fn worksheet_name(taken: &mut HashSet<String>, wanted: &str) -> String {
    let safe: String = wanted.chars().map(|c| if c.is_control() || "[]:*?/\\'".contains(c) { '-' } else { c }).collect();
    let safe = if safe.trim().is_empty() { "Table" } else { safe.trim() };
    // Room is left for a number that tells it from another.
    let whole = shortened(safe, NAME_LETTERS);
    let free = !taken.contains(&whole.to_lowercase());
    unique(taken, if free { whole } else { shortened(safe, NAME_LETTERS - 4) })
}

fn shortened(text: &str, most: usize) -> &str {
    let ends = text.char_indices().scan(0, |units, (at, c)| {
        *units += c.len_utf16();
        Some((*units, at + c.len_utf8()))
    });
    text[..ends.take_while(|(units, _)| *units <= most).last().map_or(0, |(_, end)| end)].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_worksheets_are_safe_short_and_different() {
        let mut taken = HashSet::new();
        assert_eq!(worksheet_name(&mut taken, "travel: 'car' [minutes]/all"), "travel- -car- -minutes--all");
        let long = "Neighbourhoods of North West Leicestershire";
        assert_eq!(worksheet_name(&mut taken, long), "Neighbourhoods of North West Le");
        assert_eq!(worksheet_name(&mut taken, &long.to_uppercase()), "NEIGHBOURHOODS OF NORTH WES");
        assert_eq!(worksheet_name(&mut taken, long), "Neighbourhoods of North Wes_2", "letters large or small do not part names");
        assert_eq!(worksheet_name(&mut taken, "   "), "Table");
        assert!(worksheet_name(&mut taken, &"\u{1f600}".repeat(20)).encode_utf16().count() <= 31);
    }

    #[test]
    fn a_row_is_as_high_as_its_words_need() {
        assert_eq!(["", "one", "one two", "one two three", "incomprehensibilities"].map(|text| lines(text, 8)), [1, 1, 1, 2, 3]);
        assert_eq!(lines("a incomprehensibilities", 8), 4);
        assert_eq!([height_of(1), height_of(2), height_of(1000)], [15, 30, 409]);
    }
}
