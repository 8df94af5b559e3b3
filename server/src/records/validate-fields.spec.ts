import type { FieldMap, FieldMapRow } from '../backends/index.js';
import { type FieldSource, readChangedFields, readNewFields, type TypedField } from './validate-fields.js';

function aRow(variable: string, row: Partial<FieldMapRow> = {}): FieldMapRow {
  return {
    row: 1,
    variable,
    label: variable,
    storage: variable.toLowerCase(),
    shown: 1,
    isRequired: false,
    type: 'text',
    link: null,
    isReadOnly: false,
    maxLength: 20,
    isMultiline: false,
    isNullable: true,
    options: null,
    isSearchable: false,
    ...row,
  };
}

const fields: FieldMap = {
  rows: [
    aRow('UserLogin', { isRequired: true }),
    aRow('UserEmail', { isRequired: true, maxLength: 150 }),
    aRow('UserCustomerID', { isRequired: true }),
    aRow('UserPassword', { isRequired: true, storage: 'pw' }),
    aRow('ValidID', { isRequired: true, type: 'integer' }),
    aRow('UserFirstname', { isRequired: true }),
    aRow('UserTitle', { options: [{ value: 'Mrs.', label: 'Mrs.' }] }),
    aRow('UserAge', { type: 'integer' }),
    aRow('UserPhone', { isReadOnly: true }),
    aRow('UserComment', { maxLength: 250, isMultiline: true }),
  ],
  roles: {
    key: 'UserLogin',
    email: 'UserEmail',
    customerId: 'UserCustomerID',
    name: null,
    password: 'UserPassword',
    validity: 'ValidID',
  },
};
const people: FieldSource = { kind: 'customer-user', fields };

const properties = new Map([
  ['UserLogin', 'login'],
  ['UserEmail', 'email'],
  ['UserCustomerID', 'customerId'],
  ['ValidID', 'validity'],
]);

function typed(given: Record<string, string | number | null>): TypedField[] {
  return Object.entries(given).map(([variable, value]) => ({
    variable,
    path: properties.get(variable) ?? `fields.${variable}`,
    value,
  }));
}

const made = new Set(['UserPassword']);
const anna = { UserLogin: 'anna', UserEmail: 'a@x.org', UserCustomerID: 'C1', UserFirstname: 'Anna', ValidID: 1 };

function issuesOfNew(given: Record<string, string | number | null>) {
  return readNewFields(people, typed({ ...anna, ...given }), made).issues;
}

describe('the fields of a new record', () => {
  it('are taken as they are when nothing is wrong', () => {
    const read = readNewFields(people, typed({ ...anna, UserTitle: 'Mrs.', UserAge: '41', UserPhone: '+49 1' }), made);

    expect(read.issues).toEqual([]);
    expect(read.values).toEqual({ ...anna, UserTitle: 'Mrs.', UserAge: 41, UserPhone: '+49 1' });
  });

  it('must have what the Map requires, all of it named at once', () => {
    const { issues } = readNewFields(people, typed({ ValidID: 1 }), made);

    expect(issues).toEqual(['login', 'email', 'customerId', 'fields.UserFirstname'].map((path) => ({ path, code: 'required' })));
  });

  it.each(['', '   ', '\t\n', null])('count %j as missing where required', (value) => {
    expect(issuesOfNew({ UserFirstname: value })).toEqual([{ path: 'fields.UserFirstname', code: 'required' }]);
  });

  it('TW9 (ours): count 0 as a value', () => {
    const read = readNewFields(people, typed({ ...anna, UserFirstname: '0', UserAge: 0 }), made);

    expect(read).toMatchObject({ issues: [], values: { UserFirstname: '0', UserAge: 0 } });
  });

  it('lose the blanks around them', () => {
    expect(readNewFields(people, typed({ ...anna, UserLogin: '  anna\u3000', UserFirstname: ' Anna Lena ' }), made).values).toMatchObject({
      UserLogin: 'anna',
      UserFirstname: 'Anna Lena',
    });
  });

  it('keep a login in one spelling of Unicode', () => {
    expect(readNewFields(people, typed({ ...anna, UserLogin: 'Mu\u0308ller' }), made).values['UserLogin']).toBe('M\u00fcller');
  });

  it('are stored empty as the helpdesk stores it', () => {
    expect(readNewFields(people, typed({ ...anna, UserTitle: null, UserAge: '' }), made).values).toMatchObject({ UserTitle: '', UserAge: 0 });
  });

  it('have at most the characters that their column holds, counted as people count', () => {
    expect(issuesOfNew({ UserFirstname: '👩'.repeat(20) })).toEqual([]);
    expect(issuesOfNew({ UserFirstname: 'x'.repeat(21) })).toEqual([
      { path: 'fields.UserFirstname', code: 'too-long', params: { max: 20 } },
    ]);
  });

  it('are among the choices where there are choices', () => {
    expect(issuesOfNew({ UserTitle: 'Dr.' })).toEqual([{ path: 'fields.UserTitle', code: 'not-allowed' }]);
    expect(issuesOfNew({ UserTitle: '' })).toEqual([]);
  });

  it.each([
    ['abc', 'invalid-type'],
    ['1.5', 'invalid-type'],
    [1.5, 'invalid-type'],
    ['1e3', 'invalid-type'],
    ['2147483648', 'too-large'],
    ['-2147483649', 'too-small'],
    ['9'.repeat(400), 'invalid-type'],
  ])('are whole numbers that fit where the Map says int: not %s', (value, code) => {
    expect(issuesOfNew({ UserAge: value })).toEqual([expect.objectContaining({ path: 'fields.UserAge', code })]);
  });

  it.each([
    ['UserNick', 'x'],
    ['UserPassword', 'secret-one'],
    ['__proto__', 'x'],
    ['toString', 'x'],
  ])('are all in the Map, and no password is among them: %s', (variable, value) => {
    const sent = [...typed(anna), { variable, path: `fields.${variable}`, value }];

    expect(readNewFields(people, sent, made).issues).toEqual([{ path: `fields.${variable}`, code: 'unknown-field' }]);
  });

  it('have one place each: a first-class property is not taken from the fields', () => {
    const sent = [...typed(anna), { variable: 'UserEmail', path: 'fields.UserEmail', value: 'b@x.org' }];

    expect(readNewFields(people, sent, made).issues).toEqual([{ path: 'fields.UserEmail', code: 'unknown-field' }]);
  });

  it('break lines only where a text has several', () => {
    expect(issuesOfNew({ UserComment: 'one\n\ttwo' })).toEqual([]);
    expect(issuesOfNew({ UserFirstname: 'one\ntwo' })).toEqual([{ path: 'fields.UserFirstname', code: 'characters' }]);
    expect(issuesOfNew({ UserEmail: 'a\n@x.org' })).toEqual([{ path: 'email', code: 'characters' }]);
  });

  it('refuse an impostor’s login', () => {
    expect(issuesOfNew({ UserLogin: 'аdmin' })).toEqual([{ path: 'login', code: 'login.mixed-script' }]);
  });
});

