//! The answer as a sentence, made from the numbers on the map.
import type { AreaType, Classes, MapClass, Row } from './api-types';
import { areaName, capital, counted, headUnit, KIND_WORDS, MISSING_WORDS, number, quantity } from './format';

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** A range with its unit, once: labels of percentages carry theirs already. */
function withUnit(label: string, unit: string): string {
  const said = headUnit(unit);
  if (said === '' || label.includes(said)) return label;
  return said === '%' ? `${label}%` : `${label} ${said}`;
}

/** The class's range with its unit, and its name when it has one: "33.26 to 92.73, most deprived fifth in England". */
export function classWords(each: MapClass, unit: string): string {
  const range = withUnit(each.label, unit);
  return each.name ? `${range}, ${lower(each.name)}` : range;
}

export function totals(classes: Classes): { areas: number; population: number } {
  return classes.classes.reduce(
    (sum, each) => ({ areas: sum.areas + each.areas, population: sum.population + each.population }),
    { areas: classes.missing.areas, population: classes.missing.population },
  );
}

/** "6 of 60 neighbourhoods in Melton are in the most deprived fifth in England: 8,912 people of 51,400." */
export function answerSentence(classes: Classes, type: AreaType): string {
  const first = classes.classes[0];
  const all = totals(classes);
  const of = `${number(all.areas)} ${all.areas === 1 ? type.singular : type.plural} in ${classes.extent.label}`;
  if (!first || all.areas === classes.missing.areas) return `No figure is held for ${of}.`;
  if (all.areas === 1) {
    const only = classes.classes.find((each) => each.areas === 1);
    return `The one ${type.singular} in ${classes.extent.label} is in the class ${only ? classWords(only, classes.measure.unit) : 'without a figure'}: ${number(all.population)} people.`;
  }
  const people = `${number(first.population)} people of ${number(all.population)}`;
  const verb = first.areas === 1 ? 'is' : 'are';
  if (first.name) return `${number(first.areas)} of ${of} ${verb} in the ${lower(first.name)}: ${people}.`;
  const { measure } = classes;
  const end = measure.polarity === 'higher-is-better' ? measure.low_end : measure.high_end;
  return `${number(first.areas)} of ${of} ${verb} in the class ${classWords(first, measure.unit)} (${end}): ${people}.`;
}

/** One area's value in words, for the tooltip, the table's reader and the live region. */
export function rowValue(row: Row, unit: string, decimals: number): string {
  if (row.value === undefined) return MISSING_WORDS[row.status ?? 'not_held'];
  return quantity(row.value, unit, decimals);
}

export function rowWords(row: Row, classes: Classes): string {
  const { unit, decimals } = classes.measure;
  const held = row.class === undefined ? undefined : classes.classes.find((each) => each.index === row.class);
  const inClass = held ? `, in the class ${classWords(held, unit)}` : '';
  return `${areaName(row)}: ${rowValue(row, unit, decimals)}${inClass}`;
}

/** How the figure came about, in a short phrase. */
export function kindWords(measure: { kind: keyof typeof KIND_WORDS; note?: string }): string {
  return measure.note ? `${KIND_WORDS[measure.kind]}: ${measure.note}` : KIND_WORDS[measure.kind];
}

/** The head of a column of values: the field with its unit, each said once. */
export function fieldHead(measure: { field_name: string; unit: string }): string {
  const unit = headUnit(measure.unit);
  const name = capital(measure.field_name);
  return unit === '' || measure.field_name.includes(unit) ? name : `${name} (${unit})`;
}

/** Sex, age and period, without those that the measure's label names already. */
export function dividedBy(measure: { label?: string; sex?: string; age?: string; period: string }): string {
  const parts = [measure.sex, measure.age].filter((part) => part && !measure.label?.includes(part));
  return [...parts, measure.period].join(', ');
}

export function missingWords(classes: Classes, type: AreaType): string {
  const { missing } = classes;
  return missing.areas === 0
    ? `Every ${type.singular} has a figure.`
    : `${counted(missing.areas, `${type.singular} has`, `${type.plural} have`)} no figure (${number(missing.population)} people).`;
}
