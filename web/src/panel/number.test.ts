//! A typed number is taken as people write numbers, or refused with what would do.
import { expect, test } from 'vitest';
import { shownNumber, typedNumber } from './number';

const share = { min: 0.01, max: 1, percent: true };

test('a share is typed in per cent and carried as a fraction', () => {
  expect(typedNumber('60', share)).toEqual({ value: '0.6' });
  expect(typedNumber(' 7.5 % ', share)).toEqual({ value: '0.075' });
  expect(shownNumber('0.6', share)).toBe('60');
  expect(shownNumber('0.07', share)).toBe('7');
});

test('commas, pound signs and true minus signs are understood', () => {
  expect(typedNumber('£2,300', { min: 0, max: 1e6 })).toEqual({ value: '2300' });
  expect(typedNumber('−1.5', { min: -2, max: 2 })).toEqual({ value: '-1.5' });
});

test('an emptied field goes back to the usual value', () => {
  expect(typedNumber('  ', share)).toEqual({ value: null });
});

test.each([
  ['most', share, 'from 1 to 100%'],
  ['140', share, 'outside'],
  ['2.5', { min: 5, max: 100, whole: true }, 'whole'],
  ['9000000', { min: 100, max: 100_000, unit: 'metres' }, 'from 100 to 100,000 metres'],
] as const)('%s is refused with what would do', (text, limits, words) => {
  const typed = typedNumber(text, limits);
  expect('fault' in typed && typed.fault).toContain(words);
});
