//! The sentence is made from the numbers and always says which end is which.
import { expect, test } from 'vitest';
import { fifths, landing } from './sample';
import { answerSentence, missingWords, rowWords } from './sentence';

const [lsoa] = landing.area_types;
if (!lsoa) throw new Error('the sample has area types');

test('a national class is named', () => {
  expect(answerSentence(fifths, lsoa)).toBe(
    '6 of 60 neighbourhoods in Melton are in the most deprived fifth in England: 8,912 people of 51,400.',
  );
});

test('a class without a name is told by its range and its end', () => {
  const plain = { ...fifths, classes: fifths.classes.map(({ name: _, ...rest }) => rest) };
  expect(answerSentence(plain, lsoa)).toBe(
    '6 of 60 neighbourhoods in Melton are in the class 10.00 to 92.73 (more deprived): 8,912 people of 51,400.',
  );
});

test('one area, none in the class, and no figures at all read as sentences', () => {
  const [first, second] = fifths.classes;
  if (!first || !second) throw new Error('the sample has two classes');
  const none = { ...fifths, classes: [{ ...first, areas: 0, population: 0 }, second] };
  expect(answerSentence(none, lsoa)).toContain(
    '0 of 54 neighbourhoods in Melton are in the most deprived fifth',
  );
  const one = {
    ...fifths,
    classes: [
      { ...first, areas: 1, population: 1500 },
      { ...second, areas: 0, population: 0 },
    ],
  };
  expect(answerSentence(one, lsoa)).toContain('The one neighbourhood in Melton');
  const empty = {
    ...fifths,
    classes: fifths.classes.map((each) => ({ ...each, areas: 0, population: 0 })),
    missing: { areas: 60, population: 51400, colour: '#ccc' },
  };
  expect(answerSentence(empty, lsoa)).toBe('No figure is held for 60 neighbourhoods in Melton.');
});

test('missing areas are counted in words, and never as nought', () => {
  expect(missingWords(fifths, lsoa)).toBe('Every neighbourhood has a figure.');
  expect(missingWords({ ...fifths, missing: { areas: 1, population: 900, colour: '#ccc' } }, lsoa)).toBe(
    '1 neighbourhood has no figure (900 people).',
  );
  expect(rowWords({ index: 0, code: 'E1', name: 'Melton 001A', status: 'suppressed' }, fifths)).toContain(
    'suppressed',
  );
  expect(rowWords({ index: 0, code: 'E1', name: 'Melton 001A', value: 0.5, class: 1 }, fifths)).toBe(
    'Melton 001A: 0.50, in the class 0.54 to 9.99, least deprived fifth in England',
  );
});