describe('a second row on the column of a mail address', () => {
  const withTwin: FieldSource = {
    ...people,
    fields: { ...fields, rows: [...fields.rows, aRow('UserMailAgain', { storage: 'UserEMAIL', isRequired: true })] },
  };

  it('cannot be a way around the rules for mail addresses, and is not asked for', () => {
    const sent = [...typed(anna), { variable: 'UserMailAgain', path: 'fields.UserMailAgain', value: 'b@x.org' }];

    expect(readNewFields(withTwin, typed(anna), made).issues).toEqual([]);
    expect(readNewFields(withTwin, sent, made).issues).toEqual([{ path: 'fields.UserMailAgain', code: 'read-only' }]);
  });

  it('may be sent as it is stored', () => {
    const stored = { ...anna, UserMailAgain: 'a@x.org' };

    expect(readChangedFields(withTwin, typed({ UserMailAgain: 'a@x.org' }), stored)).toEqual({ values: {}, issues: [] });
    expect(readChangedFields(withTwin, typed({ UserMailAgain: 'b@x.org' }), stored).issues).toEqual([
      { path: 'fields.UserMailAgain', code: 'read-only' },
    ]);
  });
});

describe('the changed fields of a record', () => {
  const stored = { ...anna, UserTitle: 'Dr.', UserPhone: '1', UserAge: 0, UserComment: null };

  it('TW14 (ours): are only those that were sent', () => {
    expect(readChangedFields(people, typed({ UserFirstname: 'Anne' }), stored)).toEqual({
      values: { UserFirstname: 'Anne' },
      issues: [],
    });
  });

  it('are none when everything is stored so already, read-only and outdated values included', () => {
    const same = { ...anna, UserTitle: ' Dr. ', UserPhone: '1', UserAge: '0', UserComment: '' };

    expect(readChangedFields(people, typed(same), stored)).toEqual({ values: {}, issues: [] });
  });

  it('TW15 (ours): are refused where the Map says read-only', () => {
    expect(readChangedFields(people, typed({ UserPhone: '2' }), stored).issues).toEqual([{ path: 'fields.UserPhone', code: 'read-only' }]);
  });

  it('may not empty what is required', () => {
    expect(readChangedFields(people, typed({ UserFirstname: ' ' }), stored).issues).toEqual([
      { path: 'fields.UserFirstname', code: 'required' },
    ]);
  });

  it('are none when an empty number is emptied again', () => {
    expect(readChangedFields(people, typed({ UserAge: '' }), stored)).toEqual({ values: {}, issues: [] });
  });

  it('keep 0 apart from empty', () => {
    expect(readChangedFields(people, typed({ UserFirstname: '0' }), { ...stored, UserFirstname: '' }).values).toEqual({ UserFirstname: '0' });
  });
});
