//! What is not set is named, and switching a status back to the usual ones empties the link.
import { expect, test } from 'vitest';
import type { Assumption } from '../../catchment-types';
import { missingWords, statusesAfter } from './assumptions';

const held: Assumption[] = [
  { id: 'cost-per-square-metre', label: 'Cost per square metre', unit: 'pounds', given: false, note: '' },
];

test('a figure without its assumptions says which it needs', () => {
  expect(missingWords({ status: 'not set', missing: ['cost-per-square-metre', 'x'] }, held)).toBe(
    'not set: needs cost per square metre and x',
  );
  expect(missingWords({ status: 'not set' }, held)).toBe('not set');
});

test('statuses are switched on and off; the usual ones need no words in the link', () => {
  expect(statusesAfter(['allocation', 'permission'], 'permission', false, 'allocation,permission')).toBe(
    'allocation',
  );
  expect(statusesAfter(['allocation'], 'permission', true, 'permission,allocation')).toBeNull();
  expect(statusesAfter(['allocation'], 'option', true, null)).toBe('allocation,option');
});
