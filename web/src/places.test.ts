//! Places go into the link and come back out of it, whatever they are called.
import { describe, expect, test } from 'vitest';
import { candidatePlace, markOf, placesOf, placeText, withoutPlace, withPlace } from './places';

describe('a list of places', () => {
  test('names coordinates by their name, or by themselves', () => {
    const [named, bare] = placesOf('-0.88,52.76,Melton Mowbray;-1.13,52.63');
    expect(named).toMatchObject({ name: 'Melton Mowbray', point: { lon: -0.88, lat: 52.76 } });
    expect(bare?.name).toBe('52.6300° N, 1.1300° W');
  });

  test('knows the kinds of sites and leaves ids as they are', () => {
    expect(placesOf('hospitals:acute;practices:C82038;E01025965').map((each) => each.name)).toEqual([
      'Acute hospitals',
      'C82038',
      'E01025965',
    ]);
  });

  test('is empty while places of one’s own are wanted and none is given', () => {
    expect(placesOf('own')).toEqual([]);
    expect(withPlace('own', '-0.88,52.76')).toBe('-0.88,52.76');
  });

  test('takes a place once, and lets it go again', () => {
    const two = withPlace(withPlace(undefined, 'a:1'), '-1,52,X');
    expect(withPlace(two, 'a:1')).toBe('a:1;-1,52,X');
    expect(withoutPlace(two, 'a:1')).toBe('-1,52,X');
    expect(withoutPlace('a:1', 'a:1')).toBe('');
  });

  test('cannot be broken by a name', () => {
    const text = placeText(-0.123456789, 52.5, 'Surgery; new, old: both');
    expect(text).toBe('-0.12346,52.5,Surgery new old both');
    expect(placesOf(text)).toHaveLength(1);
  });
});

describe('what a search finds', () => {
  const found = { type_name: '', name: 'Somewhere', centroid: [-0.9, 52.7] as [number, number] };

  test('goes by its id where published times may be held for it', () => {
    expect(candidatePlace({ ...found, type: 'hospital', code: 'H1' })).toBe('hospitals:H1');
    expect(candidatePlace({ ...found, type: 'place' })).toBe('-0.9,52.7,Somewhere');
  });

  test('is no place while it is not located', () => {
    expect(candidatePlace({ type: 'housing-site', type_name: '', name: 'X', code: 'S1' })).toBeNull();
  });
});

test('marks are letters while they suffice, and never letters beside numbers', () => {
  expect([0, 25].map((index) => markOf(index, 26))).toEqual(['A', 'Z']);
  expect([0, 26].map((index) => markOf(index, 27))).toEqual(['1', '27']);
});
