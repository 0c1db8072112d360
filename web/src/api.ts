//! The typed client of the interface: one function per question, one error that speaks in words.
import type {
  AreaCard,
  Classes,
  Collections,
  Landing,
  Measures,
  ProblemBody,
  SearchAnswer,
  Values,
} from './api-types';
import { catchmentPath, definitionsPath, growthPath, practicePath } from './catchment-paths';
import type { CatchmentAnswer, DefinitionsAnswer, GrowthAnswer, PracticeCard } from './catchment-types';
import type { FigureDescription } from './figure/figure-types';
import type { AgainstValues, CatchmentValues, GrowthValues, TravelValues } from './parameters';
import { travelPath } from './travel-paths';
import type { NearestAnswer, ReachAnswer, RoadNetwork } from './travel-types';

/** A refusal or failure, with the sentence to show and, when the server named one, the parameter at fault. */
export class Problem extends Error {
  readonly status: number;
  readonly parameter: string | undefined;

  constructor(sentence: string, status: number, parameter?: string) {
    super(sentence);
    this.name = 'Problem';
    this.status = status;
    this.parameter = parameter;
  }
}

function sentence(text: string): string {
  const trimmed = text.trim();
  const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

/** The words of a problem: what the server said, and what it expected when it said that too. */
export function wordsOf(body: Partial<ProblemBody>): string {
  const said = sentence(body.detail ?? body.title ?? 'The server refused the request');
  if (!body.expected || said.includes(body.expected)) return said;
  return `${said} Expected: ${sentence(body.expected)}`;
}

/** The answer of the server, whatever it holds; a refusal or failure is thrown in words. */
async function responseOf(path: string, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { headers: { accept: 'application/json' }, signal: signal ?? null });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new Problem(
      'The server cannot be reached. Check the network connection, then try again; what is on the page stays.',
      0,
    );
  }
  if (response.ok) return response;
  const body = (await response.json().catch(() => ({}))) as Partial<ProblemBody>;
  const words =
    response.status >= 500
      ? `The server could not answer (${response.status}${body.request_id ? `, request ${body.request_id}` : ''}). Try again in a moment.`
      : wordsOf(body);
  throw new Problem(words, response.status, body.parameter);
}

const answerOf = async <T>(path: string, signal?: AbortSignal): Promise<T> =>
  (await (await responseOf(path, signal)).json()) as T;

const query = (parameters: URLSearchParams) => parameters.toString().replaceAll('%2C', ',');

export const landing = () => answerOf<Landing>('/api');
export const collections = () => answerOf<Collections>('/api/collections');
export const measures = () => answerOf<Measures>('/api/measures');

/** The address of a measure's figures; the same one with `f` added is what a reader downloads. */
export function valuesPath(measure: string, parameters: URLSearchParams, format?: 'csv' | 'geojson'): string {
  const all = new URLSearchParams(parameters);
  if (format) all.set('f', format);
  return `/api/measures/${encodeURIComponent(measure)}/values?${query(all)}`;
}

export const values = (measure: string, parameters: URLSearchParams, signal?: AbortSignal) =>
  answerOf<Values>(valuesPath(measure, parameters), signal);

export const classes = (measure: string, parameters: URLSearchParams, signal?: AbortSignal) =>
  answerOf<Classes>(`/api/measures/${encodeURIComponent(measure)}/classes?${query(parameters)}`, signal);

export const area = (code: string, signal?: AbortSignal) =>
  answerOf<AreaCard>(`/api/areas/${encodeURIComponent(code)}`, signal);

export const search = (words: string, types: string | null, signal?: AbortSignal) =>
  answerOf<SearchAnswer>(
    `/api/search?q=${encodeURIComponent(words)}&limit=12${types ? `&type=${types}` : ''}`,
    signal,
  );

export const practice = (code: string, signal?: AbortSignal) =>
  answerOf<PracticeCard>(practicePath(code), signal);

export const catchment = (values: CatchmentValues | AgainstValues, signal?: AbortSignal) =>
  answerOf<CatchmentAnswer>(catchmentPath(values, 'json'), signal);

export const definitions = (values: CatchmentValues, growth: GrowthValues, signal?: AbortSignal) =>
  answerOf<DefinitionsAnswer>(definitionsPath(values, growth, 'json'), signal);

export const growth = (values: CatchmentValues, assumed: GrowthValues, signal?: AbortSignal) =>
  answerOf<GrowthAnswer>(growthPath(values, assumed, 'json'), signal);

export const roadNetwork = (signal?: AbortSignal) => answerOf<RoadNetwork>('/api/road-network', signal);

export const nearest = (values: TravelValues, within: readonly string[], signal?: AbortSignal) =>
  answerOf<NearestAnswer>(travelPath(values, within, 'json'), signal);

export const reach = (values: TravelValues, within: readonly string[], signal?: AbortSignal) =>
  answerOf<ReachAnswer>(travelPath(values, within, 'geojson'), signal);

export const figure = (path: string, signal?: AbortSignal) => answerOf<FigureDescription>(path, signal);

/** Why a picture did not come: a browser says nothing of it, so that the same address is asked again. */
export async function pictureProblem(path: string, signal?: AbortSignal): Promise<Problem> {
  try {
    await responseOf(path, signal);
  } catch (cause) {
    if (cause instanceof Problem) return cause;
  }
  return new Problem('The picture came, but this browser cannot show it. Its downloads may still work.', 0);
}
