//! Two catchments, figure by figure, with the difference of each.
import type { CatchmentAnswer } from '../../catchment-types';
import { capital, number } from '../../format';

export interface Compared {
  label: string;
  first: string;
  second: string;
  /** Second less first, with its sign; empty where one of the two is not held. */
  difference: string;
}

interface Figure {
  label: string;
  of: (answer: CatchmentAnswer) => number | undefined;
  /** Shares are compared in percentage points. */
  share?: boolean;
  decimals?: number;
}

const ageShare = (answer: CatchmentAnswer, from: number, to: number): number | undefined =>
  answer.profile[0]?.ages
    .filter((age) => {
      const start = Number.parseInt(age.band, 10);
      return start >= from && start < to;
    })
    .reduce((sum, age) => sum + age.share, 0);

const FIGURES: Figure[] = [
  { label: 'Neighbourhoods', of: (answer) => answer.summary.areas },
  { label: 'Patients of the practice who live there', of: (answer) => answer.summary.registered_patients },
  { label: 'Share of the list', of: (answer) => answer.summary.share_of_list, share: true },
  { label: 'Patients who live elsewhere', of: (answer) => answer.summary.patients_outside },
  { label: 'Residents', of: (answer) => answer.summary.residents },
  { label: 'Registered with any practice', of: (answer) => answer.summary.registered },
  { label: 'Registered with another practice', of: (answer) => answer.summary.registered_elsewhere },
  {
    label: 'Share registered with another',
    of: (answer) => answer.summary.registered_elsewhere_share,
    share: true,
  },
  { label: 'Aged under 15', of: (answer) => ageShare(answer, 0, 15), share: true },
  { label: 'Aged 65 and over', of: (answer) => ageShare(answer, 65, 200), share: true },
  {
    label: 'People in the most deprived fifth of England',
    of: (answer) => answer.profile[0]?.deprivation.core20.people,
  },
  {
    label: 'IMD score (higher = more deprived)',
    of: (answer) => answer.profile[0]?.deprivation.score,
    decimals: 1,
  },
  {
    label: 'Life expectancy, years (approximate)',
    of: (answer) =>
      answer.profile[0]?.life_expectancy.find((each) => each.sex.toLowerCase() === 'persons')?.value,
    decimals: 1,
  },
  {
    label: 'Fuel poor households',
    of: (answer) => answer.profile[0]?.fuel_poverty?.share,
    share: true,
  },
];

const written = (value: number | undefined, figure: Figure): string => {
  if (value === undefined) return 'not held';
  return figure.share ? `${number(value * 100, 1)}%` : number(value, figure.decimals);
};

export function signed(value: number, decimals = 0): string {
  const text = number(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

export function differences(first: CatchmentAnswer, second: CatchmentAnswer): Compared[] {
  const plural = capital(first.catchment.area_type.plural);
  return FIGURES.flatMap((figure) => {
    const [a, b] = [figure.of(first), figure.of(second)];
    if (a === undefined && b === undefined) return [];
    const unit = figure.share ? ' points' : '';
    const by = figure.share ? 100 : 1;
    return [
      {
        label: figure.label === 'Neighbourhoods' ? plural : figure.label,
        first: written(a, figure),
        second: written(b, figure),
        difference:
          a === undefined || b === undefined
            ? ''
            : `${signed((b - a) * by, figure.share ? 1 : figure.decimals)}${unit}`,
      },
    ];
  });
}
