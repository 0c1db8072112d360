//! The link carries a view there and back, and says in words what it cannot carry.
import { describe, expect, test } from 'vitest';
import { DEFAULT_VIEW, type HistoryHost, Link, parse, type Read, type View, write } from './url';

const full: View = {
  question: 'area',
  measure: 'life-expectancy.years',
  areaType: 'msoa11',
  period: '2016 to 2020',
  sex: 'Females',
  age: '65 & over',
  method: 'given-breaks',
  classes: '4',
  breaks: '-1.5,78,80.25',
  within: ['E07000133', 'E07000130'],
  scheme: 'purples',
  area: 'E02005349',
  site: 'MEL-SSN',
  catchment: {
    practice: 'C82038,C82066',
    definition: 'radius',
    patients: '20',
    share: '0.6',
    metres: '2500',
    lon: '-0.885',
    lat: '52.765',
    polygon: 'POLYGON((-0.9 52.7,-0.8 52.7,-0.8 52.8,-0.9 52.7))',
    areas: 'E01025965,E01025966',
    membership: 'area-share',
    minutes: '15',
    mode: 'walk',
    time: 'morning-peak',
    direction: 'from',
    compare: 'E07000133',
  },
  against: { practice: 'C82066', definition: 'reach', patients: '5' },
  growth: { 'household-size': '2.3', status: 'allocation,permission', joins: 'given', joining: 'C82038:0.6' },
  travel: {
    ask: 'reach',
    to: 'hospitals:acute;-0.9,52.7,New surgery',
    at: '-1.13,52.63;E01025965',
    mode: 'walk',
    time: 'morning-peak',
    direction: 'from',
    by: 'kilometres',
    minutes: '5,10,15',
    bands: 'local',
    combine: 'overlap',
    adding: '-0.88,52.76,Ward’s Farm',
    colours: 'sites',
    table: 'people',
  },
  shade: 'share-of-area',
  flows: true,
  table: true,
  sort: '-value',
  map: { lon: -1.1332, lat: 52.6362, zoom: 9.25 },
};

