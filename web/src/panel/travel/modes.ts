//! Which ways of travelling the edition can answer, and why not the others, in words.
import { capital } from '../../format';
import { MODE_WORDS } from '../../journeys';
import { MODES, type Mode } from '../../parameters';
import type { RoadNetwork } from '../../travel-types';

export interface ModeState {
  mode: Mode;
  name: string;
  can: boolean;
  /** Why it cannot be asked for; empty where it can. */
  why: string;
}

/** Whether journeys by this mode are worked out on roads, so that direction and time of day matter. */
export const onNetwork = (network: RoadNetwork | null, mode: Mode): boolean =>
  Boolean(network?.held && (network.by_mode.find((each) => each.mode === mode)?.links ?? 0) > 0);

const WHY: Record<Mode, string> = {
  car: 'this edition holds no roads and no published times',
  walk: 'this edition holds no road network',
  cycle: 'this edition holds no road network',
  transit: 'this edition holds no timetable',
};

/** Cars can always be answered: from the network, from published times, or by an estimate. */
export function modeStates(network: RoadNetwork | null): ModeState[] {
  return MODES.map((mode) => {
    const { name } = MODE_WORDS[mode];
    if (!network || network.modes.includes(mode)) return { mode, name, can: true, why: '' };
    return {
      mode,
      name,
      can: false,
      why: network.held && mode !== 'transit' ? 'the roads of this edition hold no such ways' : WHY[mode],
    };
  });
}

/** One sentence for all that cannot be asked: "On foot and bicycle: this edition holds no road network." */
export function whyNot(states: readonly ModeState[]): string {
  const reasons = new Map<string, string[]>();
  for (const state of states)
    if (!state.can) reasons.set(state.why, [...(reasons.get(state.why) ?? []), state.name.toLowerCase()]);
  return [...reasons]
    .map(
      ([why, names]) =>
        `${capital(names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? ''))}: ${why}.`,
    )
    .join(' ');
}

export const TIME_WORDS = [
  { value: 'off-peak', words: 'Between the peaks' },
  { value: 'morning-peak', words: 'Morning peak' },
  { value: 'free-flow', words: 'Empty roads' },
];

export const DIRECTION_WORDS = [
  { value: 'to', words: 'From home to the site' },
  { value: 'from', words: 'From the site to people’s homes' },
];
