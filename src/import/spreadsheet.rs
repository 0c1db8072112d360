//! A sheet of an Excel workbook as a table: the same rows and cells that a CSV file would have, so that one way of reading serves both.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};

use super::error::ImportError;
use super::input::Input;

/// The first sheet whose name one of `names` is, in either case; its lines are the rows of the sheet.
///
/// # Errors
/// When the file is no workbook or lacks such a sheet; the error names the sheets that are there.
pub fn sheet(input: &Input, names: &[&str]) -> Result<Input, ImportError> {
    let wrong = |expected: String, found: String| ImportError::WrongFormat { file: input.name().into(), expected, found };
    let no_workbook = |cause: calamine::XlsxError| wrong("an Excel workbook".into(), cause.to_string());
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(input.bytes())).map_err(no_workbook)?;
    let there = workbook.sheet_names();
    let Some(name) = there.iter().find(|there| names.iter().any(|name| there.trim().eq_ignore_ascii_case(name))) else {
        return Err(wrong(format!("a sheet {}", names.join(" or ")), there.join(", ")));
    };
    let range = workbook.worksheet_range(name).map_err(no_workbook)?;
    let mut text = String::new();
    // Line breaks in cells would shift the lines, and empty rows above the first must count.
    (0..range.start().map_or(0, |(row, _)| row)).for_each(|_| text.push('\n'));
    for row in range.rows() {
        for (place, cell) in row.iter().enumerate() {
            if place > 0 {
                text.push(',');
            }
            text.push('"');
            text.push_str(&cell_text(cell).replace('"', "\"\""));
            text.push('"');
        }
        text.push('\n');
    }
    Ok(Input::from_bytes(&format!("{}, sheet {name}", input.name()), text))
}

/// What a cell says, on one line; a number without a fraction has no point.
fn cell_text(cell: &Data) -> String {
    cell.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}
