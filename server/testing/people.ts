import type { Connection } from '../src/platform/persistence/database.js';
import { placeholder, quoteIdentifier } from '../src/platform/persistence/sql.js';
import { forms, tongues, trades, type Tongue } from './people-names.js';

export interface Person {
  readonly login: string;
  readonly email: string;
  readonly customerId: string;
  readonly title: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  readonly mobile: string;
  readonly street: string;
  readonly zip: string;
  readonly city: string;
  readonly country: string;
  readonly comment: string;
  readonly validId: number;
  readonly room: string;
}

export interface Company {
  readonly customerId: string;
  readonly name: string;
  readonly street: string;
  readonly zip: string;
  readonly city: string;
  readonly country: string;
  readonly url: string;
  readonly validId: number;
}

/** Column of each property; what is not named is not written. */
export type Columns<Kind> = Partial<Readonly<Record<keyof Kind, string>>>;

export const personColumns: Columns<Person> = {
  login: 'login', email: 'email', customerId: 'customer_id', title: 'title', firstName: 'first_name',
  lastName: 'last_name', phone: 'phone', mobile: 'mobile', street: 'street', zip: 'zip', city: 'city',
  country: 'country', comment: 'comments', validId: 'valid_id',
};
export const companyColumns: Columns<Company> = {
  customerId: 'customer_id', name: 'name', street: 'street', zip: 'zip', city: 'city', country: 'country', url: 'url',
  validId: 'valid_id',
};

export interface Population {
  readonly people: number;
  readonly customers: number;
  readonly seed?: number;
  readonly personTable?: string;
  readonly personColumns?: Columns<Person>;
  readonly companyTable?: string;
  readonly companyColumns?: Columns<Company>;
}

const batchSize = 500;

/** Fills a helpdesk with people and the customers they belong to; the same seed gives the same people. */
export async function insertPopulation(connection: Connection, population: Population): Promise<void> {
  const { people, customers, seed = 1 } = population;
  const { personTable = 'customer_user', companyTable = 'customer_company' } = population;
  const companies = makeCompanies(customers, seed);
  await insert(connection, companyTable, population.companyColumns ?? companyColumns, companies);
  await insert(connection, personTable, population.personColumns ?? personColumns, makePeople(people, companies, seed));
  for (const table of [companyTable, personTable]) {
    const quoted = quoteIdentifier(connection.engine, table);
    await connection.execute(connection.engine === 'mysql' ? `ANALYZE TABLE ${quoted}` : `ANALYZE ${quoted}`);
  }
}

export function makeCompanies(count: number, seed = 1): Company[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index) => {
    const tongue = tongueOf(random);
    const number = index + 1;
    const [name, spelled] = pick(random, tongue.lastNames);
    return {
      customerId: `${spelled.slice(0, 6).replaceAll('-', '').toUpperCase()}-${String(number).padStart(5, '0')}`,
      name: `${name} ${pick(random, trades)} ${pick(random, forms)} ${number}`,
      street: `${pick(random, tongue.streets)} ${1 + below(random, 180)}`,
      zip: digits(random, 5),
      city: pick(random, tongue.cities),
      country: tongue.country,
      url: `https://www.${spelled}-${number}.example/`,
      validId: number % 50 === 0 ? 2 : 1,
    };
  });
}

export function makePeople(count: number, companies: readonly Pick<Company, 'customerId'>[], seed = 1): Person[] {
  const random = randomFrom(seed + 7919);
  return Array.from({ length: count }, (_, index) => makePerson(random, index + 1, pick(random, companies).customerId));
}

function makePerson(random: () => number, number: number, customerId: string): Person {
  const tongue = tongueOf(random);
  const [firstName, spelledFirst] = pick(random, tongue.firstNames);
  const [lastName, spelledLast] = pick(random, tongue.lastNames);
  const login = `${spelledFirst}.${spelledLast}${number}`;
  return {
    login,
    email: `${login}@${customerId.toLowerCase()}.example`,
    customerId,
    title: below(random, 12) === 0 ? 'Dr.' : '',
    firstName,
    lastName,
    phone: `+49 ${digits(random, 3)} ${digits(random, 6)}`,
    mobile: below(random, 3) === 0 ? `+49 17${digits(random, 8)}` : '',
    street: `${pick(random, tongue.streets)} ${1 + below(random, 180)}`,
    zip: digits(random, 5),
    city: pick(random, tongue.cities),
    country: tongue.country,
    comment: below(random, 20) === 0 ? 'ruft lieber an; 100% VIP_1' : '',
    validId: below(random, 25) === 0 ? 2 : 1,
    room: `${1 + below(random, 5)}.${String(below(random, 60)).padStart(2, '0')}`,
  };
}

async function insert<Kind extends object>(
  connection: Connection,
  table: string,
  columns: Columns<Kind>,
  rows: readonly Kind[],
): Promise<void> {
  const properties = Object.keys(columns) as (keyof Kind & string)[];
  const named = [...properties.map((property) => columns[property] ?? ''), 'create_time', 'create_by', 'change_time', 'change_by'];
  const quoted = (name: string): string => quoteIdentifier(connection.engine, name);
  for (let start = 0; start < rows.length; start += batchSize) {
    const batch = rows.slice(start, start + batchSize);
    let count = 0;
    const tuples = batch.map(
      () => `(${properties.map(() => placeholder(connection.engine, ++count)).join(', ')}, CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1)`,
    );
    await connection.execute(
      `INSERT INTO ${quoted(table)} (${named.map(quoted).join(', ')}) VALUES ${tuples.join(', ')}`,
      batch.flatMap((row) => properties.map((property) => row[property])),
    );
  }
}

function tongueOf(random: () => number): Tongue {
  let place = below(random, tongues.reduce((sum, { share }) => sum + share, 0));
  const found = tongues.find(({ share }) => (place -= share) < 0);
  return found ?? pick(random, tongues);
}

/** Mulberry32: small, and the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function below(random: () => number, limit: number): number {
  return Math.floor(random() * limit);
}

function pick<Item>(random: () => number, items: readonly Item[]): Item {
  const item = items[below(random, items.length)];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}

function digits(random: () => number, count: number): string {
  return Array.from({ length: count }, () => below(random, 10)).join('');
}
