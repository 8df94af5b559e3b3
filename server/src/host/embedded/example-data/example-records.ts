import type { CustomerCreate } from '../../../../contract/customer.js';
import type { Validity } from '../../../../contract/validity.js';
import { nameGroups, type NameGroup } from './example-names.js';

export interface ExamplePerson {
  readonly login: string;
  readonly email: string;
  readonly customerId: string;
  readonly validity: Validity;
  readonly fields: Readonly<Record<string, string>>;
}

const people = 500;
const emoji = ['👩‍💻', '🧑🏽‍🔧', '🚀', '🏖️', '🇺🇦'];

export function exampleCustomers(): CustomerCreate[] {
  return nameGroups.flatMap(({ customers }) =>
    customers.map(({ customerId, name, city, country }) => ({
      customerId,
      name,
      fields: {
        CustomerCompanyCity: city,
        CustomerCompanyCountry: country,
        CustomerCompanyURL: `https://${customerId}.example/`,
      },
    })),
  );
}

/** Always the same people, one script after the other in turn. */
export function examplePeople(): ExamplePerson[] {
  return Array.from({ length: people }, (_, index) => {
    const group = at(nameGroups, index);
    return personOf(group, Math.floor(index / nameGroups.length), index);
  });
}

function personOf({ customers, firstNames, lastNames }: NameGroup, turn: number, index: number): ExamplePerson {
  const [firstName, first] = at(firstNames, turn);
  const [lastName, last] = at(lastNames, Math.floor(turn / firstNames.length));
  const { customerId, city, country } = at(customers, turn);
  const login = `${first}.${last}`;
  return {
    login,
    email: `${login}@${customerId}.example`,
    customerId,
    validity: validityOf(index),
    fields: {
      UserFirstname: firstName,
      UserLastname: lastName,
      UserPhone: `+00 555 ${String(1000 + index)}`,
      UserCity: city,
      UserCountry: country,
      ...(index % 25 === 7 ? { UserComment: `${at(emoji, index)} ${index % 50 === 7 ? 'VIP' : 'on leave'}` } : {}),
    },
  };
}

/** A few who left, and fewer who are away for a while. */
function validityOf(index: number): Validity {
  if (index % 20 === 13) return 'invalid';
  return index % 50 === 29 ? 'invalid-temporarily' : 'valid';
}

/** Round and round the list. */
function at<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new RangeError('an empty list has nothing in it');
  return item;
}
