//! Turns a view into a question that the edition can answer, and says in words what had to be replaced.
import type { AreaType, Field, Held, Landing, Measure, Measures } from './api-types';
import { list } from './format';
import type { View } from './url';

export interface Choice {
  measure: Measure;
  field: Field;
  areaType: AreaType;
  held: Held;
  period: string | null;
  sex: string | null;
  age: string | null;
  method: string;
  classes: number;
  breaks: string | null;
}

/** As many shades as most readers can tell apart, when the edition does not say. */
const USUAL_CLASSES = 5;

export const CLASS_COUNTS = [2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Methods whose number of classes the reader chooses; the others fix it themselves. */
export const COUNTED_METHODS = ['quantiles', 'equal-intervals', 'natural-breaks'];

export const METHOD_NAMES: Record<string, string> = {
  'national-quintiles': 'National fifths (quintiles)',
  'national-deciles': 'National tenths (deciles)',
  quantiles: 'Same number of areas in each (quantiles)',
  'equal-intervals': 'Ranges of equal width',
  'natural-breaks': 'Natural breaks',
  'given-breaks': 'My own breaks',
};

export const measureName = (measure: Measure, field: Field): string =>
  measure.fields.length > 1 && field.id !== measure.default_field
    ? `${measure.name}: ${field.name}`
    : measure.name;

function ofList(
  asked: string | null,
  offered: string[] | undefined,
  what: string,
  notices: string[],
): string | null {
  const first = offered?.[0] ?? null;
  if (asked === null || (asked !== null && offered?.includes(asked))) return asked ?? first;
  notices.push(
    first === null
      ? `The measure shown is not divided by ${what}; “${asked}” is left out.`
      : `The ${what} “${asked}” is not held for this measure; shown instead: ${first}.`,
  );
  return first;
}

/** The area types on which a measure can be mapped, in the edition's order. */
export function areaTypesOf(measure: Measure, landing: Landing): AreaType[] {
  return landing.area_types.filter(
    (type) => type.selectable && measure.held.some((held) => held.area_type === type.id),
  );
}

export function fieldsOf(measure: Measure, areaType: string): Field[] {
  return measure.fields.filter((field) =>
    measure.held.some((held) => held.field === field.id && held.area_type === areaType),
  );
}

function measureAsked(view: View, landing: Landing, measures: Measures, notices: string[]) {
  const fallback = landing.default_view.measure.split('.');
  const usual = measures.measures.find((measure) => measure.id === fallback[0]) ?? measures.measures[0];
  if (!usual) return null;
  const [id, fieldId] = (view.measure ?? landing.default_view.measure).split('.');
  let measure = measures.measures.find((each) => each.id === id);
  if (!measure) {
    notices.push(`This edition holds no measure “${id}”; shown instead: ${usual.name}.`);
    measure = usual;
  }
  let field = fieldId ? measure.fields.find((each) => each.id === fieldId) : undefined;
  if (fieldId && !field && measure.id === id)
    notices.push(
      `${measure.name} has no field “${fieldId}”; it has ${list(measure.fields.map((each) => each.id))}.`,
    );
  field ??= measure.fields.find((each) => each.id === measure.default_field) ?? measure.fields[0];
  return field ? { measure, field } : null;
}

/** The question a view asks of this edition. `null` only when the edition holds no measure at all. */
export function choiceOf(
  view: View,
  landing: Landing,
  measures: Measures,
): { choice: Choice | null; notices: string[] } {
  const notices: string[] = [];
  const asked = measureAsked(view, landing, measures, notices);
  if (!asked)
    return { choice: null, notices: ['This edition holds no measures, so there is nothing to map.'] };
  const { measure } = asked;
  let { field } = asked;
  const types = areaTypesOf(measure, landing);
  const wanted = view.areaType ?? landing.default_view.area_type;
  let areaType = types.find((type) => type.id === wanted);
  if (!areaType) {
    areaType = types[0];
    const known = landing.area_types.find((type) => type.id === wanted);
    if (!areaType)
      return { choice: null, notices: [`${measure.name} is held for no area type of this edition.`] };
    notices.push(
      known
        ? `${measure.name} is not held for ${known.plural}; shown for ${areaType.plural} instead.`
        : `This edition has no area type “${wanted}”; shown for ${areaType.plural} instead.`,
    );
  }
  const fields = fieldsOf(measure, areaType.id);
  if (!fields.includes(field)) {
    const other = fields.find((each) => each.id === measure.default_field) ?? fields[0];
    if (!other) return { choice: null, notices };
    if (view.measure !== null)
      notices.push(`The ${field.name} is not held for ${areaType.plural}; shown instead: ${other.name}.`);
    field = other;
  }
  const held = measure.held.find(
    (each) => each.field === field.id && each.area_type === (areaType as AreaType).id,
  );
  if (!held) return { choice: null, notices };
  let method = view.method ?? usualMethod(held, view, landing);
  if (!held.methods.includes(method)) {
    notices.push(
      METHOD_NAMES[method]
        ? `${METHOD_NAMES[method]} cannot be used for ${measure.name} on ${areaType.plural}; classes are made by ${METHOD_NAMES[held.default_method] ?? held.default_method} instead.`
        : `There is no way of making classes called “${method}”; ${METHOD_NAMES[held.default_method] ?? held.default_method} is used.`,
    );
    method = held.default_method;
  }
  if (method === 'given-breaks' && view.breaks === null) {
    notices.push('The link asks for given breaks but holds none; the usual classes are shown.');
    method = held.default_method;
  }
  let classes = landing.default_view.classes ?? USUAL_CLASSES;
  if (view.classes !== null) {
    const n = Number(view.classes);
    if (CLASS_COUNTS.includes(n)) classes = n;
    else notices.push(`“${view.classes}” is not a number of classes from 2 to 10; ${classes} are shown.`);
  }
  return {
    choice: {
      measure,
      field,
      areaType,
      held,
      period: ofList(view.period, held.periods, 'period', notices),
      sex: ofList(view.sex, held.sexes, 'sex', notices),
      age: ofList(view.age, held.ages, 'age', notices),
      method,
      classes,
      breaks: method === 'given-breaks' ? view.breaks : null,
    },
    notices,
  };
}

function usualMethod(held: Held, view: View, landing: Landing): string {
  if (view.breaks !== null && held.methods.includes('given-breaks')) return 'given-breaks';
  const usual = landing.default_view;
  return view.measure === null && usual.method && held.methods.includes(usual.method)
    ? usual.method
    : held.default_method;
}

export const measureId = (choice: Choice): string => `${choice.measure.id}.${choice.field.id}`;

/** The parameters of `values` and `classes` for a choice, without the class method where `bare`. */
export function parametersOf(choice: Choice, view: View, bare = false): URLSearchParams {
  const parameters = new URLSearchParams({ 'area-type': choice.areaType.id });
  // A measure with one period only is asked without it, so that the link outlives the next edition.
  if (choice.period && choice.held.periods.length > 1) parameters.set('period', choice.period);
  if (choice.sex && (choice.held.sexes?.length ?? 0) > 1) parameters.set('sex', choice.sex);
  if (choice.age && (choice.held.ages?.length ?? 0) > 1) parameters.set('age', choice.age);
  if (view.within.length > 0) parameters.set('within', view.within.join(','));
  if (bare) return parameters;
  parameters.set('method', choice.method);
  if (COUNTED_METHODS.includes(choice.method)) parameters.set('classes', String(choice.classes));
  if (choice.breaks !== null) parameters.set('breaks', choice.breaks);
  if (view.scheme !== null) parameters.set('scheme', view.scheme);
  return parameters;
}

/** What must change in a view when a reader picks another measure: parts that the new one lacks are let go. */
export function patchForMeasure(
  measure: Measure,
  fieldId: string | null,
  view: View,
  landing: Landing,
): Partial<View> {
  const types = areaTypesOf(measure, landing);
  const current = view.areaType ?? landing.default_view.area_type;
  const wantedField = fieldId ?? measure.default_field;
  const holds = (type: string, field: string) =>
    measure.held.find((held) => held.area_type === type && held.field === field);
  const type =
    types.find((each) => each.id === current && (fieldId === null || holds(each.id, wantedField))) ??
    types.find((each) => holds(each.id, wantedField)) ??
    types[0];
  const typeId = type?.id ?? current;
  const fields = fieldsOf(measure, typeId);
  const field = fields.find((each) => each.id === wantedField) ?? fields[0];
  const held = field ? holds(typeId, field.id) : undefined;
  // Breaks belong to a measure's numbers: another measure's would put everything in one class.
  const method =
    view.method !== 'given-breaks' && held?.methods.includes(view.method ?? '') ? view.method : null;
  return {
    measure: `${measure.id}.${field?.id ?? wantedField}`,
    areaType: typeId,
    method,
    breaks: null,
    period: held?.periods.includes(view.period ?? '') ? view.period : null,
    sex: held?.sexes?.includes(view.sex ?? '') ? view.sex : null,
    age: held?.ages?.includes(view.age ?? '') ? view.age : null,
    sort: null,
  };
}

/** Checks typed breaks before they are asked for: the sentence to show, or the breaks as the link carries them. */
export function typedBreaks(text: string): { breaks: string } | { fault: string } {
  const parts = text
    .split(/[,;\s]+/)
    .map((part) => part.replace('\u2212', '-'))
    .filter(Boolean);
  if (parts.length === 0) return { fault: 'Type the edges between classes, for example 10, 20, 30.' };
  if (parts.length > 9)
    return {
      fault: `${parts.length} edges make ${parts.length + 1} classes; at most 10 classes (9 edges) can be told apart.`,
    };
  const numbers = parts.map(Number);
  const bad = parts.find((_, index) => !Number.isFinite(numbers[index]));
  if (bad !== undefined) return { fault: `“${bad}” is not a number. Write the edges as 10, 20, 30.` };
  for (let index = 1; index < numbers.length; index += 1) {
    const before = numbers[index - 1] as number;
    const here = numbers[index] as number;
    if (here <= before)
      return { fault: `The edges must go up: ${parts[index]} comes after ${parts[index - 1]}.` };
  }
  return { breaks: numbers.map(String).join(',') };
}
