//! Journeys are asked for under the addresses of the interface, with what each question uses and nothing else.
import { describe, expect, test } from 'vitest';
import { catchmentPath } from './catchment-paths';
import { travelAskable, travelPath, typedMinutes } from './travel-paths';

describe('the address of a journey', () => {
  test('asks for the acute hospitals where the link names no sites', () => {
    expect(travelPath({}, [], 'json')).toBe('/api/travel-times?to=hospitals:acute&f=json');
  });

  test('carries what the question uses, in one order', () => {
    expect(
      travelPath(
        {
          by: 'kilometres',
          to: 'practices',
          bands: 'local',
          at: '-1,52',
          combine: 'union',
          colours: 'sites',
        },
        ['E07000133', 'E07000130'],
        'csv',
      ),
    ).toBe('/api/travel-times?to=practices&by=kilometres&bands=local&within=E07000133,E07000130&f=csv');
  });

  test('leaves the time of day out of walks, which have no morning peak', () => {
    const walk = { to: 'practices', mode: 'walk', time: 'morning-peak' };
    expect(travelPath(walk, [], 'json')).toBe('/api/travel-times?to=practices&mode=walk&f=json');
    expect(travelPath({ ...walk, mode: 'car' }, [], 'json')).toContain('time=morning-peak');
  });

  test('asks what can be reached from several places', () => {
    expect(
      travelPath(
        { ask: 'reach', at: '-1.13,52.63,Leicester;E01025965', minutes: '5,10' },
        ['E07'],
        'geojson',
      ),
    ).toBe('/api/isochrones?at=-1.13,52.63,Leicester;E01025965&minutes=5,10&f=geojson');
  });
});

test('nothing is asked before there is a place', () => {
  expect(travelAskable({})).toBe(true);
  expect(travelAskable({ to: 'own' })).toBe(false);
  expect(travelAskable({ ask: 'reach' })).toBe(false);
  expect(travelAskable({ ask: 'reach', at: '-1,52' })).toBe(true);
});

test('a catchment by travel time is asked with its minutes and mode only', () => {
  const values = {
    practice: 'C82038',
    definition: 'travel-time',
    minutes: '10',
    mode: 'walk',
    metres: '900',
  };
  expect(catchmentPath(values, 'json')).toBe(
    '/api/practices/C82038/catchment?definition=travel-time&minutes=10&mode=walk&f=json',
  );
  expect(catchmentPath({ definition: 'travel-time', lon: '-1', lat: '52' }, 'csv')).toBe(
    '/api/catchments/travel-time?lon=-1&lat=52&f=csv',
  );
});

describe('typed minutes', () => {
  test('are put in order, each once', () => {
    expect(typedMinutes('20, 10; 10 5')).toEqual({ value: '5,10,20' });
    expect(typedMinutes(' ')).toEqual({ value: null });
  });

  test.each(['soon', '0', '-5', '1000', '1 2 3 4 5 6 7 8 9 10 11'])('refuse %s in words', (text) => {
    expect(typedMinutes(text)).toHaveProperty('fault');
  });
});
