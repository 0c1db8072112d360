//! Laws of every page: nothing is lost, nothing lies over anything, nothing runs off the paper.

use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon, Rect};

use super::page::{Room, Type};
use super::{ContentsEntry, contents, pages};
use crate::model::crs::Bng;
use crate::model::measure::FigureStatus;
use crate::model::style::Colour;
use crate::representation::figure::{
    Border, BorderKind, Chart, ChartForm, ChartSeries, Figure, FigureMap, Fill, Flow, KeyBlock, KeyFigure, KeyRow, LabelKind, MapArea, MapLabel, MapPoint,
    Outline, OutlineShape, Pattern, ProfilePart, Swatch, Symbol,
};
use crate::representation::sheet::{Align, Mark, Scene, SheetSize, Shown, Text, font};

const SIDE: f64 = 1000.0;

fn square(x: f64, y: f64, side: f64) -> Bng<MultiPolygon<f64>> {
    let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)];
    let ring = LineString(corners.iter().map(|(dx, dy)| Coord { x: x + dx, y: y + dy }).collect());
    Bng(MultiPolygon(vec![Polygon::new(ring, Vec::new())]))
}

/// A made-up county of squares, so many to a side.
fn squares(count: u32) -> Vec<Bng<MultiPolygon<f64>>> {
    let at = |number: u32| 400_000.0 + SIDE * f64::from(number);
    (0..count).flat_map(|x| (0..count).map(move |y| square(at(x), at(y), SIDE))).collect()
}

fn fill(number: usize) -> Fill {
    let patterns = [
        Pattern::Plain,
        Pattern::Missing(FigureStatus::Suppressed),
        Pattern::Missing(FigureStatus::NotHeld),
        Pattern::Missing(FigureStatus::NotApplicable),
        Pattern::Estimated,
        Pattern::Striped,
    ];
    let shade = u8::try_from(40 * (number % 6)).unwrap();
    Fill { colour: Colour(shade, shade, 200), pattern: patterns[number % patterns.len()] }
}

fn sentence(about: &str, number: usize, words: usize) -> String {
    format!("{about} {number} {}.", vec!["says what it has to say"; words].join(" and "))
}

