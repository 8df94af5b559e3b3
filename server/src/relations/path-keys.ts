import { NotFound } from '../kernel/errors.js';
import { foldKey } from '../kernel/fold-key.js';
import { defaultsLogin } from './relation.js';

/** The login of a path. What stands for everybody without own services is nobody's login. Throws NotFound. */
export function loginOf(text: string): string {
  if (foldKey(text) === foldKey(defaultsLogin)) throw new NotFound();
  return text;
}
