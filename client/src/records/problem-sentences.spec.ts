import { problemCodes, type Problem } from '../../../server/contract/problem.js';
import { ApiFailure, ConnectionFailure } from '../api/failures.js';
import english from '../locales/en/problems.json';
import { issueCodes, issueSentence, placeRefusal, problemSentence, refuseLocally } from './problem-sentences.js';
import { emailField, loginField, personFields, phoneField } from './testing.js';

const titleOf = (id: string): string => (id === 'CustomerUser1' ? 'Partner DB' : id);

function aFailure(problem: Partial<Problem>): ApiFailure {
  return new ApiFailure({
    type: 'about:blank',
    title: '',
    status: 422,
    code: 'validation.failed',
    issues: [],
    correlationId: 'c-1',
    ...problem,
  });
}

function textAt(key: string): unknown {
  return key.split('.').reduce<unknown>((node, part) => Reflect.get(Object(node), part), english);
}

test.each(problemCodes)('has a sentence for the refusal %s', (code) => {
  expect(textAt(`problems.code.${code}`)).toEqual(expect.stringMatching(/\S/u));
});

test.each(issueCodes)('has a sentence for the reason %s', (code) => {
  expect(textAt(`problems.issue.${code}`)).toEqual(expect.stringMatching(/\S/u));
});

test('puts each issue at its field, by property or by variable', () => {
  const failure = aFailure({
    issues: [
      { path: 'email', code: 'email.syntax' },
      { path: 'fields.UserPhone', code: 'too-long', params: { max: 150 } },
    ],
  });

  const refusal = placeRefusal(failure, personFields, titleOf);

  expect(refusal.general).toEqual([]);
  expect(refusal.byVariable[emailField.variable]?.[0]?.key).toBe('problems.issue.email.syntax');
  expect(refusal.byVariable[phoneField.variable]?.[0]?.params).toEqual({ max: 150 });
});

test('puts a taken login at the login', () => {
  const refusal = placeRefusal(aFailure({ status: 409, code: 'login.taken' }), personFields, titleOf);

  expect(refusal.byVariable[loginField.variable]?.[0]?.key).toBe('problems.code.login.taken');
});

test('shows above the form what has no field there', () => {
  const refusal = placeRefusal(aFailure({ issues: [{ path: 'fields.Gone', code: 'invalid' }] }), personFields, titleOf);

  expect(refusal.general[0]?.params).toEqual({ path: 'fields.Gone' });
});

test('names the backend that does not answer', () => {
  const sentence = problemSentence(aFailure({ code: 'backend.unavailable', backendId: 'CustomerUser1' }), titleOf);

  expect(sentence).toMatchObject({ key: 'problems.code.backend.unavailable', params: { backend: 'Partner DB' } });
});

test('tells a missing answer from a refusal', () => {
  expect(problemSentence(new ConnectionFailure(null), titleOf).key).toBe('problems.connection');
});

test('calls a reason it does not know an unaccepted value', () => {
  expect(issueSentence({ path: 'email', code: 'new-reason' }).key).toBe('problems.issue.invalid');
});

test('finds empty required fields and too long texts before it asks the server', () => {
  const values: Record<string, unknown> = { UserLogin: ' ', UserEmail: 'a@b.example', UserPhone: 'ö'.repeat(151) };

  const refusal = refuseLocally(personFields, (field) => values[field.variable]);

  expect(Object.keys(refusal.byVariable)).toEqual(['UserLogin', 'UserPhone']);
  expect(refusal.byVariable['UserPhone']?.[0]).toEqual({ key: 'problems.issue.too-long', params: { max: 150 } });
});