/// Little of everything, or very much.
fn figure(shapes: &[Bng<MultiPolygon<f64>>], much: usize) -> Figure<'_> {
    let rows = |swatch: &dyn Fn(usize) -> Swatch| {
        let row = |number: usize| KeyRow {
            swatch: swatch(number),
            name: number.is_multiple_of(2).then(|| format!("Class {number} of a name that is not short")),
            label: format!("{number}.25 to {number}.75"),
            values: vec![(number * 17).to_string(), format!("{number}23,456")],
        };
        (0..6 * much).map(row).collect::<Vec<_>>()
    };
    let place = |number: usize| {
        let number = u32::try_from(number).unwrap();
        Bng(Point::new(400_000.0 + f64::from(number * 37 % 100) * 100.0, 400_000.0 + f64::from(number * 61 % 97) * 100.0))
    };
    let chart = |form: ChartForm| Chart {
        title: "Ages of those who live here".to_owned(),
        sentence: "In this place 17.2 of 100 people are younger than 15; in the county 18.0.".to_owned(),
        unit: "per cent".to_owned(),
        series: (0..3)
            .map(|series| ChartSeries {
                name: format!("Series {series} of a long name"),
                values: (0..if much > 1 { 20_i32 } else { 4 }).map(|value| (value + series < 6).then(|| 0.1 * (f64::from(value) + 1.0))).collect(),
                colours: vec![Colour(90, 60, 160), Colour(160, 140, 200), Colour(210, 200, 230), Colour(240, 235, 245)],
            })
            .collect(),
        categories: (0..if much > 1 { 20 } else { 4 }).map(|number| format!("{number}5 to {number}9 and so on")).collect(),
        form,
    };
    let cards = |number: usize| KeyFigure {
        value: format!("{number}6,105"),
        label: "registered patients, 1 July 2022".to_owned(),
        beside: "Leicestershire: 19.2 %".to_owned(),
    };
    let comparison = ProfilePart::Comparison {
        title: "Beside larger areas".to_owned(),
        columns: ["Measure", "This place", "North West Leicestershire", "England"].map(str::to_owned).to_vec(),
        rows: (0..5 * much)
            .map(|row| vec![format!("Measure number {row} with a long name"), "12.5".to_owned(), "1,234".to_owned(), "not held".to_owned()])
            .collect(),
        sentence: "It is higher here.".to_owned(),
    };
    let symbols = |number: usize| match number % 3 {
        0 => Symbol::Practice { list_size: 8000.0, chosen: number == 0 },
        1 => Symbol::Hospital,
        _ => Symbol::Mark("7".to_owned()),
    };
    Figure {
        title: if much > 1 { "A title as long as somebody may type ".repeat(8) } else { "Deprivation in a county".to_owned() },
        subtitle: "Score; neighbourhoods of about 1,500 people each".to_owned(),
        caption: sentence("Caption", 1, 4 * much),
        alternative: "Map of a county: high in the west.".to_owned(),
        citation: String::new(),
        map: FigureMap {
            frame: None,
            neighbours: Vec::new(),
            areas: shapes.iter().enumerate().map(|(number, shape)| MapArea { shape, fill: fill(number) }).collect(),
            borders: shapes.iter().take(5).map(|shape| Border { shape, kind: BorderKind::District }).collect(),
            outlines: vec![Outline {
                shape: OutlineShape::Around(shapes.iter().take(20).collect()),
                line: Colour(0, 0, 0),
                fill: Some(Colour(9, 9, 9)),
                dashed: true,
            }],
            flows: (0..20).map(|number| Flow { from: place(number), to: place(number * 3), weight: 0.5 }).collect(),
            points: (0..15 * much)
                .map(|number| MapPoint { point: place(number), symbol: symbols(number), name: Some(format!("Place {number}")), approximate: number % 4 == 0 })
                .collect(),
            labels: (0..60 * much)
                .map(|number| {
                    let kinds = [LabelKind::District, LabelKind::Town, LabelKind::Village, LabelKind::Neighbour];
                    MapLabel { text: format!("Market Town {number}"), point: place(number * 7 + 3), kind: kinds[number % 4] }
                })
                .collect(),
            inset: shapes.iter().collect(),
        },
        key: vec![
            KeyBlock {
                title: "Multiple deprivation 2019".to_owned(),
                columns: vec!["Areas".to_owned(), "People".to_owned()],
                rows: rows(&|number| Swatch::Fill(fill(number))),
                note: "Fifths of all areas".to_owned(),
            },
            KeyBlock { title: "Places".to_owned(), columns: Vec::new(), rows: rows(&|number| Swatch::Symbol(symbols(number))), note: String::new() },
        ],
        direction: "A higher score means more deprived; darker areas are more deprived.".to_owned(),
        profile: vec![
            ProfilePart::KeyFigures((0..4 * much).map(cards).collect()),
            ProfilePart::Chart(chart(ChartForm::Bars)),
            ProfilePart::Chart(chart(ChartForm::Parted)),
            comparison,
        ],
        notes: (0..3 * much * much).map(|number| sentence("Note", number, 1 + number % 5)).collect(),
        sources: (0..3 * much * much).map(|number| sentence("Publisher: source", number, 2)).collect(),
        attributions: (0..much).map(|number| sentence("Licence", number, 2)).collect(),
        edition: "County 2022".to_owned(),
        link: format!("https://needsmap.example.org/?{}", "within=E07000134&".repeat(much)),
        tables: Vec::new(),
    }
}

fn texts(page: &Scene) -> Vec<&Text> {
    page.groups.iter().flat_map(|group| &group.marks).filter_map(|mark| if let Mark::Text(text) = mark { Some(text) } else { None }).collect()
}

/// The room that the letters of a line take.
fn room_of(text: &Text) -> Room {
    let width = font::width(&text.words, text.weight, text.size, text.spacing);
    let x = match text.align {
        Align::Start => text.x,
        Align::Middle => text.x - width / 2.0,
        Align::End => text.x - width,
    };
    Room { x, y: text.y - 0.72 * text.size, width, height: 0.9 * text.size }
}

fn check(page: &Scene, size: SheetSize, what: &str) {
    let margin = Type::on(size).margin - 0.2;
    let inner = Room { x: 0.0, y: 0.0, width: page.width, height: page.height }.within(margin);
    let texts: Vec<(&Text, Room)> = texts(page).into_iter().map(|text| (text, room_of(text))).collect();
    assert!(!texts.is_empty());
    for (place, (text, room)) in texts.iter().enumerate() {
        // The lower margin holds the number of the page, and nothing else.
        let numbered = text.words.starts_with("Page ") || text.y > inner.bottom() + margin * 0.4;
        let paper = if numbered { Room { height: inner.height + margin * 0.8, ..inner } } else { inner };
        assert!(paper.holds(room), "{what}: {:?} runs off the paper at {room:?} of {paper:?}", text.words);
        for (other, taken) in &texts[..place] {
            // Places that lie beside each other have symbols that do; names give way, symbols do not.
            let symbols = text.words == "7" && other.words == "7";
            assert!(symbols || taken.shared(room) < 0.3, "{what}: {:?} {room:?} lies over {:?} {taken:?}", text.words, other.words);
        }
    }
}

fn shown_ways() -> [Shown; 3] {
    let all = Shown::default();
    [all, Shown { title: false, labels: false, inset: false, neighbours: false, points: false, caption: false }, Shown { inset: false, caption: false, ..all }]
}

