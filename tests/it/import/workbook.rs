//! Made-up Excel workbooks: just enough of the format that a reader takes them for one.

use std::fmt::Write as _;

/// A workbook with one sheet; every cell is an inline text.
pub fn workbook(sheet: &str, rows: &[&[&str]]) -> Vec<u8> {
    let mut cells = String::new();
    for (number, row) in (1..).zip(rows) {
        let _ = write!(cells, "<row r=\"{number}\">");
        for (column, text) in ('A'..).zip(*row) {
            let _ = write!(cells, "<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        }
        cells.push_str("</row>");
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    stored(&[
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{relations}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!("<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"{sheet}\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{relations}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{cells}</sheetData></worksheet>")),
    ])
}

/// A zip archive whose files are not compressed.
fn stored(files: &[(&str, String)]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let at = u32::try_from(archive.len()).unwrap();
        let size = u32::try_from(text.len()).unwrap().to_le_bytes();
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let head: Vec<u8> = [
            // Version, flags, method, time, date.
            &[20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0][..],
            &crc32fast::hash(text.as_bytes()).to_le_bytes(),
            &size,
            &size,
            &length,
            &[0, 0],
        ]
        .concat();
        archive.extend([&b"PK\x03\x04"[..], &head, name.as_bytes(), text.as_bytes()].concat());
        directory.extend([&b"PK\x01\x02\x14\x00"[..], &head, &[0; 10], &at.to_le_bytes(), name.as_bytes()].concat());
    }
    let (at, size, number) = (u32::try_from(archive.len()).unwrap(), u32::try_from(directory.len()).unwrap(), u16::try_from(files.len()).unwrap());
    let end = [&b"PK\x05\x06\0\0\0\0"[..], &number.to_le_bytes(), &number.to_le_bytes(), &size.to_le_bytes(), &at.to_le_bytes(), &[0, 0]].concat();
    [archive, directory, end].concat()
}
