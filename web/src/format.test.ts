//! Numbers as a British reader expects them, and never a misleading one.
import { expect, test } from 'vitest';
import { areaName, capital, counted, interval, list, number, quantity } from './format';

test('numbers have thousands commas, fixed places and a true minus', () => {
  expect(number(1107597)).toBe('1,107,597');
  expect(number(51.656, 2)).toBe('51.66');
  expect(number(4, 1)).toBe('4.0');
  expect(number(-0.645, 3)).toBe('\u22120.645');
});

test('a small negative number does not become minus nought', () => {
  expect(number(-0.04, 1)).toBe('0.0');
  expect(number(-0.06, 1)).toBe('\u22120.1');
});

test('units follow the number, percent without a gap, scores without a unit', () => {
  expect(quantity(12.34, '%', 1)).toBe('12.3%');
  expect(quantity(81.1489, 'years', 1)).toBe('81.1 years');
  expect(quantity(33.26, 'score', 2)).toBe('33.26');
  expect(interval(79.15, 83.14, 'years', 1)).toBe('79.2 to 83.1 years');
});

test('words agree with their number', () => {
  expect(counted(1, 'area', 'areas')).toBe('1 area');
  expect(counted(0, 'area', 'areas')).toBe('0 areas');
  expect(list(['Melton', 'Blaby', 'Rutland'])).toBe('Melton, Blaby and Rutland');
  expect(list(['Melton'])).toBe('Melton');
  expect(list([])).toBe('');
});

test('people’s names stand before official ones', () => {
  expect(areaName({ name: 'Melton 003', alias: 'Melton Mowbray West' })).toBe('Melton Mowbray West');
  expect(areaName({ name: 'Melton 003' })).toBe('Melton 003');
  expect(capital('score')).toBe('Score');
});