#[test]
fn no_text_runs_off_the_paper_or_lies_over_another_on_any_size() {
    let shapes = squares(10);
    for much in [1, 2, 3] {
        let figure = figure(&shapes, much);
        for size in SheetSize::ALL {
            for (way, shown) in shown_ways().iter().enumerate() {
                let pages = pages(&figure, size, shown).unwrap();
                for (number, page) in pages.iter().enumerate() {
                    check(page, size, &format!("{} much {much} way {way} page {}", size.id(), number + 1));
                }
            }
        }
    }
}

#[test]
fn nothing_that_was_said_is_lost_however_much_it_is() {
    let shapes = squares(10);
    for much in [1, 3] {
        let figure = figure(&shapes, much);
        for size in SheetSize::ALL {
            let pages = pages(&figure, size, &Shown::default()).unwrap();
            let all: String = pages.iter().flat_map(texts).map(|text| text.words.clone()).collect::<String>().replace(' ', "");
            let sheet = !matches!(size, SheetSize::Slide | SheetSize::Figure);
            let mut wanted: Vec<&String> = vec![&figure.title, &figure.subtitle, &figure.edition, &figure.link, &figure.direction];
            wanted.extend(&figure.attributions);
            wanted.extend(figure.key.iter().flat_map(|block| block.rows.iter().map(|row| &row.label).chain([&block.title])));
            if sheet {
                wanted.extend(figure.notes.iter().chain(&figure.sources).chain([&figure.caption]));
            }
            for words in wanted {
                assert!(all.contains(&words.replace(' ', "")), "{} much {much}: {words:?} is lost", size.id());
            }
        }
    }
}

#[test]
fn type_can_be_read_on_paper_and_on_a_wall() {
    let shapes = squares(10);
    let figure = figure(&shapes, 3);
    for size in SheetSize::ALL {
        let least = if size == SheetSize::Slide { 11.0 } else { 7.0 };
        for page in pages(&figure, size, &Shown::default()).unwrap() {
            // The one letter in a symbol is as large as the symbol.
            for text in texts(&page).into_iter().filter(|text| text.words != "7") {
                assert!(text.size >= least - 1e-9, "{} of {} points on {}", text.words, text.size, size.id());
            }
        }
    }
}

#[test]
fn areas_of_one_fill_are_one_path_and_a_figure_without_anything_is_still_a_page() {
    let shapes = squares(10);
    let figure = figure(&shapes, 1);
    let page = &pages(&figure, SheetSize::A4Landscape, &Shown::default()).unwrap()[0];
    let map = page.groups.iter().find(|group| group.clip.is_some()).unwrap();
    let paths = map.marks.iter().filter(|mark| matches!(mark, Mark::Path { fill: Some(_), .. })).count();
    assert!(paths < 100, "{paths}");
    let empty =
        Figure { map: FigureMap::default(), key: Vec::new(), profile: Vec::new(), notes: Vec::new(), sources: Vec::new(), attributions: Vec::new(), ..figure };
    for size in SheetSize::ALL {
        check(&pages(&empty, size, &Shown::default()).unwrap()[0], size, "empty");
    }
}

#[test]
fn a_place_far_away_does_not_shrink_a_map_with_a_frame() {
    let shapes = squares(2);
    let mut figure = figure(&shapes, 1);
    figure.map.frame = Some(Bng(Rect::new(Coord { x: 400_000.0, y: 400_000.0 }, Coord { x: 401_000.0, y: 401_000.0 })));
    let pages = pages(&figure, SheetSize::A4Portrait, &Shown::default()).unwrap();
    let words: Vec<&str> = texts(&pages[0]).iter().map(|text| text.words.as_str()).collect();
    assert!(words.iter().any(|words| ["200 m", "500 m"].contains(words)) && words.iter().any(|words| words.ends_with(" miles")), "{words:?}");
}

#[test]
fn the_contents_of_an_atlas_name_every_figure_on_every_size() {
    let entry =
        |number: usize| ContentsEntry { number: number.to_string(), title: sentence("Figure", number, 3), caption: sentence("It", number, 5), page: number };
    let entries: Vec<ContentsEntry> = (1..60).map(entry).collect();
    for size in SheetSize::ALL {
        let pages = contents("Maps of the county", &sentence("These", 1, 9), &entries, size).unwrap();
        let all: String = pages.iter().flat_map(texts).map(|text| text.words.clone()).collect::<String>().replace(' ', "");
        for (number, page) in pages.iter().enumerate() {
            check(page, size, &format!("contents {} page {}", size.id(), number + 1));
        }
        assert!(entries.iter().all(|entry| all.contains(&entry.title.replace(' ', "")) && all.contains(&entry.caption.replace(' ', ""))));
    }
}

#[test]
fn the_same_figure_gives_the_same_pages() {
    let shapes = squares(10);
    let figure = figure(&shapes, 2);
    for size in SheetSize::ALL {
        assert_eq!(pages(&figure, size, &Shown::default()).unwrap(), pages(&figure, size, &Shown::default()).unwrap());
    }
}
