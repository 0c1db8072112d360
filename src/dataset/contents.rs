//! Between the model's nouns and the members of the manifest, in both directions.

use super::manifest::{
    BreaksEntry, ClassEntry, ColumnsEntry, DefaultViewEntry, EditionEntry, FieldEntry, KeyEntry, MeasureEntry, RegisterEntry, RequirementEntry,
    RequirementsEntry, SeriesEntry, SourceEntry, SourceFileEntry, Word,
};
use crate::model::edition::{DefaultView, Edition};
use crate::model::housing::HousingRequirement;
use crate::model::measure::{Field, Measure, NationalBreaks, NationalClass, Series};
use crate::model::provenance::{Source, SourceFile, Sourced};
use crate::model::registered_patients::RegisteredPatients;

impl EditionEntry {
    /// The edition's own words.
    pub fn of(edition: &Edition) -> Self {
        let DefaultView { measure, field, area_type } = &edition.default_view;
        Self {
            id: edition.id.clone(),
            title: edition.title.clone(),
            description: edition.description.clone(),
            default_view: DefaultViewEntry { measure: measure.clone(), field: field.clone(), area_type: Word(*area_type) },
        }
    }
}

impl From<DefaultViewEntry> for DefaultView {
    fn from(entry: DefaultViewEntry) -> Self {
        Self { measure: entry.measure, field: entry.field, area_type: entry.area_type.0 }
    }
}

impl SourceEntry {
    /// The entry of a publication.
    pub fn of(source: &Source) -> Self {
        let Source { id, publisher, title, edition, licence, licence_url, attribution, url, files } = source.clone();
        let files = files.into_iter().map(|SourceFile { name, sha256, rows_read, rows_kept }| SourceFileEntry { name, sha256, rows_read, rows_kept }).collect();
        Self { id, publisher, title, edition, licence, licence_url, attribution, url, files }
    }
}

impl From<SourceEntry> for Source {
    fn from(entry: SourceEntry) -> Self {
        let SourceEntry { id, publisher, title, edition, licence, licence_url, attribution, url, files } = entry;
        let files = files.into_iter().map(|SourceFileEntry { name, sha256, rows_read, rows_kept }| SourceFile { name, sha256, rows_read, rows_kept }).collect();
        Self { id, publisher, title, edition, licence, licence_url, attribution, url, files }
    }
}

impl MeasureEntry {
    /// The entry of a measure.
    pub fn of(measure: &Measure) -> Self {
        let Measure { id, name, short_name, theme, definition, source, fields } = measure.clone();
        let fields = fields
            .into_iter()
            .map(|Field { id, name, unit, decimals, polarity, high_end, low_end, scheme }| FieldEntry {
                id,
                name,
                unit,
                decimals,
                polarity: Word(polarity),
                high_end,
                low_end,
                scheme,
            })
            .collect();
        Self { id, name, short_name, theme, definition, source, fields }
    }
}

impl From<MeasureEntry> for Measure {
    fn from(entry: MeasureEntry) -> Self {
        let MeasureEntry { id, name, short_name, theme, definition, source, fields } = entry;
        let fields = fields
            .into_iter()
            .map(|FieldEntry { id, name, unit, decimals, polarity, high_end, low_end, scheme }| Field {
                id,
                name,
                unit,
                decimals,
                polarity: polarity.0,
                high_end,
                low_end,
                scheme,
            })
            .collect();
        Self { id, name, short_name, theme, definition, source, fields }
    }
}

impl KeyEntry {
    /// The words that tell a series from every other.
    pub fn of(series: &Series) -> Self {
        Self {
            measure: series.measure.clone(),
            field: series.field.clone(),
            area_type: Word(series.area_type),
            period: series.period.clone(),
            sex: series.sex.map(Word),
            age: series.age.clone(),
        }
    }

    /// `imd-2019.score 2019`, `life-expectancy.years 2016 to 2020 males`: what heads the column.
    pub fn heading(&self) -> String {
        let mut heading = format!("{}.{} {}", self.measure, self.field, self.period);
        for word in [self.sex.map(|sex| sex.0.id()), self.age.as_deref()].into_iter().flatten() {
            heading.push(' ');
            heading.push_str(word);
        }
        heading
    }
}

impl SeriesEntry {
    /// The entry of a series whose numbers stand in these columns.
    pub fn of(series: &Series, columns: ColumnsEntry) -> Self {
        Self { key: KeyEntry::of(series), kind: Word(series.kind), note: series.note.clone(), columns }
    }
}

impl BreaksEntry {
    /// The entry of the country's classes for a series.
    pub fn of(breaks: &NationalBreaks) -> Self {
        let NationalBreaks { measure, field, area_type, period, sex, age, areas, classes } = breaks.clone();
        let classes = classes.into_iter().map(|NationalClass { min, max, areas }| ClassEntry { min, max, areas }).collect();
        Self { key: KeyEntry { measure, field, area_type: Word(area_type), period, sex: sex.map(Word), age }, areas, classes }
    }
}

impl From<BreaksEntry> for NationalBreaks {
    fn from(entry: BreaksEntry) -> Self {
        let BreaksEntry { key: KeyEntry { measure, field, area_type, period, sex, age }, areas, classes } = entry;
        let classes = classes.into_iter().map(|ClassEntry { min, max, areas }| NationalClass { min, max, areas }).collect();
        Self { measure, field, area_type: area_type.0, period, sex: sex.map(|word| word.0), age, areas, classes }
    }
}

impl RegisterEntry {
    /// The entry of a register whose counts stand in this table.
    pub fn of(register: &RegisteredPatients, table: String) -> Self {
        let RegisteredPatients { source, period, area_type, sex, disclosure_threshold, counts } = register;
        Self {
            source: source.clone(),
            period: period.clone(),
            area_type: Word(*area_type),
            sex: Word(*sex),
            disclosure_threshold: *disclosure_threshold,
            counts: counts.len() as u64,
            table,
        }
    }
}

impl RequirementsEntry {
    /// The entry of what plans require.
    pub fn of(requirements: &Sourced<HousingRequirement>) -> Self {
        let items = requirements.items.iter().cloned().map(
            |HousingRequirement { authority, plan, option, from_year, to_year, dwellings, household_size, reference }| RequirementEntry {
                authority: Word(authority),
                plan,
                option,
                from_year,
                to_year,
                dwellings,
                household_size,
                reference,
            },
        );
        Self { sources: requirements.sources.clone(), items: items.collect() }
    }
}

impl From<RequirementsEntry> for Sourced<HousingRequirement> {
    fn from(entry: RequirementsEntry) -> Self {
        let items = entry.items.into_iter().map(|RequirementEntry { authority, plan, option, from_year, to_year, dwellings, household_size, reference }| {
            HousingRequirement { authority: authority.0, plan, option, from_year, to_year, dwellings, household_size, reference }
        });
        Self { sources: entry.sources, items: items.collect() }
    }
}
