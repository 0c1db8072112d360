//! A made-up edition, small enough to read, for the tests of the page's own reasoning.
import type { Classes, Field, Landing, Measures } from './api-types';

const sources = [{ id: 'made-up', publisher: 'Nobody', title: 'Made up', edition: '1', licence: 'none' }];
const edition = { id: 'made-up-1', title: 'Made-up County' };

const worse: Omit<Field, 'id' | 'name' | 'unit' | 'decimals'> = {
  polarity: 'higher-is-worse',
  high_end: 'more deprived',
  low_end: 'less deprived',
  scheme: 'purples',
};

export const landing: Landing = {
  edition,
  sources,
  title: 'needsmap',
  description: '',
  extent: { bbox: [0, 0, 1, 1] },
  default_view: { measure: 'imd-2019.score', area_type: 'lsoa11', method: 'national-quintiles', classes: 5 },
  area_types: [
    {
      id: 'lsoa11',
      name: 'Neighbourhoods',
      singular: 'neighbourhood',
      singular_exact: 'LSOA',
      plural: 'neighbourhoods',
      areas: 60,
      collection: 'lsoa11',
      selectable: true,
    },
    {
      id: 'msoa11',
      name: 'Localities',
      singular: 'locality',
      singular_exact: 'MSOA',
      plural: 'localities',
      areas: 12,
      collection: 'msoa11',
      selectable: true,
    },
  ],
  attribution: 'Made up.',
};

export const measures: Measures = {
  edition,
  sources,
  themes: [
    { id: 'deprivation', name: 'Deprivation' },
    { id: 'health', name: 'Health' },
  ],
  measures: [
    {
      id: 'imd-2019',
      name: 'Index of Multiple Deprivation 2019',
      short_name: 'IMD 2019',
      theme: 'deprivation',
      definition: '',
      source: 'made-up',
      default_field: 'score',
      fields: [
        { id: 'score', name: 'score', unit: 'score', decimals: 2, ...worse },
        { id: 'core20', name: 'people in the most deprived fifth', unit: '%', decimals: 1, ...worse },
      ],
      held: [
        {
          area_type: 'lsoa11',
          field: 'score',
          kind: 'published',
          periods: ['2019'],
          methods: ['national-quintiles', 'quantiles', 'given-breaks'],
          default_method: 'national-quintiles',
        },
        {
          area_type: 'msoa11',
          field: 'score',
          kind: 'approximate',
          periods: ['2019'],
          methods: ['quantiles', 'given-breaks'],
          default_method: 'quantiles',
        },
        {
          area_type: 'msoa11',
          field: 'core20',
          kind: 'counted',
          periods: ['2019'],
          methods: ['quantiles'],
          default_method: 'quantiles',
        },
      ],
    },
    {
      id: 'life-expectancy',
      name: 'Life expectancy at birth',
      short_name: 'Life expectancy',
      theme: 'health',
      definition: '',
      source: 'made-up',
      default_field: 'years',
      fields: [
        {
          id: 'years',
          name: 'years',
          unit: 'years',
          decimals: 1,
          polarity: 'higher-is-better',
          high_end: 'longer lives',
          low_end: 'shorter lives',
          scheme: 'purples',
        },
      ],
      held: [
        {
          area_type: 'msoa11',
          field: 'years',
          kind: 'published',
          periods: ['2016 to 2020'],
          sexes: ['Persons', 'Females'],
          methods: ['quantiles', 'given-breaks'],
          default_method: 'quantiles',
        },
      ],
    },
  ],
};

export const fifths: Classes = {
  edition,
  sources,
  measure: {
    id: 'imd-2019',
    field: 'score',
    name: 'Index of Multiple Deprivation 2019',
    field_name: 'score',
    label: 'Index of Multiple Deprivation 2019: score',
    unit: 'score',
    decimals: 2,
    period: '2019',
    kind: 'published',
    polarity: 'higher-is-worse',
    high_end: 'more deprived',
    low_end: 'less deprived',
  },
  area_type: 'lsoa11',
  direction: 'Higher scores mean more deprived; darker areas are more deprived.',
  extent: { label: 'Melton', codes: ['E07000133'] },
  method: { id: 'national-quintiles', label: 'National quintiles' },
  breaks: [10],
  scheme: 'purples',
  population_source: 'mid-2020',
  classes: [
    {
      index: 0,
      name: 'Most deprived fifth in England',
      label: '10.00 to 92.73',
      min: 10,
      max: 92.73,
      colour: '#54278f',
      areas: 6,
      population: 8912,
    },
    {
      index: 1,
      name: 'Least deprived fifth in England',
      label: '0.54 to 9.99',
      min: 0.54,
      max: 9.99,
      colour: '#f2f0f7',
      areas: 54,
      population: 42488,
    },
  ],
  missing: { areas: 0, population: 0, colour: '#cccccc' },
};
