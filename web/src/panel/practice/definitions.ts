//! The definitions of a catchment in plain words: the page's names for what the interface calls by an id.
import type { Definition } from '../../parameters';

export interface DefinitionWords {
  id: Definition;
  name: string;
  /** One line: who is in the catchment. */
  words: string;
  /** Whether it says something only about a practice's own patients. */
  needsPractice: boolean;
}

export const DEFINITION_WORDS: DefinitionWords[] = [
  {
    id: 'core',
    name: 'Core of the list',
    words:
      'Where most patients live: neighbourhoods by number of patients, until they hold a set share of the list.',
    needsPractice: true,
  },
  {
    id: 'reach',
    name: 'Reach',
    words: 'Every neighbourhood where at least this many patients live.',
    needsPractice: true,
  },
  {
    id: 'market-share',
    name: 'Market share',
    words: 'Where at least this share of all registered people are with the practice.',
    needsPractice: true,
  },
  {
    id: 'plurality',
    name: 'Largest practice',
    words: 'Where more people are registered with it than with any other practice.',
    needsPractice: true,
  },
  {
    id: 'radius',
    name: 'Circle',
    words: 'Neighbourhoods within a distance, in a straight line, of the practice or of a point.',
    needsPractice: false,
  },
  {
    id: 'travel-time',
    name: 'Travel time',
    words: 'Neighbourhoods from which people reach the practice, or a point, within so many minutes.',
    needsPractice: false,
  },
  {
    id: 'polygon',
    name: 'Drawn shape',
    words: 'Neighbourhoods inside a shape that you draw, type or upload.',
    needsPractice: false,
  },
  {
    id: 'areas',
    name: 'Chosen areas',
    words: 'Neighbourhoods, or whole districts, that you name by their codes.',
    needsPractice: false,
  },
];

export const definitionWords = (id: Definition): DefinitionWords =>
  DEFINITION_WORDS.find((each) => each.id === id) as DefinitionWords;

/** What the interface uses where the link gives no number. */
export const USUAL = {
  core: '0.75',
  'market-share': '0.25',
  patients: '10',
  metres: '3000',
  minutes: '15',
} as const;

export const SHARE_LIMITS = { min: 0.01, max: 1, percent: true };
/** Counts of 1 to 4 are withheld, so that nothing below 5 can be asked for. */
export const PATIENTS_LIMITS = { min: 5, max: 100_000, whole: true, unit: 'patients' };
export const MINUTES_LIMITS = { min: 1, max: 240, unit: 'minutes' };
export const METRES_LIMITS = { min: 100, max: 100_000, unit: 'metres' };

/** Codes of a comma-separated parameter. */
export const codesOf = (text: string | undefined): string[] => (text ?? '').split(',').filter(Boolean);
