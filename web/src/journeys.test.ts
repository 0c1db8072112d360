//! Journeys on map, key and table: colours by band or site, and an estimate never unmarked among published times.
import { describe, expect, test } from 'vitest';
import {
  basisWords,
  errorWords,
  journeyLines,
  journeysOnMap,
  SITE_COLOURS,
  siteLooks,
  sitesMarked,
} from './journeys';
import { modeStates, whyNot } from './panel/travel/modes';
import type { NearestAnswer, RoadNetwork, TravelSite } from './travel-types';

const edition = { id: 'made-up-1', title: 'Made-up County' };
const site = (name: string, lon = 0, lat = 52): TravelSite => ({ id: name, name, lon, lat });

const answer: NearestAnswer = {
  edition,
  sources: [],
  question: { mode: 'car', time: 'off-peak', direction: 'to', by: 'minutes', area_type: 'lsoa11' },
  sentence: '',
  basis: [
    { basis: 'published', areas: 1 },
    { basis: 'estimate', areas: 1, error: 'mean absolute error 1.9 min up to 30 km' },
  ],
  sites: [site('Infirmary'), site('Cottage Hospital', 0.1)],
  areas: [
    {
      code: 'A',
      name: 'A 1',
      site: 0,
      minutes: 9.5,
      kilometres: 4.2,
      basis: 'published',
      band: 0,
      population: 10,
    },
    {
      code: 'B',
      name: 'B 1',
      site: 1,
      minutes: 22,
      kilometres: 15,
      basis: 'estimate',
      band: 1,
      population: 20,
    },
    { code: 'C', name: 'C 1', population: 5, reason: 'not reached' },
  ],
  bands: {
    kind: 'standard',
    classes: [
      { label: 'up to 10 minutes', min: 0, max: 10, colour: '#ffffcc', areas: 1, population: 10, share: 0.3 },
      {
        label: '20 to 30 minutes',
        min: 20,
        max: 30,
        colour: '#225ea8',
        areas: 1,
        population: 20,
        share: 0.6,
      },
    ],
    missing: { areas: 1, population: 5 },
  },
  within: [],
  summary: { population: 35 },
  by_district: [],
  by_deprivation_quintile: [],
  by_age: [],
  change: null,
  notes: [],
};

describe('the map', () => {
  test('takes the colours of the bands from the server', () => {
    const { tints, missing } = journeysOnMap(answer, 'bands', 'lsoa11');
    expect(tints).toEqual([
      { colour: '#ffffcc', codes: ['A'] },
      { colour: '#225ea8', codes: ['B'] },
    ]);
    expect(missing).toEqual(['C']);
  });

  test('marks estimates among published times, and has nothing to mark where all are alike', () => {
    expect(journeysOnMap(answer, 'bands', 'lsoa11').estimated).toEqual(['B']);
    const alike = { ...answer, areas: answer.areas.map((row) => ({ ...row, basis: 'estimate' as const })) };
    expect(journeysOnMap(alike, 'bands', 'lsoa11').estimated).toEqual([]);
  });

  test('gives each site a colour and a letter', () => {
    const { tints, marks } = journeysOnMap(answer, 'sites', 'lsoa11');
    expect(tints.map((each) => each.codes)).toEqual([['A'], ['B']]);
    expect(marks.map((each) => each.mark)).toEqual(['A', 'B']);
    expect(new Set(tints.map((each) => each.colour)).size).toBe(2);
  });

  test('shows a site that is not there yet as another kind', () => {
    const sites = [...answer.sites, { ...site('New site', 0.5), added: true }];
    expect(sitesMarked({ ...answer, sites }).map((each) => each.kind)).toEqual(['site', 'site', 'new']);
  });

  test('says of an area how far, to which site, and how that is known', () => {
    const [first, second, third] = answer.areas;
    expect(first && journeyLines(first, answer)).toEqual([
      '9.5 minutes, 4.2 km',
      'to A, Infirmary',
      'Published',
    ]);
    expect(second && journeyLines(second, answer)).toContain('Estimate, off by about 2 minutes on average');
    expect(third && journeyLines(third, answer)).toEqual(['Not reached']);
  });
});

describe('colours of sites', () => {
  test('a second round is striped', () => {
    const looks = siteLooks(Array.from({ length: 14 }, (_, index) => site(`S${index}`, index / 10)));
    expect(looks[12]).toMatchObject({ colour: SITE_COLOURS[0], striped: true });
    expect(looks[0]).toMatchObject({ colour: SITE_COLOURS[0], striped: false });
  });

  test('neighbours differ among many', () => {
    const row = Array.from({ length: 100 }, (_, index) =>
      site(`S${index}`, (index % 10) / 10, 52 + Math.floor(index / 10) / 10),
    );
    const looks = siteLooks(row);
    for (let index = 1; index < 100; index += 1)
      if (index % 10 > 0) expect(looks[index]?.colour).not.toBe(looks[index - 1]?.colour);
  });
});

test('an error is rounded to half minutes', () => {
  expect(errorWords({ basis: 'estimate', error: 'mean absolute error 1.9 min' })).toBe(
    'off by about 2 minutes on average',
  );
  expect(
    errorWords({
      basis: 'estimate',
      error: 'off by about 2 minutes on average up to 30 km, by 3.5 minutes beyond',
    }),
  ).toBe('off by about 2 minutes on average, 3.5 beyond 30 km');
  expect(errorWords({ basis: 'estimate', error: 'the straight line, not the road' })).toBe('');
  expect(errorWords({ basis: 'published' })).toBe('');
  expect(basisWords({ basis: 'network' }, [])).toBe('road network');
});

describe('ways of travelling', () => {
  const none: RoadNetwork = {
    edition,
    sources: [],
    held: false,
    modes: ['car'],
    by_mode: [],
    published: [],
    estimate: { formula: '', error: '' },
  };

  test('without a road network only the car can be answered, and the reason is said', () => {
    const states = modeStates(none);
    expect(states.map((each) => each.can)).toEqual([true, false, false, false]);
    expect(whyNot(states)).toBe(
      'On foot and bicycle: this edition holds no road network. Public transport: this edition holds no timetable.',
    );
  });

  test('with roads and a timetable all can', () => {
    const states = modeStates({ ...none, held: true, modes: ['car', 'walk', 'cycle', 'transit'] });
    expect(states.every((each) => each.can)).toBe(true);
    expect(whyNot(states)).toBe('');
  });
});
