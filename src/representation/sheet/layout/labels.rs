//! Names on the map: the more important first, each at the best of several places, none over another and none cut.

use super::page::{GREY, INK, Room, Type, circle, filled, solid};
use super::project::Projection;
use super::symbols::{self, SymbolScale};
use super::text::Style;
use crate::representation::figure::{LabelKind, MapLabel, MapPoint, Symbol};
use crate::representation::sheet::{Align, Mark, Text, Weight, font};

/// The names of a map that find a place: first the dots of towns, which lie below symbols, then the words, which lie above.
pub(super) fn marks(labels: &[MapLabel], points: &[&MapPoint], projection: &Projection, sizes: &Type, scale: SymbolScale) -> (Vec<Mark>, Vec<Mark>) {
    let room = projection.room;
    let mut taken = Taken { room: room.within(1.5), hard: Vec::new(), soft: Vec::new(), dots: Vec::new(), words: Vec::new() };
    for point in points {
        let (x, y) = projection.at(point.point.0.0);
        let half = symbols::reach(&point.symbol, scale);
        let around = Room { x: x - half, y: y - half, width: 2.0 * half, height: 2.0 * half };
        // A name may lie over one of many small circles, never over what the map is about.
        if is_chief(point) { taken.hard.push(around) } else { taken.soft.push(around) }
    }
    let named = |chief: bool| points.iter().rev().filter(move |point| is_chief(point) == chief);
    let mut left = most_names(room, sizes);
    for point in named(true) {
        if left > 0 || point.symbol != Symbol::Hospital {
            left = left.saturating_sub(usize::from(beside(point, projection, sizes, scale, &mut taken)));
        }
    }
    for label in labels {
        if left > 0 || label.kind == LabelKind::District {
            let found = place(label, projection, sizes, &mut taken);
            left = left.saturating_sub(usize::from(found && matches!(label.kind, LabelKind::Town | LabelKind::Village)));
        }
    }
    for point in named(false) {
        if left > 0 {
            left = left.saturating_sub(usize::from(beside(point, projection, sizes, scale, &mut taken)));
        }
    }
    (taken.dots, taken.words)
}

/// How many names of places a map bears before they hide what it shows.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of the paper")]
fn most_names(room: Room, sizes: &Type) -> usize {
    (room.width * room.height / (sizes.label * sizes.label * 80.0)) as usize
}

fn is_chief(point: &MapPoint) -> bool {
    matches!(point.symbol, Symbol::Hospital | Symbol::Mark(_) | Symbol::Practice { chosen: true, .. })
}

/// What is taken of the map, and what has been written.
struct Taken {
    room: Room,
    hard: Vec<Room>,
    soft: Vec<Room>,
    dots: Vec<Mark>,
    words: Vec<Mark>,
}

impl Taken {
    /// The candidate with least cost that is free, if one is.
    fn best(&self, candidates: impl Iterator<Item = (Room, f64)>) -> Option<Room> {
        let free = candidates.filter(|(at, _)| self.room.holds(at) && self.hard.iter().all(|taken| taken.shared(at) <= 0.0));
        let cost = |(at, own): (Room, f64)| (self.soft.iter().map(|taken| taken.shared(&at)).sum::<f64>() / (at.width * at.height) * 4.0 + own, at);
        free.map(cost).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, at)| at)
    }
}

/// Lines of a label, how large they are, and where the first baseline lies below the top.
struct Lettering {
    lines: Vec<String>,
    style: Style,
    spacing: f64,
    halo: f64,
}

impl Lettering {
    fn leading(&self) -> f64 {
        self.style.size * 1.14
    }

    fn size(&self) -> (f64, f64) {
        let width = self.lines.iter().map(|line| font::width(line, self.style.weight, self.style.size, self.spacing)).fold(0.0, f64::max);
        let lines = f64::from(u16::try_from(self.lines.len()).unwrap_or(u16::MAX));
        (width + 2.0, self.leading() * (lines - 1.0) + self.style.size * 1.06)
    }

    fn write(&self, at: Room, marks: &mut Vec<Mark>) {
        let Style { size, weight, colour } = self.style;
        for (number, line) in (0_u16..).zip(&self.lines) {
            let y = at.y + size * 0.82 + self.leading() * f64::from(number);
            marks.push(Mark::Text(Text {
                words: line.clone(),
                x: at.x + at.width / 2.0,
                y,
                size,
                weight,
                align: Align::Middle,
                colour,
                halo: self.halo,
                spacing: self.spacing,
            }));
        }
    }
}

