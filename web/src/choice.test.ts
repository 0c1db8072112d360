//! What a view asks of an edition, and what is said when the edition cannot answer it.
import { describe, expect, test } from 'vitest';
import { choiceOf, measureId, parametersOf, patchForMeasure, typedBreaks } from './choice';
import { landing, measures } from './sample';
import { DEFAULT_VIEW, type View } from './url';

const ask = (patch: Partial<View>) => choiceOf({ ...DEFAULT_VIEW, ...patch }, landing, measures);
const life = measures.measures[1];

describe('the question of a view', () => {
  test('without choices is the edition’s usual one', () => {
    const { choice, notices } = ask({});
    expect(notices).toEqual([]);
    expect(choice && measureId(choice)).toBe('imd-2019.score');
    expect(choice?.method).toBe('national-quintiles');
    expect(choice && parametersOf(choice, DEFAULT_VIEW).toString()).toBe(
      'area-type=lsoa11&method=national-quintiles',
    );
  });

  test('says which measure, field, area type or method is unknown and shows another', () => {
    expect(ask({ measure: 'imd-1066.score' }).notices[0]).toContain('“imd-1066”');
    expect(ask({ measure: 'imd-2019.colour' }).notices[0]).toContain('“colour”');
    expect(ask({ areaType: 'wards' }).notices[0]).toContain('“wards”');
    expect(ask({ method: 'magic' }).notices[0]).toContain('“magic”');
    expect(ask({ classes: '11' }).notices[0]).toContain('“11”');
    for (const patch of [{ measure: 'imd-1066.score' }, { areaType: 'wards' }, { method: 'magic' }])
      expect(ask(patch).choice?.measure.id).toBe('imd-2019');
  });

  test('moves a measure to the areas that hold it', () => {
    const { choice, notices } = ask({ measure: 'life-expectancy.years' });
    expect(choice?.areaType.id).toBe('msoa11');
    expect(notices).toEqual([
      'Life expectancy at birth is not held for neighbourhoods; shown for localities instead.',
    ]);
    expect(choice?.sex).toBe('Persons');
  });

  test('uses given breaks only when there are some', () => {
    expect(ask({ method: 'given-breaks' }).choice?.method).toBe('national-quintiles');
    const { choice } = ask({ method: 'given-breaks', breaks: '10,20' });
    expect(choice && parametersOf(choice, DEFAULT_VIEW).get('breaks')).toBe('10,20');
  });
});

test('another measure lets go of breaks and of parts that it lacks', () => {
  if (!life) throw new Error('the sample has a second measure');
  const view = { ...DEFAULT_VIEW, method: 'given-breaks', breaks: '10,20', sex: 'Males', areaType: 'lsoa11' };
  expect(patchForMeasure(life, null, view, landing)).toEqual({
    measure: 'life-expectancy.years',
    areaType: 'msoa11',
    method: null,
    breaks: null,
    period: null,
    sex: null,
    age: null,
    sort: null,
  });
});

describe('typed breaks', () => {
  test.each([
    ['10, 20, 30', '10,20,30'],
    ['10;20 30', '10,20,30'],
    ['\u22121.5, 0', '-1.5,0'],
    ['7', '7'],
  ])('%s is taken', (typed, breaks) => {
    expect(typedBreaks(typed)).toEqual({ breaks });
  });

  test.each([
    ['', 'Type the edges'],
    ['10, ten', '“ten” is not a number'],
    ['10, 10', 'must go up'],
    ['30, 20', 'must go up'],
    ['1 2 3 4 5 6 7 8 9 10', 'at most 10 classes'],
  ])('“%s” is refused in words', (typed, words) => {
    const read = typedBreaks(typed);
    expect('fault' in read && read.fault).toContain(words);
  });
});
