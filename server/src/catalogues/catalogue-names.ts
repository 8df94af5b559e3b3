import type { Issue } from '../../contract/problem.js';
import { addressFault, paragraphFault } from '../records/text-faults.js';

/** What was typed, without blanks around, in one spelling of Unicode. */
export function cleanText(text: string): string {
  return text.trim().normalize('NFC');
}

export function nameIssues(name: string, max: number): Issue[] {
  if (name === '') return [{ path: 'name', code: 'required' }];
  if ([...name].length > max) return [{ path: 'name', code: 'too-long', params: { max } }];
  const fault = addressFault(name);
  return fault === null ? [] : [{ path: 'name', ...fault }];
}

export function commentIssues(comment: string, max: number): Issue[] {
  if ([...comment].length > max) return [{ path: 'comment', code: 'too-long', params: { max } }];
  const fault = paragraphFault(comment);
  return fault === null ? [] : [{ path: 'comment', ...fault }];
}