describe('a link', () => {
  test('without choices is empty', () => {
    expect(write(DEFAULT_VIEW)).toBe('');
    expect(parse('')).toEqual({ view: DEFAULT_VIEW, notices: [] });
  });

  test('brings back every choice that was written into it', () => {
    expect(parse(write(full))).toEqual({ view: full, notices: [] });
    for (const member of Object.keys(full) as (keyof View)[]) {
      const view = { ...DEFAULT_VIEW, [member]: full[member] };
      expect(parse(write(view))).toEqual({ view, notices: [] });
    }
  });

  test('keeps commas readable, for links are printed in reports', () => {
    expect(write({ ...DEFAULT_VIEW, within: ['E07000133', 'E07000130'], period: '2016 to 2020' })).toBe(
      '?period=2016+to+2020&within=E07000133,E07000130',
    );
  });

  test('takes area codes in small letters and drops doubles', () => {
    const { view } = parse('?within=e07000133,E07000133,&area=e01025965');
    expect(view.within).toEqual(['E07000133']);
    expect(view.area).toBe('E01025965');
  });

  test('names what it cannot use', () => {
    const { view, notices } = parse('?colour=red&view=ferries&read=aloud&map=1,2&measure=a.b&measure=c.d');
    expect(view).toEqual({ ...DEFAULT_VIEW, measure: 'a.b' });
    expect(notices).toHaveLength(5);
    expect(notices.join(' ')).toContain('“colour”');
    expect(notices.join(' ')).toContain('“ferries”');
  });

  test('writes a catchment under the names of the interface', () => {
    const view: View = {
      ...DEFAULT_VIEW,
      question: 'practice',
      catchment: { share: '0.6', practice: 'C82038', definition: 'core' },
      against: { definition: 'reach' },
    };
    expect(write(view)).toBe(
      '?view=practice&practice=C82038&definition=core&share=0.6&against-definition=reach',
    );
  });

  test('writes journeys under names of their own, for growth has a “from” and “to” in years', () => {
    const view: View = {
      ...DEFAULT_VIEW,
      question: 'travel',
      growth: { from: '2025', to: '2036' },
      travel: { to: '-0.88,52.76,Melton Mowbray;-1.13,52.63,Leicester', minutes: '10,20' },
    };
    const link = write(view);
    expect(link).toBe(
      '?view=travel&from=2025&to=2036&travel-to=-0.88,52.76,Melton+Mowbray;-1.13,52.63,Leicester&travel-minutes=10,20',
    );
    expect(parse(link)).toEqual({ view, notices: [] });
  });

  test('takes practice codes in small letters and numbers as people write them', () => {
    const { view } = parse('?practice=c82038,%20c82066,&metres=2,500&lon=−0.9&patients=010');
    expect(view.catchment).toEqual({
      practice: 'C82038,C82066',
      metres: '2500',
      lon: '-0.9',
      patients: '10',
    });
  });

  test.each([
    ['share=much', '“much”'],
    ['definition=nearest', '“nearest”'],
    ['polygon=circle', 'WKT'],
    ['membership=half', '“half”'],
    ['count=some', '“some”'],
    ['joins=none', '“none”'],
    ['household-size=2.4people', '“2.4people”'],
    ['against-definition=areas', '“areas”'],
    ['against-share=x', '“against-share”'],
    ['shade=rainbow', '“rainbow”'],
    ['mode=tractor', '“tractor”'],
    ['minutes=soon', '“soon”'],
    ['travel-mode=tractor', 'the mode “tractor”'],
    ['travel-minutes=10,later', '“10,later”'],
    ['travel-ask=fastest', '“fastest”'],
    ['flows=maybe', 'flows=maybe'],
  ])('leaves out %s and says so', (query, words) => {
    const { view, notices } = parse(`?${query}`);
    expect(view).toEqual(DEFAULT_VIEW);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain(words);
  });

  test.each(['NaN,52,8', '-1,91,8', '-1,52', '-1,52,8,1', ',,', '-1,52,99'])(
    'refuses the map place %s',
    (place) => {
      expect(parse(`?map=${place}`).view.map).toBeNull();
    },
  );

  test('survives any text in any parameter', () => {
    for (const text of ['%', 'a&b=c', 'ü ß', '+', '?', '#', '<script>', '"', "'"]) {
      const view = { ...DEFAULT_VIEW, measure: text, period: text };
      expect(parse(write(view)).view).toEqual(view);
    }
  });
});

function stand() {
  const entries = ['/'];
  let listener = () => {};
  const host: HistoryHost = {
    location: { pathname: '/', search: '' },
    history: {
      pushState: (_data, _unused, url) => {
        entries.push(url);
        host.location.search = url.slice(1);
      },
      replaceState: (_data, _unused, url) => {
        entries[entries.length - 1] = url;
        host.location.search = url.slice(1);
      },
    },
    addEventListener: (_type, heard) => {
      listener = heard;
    },
  };
  const back = () => {
    entries.pop();
    host.location.search = (entries.at(-1) ?? '/').slice(1);
    listener();
  };
  return { host, entries, back };
}

describe('the history', () => {
  test('gains an entry with each choice and none with a move of the map', () => {
    const { host, entries, back } = stand();
    const heard: { read: Read; cause: string }[] = [];
    const link = new Link(host, (read, cause) => heard.push({ read, cause }));
    link.open();
    link.choose({ ...DEFAULT_VIEW, area: 'E01025965' });
    link.moveMap({ ...DEFAULT_VIEW, area: 'E01025965', map: { lon: -1, lat: 52.6, zoom: 9 } });
    expect(entries).toEqual(['/', '/?area=E01025965&map=-1,52.6,9']);
    back();
    expect(heard.map((each) => each.cause)).toEqual(['open', 'choice', 'map', 'back']);
    expect(heard.at(-1)?.read.view.area).toBeNull();
  });

  test('does not repeat an entry for a choice that changes nothing', () => {
    const { host, entries } = stand();
    const link = new Link(host, () => {});
    link.choose(DEFAULT_VIEW);
    expect(entries).toEqual(['/']);
  });
});
