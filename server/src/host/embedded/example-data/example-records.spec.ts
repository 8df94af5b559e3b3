import { exampleCustomers, examplePeople } from './example-records.js';

const scripts = ['Latin', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew', 'Devanagari', 'Hiragana', 'Katakana', 'Han', 'Hangul'];

describe('the example data', () => {
  it('is 20 customers and 500 people, each of one of them', () => {
    const ids = exampleCustomers().map(({ customerId }) => customerId);
    const people = examplePeople();

    expect(new Set(ids).size).toBe(20);
    expect(people).toHaveLength(500);
    expect(people.every(({ customerId }) => ids.includes(customerId))).toBe(true);
    expect(new Set(people.map(({ customerId }) => customerId)).size).toBe(20);
  });

  it('has no login and no mail address twice', () => {
    const people = examplePeople();

    expect(new Set(people.map(({ login }) => login)).size).toBe(500);
    expect(new Set(people.map(({ email }) => email)).size).toBe(500);
  });

  it.each([...scripts, 'Extended_Pictographic'])('has something in %s', (script) => {
    const pattern = new RegExp(script === 'Extended_Pictographic' ? `\\p{${script}}` : `\\p{Script=${script}}`, 'u');

    expect(pattern.test(JSON.stringify(examplePeople().map(({ fields }) => [fields.UserFirstname, fields.UserLastname, fields.UserComment])))).toBe(true);
  });

  it('writes logins and addresses in plain letters', () => {
    expect(examplePeople().filter(({ login }) => !/^[a-z.-]+$/.test(login))).toEqual([]);
  });
});
