//! Colour schemes and class methods: one place decides, so that screen, table and sheet cannot disagree.

use colorous::Gradient;

/// A colour as red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// `#rrggbb`.
    #[must_use]
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Relative luminance by WCAG 2.2, 0 black to 1 white: what a grey print keeps of a colour.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

/// The colour of areas without a number; the map lays a pattern over it.
pub const MISSING_COLOUR: Colour = Colour(0xe4, 0xe6, 0xe8);

/// ColorBrewer's green to blue, dark to light: another hue than deprivation's purples, so that nobody takes a catchment for it.
pub const CATCHMENT_COLOURS: [Colour; 5] =
    [Colour(0x08, 0x68, 0xac), Colour(0x43, 0xa2, 0xca), Colour(0x7b, 0xcc, 0xc4), Colour(0xba, 0xe4, 0xbc), Colour(0xf0, 0xf9, 0xe8)];

/// Twelve light colours of sites that stay apart for most colour-blind readers (nine are Paul Tol's); letters carry the meaning.
pub const SITE_COLOURS: [Colour; 12] = [
    Colour(0x77, 0xaa, 0xdd),
    Colour(0xee, 0x88, 0x66),
    Colour(0xee, 0xdd, 0x88),
    Colour(0x44, 0xbb, 0x99),
    Colour(0xff, 0xaa, 0xbb),
    Colour(0x99, 0xdd, 0xff),
    Colour(0xbb, 0xcc, 0x33),
    Colour(0xc7, 0xa9, 0xe0),
    Colour(0xaa, 0xaa, 0x00),
    Colour(0xdd, 0xdd, 0xdd),
    Colour(0xc7, 0x9f, 0x76),
    Colour(0x8f, 0xd6, 0xc1),
];

/// The colour of text, outlines and marks.
pub const INK: Colour = Colour(0x1d, 0x2a, 0x35);

/// A sequential scheme of ColorBrewer: one direction, safe for colour-blind readers, ordered by lightness so that it prints in grey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Deprivation, as readers of health plans know it.
    Purples,
    /// Counts of people.
    Blues,
    /// Health.
    Greens,
    /// Housing and fuel.
    Oranges,
    /// Several hues for many classes.
    YellowGreenBlue,
    /// Grey, for black and white papers.
    Greys,
}

impl Scheme {
    /// Every scheme.
    pub const ALL: [Self; 6] = [Self::Purples, Self::Blues, Self::Greens, Self::Oranges, Self::YellowGreenBlue, Self::Greys];

    /// The word in links.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Purples => "purples",
            Self::Blues => "blues",
            Self::Greens => "greens",
            Self::Oranges => "oranges",
            Self::YellowGreenBlue => "yellow-green-blue",
            Self::Greys => "greys",
        }
    }

    /// Finds the scheme with this id.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.id() == id)
    }

    const fn gradient(self) -> Gradient {
        match self {
            Self::Purples => colorous::PURPLES,
            Self::Blues => colorous::BLUES,
            Self::Greens => colorous::GREENS,
            Self::Oranges => colorous::ORANGES,
            Self::YellowGreenBlue => colorous::YELLOW_GREEN_BLUE,
            Self::Greys => colorous::GREYS,
        }
    }

    /// `classes` colours, lightest first, none so pale that it could be taken for the ground of the map.
    #[must_use]
    pub fn colours(self, classes: usize) -> Vec<Colour> {
        let gradient = self.gradient();
        let steps = classes.max(2) - 1;
        (0..classes)
            .map(|class| {
                #[expect(clippy::cast_precision_loss, reason = "at most ten classes")]
                let along = 0.12 + 0.86 * class as f64 / steps as f64;
                let c = gradient.eval_continuous(along);
                Colour(c.r, c.g, c.b)
            })
            .collect()
    }
}

/// How values become classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClassMethod {
    /// Fifths of all areas of the country.
    NationalQuintiles,
    /// Tenths of all areas of the country.
    NationalDeciles,
    /// Equal numbers of the areas shown.
    Quantiles,
    /// Steps of equal width.
    EqualIntervals,
    /// The split with the least variance inside classes (Jenks; exact one-dimensional k-means).
    NaturalBreaks,
    /// Edges typed by a person.
    GivenBreaks,
}

impl ClassMethod {
    /// Every method, in the order of the choice on the page.
    pub const ALL: [Self; 6] = [Self::NationalQuintiles, Self::NationalDeciles, Self::Quantiles, Self::EqualIntervals, Self::NaturalBreaks, Self::GivenBreaks];

    /// The word in links.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::NationalQuintiles => "national-quintiles",
            Self::NationalDeciles => "national-deciles",
            Self::Quantiles => "quantiles",
            Self::EqualIntervals => "equal-intervals",
            Self::NaturalBreaks => "natural-breaks",
            Self::GivenBreaks => "given-breaks",
        }
    }

    /// Finds the method with this id.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.id() == id)
    }

    /// What people read in the choice.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NationalQuintiles => "National quintiles (fifths of England)",
            Self::NationalDeciles => "National deciles (tenths of England)",
            Self::Quantiles => "Quantiles (equal numbers of areas)",
            Self::EqualIntervals => "Equal intervals",
            Self::NaturalBreaks => "Natural breaks",
            Self::GivenBreaks => "Typed breaks",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scheme_darkens_from_class_to_class_so_that_it_prints_in_grey() {
        for scheme in Scheme::ALL {
            for classes in 2..=10 {
                let colours = scheme.colours(classes);
                assert_eq!(colours.len(), classes);
                for pair in colours.windows(2) {
                    assert!(pair[0].luminance() > pair[1].luminance(), "{} with {classes} classes", scheme.id());
                }
            }
        }
    }
}