fn lettering(label: &MapLabel, sizes: &Type) -> Lettering {
    let size = sizes.label;
    let halo = size * 0.16;
    let one = |style: Style| Lettering { lines: vec![label.text.clone()], style, spacing: 0.0, halo };
    match label.kind {
        LabelKind::District => {
            let style = Style { size: size * 0.92, weight: Weight::Bold, colour: GREY };
            Lettering { lines: halves(&label.text.to_uppercase()), style, spacing: size * 0.13, halo }
        }
        LabelKind::Town => one(Style { size: size * 1.08, weight: Weight::Bold, colour: INK }),
        LabelKind::Village => one(Style { size: size * 0.94, weight: Weight::Regular, colour: INK }),
        LabelKind::Neighbour => Lettering { lines: halves(&label.text), ..one(Style { size: size * 0.94, weight: Weight::Italic, colour: GREY }) },
    }
}

/// A long name in two lines of nearly one length.
fn halves(name: &str) -> Vec<String> {
    if name.chars().count() < 13 {
        return vec![name.to_owned()];
    }
    let spaces = name.char_indices().filter(|(_, letter)| *letter == ' ').map(|(place, _)| place);
    let best = spaces.min_by_key(|place| place.abs_diff(name.len() / 2));
    best.map_or_else(|| vec![name.to_owned()], |place| vec![name[..place].to_owned(), name[place + 1..].to_owned()])
}

/// Writes a name if there is room for it; says whether there was.
fn place(label: &MapLabel, projection: &Projection, sizes: &Type, taken: &mut Taken) -> bool {
    let (x, y) = projection.at(label.point.0.0);
    if !projection.room.holds(&Room { x, y, width: 0.0, height: 0.0 }) {
        return false;
    }
    let lettering = lettering(label, sizes);
    let (width, height) = lettering.size();
    let centred = |dx: f64, dy: f64| Room { x: x - width / 2.0 + dx, y: y - height / 2.0 + dy, width, height };
    let dotted = matches!(label.kind, LabelKind::Town | LabelKind::Village);
    let dot = sizes.label * 0.17;
    let found = if dotted {
        taken.best(around(x, y, width, height, dot + sizes.label * 0.18))
    } else {
        // The name of an area may stand a little beside its middle, not in the area next to it.
        let steps = [0.0, -1.0, 1.0, -2.0, 2.0];
        let (across, down) = (width * 0.16, height * 0.45);
        let all = steps.into_iter().flat_map(|down| steps.into_iter().map(move |across| (across, down)));
        taken.best(all.map(|(i, j)| (centred(i * across, j * down), (i * i + j * j) * 0.12)))
    };
    let Some(at) = found else { return false };
    if dotted {
        let mark = Room { x: x - dot, y: y - dot, width: 2.0 * dot, height: 2.0 * dot };
        // Under another name's letters a dot would look like a stop.
        if taken.hard.iter().any(|other| other.shared(&mark) > 0.0) {
            return false;
        }
        taken.dots.push(filled(circle(x, y, dot * 1.7), solid(super::page::WHITE)));
        taken.dots.push(filled(circle(x, y, dot), solid(INK)));
        taken.hard.push(mark);
    }
    lettering.write(at, &mut taken.words);
    // Air around a name, so that it is read as one.
    taken.hard.push(at.within(-sizes.label * 0.3));
    true
}

/// Places around a point, the usual order of maps: right, left, above, below, then the corners.
fn around(x: f64, y: f64, width: f64, height: f64, gap: f64) -> impl Iterator<Item = (Room, f64)> {
    let near = gap * 0.75;
    let at = move |left: f64, top: f64, cost: f64| (Room { x: left, y: top, width, height }, cost);
    [
        at(x + gap, y - height / 2.0, 0.0),
        at(x - gap - width, y - height / 2.0, 0.15),
        at(x - width / 2.0, y - gap - height, 0.1),
        at(x - width / 2.0, y + gap, 0.2),
        at(x + near, y - near - height, 0.3),
        at(x - near - width, y - near - height, 0.35),
        at(x + near, y + near, 0.4),
        at(x - near - width, y + near, 0.45),
    ]
    .into_iter()
}

/// Writes the name beside a symbol if there is room for it; says whether there was.
fn beside(point: &MapPoint, projection: &Projection, sizes: &Type, scale: SymbolScale, taken: &mut Taken) -> bool {
    let Some(name) = point.name.as_deref().filter(|name| !name.is_empty()) else { return false };
    let (x, y) = projection.at(point.point.0.0);
    if !projection.room.holds(&Room { x, y, width: 0.0, height: 0.0 }) {
        return false;
    }
    let asked = is_chief(point) && point.symbol != Symbol::Hospital;
    let weight = if asked { Weight::Bold } else { Weight::Regular };
    let size = sizes.label * if asked { 1.0 } else { 0.92 };
    let lettering = Lettering { lines: halves(name), style: Style { size, weight, colour: INK }, spacing: 0.0, halo: sizes.label * 0.16 };
    let (width, height) = lettering.size();
    let gap = symbols::reach(&point.symbol, scale) + 1.0;
    let Some(at) = taken.best(around(x, y, width, height, gap)) else { return false };
    lettering.write(at, &mut taken.words);
    taken.hard.push(at);
    true
}
