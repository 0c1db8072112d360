//! Numbers as readers type them, and as the link carries them: a share is typed in per cent and carried from 0 to 1.

export interface Limits {
  min: number;
  max: number;
  /** Typed and shown times a hundred. */
  percent?: boolean;
  /** Only whole numbers make sense. */
  whole?: boolean;
  /** What the number is in, for the words of a refusal: "metres". */
  unit?: string;
}

/** Enough places for any share or size, without the noise of binary fractions. */
const tidy = (value: number): string => String(Number(value.toPrecision(9)));

/** The link's text as the field shows it; text that is no number is shown as it is. */
export function shownNumber(text: string, limits: Pick<Limits, 'percent'>): string {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return text;
  return limits.percent ? tidy(value * 100) : tidy(value);
}

/** Typed text as the link carries it: `null` for an emptied field, or the words of why it cannot be used. */
export function typedNumber(text: string, limits: Limits): { value: string | null } | { fault: string } {
  const plain = text
    .trim()
    .replace('\u2212', '-')
    .replace(/%$/, '')
    .replace(/^£/, '')
    .replaceAll(/(?<=\d),(?=\d{3}(\D|$))/g, '')
    .trim();
  if (plain === '') return { value: null };
  const typed = Number(plain);
  const unit = limits.percent ? '%' : limits.unit ? ` ${limits.unit}` : '';
  const [low, high] = limits.percent ? [limits.min * 100, limits.max * 100] : [limits.min, limits.max];
  const range = `from ${tidy(low)} to ${high.toLocaleString('en-GB')}${unit}`;
  if (!Number.isFinite(typed)) return { fault: `“${text.trim()}” is not a number. Type one ${range}.` };
  if (limits.whole && !Number.isInteger(typed)) return { fault: `Type a whole number ${range}.` };
  const value = limits.percent ? typed / 100 : typed;
  if (value < limits.min || value > limits.max)
    return { fault: `${plain} is outside the range: type a number ${range}.` };
  return { value: tidy(value) };
}
