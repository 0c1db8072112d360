//! A catchment in the link becomes the address that asks for it.
import { expect, test } from 'vitest';
import {
  againstValues,
  askable,
  catchmentPath,
  definitionOf,
  definitionsPath,
  growthPath,
} from './catchment-paths';

test('a practice alone is asked for by the core of its list', () => {
  expect(definitionOf({ practice: 'C82038' })).toBe('core');
  expect(catchmentPath({ practice: 'C82038' }, 'json')).toBe(
    '/api/practices/C82038/catchment?definition=core&f=json',
  );
});

test('only the parameters of the chosen definition are asked with', () => {
  const values = {
    practice: 'C82038,C82066',
    definition: 'reach',
    patients: '20',
    share: '0.5',
    metres: '900',
  };
  expect(catchmentPath(values, 'csv')).toBe(
    '/api/practices/C82038%2CC82066/catchment?definition=reach&patients=20&f=csv',
  );
});

test('shapes, circles and lists of areas need no practice', () => {
  expect(catchmentPath({ lon: '-0.9', lat: '52.7', metres: '2000' }, 'json')).toBe(
    '/api/catchments/radius?metres=2000&lon=-0.9&lat=52.7&f=json',
  );
  expect(catchmentPath({ polygon: 'POLYGON((0 0,1 0,1 1,0 0))' }, 'json')).toBe(
    '/api/catchments/polygon?polygon=POLYGON((0%200,1%200,1%201,0%200))&f=json',
  );
  expect(catchmentPath({ definition: 'areas', areas: 'E01025965,E01025966' }, 'geojson')).toBe(
    '/api/catchments/areas?areas=E01025965,E01025966&f=geojson',
  );
});

test('a question without its practice or shape is not asked', () => {
  expect(askable({})).toBe(false);
  expect(askable({ definition: 'core' })).toBe(false);
  expect(askable({ definition: 'radius', lon: '-0.9' })).toBe(false);
  expect(askable({ definition: 'polygon', practice: 'C82038' })).toBe(false);
  expect(askable({ definition: 'radius', practice: 'C82038' })).toBe(true);
});

test('growth is asked for the same catchment, with the assumptions that were given', () => {
  expect(
    growthPath(
      { practice: 'C82038', share: '0.6' },
      { status: 'allocation', 'household-size': '2.3' },
      'json',
    ),
  ).toBe(
    '/api/housing-growth?practice=C82038&definition=core&share=0.6&household-size=2.3&status=allocation&f=json',
  );
  expect(
    definitionsPath({ practice: 'C82038', metres: '2000', share: '0.6' }, { 'share-new': '0.5' }, 'json'),
  ).toBe('/api/practices/C82038/definitions?metres=2000&share-new=0.5&f=json');
});

test('a catchment to compare with is that of the same practice unless another is named', () => {
  expect(againstValues({ practice: 'C82038' }, {})).toBeNull();
  expect(againstValues({ practice: 'C82038' }, { definition: 'reach' })).toEqual({
    practice: 'C82038',
    definition: 'reach',
  });
  expect(againstValues({ practice: 'C82038' }, { practice: 'C82066' })).toEqual({ practice: 'C82066' });
});
